"""Thousands of alarms at the desk: the UI thread makes no board, words no row that is not seen; and the marks on the map."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_alarm_line import desk, kept, line, make, put  # noqa: F401

from commandscreen import theme as look
from commandscreen.domain.alarm import Standing
from commandscreen.domain.alarm_rules import GROUP_MAX
from commandscreen.views import alarm_rows, alarms

K = Qt.Key


def test_the_board_of_thousands_is_made_off_the_ui_thread(desk, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    ui, made, worded = threading.get_ident(), [], []
    plain_board, plain_row = alarms.board, alarm_rows.alarm_words.row
    monkeypatch.setattr(alarms, "board", lambda *a: made.append(threading.get_ident()) or plain_board(*a))
    monkeypatch.setattr(alarm_rows.alarm_words, "row", lambda *a: worded.append(1) or plain_row(*a))
    put(desk, *(make(desk, n, 3, n) for n in range(1, 1_501)))
    desk.until(lambda: desk.view.header.alarm_counts.counts == (0, 0, 1_500))
    assert made
    assert ui not in made
    QTest.keyClick(desk.view.queue.list, K.Key_F8)
    sheet = desk.view.alarm_sheet
    desk.until(lambda: sheet.is_open and len(sheet.model.lines) == 1_500)
    sheet.list.viewport().repaint()
    seen = sheet.list.viewport().height() // sheet.list.row_pixels + 2
    assert 0 < len(worded) <= 3 * seen
    worded.clear()
    put(desk, make(desk, 1_501, 3, 0))
    desk.until(lambda: len(sheet.model.lines) == 1_501)
    sheet.list.viewport().repaint()
    assert len(worded) <= 3 * seen
    desk.view.alarms._tick()
    assert ui not in made


def test_a_group_larger_than_a_command_goes_with_one_key(desk) -> None:  # noqa: F811
    same = {"cause": "同一栋|排水"}
    put(desk, *(make(desk, n, 3, n, **same) for n in range(1, GROUP_MAX + 120)))
    desk.until(lambda: f"同源{GROUP_MAX + 119}条" in line(desk))
    desk.key(K.Key_A)
    desk.until(lambda: line(desk) == "")
    assert len(desk.given) == 2
    assert kept(desk, GROUP_MAX + 119).standing is Standing.ACKED
    assert [len([x for x in kept(desk, n).log if x.what == "ack"]) for n in (1, 2, GROUP_MAX + 60)] == [1, 1, 1]


def red_and_grey(seat, box) -> tuple[int, int]:
    """Pixels of the critical lamp and of a mark without colour in a box of the map."""
    picture = seat.view.map.map.grab(box.toAlignedRect()).toImage()
    points = [picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())]
    theme = look.of()
    return points.count(theme.color("lamp_red").name()), points.count(theme.color("text_secondary").name())


def test_each_alarmed_grid_is_marked_with_its_gravest_level(desk) -> None:  # noqa: F811
    view, site = desk.view.map, desk.site
    number = desk.shown[3]
    first, last = site.grids.span(desk.desk.actor.area)
    here, there, third = (int(site.grids.code[row]) for row in (first, (first + last) // 2, last - 1))
    desk.until(lambda: view.map.drawn)
    assert view.alarms.spots == ()
    assert not view.alarms.isVisible()
    put(
        desk, make(desk, 1, 3, grid=here), make(desk, 2, 1, 9, grid=here, case=number, kind="critical_report"),
        make(desk, 3, 2, grid=there), make(desk, 4, 2, standing=Standing.GONE, on=False, grid=third, case=number),
        make(desk, 5, 1, standing=Standing.CLOSED, on=False, grid=third),
    )  # fmt: skip
    desk.until(lambda: len(view.alarms.spots) == 3)
    told = {(s.level, s.cased, s.filled) for s in view.alarms.spots}
    assert told == {(1, True, True), (2, False, False), (2, True, False)}
    assert view.alarms.spots[-1].level == 1, "the gravest lies on top"
    for spot, box in zip(view.alarms.spots, view.alarms.boxes(), strict=True):
        assert view.map.rect().contains(box.toAlignedRect()), "every one is in the view of its township"
        red, grey = red_and_grey(desk, box)
        assert (red > 60) is (spot.level == 1)
        assert (grey > 10) is not spot.cased, "what is in no queue has no colour"
    before = view.alarms.boxes()
    view.map.zoom_in()
    desk.qtbot.wait(20)
    assert view.alarms.boxes() != before
    assert view.alarms.size() == view.map.size()


def test_the_marks_let_the_mouse_through(desk) -> None:  # noqa: F811
    view, site = desk.view.map, desk.site
    grid = int(site.grids.code[(sum(site.grids.span(desk.desk.actor.area))) // 2])
    desk.until(lambda: view.map.drawn)
    put(desk, make(desk, 1, 2, grid=grid))
    desk.until(lambda: len(view.alarms.spots) == 1)
    clicked: list[object] = []
    view.map.grid_clicked.connect(clicked.append)
    view.map.settle()
    at = view.alarms.boxes()[0].center()
    assert QApplication.widgetAt(view.map.mapToGlobal(at.toPoint())) in (view.map, None)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        QApplication.sendEvent(view.map, QMouseEvent(kind, QPointF(at), view.map.mapToGlobal(at), Qt.MouseButton.LeftButton,
                                                     Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))  # fmt: skip
    assert clicked


def test_a_group_is_one_row_until_it_is_spread_out(desk) -> None:  # noqa: F811
    same = {"cause": "同一栋|排水"}
    put(desk, *(make(desk, n, 3, 50 - n, **same) for n in range(1, 6)), make(desk, 9, 3, 200))
    QTest.keyClick(desk.view.queue.list, K.Key_F8)
    sheet = desk.view.alarm_sheet
    desk.until(lambda: sheet.is_open and sheet.list.hasFocus() and len(sheet.model.lines) == 2)
    assert sheet.current[0].id == 1, "the first-out stands for it"
    assert sheet.buttons["spread"].isVisible()
    QTest.keyClick(sheet.list, K.Key_Right)
    assert [alarm.id for alarm, _ in sheet.model.lines] == [1, 2, 3, 4, 5, 9]
    QTest.keyClick(sheet.list, K.Key_J)
    QTest.keyClick(sheet.list, K.Key_J)
    assert sheet.current[0].id == 3
    QTest.keyClick(sheet.list, K.Key_Left)
    assert len(sheet.model.lines) == 2
    assert sheet.current[0].id == 1
    QTest.keyClick(sheet.list, K.Key_S)
    assert sheet.asking.choices.isVisible()
    QTest.keyClick(sheet.asking.choices, K.Key_Escape)
    sheet.list.go(1)
    assert not sheet.buttons["spread"].isVisible()


def test_acknowledging_one_after_the_other_goes_down_the_list(desk) -> None:  # noqa: F811
    put(desk, make(desk, 1, 2, 10), make(desk, 2, 2, 20), make(desk, 3, 3, 5), make(desk, 4, 3, 9))
    QTest.keyClick(desk.view.queue.list, K.Key_F8)
    sheet = desk.view.alarm_sheet
    desk.until(lambda: sheet.is_open and sheet.list.hasFocus() and len(sheet.model.lines) == 4)
    for number, after in ((1, 2), (2, 3), (3, 4), (4, 4)):
        assert sheet.current[0].id == number
        QTest.keyClick(sheet.list, K.Key_A)
        desk.until(lambda n=number: kept(desk, n).standing is Standing.ACKED)
        desk.until(lambda a=after: sheet.current is not None and sheet.current[0].id == a)
    desk.until(lambda: line(desk) == "")
    assert len(desk.given) == 4
