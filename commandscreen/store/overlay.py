"""The overlay: cases and records as they will look once the outbox lands, by the same rules the server runs.

The tables `cases` and `records` hold what the screen shows; the server's rows of what has commands under way lie in
`held` and `held_records`, null for what the server does not know yet.
Whoever writes the server's rows lifts the overlay first and covers again, inside one transaction.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from ..domain import affairs
from ..domain.case import Case
from ..domain.decide import Command, Ground, Refusal, decide, echo
from ..domain.person import Actor
from ..domain.privacy import mask_name, mask_phone
from ..domain.record import Record
from ..domain.site import Site
from ..domain.workflow import Kind
from ..protocol.rows import CASE_NAMES, RECORD_NAMES, case_from_values, case_values, record_from_values, record_values
from . import records
from .delta import Delta
from .names import master_of, temporary_id
from .ties import Effect, Key, Watch, keys_of

log = logging.getLogger("commandscreen.store")
Row = tuple[object, ...]
# Each command with the server's id of the case it reported: 0 where it reported none or has no name yet, negative after
# a restore.
Wanted = Sequence[tuple[Command, int]]
# What a rule's own mistake is not: these say that a file or the machine is in trouble.
_ENVIRONMENT = (DatabaseError, sqlite3.Error, OSError, MemoryError, orjson.JSONDecodeError, UnicodeDecodeError)

TABLES = (
    "CREATE TABLE IF NOT EXISTS held(id INTEGER PRIMARY KEY, row TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS held_records(id INTEGER PRIMARY KEY, row TEXT NOT NULL)",
)
_ALL = ",".join(CASE_NAMES)
_SET = f"INSERT OR REPLACE INTO cases({_ALL}) VALUES ({','.join('?' * len(CASE_NAMES))})"


_SET_RECORD = f"INSERT OR REPLACE INTO records({records.ALL}) VALUES ({','.join('?' * len(RECORD_NAMES))})"


def lift(connection: Connection, rows: tuple[Collection[int], Collection[int]] | None = None) -> Delta:
    """Puts the server's rows back in their place; what it touched. With `rows`, ids of cases and of records, of those
    alone."""
    cases, numbers = rows if rows is not None else (None, None)
    return _lift_cases(connection, cases) | _lift_records(connection, numbers)


def _held(connection: Connection, table: str, wanted: Collection[int] | None) -> dict[int, list[object] | None]:
    if wanted is None:
        found = connection.exec_driver_sql(f"SELECT id, row FROM {table}").fetchall()
    else:
        found, ids = [], sorted(wanted)
        for start in range(0, len(ids), 500):
            part = tuple(ids[start : start + 500])
            sql = f"SELECT id, row FROM {table} WHERE id IN ({','.join('?' * len(part))})"
            found += connection.exec_driver_sql(sql, part).fetchall()
    return {row[0]: orjson.loads(row[1]) for row in found}


def _forget(connection: Connection, table: str, held: Iterable[int], whole: bool) -> None:
    if whole:
        connection.exec_driver_sql(f"DELETE FROM {table}")
    else:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", [(number,) for number in held])


def _lift_cases(connection: Connection, wanted: Collection[int] | None) -> Delta:
    held = _held(connection, "held", wanted)
    if not held:
        return Delta()
    shown = _rows(connection, list(held))
    kept = _put_back(connection, "cases", _SET, held)
    _forget(connection, "held", held, wanted is None)
    return _touched([*kept, *shown])


def _lift_records(connection: Connection, wanted: Collection[int] | None) -> Delta:
    held = _held(connection, "held_records", wanted)
    if not held:
        return Delta()
    shown = records.by_id(connection, held)
    _put_back(connection, "records", _SET_RECORD, held)
    _forget(connection, "held_records", held, wanted is None)
    return Delta(records=frozenset(record.kind for record in shown.values()))


def _put_back(connection: Connection, table: str, setting: str, held: Mapping[int, list[object] | None]) -> list[Row]:
    kept = [tuple(row) for row in held.values() if row is not None]
    if kept:
        connection.exec_driver_sql(setting, kept)
    new = [(number,) for number, row in held.items() if row is None]  # made here and not yet known to the server
    if new:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", new)
    return kept


@dataclass(frozen=True, slots=True)
class Worked:
    """What some commands come to over what is shown: rows of cases and of records by id, what is shown of the cases now,
    and each command's effect by its id."""

    cases: Mapping[int, Row]
    records: Mapping[int, Row]
    base: Mapping[int, Row]
    effects: Mapping[str, Effect]


def work_out(connection: Connection, commands: Wanted, site: Site, actor: Actor) -> Worked:
    """The commands' effects over what is shown already, in their order; lays nothing. One the rules refuse by now changes
    nothing here; the server will answer it. One whose rule breaks changes nothing either, and says so."""
    run = _Run(connection, site, actor)
    run.base.update(_base(connection, commands))
    run.book.cases = {number: case_from_values(row) for number, row in run.base.items()}
    return Worked(run.rows, run.record_rows, run.base, {c.id: run.carry_out(c, name) for c, name in commands})


