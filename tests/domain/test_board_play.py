"""Random play on the board: nothing outside the lists reaches a village, nothing is published twice, nothing is lost, and
the counts above are the sum of the receipts below, whatever the order."""

from __future__ import annotations

import sys
from itertools import permutations
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from boards import (  # noqa: E402
    BUREAU,
    COUNTY,
    DAY,
    HEAD,
    HOUR,
    LEADER,
    LIST,
    SECOND_HEAD,
    SERVER,
    STREET,
    STREET_HEAD,
    VILLAGE,
    WORKER,
    Board,
)
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from sites import SHAHE, XINGONG, YOUHAO  # noqa: E402

from commandscreen.domain.command import Refusal  # noqa: E402
from commandscreen.domain.grid import grid_code  # noqa: E402
from commandscreen.domain.lists import granted, listed  # noqa: E402
from commandscreen.domain.near import likeness  # noqa: E402
from commandscreen.domain.person import Actor  # noqa: E402
from commandscreen.domain.receipt import receipt_of  # noqa: E402
from commandscreen.domain.record import RecordKind  # noqa: E402
from commandscreen.domain.task import NONE, FieldKind, TaskState, task_of  # noqa: E402

GRIDS = [str(grid_code(XINGONG, 1, n)) for n in (1, 2)]
TO = st.sampled_from(
    [[str(SHAHE)], [f"{SHAHE}/community"], [str(SHAHE), f"{SHAHE}/community"], [str(XINGONG), str(YOUHAO)]]
)
WHO = st.sampled_from(
    [None, None, None, None, HEAD, SECOND_HEAD, LEADER, BUREAU, STREET, STREET_HEAD, VILLAGE, WORKER, COUNTY]
)
ITEM = st.sampled_from([None, None, LIST, ["main_duty", 9]])
FIELDS = [["valves", "阀门", "number"], ["ok", "完好", "yes_no"]]
VALUES = st.fixed_dictionaries({}, optional={"valves": st.integers(0, 9), "ok": st.booleans()})
PICK = st.integers(0, 50)
MOVES = st.one_of(
    st.tuples(st.just("task.propose"), WHO, PICK, st.fixed_dictionaries({"to": TO, "item": ITEM})),
    st.tuples(st.just("task.edit"), WHO, PICK, st.fixed_dictionaries({}, optional={"to": TO, "item": ITEM})),
    st.tuples(st.sampled_from(["task.publish"]), WHO, PICK, st.fixed_dictionaries({"urgent": st.booleans()})),
    st.tuples(st.sampled_from(["task.send_back", "task.keep", "task.withdraw", "task.accept"]), WHO, PICK, st.just({})),
    st.tuples(st.sampled_from(["meeting.plan", "meeting.attend", "meeting.open", "meeting.end", "meeting.recheck",
                               "meeting.next", "meeting.carry", "meeting.take"]), WHO, PICK, st.just({})),
    st.tuples(st.just("meeting.publish"), WHO, PICK, st.fixed_dictionaries({"some": st.lists(PICK, min_size=1, max_size=3)})),
    st.tuples(st.sampled_from(["admission.ask", "admission.grant", "admission.deny"]), WHO, PICK, st.just({})),
    st.tuples(st.sampled_from(["receipt.sign", "receipt.sign", "receipt.accept", "receipt.ask", "receipt.grant", "receipt.deny",
                               "receipt.hand_over"]), WHO, PICK, st.just({})),
    st.tuples(st.sampled_from(["receipt.report", "receipt.send_back"]), WHO, PICK, st.fixed_dictionaries({"fields": VALUES})),
    st.tuples(st.just("receipt.split"), WHO, PICK, st.fixed_dictionaries(
        {"to": st.sampled_from([[str(XINGONG)], [str(XINGONG)], GRIDS])})),
    st.tuples(st.just("due"), st.just(SERVER), PICK, st.just({})),
    st.tuples(st.just("wait"), st.just(SERVER), st.integers(1, 30), st.just({})),
)  # fmt: skip


