"""A label that shows other people's text as text: never markup, never bidirectional overrides, cut with an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from ..domain.privacy import clean

LONGEST = 2_000


class PlainLabel(QLabel):
    """QLabel guesses HTML; this one does not. With `elide` it gives way to its neighbours and keeps the whole text
    as its accessible name. `tone`, `size` and `weight` are read by the style sheet."""

    def __init__(self, text: str = "", tone: str = "", size: str = "", bold: bool = False, elide: bool = False,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        for name, value in (("tone", tone), ("textSize", size), ("weight", "bold" if bold else "")):
            if value:
                self.setProperty(name, value)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Shows a text; equal text costs nothing, so that a ticking clock repaints only itself."""
        text = clean(text, LONGEST, lines=self.wordWrap())
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide or self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), text)
