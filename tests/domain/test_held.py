"""A meeting held without a line: its steps keep the times at which they were done, within the server's bounds."""

from __future__ import annotations

import sys
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path[:0] = [str(Path(__file__).parent)]

from boards import DAY, HEAD, HOUR, LEADER, SECOND_HEAD, SERVER, THURSDAY, Board  # noqa: E402

from commandscreen.domain import affairs  # noqa: E402
from commandscreen.domain.burden import Burden, BurdenState, burden_of  # noqa: E402
from commandscreen.domain.command import Command, Ground, Reason, Refusal  # noqa: E402
from commandscreen.domain.held import BACK_MOST, LIVE, done_at  # noqa: E402
from commandscreen.domain.meeting import MeetingState  # noqa: E402
from commandscreen.domain.record import RecordKind  # noqa: E402

MINUTE = 60


class Away(Board):
    """Its chair's desk keeps commands back: `hand` gives them to the server later, each with its own time."""

    def hand(self, kind: str, number: int, at: int, who: Any = HEAD, /, **args: Any) -> None:
        made = self.late(kind, number, at, who, **args)
        assert not isinstance(made, Refusal), (kind, made)
        self.keep(made)

    def late(self, kind: str, number: int, at: int, who: Any = HEAD, /, **args: Any) -> Any:
        command = Command(str(uuid.uuid4()), kind, number, 0, args, at)
        return affairs.decide(command, Ground(self.site, who, self.now), self)

    def planned(self) -> int:
        number = self.give(HEAD, "meeting.plan", at=self.now)
        self.give(HEAD, "meeting.attend", number, keys=[m.key for m in self.meeting(number).members])
        return number

    def account(self) -> list[Burden]:
        return [b for r in self.of(RecordKind.BURDEN) if (b := burden_of(r)).state is BurdenState.COUNTED]

    def hold(self, number: int) -> None:
        """A meeting of 55 minutes from two minutes past nine, every item eleven minutes."""
        self.hand("meeting.open", number, THURSDAY + 2 * MINUTE)
        for n in range(1, 5):
            self.hand("meeting.next", number, THURSDAY + (2 + 11 * n) * MINUTE)
            self.hand("meeting.note", number, THURSDAY + (4 + 11 * n) * MINUTE, text="记")
        self.hand("meeting.end", number, THURSDAY + 57 * MINUTE)


@pytest.fixture
def board() -> Away:
    return Away()


def held_as_it_was(board: Away, number: int) -> None:
    meeting = board.meeting(number)
    assert meeting.state is MeetingState.ENDED
    assert (meeting.opened_at, meeting.ended_at) == (THURSDAY + 2 * MINUTE, THURSDAY + 57 * MINUTE)
    assert (meeting.late, meeting.over, meeting.handed_in, meeting.shut_at) == (2 * MINUTE, 0, board.now, 0)
    assert [i.ended_at - i.began_at for i in meeting.agenda] == [11 * MINUTE] * 5
    assert [n.at for i in meeting.agenda for n in i.notes] == [THURSDAY + (4 + 11 * n) * MINUTE for n in range(1, 5)]
    (line,) = board.account()
    assert (line.at, line.minutes, line.late, line.over) == (meeting.ended_at, 55, 2 * MINUTE, 0)


def test_a_meeting_handed_in_later_keeps_its_own_hour(board: Away) -> None:
    number = board.planned()
    board.now += 3 * HOUR
    board.hold(number)
    held_as_it_was(board, number)


def test_one_the_server_ended_meanwhile_is_put_right(board: Away) -> None:
    number = board.planned()
    board.give(HEAD, "meeting.open", number)
    board.now += 5 * HOUR
    board.give(SERVER, "meeting.due", number)
    assert board.meeting(number).over == 3 * HOUR and board.account()[0].minutes == 240
    board.hand("meeting.next", number, THURSDAY + 20 * MINUTE)
    assert board.meeting(number).state is MeetingState.OPEN
    board.hand("meeting.end", number, THURSDAY + 50 * MINUTE)
    meeting = board.meeting(number)
    assert (meeting.state, meeting.ended_at, meeting.over) == (MeetingState.ENDED, THURSDAY + 50 * MINUTE, 0)
    assert [(b.minutes, b.over, b.at) for b in board.account()] == [(50, 0, THURSDAY + 50 * MINUTE)]
    assert meeting.agenda[0].ended_at == THURSDAY + 20 * MINUTE


