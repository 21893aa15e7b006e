"""The board's rules, one story each: the meeting, publishing, receipts, the guard outside it, admissions, committees."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from boards import (  # noqa: E402
    BUREAU,
    COUNTY,
    DAY,
    HEAD,
    HOUR,
    LEADER,
    LIST,
    NEXT_STREET,
    OTHER,
    SECOND_HEAD,
    SERVER,
    STREET,
    STREET_HEAD,
    THURSDAY,
    VILLAGE,
    WORKER,
    Board,
)  # fmt: skip
from sites import CHANGDIAN, SHAHE, XINGONG, YOUHAO, tiny_site  # noqa: E402

from commandscreen.domain.admission import admission_of  # noqa: E402
from commandscreen.domain.burden import Load, burden_of  # noqa: E402
from commandscreen.domain.command import Reason, Refusal  # noqa: E402
from commandscreen.domain.grid import grid_code  # noqa: E402
from commandscreen.domain.lists import version  # noqa: E402
from commandscreen.domain.meeting import MeetingState  # noqa: E402
from commandscreen.domain.receipt import ReceiptState  # noqa: E402
from commandscreen.domain.record import RecordKind  # noqa: E402
from commandscreen.domain.task import Column, TaskState  # noqa: E402


@pytest.fixture
def board() -> Board:
    return Board()


def test_a_week_from_the_proposal_to_the_acceptance(board: Board) -> None:
    meeting = board.give(HEAD, "meeting.plan", at=board.now, title="第11周")
    task = board.propose(meeting=meeting, fields=[["lamps", "应急灯", "number"], ["grids", "网格数", "number"]])
    assert board.meeting(meeting).tasks == (task,) and board.task(task).column is Column.TODO
    assert board.refused(HEAD, "meeting.open", meeting) is Reason.NO_QUORUM
    board.give(LEADER, "meeting.attend", meeting, keys=[m.key for m in board.meeting(meeting).members])
    board.now += 4 * 60
    board.give(HEAD, "meeting.open", meeting)
    board.give(HEAD, "meeting.next", meeting)
    board.give(HEAD, "meeting.add", meeting)
    board.give(LEADER, "meeting.note", meeting, text="限月底前完成")
    board.give(HEAD, "meeting.publish", meeting, tasks=[task])
    board.now += 62 * 60
    board.give(HEAD, "meeting.end", meeting)
    met = board.meeting(meeting)
    assert (met.late, met.over, met.agenda[1].extra) == (240, 120, 2)
    assert met.agenda[1].notes[0].text == "限月底前完成" and met.agenda[1].ended_at == board.now
    line = next(burden_of(r) for r in board.of(RecordKind.BURDEN))
    assert (line.what, line.minutes, line.people, line.about) == (Load.MEETING, 62, met.present, meeting)
    sent = board.receipts(task)
    assert len(sent) == 5 and board.task(task).counts.total == 5 and board.task(task).column is Column.DOING
    assert board.receipt(task, SHAHE).sub.total == 3 and board.receipt(task, YOUHAO).sub.total == 0
    assert all("u6" in r.shares and f"t{str(r.area)[:9]}" in r.shares for r in sent)

    here = board.receipt(task, XINGONG).id
    assert board.refused(STREET, "receipt.sign", here) is Reason.OUT_OF_SCOPE
    board.give(VILLAGE, "receipt.sign", here)
    assert board.refused(VILLAGE, "receipt.report", here, text="已排班") is Reason.MISSING_ARGUMENT
    board.give(VILLAGE, "receipt.report", here, text="已排班", fields={"lamps": 7})
    told = board.receipt(task, XINGONG)
    assert told.fields == {"lamps": 7, "grids": 9} and told.known == {"grids": "site"}
    assert board.refused(VILLAGE, "receipt.report", here, text="再报") is Reason.ALREADY_REPORTED
    assert board.task(task).counts.row() == (5, 1, 1, 0, 0)
    assert board.receipt(task, SHAHE).sub.row() == (3, 1, 1, 0, 0) and board.receipt(task, SHAHE).sums["lamps"] == 7
    assert board.refused(OTHER, "receipt.accept", here) is Reason.OUT_OF_SCOPE
    board.give(BUREAU, "receipt.send_back", here, reason="灯数不对", fields=["lamps"])
    assert board.task(task).counts.reported == 0 and board.receipt(task, SHAHE).sums == {}
    assert board.refused(VILLAGE, "receipt.report", here, text="补报") is Reason.MISSING_ARGUMENT
    board.give(VILLAGE, "receipt.report", here, text="补报", fields={"lamps": 9})
    for each in board.receipts(task):
        if each.state is ReceiptState.SENT:
            actor = replace(VILLAGE, area=each.area)
            board.give(actor, "receipt.sign", each.id)
            board.give(actor, "receipt.report", each.id, text="完成", fields={"lamps": 1})
    assert board.task(task).column is Column.REVIEW
    assert board.receipt(task, SHAHE).sums == {"lamps": 11, "grids": 27}
    board.give(BUREAU, "receipt.send_back", here, reason="再核一次")
    assert board.task(task).column is Column.DOING
    board.give(VILLAGE, "receipt.report", here, text="核过")
    assert board.task(task).column is Column.REVIEW
    board.give(BUREAU, "receipt.accept", here)
    board.give(BUREAU, "task.accept", task)
    done = board.task(task)
    assert done.column is Column.DONE and done.counts.row() == (5, 5, 5, 5, 0) and done.done_at == board.now
    assert board.refused(VILLAGE, "receipt.attach", here, photos=["a" * 64]) is Reason.WRONG_STATE


def test_two_chairs_publishing_twice_and_who_may(board: Board) -> None:
    task, meeting = board.propose(), board.open_meeting()
    made = board.decide(SECOND_HEAD, "meeting.open", meeting)
    assert made == Refusal(Reason.ALREADY_CHAIRED, "韩冰")
    assert board.refused(SECOND_HEAD, "meeting.next", meeting) is Reason.NOT_CHAIR
    assert board.refused(COUNTY, "meeting.end", meeting) is Reason.OUT_OF_SCOPE
    assert board.refused(BUREAU, "meeting.publish", meeting, tasks=[task]) is Reason.WRONG_ROLE
    board.give(HEAD, "meeting.publish", meeting, tasks=[task])
    assert board.refused(HEAD, "meeting.publish", meeting, tasks=[task]) is Reason.ALREADY_PUBLISHED
    assert board.refused(HEAD, "task.publish", task, urgent=True, reason="一样很急") is Reason.ALREADY_PUBLISHED
    board.give(SECOND_HEAD, "meeting.take", meeting, reason="主持人掉线")
    assert board.refused(HEAD, "meeting.end", meeting) is Reason.NOT_CHAIR
    board.give(SECOND_HEAD, "meeting.end", meeting)
    board.now += DAY
    assert board.refused(SECOND_HEAD, "meeting.publish", meeting, tasks=[task]) is Reason.OUTSIDE_MEETING


def test_no_meeting_days_weeks_and_one_a_week(board: Board) -> None:
    wednesday = THURSDAY + 6 * DAY
    assert board.refused(HEAD, "meeting.plan", at=wednesday) is Reason.NO_MEETING_DAY
    assert board.refused(HEAD, "meeting.plan", at=THURSDAY + 2 * DAY) is Reason.NO_MEETING_DAY  # a Saturday
    board.site = tiny_site(no_meeting_weeks=(12,))
    assert board.refused(HEAD, "meeting.plan", at=THURSDAY + 5 * DAY) is Reason.NO_MEETING_WEEK
    first = board.give(HEAD, "meeting.plan", at=THURSDAY)
    assert board.refused(HEAD, "meeting.plan", at=THURSDAY + DAY) is Reason.ALREADY_BOOKED
    assert board.refused(HEAD, "meeting.edit", first, at=THURSDAY + 5 * DAY) is Reason.NO_MEETING_WEEK
    board.give(HEAD, "meeting.cancel", first, reason="改期")
    board.give(HEAD, "meeting.plan", at=THURSDAY + DAY)
    board.give(COUNTY, "meeting.plan", at=THURSDAY + DAY)  # another area's own


def test_nothing_outside_the_lists_reaches_a_village(board: Board) -> None:
    off = board.propose(item=None, title="社区填报企业用电台账")
    meeting = board.open_meeting()
    assert board.refused(HEAD, "meeting.publish", meeting, tasks=[off]) is Reason.OFF_LIST
    assert board.refused(HEAD, "task.publish", off, urgent=True, reason="上级催要") is Reason.OFF_LIST
    board.give(BUREAU, "task.edit", off, to=[str(SHAHE)])
    board.give(HEAD, "meeting.publish", meeting, tasks=[off])  # a street may get it
    street = board.receipt(off, SHAHE).id
    board.give(STREET, "receipt.sign", street)
    assert board.refused(STREET, "receipt.split", street, to=[str(XINGONG)]) is Reason.OFF_LIST
    back = board.propose(item=None)
    board.give(HEAD, "task.send_back", back, reason="清单外")
    assert board.task(back).state is TaskState.RETURNED and board.task(back).reason == "清单外"
    assert board.refused(HEAD, "meeting.publish", meeting, tasks=[back]) is Reason.WRONG_STATE
    board.give(BUREAU, "task.edit", back, item=LIST)
    assert board.task(back).state is TaskState.DRAFT
    own = board.propose(item=None)
    board.give(BUREAU, "task.keep", own)
    board.give(BUREAU, "task.finish", own, text="从供电公司取数")
    assert board.task(own).column is Column.DONE and not board.receipts(own)
    ended = board.propose(title="出具亲属关系证明材料")
    board.site = replace(
        board.site,
        duties=(*board.site.duties, replace(board.site.duties[0], list="certificate_ended", text="亲属关系")),
    )
    assert board.refused(HEAD, "meeting.publish", meeting, tasks=[ended]) is Reason.ENDED_CERTIFICATE


def test_an_admission_changes_the_lists_under_an_open_meeting(board: Board) -> None:
    task, off = board.propose(), board.propose(item=None)
    meeting = board.open_meeting()
    asked = board.give(BUREAU, "admission.ask", task=off, title="企业用电台账", reason="省里要")
    assert board.refused(BUREAU, "admission.ask", task=off, title="又一次", reason="省里要") is Reason.ALREADY_ASKED
    assert board.refused(LEADER, "admission.grant", asked) is Reason.WRONG_ROLE
    board.give(HEAD, "admission.grant", asked)
    got = admission_of(board.held[asked])
    assert (got.number, got.version) == (1, "1.1")
    assert board.refused(HEAD, "meeting.publish", meeting, tasks=[task]) is Reason.LISTS_CHANGED
    board.give(HEAD, "meeting.recheck", meeting)
    board.give(HEAD, "meeting.publish", meeting, tasks=[task, off])
    assert board.task(off).item is not None and len(board.receipts(off)) == 5
    again = board.give(BUREAU, "admission.ask", task=board.propose(item=None), title="另一项", reason="要")
    assert board.refused(HEAD, "admission.deny", again) is Reason.MISSING_ARGUMENT
    board.give(HEAD, "admission.deny", again, reason="部门自办")
    assert version(board.site, ()) == "1.0"


def test_the_sites_lists_changed_under_an_open_meeting(board: Board) -> None:
    task, meeting = board.propose(), board.open_meeting()
    board.site = tiny_site(list_version=2)
    assert board.refused(HEAD, "meeting.publish", meeting, tasks=[task]) is Reason.LISTS_CHANGED


def test_an_emergency_outside_a_meeting(board: Board) -> None:
    task = board.propose()
    board.now = THURSDAY + 13 * HOUR  # 22:00
    assert board.refused(HEAD, "task.publish", task, urgent=False, reason="没事") is Reason.OUTSIDE_MEETING
    assert board.refused(HEAD, "task.publish", task, urgent=True) is Reason.MISSING_ARGUMENT
    assert board.refused(HEAD, "task.publish", task, urgent=True, reason="急") is Reason.MISSING_ARGUMENT
    assert board.refused(BUREAU, "task.publish", task, urgent=True, reason="管道破裂，须当晚排查") is Reason.WRONG_ROLE
    board.give(LEADER, "task.publish", task, urgent=True, reason="管道破裂，须当晚排查")
    sent = board.task(task)
    assert sent.state is TaskState.ACTIVE and sent.flagged and len(board.receipts(task)) == 5
    assert sorted(burden_of(r).what for r in board.of(RecordKind.BURDEN)) == [Load.AFTER_HOURS, Load.URGENT]
    board.now = THURSDAY + 4 * DAY
    meeting = board.open_meeting()
    board.give(HEAD, "meeting.review", meeting, task=task, proper=True, text="属实")
    assert not board.task(task).flagged and board.meeting(meeting).reviewed == (task,)
    assert board.refused(HEAD, "meeting.review", meeting, task=task, proper=False) is Reason.WRONG_STATE


def test_outside_work_time_it_waits_for_eight_oclock(board: Board) -> None:
    board.now = THURSDAY + DAY + 9 * HOUR  # Friday 18:00
    task, late = board.propose(), board.propose(title="换热站停供应急演练")
    meeting = board.open_meeting()
    board.give(HEAD, "meeting.publish", meeting, tasks=[task])
    board.give(HEAD, "meeting.publish", meeting, tasks=[late], urgent=True, reason="换热站停供")
    waiting = board.task(task)
    monday = THURSDAY + 4 * DAY - HOUR
    assert (waiting.state, waiting.publish_at, board.receipts(task)) == (TaskState.WAITING, monday, ())
    assert board.held[task].due_at == monday
    assert board.task(late).state is TaskState.ACTIVE
    assert board.refused(SERVER, "task.due", task) is Reason.TOO_LATE
    assert board.refused(HEAD, "task.due", task) is Reason.WRONG_ROLE
    board.now = monday
    board.give(SERVER, "task.due", task)
    assert board.task(task).state is TaskState.ACTIVE and len(board.receipts(task)) == 5
    assert board.held[task].due_at == 0


def test_what_waited_and_may_not_go_out_any_more_comes_back(board: Board) -> None:
    board.now = THURSDAY + 10 * HOUR
    task, meeting = board.propose(), board.open_meeting()
    merged = board.propose(to=[str(XINGONG), str(SHAHE)])
    board.give(HEAD, "meeting.publish", meeting, tasks=[task, merged])
    board.now = board.task(task).publish_at
    divisions = {c: d for c, d in board.site.divisions.items() if c != XINGONG}
    board.site = replace(board.site, divisions=divisions)
    board.give(SERVER, "task.due", merged)
    assert board.task(merged).missed == (XINGONG,) and [r.area for r in board.receipts(merged)] == [SHAHE]
    board.site = replace(board.site, duties=())
    board.give(SERVER, "task.due", task)
    back = board.task(task)
    assert back.state is TaskState.DRAFT and back.reason.startswith("off-list") and board.held[task].due_at == 0


def test_recipients_out_of_scope_or_merged_away(board: Board) -> None:
    county = replace(COUNTY, roles=HEAD.roles)
    made = board.decide(county, "task.propose", lane="party", title="甲", to=[str(CHANGDIAN)], due=board.now + DAY)
    assert made == Refusal(Reason.OUT_OF_SCOPE, str(CHANGDIAN))
    board.site = tiny_site(merged={"210304015099": str(XINGONG)})
    groups = [f"{210304000 + n}/community" for n in range(50)]
    assert (
        board.refused(BUREAU, "task.propose", lane="party", title="甲", to=groups, due=board.now + DAY)
        is Reason.LIMIT_REACHED
    )
    gone = board.decide(BUREAU, "task.propose", lane="party", title="甲", to=["210304015099"], due=board.now + DAY)
    assert gone == Refusal(Reason.RECIPIENT_GONE, f"210304015099 {XINGONG}")
    task = board.published(to=[f"{SHAHE}/community"])
    mine = board.receipt(task, XINGONG).id
    board.give(VILLAGE, "receipt.sign", mine)
    divisions = {c: d for c, d in board.site.divisions.items() if c != XINGONG}
    board.site = replace(board.site, divisions=divisions)
    assert board.refused(VILLAGE, "receipt.report", mine, text="完成") is Reason.RECIPIENT_GONE
    assert board.refused(BUREAU, "receipt.hand_over", mine, to=210304015001) is Reason.ALREADY_SENT
    board.give(BUREAU, "receipt.hand_over", mine, to=str(210304009001))
    moved = board.receipt(task, 210304009001)
    assert moved.id == mine and moved.signed_at and f"t{YOUHAO}" in moved.shares


def test_a_receipt_asks_for_time_and_splits_to_grids(board: Board) -> None:
    task = board.published(to=[str(SHAHE)])
    street = board.receipt(task, SHAHE).id
    assert board.refused(STREET, "receipt.split", street, to=[str(XINGONG)]) is Reason.WRONG_STATE
    board.give(STREET, "receipt.sign", street)
    due = board.task(task).due
    assert board.refused(STREET, "receipt.ask", street, until=due, reason="人手不足") is Reason.BAD_ARGUMENT
    board.give(STREET, "receipt.ask", street, until=due + DAY, reason="人手不足")
    assert board.task(task).counts.asked == 1
    assert board.refused(STREET, "receipt.ask", street, until=due + DAY, reason="再要") is Reason.ALREADY_ASKED
    assert board.refused(STREET, "receipt.grant", street) is Reason.OUT_OF_SCOPE
    board.give(BUREAU, "receipt.grant", street)
    assert board.receipt(task, SHAHE).due == due + DAY and board.task(task).counts.asked == 0
    board.give(STREET, "receipt.ask", street, until=due + 3 * DAY, reason="还要")
    board.give(BUREAU, "receipt.deny", street, reason="不能再延")
    board.give(STREET, "receipt.split", street, to=[str(XINGONG)])
    assert board.refused(STREET, "receipt.split", street, to=[str(XINGONG)]) is Reason.ALREADY_SENT
    assert board.refused(STREET, "receipt.split", street, to=[str(210304009001)]) is Reason.OUT_OF_SCOPE
    village = board.receipt(task, XINGONG)
    assert not village.direct and village.over == street and board.task(task).counts.total == 1
    board.give(VILLAGE, "receipt.sign", village.id)
    grids = [str(grid_code(XINGONG, 1, n)) for n in (1, 2, 3)]
    board.give(VILLAGE, "receipt.split", village.id, to=grids)
    grid = board.receipt(task, int(grids[0]))
    assert "u6" not in grid.shares and board.receipt(task, XINGONG).sub.total == 3
    assert board.receipt(task, SHAHE).sub.total == 1  # villages only
    board.give(WORKER, "receipt.sign", grid.id)
    board.give(WORKER, "receipt.report", grid.id, text="看过")
    assert board.refused(STREET, "receipt.accept", grid.id) is Reason.OUT_OF_SCOPE
    board.give(VILLAGE, "receipt.accept", grid.id)
    assert board.receipt(task, XINGONG).sub.row() == (3, 1, 1, 1, 0)
    board.give(VILLAGE, "receipt.report", village.id, text="完成")
    assert board.refused(BUREAU, "receipt.accept", village.id) is Reason.OUT_OF_SCOPE
    board.give(STREET, "receipt.accept", village.id)
    board.give(STREET, "receipt.progress", street, share=80, text="扫尾")
    assert board.refused(STREET, "receipt.progress", street, share=101) is Reason.BAD_ARGUMENT


def test_what_is_known_is_not_asked_again(board: Board) -> None:
    fields = [["lamps", "应急灯", "number"], ["contact", "联系人", "text"]]
    first = board.published(to=[str(XINGONG)], fields=fields)
    one = board.receipt(first, XINGONG).id
    board.give(VILLAGE, "receipt.sign", one)
    board.give(VILLAGE, "receipt.report", one, text="完成", fields={"lamps": 4, "contact": "社区办公室"})
    board.now += 7 * DAY
    second = board.published(to=[str(XINGONG), str(YOUHAO)], fields=fields, title="复核")
    two = board.receipt(second, XINGONG).id
    board.give(VILLAGE, "receipt.sign", two)
    board.give(VILLAGE, "receipt.report", two, text="仍是这些", fields={"lamps": 5})
    told = board.receipt(second, XINGONG)
    assert told.fields == {"lamps": 5, "contact": "社区办公室"} and told.known == {"contact": "before"}
    three = board.receipt(second, YOUHAO).id
    board.give(NEXT_STREET, "receipt.sign", three)
    assert board.refused(NEXT_STREET, "receipt.report", three, text="无", fields={"lamps": -1}) is Reason.BAD_ARGUMENT
    assert board.refused(NEXT_STREET, "receipt.report", three, text="无", fields={"other": 1}) is Reason.BAD_ARGUMENT


def test_drafts_not_come_to_are_carried_over(board: Board) -> None:
    meeting = board.give(HEAD, "meeting.plan", at=board.now)
    task = board.propose(meeting=meeting)
    board.give(HEAD, "meeting.attend", meeting, keys=[m.key for m in board.meeting(meeting).members])
    board.give(HEAD, "meeting.open", meeting)
    board.give(HEAD, "meeting.end", meeting)
    board.now += 7 * DAY
    after = board.give(HEAD, "meeting.plan", at=board.now)
    board.give(HEAD, "meeting.carry", after, meeting=meeting)
    assert board.task(task).carried == 1 and board.meeting(after).tasks == (task,)
    assert board.refused(HEAD, "meeting.carry", after, meeting=meeting) is Reason.MISSING_ARGUMENT
    board.give(BUREAU, "task.withdraw", task, reason="不再需要")
    assert board.meeting(after).tasks == () and board.task(task).column is None


def test_a_meeting_nobody_opened_or_ended(board: Board) -> None:
    never = board.give(COUNTY, "meeting.plan", at=board.now + HOUR)
    left = board.open_meeting()
    board.now += 5 * HOUR
    board.give(SERVER, "meeting.due", left)
    assert (
        board.meeting(left).state is MeetingState.ENDED and board.meeting(left).over == 3 * HOUR
    )  # not longer than it may last
    assert board.refused(SERVER, "meeting.due", never) is Reason.TOO_LATE
    board.now = board.meeting(never).look_at
    board.give(SERVER, "meeting.due", never)
    assert board.meeting(never).state is MeetingState.CANCELLED


def test_a_joint_committee_and_its_resolution(board: Board) -> None:
    assert board.refused(HEAD, "meeting.plan", at=board.now, what="street_committee") is Reason.BAD_ARGUMENT
    few = [["某单位", "", 0, "party_gov"]]
    made = board.decide(STREET_HEAD, "meeting.plan", at=board.now, what="street_committee", members=few)
    assert made == Refusal(Reason.CIRCLE_MISSING, "mass_org")
    session = board.give(STREET_HEAD, "meeting.plan", at=board.now, what="street_committee")
    circles = {m.circle for m in board.meeting(session).members}
    assert circles == {"party_gov", "mass_org", "social_org", "core"}
    later = board.now + 12 * DAY  # the same quarter
    assert board.refused(STREET_HEAD, "meeting.plan", at=later, what="street_committee") is Reason.ALREADY_BOOKED
    board.give(STREET_HEAD, "meeting.attend", session, keys=[m.key for m in board.meeting(session).members])
    board.give(STREET_HEAD, "meeting.open", session)
    board.give(STREET_HEAD, "meeting.resolve", session, number=1, lane="livelihood", title="共建楼道照明",
                      to=[f"{SHAHE}/community"], due=board.now + DAY)  # fmt: skip
    (task,) = board.meeting(session).agenda[1].tasks
    assert board.task(task).resolution == 2 and board.task(task).area == SHAHE
    assert board.refused(STREET_HEAD, "meeting.publish", session, tasks=[task]) is Reason.OFF_LIST
    board.give(STREET_HEAD, "task.edit", task, item=LIST)
    board.give(STREET_HEAD, "meeting.publish", session, tasks=[task])
    assert {r.area for r in board.receipts(task)} == {d.code for d in board.site.children(SHAHE)}
    community = board.give(VILLAGE, "meeting.plan", at=board.now, what="community_committee")
    assert board.held[community].shares == (f"t{SHAHE}",)


def test_stale_bases_and_missing_records(board: Board) -> None:
    task = board.propose()
    ver = board.task(task).ver
    board.give(BUREAU, "task.edit", task, ver, title="改名")
    assert board.refused(BUREAU, "task.edit", task, ver, title="又改") is Reason.STALE_BASE
    assert board.refused(OTHER, "task.edit", task, title="别人的") is Reason.NOT_YOUR_UNIT
    assert board.refused(COUNTY, "task.edit", task, title="别人的") is Reason.OUT_OF_SCOPE
    assert board.refused(HEAD, "task.edit", 77, title="没有") is Reason.UNKNOWN_CASE
    assert board.refused(HEAD, "task.fly", task) is Reason.UNKNOWN_COMMAND
    assert board.refused(HEAD, "receipt.sign", task) is Reason.UNKNOWN_CASE
