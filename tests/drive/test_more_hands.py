"""The rest of the operator's keys: choices, merging, questions, calls to the spot, many cases at once, drag and drop."""

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_hands import CTRL, SHIFT, K, entries, hands, pick, said, shown, write

from commandscreen.domain.case import Ask, AskKind, Call, State
from commandscreen.domain.person import Actor, Role
from commandscreen.store.outbox import Fate, Outbox
from commandscreen.widgets.painted_list import DRAG_TYPE

__all__ = ["hands"]


def choices(seat) -> list[str]:
    box = seat.view.queue.choices
    return [c.text for c in box.choices] if box.isVisible() else []


def become(seat, *roles: Role, unit: int = 0, person: int = 4242) -> None:
    """Somebody else sits down, with every area of the city or a unit's desk."""
    actor = Actor(person, "陈工", frozenset(roles), seat.desk.actor.area, unit)
    seat.desk.actor = actor
    seat.replica.stand(seat.site, actor).result()


def land(seat, case: int) -> None:
    """The server took what waits: its row is the one shown, and the outbox lets go of it."""
    row = shown(seat, case)
    seat.replica.commanding(let_go).result()
    seat.put(row)


def let_go(box: Outbox) -> None:
    """Empties the outbox behind its back, and what it remembers of itself with it."""
    box._do("DELETE FROM outbox")
    box._known = None


def to_queue(seat) -> None:
    seat.view.queue.list.setFocus()


def test_the_top_duplicate_in_two_keys(hands) -> None:
    case = pick(hands, State.HANDLING)
    twin = replace(hands.cases[case], id=9001, number="立沙0311-9001", state=State.REPORTED)
    hands.put(twin)
    hands.until(lambda: 9001 in hands.shown)
    pick_case(hands, 9001)
    hands.key(K.Key_M)
    hands.until(lambda: bool(choices(hands)))
    assert hands.cases[case].number in choices(hands)[0]
    QTest.keyClick(hands.view.queue.choices, K.Key_Return)
    hands.until(lambda: shown(hands, 9001).state is State.MERGED)
    assert shown(hands, 9001).master == case
    hands.until(lambda: 9001 not in hands.shown)
    hands.until(lambda: "秒内可撤销" in said(hands))
    QTest.keyClick(hands.view.queue.list, K.Key_Z, CTRL)
    hands.until(lambda: 9001 in hands.shown and shown(hands, 9001).state is State.REPORTED)


def pick_case(seat, number: int) -> None:
    seat.view.queue.list.setCurrentIndex(seat.view.queue.model.index(seat.view.queue.model.row_of(number)))
    seat.until(lambda: seat.desk.selected == number)
    to_queue(seat)


def test_merge_typed_ahead_is_not_lost(hands) -> None:
    case = pick(hands, State.HANDLING)
    hands.put(replace(hands.cases[case], id=9001, number="立沙0311-9001", state=State.REPORTED))
    hands.until(lambda: 9001 in hands.shown)
    pick_case(hands, 9001)
    hands.key(K.Key_M, K.Key_Return)
    hands.until(lambda: shown(hands, 9001).state is State.MERGED)
    assert not hands.view.case.is_open


def test_escape_leaves_a_choice_and_nothing_happens(hands) -> None:
    case = pick(hands, State.HANDLING)
    QTest.keyClick(hands.view.queue.list, K.Key_U, SHIFT)
    hands.until(lambda: len(choices(hands)) == 3)
    QTest.keyClick(hands.view.queue.choices, K.Key_Escape)
    assert choices(hands) == []
    hands.until(hands.view.queue.list.hasFocus)
    assert shown(hands, case) == hands.cases[case]


