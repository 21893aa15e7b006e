"""The agenda of a meeting: one bar per item as wide as its minutes, filled as time passes, its words beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look
from .plain_label import plain


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item: its word, minutes, who speaks, the share of its time used 0–1 (more is over time), what stands at the right
    of the current one (剩 0:41), and `stage` done, current or ahead."""

    text: str
    minutes: int
    detail: str
    share: float = 0.0
    left: str = ""
    stage: str = "ahead"

    def __post_init__(self) -> None:
        for name in ("text", "detail", "left"):
            object.__setattr__(self, name, plain(getattr(self, name)))


class AgendaBar(QWidget):
    """`chosen(index)` when an item is pressed."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[AgendaItem, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_items(self, items: Sequence[AgendaItem]) -> None:
        """Other items; equal ones cost nothing."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        self.setAccessibleName("; ".join(f"{i.text} {i.detail} {i.left}".strip() for i in self._items))
        self.update()

    def boxes(self) -> list[QRect]:
        """Where each item lies; at least as wide as a short word."""
        theme = look.of(self)
        gap = theme.px(12)
        count = len(self._items)
        room = self.width() - gap * max(0, count - 1)
        total = sum(max(1, i.minutes) for i in self._items)
        least = min(theme.px(84), room // max(1, count))
        spare = room - least * count
        boxes, left = [], 0
        for item in self._items:
            width = least + round(spare * max(1, item.minutes) / max(1, total))
            boxes.append(QRect(left, 0, width, self.height()))
            left += width + gap
        return boxes

    def sizeHint(self) -> QSize:
        return QSize(look.of(self).px(400), look.of(self).px(60))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, look.of(self).px(44))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, box in enumerate(self.boxes()):
            if box.contains(event.position().toPoint()):
                self.chosen.emit(number)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        middle = self.height() // 2
        for item, box in zip(self._items, self.boxes(), strict=True):
            self._paint(painter, item, QRect(box.left(), middle - theme.px(22), box.width(), theme.px(46)), theme)

    def _paint(self, painter: QPainter, item: AgendaItem, box: QRect, theme: look.Theme) -> None:
        px = theme.px
        bar = QRect(box.left(), box.top(), box.width(), px(16))
        over = item.share > 1
        painter.fillRect(bar, theme.color("line_subtle"))
        fill = {"done": "line_strong", "current": "lamp_red" if over else "accent"}.get(item.stage, "line_default")
        share = 1.0 if item.stage == "done" else min(1.0, item.share) if item.stage == "current" else 0.0
        painter.fillRect(QRect(bar.left(), bar.top(), round(bar.width() * share), bar.height()), theme.color(fill))
        if item.stage == "current":
            painter.setPen(QPen(theme.color("lamp_red" if over else "accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(0, 0, -1, -1))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        words = QRect(box.left(), bar.bottom() + px(4), box.width(), px(26))
        small = theme.font("label")
        left_width = 0
        if item.left:
            painter.setFont(small)
            painter.setPen(theme.color("text_critical" if over else "text_primary"))
            painter.drawText(words, flags | Qt.AlignmentFlag.AlignRight, item.left)
            left_width = QFontMetrics(small).horizontalAdvance(item.left) + px(8)
        bold = theme.font("body", bold=True)
        painter.setFont(bold)
        painter.setPen(theme.color("text_primary" if item.stage != "done" else "text_secondary"))
        text = QFontMetrics(bold).elidedText(item.text, Qt.TextElideMode.ElideRight, words.width() - left_width)
        painter.drawText(words, flags, text)
        start = QFontMetrics(bold).horizontalAdvance(text) + px(8)
        room = words.width() - start - left_width
        painter.setFont(small)
        painter.setPen(theme.color("text_secondary"))
        if room > px(24):
            detail = QFontMetrics(small).elidedText(item.detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(words.adjusted(start, px(1), 0, 0), flags, detail)
