"""What comes by time alone: a suspended case goes on when its end has come, a record is looked at when it is due. Any
number of servers may sweep at once."""

from __future__ import annotations

import uuid

from ..domain.case import State
from ..domain.decide import Command
from ..domain.person import Actor, Role
from ..domain.site import Site
from ..domain.workflow import Kind
from ..protocol.rows import shares_of, township_bucket
from . import commands
from .database import Database
from .feed import Published
from .scope import Scope

_NAMES = uuid.UUID("5f0c7a1e-6a4e-4a58-9d0b-6f1b8b9b2c11")
_MOST = 500


def command_id(name: str) -> str:
    """The id of what comes by time: the same on every server."""
    return str(uuid.uuid5(_NAMES, name))


def sweep(database: Database, site: Site, now: int) -> list[Published]:
    """Resumes cases and looks at records that are due; what it put into the feed.

    The command's id follows from its subject and the instant, so that of two servers only one carries it out.
    """
    with database.read() as link:
        sql = "SELECT id, township, resume_at FROM cases WHERE state = ? AND resume_at > 0 AND resume_at <= ? LIMIT ?"
        found = link.all(sql, (State.SUSPENDED.value, now, _MOST))
        sql = "SELECT id, kind, due_at, shares FROM records WHERE due_at > 0 AND due_at <= ? ORDER BY due_at LIMIT ?"
        due = link.all(sql, (now, _MOST))
    actor = Actor(0, "", frozenset({Role.SYSTEM}), site.city.code)
    work = []
    for case_id, township, resume_at in found:
        work.append((f"{case_id} {resume_at}", Kind.RESUME.value, int(case_id), Scope.of({township_bucket(township)})))
    for number, kind, due_at, shares in due:
        work.append((f"{kind} {number} {due_at}", f"{kind}.due", int(number), Scope.of(shares_of(shares))))
    told = []
    for name, kind, number, scope in work:
        command = Command(command_id(name), kind, number)
        outcome = commands.carry_out(database, site, actor, scope, command, now)
        if outcome.published is not None:
            told.append(outcome.published)
    return told
