"""One row of a task's recipients, or of a recipient's own tasks, painted whole: lamp, name, words, state, share."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from .. import theme as look
from .fate_mark import paint_fate
from .lamp import paint_lamp
from .plain_label import plain

HEIGHT = 50


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What a row shows in the user's words. `level` indents it: 0 a county, 1 a township, 2 a village; `share` is done of all
    where it stands for several; `fate` an outbox mark while a command on it is under way."""

    lamp: str
    name: str
    detail: str
    state: str
    due: str = ""
    level: int = 0
    done: int = 0
    of: int = 0
    group: bool = False
    open: bool = False
    fate: str = ""

    def __post_init__(self) -> None:
        for name in ("name", "detail", "state", "due"):
            object.__setattr__(self, name, plain(getattr(self, name)))

    def spoken(self) -> str:
        """The row as one line for a screen reader."""
        share = f"{self.done}/{self.of}" if self.of else ""
        return " ".join(p for p in (self.name, self.state, share, self.due, self.detail) if p)


def paint_receipt_row(
    painter: QPainter, box: QRect, row: ReceiptRow, theme: look.Theme, selected: bool, hovered: bool
) -> None:
    """Paints one row into its box."""
    px = theme.px
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    left = box.left() + px(14) + px(18) * row.level
    right = box.right() - px(14)
    middle = box.center().y()
    if row.group:
        arrow = look.icon("chevron-down" if row.open else "chevron-right", theme.color("text_tertiary"), px(14))
        painter.drawPixmap(left, middle - px(7), arrow)
    elif row.lamp:
        paint_lamp(painter, QRectF(left, middle - px(7), px(14), px(14)), row.lamp, theme)
    left += px(24)
    small, bold = theme.font("label"), theme.font("body", bold=row.group)
    if row.fate:
        paint_fate(painter, QRect(right - px(15), middle - px(8), px(15), px(15)), row.fate, theme)
        right -= px(22)
    if row.of:
        right = _paint_share(painter, row, right, middle, theme)
    tone = {"overdue": "text_critical", "due": "text_warning"}.get(row.lamp, "text_secondary")
    painter.setFont(small)
    painter.setPen(theme.color(tone))
    metrics = QFontMetrics(small)
    words = [w for w in (row.state, row.due) if w]
    widest = max((metrics.horizontalAdvance(w) for w in words), default=0)
    widest = min(widest + px(3), (right - left) // 2)  # advances are fractions: an exact fit would be cut
    for number, word in enumerate(words):
        top = box.top() + (px(4) + number * px(21) if len(words) > 1 else 0)
        height = px(21) if len(words) > 1 else box.height()
        painter.drawText(QRect(right - widest, top, widest, height), flags | Qt.AlignmentFlag.AlignRight,
                         metrics.elidedText(word, Qt.TextElideMode.ElideRight, widest))  # fmt: skip
        painter.setPen(theme.color("text_tertiary"))
    room = right - widest - px(12) - left
    painter.setFont(bold)
    painter.setPen(theme.color("text_primary"))
    top = box.top() + (px(4) if row.detail else 0)
    height = px(22) if row.detail else box.height()
    painter.drawText(QRect(left, top, room, height), flags,
                     QFontMetrics(bold).elidedText(row.name, Qt.TextElideMode.ElideRight, room))  # fmt: skip
    if row.detail:
        painter.setFont(small)
        painter.setPen(theme.color("text_secondary"))
        painter.drawText(QRect(left, top + px(21), room, px(21)), flags,
                         metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, room))  # fmt: skip


def _paint_share(painter: QPainter, row: ReceiptRow, right: int, middle: int, theme: look.Theme) -> int:
    px = theme.px
    small = theme.font("label")
    text = f"{row.done}/{row.of}"
    width = max(px(48), QFontMetrics(small).horizontalAdvance(text))
    painter.setFont(small)
    painter.setPen(theme.color("text_primary"))
    painter.drawText(QRect(right - width, middle - px(12), width, px(24)),
                     Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)  # fmt: skip
    bar = QRect(right - width - px(100), middle - px(1), px(90), px(4))
    painter.fillRect(bar, theme.color("line_default"))
    painter.fillRect(QRect(bar.left(), bar.top(), round(bar.width() * min(row.done, row.of) / row.of), bar.height()),
                     theme.color("text_secondary"))  # fmt: skip
    return bar.left() - px(14)
