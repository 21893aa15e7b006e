"""The outbox: commands not settled yet, in a file of their own that survives a power cut. Used on the writer thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection

from ..domain.decide import Command
from . import names, salvage
from .connection import open_engine
from .journal import Journal, Kept
from .tries import Tries

BATCH = 100
KEPT_SECONDS, KEPT_LEAST = 30 * 86_400, 5_000
# What may be wrong with a command that waits all the same: it is sent, and the server decides. `SEEN`: a person knows.
RULE_BROKE, NOT_ANSWERED, SEEN = "rule-broke", "not-answered", "seen"
TROUBLES = frozenset({RULE_BROKE, NOT_ANSWERED})


class Fate(StrEnum):
    """What has become of a command; `WAITING` and `LANDED` ones are part of the overlay."""

    WAITING = "waiting"  # not answered yet
    LANDED = "landed"  # carried out; its row has not come yet
    SETTLED = "settled"  # carried out and seen; kept for the day a server is restored from a backup
    REFUSED = "refused"  # the server said no
    CONFLICT = "conflict"  # the case had moved on
    DROPPED = "dropped"  # a person saw that it was refused, and let it go


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
        return self.fate in (Fate.REFUSED, Fate.CONFLICT) or (self.fate is Fate.WAITING and self.code in TROUBLES)


_TABLE = (
    "CREATE TABLE IF NOT EXISTS outbox(n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "
    "case_id INTEGER NOT NULL, base INTEGER NOT NULL, args TEXT NOT NULL, client_time INTEGER NOT NULL, "
    "fate TEXT NOT NULL, at REAL NOT NULL, send_at REAL NOT NULL, seq INTEGER NOT NULL DEFAULT 0, "
    "code TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', theirs INTEGER NOT NULL DEFAULT 0, "
    "mark INTEGER NOT NULL DEFAULT 0)"
)
_COLUMNS = "id, kind, case_id, base, args, client_time, fate, at, send_at, seq, code, detail, theirs"
_FATE, _SEQ = 7, 10  # of a row with its number first
_INSERT = f"INSERT OR IGNORE INTO outbox(n, {_COLUMNS}, mark) VALUES ({', '.join('?' * 15)})"


class Outbox:
    """One file, `synchronous=FULL`: what `add` has returned from is on the disk. Raises DatabaseError on trouble.

    Opening checks the file and every row's mark. A broken one is put aside as `.broken`; its rows that are still
    right go into a new one, and so does what the journal beside it holds without an answer. `recovered` says so.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._journal = Journal(path.with_suffix(".txt"))
        self._known: dict[str, Entry] | None = None
        self._tries = Tries()
        self.recovered = False
        kept = None
        if path.exists():
            kept = salvage.read(path, _COLUMNS)
            if kept.broken:
                salvage.put_aside(path)
                self.recovered = True
        self._engine = open_engine(path, durable=True)
        self._connection: Connection = self._engine.connect()
        self._do(_TABLE)
        self._do("CREATE INDEX IF NOT EXISTS outbox_fate ON outbox(fate)")
        self._do("CREATE TABLE IF NOT EXISTS facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        names.prepare(self._connection)
        if kept is not None and (kept.broken or not kept.marked):
            if not kept.broken:
                self._do("ALTER TABLE outbox ADD COLUMN mark INTEGER NOT NULL DEFAULT 0")
            with self._whole():
                self._do("DELETE FROM outbox")
                for row in kept.rows:
                    self._do(_INSERT, (*row, salvage.mark(row)))
        last = self._connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM sqlite_sequence").scalar_one()
        self._last = int(last)
        self._catch_up()
        for report in names.missing(self._connection):
            self._change("id = ?", (report,), Fate.WAITING, seq=0)

    def _catch_up(self) -> None:
        """Takes from the journal what the outbox no longer knows of; then the journal begins anew."""
        held = {str(r[0]): int(r[1]) for r in self._connection.exec_driver_sql("SELECT id, n FROM outbox")}
        taken = set(held.values())
        for kept in self._journal.read():
            if kept.command.id not in held:
                self._insert(kept if kept.n not in taken else replace(kept, n=self._last + 1))
                self.recovered = True
        self._renew_journal()

    def _renew_journal(self) -> None:
        rows = self._connection.exec_driver_sql("SELECT n, id FROM outbox WHERE fate = 'waiting' ORDER BY n").fetchall()
        entries = self._entries("fate = 'waiting' ORDER BY n", as_kept=True)
        self._journal.renew(Kept(r[0], e.command, e.at, e.send_at) for r, e in zip(rows, entries, strict=True))

    def _do(self, sql: str, values: tuple[object, ...] = ()) -> int:
        return int(self._connection.exec_driver_sql(sql, values).rowcount)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Several statements as one commit; inside another one, a part of that."""
        if self._connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
            yield
            return
        self._do("BEGIN IMMEDIATE")
        try:
            yield
            self._do("COMMIT")
        except BaseException:
            self._known = None
            if self._connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
                self._do("ROLLBACK")  # a full disk ends the transaction by itself
            raise

    def _entries(self, condition: str, values: tuple[object, ...] = (), as_kept: bool = False) -> list[Entry]:
        """Rows as entries; `as_kept` leaves temporary ids in their commands as they are."""
        rows = self._connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM outbox WHERE {condition}", values).fetchall()
        commands = [Command(r[0], r[1], r[2], r[3], orjson.loads(r[4]), r[5]) for r in rows]
        made = [0] * len(commands)
        if not as_kept:
            commands, made = names.call(self._connection, commands)
        return [
            Entry(c, Fate(r[6]), r[7], r[8], r[9], r[10], r[11], r[12], m)
            for c, r, m in zip(commands, rows, made, strict=True)
        ]

    def _insert(self, kept: Kept) -> bool:
        command = kept.command
        row = (kept.n, command.id, command.kind, command.case_id, command.base,
               orjson.dumps(dict(command.args)).decode(), command.client_time, Fate.WAITING.value, float(kept.at),
               float(kept.send_at), 0, "", "", 0)  # fmt: skip
        fresh = self._do(_INSERT, (*row, salvage.mark(row))) > 0
        self._last = max(self._last, kept.n if fresh else 0)
        return fresh

    def _change(self, condition: str, values: tuple[object, ...], fate: Fate, **told: object) -> int:
        """Gives rows another fate, and what was told with it; how many. Their marks move with them."""
        found = self._connection.exec_driver_sql(
            f"SELECT n, {_COLUMNS} FROM outbox WHERE {condition}", values
        ).fetchall()
        changed = []
        for row in found:
            fresh = [*row]
            fresh[_FATE] = fate.value
            for place, name in enumerate(("seq", "code", "detail", "theirs"), _SEQ):
                fresh[place] = told.get(name, fresh[place])
            changed.append((fate.value, *fresh[_SEQ:], salvage.mark(fresh), fresh[0]))
        if changed:
            self._moved(found, fate, told)
            sql = "UPDATE outbox SET fate = ?, seq = ?, code = ?, detail = ?, theirs = ?, mark = ? WHERE n = ?"
            with self._whole():
                for values_ in changed:
                    self._do(sql, values_)
        return len(changed)

    def _moved(self, rows: Sequence[Any], fate: Fate, told: Mapping[str, object]) -> None:
        """Brings what is kept in memory to what is being written."""
        for row in rows:
            entry = self._known.get(row[1]) if self._known is not None else None
            if self._known is None or entry is None:
                self._known = None
                return
            if fate in (Fate.WAITING, Fate.LANDED):
                self._known[row[1]] = replace(entry, fate=fate, **told)  # type: ignore[arg-type]
            else:
                del self._known[row[1]]

    def add(self, command: Command, now: float, undo: float) -> None:
        """Keeps a command; it may leave `undo` seconds from now. A command that is already there stays as it is.

        One about a case that was reported here is kept under the case's temporary id, whatever the case is called by now:
        should the server lose the case in a restore, it goes along with the report. One about a case whose report is gone
        is kept as refused.
        """
        kept = Kept(self._last + 1, names.uncall(self._connection, command), now, now + undo)
        lost = names.is_lost(self._connection, kept.command)
        with self._whole():
            fresh = self._insert(kept)
            if fresh and lost:
                self._change("id = ?", (command.id,), Fate.REFUSED, code=names.NOT_TAKEN)
        if fresh and not lost:
            self._journal.keep(kept)
        plain = kept.command is command and command.case_id > 0 and not names.is_nameless(command)
        if fresh and plain and not lost and self._known is not None:
            self._known[command.id] = Entry(command, Fate.WAITING, kept.at, kept.send_at)
        elif fresh:
            self._known = None

    def take_back(self, command_ids: Iterable[str], now: float) -> int:
        """Removes those of the commands whose undo time still runs, with what hangs on a report; how many."""
        count = 0
        for command_id in command_ids:
            found = self._entries("id = ? AND fate = 'waiting' AND seq = 0", (command_id,))
            if found and _held(found[0], now):
                gone = [*names.hanging(self._connection, command_id), command_id]
                self._journal.done(gone)
                with self._whole():
                    for name in gone:
                        count += self._do("DELETE FROM outbox WHERE id = ?", (name,))
                self._known = None
        return count

    def _live(self) -> dict[str, Entry]:
        """What waits or has landed, in the order given; kept in memory, as every key and page asks for it."""
        if self._known is None:
            found = self._entries("fate IN ('waiting', 'landed') ORDER BY n")
            self._known = {entry.command.id: entry for entry in found}
        return self._known

    def overlay(self, cursor: int) -> list[Command]:
        """What the screen shows beyond the replica at a cursor, in the order given."""
        return [e.command for e in self._live().values() if e.fate is Fate.WAITING or e.seq > cursor]

    def names(self) -> dict[str, int]:
        """What the server called the cases reported here, by the report's command id; negative after a restore, when that
        was the case's id in the server's former life."""
        return names.told(self._connection)

    def ready(self, now: float) -> list[Command]:
        """Commands that may leave now, oldest first, at most a batch; one that waits holds back its case's later ones, and
        a case that has no name yet holds back all of its own. So does one that is to be named again after a restore,
        under its former name too: a restored server may have kept the case."""
        held = {-made for made in self.names().values() if made < 0}
        found: list[Command] = []
        for entry in self._live().values():
            if entry.fate is not Fate.WAITING:
                continue
            if _held(entry, now) or names.is_nameless(entry.command):
                held.add(entry.command.case_id)
            elif self._tries.wait(entry.command.id, now):
                held.add(entry.command.case_id or -1)  # what makes something new never holds back what makes another
            elif entry.command.case_id not in held:
                found.append(entry.command)
                if len(found) == BATCH:
                    break
        return found

    def next_at(self, now: float) -> float | None:
        """Seconds until the first undo time or pause is over, and what stands behind it may leave; None where none runs."""
        waits = (
            max(e.send_at - now if _held(e, now) else 0.0, self._tries.wait(e.command.id, now))
            for e in self._live().values()
            if e.fate is Fate.WAITING and not names.is_nameless(e.command)
        )
        return min((wait for wait in waits if wait > 0), default=None)

    def unanswered(self, command_ids: Iterable[str], now: float) -> None:
        """The server gave no answer about them: they go again, after a growing pause, and after some tries a person is told."""
        told = [i for i in self._tries.failed(command_ids, now) if (e := self._live().get(i)) and not e.code]
        with self._whole():
            for command_id in told:
                self._change("id = ? AND fate = 'waiting'", (command_id,), Fate.WAITING, code=NOT_ANSWERED)

    def answers(
        self, told: Mapping[str, tuple[Fate, int, str, str, int]], made: Mapping[str, int] | None = None
    ) -> None:
        """The server's durable answers to a batch, by command: fate, seq, code, detail, its version; `made` names the cases of
        reports. With a refused report falls what hangs on it. One commit."""
        fallen: list[str] = []
        with self._whole():
            for command_id, (fate, seq, code, detail, theirs) in told.items():
                changed = self._change("id = ? AND fate = 'waiting'", (command_id,), fate, seq=seq, code=code,
                                       detail=detail[:400], theirs=theirs)  # fmt: skip
                if changed and fate is Fate.LANDED and made and made.get(command_id):
                    names.keep(self._connection, command_id, made[command_id])
                    self._known = None
                elif changed and fate in (Fate.REFUSED, Fate.CONFLICT):
                    fallen += names.hanging(self._connection, command_id)
            for command_id in fallen:
                self._change("id = ? AND fate = 'waiting'", (command_id,), Fate.REFUSED, code=names.NOT_TAKEN)
        self._journal.done([*told, *fallen])
        self._tries.done(told)

    def answered(self, command_id: str, fate: Fate, seq: int = 0, code: str = "", detail: str = "", theirs: int = 0,
                 made: int = 0) -> None:  # fmt: skip
        """The server's durable answer to one command."""
        self.answers({command_id: (fate, seq, code, detail, theirs)}, {command_id: made})

    def settle(self, cursor: int, now: float) -> bool:
        """Lets go of what the replica has seen; gives whether that changed anything."""
        done = self._change("fate = 'landed' AND seq <= ?", (cursor,), Fate.SETTLED)
        if done:  # by number as well: a clock that jumped ahead must not empty what a restored server will need
            self._do("DELETE FROM outbox WHERE fate IN ('settled', 'dropped') AND at < ? AND n <= ?",
                     (now - KEPT_SECONDS, self._last - KEPT_LEAST))  # fmt: skip
        return done > 0

    def note_broken(self, broken: Mapping[str, str]) -> bool:
        """Has a person told of commands whose rule broke at this desk, by the kind of error, once; gives whether that
        changed anything. They stay where they are: what they do is for the server to say."""
        waiting = [e for e in self._live().values() if e.fate is Fate.WAITING]
        fresh = [e for e in waiting if e.command.id in broken and not e.code]
        mended = [e for e in waiting if e.code == RULE_BROKE and e.command.id not in broken]
        if not fresh and not mended:
            return False
        with self._whole():
            for entry in fresh:
                told = {"code": RULE_BROKE, "detail": broken[entry.command.id]}
                self._change("id = ?", (entry.command.id,), Fate.WAITING, **told)
            for entry in mended:
                self._change("id = ?", (entry.command.id,), Fate.WAITING, code="", detail="")
        return True

    def offer_again(self) -> int:
        """After a new epoch: what the old life of the server took is offered again, under the same keys."""
        with self._whole():
            count = self._change("fate IN ('settled', 'landed')", (), Fate.WAITING, seq=0)
            names.forget(self._connection)
        self._known = None
        self._renew_journal()
        return count

    def live_in(self, epoch: str, before: str = "") -> int:
        """Says which life of the server's data answers from now on; offers again where it is another than the last
        one, which the outbox remembers better than a replica that may have been rebuilt since. How many."""
        row = self._connection.exec_driver_sql("SELECT value FROM facts WHERE name = 'epoch'").fetchone()
        known = str(row[0]) if row else before
        offered = self.offer_again() if known and known != epoch else 0
        self._do("INSERT OR REPLACE INTO facts(name, value) VALUES ('epoch', ?)", (epoch,))
        return offered

    def dismiss(self, command_ids: Iterable[str]) -> None:
        """Takes refused commands a person has looked at out of the tray; they stay in the list for a while."""
        with self._whole():
            for command_id in command_ids:
                self._change("id = ? AND fate IN ('refused', 'conflict')", (command_id,), Fate.DROPPED)
                self._change("id = ? AND fate = 'waiting' AND code <> ''", (command_id,), Fate.WAITING, code=SEEN)

    def listing(self) -> Sequence[Entry]:
        """All that is under way or needs a person, and the last twenty that are done with, newest first."""
        return [
            *self._entries("fate NOT IN ('settled', 'dropped') ORDER BY n DESC LIMIT 400"),
            *self._entries("fate IN ('settled', 'dropped') ORDER BY n DESC LIMIT 20"),
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
