"""A whole week of the weekly meeting through the real server: proposals, agenda, meeting, 402 receipts, progress,
acceptance, minutes; one emergency, one refusal for what is off the lists, and desks that were offline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sites import CITY, SHAHE, XINGONG, YOUHAO, account_of
from week import Hall, LocalDesk, Server
from wide import COMMUNITIES, TOWNSHIPS, wide_site

from commandscreen.domain.burden import Load, account, burden_of
from commandscreen.domain.meeting import meeting_of
from commandscreen.domain.person import Role
from commandscreen.domain.receipt import ReceiptState
from commandscreen.domain.record import RecordKind
from commandscreen.domain.task import Column, TaskState, task_of
from commandscreen.server.sweep import sweep

HOUR, DAY = 3_600, 86_400
BUREAU = account_of(Role.HANDLER, CITY, 6)
WOMEN = account_of(Role.HANDLER, CITY, 8)
ITEM = ["assist_duty", 7]
FIELDS = [["valves", "更换阀门", "number"], ["grids", "网格数", "number"]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The wide city on Wednesday morning, 11 March."""
    running = Server(f"sqlite:///{tmp_path / 'city.db'}", tmp_path / "files", site=wide_site())
    yield running
    running.stop()


@pytest.fixture
def hall(server: Server) -> Iterator[Hall]:
    made = Hall(server)
    yield made
    made.leave()


@pytest.fixture
def sit(server: Server, tmp_path: Path) -> Iterator[Callable[[str], LocalDesk]]:
    """Desks by account."""
    desks: list[LocalDesk] = []

    def make(account: str) -> LocalDesk:
        desks.append(LocalDesk(server, account, tmp_path / "desks"))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


