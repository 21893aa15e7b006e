"""One row of the departments: number, short name, who is on duty, load with its bar, overdue, first response."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from .. import theme as look
from .keycap import paint_keycap
from .lamp import paint_lamp
from .plain_label import plain

HEIGHT, COMPACT_HEIGHT = 60, 46
COLUMNS = ((150, 84), (66, 50), (12, 54))  # (distance of the right edge from the row's, width): load, overdue, response


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as shown. `load` counts open cases, `capacity` what the site says it can carry (0 = not stated);
    `response` is the median first response, already in words, or a dash."""

    id: int
    number: int
    name: str
    duty: str
    load: int
    capacity: int
    overdue: int
    response: str
    spoken: str = ""

    def __post_init__(self) -> None:
        for name in ("name", "duty"):
            object.__setattr__(self, name, plain(getattr(self, name)))


def paint_unit_row(
    painter: QPainter, box: QRect, row: UnitRow, theme: look.Theme, selected: bool, hovered: bool
) -> None:
    """Paints a row; boxes lower than 56 drop the duty line, narrow ones the first response."""
    px = theme.px
    compact = box.height() < px(56)
    narrow = box.width() < px(360)
    left = box.left() + px(12)
    if row.number:
        cap = QRect(left, box.top() + (box.height() - px(20)) // 2, px(20), px(20))
        paint_keycap(painter, cap, str(row.number), theme)
    name_left = left + px(28)
    edge = box.right()
    shift = px(62) if narrow else 0
    load_left = edge - px(COLUMNS[0][0] + COLUMNS[0][1] - 24) + (px(74) if narrow else 0)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    bold, small = theme.font("body", bold=True), theme.font("label")
    room = load_left - name_left - px(8)
    painter.setFont(bold)
    painter.setPen(theme.color("text_primary"))
    name = QFontMetrics(bold).elidedText(row.name, Qt.TextElideMode.ElideRight, room)
    name_top = box.top() + (px(9) if not compact else (box.height() - px(22)) // 2)
    painter.drawText(QRect(name_left, name_top, room, px(22)), flags, name)
    if not compact:
        painter.setFont(small)
        painter.setPen(theme.color("text_secondary"))
        duty = QFontMetrics(small).elidedText(row.duty, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(name_left, box.top() + px(31), room, px(20)), flags, duty)
    _paint_load(painter, QRect(load_left, name_top, px(68), px(22)), row, theme)
    overdue_right = edge - px(COLUMNS[1][0]) + shift
    text_box = QRect(overdue_right - px(60), name_top, px(60), px(22))
    painter.setFont(theme.font("body", bold=bool(row.overdue)))
    painter.setPen(theme.color("text_primary" if row.overdue else "text_tertiary"))
    painter.drawText(text_box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(row.overdue))
    if row.overdue:
        width = painter.fontMetrics().horizontalAdvance(str(row.overdue))
        paint_lamp(painter, QRectF(overdue_right - width - px(19), name_top + px(5), px(13), px(13)), "overdue", theme)
    if not narrow:
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text_primary"))
        painter.drawText(QRect(edge - px(12 + 60), name_top, px(60), px(22)),
                         Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.response)  # fmt: skip


def _paint_load(painter: QPainter, box: QRect, row: UnitRow, theme: look.Theme) -> None:
    font = theme.font("body", bold=True)
    painter.setFont(font)
    painter.setPen(theme.color("text_primary"))
    text = str(row.load)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    if row.capacity:
        painter.setPen(theme.color("text_tertiary"))
        offset = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(theme.font("label"))
        painter.drawText(box.adjusted(offset, 0, 20, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                         f"/{row.capacity}")  # fmt: skip
        bar = QRect(box.left(), box.bottom() + theme.px(2), box.width(), theme.px(4))
        share = min(1.0, row.load / row.capacity)
        painter.fillRect(bar, theme.color("line_subtle"))
        colour = "lamp_amber" if share >= 0.9 else "text_tertiary"
        painter.fillRect(QRect(bar.left(), bar.top(), round(bar.width() * share), bar.height()), theme.color(colour))
