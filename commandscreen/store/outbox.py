"""The outbox: commands not settled yet, in a file of their own that survives a power cut. Used on the writer thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import orjson
from sqlalchemy import Connection

from ..domain.decide import Command
from . import names
from .connection import open_engine

BATCH = 100
KEPT_SECONDS = 30 * 86_400


class Fate(StrEnum):
    """What has become of a command; `WAITING` and `LANDED` ones are part of the overlay."""

    WAITING = "waiting"  # not answered yet
    LANDED = "landed"  # carried out; its row has not come yet
    SETTLED = "settled"  # carried out and seen; kept for the day a server is restored from a backup
    REFUSED = "refused"  # the server said no
    CONFLICT = "conflict"  # the case had moved on


@dataclass(frozen=True, slots=True)
class Entry:
    """One command in the outbox. `at` is when it was given and `send_at` when it may leave, UTC seconds of this machine;
    `code` and `detail` say why it was refused, `theirs` is the version the server holds. Of a command that makes a case,
    `made` is the case's id once the server has named it."""

    command: Command
    fate: Fate
    at: float
    send_at: float
    seq: int = 0
    code: str = ""
    detail: str = ""
    theirs: int = 0
    made: int = 0

    @property
    def needs_attention(self) -> bool:
        """Whether a person has to look at it."""
        return self.fate in (Fate.REFUSED, Fate.CONFLICT)


_TABLE = (
    "CREATE TABLE IF NOT EXISTS outbox(n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "
    "case_id INTEGER NOT NULL, base INTEGER NOT NULL, args TEXT NOT NULL, client_time INTEGER NOT NULL, "
    "fate TEXT NOT NULL, at REAL NOT NULL, send_at REAL NOT NULL, seq INTEGER NOT NULL DEFAULT 0, "
    "code TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', theirs INTEGER NOT NULL DEFAULT 0)"
)
_COLUMNS = "id, kind, case_id, base, args, client_time, fate, at, send_at, seq, code, detail, theirs, max(made, 0)"


