"""A figure of the day: label, big number with its unit, sparkline, foot line. Clicking it asks for its cases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from .. import theme as look
from .plain_label import PlainLabel
from .sparkline import Sparkline


class KpiTile(QFrame):
    """`drill_requested()` by click, Enter or Space."""

    drill_requested = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(0)
        self._label = PlainLabel(label, "secondary", "label", elide=True)
        column.addWidget(self._label)
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        self._number = PlainLabel("—", size="kpi", bold=True)
        self._unit = PlainLabel("", "secondary", "label")
        row.addWidget(self._number)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addLayout(row)
        self._line = Sparkline()
        column.addWidget(self._line, 1)
        self._foot = PlainLabel("", "tertiary", "label", elide=True)
        column.addWidget(self._foot)

    def show_figure(
        self, number: str, unit: str, foot: str, series: Sequence[float | None], target: float | None = None
    ) -> None:
        """The figure in words, and its series of days."""
        self._number.show_text(number)
        self._unit.show_text(unit)
        self._foot.show_text(foot)
        self._line.set_series(series, target)
        self.setAccessibleName(f"{self._label.text()} {number}{unit} {foot}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_line"):
            self._line.dress()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.drill_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.drill_requested.emit()
        else:
            super().keyPressEvent(event)
