"""The alarms on the map: each grid's gravest, as the shape of its level with the digit, over the picture at every zoom.

A sheet of glass over the map: it takes no mouse, and only it is painted anew when the alarms change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QRegion

from ... import theme as look
from ..alarm_mark import paint_alarm
from .glass import Glass
from .grid_map import GridMap

SIZE = 20  # logical pixels
Look = tuple[int, bool, bool]


@dataclass(frozen=True, slots=True)
class AlarmSpot:
    """One mark: its place (cm), 1–3. Without a `cased` one nothing in the queue stands for it, and it has no colour;
    `filled` while the cause is there."""

    x: int
    y: int
    level: int
    cased: bool
    filled: bool

    @property
    def look(self) -> Look:
        """What its picture depends on."""
        return self.level, self.cased, self.filled


class AlarmMarks(Glass):
    """Lies over a map, under its buttons, and is painted with it: what the map moves or paints anew has the marks on it."""

    def __init__(self, over: GridMap) -> None:
        super().__init__(over)
        self._map = over
        self._spots: tuple[AlarmSpot, ...] = ()
        self._x = self._y = np.zeros(0)
        self._faded = False
        self._made_for: tuple[object, ...] = ()
        self._art: dict[Look, QPixmap] = {}

    @property
    def spots(self) -> tuple[AlarmSpot, ...]:
        """What is marked, the gravest last: it lies on top."""
        return self._spots

    def show_spots(self, spots: Sequence[AlarmSpot]) -> None:
        """Replaces all marks."""
        ordered = tuple(sorted(spots, key=lambda s: (-s.level, s.cased, s.x, s.y)))
        if ordered != self._spots:
            self._spots = ordered
            self._x = np.array([s.x for s in ordered], np.float64)
            self._y = np.array([s.y for s in ordered], np.float64)
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
        camera, half = self._map.camera, theme.px(SIZE) / 2
        x = ((self._x - camera.west) / camera.scale - camera.left) / d - half
        y = ((camera.north - self._y) / camera.scale - camera.top) / d - half
        wide, high = part.right(), part.bottom()
        seen = (x < wide) & (y < high) & (x > part.left() - 2 * half) & (y > part.top() - 2 * half)
        art = self._pictures(theme)
        for number in np.flatnonzero(seen).tolist():
            painter.drawPixmap(QPointF(x[number], y[number]), art[self._spots[number].look])

    def _pictures(self, theme: look.Theme) -> dict[Look, QPixmap]:
        """The marks' pictures, kept: in a flood there are hundreds."""
        ratio, size = self.devicePixelRatioF(), theme.px(SIZE)
        made_for = theme.name, theme.high_contrast, size, ratio, self._faded
        if made_for != self._made_for:
            self._made_for = made_for
            self._art.clear()
        for level, cased, filled in {spot.look for spot in self._spots} - self._art.keys():
            picture = QPixmap(round(size * ratio), round(size * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            paint_alarm(painter, QRectF(0, 0, size, size), level, theme, not filled, "bg_panel", not cased)
            painter.end()
            self._art[level, cased, filled] = picture
        return self._art