def test_formal_supervision_wants_a_reply_which_the_unit_gives(hands) -> None:
    case = pick(hands, State.HANDLING)
    QTest.keyClick(hands.view.queue.list, K.Key_U, SHIFT)
    hands.until(lambda: len(choices(hands)) == 3)
    QTest.keyClick(hands.view.queue.choices, K.Key_2)
    hands.until(lambda: shown(hands, case).reply_due > 0)
    assert shown(hands, case).flow[-1].text.startswith("leader")
    land(hands, case)
    become(hands, Role.HANDLER, unit=hands.cases[case].lead)
    to_queue(hands)
    hands.key(K.Key_U)
    bar = hands.view.queue.bar
    hands.until(lambda: bar.asking)
    assert choices(hands), "ready phrases stand above the field"
    QTest.keyClick(bar.field, K.Key_2, CTRL)
    assert bar.field.text() == choices(hands)[1]
    QTest.keyClick(bar.field, K.Key_Return)
    hands.until(lambda: shown(hands, case).reply_due == 0)
    assert choices(hands) == []


def test_an_extension_is_asked_by_the_unit_and_granted_by_another(hands) -> None:
    case = next(i for i in hands.shown if hands.cases[i].state is State.HANDLING)
    now = hands.desk.now()
    fresh = replace(hands.cases[case], ver=hands.cases[case].ver + 1, handle_due=now + 7200, limit="urgent_hour:4",
                    due_at=now + 7200)  # fmt: skip
    hands.put(fresh)
    become(hands, Role.HANDLER, unit=fresh.lead)
    pick_case(hands, case)
    hands.key(K.Key_X)
    hands.until(lambda: len(choices(hands)) == 6)
    QTest.keyClick(hands.view.queue.choices, K.Key_1)
    bar = hands.view.queue.bar
    hands.until(lambda: bar.asking)
    write(hands, "等配件")
    QTest.keyClick(bar.field, K.Key_Return)
    hands.until(lambda: shown(hands, case).ask is not None)
    asked = shown(hands, case).ask
    assert (asked.kind, asked.value) == (AskKind.EXTENSION, 3600)
    to_queue(hands)
    hands.key(K.Key_X)
    hands.until(lambda: "等配件" in hands.view.queue.choices._title)
    QTest.keyClick(hands.view.queue.choices, K.Key_Return)
    hands.until(lambda: "岗位" in said(hands) or "同一人" in said(hands))
    landed = replace(fresh, ver=fresh.ver + 1, ask=Ask(AskKind.EXTENSION, now, 99, "陈工", 3600, "等配件"),
                     flow=shown(hands, case).flow)  # fmt: skip
    hands.replica.commanding(let_go).result()
    hands.put(landed)
    become(hands, Role.DISPATCHER, person=1)
    to_queue(hands)
    hands.key(K.Key_X)
    hands.until(lambda: choices(hands)[:1] == ["同意"])
    QTest.keyClick(hands.view.queue.choices, K.Key_Return)
    hands.until(lambda: shown(hands, case).handle_due == now + 7200 + 3600)


def test_a_whistle_is_blown_and_the_unit_reports_in(hands) -> None:
    case = pick(hands, State.HANDLING)
    hands.key(K.Key_W)
    departments = hands.view.departments
    hands.until(lambda: departments.dispatching)
    hands.key(K.Key_2, K.Key_3)
    ids = [int(i) for i in departments.model.ids]
    hands.key(K.Key_Return)
    hands.until(lambda: len(choices(hands)) == 3)
    QTest.keyClick(hands.view.queue.choices, K.Key_3)
    hands.until(lambda: [c.unit for c in shown(hands, case).calls] == ids[1:3])
    assert shown(hands, case).flow[-1].text.startswith("emergency")
    land(hands, case)
    become(hands, Role.HANDLER, unit=ids[1])
    to_queue(hands)
    hands.key(K.Key_Y)
    hands.until(lambda: shown(hands, case).calls[0].done_at > 0)


def test_another_unit_is_added_and_a_case_re_routed_before_it_was_signed(hands) -> None:
    case = pick(hands, State.PENDING_SIGN)
    lead = hands.cases[case].lead
    hands.key(K.Key_C)
    departments = hands.view.departments
    hands.until(lambda: departments.dispatching)
    other = next(n for n in range(1, 9) if departments.model.id_at(n - 1) not in (lead, *hands.cases[case].assists))
    unit = departments.model.id_at(other - 1)
    hands.key(getattr(K, f"Key_{other}"), K.Key_Return)
    hands.until(lambda: unit in shown(hands, case).assists)
    to_queue(hands)
    hands.key(K.Key_T)
    hands.until(lambda: departments.dispatching)
    assert departments._lead != lead
    wanted = departments._lead
    hands.key(K.Key_Return)
    bar = hands.view.queue.bar
    hands.until(lambda: bar.asking)
    write(hands, "辖区有误")
    QTest.keyClick(bar.field, K.Key_Return)
    hands.until(lambda: shown(hands, case).lead == wanted)
    assert shown(hands, case).handle_due == hands.cases[case].handle_due