def test_a_whole_week(server: Server, hall: Hall, sit: Callable[[str], LocalDesk]) -> None:
    now = server.desk.now
    wednesday = now()
    friday = wednesday + 2 * DAY

    # Wednesday: 无会日. The meeting is booked for Friday; a bureau with a cut line drafts all the same.
    assert hall.refused("chair", "meeting.plan", at=wednesday + 2 * HOUR) == "no-meeting-day"
    meeting = hall.do("chair", "meeting.plan", at=friday, title="第11周一次会")
    assert hall.refused("deputy", "meeting.plan", at=friday + HOUR) == "already-booked"
    bureau = sit(BUREAU)
    bureau.cut = True
    task = bureau.give("task.propose", lane="society", title="老旧小区消防管网排查", text="逐栋查看阀门",
                       to=[f"{CITY}/township", f"{CITY}/community"], due=friday + 9 * DAY, item=ITEM, fields=FIELDS,
                       meeting=meeting)  # fmt: skip
    assert bureau.task(task).column is Column.TODO and len(bureau.waiting()) == 1
    assert task not in hall.records("chair"), "nothing has left the desk yet"
    off = hall.do(WOMEN, "task.propose", lane="economy", title="社区填报企业用电台账", to=[f"{CITY}/community"],
                  due=friday + 5 * DAY)  # fmt: skip
    street_only = hall.do("chair", "task.propose", lane="party", title="街道“大工委”一季度会议", to=[f"{CITY}/street"],
                          due=friday + 14 * DAY, item=["main_duty", 1], meeting=meeting)  # fmt: skip
    bureau.cut = False
    bureau.level()
    assert meeting_of(hall.records("chair")[meeting]).tasks.count(task) == 1

    # Wednesday evening: one emergency, from those who may, with a reason; everyone else has to wait for the meeting.
    server.clock.push(12 * HOUR)  # 21:00
    hall.leave()
    urgent = hall.do(BUREAU, "task.propose", lane="society", title="鞍千路沿线管道当晚排查", due=now() + DAY, item=ITEM,
                     to=[str(SHAHE), f"{SHAHE}/community"])  # fmt: skip
    assert hall.refused(BUREAU, "task.publish", urgent, urgent=True, reason="管道破裂，须当晚排查") == "wrong-role"
    assert (
        hall.refused("clerk", "task.publish", urgent, urgent=False, reason="管道破裂，须当晚排查") == "outside-meeting"
    )
    hall.do("clerk", "task.publish", urgent, urgent=True, reason="管道破裂，须当晚排查")
    assert task_of(hall.records("chair")[urgent]).flagged
    assert hall.refused("clerk", "task.publish", off, urgent=True, reason="上级催要数据") == "off-list"

    # Friday: the meeting. No quorum, then a quorum; a second chair; the emergency is reviewed; the list check.
    server.clock.push(36 * HOUR + 5 * 60)  # 09:05, five minutes late
    hall.leave()
    assert hall.refused("chair", "meeting.open", meeting) == "no-quorum"
    members = meeting_of(hall.records("chair")[meeting]).members
    hall.do("clerk", "meeting.attend", meeting, keys=[m.key for m in members])
    hall.do("chair", "meeting.open", meeting)
    assert hall.refused("deputy", "meeting.open", meeting) == "already-chaired"
    hall.do("chair", "meeting.review", meeting, task=urgent, proper=True, text="情况属实")
    hall.do("chair", "meeting.note", meeting, text="排查结果下周通报")
    for _ in range(4):
        hall.do("chair", "meeting.next", meeting)
    assert hall.refused("chair", "meeting.publish", meeting, tasks=[task, off]) == "off-list"
    assert task_of(hall.records("chair")[task]).state is TaskState.DRAFT, "all or none"
    hall.do("chair", "task.send_back", off, reason="清单外，供电公司已有数据")
    hall.do("chair", "meeting.publish", meeting, tasks=[task, street_only])
    assert hall.refused("chair", "meeting.publish", meeting, tasks=[task]) == "already-published"
    server.clock.push(63 * 60)
    hall.do("chair", "meeting.end", meeting)
    met = meeting_of(hall.records("chair")[meeting])
    assert met.late >= 300 and met.over >= 180 and met.published == (task, street_only)
    bureau.sign_in()
    bureau.level()
    sent = bureau.receipts(task)
    assert len(sent) == TOWNSHIPS + COMMUNITIES
    hall.do(WOMEN, "task.keep", off, text="自行从供电公司取数")

    # Receipts: one village has no line and works on; the others sign and report once.
    village = sit(f"village-{XINGONG}")
    mine = village.receipts(task)[XINGONG].id
    village.cut = True
    village.give("receipt.sign", mine)
    village.give("receipt.report", mine, text="两栋已更换阀门", fields={"valves": 2})
    shown = village.receipts(task)[XINGONG]
    assert (shown.state, shown.fields) == (ReceiptState.REPORTED, {"valves": 2, "grids": 9}), (
        "what is known is not asked"
    )
    assert village.task(task).counts.reported == 1 and len(village.waiting()) == 2
    for area, receipt in sorted(sent.items()):
        if area != XINGONG:
            who = f"village-{area}" if len(str(area)) == 12 else f"street-{area}"
            number = hall.do(who, "receipt.sign", receipt.id)
            if len(str(area)) == 12:
                hall.do(who, "receipt.report", number, text="已排查", fields={"valves": 1})
            hall(who).close()
    bureau.level()
    counts = bureau.task(task).counts
    assert (counts.total, counts.signed, counts.reported) == (402, 401, 349)
    village.cut = False
    village.level()
    assert not village.refused() and village.task(task).counts.reported == 350

    # A street asks for time and is given it; the sums below it are known and not asked of it.
    server.clock.push(2 * HOUR)
    street = sent[SHAHE].id
    hall.do(f"street-{SHAHE}", "receipt.ask", street, until=friday + 11 * DAY, reason="一处须停水施工")
    bureau.level()
    bureau.give("receipt.grant", street)
    for area, receipt in sorted(sent.items()):
        if len(str(area)) == 9:
            below = sum(1 for a in sent if str(a).startswith(str(area)) and len(str(a)) == 12)
            hall.do(f"street-{area}", "receipt.report", receipt.id, text="辖区已排查",
                    **({} if below else {"fields": {"valves": 0}}))  # fmt: skip
    bureau.level()
    rolled = bureau.task(task)
    assert rolled.column is Column.REVIEW and rolled.counts.reported == 402
    shahe = bureau.receipts(task)[SHAHE]
    villages = [r for a, r in bureau.receipts(task).items() if len(str(a)) == 12 and str(a).startswith(str(SHAHE))]
    assert shahe.known["valves"] == "below" and shahe.fields["valves"] == sum(r.fields["valves"] for r in villages)
    assert rolled.sums["valves"] == sum(r.fields["valves"] for r in bureau.receipts(task).values() if not r.over)

    # Acceptance: one is sent back and mended, then the whole task is accepted.
    bureau.give("receipt.send_back", bureau.receipts(task)[YOUHAO].id, reason="缺佐证", fields=[])
    assert bureau.task(task).column is Column.DOING
    hall.do(f"street-{YOUHAO}", "receipt.report", sent[YOUHAO].id, text="已补佐证", photos=["ab" * 32])
    bureau.level()
    bureau.give("task.accept", task, text="结果已汇总")
    done = bureau.task(task)
    assert done.column is Column.DONE and done.counts.row() == (402, 402, 402, 402, 0)
    hall.do(WOMEN, "task.finish", off, text="已取数，基层不填")

    # What the week weighed, each figure a record to drill to.
    lines = [burden_of(r) for r in hall.records("chair", lambda r: r.kind is RecordKind.BURDEN).values()]
    week = account(lines, wednesday - 1, now() + 1)
    assert (week.meetings_all, week.late, week.over, week.urgent, week.after_hours) == (1, 1, 1, 1, 1)
    assert week.people == len(members) and week.minutes >= 63
    assert {b.about for b in lines if b.what is Load.URGENT} == {urgent}

    # Everyone ends with the same board.
    village.level()
    central = hall.records("chair")
    for desk in (bureau, village):
        assert desk.record(task) == central[task] and desk.record(meeting) == central[meeting]
    assert sweep(server.desk.database, server.site, now()) == []