def right(board: Board, kind: str, number: int) -> Actor:
    """Someone who may give a command, so that play goes on."""
    record = board.held.get(number)
    if record is None:
        return HEAD if kind.startswith("meeting") else BUREAU
    if record.kind is RecordKind.MEETING:
        chair = board.meeting(number).chair
        return SECOND_HEAD if chair == SECOND_HEAD.id else HEAD
    if record.kind is RecordKind.RECEIPT:
        receipt = receipt_of(record)
        over = board.held.get(receipt.over)
        area = receipt.area
        if kind in ("receipt.accept", "receipt.send_back", "receipt.grant", "receipt.deny", "receipt.hand_over"):
            if receipt.direct or over is None:
                return BUREAU
            area = over.area
        code = int(str(area)[:12])
        return Actor(code % 10**6, "基层", STREET.roles | VILLAGE.roles, code)
    if kind in ("task.publish", "task.send_back", "admission.grant", "admission.deny"):
        return HEAD
    return BUREAU


def play(board: Board, move: tuple[Any, ...]) -> None:
    """One move; where the rules refuse, nothing may have changed."""
    kind, given_who, pick, more = move
    args = dict(more)
    if kind == "wait":
        board.now += pick * HOUR
        return
    if kind == "due":
        waiting = sorted(r.id for r in board.held.values() if 0 < r.due_at <= board.now)
        if waiting:
            number = waiting[pick % len(waiting)]
            board.give(SERVER, f"{board.held[number].kind}.due", number)
            assert not 0 < board.held[number].due_at <= board.now, "looked at again for ever"
        return
    record = RecordKind(kind.partition(".")[0])
    there = sorted(r.id for r in board.of(record))
    number = there[pick % len(there)] if there else 99
    tasks = sorted(r.id for r in board.of(RecordKind.TASK)) or [99]
    args |= {"reason": "理由写明白", "text": "说明", "title": f"任务{pick}", "task": tasks[pick % len(tasks)]}
    if kind in ("task.propose", "meeting.plan", "admission.ask"):
        number = 0
    if kind == "task.propose":
        args |= {"lane": "society", "due": board.now + 9 * DAY, "fields": FIELDS}
    elif kind == "meeting.plan":
        args["at"] = board.now + pick % 5 * DAY
    elif kind == "meeting.attend" and number != 99:
        args["keys"] = [m.key for m in board.meeting(number).members]
    elif kind == "meeting.carry":
        args["meeting"] = there[(pick // 2) % len(there)] if there else 99
    elif kind == "meeting.publish":
        args["tasks"] = [tasks[n % len(tasks)] for n in args.pop("some")]
    elif kind == "receipt.ask":
        args["until"] = board.now + 20 * DAY
    elif kind == "receipt.send_back":
        args["fields"] = sorted(args["fields"])
    elif kind == "receipt.hand_over":
        args["to"] = str([XINGONG, YOUHAO, 210304015001][pick % 3])
    who = given_who or right(board, kind, number)
    made = board.decide(who, kind, number, 0, "", **args)
    if not isinstance(made, Refusal):
        board.keep(made)


def check(board: Board) -> None:
    """What must hold at any moment."""
    receipts = [receipt_of(r) for r in board.of(RecordKind.RECEIPT)]
    for record in board.of(RecordKind.TASK):
        task = task_of(record)
        mine = [r for r in receipts if r.task == task.id]
        assert len({r.area for r in mine}) == len(mine), "one recipient, one receipt: nothing goes out twice"
        if any(r.area > 10**9 for r in mine):
            assert listed(task, board.site, granted(task.area, board.site, board)), "nothing outside the lists"
        total, sums = NONE, dict.fromkeys([f.key for f in task.fields if f.kind is FieldKind.NUMBER], 0.0)
        for receipt in mine:
            if receipt.direct:
                total = total.plus(NONE, receipt.counts)
                if not receipt.over and receipt.counts.reported:
                    for key in sums:
                        sums[key] += receipt.fields.get(key, 0)
            below = NONE
            for part in mine:
                if part.over == receipt.id:
                    below = below.plus(NONE, part.counts)
            assert receipt.sub == below
        assert task.counts == total
        assert dict(task.sums) == {k: v for k, v in sums.items() if v}
        c = task.counts
        if task.state is TaskState.REVIEW:
            assert c.reported == c.total > c.accepted
        if task.state is TaskState.ACTIVE:
            assert c.reported < c.total
        assert bool(mine) <= bool(task.published_at)


@settings(max_examples=200, deadline=None)
@given(st.lists(MOVES, max_size=60), st.sampled_from(["published", "split", "off-list", "drafts"]))
def test_whatever_people_do_the_board_holds(moves: list[tuple[Any, ...]], begun: str) -> None:
    board = Board()
    if begun == "published":
        board.published(fields=FIELDS, to=[str(SHAHE), f"{SHAHE}/community"])
    elif begun == "split":
        board.published(fields=FIELDS, to=[str(SHAHE)])
    elif begun == "off-list":
        board.published(item=None, to=[str(SHAHE)])
    else:
        board.open_meeting()
        board.propose(item=None)
        board.propose(fields=FIELDS)
    for record in board.of(RecordKind.RECEIPT):
        board.give(right(board, "receipt.sign", record.id), "receipt.sign", record.id)
    known: set[int] = set()
    for move in moves:
        play(board, move)
        assert known <= set(board.held), "nothing is lost"
        known = set(board.held)
    check(board)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_sum_is_the_same_whatever_the_order(data: st.DataObject) -> None:
    """Each village signs and reports in its own order; every interleaving leaves the same counts and sums."""
    values = data.draw(st.lists(st.integers(0, 20), min_size=3, max_size=3))
    ends = set()
    order = data.draw(st.permutations([0, 0, 1, 1, 2, 2]))
    for turn in (order, sorted(order), sorted(order, reverse=True)):
        board = Board()
        task = board.published(fields=[["valves", "阀门", "number"]], to=[str(SHAHE), f"{SHAHE}/community"])
        villages = [r for r in board.receipts(task) if r.area != SHAHE]
        done = [0, 0, 0]
        for who in turn:
            receipt = villages[who]
            actor = VILLAGE if receipt.area == XINGONG else type(VILLAGE)(60 + who, "村", VILLAGE.roles, receipt.area)
            if done[who] == 0:
                board.give(actor, "receipt.sign", receipt.id)
            else:
                board.give(actor, "receipt.report", receipt.id, text="完成", fields={"valves": values[who]})
            done[who] += 1
        upper = board.receipt(task, SHAHE)
        ends.add((board.task(task).counts, upper.sub, upper.sums.get("valves", 0)))
    assert len(ends) == 1 and next(iter(ends))[2] == sum(values)


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_a_share_and_symmetric(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1 and likeness(one, other) == likeness(other, one)
    assert likeness(one, one) in (0, 1)


def test_a_task_goes_out_once_whatever_the_way() -> None:
    """A meeting and an emergency, in either order, and the server at eight: one set of receipts."""
    for ways in permutations(("meeting", "urgent", "due")):
        board = Board()
        task, meeting = board.propose(), board.open_meeting()
        for way in ways:
            if way == "meeting":
                made = board.decide(HEAD, "meeting.publish", meeting, 0, "", tasks=[task])
            elif way == "urgent":
                made = board.decide(LEADER, "task.publish", task, 0, "", urgent=True, reason="管道破裂")
            else:
                made = board.decide(SERVER, "task.due", task)
            if not isinstance(made, Refusal):
                board.keep(made)
        assert len(board.receipts(task)) == 5
