"""What a case reported at this desk is called: a temporary negative id until the server has named it. Writer thread.

Commands about it are kept under that id for good and get the server's when they are read, so that they follow the report
wherever it goes: into another life of the server, where the case may get another id, or nowhere at all.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from ..domain import affairs
from ..domain.decide import Command

NOT_TAKEN = "case-not-taken"
# `made` is the server's id, negative where it was the case's in a former life of the server; `mark` a checksum.
_TABLE = (
    "CREATE TABLE IF NOT EXISTS names(temp INTEGER PRIMARY KEY, made INTEGER NOT NULL, report TEXT NOT NULL, "
    "mark INTEGER NOT NULL)"
)
_ON = "fate = 'waiting' AND (case_id = ? OR json_extract(args, '$.master') = ?)"


def prepare(connection: Connection) -> None:
    """Makes the table beside the outbox's own."""
    connection.exec_driver_sql(_TABLE)


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


def keep(connection: Connection, report: str, made: int) -> None:
    """The server has named the case of a report."""
    temp = temporary_id(Command(report, ""))
    connection.exec_driver_sql("INSERT OR REPLACE INTO names(temp, made, report, mark) VALUES (?, ?, ?, ?)",
                               (temp, made, report, _mark(temp, made)))  # fmt: skip


def known(connection: Connection, temps: Iterable[int]) -> dict[int, int]:
    """The names of some temporary ids as they stand in the table; one whose checksum does not fit is not believed."""
    found: dict[int, int] = {}
    wanted = sorted(set(temps))
    for start in range(0, len(wanted), 500):
        part = tuple(wanted[start : start + 500])
        sql = f"SELECT temp, made, mark FROM names WHERE temp IN ({','.join('?' * len(part))})"
        for temp, made, mark in connection.exec_driver_sql(sql, part):
            if _mark(temp, made) == mark:
                found[temp] = made
    return found


def call(connection: Connection, commands: Sequence[Command]) -> tuple[list[Command], list[int]]:
    """The commands with the server's ids in the place of temporary ones, as far as they are known; and beside each the id
    of the case it made, or 0."""
    own = [temporary_id(c) if makes_a_case(c) else 0 for c in commands]
    temps = {t for t in own if t} | {i for c in commands for i in (c.case_id, master_of(c)) if i < 0}
    if not temps:
        return list(commands), own
    names = {temp: made for temp, made in known(connection, temps).items() if made > 0}
    return [_renamed(c, names) for c in commands], [names.get(t, 0) for t in own]


def uncall(connection: Connection, command: Command) -> Command:
    """The command under the temporary ids of cases that were reported here."""
    ids = [i for i in (command.case_id, master_of(command)) if i > 0]
    if not ids or affairs.kind_of(command) is not None:
        return command
    sql = f"SELECT made, temp, mark FROM names WHERE made IN ({','.join('?' * len(ids))})"
    rows = connection.exec_driver_sql(sql, tuple(ids))
    return _renamed(command, {made: temp for made, temp, mark in rows if _mark(temp, made) == mark})


def _renamed(command: Command, names: Mapping[int, int]) -> Command:
    master = master_of(command)
    if command.case_id not in names and master not in names:
        return command
    args = {**command.args, "master": names[master]} if master in names else command.args
    return replace(command, case_id=names.get(command.case_id, command.case_id), args=args)


def is_lost(connection: Connection, command: Command) -> bool:
    """Whether the case it is about was never taken: its report was refused or taken back."""
    nameless = [i for i in (command.case_id, master_of(command)) if i < 0]
    named = known(connection, nameless)
    return any(temp not in named and _report(connection, temp) is None for temp in nameless)


def _report(connection: Connection, temp: int) -> str | None:
    """The report, still believed in, whose case a temporary id stands for."""
    digits = f"{-temp - 1:012x}"
    start = f"{digits[:8]}-{digits[8:]}-"
    row = connection.exec_driver_sql(
        "SELECT id FROM outbox WHERE id >= ? AND id < ? AND case_id = 0 AND fate IN ('waiting', 'landed', 'settled')",
        (start, start + "~"),
    ).fetchone()
    return str(row[0]) if row else None


def hanging(connection: Connection, report: str) -> list[str]:
    """The commands that wait for the case which a report makes, in their order."""
    temp = temporary_id(Command(report, ""))
    sql = f"SELECT id FROM outbox WHERE {_ON} AND id <> ? ORDER BY n"
    return [str(r[0]) for r in connection.exec_driver_sql(sql, (temp, temp, report))]


def told(connection: Connection) -> dict[str, int]:
    """The names of cases whose reports the screen still shows by itself, by the report's command id."""
    sql = (
        "SELECT names.report, names.temp, names.made, names.mark FROM names JOIN outbox ON outbox.id = names.report "
        "WHERE outbox.fate IN ('waiting', 'landed')"
    )
    return {
        str(report): int(made)
        for report, temp, made, mark in connection.exec_driver_sql(sql)
        if _mark(temp, made) == mark
    }


def forget(connection: Connection) -> None:
    """The server's data began a new life: a case whose report is offered again has no name until it is answered. One whose
    report is kept no more keeps what it is called."""
    sql = "SELECT temp, made FROM names WHERE made > 0 AND report IN (SELECT id FROM outbox)"
    for temp, made in connection.exec_driver_sql(sql).fetchall():
        connection.exec_driver_sql(
            "UPDATE names SET made = ?, mark = ? WHERE temp = ?", (-made, _mark(temp, -made), temp)
        )


def missing(connection: Connection) -> list[str]:
    """Reports that were carried out while something waits for their cases, and no name is known: a broken file took it.
    Asked again, the server tells it again."""
    rows = connection.exec_driver_sql(
        "SELECT case_id, json_extract(args, '$.master') FROM outbox WHERE fate = 'waiting' AND "
        "(case_id < 0 OR json_extract(args, '$.master') < 0)"
    ).fetchall()
    temps = {i for row in rows for i in row if type(i) is int and i < 0}
    named = {temp for temp, made in known(connection, temps).items() if made > 0}
    found = (_report(connection, temp) for temp in sorted(temps - named))
    return [report for report in found if report is not None]


def _mark(temp: int, made: int) -> int:
    return zlib.crc32(f"{temp} {made}".encode())
