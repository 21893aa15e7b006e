"""The day's figures with their series, the events of the ticker, and hot spots."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import orjson
from sqlalchemy import Connection

from ..domain.clock import CST, DAY
from . import gather
from .filter import Filter, where

DAYS = 14


def midnight(now: int) -> int:
    """The start of the local day that holds an instant, UTC seconds."""
    from datetime import datetime

    local = datetime.fromtimestamp(now, CST)
    return now - (local.hour * 3600 + local.minute * 60 + local.second)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Today's figures of an area, and fourteen days of each (oldest first, today last, None where there is nothing
    to divide by). Responses are seconds; satisfaction is a share."""

    accepted: int
    accepted_before: int
    closed: int
    closed_on_time: int
    response: float | None
    satisfaction: float | None
    called_back: int
    accepted_days: tuple[float | None, ...]
    closed_days: tuple[float | None, ...]
    response_days: tuple[float | None, ...]
    satisfaction_days: tuple[float | None, ...]


def day_figures(connection: Connection, area: int, now: int) -> DayFigures:
    """Counts by local day over two weeks; `accepted_before` is yesterday up to the same time."""
    today = midnight(now)
    start = today - (DAYS - 1) * DAY
    place, values = where(Filter(area=area, closed=None), now)
    accepted = [0] * DAYS
    before = 0
    response: list[list[int]] = [[] for _ in range(DAYS)]
    for reported, responded in gather.rows(
        connection, ("reported_at", "responded_at"),
        f"FROM cases WHERE reported_at >= ? AND reported_at <= ? AND {place}", (start, now, *values),
    ):  # fmt: skip
        day = (reported - start) // DAY
        accepted[day] += 1
        before += today - DAY <= reported < now - DAY
        if responded:
            response[day].append(responded - reported)
    closed, on_time = [0] * DAYS, 0
    rated, pleased = [0] * DAYS, [0] * DAYS
    for closed_at, late, rating in gather.rows(
        connection, ("closed_at", "late AND NOT exempt", "satisfaction"),
        f"FROM cases WHERE closed_at >= ? AND closed_at <= ? AND state = 'closed' AND {place}", (start, now, *values),
    ):  # fmt: skip
        day = (closed_at - start) // DAY
        closed[day] += 1
        on_time += day == DAYS - 1 and not late
        rated[day] += rating > 0
        pleased[day] += rating >= 4
    medians = [float(median(part)) if part else None for part in response]
    shares = [good / n if n else None for good, n in zip(pleased, rated, strict=True)]
    return DayFigures(
        accepted[-1], before, closed[-1], on_time, medians[-1], shares[-1], rated[-1],
        tuple(map(float, accepted)), tuple(map(float, closed)), tuple(medians), tuple(shares),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FlowEvent:
    """A flow entry with the case it belongs to."""

    at: int
    kind: str
    actor: str
    unit: int
    case_id: int
    number: str
    title: str
    source: str


def events(connection: Connection, area: int, limit: int, now: int) -> list[FlowEvent]:
    """The newest flow entries of an area's cases of the last two days, newest first."""
    place, values = where(Filter(area=area, closed=None), now)
    found: list[FlowEvent] = []
    for number, label, title, source, flow in gather.rows(
        connection, ("id", "number", "title", "source", "flow"),
        f"FROM cases WHERE changed_at >= ? AND {place} ORDER BY changed_at DESC LIMIT ?",
        (now - 2 * DAY, *values, limit * 2),
    ):  # fmt: skip
        for at, kind, actor, _, unit, *_ in orjson.loads(flow)[-4:]:
            found.append(FlowEvent(at, kind, actor, unit, number, label, title, source))
    found.sort(key=lambda e: (-e.at, -e.case_id))
    return found[:limit]


def hot_grids(connection: Connection, area: int, now: int, days: int = 90, least: int = 4) -> list[tuple[int, int]]:
    """Grids of an area with `least` or more cases within `days`: (code, cases), most first."""
    place, values = where(Filter(area=area, closed=None), now)
    rows = connection.exec_driver_sql(
        f"SELECT grid, count(*) AS n FROM cases WHERE reported_at >= ? AND {place} GROUP BY grid HAVING n >= ? "
        "ORDER BY n DESC LIMIT 200",
        (now - days * DAY, *values, least),
    )
    return [(int(g), int(n)) for g, n in rows]
