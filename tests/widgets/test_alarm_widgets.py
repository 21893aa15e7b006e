"""The alarm's marks, line and counters: shapes apart, only the edge blinks, every word can be heard."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from commandscreen import theme as look
from commandscreen.widgets.alarm_counts import AlarmCounts
from commandscreen.widgets.alarm_line import BLINK_MS, AlarmLine, AlarmText
from commandscreen.widgets.alarm_mark import paint_alarm
from commandscreen.widgets.alarm_row import AlarmRow
from commandscreen.widgets.lamp import paint_lamp

TEXT = AlarmText(2, "未确认", "13:23:41", "AI识别 楼道积水  新工社区·2-03", "同源6条")


def mark(level: int, theme: look.Theme, outline: bool = False, size: int = 48) -> QImage:
    picture = QImage(size, size, QImage.Format.Format_RGB32)
    picture.fill(theme.color("bg_panel"))
    painter = QPainter(picture)
    paint_alarm(painter, QRectF(0, 0, size, size), level, theme, outline)
    painter.end()
    return picture


def shape(picture: QImage) -> set[tuple[int, int]]:
    ground = picture.pixel(0, 0)
    return {(x, y) for x in range(picture.width()) for y in range(picture.height()) if picture.pixel(x, y) != ground}


@pytest.mark.parametrize("name", ["dark", "light"])
def test_each_level_has_a_shape_of_its_own_that_is_no_lamps(qtbot, name: str) -> None:
    theme = look.make(name)
    shapes = [shape(mark(level, theme)) for level in (1, 2, 3)]
    for kind in ("overdue", "due", "ok"):
        lamp = QImage(48, 48, QImage.Format.Format_RGB32)
        lamp.fill(theme.color("bg_panel"))
        painter = QPainter(lamp)
        paint_lamp(painter, QRectF(0, 0, 48, 48), kind, theme)
        painter.end()
        shapes.append(shape(lamp))
    for number, one in enumerate(shapes):
        for other in shapes[number + 1 :]:
            assert len(one ^ other) > 0.12 * len(one | other), "colour alone must not tell them apart"


def test_what_is_gone_is_an_outline(qtbot) -> None:
    theme = look.make("dark")
    for level in (1, 2):
        filled = mark(level, theme).pixelColor(24, 7)
        assert filled == theme.color({1: "lamp_red", 2: "lamp_amber"}[level])
        assert mark(level, theme, outline=True).pixelColor(24, 7) != filled


def test_only_the_edge_blinks_at_one_hertz_half_on(qtbot) -> None:
    app = QApplication.instance()
    look.apply(app, look.make("dark"))
    line = AlarmLine()
    qtbot.addWidget(line)
    line.resize(900, 36)
    line.show()
    line.show_alarm(TEXT)
    assert line.blinking
    assert BLINK_MS * 2 == 1000
    lit = line.grab().toImage()
    line._turn()
    dark = line.grab().toImage()
    changed = [(x, y) for x in range(lit.width()) for y in range(lit.height()) if lit.pixel(x, y) != dark.pixel(x, y)]
    assert changed, "the edge changes"
    assert all(x < 4 or y < 4 or x >= lit.width() - 4 or y >= lit.height() - 4 for x, y in changed), "and nothing else"
    look.apply(app, look.make("dark", reduce_motion=True))
    line.show_alarm(None)
    line.show_alarm(TEXT)
    assert not line.blinking
    look.apply(app, look.make("dark", reduce_motion=True))


def test_the_line_gives_its_words_and_keys(qtbot) -> None:
    line = AlarmLine()
    qtbot.addWidget(line)
    line.resize(700, 36)
    assert line.isHidden()
    line.show_alarm(TEXT)
    assert line.accessibleName() == "未确认 13:23:41 AI识别 楼道积水  新工社区·2-03 同源6条"
    with qtbot.waitSignal(line.ack_wanted):
        qtbot.mouseClick(line.ack, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(line.shelve_wanted):
        qtbot.mouseClick(line.shelve, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(line.pressed):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    line.show_alarm(None)
    assert line.isHidden()


def test_counters_open_the_list_by_mouse_and_key(qtbot) -> None:
    counts = AlarmCounts()
    qtbot.addWidget(counts)
    counts.show_counts((1, 0, 12), "搁置2", "报警：特急1，紧急0，一般12，搁置2")
    narrow = counts.sizeHint().width()
    counts.show_counts((1, 0, 12), "搁置2  报警潮，一般级静音", "报警")
    assert counts.sizeHint().width() > narrow, "nothing is cut"
    for press in (
        lambda: qtbot.mouseClick(counts, Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(counts, Qt.Key.Key_Space),
    ):
        with qtbot.waitSignal(counts.pressed):
            press()


def test_a_row_shows_other_peoples_text_as_text() -> None:
    row = AlarmRow(2, "raised", "未确认", "13:23", "积水\u202e\n<b>", "某处", "")
    assert row.title == "积水 <b>"
    assert row.spoken().startswith("2 未确认 13:23")
