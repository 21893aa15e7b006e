"""The alarms on the map: each grid's gravest, as the shape of its level with the digit, over the picture at every zoom.

A sheet of glass over the map: it takes no mouse, and only it is painted anew when the alarms change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QRegion

from ... import theme as look
from ..alarm_mark import paint_alarm
from .glass import Glass
from .grid_map import GridMap

SIZE = 20  # logical pixels


@dataclass(frozen=True, slots=True)
class AlarmSpot:
    """One mark: its place (cm), 1–3. Without a `cased` one nothing in the queue stands for it, and it has no colour;
    `filled` while the cause is there."""

    x: int
    y: int
    level: int
    cased: bool
    filled: bool


class AlarmMarks(Glass):
    """Lies over a map, under its buttons, and is painted with it: what the map moves or paints anew has the marks on it."""

    def __init__(self, over: GridMap) -> None:
        super().__init__(over)
        self._map = over
        self._spots: tuple[AlarmSpot, ...] = ()
        self._faded = False

    @property
    def spots(self) -> tuple[AlarmSpot, ...]:
        """What is marked, the gravest last: it lies on top."""
        return self._spots

    def show_spots(self, spots: Sequence[AlarmSpot]) -> None:
        """Replaces all marks."""
        ordered = tuple(sorted(spots, key=lambda s: (-s.level, s.cased, s.x, s.y)))
        if ordered != self._spots:
            self._spots = ordered
            self.setVisible(bool(ordered))
            self.update()

    def set_stale(self, stale: bool) -> None:
        """Whether the data is too old for its colours to be acted upon."""
        if stale != self._faded:
            self._faded = stale
            self.update()

    def boxes(self) -> list[QRectF]:
        """Where the marks stand, in logical pixels, in the order of `spots`; some outside the view."""
        camera, density, size = self._map.camera, self._map.density, look.of(self).px(SIZE)
        middles = (camera.to_view(s.x, s.y) for s in self._spots)
        return [QRectF(x / density - size / 2, y / density - size / 2, size, size) for x, y in middles]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, part, d = look.of(self), QRectF(event.rect()), self._map.density
        theme = theme.faded() if self._faded else theme
        painter = QPainter(self)
        told = self._map.callout_place
        if not told.isEmpty():  # its words are read, so nothing lies over them
            told = QRectF(told.x() / d, told.y() / d, told.width() / d, told.height() / d)
            painter.setClipRegion(QRegion(self.rect()) - QRegion(told.toAlignedRect()))
        for spot, box in zip(self._spots, self.boxes(), strict=True):
            if box.intersects(part):
                paint_alarm(painter, box, spot.level, theme, not spot.filled, "bg_panel", plain=not spot.cased)
