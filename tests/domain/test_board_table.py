"""The board's table, line by line: every edge leads where it says for each of its posts, every missing one is refused, and
so is every other post, every stranger, every stale base and every missing argument."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from boards import BUREAU, DAY, HEAD, HOUR, LEADER, LIST, THURSDAY, VILLAGE, Board  # noqa: E402
from sites import CHANGDIAN, CITY, SHAHE, XINGONG, YOUHAO, tiny_site  # noqa: E402

from commandscreen.domain import admissions, burdens, meetings, receipts, tasks  # noqa: E402
from commandscreen.domain.admission import AdmissionState  # noqa: E402
from commandscreen.domain.board import ACTS, KINDS, Act, Whose, act, allowed  # noqa: E402
from commandscreen.domain.burden import BurdenState  # noqa: E402
from commandscreen.domain.command import Reason, Refusal  # noqa: E402
from commandscreen.domain.meeting import MeetingState  # noqa: E402
from commandscreen.domain.person import Actor, Role  # noqa: E402
from commandscreen.domain.receipt import ReceiptState  # noqa: E402
from commandscreen.domain.record import RecordKind  # noqa: E402
from commandscreen.domain.task import TaskState  # noqa: E402
from commandscreen.protocol.rows import record_from_values, record_values  # noqa: E402

STATES: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.MEETING: tuple(MeetingState), RecordKind.TASK: tuple(TaskState), RecordKind.RECEIPT: tuple(ReceiptState),
    RecordKind.ADMISSION: tuple(AdmissionState), RecordKind.BURDEN: tuple(BurdenState),
}  # fmt: skip


def meeting(board: Board, state: str) -> int:
    if state == MeetingState.CANCELLED:
        number = board.give(HEAD, "meeting.plan", at=board.now)
        board.give(HEAD, "meeting.cancel", number, reason="改期")
        return number
    number = board.give(HEAD, "meeting.plan", at=board.now)
    board.give(HEAD, "meeting.attend", number, keys=[m.key for m in board.meeting(number).members])
    if state != MeetingState.PLANNED:
        board.give(HEAD, "meeting.open", number)
    if state == MeetingState.ENDED:
        board.give(HEAD, "meeting.end", number)
    return number


def task(board: Board, state: str) -> int:
    number = board.propose(to=[str(SHAHE), str(YOUHAO)])
    if state == TaskState.WAITING:
        board.now = THURSDAY + 11 * HOUR
    if state in (TaskState.WAITING, TaskState.ACTIVE, TaskState.REVIEW, TaskState.DONE):
        board.give(HEAD, "meeting.publish", board.open_meeting(), tasks=[number])
    if state in (TaskState.REVIEW, TaskState.DONE):
        for each in board.receipts(number):
            board.give(replace(VILLAGE, area=each.area), "receipt.sign", each.id)
            board.give(replace(VILLAGE, area=each.area), "receipt.report", each.id, text="完成")
    if state == TaskState.DONE:
        board.give(BUREAU, "task.accept", number)
    made = {TaskState.RETURNED: ("task.send_back", HEAD), TaskState.OWN: ("task.keep", BUREAU),
            TaskState.WITHDRAWN: ("task.withdraw", BUREAU)}  # fmt: skip
    if state in made:
        kind, who = made[TaskState(state)]
        board.give(who, kind, number, reason="理由")
    return number


def receipt(board: Board, state: str) -> int:
    number = board.published(to=[str(SHAHE), str(YOUHAO)])
    mine = board.receipt(number, SHAHE).id
    who = replace(VILLAGE, area=SHAHE)
    if state != ReceiptState.SENT:
        board.give(who, "receipt.sign", mine)
    if state in (ReceiptState.REPORTED, ReceiptState.BACK, ReceiptState.ACCEPTED):
        board.give(who, "receipt.report", mine, text="完成")
    if state == ReceiptState.BACK:
        board.give(BUREAU, "receipt.send_back", mine, reason="补")
    if state == ReceiptState.ACCEPTED:
        board.give(BUREAU, "receipt.accept", mine)
    return mine


def admission(board: Board, state: str) -> int:
    number = board.give(BUREAU, "admission.ask", task=board.propose(item=None), title="新项", reason="需要")
    if state == AdmissionState.GRANTED:
        board.give(HEAD, "admission.grant", number)
    if state == AdmissionState.DENIED:
        board.give(HEAD, "admission.deny", number, reason="不必")
    return number


def burden(board: Board, state: str) -> int:
    number = board.give(LEADER, "burden.note", what="document", title="文", at=board.now)
    if state == BurdenState.STRUCK:
        board.give(LEADER, "burden.strike", number, reason="误")
    return number


MAKE: dict[RecordKind, Callable[[Board, str], int]] = {
    RecordKind.MEETING: meeting, RecordKind.TASK: task, RecordKind.RECEIPT: receipt,
    RecordKind.ADMISSION: admission, RecordKind.BURDEN: burden,
}  # fmt: skip


def subject_of(board: Board, kind: RecordKind, state: str | None) -> int:
    """A record in a state, made by commands alone; 0 for none."""
    number = MAKE[kind](board, state) if state is not None else 0
    assert not number or board.held[number].state == state
    return number


def args_of(board: Board, line: Act, number: int) -> dict[str, Any]:
    """Arguments with which a command is carried out, once the board is ready for it."""
    to, due = [str(SHAHE)], board.now + 2 * DAY
    match line.kind:
        case "meeting.plan":
            return {"at": board.now + 4 * DAY}
        case "meeting.edit":
            return {"title": "改名"}
        case "meeting.attend":
            return {"keys": ["1"]}
        case "meeting.carry":
            board.now -= 7 * DAY
            earlier = board.give(HEAD, "meeting.plan", at=board.now)
            board.propose(meeting=earlier, due=board.now + 20 * DAY)
            board.give(HEAD, "meeting.cancel", earlier, reason="改期")
            board.now += 7 * DAY
            return {"meeting": earlier}
        case "meeting.review":
            urgent = board.propose()
            board.give(LEADER, "task.publish", urgent, urgent=True, reason="管道破裂")
            return {"task": urgent, "proper": True}
        case "meeting.resolve":
            return {"number": 0, "lane": "party", "title": "决议", "to": to, "due": due}
        case "meeting.recheck":
            board.site = tiny_site(list_version=2)
            return {}
        case "meeting.publish":
            return {"tasks": [board.propose(to=to)]}
        case "meeting.due" | "task.due":
            board.now = board.held[number].due_at
            return {}
        case "task.propose":
            return {"lane": "party", "title": "新任务", "to": to, "due": due}
        case "task.edit":
            return {"title": "改名"}
        case "task.schedule":
            return {"meeting": board.give(HEAD, "meeting.plan", at=board.now + 4 * DAY)}
        case "task.publish":
            return {"urgent": True, "reason": "管道破裂，须当晚排查"}
        case "receipt.progress":
            return {"share": 40}
        case "receipt.attach":
            return {"photos": ["a" * 64]}
        case "receipt.ask":
            return {"until": board.held[number].doc["due"] + DAY, "reason": "人手不足"}
        case "receipt.grant" | "receipt.deny":
            until = board.held[number].doc["due"] + DAY
            board.give(replace(VILLAGE, area=SHAHE), "receipt.ask", number, until=until, reason="人手不足")
            return {"reason": "不能"}
        case "receipt.split":
            return {"to": [str(XINGONG)]}
        case "receipt.hand_over":
            return {"to": str(CHANGDIAN)}
        case "admission.ask":
            return {"task": board.propose(item=None), "title": "新项", "reason": "需要"}
        case "burden.note":
            return {"what": "document", "title": "文", "at": board.now}
    return {"reason": "理由写明", "text": "说明"}


def actor_of(line: Act, role: Role, board: Board, number: int) -> Actor:
    """Someone of a post who stands to the record as the line asks."""
    if line.whose is Whose.SERVER:
        return Actor(0, "", frozenset({role}), CITY)
    if line.whose in (Whose.PROPOSER, Whose.ABOVE):
        return Actor(50, "甲", frozenset({role}), CITY, 6)
    if line.whose is Whose.RECIPIENT:
        return Actor(50, "乙", frozenset({role}), board.held[number].area)
    return Actor(HEAD.id if line.whose is Whose.CHAIR else 50, "丙", frozenset({role}), CITY)


def ready(line: Act) -> tuple[Board, int, dict[str, Any]]:
    board = Board()
    number = subject_of(board, line.record, line.start)
    return board, number, args_of(board, line, number)


def name(line: Act) -> str:
    return f"{line.kind}-{line.start}"


@pytest.mark.parametrize("line", ACTS, ids=name)
def test_every_edge_leads_where_it_says(line: Act) -> None:
    for role in sorted(line.roles):
        board, number, args = ready(line)
        there = board.give(actor_of(line, role, board, number), line.kind, number, **args)
        if line.kind == "meeting.resolve":
            there = board.meeting(number).tasks[-1]
            assert board.held[there].state == TaskState.DRAFT
        elif line.end:
            assert board.held[there].state == line.end


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_missing_edge_is_refused(kind: str) -> None:
    record = RecordKind(kind.partition(".")[0])
    everyone = frozenset(Role)
    for state in (None, *STATES[record]):
        if act(kind, state) is not None:
            continue
        board = Board()
        number = subject_of(board, record, state)
        before = dict(board.held)
        made = board.decide(Actor(HEAD.id, "全权", everyone, CITY), kind, number, 0, "", reason="理由写明", text="说明")
        assert isinstance(made, Refusal) and board.held == before
        second = {
            Reason.WRONG_STATE,
            Reason.ALREADY_CHAIRED,
            Reason.ALREADY_PUBLISHED,
            Reason.ALREADY_REPORTED,
            Reason.TOO_LATE,
        }
        assert made.reason in (second if state else {Reason.UNKNOWN_CASE}), (kind, state, made)


@pytest.mark.parametrize("line", ACTS, ids=name)
def test_every_other_post_every_stranger_every_lack_and_every_stale_base(line: Act) -> None:
    board, number, args = ready(line)
    role = min(line.roles)
    right = actor_of(line, role, board, number)
    others = frozenset(Role) - line.roles - {Role.SYSTEM}
    assert board.refused(replace(right, roles=others), line.kind, number, **args) is Reason.WRONG_ROLE
    if line.whose is not Whose.SERVER:
        far = Actor(51, "外人", frozenset({role}), CHANGDIAN)
        # Where a record is made it is made on the maker's own board.
        if line.start is not None or line.kind in ("admission.ask",):
            assert board.refused(far, line.kind, number, **args) in (
                Reason.OUT_OF_SCOPE, Reason.NOT_YOUR_UNIT, Reason.NOT_CHAIR,
            )  # fmt: skip
    for lack in line.needs:
        without = {k: v for k, v in args.items() if k != lack}
        assert board.refused(right, line.kind, number, **without) is Reason.MISSING_ARGUMENT, lack
    if line.fresh:
        stale = board.held[number].ver + 1
        assert board.refused(right, line.kind, number, stale, **args) is Reason.STALE_BASE


def test_the_table_and_the_rules_name_the_same_commands() -> None:
    rules = [*meetings.RULES, *tasks.RULES, *receipts.RULES, *admissions.RULES, *burdens.RULES]
    assert sorted(rules) == sorted(KINDS)
    assert len({(a.kind, a.start) for a in ACTS}) == len(ACTS)
    shown = allowed(RecordKind.TASK, TaskState.DRAFT, frozenset({Role.HANDLER}))
    assert "task.edit" in {a.kind for a in shown} and "task.publish" not in {a.kind for a in shown}
    assert LIST == ["main_duty", 1]


NONSENSE: tuple[Any, ...] = (
    None, -1, 0, 2**53, 2**60, 1.5, float("inf"), True, "", "x" * 5000, "\u200b", "2103/none", "２１０３", [], {}, [[]], [None],
    [{}], [True], [-1], ["2103/none"], [["", "", 1]], [["party", "题", 10, "", 99]], [[1, 2, 3]], [["k", "l", "number"]] * 30,
    [["名", "", 99, ""]], {"a": [1]}, ["main_duty", "1"], ["admitted", 7], ["main_duty", 10**30],
    ["admitted", 2**64 - 1], [2**64 - 1], 2**64 - 1, [[2**64 - 1]],
)  # fmt: skip


@pytest.mark.parametrize("line", ACTS, ids=name)
def test_nonsense_in_any_argument_is_an_answer(line: Act) -> None:
    """One argument at a time, all others right: a refusal or a record that reads back, never a fault."""
    board, number, args = ready(line)
    who = actor_of(line, min(line.roles), board, number)
    for key in {*line.needs, *line.takes}:
        for value in NONSENSE:
            made = board.decide(who, line.kind, number, 0, "", **{**args, key: value})
            if not isinstance(made, Refusal):
                for record in made:
                    assert record_from_values(record_values(record)) == record
