"""What panels say when there is no server, no answer, or no right to see: driven on the operator's screen."""

import time
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from commandscreen.domain.case import Lamp, Source, State
from commandscreen.store import figures, queries
from commandscreen.sync.status import Phase, SyncStatus
from commandscreen.widgets.offline_note import OfflineNote
from commandscreen.widgets.state_pane import StatePane


def words(widget) -> str:  # type: ignore[no-untyped-def]
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def away(seat, **more: object) -> SyncStatus:  # type: ignore[no-untyped-def]
    now = time.monotonic()
    return SyncStatus(
        Phase.OFFLINE, seat.desk.now() - 700.0, now - 700, now - 700, attempt=4, retry_at=now + 27, **more
    )


def test_offline_the_departments_say_what_can_be_done(seat, qtbot) -> None:  # type: ignore[no-untyped-def]
    note = seat.view.departments.findChild(OfflineNote)
    assert not note.isVisible()
    seat.view.take_status(away(seat))
    said = words(note)
    assert all(word in said for word in ("能做", "不能做", "第4次", "没有等着发出的指令"))
    with qtbot.waitSignal(seat.view.retry_wanted):
        qtbot.mouseClick(note.findChild(QPushButton), Qt.MouseButton.LeftButton)
    seat.view.take_status(SyncStatus(Phase.LIVE, float(seat.desk.now()), time.monotonic()))
    assert not note.isVisible()


def test_offline_the_note_makes_room_for_choosing_units(seat) -> None:  # type: ignore[no-untyped-def]
    seat.view.take_status(away(seat))
    seat.key(Qt.Key.Key_J)
    seat.until(lambda: seat.desk.selected > 0)
    row = next(i for i in seat.shown if seat.cases[i].state.value == "pending_dispatch")
    seat.desk.select(row)
    seat.key(Qt.Key.Key_D)
    seat.until(lambda: seat.view.departments.dispatching)
    seat.view.take_status(away(seat, skew=0.5))
    assert not seat.view.departments.findChild(OfflineNote).isVisible()


def test_opening_a_case_offline_leaves_the_window_as_large_as_it_is(seat, qtbot) -> None:  # type: ignore[no-untyped-def]
    seat.view.take_status(away(seat))
    seat.desk.open(seat.shown[0])
    seat.until(lambda: seat.view.case.is_open)
    qtbot.wait(100)
    assert (seat.view.width(), seat.view.height()) == (1920, 1080)


def test_the_sync_block_answers_to_the_keyboard(seat, qtbot) -> None:  # type: ignore[no-untyped-def]
    block = seat.view.header._sync
    assert block.focusPolicy() & Qt.FocusPolicy.TabFocus
    block.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(seat.view.retry_wanted):
            qtbot.keyClick(block, key)


def test_enter_and_space_belong_to_the_button_that_has_the_focus(seat, qtbot) -> None:  # type: ignore[no-untyped-def]
    lamp = next(b for b in seat.view.queue.findChildren(QPushButton) if b.accessibleName() == "超期")
    lamp.setFocus()
    qtbot.keyClick(lamp, Qt.Key.Key_Space)
    assert len(seat.desk.filter.lamps) == 1
    assert not seat.view.case.is_open


def test_each_panel_says_when_it_cannot_read(seat, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*_: object) -> None:
        raise ValueError("disk gone 13912345678")

    with monkeypatch.context() as patch:
        for name in ("case_ids", "unit_loads", "grid_worst"):
            patch.setattr(queries, name, broken)
        patch.setattr(figures, "day_figures", broken)
        seat.view.refresh()
        seat.until(lambda: seat.view.queue.covered and seat.view.departments.covered)
        seat.until(lambda: "DB-08" in words(seat.view.map))
        seat.until(lambda: "DB-07" in words(seat.view.figures))
        pane = seat.view.queue.findChild(StatePane)
        assert "DB-05" in words(pane) and "13912345678" not in words(pane)
        copy = next(b for b in pane.findChildren(QPushButton) if "复制" in b.text())
        copy.click()
        assert "13912345678" in QGuiApplication.clipboard().text()
    seat.view.refresh()
    seat.until(lambda: not seat.view.queue.covered and not seat.view.departments.covered)
    seat.until(lambda: "DB-08" not in words(seat.view.map) and "DB-07" not in words(seat.view.figures))


def test_a_case_that_is_not_mine_says_so_and_the_next_one_shows(seat) -> None:  # type: ignore[no-untyped-def]
    seat.desk.open(987_654)
    seat.until(lambda: "不在你的辖区" in words(seat.view.case))
    assert seat.view.width() == 1920
    number = seat.shown[0]
    seat.desk.open(number)
    seat.until(lambda: seat.cases[number].title in words(seat.view.case))
    assert "不在你的辖区" not in words(seat.view.case)


def test_an_empty_list_names_the_condition_that_keeps_it_empty(seat) -> None:  # type: ignore[no-untyped-def]
    wanted = replace(seat.desk.filter, lamps=frozenset({Lamp.OVERDUE}), sources=frozenset({Source.MASS_ORG}))
    late = [c for c in seat.cases.values() if c.due_at <= seat.desk.now()]
    assert late and not any(c.source is Source.MASS_ORG for c in late)
    seat.desk.set_filter(wanted)
    seat.until(lambda: "群团渠道" in words(seat.view.queue._stack_host))
    said = words(seat.view.queue._stack_host)
    assert f"去掉“群团渠道”有{len(late)}件" in said and "去掉全部条件有47件" in said
    one = next(b for b in seat.view.queue.findChildren(QPushButton) if "只去掉" in b.text() and b.isVisible())
    one.click()
    assert seat.desk.filter.conditions == 1
    seat.until(lambda: len(seat.shown) > 0)


def test_a_quiet_area_says_so_and_leads_to_what_was_done(seat) -> None:  # type: ignore[no-untyped-def]
    seat.desk.set_area(210304015017)
    seat.until(lambda: 0 < len(seat.shown) < 47)
    now = seat.desk.now()
    here = [c for c in seat.cases.values() if c.grid // 10_000 == 210304015017]
    done = [replace(c, state=State.CLOSED, closed_at=now - 60, ver=c.ver + 1, changed_at=now) for c in here]
    seat.view.queue._touched = 0.0
    seat.put(*done)
    seat.until(lambda: "没有在办案件" in words(seat.view.queue._stack_host))
    assert f"看今日办结{len(done)}件" in " ".join(
        b.text() for b in seat.view.queue.findChildren(QPushButton) if b.isVisible()
    )


def test_the_list_gets_the_keyboard_back_from_what_covered_it(seat) -> None:  # type: ignore[no-untyped-def]
    queue = seat.view.queue
    assert queue.list.hasFocus()
    queue.cover(StatePane("check", "", ""))
    assert not queue.list.hasFocus()
    queue.cover(None)
    assert queue.list.hasFocus()


def test_enter_dispatches_wherever_the_tab_key_has_gone(seat, qtbot) -> None:  # type: ignore[no-untyped-def]
    number = next(i for i in seat.shown if seat.cases[i].state is State.PENDING_DISPATCH)
    seat.desk.select(number)
    seat.key(Qt.Key.Key_D)
    seat.until(lambda: seat.view.departments.dispatching)
    rail = seat.view.rail.findChild(QPushButton) or seat.view.rail._items["desk"]
    rail.setFocus()
    with qtbot.waitSignal(seat.view.hands.commanded) as given:
        qtbot.keyClick(rail, Qt.Key.Key_Return)
    assert (given.args[0].kind, given.args[0].case_id) == ("dispatch", number)
