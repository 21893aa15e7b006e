"""How many cases each class of the problem pool has had, for an area: one count over the window, two for its trend."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from ..domain.clock import DAY
from . import gather
from .filter import Filter, where

WEEK = 7 * DAY
WINDOW, RECENT = 26 * WEEK, 8 * WEEK


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Cases reported in the window, in its last eight weeks, and in the eight weeks before those."""

    total: int = 0
    recent: int = 0
    before: int = 0

    def __add__(self, other: ClassCount) -> ClassCount:
        return ClassCount(self.total + other.total, self.recent + other.recent, self.before + other.before)

    @property
    def change(self) -> float | None:
        """How the last eight weeks stand to those before them, -1 and up; None where there were none before."""
        return self.recent / self.before - 1 if self.before else None


def window(now: int) -> tuple[int, int]:
    """The 26 weeks up to an instant, half-open, as a filter's `reported`."""
    return now - WINDOW, now + 1


def cases(area: int, classes: frozenset[int], span: tuple[int, int]) -> Filter:
    """The cases that `counts` counted for some classes, as the queue asks for them."""
    return replace(Filter(), area=area, closed=None, classes=classes, reported=span)


def counts(connection: Connection, area: int, now: int) -> dict[int, ClassCount]:
    """By class id; classes without cases are missing."""
    place, values = where(cases(area, frozenset(), window(now)), now)
    recent, before = now - RECENT, now - 2 * RECENT
    found = gather.rows(
        connection,
        ("class_id", "COUNT(*)", f"SUM(reported_at >= {recent})", f"SUM(reported_at >= {before} AND reported_at < {recent})"),
        f"FROM cases WHERE {place} GROUP BY class_id", values,
    )  # fmt: skip
    return {number: ClassCount(total, late, early) for number, total, late, early in found}
