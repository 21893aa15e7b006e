"""What a case reported at this desk is called: a temporary negative id until the server has named it. Writer thread.

Commands about it are kept under that id for good and get the server's when they are read, so that they follow the report
wherever it goes: into another life of the server, where the case may get another id, or nowhere at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from ..domain import affairs
from ..domain.decide import Command

NOT_TAKEN = "case-not-taken"
_ON = "(case_id = ? OR json_extract(args, '$.master') = ?)"


def prepare(connection: Connection) -> None:
    """Adds the columns to an outbox that has none: `temp`, what a report's case is called here, and `made`, what there."""
    known = {row[1] for row in connection.exec_driver_sql("PRAGMA table_info(outbox)")}
    for name in ("temp", "made"):
        if name not in known:
            connection.exec_driver_sql(f"ALTER TABLE outbox ADD COLUMN {name} INTEGER NOT NULL DEFAULT 0")
    connection.exec_driver_sql("CREATE INDEX IF NOT EXISTS outbox_temp ON outbox(temp) WHERE temp <> 0")


def makes_a_case(command: Command) -> bool:
    """Whether it reports something new."""
    return not command.case_id and affairs.kind_of(command) is None


def temporary_id(command: Command) -> int:
    """The negative id that a case reported here bears until the server has named it."""
    return -(int(command.id.replace("-", "")[:12], 16) + 1)


def master_of(command: Command) -> int:
    """The other case a command names, 0 where it names none."""
    master = command.args.get("master", 0)
    return master if type(master) is int else 0


def is_nameless(command: Command) -> bool:
    """Whether it is about a case that the server has not named: it cannot be told to the server."""
    return command.case_id < 0 or master_of(command) < 0


def call(connection: Connection, commands: Sequence[Command]) -> list[Command]:
    """The commands with the server's ids in the place of temporary ones, as far as they are known."""
    if not any(is_nameless(command) for command in commands):
        return list(commands)
    sql = "SELECT temp, made FROM outbox WHERE temp <> 0 AND made > 0"
    known = {int(temp): int(made) for temp, made in connection.exec_driver_sql(sql)}
    return [_renamed(command, known) if is_nameless(command) else command for command in commands]


def uncall(connection: Connection, command: Command) -> Command:
    """The command under the temporary ids of cases that were reported here."""
    ids = [i for i in (command.case_id, master_of(command)) if i > 0]
    if not ids or affairs.kind_of(command) is not None:
        return command
    sql = f"SELECT made, temp FROM outbox WHERE temp <> 0 AND made IN ({','.join('?' * len(ids))})"
    known = {int(made): int(temp) for made, temp in connection.exec_driver_sql(sql, tuple(ids))}
    return _renamed(command, known) if known else command


def _renamed(command: Command, known: dict[int, int]) -> Command:
    master = master_of(command)
    args = {**command.args, "master": known[master]} if master in known else command.args
    return replace(command, case_id=known.get(command.case_id, command.case_id), args=args)


def is_lost(connection: Connection, command: Command) -> bool:
    """Whether the case it is about was never taken: its report was refused or taken back."""
    sql = "SELECT 1 FROM outbox WHERE temp = ? AND fate IN ('waiting', 'landed', 'settled')"
    nameless = [i for i in (command.case_id, master_of(command)) if i < 0]
    return any(connection.exec_driver_sql(sql, (i,)).fetchone() is None for i in nameless)


def hanging(connection: Connection, command_id: str) -> list[str]:
    """The commands that wait for the case which a report makes, in their order."""
    row = connection.exec_driver_sql("SELECT temp FROM outbox WHERE id = ?", (command_id,)).fetchone()
    if row is None or not row[0]:
        return []
    sql = f"SELECT id FROM outbox WHERE fate = 'waiting' AND {_ON} ORDER BY n"
    return [str(r[0]) for r in connection.exec_driver_sql(sql, (row[0], row[0]))]


def told(connection: Connection) -> dict[str, int]:
    """The ids the server gave, by the report's command id; those of a former life of the server are negative."""
    sql = "SELECT id, made FROM outbox WHERE made <> 0 AND fate IN ('waiting', 'landed')"
    return {str(name): int(made) for name, made in connection.exec_driver_sql(sql)}
