"""When things may happen: no-meeting days and weeks, the hour at which a task goes out, the week and quarter of an instant."""

from __future__ import annotations

from datetime import datetime, timedelta

from .clock import CST, DAY, WorkCalendar
from .command import Reason
from .site import Site


def midnight(at: int) -> int:
    """The local midnight before an instant, in UTC seconds."""
    local = datetime.fromtimestamp(at, CST)
    return int(datetime(local.year, local.month, local.day, tzinfo=CST).timestamp())


def week_of(at: int) -> tuple[int, int]:
    """The local week of an instant: Monday 00:00 to the next, in UTC seconds."""
    start = midnight(at) - (datetime.fromtimestamp(at, CST).isoweekday() - 1) * DAY
    return start, start + 7 * DAY


def quarter_of(at: int) -> tuple[int, int]:
    """The local quarter of an instant, in UTC seconds."""
    local = datetime.fromtimestamp(at, CST)
    month = (local.month - 1) // 3 * 3 + 1
    start = datetime(local.year, month, 1, tzinfo=CST)
    end = datetime(local.year + (month == 10), (month + 3 - 1) % 12 + 1, 1, tzinfo=CST)
    return int(start.timestamp()), int(end.timestamp())


def in_hours(at: int, calendar: WorkCalendar) -> bool:
    """Whether an instant lies in the work time the site declares; a noon break it declares is none of it."""
    start = midnight(at)
    if not calendar.worked(datetime.fromtimestamp(at, CST).date()):
        return False
    return any(start + begin <= at < start + end for begin, end in calendar.slots)


def goes_out(now: int, calendar: WorkCalendar) -> int:
    """When what is published now goes out: at once in work time, else when work next begins: 08:00, or after noon."""
    if in_hours(now, calendar):
        return now
    day = midnight(now)
    for _ in range(400):
        if calendar.worked(datetime.fromtimestamp(day, CST).date()):
            start = next((day + begin for begin, _ in calendar.slots if day + begin > now), 0)
            if start:
                return start
        day = midnight(day + DAY + DAY // 2)
    raise ValueError("the calendar has no working day within a year")


def bookable(at: int, site: Site) -> Reason | None:
    """Why no meeting may be booked at an instant: a 无会日, a holiday, a 无会周; None where it may."""
    local = datetime.fromtimestamp(at, CST)
    if local.isoweekday() in site.settings.no_meeting_days or not site.calendar.worked(local.date()):
        return Reason.NO_MEETING_DAY
    if local.isocalendar().week in site.settings.no_meeting_weeks:
        return Reason.NO_MEETING_WEEK
    return None


def next_bookable(at: int, site: Site) -> int:
    """The first instant from `at` on, a day at a time, at which a meeting may be booked. Raises ValueError."""
    local = datetime.fromtimestamp(at, CST)
    for _ in range(400):
        if bookable(int(local.timestamp()), site) is None:
            return int(local.timestamp())
        local += timedelta(days=1)
    raise ValueError("no day of the year may be booked")