def test_the_limit_is_shortened_while_dispatching(hands) -> None:
    case = next(
        i for i in hands.shown
        if hands.cases[i].state is State.PENDING_DISPATCH and hands.site.classes[hands.cases[i].class_id].limit.seconds > 4 * 3600
    )  # fmt: skip
    pick_case(hands, case)
    hands.key(K.Key_D)
    hands.until(lambda: hands.view.departments.dispatching)
    hands.key(K.Key_T)
    assert "限时" in hands.view.departments._plan.text()
    hands.key(K.Key_Return)
    hands.until(lambda: shown(hands, case).state is State.PENDING_SIGN)
    assert shown(hands, case).limit == "urgent_hour:1"


def test_many_cases_take_one_key_and_one_undo_with_a_result_each(hands) -> None:
    filed = [i for i in hands.shown if hands.cases[i].state is State.REPORTED][:3]
    stray = next(i for i in hands.shown if hands.cases[i].state is State.HANDLING)
    for case in (*filed, stray):
        pick_case(hands, case)
        QTest.keyClick(hands.view.queue.list, K.Key_Space, CTRL)
    assert list(hands.view.queue.marked) == [*filed, stray]
    assert hands.view.queue.model.data(hands.view.queue.model.index(hands.view.queue.model.row_of(stray)),
                                       Qt.ItemDataRole.AccessibleTextRole).startswith("已选")  # fmt: skip
    hands.key(K.Key_Y)
    hands.until(lambda: {shown(hands, c).state for c in filed} == {State.PENDING_DISPATCH})
    hands.until(lambda: "办了3件" in said(hands) and "1件未办" in said(hands))
    assert not hands.view.queue.marked
    QTest.keyClick(hands.view.queue.list, K.Key_E, CTRL)
    sent = hands.view.sent
    hands.until(lambda: sent.is_open and len(sent.model.items) == 4)
    assert any(hands.cases[stray].number in sent.spoken(i) and "未发出" in sent.spoken(i) for i in sent.model.items)
    QTest.keyClick(sent.list, K.Key_Escape)
    assert not sent.is_open
    hands.until(hands.view.queue.list.hasFocus)
    QTest.keyClick(hands.view.queue.list, K.Key_Z, CTRL)
    hands.until(lambda: {shown(hands, c).state for c in filed} == {State.REPORTED})
    assert list(entries(hands)) == []


def test_many_cases_are_dispatched_with_d_wherever_the_cursor_stands(hands) -> None:
    """D Enter with the cursor on the last marked case, and again on one that is not marked."""
    waiting = [i for i in hands.shown if hands.cases[i].state is State.PENDING_DISPATCH][:3]
    assert len(waiting) == 3
    elsewhere = next(i for i in hands.shown if hands.cases[i].state is State.HANDLING)
    for last in (waiting[-1], elsewhere):
        for case in waiting:
            pick_case(hands, case)
            QTest.keyClick(hands.view.queue.list, K.Key_Space, CTRL)
        pick_case(hands, last)
        hands.key(K.Key_D)
        hands.until(lambda: hands.view.departments.dispatching)
        hands.key(K.Key_Return)
        hands.until(lambda: {shown(hands, c).state for c in waiting} == {State.PENDING_SIGN})
        hands.until(lambda: "派遣：办了3件" in said(hands))
        hands.until(lambda: len(hands.view.results.undoable) == 3)
        QTest.keyClick(hands.view.queue.list, K.Key_Z, CTRL)
        hands.until(lambda: {shown(hands, c).state for c in waiting} == {State.PENDING_DISPATCH})


