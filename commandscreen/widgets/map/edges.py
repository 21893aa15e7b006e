"""Edges of late and due grids, painted into pieces so that panning costs nothing. UI thread and the makers of pieces."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from .raster import Shapes

MOST_KEPT = 20_000


class Outlines:
    """Rings of grids as Qt polygons, made when first asked for; centimetres from a corner, y downwards."""

    def __init__(self, shapes: Shapes, west: int, north: int) -> None:
        self._shapes = shapes
        self._west = west
        self._north = north
        self._made: dict[int, tuple[QPolygonF, ...]] = {}

    def rings(self, row: int) -> tuple[QPolygonF, ...]:
        """The rings of a grid; the outline first."""
        found = self._made.get(row)
        if found is None:
            if len(self._made) > MOST_KEPT:
                self._made = {}
            found = self._made[row] = self._make(row)
        return found

    def path(self, rows: npt.NDArray[np.integer]) -> QPainterPath:
        """The rings of some grids in one path."""
        path = QPainterPath()
        for row in rows.tolist():
            for ring in self.rings(row):
                path.addPolygon(ring)
                path.closeSubpath()
        return path

    def placed(self, scale: float, left: float, top: float) -> QTransform:
        """From these centimetres to pixels of a level, less a corner."""
        return QTransform(1 / scale, 0, 0, 1 / scale, -left, -top)

    def _make(self, row: int) -> tuple[QPolygonF, ...]:
        e = self._shapes.edges
        span = slice(int(self._shapes.first[row]), int(self._shapes.first[row + 1]))
        x = (e.ax[span].astype(np.int64) - self._west).tolist()
        y = (self._north - e.ay[span].astype(np.int64)).tolist()
        # a ring ends where the edge does not go on
        last = np.flatnonzero((e.bx[span][:-1] != e.ax[span][1:]) | (e.by[span][:-1] != e.ay[span][1:])) + 1
        rings, begin = [], 0
        for end in [*last.tolist(), len(x)]:
            rings.append(QPolygonF([QPointF(a, b) for a, b in zip(x[begin:end], y[begin:end], strict=True)]))
            begin = end
        return tuple(rings)


def edge_pen(colour: str, width: float) -> QPen:
    """A pen whose width counts device pixels whatever the transform."""
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setMiterLimit(3)
    return pen


def draw_edges(painter: QPainter, path: QPainterPath, place: QTransform, pen: QPen) -> None:
    """Strokes a path of `Outlines`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setTransform(place, True)
    painter.setPen(pen)
    painter.drawPath(path)
    painter.restore()