def _base(connection: Connection, commands: Wanted) -> dict[int, Row]:
    named = {i for c, name in commands for i in (c.case_id, master_of(c), abs(name)) if i}
    return {int(str(row[0])): row for row in _rows(connection, sorted(named))}


def lay(connection: Connection, worked: Worked) -> Delta:
    """Shows what commands come to; the server's rows are kept beside."""
    return _lay_cases(connection, worked.cases, worked.base) | _lay_records(connection, worked.records)


class _Run:
    """Commands carried out in memory, one after the other."""

    def __init__(self, connection: Connection, site: Site, actor: Actor) -> None:
        self._connection, self._site, self._actor = connection, site, actor
        self.book = records.ReplicaBook(connection)
        self._watch = Watch(self.book)
        self.base: dict[int, Row] = {}
        self.rows: dict[int, Row] = {}
        self.record_rows: dict[int, Row] = {}

    def carry_out(self, command: Command, name: int) -> Effect:
        """One command; what it looked at and changed. Nothing of it is kept where a rule breaks."""
        self._watch.looked = set()
        try:
            changed = self._on_record(command) if affairs.kind_of(command) else self._on_case(command, name)
            return Effect(frozenset(self._watch.looked), frozenset(changed))
        except _ENVIRONMENT:
            raise
        except Exception as error:
            # A mistake of ours: the desk goes on, the command goes to the server, and a person is told.
            log.exception("the rule of %s broke", command.kind[:40])
            return Effect(frozenset(self._watch.looked), failed=type(error).__name__)

    def _on_record(self, command: Command) -> Iterable[Key]:
        made = affairs.decide(command, Ground(self._site, self._actor, command.client_time), self._watch)
        return () if isinstance(made, Refusal) else self._put(made)

    def _put(self, made: Sequence[Record], cases: Sequence[Case] = ()) -> list[Key]:
        """What a command leaves, all of it or, where no row can be made of a part, nothing; the keys it changed by that."""
        before = [old for r in made if (old := self.book.record(r.id)) is not None]
        rows = {case.id: tuple(case_values(case)) for case in cases}
        self.record_rows |= {record.id: tuple(record_values(record)) for record in made}
        self.rows |= rows
        self.book.put(made)
        for case in cases:
            if case.id not in self.base and case.id not in self.book.cases:
                self.base |= zip((case.id,), _rows(self._connection, [case.id]), strict=False)
            self.book.cases[case.id] = case
        return [*rows, *(key for record in (*before, *made) for key in keys_of(record))]

    def _on_case(self, command: Command, name: int) -> Iterable[Key]:
        before = self._watch.case(command.case_id) if command.case_id else None
        if command.case_id and before is None:
            return ()
        new = 0 if before else name
        if new and self._watch.case(abs(new)) is not None:
            return ()  # the server's own row is here, or was kept by a restored server
        number = master_of(command) if command.kind == Kind.MERGE else before.master if before else 0
        ground = Ground(self._site, self._actor, command.client_time,
                        0 if before else new if new > 0 else temporary_id(command),
                        other=self._watch.case(number) if number else None)  # fmt: skip
        after = affairs.bar(command, ground, self._watch) or decide(before, command, ground)
        if isinstance(after, Refusal):
            return ()
        if before is None:
            after = replace(after, reporter=mask_name(after.reporter), phone=mask_phone(after.phone))
        master = echo(after, command.kind, ground)
        noted = affairs.follow(before, after, command, ground, self._watch)
        return self._put(noted, (after,) if master is None else (after, master))


def _lay_cases(connection: Connection, changed: Mapping[int, Row], base: Mapping[int, Row]) -> Delta:
    if not changed:
        return Delta()
    held = [(number, orjson.dumps(base.get(number)).decode()) for number in changed]
    connection.exec_driver_sql("INSERT OR IGNORE INTO held(id, row) VALUES (?, ?)", held)
    connection.exec_driver_sql(_SET, list(changed.values()))
    return _touched(list(changed.values()))


def _lay_records(connection: Connection, changed: Mapping[int, Row]) -> Delta:
    if not changed:
        return Delta()
    known = records.by_id(connection, changed)
    held = [
        (number, orjson.dumps(record_values(known[number]) if number in known else None).decode()) for number in changed
    ]
    connection.exec_driver_sql("INSERT OR IGNORE INTO held_records(id, row) VALUES (?, ?)", held)
    connection.exec_driver_sql(_SET_RECORD, list(changed.values()))
    return Delta(records=frozenset(record_from_values(row).kind for row in changed.values()))


def _rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    found: list[Row] = []
    for start in range(0, len(ids), 500):
        part = tuple(ids[start : start + 500])
        sql = f"SELECT {_ALL} FROM cases WHERE id IN ({','.join('?' * len(part))})"
        found += [tuple(row) for row in connection.exec_driver_sql(sql, part)]
    return found


def _touched(rows: Sequence[Row]) -> Delta:
    cases = [case_from_values(row) for row in rows]
    return Delta(
        frozenset(c.id for c in cases), frozenset(c.grid for c in cases), frozenset(c.lead for c in cases if c.lead)
    )
