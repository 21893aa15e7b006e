"""How many alarms there are of each level, and how many are shelved: always to be seen, a click opens the list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look
from .alarm_mark import paint_alarm


class AlarmCounts(QWidget):
    """`pressed()` by click, Enter or Space."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = (0, 0, 0)
        self._more = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def counts(self) -> tuple[int, int, int]:
        """The numbers shown, by level."""
        return self._counts

    @property
    def more(self) -> str:
        """The words after them."""
        return self._more

    def show_counts(self, counts: tuple[int, int, int], more: str, spoken: str) -> None:
        """Numbers by level; `more` says how many are shelved, and of a flood; `spoken` all of it for a screen reader."""
        if (counts, more) != (self._counts, self._more):
            self._counts, self._more = counts, more
            self.updateGeometry()
            self.update()
        self.setAccessibleName(spoken)

    def _columns(self) -> list[tuple[int, str, int]]:
        """Level, text and width of each number."""
        metrics = QFontMetrics(look.of(self).font("body", bold=True))
        return [(n, str(c), metrics.horizontalAdvance(str(c))) for n, c in enumerate(self._counts, 1)]

    def sizeHint(self) -> QSize:
        theme = look.of(self)
        width = sum(theme.px(20 + 5 + 12) + text for _, _, text in self._columns())
        if self._more:
            width += QFontMetrics(theme.font("label")).horizontalAdvance(self._more) + theme.px(4)
        return QSize(width + theme.px(6), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        px = theme.px
        painter = QPainter(self)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)
        left, middle = px(4), Qt.AlignmentFlag.AlignVCenter
        for level, text, width in self._columns():
            paint_alarm(painter, QRectF(left, (self.height() - px(20)) / 2, px(20), px(20)), level, theme, text == "0")
            left += px(25)
            painter.setFont(theme.font("body", bold=text != "0"))
            painter.setPen(theme.color("text_primary" if text != "0" else "text_tertiary"))
            painter.drawText(QRect(left, 0, width + px(4), self.height()), middle, text)
            left += width + px(12)
        if self._more:
            painter.setFont(theme.font("label"))
            painter.setPen(theme.color("text_secondary"))
            painter.drawText(QRect(left, 0, self.width() - left, self.height()), middle, self._more)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)
