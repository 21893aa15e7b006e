"""The alarms that come by time alone: a case whose limit has run out raises one, and those that are due are looked at.

Runs oftener than the sweep, since a 特急 nobody acknowledges goes to the shift leader after a minute. Any number of servers
may watch at once: a command's id follows from its subject and the instant.
"""

from __future__ import annotations

from ..domain.alarm_causes import late_kind
from ..domain.case import State
from ..domain.clock import MINUTE
from ..domain.command import Command
from ..domain.person import Actor, Role
from ..domain.record import RecordKind
from ..domain.site import Site
from ..protocol.rows import CASE_NAMES, case_from_values, shares_of, township_bucket
from . import commands
from .database import Database, Link
from .feed import Published
from .scope import Scope
from .sweep import command_id

_MOST, _LATE_MOST = 500, 5_000
_NOT_LATE = (State.SUSPENDED.value, State.CLOSED.value, State.VOID.value, State.MERGED.value)


def watch(database: Database, site: Site, now: int) -> list[Published]:
    """Raises alarms for what is late and gives due ones their command; what it put into the feed."""
    with database.read() as link:
        work = [*_due(link, now), *_late(link, site, now)]
    actor = Actor(0, "", frozenset({Role.SYSTEM}), site.city.code)
    told = []
    for command, scope in work:
        outcome = commands.carry_out(database, site, actor, scope, command, now)
        if outcome.published is not None:
            told.append(outcome.published)
    return told


def _due(link: Link, now: int) -> list[tuple[Command, Scope]]:
    sql = "SELECT id, due_at, shares FROM records WHERE due_at > 0 AND due_at <= ? AND kind = ? ORDER BY due_at LIMIT ?"
    kind = RecordKind.ALARM.value
    return [
        (Command(command_id(f"{kind} {number} {due_at}"), f"{kind}.due", int(number)), Scope.of(shares_of(shares)))
        for number, due_at, shares in link.all(sql, (now, kind, _MOST))
    ]


def _late(link: Link, site: Site, now: int) -> list[tuple[Command, Scope]]:
    """Cases whose limit ran out within the site's time, and that had no alarm for it yet."""
    since = now - site.settings.alarms.late_minutes * MINUTE
    sql = (
        "SELECT id, due_at FROM cases WHERE closed_at = 0 AND due_at > ? AND due_at <= ? "
        f"AND state NOT IN ({', '.join('?' * len(_NOT_LATE))}) ORDER BY due_at DESC LIMIT ?"
    )
    names = {command_id(f"late {n} {due}"): int(n) for n, due in link.all(sql, (since, now, *_NOT_LATE, _LATE_MOST))}
    ids = list(names)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        for row in link.all(f"SELECT id FROM commands WHERE id IN ({', '.join('?' * len(part))})", part):
            names.pop(str(row[0]))
    found = list(names.items())[:_MOST]
    if not found:
        return []
    marks = ", ".join("?" * len(found))
    rows = link.all(f"SELECT {', '.join(CASE_NAMES)} FROM cases WHERE id IN ({marks})", [n for _, n in found])
    cases = {case.id: case for case in map(case_from_values, rows)}
    return [
        (Command(name, "alarm.raise", args={"type": late_kind(cases[n]), "case": n}),
         Scope.of({township_bucket(cases[n].township)}))
        for name, n in found if n in cases
    ]  # fmt: skip
