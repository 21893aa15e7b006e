"""What lies over the grids and moves with them: the selected grid's edge, the dots of people and cases. UI thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from .camera import Camera
from .dress import Dress
from .edges import Outlines, draw_edges, edge_pen
from .raster import Shapes

DOTS_BELOW = 20.0  # metres a logical pixel


@dataclass(frozen=True, slots=True)
class Marker:
    """A dot at a place (cm): a `worker` on patrol or a `case`."""

    x: int
    y: int
    kind: str = "worker"


class Marks:
    """Knows the middles of the grids; keeps the dots and their picture."""

    def __init__(self, shapes: Shapes, outlines: Outlines) -> None:
        self._shapes = shapes
        self._outlines = outlines
        self._centre: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]] | None = None
        self._dot: tuple[object, QImage] = (None, QImage())
        self._markers = np.zeros((0, 2), np.float64)
        self._kinds: list[str] = []

    def set_markers(self, markers: tuple[Marker, ...]) -> None:
        """Replaces all dots."""
        self._markers = np.array([(m.x, m.y) for m in markers], np.float64).reshape(-1, 2)
        self._kinds = [m.kind for m in markers]

    def centres(self, rows: npt.NDArray[np.integer]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """East and north (cm) of the middle of some grids."""
        if self._centre is None:
            s = self._shapes
            self._centre = (s.west.astype(np.float64) + s.east) / 2, (s.south.astype(np.float64) + s.north) / 2
        return self._centre[0][rows], self._centre[1][rows]

    def draw_selected(self, painter: QPainter, camera: Camera, row: int | None, dress: Dress) -> None:
        """The selected grid's edge; a ring where the grid is too small to see."""
        if row is None or not 0 <= row < len(self._shapes):
            return
        d = dress.density
        path = self._outlines.path(np.array([row]))
        place = self._outlines.placed(camera.scale, camera.left, camera.top)
        box = place.mapRect(path.boundingRect())
        if max(box.width(), box.height()) < 14 * d:
            path, place = QPainterPath(), QTransform()
            path.addEllipse(box.center(), 10 * d, 10 * d)
        draw_edges(painter, path, place, edge_pen(dress.colours["map_base"], 6 * d))
        draw_edges(painter, path, place, edge_pen(dress.colours["accent"], 3 * d))

    def draw_dots(self, painter: QPainter, camera: Camera, dress: Dress, kinds: frozenset[str]) -> None:
        """People and cases, from the scale on at which they do not cover the map."""
        if not len(self._markers) or not kinds or dress.metres(camera.scale) > DOTS_BELOW:
            return
        x = (self._markers[:, 0] - camera.west) / camera.scale - camera.left
        y = (camera.north - self._markers[:, 1]) / camera.scale - camera.top
        seen = np.flatnonzero((x > -8) & (x < camera.width + 8) & (y > -8) & (y < camera.height + 8))
        if self._dot[0] is not dress:
            self._dot = (dress, _dot(dress))
        dot = self._dot[1]
        half = dot.width() // 2
        for i, left, top in zip(seen.tolist(), x[seen].tolist(), y[seen].tolist(), strict=True):
            if self._kinds[i] in kinds:
                painter.drawImage(QPoint(round(left) - half, round(top) - half), dot)


def _dot(dress: Dress) -> QImage:
    d = dress.density
    side = 2 * round(4 * d) + 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(dress.colours["map_base"]), 1.2 * d))
    painter.setBrush(QColor(dress.colours["map_label"]))
    painter.drawEllipse(QRectF(0, 0, side, side).center(), 2.6 * d, 2.6 * d)
    painter.end()
    return image.copy()
