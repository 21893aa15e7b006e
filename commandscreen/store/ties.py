"""What each command of the overlay looked at and changed, and so which have to be laid again when something moves.

A key names what may be looked at: a case by its id, a record by `("id", number)`, and the two questions a `Book` answers
about several records, `("hangs", kind, parent)` and `("dated", kind, area)`. Pure; the layer keeps one `Ties`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ..domain.case import Case
from ..domain.record import Book, Record, RecordKind

Key = int | tuple[str, int] | tuple[str, str, int]


def record_key(number: int) -> Key:
    """A record itself."""
    return "id", number


def keys_of(record: Record) -> tuple[Key, ...]:
    """A record, and the questions that would find it."""
    return (
        record_key(record.id),
        ("hangs", record.kind.value, record.parent),
        ("dated", record.kind.value, record.area),
    )


def is_row(key: Key) -> bool:
    """Whether a key names a row, not a question."""
    return isinstance(key, int) or key[0] == "id"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a command did when it was laid: the keys it looked at and those it changed. `failed` says that a rule broke."""

    looked: frozenset[Key] = frozenset()
    changed: frozenset[Key] = frozenset()
    failed: str = ""


@dataclass(slots=True)
class Watch:
    """A `Book` that notes what is asked of it. Around another one; `looked` is emptied by whoever reads it."""

    book: Book
    looked: set[Key] = field(default_factory=set)

    def record(self, number: int) -> Record | None:
        """One record."""
        self.looked.add(record_key(number))
        return self.book.record(number)

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        """Records that hang on a record or case."""
        self.looked.add(("hangs", kind.value, parent))
        return self.book.children(kind, parent)

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        """The newest record that hangs on a parent; noted like all that hang there."""
        self.looked.add(("hangs", kind.value, parent))
        return self.book.latest(kind, parent, since)

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        """Records of a kind and area by their instant; noted without the instants, which costs a little and misses nothing."""
        self.looked.add(("dated", kind.value, area))
        return self.book.dated(kind, area, start, end)

    def case(self, number: int) -> Case | None:
        """One case."""
        self.looked.add(number)
        return self.book.case(number)


class Ties:
    """The effects of the commands that lie, by command id, and who looks at and changes what."""

    def __init__(self) -> None:
        self.effects: dict[str, Effect] = {}
        self._lookers: dict[Key, set[str]] = {}
        self._changers: dict[Key, set[str]] = {}

    def put(self, name: str, effect: Effect) -> None:
        """A command lies now, or again."""
        self.drop(name)
        self.effects[name] = effect
        for keys, index in ((effect.looked, self._lookers), (effect.changed, self._changers)):
            for key in keys:
                index.setdefault(key, set()).add(name)

    def drop(self, name: str) -> None:
        """A command lies no more."""
        effect = self.effects.pop(name, None)
        if effect is None:
            return
        for keys, index in ((effect.looked, self._lookers), (effect.changed, self._changers)):
            for key in keys:
                index[key].discard(name)
                if not index[key]:
                    del index[key]

    def reach(self, keys: Iterable[Key], names: Iterable[str] = ()) -> set[str]:
        """All commands to lay again when what some keys name moves, or when some commands do.

        Whoever looked at what moves may do something else now, and a row that anyone changed is made anew by all who
        changed it, in their order. What one laid again meets of those that stay is for `overtaken` to say.
        """
        found: set[str] = set()
        moved: set[Key] = set()
        ahead = [name for name in names if name in self.effects]
        dirty = list(keys)
        while ahead or dirty:
            while dirty:
                key = dirty.pop()
                if key not in moved:
                    moved.add(key)
                    ahead += self._lookers.get(key, ())
                    if is_row(key):
                        ahead += self._changers.get(key, ())
            if ahead:
                name = ahead.pop()
                if name not in found:
                    found.add(name)
                    dirty += self.effects[name].changed
        return found

    def overtaken(self, effects: Mapping[str, Effect], place: Callable[[str], int]) -> set[str]:
        """Commands that stayed where they lie, though one laid just now comes before them and meets what they changed, or
        changes what they looked at or changed."""
        looked: dict[Key, int] = {}  # by key, the first place in the order from which it was looked at
        changed: dict[Key, int] = {}
        for name, effect in effects.items():
            mine = place(name)
            for keys, first in ((effect.looked, looked), (effect.changed, changed)):
                for key in keys:
                    first[key] = min(mine, first.get(key, mine))
        found: set[str] = set()
        for key, first_place in looked.items():
            found |= _later(self._changers.get(key, ()), effects, place, first_place)
        for key, first_place in changed.items():
            found |= _later(self._lookers.get(key, ()), effects, place, first_place)
            if is_row(key):
                found |= _later(self._changers.get(key, ()), effects, place, first_place)
        return found

    def rows(self, names: Iterable[str]) -> tuple[set[int], set[int]]:
        """The ids of cases and records that some commands changed."""
        cases: set[int] = set()
        records: set[int] = set()
        for name in names:
            for key in self.effects[name].changed:
                if isinstance(key, int):
                    cases.add(key)
                elif key[0] == "id":
                    records.add(int(key[1]))
        return cases, records


def _later(names: Collection[str], laid: Mapping[str, Effect], place: Callable[[str], int], first: int) -> set[str]:
    return {name for name in names if name not in laid and place(name) > first}
