"""The operator acts: keys become commands, the screen shows them at once, and every outcome is said."""

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from commandscreen.domain.case import Stage, State
from commandscreen.store import queries
from commandscreen.store.delta import Delta
from commandscreen.store.outbox import Fate

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hands(seat):
    """A desk whose commands go to its replica, as the client sends them; `undo` is how long one waits."""
    view, replica = seat.view, seat.replica
    replica.told = lambda entries: seat.bridge.post(lambda: view.results.take(entries))
    replica.stand(seat.site, seat.desk.actor).result()
    view.hands.commanded.connect(lambda command: replica.command(command, 10.0))
    view.results.undo_wanted.connect(lambda ids: replica.commanding(lambda box: box.take_back(ids, time.time())))
    view.sent.dismissed.connect(lambda ids: replica.commanding(lambda box: box.dismiss(ids)))
    return seat


def pick(seat, state: State) -> int:
    """Selects the first case of a state, as a tired operator would: by the stage's tab."""
    wanted = next(i for i in seat.shown if seat.cases[i].state is state)
    seat.view.queue.list.setCurrentIndex(seat.view.queue.model.index(seat.view.queue.model.row_of(wanted)))
    seat.until(lambda: seat.desk.selected == wanted)
    seat.view.queue.list.setFocus()
    return wanted


def shown(seat, case_id: int):
    return seat.replica.write(lambda c: (queries.case(c, case_id), Delta())).result()


def entries(seat):
    return seat.replica.look_into_outbox(lambda box: box.listing())


def said(seat) -> str:
    return seat.view.queue.bar.words.text() if seat.view.queue.bar.isVisible() else ""


def test_the_suggested_unit_in_two_keys(hands) -> None:
    case = pick(hands, State.PENDING_DISPATCH)
    hands.key(K.Key_D)
    hands.until(lambda: hands.view.departments.dispatching)
    hands.until(lambda: hands.view.departments.list.currentIndex().row() == 0)
    hands.key(K.Key_Return)
    hands.until(lambda: shown(hands, case).state is State.PENDING_SIGN)
    kind = hands.site.classes[hands.cases[case].class_id]
    assert hands.site.units[shown(hands, case).lead].trade == kind.trade
    assert not hands.view.departments.dispatching
    hands.until(lambda: "秒内可撤销" in said(hands))
    row = hands.view.queue.model
    hands.until(lambda: bool(row.value(case).pending))


def test_another_unit_and_an_assisting_one_in_three_and_four_keys(hands) -> None:
    case = pick(hands, State.PENDING_DISPATCH)
    hands.key(K.Key_D)
    hands.until(lambda: hands.view.departments.dispatching and hands.view.departments.list.currentIndex().row() == 0)
    ids = hands.view.departments.model.ids
    third, fourth = int(ids[2]), int(ids[3])
    hands.key(K.Key_3)
    QTest.keyClick(hands.view.queue.list, K.Key_4, SHIFT)
    assert hands.site.units[fourth].short in hands.view.departments._plan.text()
    hands.key(K.Key_Return)
    hands.until(lambda: shown(hands, case).state is State.PENDING_SIGN)
    assert (shown(hands, case).lead, shown(hands, case).assists) == (third, (fourth,))


def test_keys_typed_ahead_are_not_lost(hands) -> None:
    """A quick hand does not wait for the disk: D 2 Enter in one go."""
    case = pick(hands, State.PENDING_DISPATCH)
    hands.key(K.Key_D, K.Key_2, K.Key_Return)
    hands.until(lambda: shown(hands, case).state is State.PENDING_SIGN)
    assert not hands.view.case.is_open
    pick(hands, State.HANDLING)
    hands.key(K.Key_D, K.Key_Return)
    hands.until(lambda: "这一步办不了" in said(hands))
    hands.qtbot.wait(50)
    assert not hands.view.case.is_open
    hands.key(K.Key_Return)
    hands.until(lambda: hands.view.case.is_open)


def test_escape_leaves_dispatch_and_changes_nothing(hands) -> None:
    case = pick(hands, State.PENDING_DISPATCH)
    hands.key(K.Key_D)
    hands.until(lambda: hands.view.departments.dispatching)
    hands.key(K.Key_Escape)
    assert not hands.view.departments.dispatching
    assert shown(hands, case) == hands.cases[case]
    assert list(entries(hands)) == []


