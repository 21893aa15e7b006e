"""The event list of the bottom strip: time, channel icon, one line each. It never scrolls by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look
from .plain_label import plain


@dataclass(frozen=True, slots=True)
class Event:
    """One event: local time in words, icon, text, the case behind it; `strong` for what needs someone."""

    time: str
    icon: str
    text: str
    case_id: int
    strong: bool = False

    def __post_init__(self) -> None:
        for name in ("text",):
            object.__setattr__(self, name, plain(getattr(self, name)))


class Ticker(QWidget):
    """`chosen(case id)` when an event is clicked or entered."""

    chosen = Signal(object)

    def __init__(self, row: int = 29, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._events: tuple[Event, ...] = ()
        self._hovered = -1
        self._current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_events(self, events: Sequence[Event]) -> None:
        """The newest first."""
        if tuple(events) != self._events:
            self._events = tuple(events)
            self.setAccessibleName("; ".join(f"{e.time} {e.text}" for e in self._events[:5]))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, look.of(self).px(self._row) * 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        height = theme.px(self._row)
        font, bold = theme.font("label"), theme.font("label", bold=True)
        time_width = QFontMetrics(font).horizontalAdvance("00:00:00") + theme.px(10)
        for number, row in enumerate(self._events[: self.height() // height]):
            box = QRect(0, number * height, self.width(), height)
            if number in (self._hovered, self._current if self.hasFocus() else -1):
                painter.fillRect(box, theme.color("bg_hover"))
            painter.fillRect(QRect(0, box.bottom(), self.width(), 1), theme.color("line_subtle"))
            painter.setFont(font)
            painter.setPen(theme.color("text_tertiary"))
            painter.drawText(box.adjusted(theme.px(12), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.time)
            left = theme.px(12) + time_width
            picture = look.icon(row.icon, theme.color("text_secondary"), theme.px(15))
            painter.drawPixmap(left, box.top() + (height - theme.px(15)) // 2, picture)
            painter.setFont(bold if row.strong else font)
            painter.setPen(theme.color("text_primary" if row.strong else "text_secondary"))
            room = self.width() - left - theme.px(34)
            text = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left + theme.px(24), box.top(), room, height), Qt.AlignmentFlag.AlignVCenter, text)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._events):
            self.chosen.emit(self._events[row].case_id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(int(event.position().y()) // look.of(self).px(self._row))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // look.of(self).px(self._row)
        if row != self._hovered:
            self._hovered = row
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._current)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._current = max(0, min(len(self._events) - 1, self._current + step))
            self.update()
        else:
            super().keyPressEvent(event)
