"""Questions about records, on a reader or inside the writer's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from ..domain.case import Case
from ..domain.record import Record, RecordKind
from ..protocol.rows import RECORD_NAMES, record_from_values
from . import queries

ALL = ",".join(RECORD_NAMES)


def find(connection: Connection, condition: str, values: Sequence[object] = ()) -> tuple[Record, ...]:
    """Records under an SQL condition of ours, with its order."""
    rows = connection.exec_driver_sql(f"SELECT {ALL} FROM records WHERE {condition}", tuple(values))
    return tuple(record_from_values(tuple(row)) for row in rows)


def by_id(connection: Connection, numbers: Iterable[int]) -> dict[int, Record]:
    """Records by id; those that are not there are left out."""
    wanted = list(numbers)
    found: dict[int, Record] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found |= {r.id: r for r in find(connection, f"id IN ({','.join('?' * len(part))})", part)}
    return found


def of_kind(connection: Connection, kind: RecordKind, states: Sequence[str] = ()) -> tuple[Record, ...]:
    """Records of a kind, in some states or all, newest first."""
    more = f" AND state IN ({','.join('?' * len(states))})" if states else ""
    return find(connection, f"kind = ?{more} ORDER BY at DESC, id", (kind.value, *states))


def is_pending(connection: Connection) -> frozenset[int]:
    """Ids of records that show more than the server has confirmed."""
    return frozenset(int(r[0]) for r in connection.exec_driver_sql("SELECT id FROM held_records"))


class ReplicaBook:
    """A `Book` over the replica as it stands now; what `put` was given stands before what the file holds. What was read is
    remembered: thousands of commands in one go ask about the same few."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[tuple[object, ...], tuple[Record, ...]] = {}
        self.changed: dict[int, Record] = {}
        self.cases: dict[int, Case] = {}

    def put(self, records: Iterable[Record]) -> None:
        """What commands before the next one made of records."""
        self.changed |= {record.id: record for record in records}

    def record(self, number: int) -> Record | None:
        """One record, or None."""
        return self.changed.get(number) or next(iter(self._find("id = ?", number)), None)

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        """Records of a kind that hang on a record or case, by id."""
        found = self._find("parent = ? AND kind = ?", parent, kind.value)
        mine = [r for r in self.changed.values() if r.kind is kind and r.parent == parent]
        return tuple(sorted(self._merged(found, mine), key=lambda r: r.id))

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        """The newest record of a kind that hangs on a parent, filed at or after an instant."""
        return max((r for r in self.children(kind, parent) if r.at >= since), key=lambda r: (r.at, r.id), default=None)

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        """Records of a kind and area filed under an instant from `start` to before `end`."""
        found = self._find("kind = ? AND area = ? AND at >= ? AND at < ?", kind.value, area, start, end)
        mine = [r for r in self.changed.values() if r.kind is kind and r.area == area and start <= r.at < end]
        return tuple(sorted(self._merged(found, mine), key=lambda r: (r.at, r.id)))

    def case(self, number: int) -> Case | None:
        """One case, or None."""
        return self.cases.get(number) or queries.case(self._connection, number)

    def _find(self, condition: str, *values: object) -> tuple[Record, ...]:
        known = self._read.get((condition, *values))
        if known is None:
            known = self._read[condition, *values] = find(self._connection, condition, values)
        return known

    def _merged(self, found: Iterable[Record], mine: Iterable[Record]) -> list[Record]:
        return [*(r for r in found if r.id not in self.changed), *mine]
