"""Painted lists: rows, keys, selection, and what a screen reader hears."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from widgets_gallery import CASES, HOSTILE, UNITS, Rows

from commandscreen import theme as look
from commandscreen.widgets.case_row import HEIGHT, CaseRow, paint_case_row
from commandscreen.widgets.flow_timeline import FlowLine
from commandscreen.widgets.painted_list import PaintedList
from commandscreen.widgets.palette_box import PaletteItem
from commandscreen.widgets.plain_label import LONGEST_LINE
from commandscreen.widgets.ticker import Event
from commandscreen.widgets.unit_row import HEIGHT as UNIT_HEIGHT
from commandscreen.widgets.unit_row import UnitRow, paint_unit_row


@pytest.fixture
def queue(qtbot, qapp: QApplication) -> PaintedList:
    look.apply(qapp, look.make("dark", reduce_motion=True))
    made = PaintedList(HEIGHT, paint_case_row)
    model = Rows((*CASES, None))
    model.setParent(made)
    made.setModel(model)
    made.resize(476, 6 * HEIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def _row(picture: QImage, row: int) -> QImage:
    return picture.copy(0, row * HEIGHT, picture.width() - 12, HEIGHT - 2)


def test_rows_have_one_height_that_follows_the_scale(queue: PaintedList, qapp: QApplication) -> None:
    assert queue.sizeHintForRow(0) == queue.sizeHintForRow(4) == 74
    look.apply(qapp, look.make("dark", 1.5))
    assert queue.sizeHintForRow(0) == 111
    look.apply(qapp, look.make("dark"))


def test_letters_move_and_never_edit(queue: PaintedList, qtbot) -> None:
    queue.setCurrentIndex(queue.model().index(0, 0))
    rows = []
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K):
        qtbot.keyClick(queue, key)
        rows.append(queue.currentIndex().row())
    assert rows == [1, 2, 1]
    qtbot.keyClick(queue, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
    assert queue.currentIndex().row() == len(CASES)
    qtbot.keyClick(queue, Qt.Key.Key_J)
    assert queue.currentIndex().row() == len(CASES)
    qtbot.keyClick(queue, Qt.Key.Key_G)
    assert queue.currentIndex().row() == 0
    assert queue.state() != PaintedList.State.EditingState


def test_an_input_method_does_not_get_the_letters(queue: PaintedList, qtbot) -> None:
    """DESIGN §12, trap 2: a Chinese input method would eat J, K and D."""
    queue.setCurrentIndex(queue.model().index(1, 0))
    assert not queue.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_enter_and_double_click_open(queue: PaintedList, qtbot) -> None:
    opened: list[int] = []
    queue.activated_row.connect(lambda index: opened.append(index.row()))
    queue.go(2)
    qtbot.keyClick(queue, Qt.Key.Key_Return)
    at = QPoint(200, HEIGHT // 2)
    qtbot.mouseClick(queue.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(queue.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == [2, 0]


def test_every_key_and_click_holds_back_sorting(queue: PaintedList, qtbot) -> None:
    touched: list[int] = []
    queue.touched.connect(lambda: touched.append(1))
    qtbot.keyClick(queue, Qt.Key.Key_Down)
    qtbot.mouseClick(queue.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    assert len(touched) >= 2


def test_the_selected_row_is_tinted_and_barred(queue: PaintedList) -> None:
    theme = look.of()
    queue.go(1)
    picture = queue.viewport().grab().toImage()
    assert picture.pixelColor(1, HEIGHT + 10) == theme.color("accent")
    assert picture.pixelColor(8, HEIGHT + 3) == theme.color("bg_selected")
    assert picture.pixelColor(1, 10) != theme.color("accent")


def test_a_row_not_loaded_yet_is_a_still_skeleton(queue: PaintedList) -> None:
    first = _row(queue.viewport().grab().toImage(), len(CASES))
    assert first.pixelColor(20, 20) == look.of().color("bg_hover")
    assert first == _row(queue.viewport().grab().toImage(), len(CASES))


@pytest.mark.parametrize("field", ["countdown", "title", "where", "stage", "word", "badges", "lamp"])
def test_each_part_of_a_row_is_seen(queue: PaintedList, field: str) -> None:
    """A row differs to the eye from the same row without that part."""
    from dataclasses import replace

    other = {"badges": (), "lamp": "ok"}.get(field, "")
    model = Rows((CASES[0], replace(CASES[0], **{field: other})))
    model.setParent(queue)
    queue.setModel(model)
    picture = queue.viewport().grab().toImage()
    assert _row(picture, 0) != _row(picture, 1)


def test_rows_are_heard_in_full(queue: PaintedList) -> None:
    spoken = queue.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("超期 0:47 光明社区7号楼外墙砖脱落")
    assert spoken.endswith("催办2 重复3 附件4")


@pytest.mark.parametrize("width", [262, 294, 396])
def test_the_overdue_count_of_a_unit_is_never_cut_off(qtbot, qapp: QApplication, width: int) -> None:
    look.apply(qapp, look.make("dark"))
    units = PaintedList(UNIT_HEIGHT, paint_unit_row)
    qtbot.addWidget(units)
    model = Rows(UNITS[:2])
    model.setParent(units)
    units.setModel(model)
    units.resize(width, UNIT_HEIGHT * 2)
    units.show()
    picture = units.viewport().grab().toImage()
    ground = picture.pixelColor(picture.width() - 1, 2)
    edge = [picture.pixelColor(picture.width() - x, y) for x in (1, 2) for y in range(UNIT_HEIGHT - 2)]
    assert all(c == ground for c in edge)
    red = look.of().color("lamp_red")
    assert any(picture.pixelColor(x, y) == red for x in range(width // 2, picture.width()) for y in range(UNIT_HEIGHT))


def test_other_peoples_text_cannot_turn_a_painted_line_round() -> None:
    row = CaseRow("ok", "", "", None, HOSTILE, "eye", HOSTILE, HOSTILE, HOSTILE)
    texts = [row.title, row.where, row.short_where, row.stage, Event("", "eye", HOSTILE, 1).text,
             FlowLine("", "", HOSTILE, HOSTILE).actor, FlowLine("", "", HOSTILE, HOSTILE).text,
             UnitRow(1, 1, HOSTILE, HOSTILE, 0, 0, 0, "").name, UnitRow(1, 1, "", HOSTILE, 0, 0, 0, "").duty,
             PaletteItem(1, "ok", HOSTILE, detail=HOSTILE).text]  # fmt: skip
    for text in texts:
        assert text.startswith("<b>粗</b>倒写 & <img src=x>")
        assert len(text) <= LONGEST_LINE


def test_a_match_that_no_longer_stands_there_is_not_underlined() -> None:
    assert PaletteItem(1, "ok", "鞍千路", (0, 2)).match == (0, 2)
    assert PaletteItem(1, "ok", "\u202e鞍千路", (1, 3)).match == (0, 0)
