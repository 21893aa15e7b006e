"""同比 of the 减负 account: which days are set against which, and whether last year can be compared with at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .burden import Burden
from .clock import CST, DAY
from .hours import midnight

DAYS = 90


@dataclass(frozen=True, slots=True)
class Spans:
    """Both spans in UTC seconds, half-open: whole local days from their first to the instant looked at, and the days of
    the same dates a year before, to the same time of day."""

    start: int
    end: int
    before_start: int
    before_end: int


def spans(now: int, days: int = DAYS) -> Spans:
    """The last so many days, today among them, and the same dates of last year."""
    start, end = midnight(now) - (days - 1) * DAY, now + 1
    return Spans(start, end, year_before(start), year_before(now) + 1)


def year_before(at: int) -> int:
    """The same date and time of day a year before; 28 February for the 29th."""
    local = datetime.fromtimestamp(at, CST)
    leap = local.month == 2 and local.day == 29
    return int(local.replace(year=local.year - 1, day=28 if leap else local.day).timestamp())


def kept_since(lines: Iterable[Burden]) -> int:
    """When the account's first line was, struck ones too; 0 for an empty one."""
    return min((b.at for b in lines), default=0)


def comparable(since: int, compared: Spans) -> bool:
    """Whether the account was kept through all of last year's days; a site that is younger has nothing to compare with."""
    return 0 < since < compared.before_start + DAY


def month_start(now: int) -> int:
    """Local midnight of the first of the month."""
    local = datetime.fromtimestamp(now, CST)
    return int(datetime(local.year, local.month, 1, tzinfo=CST).timestamp())
