"""A book of records in memory: what the demo's board is played on before a server is filled with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ..domain import affairs
from ..domain.case import Case
from ..domain.command import Command, Ground, Refusal
from ..domain.person import Actor
from ..domain.record import Record, RecordKind, record_id
from ..domain.site import Site


class BoardBook:
    """A `Book` that commands are carried out on. Ids follow from their order, so that the same play gives the same records."""

    def __init__(self, site: Site, name: str, case: Case | None = None) -> None:
        self.site = site
        self._name, self._case = name, case
        self._count = 0
        self._records: dict[int, Record] = {}
        self._parents: dict[tuple[RecordKind, int], set[int]] = defaultdict(set)
        self._areas: dict[tuple[RecordKind, int], set[int]] = defaultdict(set)

    def record(self, number: int) -> Record | None:
        """One record, or None."""
        return self._records.get(number)

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        """Records of a kind that hang on a record or case, by id."""
        return tuple(self._records[n] for n in sorted(self._parents[kind, parent]))

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        """The newest record of a kind that hangs on a parent, filed at or after an instant."""
        return max((r for r in self.children(kind, parent) if r.at >= since), key=lambda r: (r.at, r.id), default=None)

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        """Records of a kind and area filed under an instant from `start` to before `end`."""
        found = (self._records[n] for n in self._areas[kind, area])
        return tuple(sorted((r for r in found if start <= r.at < end), key=lambda r: (r.at, r.id)))

    def case(self, number: int) -> Case | None:
        """The one case the board's story goes back to."""
        return self._case if self._case is not None and self._case.id == number else None

    def give(self, actor: Actor, at: int, kind: str, number: int = 0, /, **args: Any) -> int:
        """Carries a command out at an instant; the id of its record. Raises TypeError where the rules refuse."""
        self._count += 1
        name = f"{self._name} {self._count}"
        made = affairs.decide(Command(name, kind, number, args=args), Ground(self.site, actor, at), self)
        if isinstance(made, Refusal):
            raise TypeError(f"{kind}: {made}")
        self.put(made)
        return number or record_id(name)

    def put(self, records: Iterable[Record]) -> None:
        """Writes records down."""
        for record in records:
            old = self._records.get(record.id)
            if old is not None:
                self._parents[old.kind, old.parent].discard(old.id)
                self._areas[old.kind, old.area].discard(old.id)
            self._records[record.id] = record
            self._parents[record.kind, record.parent].add(record.id)
            self._areas[record.kind, record.area].add(record.id)

    def all(self) -> list[Record]:
        """Every record, in the order it was made."""
        return list(self._records.values())