def test_a_chair_without_a_line_holds_the_meeting_all_the_same(
    server: Server, hall: Hall, sit: Callable[[str], LocalDesk]
) -> None:
    server.clock.push(DAY)  # Thursday
    now = server.desk.now()
    chair = sit("chair")
    meeting = chair.give("meeting.plan", at=now)
    task = hall.do(BUREAU, "task.propose", lane="society", title="老旧小区消防管网排查", item=ITEM, due=now + 9 * DAY,
                   to=[f"{CITY}/township", f"{CITY}/community"], meeting=meeting)  # fmt: skip
    chair.level()
    chair.cut = True
    chair.give("meeting.attend", meeting, keys=[m.key for m in meeting_of(chair.record(meeting)).members])
    chair.give("meeting.open", meeting)
    chair.give("meeting.note", meeting, text="断网也照开")
    chair.give("meeting.publish", meeting, tasks=[task])
    chair.give("meeting.end", meeting)
    drawn = {r.id for r in chair.receipts(task).values()}
    assert len(drawn) == 402 and chair.task(task).column is Column.DOING and len(chair.waiting()) == 5
    assert task_of(hall.records("deputy")[task]).state is TaskState.DRAFT
    chair.cut = False
    chair.level()
    central = hall.records("deputy")
    assert {r.id for r in central.values() if r.kind is RecordKind.RECEIPT} == drawn, (
        "the receipts shown are the server's"
    )
    assert not chair.refused() and chair.record(meeting) == central[meeting]


def test_a_deputy_took_the_chair_meanwhile_and_nothing_is_lost(
    server: Server, hall: Hall, sit: Callable[[str], LocalDesk]
) -> None:
    server.clock.push(DAY)
    now = server.desk.now()
    chair = sit("chair")
    meeting = chair.give("meeting.plan", at=now)
    task = hall.do(BUREAU, "task.propose", lane="society", title="老旧小区消防管网排查", item=ITEM, due=now + 9 * DAY,
                   to=[str(SHAHE)], meeting=meeting)  # fmt: skip
    chair.level()
    chair.give("meeting.attend", meeting, keys=[m.key for m in meeting_of(chair.record(meeting)).members])
    chair.give("meeting.open", meeting)
    chair.cut = True
    chair.give("meeting.publish", meeting, tasks=[task])
    hall.do("deputy", "meeting.take", meeting, reason="主持人掉线")
    hall.do("deputy", "meeting.publish", meeting, tasks=[task])
    chair.cut = False
    chair.level()
    (back,) = chair.refused()
    assert (back.command.kind, back.code) == ("meeting.publish", "not-chair")
    sent = hall.records("deputy", lambda r: r.kind is RecordKind.RECEIPT)
    assert len(sent) == 1 and {r.id for r in chair.receipts(task).values()} == set(sent), (
        "one set of receipts, the deputy's"
    )


def test_a_chair_without_a_line_holds_the_meeting_and_hands_it_in(server: Server, hall: Hall,
                                                                  sit: Callable[[str], LocalDesk]) -> None:  # fmt: skip
    server.clock.push(2 * DAY)  # Friday
    began = server.desk.now()
    number = hall.do("chair", "meeting.plan", at=began, title="第11周一次会")
    chair = sit("chair")
    chair.cut = True
    chair.give("meeting.attend", number, keys=[m.key for m in meeting_of(chair.record(number)).members])
    server.clock.push(2 * 60)
    chair.give("meeting.open", number)
    for _ in range(4):
        server.clock.push(11 * 60)
        chair.give("meeting.note", number, text="记一点")
        chair.give("meeting.next", number)
    server.clock.push(9 * 60)
    chair.give("meeting.end", number)
    here = meeting_of(chair.record(number))
    assert meeting_of(hall.records("deputy")[number]).opened_at == 0, "nobody else knows yet"
    server.clock.push(6 * HOUR)
    sweep(server.desk.database, server.site, server.desk.now())
    chair.cut = False
    chair.sign_in()
    chair.level()
    assert chair.refused() == []
    there = meeting_of(hall.records("deputy")[number])
    assert (there.opened_at, there.ended_at, there.late, there.over) == (here.opened_at, here.ended_at, here.late, 0)
    assert began + 2 * 60 <= there.opened_at and there.ended_at - there.opened_at < there.limit * 60
    assert there.members == here.members and there.present == len(there.members)
    assert [n.at for i in there.agenda for n in i.notes] == [n.at for i in here.agenda for n in i.notes]
    assert len([n for i in there.agenda for n in i.notes]) == 4
    assert there.handed_in >= there.ended_at + 6 * HOUR
    (line,) = [burden_of(r) for r in hall.records("deputy", lambda r: r.kind is RecordKind.BURDEN).values()]
    assert (line.what, line.at, line.over) == (Load.MEETING, there.ended_at, 0) and 53 <= line.minutes < 60