def test_the_mouse_dispatches_too(hands) -> None:
    case = pick(hands, State.PENDING_DISPATCH)
    hands.key(K.Key_D)
    departments = hands.view.departments
    hands.until(lambda: departments.dispatching and departments.list.currentIndex().row() == 0)
    second = int(departments.model.ids[1])
    box = departments.list.visualRect(departments.model.index(1))
    QTest.mouseClick(departments.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    QTest.mouseClick(departments._button, Qt.MouseButton.LeftButton)
    hands.until(lambda: shown(hands, case).lead == second)


def test_undo_takes_it_back_within_ten_seconds(hands) -> None:
    case = pick(hands, State.PENDING_DISPATCH)
    hands.key(K.Key_D)
    hands.until(lambda: hands.view.departments.dispatching)
    hands.key(K.Key_Return)
    hands.until(lambda: "秒内可撤销" in said(hands))
    QTest.keyClick(hands.view.queue.list, K.Key_Z, CTRL)
    hands.until(lambda: shown(hands, case) == hands.cases[case])
    hands.until(lambda: said(hands) == "")
    assert list(entries(hands)) == []


def test_filing_takes_one_key(hands) -> None:
    case = pick(hands, State.REPORTED)
    hands.key(K.Key_Y)
    hands.until(lambda: shown(hands, case).state is State.PENDING_DISPATCH)
    assert shown(hands, case).flow[-1].text == hands.site.classes[hands.cases[case].class_id].filing


def test_a_quick_hand_on_four_cases_loses_none(hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """Y on one case after the other before the first was read from the disk: all are filed."""
    quick = [i for i in hands.shown if hands.cases[i].state is State.REPORTED][:4]
    assert len(quick) == 4
    read = queries.case

    def slowly(connection, number):  # type: ignore[no-untyped-def]
        time.sleep(0.1)
        return read(connection, number)

    monkeypatch.setattr(queries, "case", slowly)
    for case in quick:
        hands.desk.select(case)
        hands.view.hands.accept()
    hands.until(lambda: {shown(hands, c).state for c in quick} == {State.PENDING_DISPATCH})


def test_a_reminder_takes_one_key_and_is_in_the_flow(hands) -> None:
    case = pick(hands, State.HANDLING)
    hands.key(K.Key_U)
    hands.until(lambda: shown(hands, case).urges == hands.cases[case].urges + 1)
    assert shown(hands, case).flow[-1].kind == "urge"
    assert shown(hands, case).due_at == hands.cases[case].due_at


def write(seat, text: str) -> None:
    """Types as a Chinese input method does: one committed string."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(seat.view.queue.bar.field, event)


def test_a_note_is_written_in_place_and_survives_a_second_thought(hands) -> None:
    case = pick(hands, State.HANDLING)
    hands.key(K.Key_N)
    bar = hands.view.queue.bar
    hands.until(lambda: bar.asking and bar.field.hasFocus())
    write(hands, "居民说jD已停水")
    QTest.keyClick(bar.field, K.Key_Escape)
    hands.until(lambda: not bar.asking)
    assert list(entries(hands)) == []
    assert hands.view.queue.list.hasFocus()
    hands.key(K.Key_N)
    hands.until(lambda: bar.asking)
    assert bar.field.text() == "居民说jD已停水", "nothing half-typed is lost"
    QTest.keyClick(bar.field, K.Key_Return)
    hands.until(lambda: shown(hands, case).flow[-1].text == "居民说jD已停水")
    assert shown(hands, case).flow[-1].kind == "comment"


def test_a_case_is_sent_back_with_a_reason_and_never_without(hands) -> None:
    case = pick(hands, State.PENDING_DISPATCH)
    hands.key(K.Key_R)
    bar = hands.view.queue.bar
    hands.until(lambda: bar.asking and bar.field.hasFocus())
    QTest.keyClick(bar.field, K.Key_Return)
    assert bar.asking, "an empty reason is none"
    write(hands, "地址不全")
    hands.put(replace(hands.cases[case + 1], title="换了标题", ver=hands.cases[case + 1].ver + 1))
    assert bar.field.text() == "地址不全"
    QTest.keyClick(bar.field, K.Key_Return)
    hands.until(lambda: shown(hands, case).state is State.REPORTED)
    assert (shown(hands, case).flow[-1].kind, shown(hands, case).flow[-1].text) == ("send_back", "地址不全")


def test_what_the_rules_forbid_is_said_at_once_and_not_kept(hands) -> None:
    pick(hands, State.HANDLING)
    hands.key(K.Key_D)
    hands.until(lambda: "这一步办不了" in said(hands))
    assert list(entries(hands)) == []


def test_a_refused_command_stays_until_it_was_looked_at(hands) -> None:
    case = pick(hands, State.REPORTED)
    hands.key(K.Key_Y)
    hands.until(lambda: len(entries(hands)) == 1)
    name = entries(hands)[0].command.id
    hands.replica.commanding(lambda box: box.answered(name, Fate.CONFLICT, code="stale-base", theirs=2)).result()
    hands.until(lambda: "案件已被别人办到待受理" in said(hands))
    assert shown(hands, case).state is State.REPORTED
    QTest.keyClick(hands.view.queue.list, K.Key_E, CTRL)
    hands.until(lambda: hands.view.sent.is_open and hands.view.sent._again.isVisible())
    assert "待受理" in hands.view.sent._said["theirs"].text()
    hands.key(K.Key_Return)
    hands.until(lambda: shown(hands, case).state is State.PENDING_DISPATCH)
    hands.until(lambda: [e.fate for e in entries(hands)] == [Fate.WAITING, Fate.DROPPED])
    assert entries(hands)[0].command.id != name, "given anew, under a key of its own"


def test_the_queue_counts_what_was_done(hands) -> None:
    hands.desk.set_stage(Stage.DISPATCH)
    hands.until(lambda: all(hands.cases[i].state is State.PENDING_DISPATCH for i in hands.shown))
    before = len(hands.shown)
    hands.view.queue.list.setFocus()
    pick(hands, State.PENDING_DISPATCH)
    hands.key(K.Key_D)
    hands.until(lambda: hands.view.departments.dispatching)
    hands.key(K.Key_Return)
    hands.until(lambda: hands.view.queue._tabs._counts["dispatch"] == before - 1)