class Outbox:
    """One file, `synchronous=FULL`: what `add` has returned from is on the disk. Raises DatabaseError on trouble."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(path, durable=True)
        self._connection: Connection = self._engine.connect()
        self._do(_TABLE)
        self._do("CREATE INDEX IF NOT EXISTS outbox_fate ON outbox(fate)")
        names.prepare(self._connection)

    def _do(self, sql: str, values: tuple[object, ...] = ()) -> int:
        return int(self._connection.exec_driver_sql(sql, values).rowcount)

    def _entries(self, condition: str, values: tuple[object, ...] = ()) -> list[Entry]:
        rows = self._connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM outbox WHERE {condition}", values).fetchall()
        commands = [Command(r[0], r[1], r[2], r[3], orjson.loads(r[4]), r[5]) for r in rows]
        called = names.call(self._connection, commands)
        return [Entry(command, Fate(r[6]), *r[7:]) for command, r in zip(called, rows, strict=True)]

    def add(self, command: Command, now: float, undo: float) -> None:
        """Keeps a command; it may leave `undo` seconds from now. A command that is already there stays as it is.

        One about a case that was reported here is kept under the case's temporary id, whatever the case is called by now:
        should the server lose the case in a restore, it goes along with the report. One about a case whose report is gone
        is kept as refused.
        """
        command = names.uncall(self._connection, command)
        lost = names.is_lost(self._connection, command)
        fate, code = (Fate.REFUSED, names.NOT_TAKEN) if lost else (Fate.WAITING, "")
        values = (command.id, command.kind, command.case_id, command.base, orjson.dumps(dict(command.args)).decode(),
                  command.client_time, fate.value, now, now + undo, code,
                  names.temporary_id(command) if names.makes_a_case(command) else 0)  # fmt: skip
        self._do(
            "INSERT OR IGNORE INTO outbox(id, kind, case_id, base, args, client_time, fate, at, send_at, code, temp) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )

    def take_back(self, command_ids: Iterable[str], now: float) -> int:
        """Removes those of the commands whose undo time still runs, with what hangs on a report; how many."""
        count = 0
        for command_id in command_ids:
            found = self._entries("id = ? AND fate = 'waiting' AND seq = 0", (command_id,))
            if found and _held(found[0], now):
                for hanging in (*names.hanging(self._connection, command_id), command_id):
                    count += self._do("DELETE FROM outbox WHERE id = ? AND fate = 'waiting'", (hanging,))
        return count

    def overlay(self, cursor: int) -> list[Command]:
        """What the screen shows beyond the replica at a cursor, in the order given."""
        return [
            e.command for e in self._entries("fate = 'waiting' OR (fate = 'landed' AND seq > ?) ORDER BY n", (cursor,))
        ]

    def names(self) -> dict[str, int]:
        """What the server called the cases reported here, by the report's command id; negative after a restore, when that
        was the case's id in the server's former life."""
        return names.told(self._connection)

    def ready(self, now: float) -> list[Command]:
        """Commands that may leave now, oldest first, at most a batch; one that waits holds back its case's later ones, and
        a case that has no name yet holds back all of its own."""
        held: set[int] = set()
        found: list[Command] = []
        for entry in self._entries("fate = 'waiting' ORDER BY n"):
            if _held(entry, now):
                held.add(entry.command.case_id)
            elif entry.command.case_id not in held and not names.is_nameless(entry.command):
                found.append(entry.command)
                if len(found) == BATCH:
                    break
        return found

    def next_at(self, now: float) -> float | None:
        """Seconds until something may leave; None where nothing waits."""
        waits = [
            e.send_at - now if _held(e, now) else 0.0
            for e in self._entries("fate = 'waiting' ORDER BY n LIMIT 100")
            if not names.is_nameless(e.command)
        ]
        return min(waits, default=None)

    def answered(self, command_id: str, fate: Fate, seq: int = 0, code: str = "", detail: str = "", theirs: int = 0,
                 made: int = 0) -> None:  # fmt: skip
        """The server's durable answer to one command. With a refused report falls what hangs on it."""
        self._do(
            "UPDATE outbox SET fate = ?, seq = ?, code = ?, detail = ?, theirs = ?, made = ? "
            "WHERE id = ? AND fate = 'waiting'",
            (fate.value, seq, code, detail[:400], theirs, made, command_id),
        )
        if fate in (Fate.REFUSED, Fate.CONFLICT):
            for hanging in names.hanging(self._connection, command_id):
                self._do("UPDATE outbox SET fate = 'refused', code = ? WHERE id = ? AND fate = 'waiting'",
                         (names.NOT_TAKEN, hanging))  # fmt: skip

    def settle(self, cursor: int, now: float) -> bool:
        """Lets go of what the replica has seen; gives whether that changed anything."""
        done = self._do("UPDATE outbox SET fate = 'settled' WHERE fate = 'landed' AND seq <= ?", (cursor,))
        if done:
            self._do(
                "DELETE FROM outbox WHERE fate = 'settled' AND at < ? AND NOT (temp < 0 AND EXISTS (SELECT 1 FROM outbox AS o "
                "WHERE o.fate = 'waiting' AND (o.case_id = outbox.temp OR json_extract(o.args, '$.master') = outbox.temp)))",
                (now - KEPT_SECONDS,),
            )
        return done > 0

    def offer_again(self) -> int:
        """After a new epoch: what the old life of the server took is offered again, under the same keys."""
        return self._do("UPDATE outbox SET fate = 'waiting', seq = 0, made = -made WHERE fate IN ('settled', 'landed')")

    def dismiss(self, command_ids: Iterable[str]) -> None:
        """Takes refused commands a person has looked at out of the tray."""
        for command_id in command_ids:
            self._do("DELETE FROM outbox WHERE id = ? AND fate IN ('refused', 'conflict')", (command_id,))

    def listing(self) -> Sequence[Entry]:
        """All that is not settled, and the last twenty that are, newest first."""
        return [
            *self._entries("fate <> 'settled' ORDER BY n DESC LIMIT 400"),
            *self._entries("fate = 'settled' ORDER BY n DESC LIMIT 20"),
        ]

    def photos(self) -> set[str]:
        """The addresses of all pictures that commands kept here name: a restored server may ask for them again."""
        sql = "SELECT p.value FROM outbox, json_each(outbox.args, '$.photos') AS p"
        return {str(row[0]) for row in self._connection.exec_driver_sql(sql)}

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()
        self._engine.dispose()


def _held(entry: Entry, now: float) -> bool:
    """Whether its undo time still runs; a clock that jumped back holds nothing up."""
    return entry.at <= now < entry.send_at
