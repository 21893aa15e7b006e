"""One task on the publishing screen, painted whole: title and fate, recipients, list check and near-duplicates."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from .. import theme as look
from .board.card import paint_off_list
from .fate_mark import paint_fate
from .lamp import paint_tick
from .plain_label import plain

HEIGHT = 98


@dataclass(frozen=True, slots=True)
class PublishRow:
    """What a row shows. `fate` is empty before it is given, then an outbox mark; `blocked` says that the rules refuse it and
    `said` why, or when it goes out."""

    title: str
    to: str
    copied: str
    item: str
    listed: bool
    alike: str
    near: bool
    said: str
    blocked: bool = False
    fate: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "to", "copied", "item", "alike", "said"):
            object.__setattr__(self, name, plain(getattr(self, name)))

    def spoken(self) -> str:
        """The row as one line for a screen reader."""
        return " ".join((self.title, self.said, self.to, self.copied, self.item, self.alike))


def paint_publish_row(
    painter: QPainter, box: QRect, row: PublishRow, theme: look.Theme, selected: bool, hovered: bool
) -> None:
    """Paints one row into its box."""
    px = theme.px
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    small, bold = theme.font("label"), theme.font("body", bold=True)
    metrics = QFontMetrics(small)
    left, right = box.left() + px(16), box.right() - px(14)

    def line(top: int, text: str, tone: str, indent: int = 0, font_bold: bool = False) -> None:
        font = bold if font_bold else small
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        room = right - left - indent
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left + indent, box.top() + top, room, px(22)), flags, shown)

    said = metrics.elidedText(row.said, Qt.TextElideMode.ElideRight, (right - left) * 2 // 3)
    width = metrics.horizontalAdvance(said)
    painter.setFont(small)
    painter.setPen(theme.color("text_critical" if row.blocked else "text_secondary"))
    painter.drawText(QRect(right - width, box.top() + px(6), width, px(22)), flags, said)
    mark = 0
    if row.fate:
        mark = px(24)
        paint_fate(painter, QRect(right - width - mark, box.top() + px(9), px(16), px(16)), row.fate, theme)
    painter.setFont(bold)
    painter.setPen(theme.color("text_primary"))
    room = right - left - width - mark - px(12)
    painter.drawText(QRect(left, box.top() + px(6), room, px(22)), flags,
                     QFontMetrics(bold).elidedText(row.title, Qt.TextElideMode.ElideRight, room))  # fmt: skip
    line(px(29), row.to, "text_secondary")
    line(px(50), row.copied, "text_tertiary")
    size = px(13)
    painter.save()
    spot = QRectF(left, box.top() + px(71) + (px(22) - size) / 2, size, size)
    if row.listed:
        paint_tick(painter, spot, theme.color("text_tertiary"))
    else:
        paint_off_list(painter, spot, theme)
    painter.restore()
    line(px(71), row.item, "text_tertiary" if row.listed else "text_warning", px(20))
    shift = px(20) + metrics.horizontalAdvance(row.item) + px(18)
    line(px(71), row.alike, "text_warning" if row.near else "text_tertiary", shift)
