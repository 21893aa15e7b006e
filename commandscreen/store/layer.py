"""What of the outbox lies over the replica's rows, and how little has to be lifted when either changes.

Ten thousand commands wait after a month without a server. Laying all of them anew for every page or key takes minutes;
here only those are laid again that touch a case which changes. Used on the writer thread, inside its transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from ..domain import affairs
from ..domain.decide import Command
from ..domain.person import Actor
from ..domain.site import Site
from . import overlay
from .delta import Delta

T = TypeVar("T")
Stance = tuple[Site, Actor]


class Layer:
    """The commands that lie over the rows now; None until that is known."""

    def __init__(self) -> None:
        self._laid: Sequence[Command] | None = None

    def forget(self) -> None:
        """After a transaction that failed: the next one lays everything anew."""
        self._laid = None

    def holds(self, wanted: Sequence[Command]) -> bool:
        """Whether just these lie there."""
        return self._laid is not None and [c.id for c in self._laid] == [c.id for c in wanted]

    def run(self, connection: Connection, change: Callable[[Connection], tuple[T, Delta]],
            wanted: Callable[[Connection], Sequence[Command]], stance: Stance | None,
            cases: frozenset[int] | None) -> tuple[T, Delta]:  # fmt: skip
        """Runs a change of the server's rows beneath the overlay, then has the wanted commands lie over them.

        `cases` are the only rows the change may touch; None says that it may touch any.
        """
        laid, self._laid = self._laid, None
        if laid is None or cases is None or (cases and not _simple(connection, laid)):
            delta = overlay.lift(connection)
            answer, more = change(connection)
            fresh = wanted(connection) if stance else ()
            delta = delta | more | (overlay.cover(connection, fresh, *stance) if stance else Delta())
            self._laid = fresh if stance else None
            return answer, delta
        lifted = _reach(cases, laid)
        delta = overlay.lift(connection, lifted)
        answer, more = change(connection)
        fresh = wanted(connection) if stance else ()
        delta = delta | more | self._again(connection, laid, fresh, lifted, stance)
        self._laid = fresh if stance else None
        return answer, delta

    def _again(self, connection: Connection, laid: Sequence[Command], fresh: Sequence[Command],
               lifted: frozenset[int], stance: Stance | None) -> Delta:  # fmt: skip
        before, now = {c.id for c in laid}, {c.id for c in fresh}
        moved = [c for c in laid if c.id not in now]
        last = max((place for place, c in enumerate(fresh) if c.id in before), default=-1)
        moved += [c for place, c in enumerate(fresh) if c.id not in before and place < last]
        delta = Delta()
        reached = lifted
        if moved:
            if not _simple(connection, [*laid, *fresh]):
                delta = overlay.lift(connection)
                return delta | (overlay.cover(connection, fresh, *stance) if stance else Delta())
            reached = _reach(lifted | {key for c in moved for key in _keys(c)}, [*laid, *fresh])
            delta = overlay.lift(connection, reached - lifted)
        again = [c for c in fresh if c.id not in before or (reached and not reached.isdisjoint(_keys(c)))]
        return delta | (overlay.cover(connection, again, *stance) if stance else Delta())


def _simple(connection: Connection, commands: Iterable[Command]) -> bool:
    """Whether no record is concerned: what a record's rules look at is not known beforehand."""
    held = connection.exec_driver_sql("SELECT 1 FROM held_records LIMIT 1").fetchone()
    return held is None and all(affairs.kind_of(command) is None for command in commands)


def _keys(command: Command) -> tuple[int, ...]:
    """The cases a command shows an effect on, or looks at."""
    named = overlay.named(command)
    own = command.case_id or overlay.temporary_id(command)
    return (own, named) if named else (own,)


def _reach(cases: frozenset[int], commands: Sequence[Command]) -> frozenset[int]:
    """Some cases, and all that commands tie to them."""
    if not cases:
        return frozenset()
    ties = [keys for command in commands if len(keys := _keys(command)) > 1]
    found = set(cases)
    size = -1
    while size != len(found):
        size = len(found)
        for keys in ties:
            if not found.isdisjoint(keys):
                found.update(keys)
    return frozenset(found)
