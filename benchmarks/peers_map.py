"""The usual ways to draw a city of polygons in Qt, as peers of the map: a QPainter loop and a QGraphicsView.

Both get the same polygons and colours as `GridMap`, cull what lies outside the view, and count their paints.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsScene, QGraphicsView, QWidget

from commandscreen.domain.grid import GridTable

GROUND = QColor("#1B1D20")
NO_PEN = QPen(Qt.PenStyle.NoPen)


def polygons(grids: GridTable) -> list[QPolygonF]:
    """One polygon a grid, metres, y downwards; holes are left to the grid that fills them."""
    x = (grids.xy[:, 0] / 100).tolist()
    y = (grids.xy[:, 1] / -100).tolist()
    starts = grids.ring_start
    first = starts[grids.grid_ring[:-1]].tolist()
    last = starts[grids.grid_ring[:-1] + 1].tolist()
    return [
        QPolygonF([QPointF(px, py) for px, py in zip(x[a:b], y[a:b], strict=True)])
        for a, b in zip(first, last, strict=True)
    ]


def box(grids: GridTable) -> tuple[float, float, float, float]:
    west, south, east, north = grids.bounds()
    return west / 100, -north / 100, east / 100, -south / 100


class LoopMap(QWidget):
    """paintEvent draws every visible polygon with its brush."""

    def __init__(self, grids: GridTable, colours: list[str]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.frames = 0
        self._polygons = polygons(grids)
        self._box = box(grids)
        rings = grids.ring_start[grids.grid_ring]
        xy = grids.xy / 100
        at = rings[:-1].astype(np.int64)
        self._west, self._east = (f.reduceat(xy[:, 0], at) for f in (np.minimum, np.maximum))
        self._top, self._bottom = (f.reduceat(-xy[:, 1], at) for f in (np.minimum, np.maximum))
        self._brushes = [QBrush(QColor(c)) for c in colours]
        self.status = np.zeros(len(grids), np.uint8)
        self.scale, self.dx, self.dy = 1.0, 0.0, 0.0

    def fit(self) -> None:
        west, top, east, bottom = self._box
        self.scale = min((self.width() - 44) / (east - west), (self.height() - 44) / (bottom - top))
        self.dx = self.width() / 2 - (west + east) / 2 * self.scale
        self.dy = self.height() / 2 - (top + bottom) / 2 * self.scale

    def zoom(self, factor: float, x: float, y: float) -> None:
        self.dx = x - (x - self.dx) * factor
        self.dy = y - (y - self.dy) * factor
        self.scale *= factor

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """East and north (cm) of a point of the widget."""
        return (x - self.dx) / self.scale * 100, (y - self.dy) / self.scale * -100

    def paintEvent(self, event: QPaintEvent) -> None:
        self.frames += 1
        painter = QPainter(self)
        painter.fillRect(self.rect(), GROUND)
        painter.setPen(NO_PEN)
        painter.setTransform(QTransform(self.scale, 0, 0, self.scale, self.dx, self.dy))
        west, east = -self.dx / self.scale, (self.width() - self.dx) / self.scale
        top, bottom = -self.dy / self.scale, (self.height() - self.dy) / self.scale
        seen = (self._west < east) & (self._east > west) & (self._top < bottom) & (self._bottom > top)
        rows = np.flatnonzero(seen)
        order = np.argsort(self.status[rows], kind="stable")
        last = -1
        for row, status in zip(rows[order].tolist(), self.status[rows][order].tolist(), strict=True):
            if status != last:
                painter.setBrush(self._brushes[status])
                last = status
            painter.drawPolygon(self._polygons[row])


class SceneMap(QGraphicsView):
    """A QGraphicsPolygonItem a grid, BSP index, no antialiasing, as its manual advises for speed."""

    def __init__(self, grids: GridTable, colours: list[str]) -> None:
        super().__init__()
        self.frames = 0
        self._box = box(grids)
        self._brushes = [QBrush(QColor(c)) for c in colours]
        scene = QGraphicsScene(self)
        self.items_by_row = []
        for polygon in polygons(grids):
            item = QGraphicsPolygonItem(polygon)
            item.setPen(NO_PEN)
            item.setBrush(self._brushes[0])
            scene.addItem(item)
            self.items_by_row.append(item)
        west, top, east, bottom = self._box
        wide, high = east - west, bottom - top
        scene.setSceneRect(west - wide, top - high, wide * 3, high * 3)
        self.setScene(scene)
        self.setBackgroundBrush(GROUND)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)

    def fit(self) -> None:
        west, top, east, bottom = self._box
        self.resetTransform()
        scale = min((self.width() - 44) / (east - west), (self.height() - 44) / (bottom - top))
        self.scale(scale, scale)
        self.centerOn((west + east) / 2, (top + bottom) / 2)

    def zoom(self, factor: float, x: float, y: float) -> None:
        before = self.mapToScene(int(x), int(y))
        self.scale(factor, factor)
        move = self.mapFromScene(before)
        self.pan(int(move.x() - x), int(move.y() - y))

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """East and north (cm) of a point of the widget."""
        inverse, _ = self.viewportTransform().inverted()
        place = inverse.map(QPointF(x, y))
        return place.x() * 100, place.y() * -100

    def pan(self, dx: int, dy: int) -> None:
        across, along = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + dx)
        along.setValue(along.value() + dy)

    def set_status(self, rows: np.ndarray, status: np.ndarray) -> None:
        for row, value in zip(rows.tolist(), status.tolist(), strict=True):
            self.items_by_row[row].setBrush(self._brushes[value])

    def paintEvent(self, event: QPaintEvent) -> None:
        self.frames += 1
        super().paintEvent(event)
