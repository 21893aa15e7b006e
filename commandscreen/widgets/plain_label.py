"""A label that shows other people's text as text: never markup, never bidirectional overrides, cut with an ellipsis."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QToolTip, QWidget

from ..domain.privacy import clean

LONGEST = 2_000
LONGEST_LINE = 400


def plain(text: str) -> str:
    """Other people's text as one line fit to be painted: no controls, nothing that turns the direction round, and
    short enough that measuring it costs nothing."""
    return text if len(text) <= LONGEST_LINE and text.isprintable() else clean(text, LONGEST_LINE)


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

    @property
    def cut(self) -> bool:
        """Whether the end of the text is hidden for want of room."""
        return self._elide and self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.cut:
            # Tooltips guess markup too, and only markup wraps: hence escaped text in a paragraph.
            QToolTip.showText(event.globalPos(), f"<p>{html.escape(self.text())}</p>", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.cut:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), text)
