"""The overlay: cases as they will look once the outbox lands, by the same `decide` the server runs.

The table `cases` holds what the screen shows; the server's row of a case with commands under way lies in `held`.
Whoever writes the server's rows lifts the overlay first and covers again, inside one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import orjson
from sqlalchemy import Connection

from ..domain.case import Case
from ..domain.decide import Command, Ground, Refusal, decide
from ..domain.person import Actor
from ..domain.privacy import mask_name, mask_phone
from ..domain.site import Site
from ..protocol.rows import CASE_NAMES, case_from_values, case_values
from .delta import Delta

TABLE = "CREATE TABLE IF NOT EXISTS held(id INTEGER PRIMARY KEY, row TEXT NOT NULL)"
_ALL = ",".join(CASE_NAMES)
_SET = f"INSERT OR REPLACE INTO cases({_ALL}) VALUES ({','.join('?' * len(CASE_NAMES))})"


def lift(connection: Connection) -> Delta:
    """Puts the server's rows back in their place; what it touched."""
    held = {r[0]: orjson.loads(r[1]) for r in connection.exec_driver_sql("SELECT id, row FROM held")}
    if not held:
        return Delta()
    shown = _rows(connection, list(held))
    kept = [tuple(row) for row in held.values() if row is not None]
    if kept:
        connection.exec_driver_sql(_SET, kept)
    for number, row in held.items():
        if row is None:  # reported here and not yet by the server
            connection.exec_driver_sql("DELETE FROM cases WHERE id = ?", (number,))
    connection.exec_driver_sql("DELETE FROM held")
    return _touched([*kept, *shown])


def cover(connection: Connection, commands: Sequence[Command], site: Site, actor: Actor) -> Delta:
    """Shows the commands' effects. One the rules refuse by now changes nothing here; the server will answer it."""
    by_case: dict[int, list[Command]] = {}
    for command in commands:
        if command.case_id:
            by_case.setdefault(command.case_id, []).append(command)
    named = {_named(c) for c in commands} - {0}
    base, shown = [], []
    found = {int(str(row[0])): row for row in _rows(connection, list(by_case.keys() | named))}
    others = {row[0]: case_from_values(row) for row in found.values()}
    for number, row in found.items():
        before = case = others[number]
        for command in by_case.get(number, ()):
            case = _after(case, command, Ground(site, actor, command.client_time, other=others.get(_named(command))))
        if case is not before:
            base.append((case.id, orjson.dumps(row).decode()))
            shown.append(tuple(case_values(case)))
    for command in commands:
        made = None if command.case_id else _reported(command, site, actor)
        if made is not None:
            base.append((made.id, "null"))
            shown.append(tuple(case_values(made)))
    if base:
        connection.exec_driver_sql("INSERT INTO held(id, row) VALUES (?, ?)", base)
        connection.exec_driver_sql(_SET, shown)
    return _touched(shown)


def temporary_id(command: Command) -> int:
    """The negative id that a case reported here bears until the server's own row comes."""
    return -(int(command.id.replace("-", "")[:12], 16) + 1)


def _reported(command: Command, site: Site, actor: Actor) -> Case | None:
    decided = decide(None, command, Ground(site, actor, command.client_time, temporary_id(command)))
    if isinstance(decided, Refusal):
        return None
    return replace(decided, reporter=mask_name(decided.reporter), phone=mask_phone(decided.phone))


def _named(command: Command) -> int:
    master = command.args.get("master", 0)
    return master if type(master) is int else 0


def _after(case: Case, command: Command, ground: Ground) -> Case:
    decided = decide(case, command, ground)
    return case if isinstance(decided, Refusal) else decided


def _rows(connection: Connection, ids: Sequence[int]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for start in range(0, len(ids), 500):
        part = tuple(ids[start : start + 500])
        sql = f"SELECT {_ALL} FROM cases WHERE id IN ({','.join('?' * len(part))})"
        found += [tuple(row) for row in connection.exec_driver_sql(sql, part)]
    return found


def _touched(rows: Sequence[tuple[object, ...]]) -> Delta:
    cases = [case_from_values(row) for row in rows]
    return Delta(
        frozenset(c.id for c in cases), frozenset(c.grid for c in cases), frozenset(c.lead for c in cases if c.lead)
    )
