"""同比 of the 减负 account: the same dates of last year, leap years too, and nothing at all where last year was not kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from commandscreen.domain.burden import Burden, BurdenState, Load
from commandscreen.domain.clock import CST, DAY
from commandscreen.domain.compare import comparable, kept_since, month_start, spans, year_before


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=CST).timestamp())


def day(instant: int) -> str:
    return datetime.fromtimestamp(instant, CST).isoformat(sep=" ", timespec="seconds")[:19]


def line(when: int, state: BurdenState = BurdenState.COUNTED) -> Burden:
    return Burden(when, 1, 2103, state, Load.DOCUMENT, "文", when)


def test_the_days_are_whole_and_the_same_dates_a_year_before() -> None:
    found = spans(at("2026-11-26 09:05:00"))
    assert (day(found.start), day(found.end - 1)) == ("2026-08-29 00:00:00", "2026-11-26 09:05:00")
    assert (day(found.before_start), day(found.before_end - 1)) == ("2025-08-29 00:00:00", "2025-11-26 09:05:00")


def test_over_a_leap_day() -> None:
    found = spans(at("2028-03-10 12:00:00"))
    assert (day(found.start), day(found.before_start)) == ("2027-12-12 00:00:00", "2026-12-12 00:00:00")
    assert day(found.before_end - 1) == "2027-03-10 12:00:00"  # 365 days before would be the 11th
    assert day(year_before(at("2028-02-29 08:00:00"))) == "2027-02-28 08:00:00"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_any_day_is_set_against_its_own_date(moment: datetime) -> None:
    now = int(moment.replace(tzinfo=CST).timestamp())
    found = spans(now)
    ours, theirs = datetime.fromtimestamp(found.start, CST), datetime.fromtimestamp(found.before_start, CST)
    assert ours.hour == ours.minute == theirs.hour == theirs.minute == 0
    assert (ours.year - theirs.year, ours.month) == (1, theirs.month)
    assert ours.day - theirs.day == (1 if (ours.month, ours.day) == (2, 29) else 0)
    assert (
        found.end - found.start <= 90 * DAY
        and abs(found.before_end - found.before_start - found.end + found.start) <= DAY
    )
    assert found.before_end <= found.start, "no day is set against itself"


def test_an_account_younger_than_last_years_days_is_not_compared() -> None:
    now = at("2026-11-26 09:05:00")
    found = spans(now)
    assert kept_since([]) == 0 and not comparable(0, found)
    assert not comparable(kept_since([line(now)]), found)
    assert not comparable(kept_since([line(found.before_end - DAY), line(now)]), found), "half of last year's days"
    assert comparable(kept_since([line(found.before_start), line(now)]), found)
    struck = line(found.before_start - 30 * DAY, BurdenState.STRUCK)
    assert comparable(kept_since([line(now), struck]), found), "a struck line shows that the account was kept"


def test_a_month_begins_at_midnight() -> None:
    assert day(month_start(at("2026-03-31 23:59:00"))) == "2026-03-01 00:00:00"
    assert timedelta(seconds=at("2026-03-31 23:59:00") - month_start(at("2026-03-31 23:59:00"))).days == 30
