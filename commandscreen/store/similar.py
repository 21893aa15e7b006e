"""Cases like one at hand: near in place, time, class and words. A suggestion, never a merge."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from ..domain.case import Case, State
from ..domain.clock import DAY
from ..domain.division import code_range

DUPLICATE_FROM = 0.8


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar case; `score` is 0–1, a duplicate from 0.8 on."""

    id: int
    number: str
    title: str
    place: str
    source: str
    state: State
    reported_at: int
    closed_at: int
    score: float

    @property
    def duplicate(self) -> bool:
        """Whether it looks like the same problem told twice."""
        return self.score >= DUPLICATE_FROM


def _grams(text: str) -> set[str]:
    text = "".join(c for c in text if c.isalnum())
    return {text[i : i + 2] for i in range(len(text) - 1)}


def likeness(a: str, b: str) -> float:
    """Share of bigrams two texts have in common (Dice), 0–1."""
    left, right = _grams(a), _grams(b)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def similar(connection: Connection, case: Case, limit: int = 3) -> list[Similar]:
    """The most alike cases of the same community within thirty days before or after."""
    low, high = code_range(case.grid // 10_000, 16)
    rows = connection.exec_driver_sql(
        "SELECT id, number, title, place, source, state, reported_at, closed_at, class_id, grid FROM cases "
        "WHERE grid >= ? AND grid < ? AND reported_at BETWEEN ? AND ? AND id <> ? LIMIT 2000",
        (low, high, case.reported_at - 30 * DAY, case.reported_at + 30 * DAY, case.id),
    )
    found = []
    for number, label, title, place, source, state, reported, closed, kind, grid in rows:
        words = max(likeness(case.title, title), likeness(case.place, place) * 0.9)
        near = 1.0 if grid == case.grid else 0.35
        days = abs(reported - case.reported_at) / DAY
        score = 0.45 * words + 0.2 * near + 0.2 * (kind == case.class_id) + 0.15 * max(0.0, 1 - days / 7)
        if score >= 0.45:
            found.append(Similar(number, label, title, place, source, State(state), reported, closed, round(score, 2)))
    found.sort(key=lambda s: (-s.score, -s.id))
    return found[:limit]
