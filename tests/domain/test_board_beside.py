"""What stands beside the board's rules: near-duplicates, the publish panel's preview, the 减负 account and its 同比."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from boards import DAY, HOUR, LEADER, STREET, THURSDAY, Board  # noqa: E402
from sites import CITY, LISHAN, SHAHE, XINGONG, YOUHAO  # noqa: E402

from commandscreen.domain.burden import Body, account, burden_of, change  # noqa: E402
from commandscreen.domain.command import Reason  # noqa: E402
from commandscreen.domain.hours import goes_out, quarter_of, week_of  # noqa: E402
from commandscreen.domain.near import likeness  # noqa: E402
from commandscreen.domain.publish import preview  # noqa: E402
from commandscreen.domain.recipients import copied  # noqa: E402
from commandscreen.domain.record import RecordKind  # noqa: E402


@pytest.fixture
def board() -> Board:
    return Board()


def test_burden_lines_by_hand(board: Board) -> None:
    line = board.give(LEADER, "burden.note", what="document", title="市委1号文件", at=board.now, body="party")
    assert board.refused(LEADER, "burden.note", what="urgent", title="甲", at=board.now) is Reason.BAD_ARGUMENT
    message = board.give(STREET, "burden.note", what="after_hours", title="晚上的群消息", at=board.now, area=LISHAN)
    assert board.held[message].area == LISHAN and board.held[message].shares == (f"a{LISHAN}",)
    assert (
        board.refused(STREET, "burden.note", what="document", title="甲", at=board.now, area=YOUHAO)
        is Reason.OUT_OF_SCOPE
    )
    assert board.refused(STREET, "burden.strike", message, reason="错") is Reason.WRONG_ROLE
    board.give(LEADER, "burden.strike", line, reason="记错了")
    assert burden_of(board.held[line]).reason == "记错了"


def test_near_duplicates_and_the_preview(board: Board) -> None:
    assert likeness("街道“大工委”一季度会议", "街道大工委一季度会议") == 1
    assert likeness("甲乙丙", "丁戊己") == 0 and likeness("", "") == 0 and likeness("甲", "甲") == 1
    old, new = board.published(title="街道“大工委”一季度安排"), board.propose(title="街道“大工委”一季度会议")
    off = board.propose(item=None)
    shown = preview([board.task(new), board.task(off)], [board.task(old)], board.site, (), board.now + 12 * HOUR)
    assert [n.task.id for n in shown[0].near] == [old] and 0.6 < shown[0].near[0].share < 0.9
    assert (shown[0].to.townships, shown[0].to.communities, shown[0].refused) == (2, 3, None)
    assert shown[0].at == THURSDAY + DAY - HOUR
    assert shown[1].refused is not None and shown[1].refused.reason is Reason.OFF_LIST
    assert CITY in board.site.divisions


def test_the_account_of_two_years_and_what_was_struck(board: Board) -> None:
    year = 365 * DAY
    for back, count in ((0, 3), (year, 4)):
        for n in range(count):
            board.give(LEADER, "burden.note", what="meeting", title=f"会{n}", at=board.now - back, body="party",
                       minutes=50, people=20)  # fmt: skip
    struck = board.give(LEADER, "burden.note", what="document", title="误", at=board.now, body="government")
    board.give(LEADER, "burden.strike", struck, reason="误")
    lines = [burden_of(r) for r in board.of(RecordKind.BURDEN)]
    now = account(lines, board.now - DAY, board.now + DAY)
    before = account(lines, board.now - year - DAY, board.now - year + DAY)
    assert (now.meetings[Body.PARTY], now.meetings_all, now.minutes, now.people) == (3, 3, 150, 60)
    assert (before.meetings_all, now.documents_all) == (4, 0)
    assert change(now.meetings_all, before.meetings_all) == -0.25 and change(3, 0) is None


def test_copied_are_those_between_the_board_and_its_recipients_that_are_not_asked() -> None:
    assert copied((SHAHE, XINGONG), CITY) == (LISHAN,), "the street has its own"
    assert copied((XINGONG, YOUHAO), CITY) == (LISHAN, SHAHE)
    assert copied((XINGONG,), LISHAN) == (SHAHE,)
    assert copied((XINGONG,), SHAHE) == () and copied((), CITY) == ()
    assert copied((XINGONG * 10_000 + 101,), SHAHE) == (), "a grid's village is its own"


def test_weeks_quarters_and_hours(board: Board) -> None:
    start, end = week_of(THURSDAY)
    assert (start, end) == (THURSDAY - 3 * DAY - 9 * HOUR, THURSDAY + 4 * DAY - 9 * HOUR)
    assert quarter_of(THURSDAY)[1] - quarter_of(THURSDAY)[0] == 90 * DAY  # January to March 2026
    calendar = board.site.calendar
    assert goes_out(THURSDAY, calendar) == THURSDAY
    assert (
        goes_out(THURSDAY + 4 * HOUR, calendar) == THURSDAY + 4 * HOUR + HOUR // 2
    )  # 12:00 to 13:30 is declared a break
    through = replace(calendar, slots=((8 * HOUR, 17 * HOUR),))
    assert goes_out(THURSDAY + 4 * HOUR, through) == THURSDAY + 4 * HOUR  # a site without one works through
    assert goes_out(THURSDAY - 2 * HOUR, calendar) == THURSDAY - HOUR
    assert goes_out(THURSDAY + 8 * HOUR, calendar) == THURSDAY + DAY - HOUR
