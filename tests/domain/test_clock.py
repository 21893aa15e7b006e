"""Limits and deadlines on the official calendar."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandscreen.domain.clock import CST, HOUR, Limit, LimitKind, WorkCalendar, amber_at, deadline

# 2026: 1 October is a holiday until the 7th; Saturday 10 October is worked instead.
CALENDAR = WorkCalendar(
    exceptions={
        **{date(2026, 10, day): False for day in range(1, 8)},
        date(2026, 10, 10): True,
        date(2026, 9, 20): True,
    }
)


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, tzinfo=CST).timestamp())


INSTANTS = st.integers(at(2026, 1, 1, 0), at(2026, 12, 31, 0))
LIMITS = st.builds(Limit, st.sampled_from(list(LimitKind)), st.floats(0.25, 60, allow_nan=False))


def test_the_worked_example_of_the_field() -> None:
    """派遣 周五 16:40 + 4 工作时 → 周一: 20 minutes on Friday, then 3 h 40 min from eight o'clock."""
    start = at(2026, 3, 6, 16, 40)
    assert deadline(CALENDAR, start, Limit(LimitKind.WORK_HOUR, 4)) == at(2026, 3, 9, 11, 40)


def test_a_holiday_stops_work_time_and_a_make_up_day_counts() -> None:
    start = at(2026, 9, 30, 16, 0)
    assert deadline(CALENDAR, start, Limit(LimitKind.WORK_HOUR, 2)) == at(2026, 10, 8, 9, 0)
    assert CALENDAR.worked(date(2026, 10, 10))
    assert deadline(CALENDAR, at(2026, 10, 9, 16, 30), Limit(LimitKind.WORK_HOUR, 1)) == at(2026, 10, 10, 8, 30)


def test_urgent_hours_and_calendar_days_run_through_nights() -> None:
    start = at(2026, 10, 1, 23, 0)
    assert deadline(CALENDAR, start, Limit(LimitKind.URGENT_HOUR, 2)) == start + 2 * HOUR
    assert deadline(CALENDAR, start, Limit(LimitKind.CALENDAR_DAY, 1)) == start + 24 * HOUR


def test_a_work_day_is_eight_work_hours() -> None:
    start = at(2026, 3, 2, 8, 0)
    assert deadline(CALENDAR, start, Limit(LimitKind.WORK_DAY, 1)) == deadline(
        CALENDAR, start, Limit(LimitKind.WORK_HOUR, 8)
    )


@given(INSTANTS, st.integers(1, 60 * HOUR))
def test_after_and_between_are_each_others_way_back(start: int, seconds: int) -> None:
    assert CALENDAR.between(start, CALENDAR.after(start, seconds)) == seconds


@given(INSTANTS, st.integers(0, 20 * HOUR), st.integers(0, 20 * HOUR))
def test_work_time_adds_up(start: int, first: int, second: int) -> None:
    middle = CALENDAR.after(start, first)
    assert CALENDAR.between(start, CALENDAR.after(middle, second)) == first + second


@given(INSTANTS, st.integers(0, 5 * HOUR), LIMITS)
def test_a_later_start_is_never_due_earlier(start: int, later: int, limit: Limit) -> None:
    assert deadline(CALENDAR, start, limit) <= deadline(CALENDAR, start + later, limit)


@given(INSTANTS, LIMITS)
def test_amber_lies_between_start_and_deadline(start: int, limit: Limit) -> None:
    amber, due = amber_at(CALENDAR, start, limit), deadline(CALENDAR, start, limit)
    assert start <= amber < due


@pytest.mark.parametrize("slots", [(), ((5, 5),), ((10, 20), (15, 30)), ((0, 90_000),)])
def test_a_calendar_without_sense_is_refused(slots: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="slot"):
        WorkCalendar(slots)


@pytest.mark.parametrize("amount", [0, -1, 3661, float("nan")])
def test_a_limit_without_sense_is_refused(amount: float) -> None:
    with pytest.raises(ValueError, match="limit"):
        Limit(LimitKind.WORK_DAY, amount)
