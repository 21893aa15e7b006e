"""Limits and deadlines: four kinds of time on the working calendar, and the explanation of each deadline.

Instants are UTC seconds (int). Local time is China Standard Time, UTC+8 without daylight saving.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

CST = timezone(timedelta(hours=8), "CST")
MINUTE, HOUR, DAY = 60, 3600, 86400


class LimitKind(StrEnum):
    """How a limit's amount is counted."""

    URGENT_HOUR = "urgent_hour"  # 紧急工作时: continuous, nights and holidays count
    WORK_HOUR = "work_hour"  # 工作时: only inside work slots
    WORK_DAY = "work_day"  # 工作日: 8 work-hours
    CALENDAR_DAY = "calendar_day"  # 自然日: 24 hours


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of time of one kind; `amount` counts hours or days of that kind, and is positive."""

    kind: LimitKind
    amount: float

    def __post_init__(self) -> None:
        if not 0 < self.amount <= 3660:
            raise ValueError(f"a limit must be positive and at most ten years: {self.amount}")

    @property
    def seconds(self) -> int:
        """The length in seconds of the limit's own kind of time."""
        unit = {LimitKind.URGENT_HOUR: HOUR, LimitKind.WORK_HOUR: HOUR, LimitKind.WORK_DAY: 8 * HOUR,
                LimitKind.CALENDAR_DAY: DAY}[self.kind]  # fmt: skip
        return round(self.amount * unit)

    @property
    def continuous(self) -> bool:
        """Whether every second counts."""
        return self.kind in (LimitKind.URGENT_HOUR, LimitKind.CALENDAR_DAY)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Work slots and the days that differ from Monday-to-Friday.

    `slots` are local seconds of the day, ascending and disjoint; `exceptions` maps a date to whether it is worked
    (public holidays off, 调休 make-up days on).
    """

    slots: tuple[tuple[int, int], ...] = ((8 * HOUR, 12 * HOUR), (13 * HOUR + 1800, 17 * HOUR))
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        previous = 0
        for start, end in self.slots:
            if not previous <= start < end <= DAY:
                raise ValueError("work slots must ascend within a day and not overlap")
            previous = end
        if not self.slots:
            raise ValueError("a working calendar needs at least one slot")

    def worked(self, day: date) -> bool:
        """Whether people work on a local date."""
        known = self.exceptions.get(day)
        return day.isoweekday() <= 5 if known is None else known

    def after(self, start: int, seconds: int) -> int:
        """The instant at which `seconds` of work time have passed since `start`; `start` itself for 0."""
        if seconds <= 0:
            return start
        local = datetime.fromtimestamp(start, CST)
        midnight = datetime(local.year, local.month, local.day, tzinfo=CST)
        left, moment = seconds, start
        for _ in range(40_000):
            if self.worked(midnight.date()):
                base = int(midnight.timestamp())
                for slot_start, slot_end in self.slots:
                    begin = max(base + slot_start, moment)
                    room = base + slot_end - begin
                    if room <= 0:
                        continue
                    if left <= room:
                        return begin + left
                    left -= room
            midnight += timedelta(days=1)
        raise ValueError("the calendar has no working day left within a century")

    def between(self, start: int, end: int) -> int:
        """Work seconds from `start` to `end`; 0 where `end` is not later."""
        if end <= start:
            return 0
        local = datetime.fromtimestamp(start, CST)
        midnight = datetime(local.year, local.month, local.day, tzinfo=CST)
        total = 0
        while (base := int(midnight.timestamp())) < end:
            if self.worked(midnight.date()):
                for slot_start, slot_end in self.slots:
                    total += max(0, min(base + slot_end, end) - max(base + slot_start, start))
            midnight += timedelta(days=1)
        return total


def deadline(calendar: WorkCalendar, start: int, limit: Limit) -> int:
    """When a limit that starts at `start` runs out."""
    return start + limit.seconds if limit.continuous else calendar.after(start, limit.seconds)


def amber_at(calendar: WorkCalendar, start: int, limit: Limit, share: float = 0.2, floor: int = 15 * MINUTE,
             ceiling: int | None = None) -> int:  # fmt: skip
    """When the lamp turns from 正常 to 临期: time left ≤ the larger of `share` of the limit and `floor` seconds.

    A limit shorter than `floor` is near-due for its last 40 %, so that a fresh case is not born amber.
    Source: the design's deadline lamp rule.
    """
    return amber_with(calendar, start, limit.seconds, limit, share, floor, ceiling)


def amber_with(calendar: WorkCalendar, start: int, left: int, limit: Limit, share: float = 0.2,
               floor: int = 15 * MINUTE, ceiling: int | None = None) -> int:  # fmt: skip
    """As `amber_at`, for a clock that starts or resumes at `start` with `left` seconds of the limit's own time.

    `start` itself where less is left than the near-due share of the whole limit.
    """
    lead = max(round(limit.seconds * share), floor)
    lead = min(lead, round(limit.seconds * 0.4)) if limit.seconds <= floor * 2 else lead
    if ceiling is not None:
        lead = min(lead, ceiling)
    ahead = max(0, left - lead)
    return start + ahead if limit.continuous else calendar.after(start, ahead)


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One line of a deadline's explanation: what happened, when, and where it leaves the deadline."""

    kind: str  # start, pause, resume, extension, due
    at: int
    note: str = ""
    limit: Limit | None = None
