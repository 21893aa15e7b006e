"""Other people's text in labels: never markup, never turned round, never wider than its place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from commandscreen.widgets.plain_label import LONGEST, PlainLabel


def test_markup_is_shown_as_text(qtbot) -> None:
    label = PlainLabel("<b>粗</b> &amp; <img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>粗</b> &amp; <img src=x>"


def test_bidirectional_controls_and_line_breaks_go(qtbot) -> None:
    label = PlainLabel("甲\u202e乙\u2066丙\n丁\x00")
    qtbot.addWidget(label)
    assert label.text() == "甲乙丙 丁"


def test_a_very_long_text_is_cut_before_it_is_laid_out(qtbot) -> None:
    label = PlainLabel("长" * 10_000_000, elide=True)
    qtbot.addWidget(label)
    assert len(label.text()) == LONGEST


def test_a_cut_label_gives_way_and_keeps_its_whole_text(qtbot) -> None:
    text = "光明社区7号楼外墙砖脱落，楼下有老人孩子经过"
    label = PlainLabel(text, elide=True)
    whole = QLabel(text)
    for widget in (label, whole):
        qtbot.addWidget(widget)
    assert label.minimumSizeHint().width() == 0
    assert whole.minimumSizeHint().width() > 100
    label.resize(80, 24)
    assert label.cut
    assert label.accessibleName() == text
    ends = []
    for length in (len(text), len(text) - 1):  # what is seen ends in the same dots, wherever the text is cut
        label.show_text(text[:length])
        ends.append(label.grab().toImage())
    assert ends[0] == ends[1]
    label.resize(800, 24)
    assert not label.cut


def test_equal_text_is_not_set_again(qtbot) -> None:
    label = PlainLabel("13:24")
    qtbot.addWidget(label)
    label.setAccessibleName("sentinel")
    label.show_text("13:24")
    assert label.accessibleName() == "sentinel"
