"""What of the outbox lies over the replica's rows, and how little has to be lifted when either changes.

Ten thousand commands wait after a month without a server. Laying all of them anew for every page or key takes minutes;
here only those are laid again that touch a case which changes. Used on the writer thread, inside its transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from ..domain import affairs
from ..domain.decide import Command
from ..domain.person import Actor
from ..domain.site import Site
from . import overlay
from .delta import Delta
from .names import master_of, temporary_id

T = TypeVar("T")
Stance = tuple[Site, Actor]
# Each command with the server's id of the case it reported: 0 where it reported none or has no name yet, negative after
# a restore.
Wanted = Sequence[tuple[Command, int]]


class Layer:
    """The commands that lie over the rows now; None until that is known."""

    def __init__(self) -> None:
        self._laid: Wanted | None = None

    def forget(self) -> None:
        """After a transaction that failed: the next one lays everything anew."""
        self._laid = None

    def holds(self, wanted: Wanted) -> bool:
        """Whether just these lie there."""
        return self._laid is not None and list(map(_shape, self._laid)) == list(map(_shape, wanted))

    def run(self, connection: Connection, change: Callable[[Connection], tuple[T, Delta]],
            wanted: Callable[[Connection], Wanted], stance: Stance | None,
            cases: frozenset[int] | None) -> tuple[T, Delta]:  # fmt: skip
        """Runs a change of the server's rows beneath the overlay, then has the wanted commands lie over them.

        `cases` are the only rows the change may touch; None says that it may touch any.
        """
        laid, self._laid = self._laid, None
        if stance is None or laid is None or cases is None or (cases and not _simple(connection, laid)):
            delta = overlay.lift(connection)
            answer, more = change(connection)
            fresh = wanted(connection) if stance else ()
            delta = delta | more | _cover(connection, fresh, stance)
        else:
            lifted = _reach(cases, laid)
            delta = overlay.lift(connection, lifted)
            answer, more = change(connection)
            fresh = wanted(connection)
            delta = delta | more | _again(connection, laid, fresh, lifted, stance)
        self._laid = fresh if stance else None
        return answer, delta


def _cover(connection: Connection, commands: Wanted, stance: Stance | None) -> Delta:
    if stance is None:
        return Delta()
    return overlay.cover(connection, [c for c, _ in commands], *stance, {c.id: name for c, name in commands if name})


def _again(connection: Connection, laid: Wanted, fresh: Wanted, lifted: frozenset[int], stance: Stance) -> Delta:
    """Lays what was lifted, what is new, and what the going or coming of others changes."""
    before, now = set(map(_shape, laid)), set(map(_shape, fresh))
    moved = [one for one in laid if _shape(one) not in now]
    last = max((place for place, one in enumerate(fresh) if _shape(one) in before), default=-1)
    moved += [one for place, one in enumerate(fresh) if place < last and _shape(one) not in before]
    delta, reached = Delta(), lifted
    if moved:
        if not _simple(connection, [*laid, *fresh]):
            return overlay.lift(connection) | _cover(connection, fresh, stance)
        reached = _reach(lifted | {key for one in moved for key in _keys(one)}, [*laid, *fresh])
        delta = overlay.lift(connection, reached - lifted)
    again = [one for one in fresh if _shape(one) not in before or (reached and not reached.isdisjoint(_keys(one)))]
    return delta | _cover(connection, again, stance)


def _simple(connection: Connection, commands: Wanted) -> bool:
    """Whether no record is concerned: what a record's rules look at is not known beforehand."""
    held = connection.exec_driver_sql("SELECT 1 FROM held_records LIMIT 1").fetchone()
    return held is None and all(affairs.kind_of(command) is None for command, _ in commands)


def _shape(one: tuple[Command, int]) -> tuple[str, int, int, int]:
    """What makes a command's effect another one: names come and go, the rest of it never changes."""
    command, name = one
    return command.id, command.case_id, master_of(command), name


def _keys(one: tuple[Command, int]) -> tuple[int, ...]:
    """The cases a command shows an effect on, or looks at."""
    command, name = one
    keys = [command.case_id or temporary_id(command), master_of(command), abs(name)]
    return tuple(key for key in keys if key)


def _reach(cases: frozenset[int], commands: Wanted) -> frozenset[int]:
    """Some cases, and all that commands tie to them."""
    if not cases:
        return frozenset()
    ties = [keys for one in commands if len(keys := _keys(one)) > 1]
    found = set(cases)
    size = -1
    while size != len(found):
        size = len(found)
        for keys in ties:
            if not found.isdisjoint(keys):
                found.update(keys)
    return frozenset(found)
