"""A drawer: a child frame that slides in from the right over the map, opaque, without a scrim."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from .. import theme as look

SLIDE_MS = 120


class Drawer(QFrame):
    """`closed()` after it left. The owner gives its place with `set_place`."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(3, 1, 1, 1)
        self.body.setSpacing(0)
        self._place = QRect()
        self._slide = QPropertyAnimation(self, b"geometry", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self.isVisible()

    @property
    def place(self) -> QRect:
        """Where it lies when open."""
        return self._place

    def set_place(self, place: QRect) -> None:
        """Where it lies when open, in its parent's coordinates."""
        self._place = place
        if self.isVisible():
            self._slide.stop()
            self.setGeometry(place)

    def open(self) -> None:
        """Slides in, or stays."""
        if self.isVisible():
            return
        start = QRect(self._place)
        start.moveLeft(self._place.right() + 1)
        duration = look.of(self).duration(SLIDE_MS)
        self.setGeometry(self._place if not duration else start)
        self.show()
        self.raise_()
        if duration:
            self._slide.setDuration(duration)
            self._slide.setStartValue(start)
            self._slide.setEndValue(self._place)
            self._slide.start()

    def shut(self) -> None:
        """Leaves at once."""
        if self.isVisible():
            self._slide.stop()
            self.hide()
            self.closed.emit()
