"""What of the outbox lies over the replica's rows, and how little has to be lifted when either changes.

Ten thousand commands wait after a month without a server. Laying all of them anew for every page or key takes minutes;
here only those are laid again that looked at what changes, or changed it. Used on the writer thread, in its transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection

from ..domain.decide import Command
from ..domain.person import Actor
from ..domain.site import Site
from . import overlay, records
from .delta import Delta
from .names import master_of
from .overlay import Wanted
from .ties import Effect, Key, Ties, keys_of, record_key

T = TypeVar("T")
Stance = tuple[Site, Actor]
# Ids of cases and of records.
Rows = tuple[frozenset[int], frozenset[int]]
NO_ROWS: Rows = (frozenset(), frozenset())
_ROUNDS = 8


class Layer:
    """The commands that lie over the rows now, each with its effect; None until that is known."""

    def __init__(self) -> None:
        self._laid: Wanted | None = None
        self._ties = Ties()

    def forget(self) -> None:
        """After a transaction that failed: the next one lays everything anew."""
        self._laid = None

    def holds(self, wanted: Wanted) -> bool:
        """Whether just these lie there."""
        laid = self._laid
        return laid is not None and len(laid) == len(wanted) and all(map(_same, laid, wanted))

    @property
    def broken(self) -> dict[str, str]:
        """Commands whose rule broke when they were laid, and the kind of error."""
        return {name: effect.failed for name, effect in self._ties.effects.items() if effect.failed}

    def run(self, connection: Connection, change: Callable[[Connection], tuple[T, Delta]],
            wanted: Callable[[Connection], Wanted], stance: Stance | None, rows: Rows | None) -> tuple[T, Delta]:  # fmt: skip
        """Runs a change of the server's rows beneath the overlay, then has the wanted commands lie over them.

        `rows` are the only ones the change may touch; None says that it may touch any.
        """
        laid, self._laid = self._laid, None
        if stance is None or laid is None or rows is None:
            delta = overlay.lift(connection)
            answer, more = change(connection)
            fresh = wanted(connection) if stance else ()
            delta = delta | more | (self._lay_all(connection, fresh, stance) if stance else Delta())
        else:
            keys: set[Key] = {*rows[0], *map(record_key, rows[1])}
            again = self._ties.reach(keys)
            delta = overlay.lift(connection, self._ties.rows(again))
            keys |= _questions(connection, rows[1])  # those that found the records as they were
            answer, more = change(connection)
            keys |= _questions(connection, rows[1])  # and as they are
            fresh = wanted(connection)
            delta = delta | more | self._lay_again(connection, laid, fresh, stance, keys)
        self._laid = fresh if stance else None
        return answer, delta

    def _lay_all(self, connection: Connection, fresh: Wanted, stance: Stance) -> Delta:
        self._ties = Ties()
        worked = overlay.work_out(connection, fresh, *stance)
        for name, effect in worked.effects.items():
            self._ties.put(name, effect)
        return overlay.lay(connection, worked)

    def _lay_again(self, connection: Connection, laid: Wanted, fresh: Wanted, stance: Stance, keys: set[Key]) -> Delta:
        """Lays what is new and what has to be laid again, because of some rows, or of commands that come, go or are called
        something else."""
        before = {one[0].id: one for one in laid}
        places = {one[0].id: place for place, one in enumerate(fresh)}
        new = {one[0].id for one in fresh if not (one[0].id in before and _same(one, before[one[0].id]))}
        again = self._ties.reach(keys, new.union(before.keys() - places.keys()))
        delta = Delta()
        for _ in range(_ROUNDS):
            delta = delta | overlay.lift(connection, self._ties.rows(again))
            going = [one for one in fresh if one[0].id in again or one[0].id in new]
            worked = overlay.work_out(connection, going, *stance)
            overtaken = self._ties.overtaken(worked.effects, lambda name: places.get(name, -1))
            if not overtaken:
                self._tie(again, worked.effects)
                return delta | overlay.lay(connection, worked)
            again |= self._ties.reach((), overtaken)
        return delta | overlay.lift(connection) | self._lay_all(connection, fresh, stance)

    def _tie(self, again: Iterable[str], effects: Mapping[str, Effect]) -> None:
        for name in again:
            self._ties.drop(name)
        for name, effect in effects.items():
            self._ties.put(name, effect)


def _questions(connection: Connection, numbers: frozenset[int]) -> set[Key]:
    """The questions that find some records as they stand."""
    return {key for record in records.by_id(connection, numbers).values() for key in keys_of(record)}


def _same(one: tuple[Command, int], other: tuple[Command, int]) -> bool:
    """Whether a command's effect can be another one: names come and go, the rest of it never changes."""
    (mine, name), (theirs, called) = one, other
    if name != called:
        return False
    return mine is theirs or (mine.id, mine.case_id, master_of(mine)) == (theirs.id, theirs.case_id, master_of(theirs))