def test_shift_and_arrow_mark_one_after_the_other_and_escape_lets_go(hands) -> None:
    hands.view.queue.list.go(0)
    for _ in range(3):
        QTest.keyClick(hands.view.queue.list, K.Key_Down, SHIFT)
    assert len(hands.view.queue.marked) == 3
    hands.key(K.Key_Escape)
    assert not hands.view.queue.marked


def test_a_row_is_dropped_on_a_unit(hands) -> None:
    case = pick(hands, State.PENDING_DISPATCH)
    departments = hands.view.departments
    hands.until(lambda: len(departments.model.ids) > 2)
    unit = int(departments.model.ids[2])
    text = hands.view.queue.list.drag_text(hands.view.queue.list.currentIndex())
    assert text == str(case)
    data = QMimeData()
    data.setData(DRAG_TYPE, text.encode())
    place = QPointF(departments.list.visualRect(departments.model.index(2)).center())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(departments.list.viewport(), enter)
    assert enter.isAccepted()
    drop = QDropEvent(place, Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(departments.list.viewport(), drop)
    hands.until(lambda: shown(hands, case).lead == unit)


def test_a_unit_signs_and_needs_a_picture_to_feed_back(hands) -> None:
    case = pick(hands, State.PENDING_SIGN)
    become(hands, Role.HANDLER, unit=hands.cases[case].lead)
    hands.key(K.Key_Y)
    hands.until(lambda: shown(hands, case).state is State.HANDLING)
    assert shown(hands, case).handler == "陈工"
    hands.key(K.Key_B)
    hands.until(lambda: "照片" in said(hands))
    assert shown(hands, case).state is State.HANDLING


@pytest.mark.parametrize("give", [True, False])
def test_a_conflict_is_settled_in_two_keys_and_never_dropped_in_silence(hands, give: bool) -> None:
    case = pick(hands, State.REPORTED)
    hands.key(K.Key_Y)
    hands.until(lambda: len(entries(hands)) == 1)
    name = entries(hands)[0].command.id
    moved = replace(hands.cases[case], ver=hands.cases[case].ver + 1)
    if not give:
        moved = replace(moved, state=State.PENDING_DISPATCH)
    hands.replica.commanding(lambda box: box.answered(name, Fate.CONFLICT, code="stale-base", theirs=9)).result()
    hands.put(moved)
    hands.until(lambda: "未办成" in said(hands))
    QTest.keyClick(hands.view.queue.list, K.Key_E, CTRL)
    sent = hands.view.sent
    hands.until(lambda: sent.is_open and sent._detail.isVisible())
    hands.until(lambda: sent._again.isVisible() is give)
    QTest.keyClick(sent.list, K.Key_Return if give else K.Key_Delete)
    if give:
        hands.until(lambda: shown(hands, case).state is State.PENDING_DISPATCH)
        assert [e.fate for e in entries(hands)] == [Fate.WAITING, Fate.DROPPED], "both are kept, one was chosen"
        assert entries(hands)[0].command.id != name
    else:
        hands.until(lambda: [e.fate for e in entries(hands)] == [Fate.DROPPED])
        hands.until(lambda: not hands.view.results.attention and "放下" in sent.spoken(sent.model.items[0]))
        assert shown(hands, case).state is State.PENDING_DISPATCH


def test_calls_and_questions_can_be_read_in_the_drawer(hands) -> None:
    case = pick(hands, State.HANDLING)
    now = int(time.time())
    units = [u for u in hands.site.units if u != hands.cases[case].lead][:2]
    hands.put(replace(
        hands.cases[case], ver=hands.cases[case].ver + 1, calls=(Call(units[0], now, now + 1800, now + 60),
        Call(units[1], now, now + 1800)), ask=Ask(AskKind.EXTENSION, now, 99, "陈工", 3600, "等配件"), reply_due=now + 60,
        level=3, exempt=True, late=True,
    ))  # fmt: skip
    hands.key(K.Key_Return)
    hands.until(lambda: hands.view.case.is_open and hands.view.case.case is not None)
    facts = dict(hands.view.case._facts.facts)
    assert "已报到" in facts["吹哨"]
    assert "等配件" in facts["等批复"]
    assert facts["督办"]
    assert "不计超时" in facts["申诉"]
