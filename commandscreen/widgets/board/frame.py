"""The board's frame: heads of its columns with their counts, labels of its lanes, and the lines between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ... import theme as look
from .arrangement import Arrangement


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its name in the code, icon, word, and a smaller word under it such as 议程中."""

    name: str
    icon: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the code and its word."""

    name: str
    text: str


def paint_frame(painter: QPainter, area: QRect, laid: Arrangement, columns: Sequence[tuple[Column, int]],
                lanes: Sequence[Lane], agenda: str, theme: look.Theme, compact: bool) -> None:  # fmt: skip
    """Paints heads, labels and lines. `columns` come with their counts; `agenda` is the lane the meeting is at."""
    px = theme.px
    bold, plain = theme.font("body", bold=True), theme.font("label")
    for column, count in columns:
        box = laid.columns[column.name]
        painter.setFont(bold)
        painter.setPen(theme.color("text_primary"))
        left = box.left() + px(14)
        room = box.width() - px(60)
        text = QFontMetrics(bold).elidedText(column.text, Qt.TextElideMode.ElideRight, room)
        width = QFontMetrics(bold).horizontalAdvance(text)
        painter.drawText(box.adjusted(px(14), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(plain)
        painter.setPen(theme.color("text_tertiary"))
        rest = QRect(left + width + px(9), box.top() + px(1), px(60), box.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, str(count))
    first = laid.columns[columns[0][0].name].left() if columns else area.right()
    for lane in lanes:
        _paint_lane(painter, lane, laid.lanes[lane.name], first, lane.name == agenda, theme, compact)
    for column, _ in columns:
        box = laid.columns[column.name]
        painter.fillRect(QRect(box.left(), box.top(), 1, area.height()), theme.color("line_subtle"))


def _paint_lane(painter: QPainter, lane: Lane, box: QRect, first: int, here: bool, theme: look.Theme,
                compact: bool) -> None:  # fmt: skip
    px = theme.px
    label = QRect(box.left(), box.top(), first - box.left(), box.height())
    if here:
        painter.fillRect(label, theme.color("bg_hover"))
        painter.fillRect(QRect(label.left(), label.top(), px(3), label.height()), theme.color("accent"))
    painter.fillRect(QRect(box.left(), box.top(), box.width(), 1), theme.color("line_default"))
    size, note = px(22), px(26) if lane.note else 0
    top = label.center().y() - (size + px(30) + note) // 2
    tone = theme.color("text_primary" if here else "text_secondary")
    painter.drawPixmap(label.center().x() - size // 2, top, look.icon(lane.icon, tone, size))
    room = label.width() - px(6)
    for role in ("body", "label") if compact else ("section", "body", "label"):  # long words take a smaller size
        font = theme.font(role, bold=True)
        if QFontMetrics(font).horizontalAdvance(lane.text) <= room:
            break
    painter.setFont(font)
    painter.setPen(theme.color("text_primary"))
    name = QRect(label.left() + px(3), top + size + px(4), room, px(28))
    text = QFontMetrics(font).elidedText(lane.text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(name, Qt.AlignmentFlag.AlignCenter, text)
    if lane.note:
        painter.setFont(theme.font("label"))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(lane.note, Qt.TextElideMode.ElideRight, label.width() - px(18))
        width = metrics.horizontalAdvance(text) + px(10)
        chip = QRect(label.center().x() - width // 2, name.bottom() + px(4), width, px(21))
        painter.setPen(QPen(theme.color("line_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip, 2, 2)
        painter.setPen(theme.color("text_secondary"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)


def paint_more(painter: QPainter, laid: Arrangement, words: str, theme: look.Theme) -> None:
    """The 另有{n}项 lines of cells that do not show all."""
    painter.setFont(theme.font("label"))
    painter.setPen(theme.color("text_tertiary"))
    for _, box, count in laid.more:
        painter.drawText(box.adjusted(theme.px(2), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words.format(n=count))


def paint_drop(painter: QPainter, box: QRect, may: bool, theme: look.Theme) -> None:
    """The cell a card is held over: whether it may be let go there."""
    pen = QPen(theme.color("focus" if may else "line_strong"), 2)
    pen.setStyle(Qt.PenStyle.SolidLine if may else Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(2, 2, -2, -2))
