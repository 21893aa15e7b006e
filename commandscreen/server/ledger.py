"""The records in the server's database: what the rules look up, and writing down what they decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..domain.case import Case
from ..domain.record import Record, RecordKind
from ..protocol.rows import (
    CASE_NAMES,
    RECORD,
    RECORD_NAMES,
    case_from_values,
    record_from_values,
    record_values,
)
from .database import Link
from .feed import Change
from .tables import bucket_key

_ALL = ", ".join(RECORD_NAMES)
_PART = 500  # ids in one question


class Taken(ValueError):
    """A new record under the id of another one."""


class Ledger:
    """A `Book` of one transaction. What it gives is locked to its end, so that no one else decides on it meanwhile."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._lock = " FOR UPDATE" if link.postgres else ""

    def record(self, number: int) -> Record | None:
        """One record, or None."""
        found = self._find("id = ?", (number,))
        return found[0] if found else None

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        """Records of a kind that hang on a record or case, by id."""
        return self._find("parent = ? AND kind = ? ORDER BY id", (parent, kind.value))

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        """The newest record of a kind that hangs on a parent, filed at or after an instant."""
        found = self._find(
            "parent = ? AND kind = ? AND at >= ? ORDER BY at DESC, id DESC LIMIT 1", (parent, kind.value, since)
        )
        return found[0] if found else None

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        """Records of a kind and area filed under an instant from `start` to before `end`."""
        return self._find(
            "kind = ? AND area = ? AND at >= ? AND at < ? ORDER BY at, id", (kind.value, area, start, end)
        )

    def case(self, number: int) -> Case | None:
        """One case, or None."""
        row = self._link.one(f"SELECT {', '.join(CASE_NAMES)} FROM cases WHERE id = ?{self._lock}", (number,))
        return case_from_values(row) if row else None

    def _find(self, condition: str, values: Sequence[Any]) -> tuple[Record, ...]:
        rows = self._link.all(f"SELECT {_ALL} FROM records WHERE {condition}{self._lock}", values)
        return tuple(map(record_from_values, rows))

    def before(self, records: Iterable[Record]) -> dict[int, Record]:
        """The records as they stood, by id. Raises Taken where a new one bears the id of another."""
        new = list(records)
        found: dict[int, Record] = {}
        for start in range(0, len(new), _PART):
            part = sorted(record.id for record in new[start : start + _PART])  # locked in one order everywhere
            found |= {r.id: r for r in self._find(f"id IN ({', '.join('?' * len(part))}) ORDER BY id", part)}
        for record in new:
            old = found.get(record.id)
            if old is not None and (record.ver <= old.ver or record.kind is not old.kind):
                raise Taken(str(record.id))
        return found

    def keep(self, records: Sequence[Record], before: dict[int, Record]) -> list[Change]:
        """Writes records down; the changes to publish."""
        self._link.many(_SET, map(record_values, records))
        pictures = [(str(sha), r.id) for r in records for sha in r.doc.get("photos", ())]
        if pictures:
            self._link.many(
                "INSERT INTO attachment_refs(sha256, case_id, masked) SELECT ?, ?, coalesce(max(masked), 0) "
                "FROM attachment_refs WHERE sha256 = ? ON CONFLICT DO NOTHING",
                [(sha, number, sha) for sha, number in pictures],
            )
        return [change(before.get(record.id), record) for record in records]


def change(before: Record | None, after: Record) -> Change:
    """A record's line in the feed."""
    return Change(RECORD, after.id, before.ver if before else 0, keys(before), after.ver, keys(after))


def keys(record: Record | None) -> frozenset[int]:
    """The buckets that hold a record. Raises ValueError for a share that is no bucket."""
    return frozenset(map(bucket_key, record.shares)) if record else frozenset()


_SET = (
    f"INSERT INTO records({_ALL}) VALUES ({', '.join('?' * len(RECORD_NAMES))}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in RECORD_NAMES[1:])
)
