"""The overlay: cases and records as they will look once the outbox lands, by the same rules the server runs.

The tables `cases` and `records` hold what the screen shows; the server's rows of what has commands under way lie in
`held` and `held_records`, null for what the server does not know yet.
Whoever writes the server's rows lifts the overlay first and covers again, inside one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import orjson
from sqlalchemy import Connection

from ..domain import affairs
from ..domain.case import Case
from ..domain.decide import Command, Ground, Refusal, decide
from ..domain.person import Actor
from ..domain.privacy import mask_name, mask_phone
from ..domain.record import Record
from ..domain.site import Site
from ..protocol.rows import CASE_NAMES, RECORD_NAMES, case_from_values, case_values, record_values
from . import records
from .delta import Delta
from .names import master_of, temporary_id

Row = tuple[object, ...]

TABLES = (
    "CREATE TABLE IF NOT EXISTS held(id INTEGER PRIMARY KEY, row TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS held_records(id INTEGER PRIMARY KEY, row TEXT NOT NULL)",
)
_ALL = ",".join(CASE_NAMES)
_SET = f"INSERT OR REPLACE INTO cases({_ALL}) VALUES ({','.join('?' * len(CASE_NAMES))})"


_SET_RECORD = f"INSERT OR REPLACE INTO records({records.ALL}) VALUES ({','.join('?' * len(RECORD_NAMES))})"


def lift(connection: Connection, cases: frozenset[int] | None = None) -> Delta:
    """Puts the server's rows back in their place; what it touched. With `cases`, of those alone."""
    return _lift_cases(connection, cases) | (_lift_records(connection) if cases is None else Delta())


def _held(connection: Connection, cases: frozenset[int] | None) -> dict[int, list[object] | None]:
    if cases is None:
        rows = connection.exec_driver_sql("SELECT id, row FROM held").fetchall()
    else:
        rows, wanted = [], sorted(cases)
        for start in range(0, len(wanted), 500):
            part = tuple(wanted[start : start + 500])
            sql = f"SELECT id, row FROM held WHERE id IN ({','.join('?' * len(part))})"
            rows += connection.exec_driver_sql(sql, part).fetchall()
    return {row[0]: orjson.loads(row[1]) for row in rows}


def _lift_cases(connection: Connection, cases: frozenset[int] | None) -> Delta:
    held = _held(connection, cases)
    if not held:
        return Delta()
    shown = _rows(connection, list(held))
    kept = _put_back(connection, "cases", _SET, held)
    if cases is None:
        connection.exec_driver_sql("DELETE FROM held")
    else:
        connection.exec_driver_sql("DELETE FROM held WHERE id = ?", [(number,) for number in held])
    return _touched([*kept, *shown])


def _lift_records(connection: Connection) -> Delta:
    held = {r[0]: orjson.loads(r[1]) for r in connection.exec_driver_sql("SELECT id, row FROM held_records")}
    if not held:
        return Delta()
    shown = records.by_id(connection, held)
    _put_back(connection, "records", _SET_RECORD, held)
    connection.exec_driver_sql("DELETE FROM held_records")
    return Delta(records=frozenset(record.kind for record in shown.values()))


def _put_back(connection: Connection, table: str, setting: str, held: Mapping[int, list[object] | None]) -> list[Row]:
    kept = [tuple(row) for row in held.values() if row is not None]
    if kept:
        connection.exec_driver_sql(setting, kept)
    new = [(number,) for number, row in held.items() if row is None]  # made here and not yet known to the server
    if new:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", new)
    return kept


def cover(connection: Connection, commands: Sequence[Command], site: Site, actor: Actor,
          called: Mapping[str, int] | None = None) -> Delta:  # fmt: skip
    """Shows the commands' effects over what is shown already, in their order. One the rules refuse by now changes
    nothing here; the server will answer it. `called` gives the server's ids of cases reported here, by command (see
    `Outbox.names`)."""
    if not commands:
        return Delta()
    called = called or {}
    on_cases = [c for c in commands if affairs.kind_of(c) is None]
    named = {c.case_id for c in on_cases} | {master_of(c) for c in on_cases} | {abs(i) for i in called.values()}
    base = {int(str(row[0])): row for row in _rows(connection, sorted(named - {0}))}
    book = records.ReplicaBook(connection)
    book.cases = {number: case_from_values(row) for number, row in base.items()}
    changed: dict[int, Case] = {}
    for command in commands:
        if affairs.kind_of(command) is not None:
            made = affairs.decide(command, Ground(site, actor, command.client_time), book)
            book.put(() if isinstance(made, Refusal) else made)
            continue
        before = book.cases.get(command.case_id)
        if command.case_id and before is None:
            continue
        new = 0 if before else called.get(command.id, 0)
        if new and abs(new) in base:  # the server's own row is here, or was kept by a restored server
            continue
        ground = Ground(site, actor, command.client_time, 0 if before else new if new > 0 else temporary_id(command),
                        other=book.cases.get(master_of(command)))  # fmt: skip
        after = affairs.bar(command, ground, book) or decide(before, command, ground)
        if isinstance(after, Refusal):
            continue
        if before is None:
            after = replace(after, reporter=mask_name(after.reporter), phone=mask_phone(after.phone))
        book.put(affairs.follow(before, after, command, ground, book))
        book.cases[after.id] = changed[after.id] = after
    return _lay_cases(connection, changed, base) | _lay_records(connection, book.changed)


def _lay_cases(connection: Connection, changed: Mapping[int, Case], base: Mapping[int, Row]) -> Delta:
    if not changed:
        return Delta()
    held = [(number, orjson.dumps(base.get(number)).decode()) for number in changed]
    shown = [tuple(case_values(case)) for case in changed.values()]
    connection.exec_driver_sql("INSERT OR IGNORE INTO held(id, row) VALUES (?, ?)", held)
    connection.exec_driver_sql(_SET, shown)
    return _touched(shown)


def _lay_records(connection: Connection, changed: Mapping[int, Record]) -> Delta:
    if not changed:
        return Delta()
    known = records.by_id(connection, changed)
    held = [
        (number, orjson.dumps(record_values(known[number]) if number in known else None).decode()) for number in changed
    ]
    connection.exec_driver_sql("INSERT OR IGNORE INTO held_records(id, row) VALUES (?, ?)", held)
    connection.exec_driver_sql(_SET_RECORD, [record_values(record) for record in changed.values()])
    return Delta(records=frozenset(record.kind for record in changed.values()))


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