def test_without_its_end_the_server_ends_it_again_as_before(board: Away) -> None:
    number = board.planned()
    board.give(HEAD, "meeting.open", number)
    board.now += 5 * HOUR
    board.give(SERVER, "meeting.due", number)
    board.hand("meeting.next", number, THURSDAY + 20 * MINUTE)
    board.now = board.meeting(number).look_at
    board.give(SERVER, "meeting.due", number)
    assert board.meeting(number).ended_at == THURSDAY + 4 * HOUR
    assert [b.minutes for b in board.account()] == [240]


def test_one_the_server_cancelled_at_midnight_was_held_all_the_same(board: Away) -> None:
    number = board.planned()
    board.now = THURSDAY + 16 * HOUR
    board.give(SERVER, "meeting.due", number)
    assert board.meeting(number).state is MeetingState.CANCELLED
    board.hold(number)
    held_as_it_was(board, number)


def test_but_not_where_the_week_has_another_by_now(board: Away) -> None:
    number = board.planned()
    board.now = THURSDAY + 16 * HOUR
    board.give(SERVER, "meeting.due", number)
    board.give(SECOND_HEAD, "meeting.plan", at=board.now + 8 * HOUR)
    made = board.late("meeting.open", number, THURSDAY)
    assert isinstance(made, Refusal) and made.reason is Reason.ALREADY_BOOKED


def test_what_people_ended_or_cancelled_stays_so(board: Away) -> None:
    ended = board.planned()
    board.give(HEAD, "meeting.open", ended)
    board.now += HOUR
    board.give(HEAD, "meeting.end", ended)
    board.now += HOUR
    assert isinstance(board.late("meeting.next", ended, THURSDAY + 20 * MINUTE), Refusal)
    other = Away()
    cancelled = other.planned()
    other.give(LEADER, "meeting.cancel", cancelled, reason="改期")
    other.now += HOUR
    assert isinstance(other.late("meeting.open", cancelled, THURSDAY), Refusal)


def test_on_the_day_it_was_held_the_chair_published_though_it_arrives_the_next(board: Away) -> None:
    number, task = board.planned(), board.propose()
    board.give(HEAD, "meeting.open", number)
    board.give(HEAD, "meeting.end", number)
    board.now = THURSDAY + 23 * HOUR
    assert board.refused(HEAD, "meeting.publish", number, 0, tasks=[task]) is Reason.OUTSIDE_MEETING
    board.hand("meeting.publish", number, THURSDAY + HOUR, tasks=[task])
    assert board.task(task).published_at == board.now, "who gets it counts from when it came"


def test_two_chairs_at_once_are_still_one(board: Away) -> None:
    number = board.planned()
    board.give(SECOND_HEAD, "meeting.open", number)
    board.now += 2 * HOUR
    made = board.late("meeting.open", number, THURSDAY)
    assert isinstance(made, Refusal) and made.reason is Reason.ALREADY_CHAIRED


@given(st.integers(0, 4 * DAY), st.integers(THURSDAY - 2 * DAY, THURSDAY + 6 * DAY))
def test_no_desk_moves_time_beyond_its_bounds(since: int, said: int) -> None:
    now = THURSDAY + since
    at = done_at(Command("x", "meeting.next", 1, client_time=said), now)
    assert now - DAY <= at <= now and BACK_MOST == DAY
    assert at in (said, now)
    if said >= now - LIVE or said < now - BACK_MOST:
        assert at == now, "a clock ahead, one near enough and one too far back give way to the server's"


@given(st.lists(st.integers(-2 * DAY, 2 * DAY), min_size=6, max_size=6), st.integers(0, 30 * HOUR))
def test_whatever_the_desks_clock_says_the_steps_keep_their_order(skews: list[int], later: int) -> None:
    board = Away()
    number = board.planned()
    board.now += later
    steps = [*["meeting.open"], *["meeting.next"] * 4, "meeting.end"]
    for kind, skew in zip(steps, skews, strict=True):
        made = board.late(kind, number, THURSDAY + skew)
        if not isinstance(made, Refusal):
            board.keep(made)
    meeting = board.meeting(number)
    times = [t for i in meeting.agenda for t in (i.began_at, i.ended_at) if t]
    if meeting.opened_at:
        times = [meeting.opened_at, *times]
    assert times == sorted(times) and all(THURSDAY <= t <= board.now for t in times)
    assert meeting.late >= 0 and meeting.over >= 0
    assert replace(meeting, ver=1).record().doc.get("shut_at", 0) == 0
