"""Earlier cases of whoever calls, as far as a desk can know: it holds names and phone numbers only masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ..domain.case import State
from ..domain.clock import DAY
from ..domain.privacy import mask_name, mask_phone

YEAR = 365 * DAY
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier case. The same masked number, and the same surname where both are known: perhaps the same person."""

    id: int
    number: str
    title: str
    state: State
    reported_at: int
    reporter: str


def earlier(connection: Connection, name: str, phone: str, now: int) -> tuple[int, Sequence[Earlier]]:
    """How many cases within a year bear the caller's masked number, and the last five. Without a whole number there are
    none: a masked name alone says nothing."""
    masked = mask_phone(phone)
    if "****" not in masked or len(phone) < 7:
        return 0, ()
    rows = connection.exec_driver_sql(
        "SELECT id, number, title, state, reported_at, reporter FROM cases WHERE phone = ? AND reported_at > ? "
        "AND (reporter = '' OR ? = '' OR reporter = ?) ORDER BY reported_at DESC",
        (masked, now - YEAR, mask_name(name), mask_name(name)),
    ).fetchall()
    return len(rows), tuple(Earlier(r[0], r[1], r[2], State(r[3]), r[4], r[5]) for r in rows[:SHOWN])
