"""The demo's board at any moment: what the rules themselves would have left, and everything it promises to show."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1])]

from centre import city  # noqa: E402
from sites import CITY, tiny_site  # noqa: E402

from commandscreen.domain.burden import Body, Load, account, burden_of, change  # noqa: E402
from commandscreen.domain.case import Case, Source, State  # noqa: E402
from commandscreen.domain.clock import CST, WorkCalendar  # noqa: E402
from commandscreen.domain.meeting import MeetingKind, MeetingState, meeting_of  # noqa: E402
from commandscreen.domain.receipt import receipt_of  # noqa: E402
from commandscreen.domain.record import RecordKind  # noqa: E402
from commandscreen.domain.task import Column, Counts, Lane, task_of  # noqa: E402
from commandscreen.protocol.rows import record_from_values, record_values  # noqa: E402
from commandscreen.site import board_history  # noqa: E402

DAY, HOUR = 86_400, 3_600
MONDAY = 1_795_395_600  # 2026-11-23 09:00 CST


@pytest.mark.parametrize("now", [MONDAY, MONDAY + 2 * DAY, MONDAY + 5 * DAY + 12 * HOUR, MONDAY - 17 * HOUR,
                                 MONDAY + 39 * DAY + 3 * HOUR, MONDAY - 53 * DAY])  # fmt: skip
def test_the_board_of_any_moment_adds_up(now: int) -> None:
    site = city()
    made = board_history.records(site, now)
    assert made == board_history.records(site, now)
    assert len({r.id for r in made}) == len(made)
    tasks = [task_of(r) for r in made if r.kind is RecordKind.TASK]
    receipts = [receipt_of(r) for r in made if r.kind is RecordKind.RECEIPT]
    for task in tasks:
        mine = [r for r in receipts if r.task == task.id]
        total = Counts()
        for receipt in mine:
            assert task.published_at <= receipt.signed_at <= now or not receipt.signed_at
            assert receipt.signed_at <= receipt.reported_at or not receipt.reported_at
            if receipt.direct:
                total = total.plus(Counts(), receipt.counts)
            below = Counts()
            for part in mine:
                if part.over == receipt.id:
                    below = below.plus(Counts(), part.counts)
            assert receipt.sub == below
        assert task.counts == total, task.title
    assert all(r.doc["demo"] is True and r.changed_at <= now for r in made)
    assert all(record_from_values(record_values(r)) == r for r in made if r.kind is not RecordKind.BURDEN)
    board = {(t.lane, t.column) for t in tasks if t.area == CITY}
    assert {column for _, column in board} == set(Column) and {lane for lane, _ in board} == set(Lane)
    assert [t.title for t in tasks if t.flagged] == ["老旧小区消防管网排查"]
    assert [t.title for t in tasks if t.item is None] == [board_history.OFF_LIST]
    assert [t.title for t in tasks if t.carried] == [board_history.CARRIED]


def test_the_weeks_the_committees_and_the_account() -> None:
    now = MONDAY + HOUR
    made = board_history.records(city(), now)
    meetings = [meeting_of(r) for r in made if r.kind is RecordKind.MEETING]
    weekly = [m for m in meetings if m.kind is MeetingKind.WEEKLY]
    assert [m.state for m in weekly] == [MeetingState.ENDED] * 5 + [MeetingState.PLANNED]
    assert {m.kind for m in meetings} == set(MeetingKind)
    assert any(m.over for m in weekly) and not all(m.over for m in weekly)
    lines = [burden_of(r) for r in made if r.kind is RecordKind.BURDEN and r.area == CITY]
    year = 365 * DAY
    this, last = account(lines, now - 90 * DAY, now + 1), account(lines, now - 90 * DAY - year, now + 1 - year)
    party, government = (change(this.meetings[b], last.meetings[b]) for b in (Body.PARTY, Body.GOVERNMENT))
    assert party == pytest.approx(-0.12) and government == pytest.approx(-0.073, abs=0.001)
    assert change(this.documents[Body.PARTY], last.documents[Body.PARTY]) == pytest.approx(-0.079, abs=0.001)
    people = change(
        sum(
            b.people
            for b in lines
            if b.what is Load.MEETING and b.body in (Body.PARTY, Body.GOVERNMENT) and b.at > now - 90 * DAY
        ),
        last.people,
    )
    assert people is not None and -0.25 < people < -0.15
    assert this.urgent == 1 and this.groups == board_history.GROUPS_CLOSED


def test_a_week_of_holidays_has_no_meeting() -> None:
    site = city()
    week = {date(2026, 11, 16) + timedelta(days=n): False for n in range(7)}
    made = board_history.records(replace(site, calendar=WorkCalendar(exceptions=week)), MONDAY + HOUR)
    days = [datetime.fromtimestamp(r.at, CST).date() for r in made if r.kind is RecordKind.MEETING and r.area == CITY]
    assert len(days) == 6 and not set(days) & set(week)


def test_a_site_without_a_centre_gets_no_board() -> None:
    assert board_history.records(tiny_site(), MONDAY) == []


def test_an_emergency_names_the_case_it_comes_from() -> None:
    grid = int(city().grids.code[0])
    case = Case(77, 3, "一-0077", State.HANDLING, Source.HOTLINE, 1, "积水", "", "32栋", grid, grid // 10**7, lead=4)
    tasks = [task_of(r) for r in board_history.records(city(), MONDAY, case) if r.kind is RecordKind.TASK]
    assert [(t.title, t.source) for t in tasks if t.source] == [("老旧小区消防管网排查", 77)]
