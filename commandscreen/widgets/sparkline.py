"""A sparkline by pyqtgraph: a curve, a dot on the last value, a dashed target line. No axes, no menu, no mouse."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from .. import theme as look


class Sparkline(pg.PlotWidget):  # type: ignore[misc]
    """`set_series` takes the values, oldest first; None is a gap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, background=None)
        self.setFrameShape(self.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hideAxis("left")
        self.hideAxis("bottom")
        self.setMenuEnabled(False)
        self.hideButtons()
        self.plotItem.setContentsMargins(0, 0, 0, 0)
        self._curve = self.plot([], [], antialias=True)
        self._end = pg.ScatterPlotItem(size=6, pen=None)
        self.addItem(self._end)
        self._target = pg.InfiniteLine(angle=0, movable=False)
        self.addItem(self._target)
        self._target.hide()
        self.dress()

    def dress(self) -> None:
        """Takes the colours of the current theme."""
        theme = look.of(self)
        self._curve.setPen(pg.mkPen(theme.color("text_secondary"), width=1.5))
        self._end.setBrush(theme.color("text_primary"))
        self._target.setPen(pg.mkPen(theme.color("text_tertiary"), width=1, style=Qt.PenStyle.DashLine))

    def set_series(self, values: Sequence[float | None], target: float | None = None) -> None:
        """Draws the values, and a target line where there is a target."""
        points = [(float(i), float(v)) for i, v in enumerate(values) if v is not None]
        self._curve.setData([x for x, _ in points], [y for _, y in points])
        self._end.setData([points[-1][0]] if points else [], [points[-1][1]] if points else [])
        self._target.setVisible(target is not None)
        if target is not None:
            self._target.setValue(target)
        levels = [y for _, y in points] + ([target] if target is not None else [])
        if levels:
            low, high = min(levels), max(levels)
            room = (high - low) * 0.15 or 1
            self.setRange(xRange=(-0.3, len(values) - 0.5), yRange=(low - room, high + room), padding=0)
