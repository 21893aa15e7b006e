"""Earlier cases of whoever calls: those the server named, and those a desk can guess from masked names and numbers."""

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
    """One earlier case. `sure` where the server says that it was the same number; else the masked number is the same, and
    the surname where both are known: perhaps the same person."""

    id: int
    number: str
    title: str
    state: State
    reported_at: int
    reporter: str
    sure: bool = False


def earlier(
    connection: Connection, name: str, phone: str, now: int, named: Sequence[int] = ()
) -> tuple[int, Sequence[Earlier]]:
    """How many other cases within a year bear the caller's masked number, and the last five, those `named` by the server
    first. Without a whole number there are none: a masked name alone says nothing."""
    masked = mask_phone(phone)
    if "****" not in masked or len(phone) < 7:
        return 0, ()
    marks = ",".join("?" * len(named))
    sure = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM cases WHERE id IN ({marks}) ORDER BY reported_at DESC", tuple(named)
    ).fetchall()
    rows = connection.exec_driver_sql(
        f"SELECT {_COLUMNS} FROM cases WHERE phone = ? AND phone != '' AND reported_at > ? "
        f"AND (reporter = '' OR ? = '' OR reporter = ?) AND id NOT IN ({marks}) ORDER BY reported_at DESC",
        (masked, now - YEAR, mask_name(name), mask_name(name), *named),
    ).fetchall()
    found = [(True, row) for row in sure] + [(False, row) for row in rows]
    return len(rows), tuple(
        Earlier(r[0], r[1], r[2], State(r[3]), r[4], r[5], certain) for certain, r in found[:SHOWN]
    )  # fmt: skip


_COLUMNS = "id, number, title, state, reported_at, reporter"
