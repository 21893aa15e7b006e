"""The picture of the grids: which tiles a view needs, and drawing them or a stretched stand-in. UI thread."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QColor, QPainter

from .camera import Box, Camera, scale_of
from .dress import Dress
from .lut import ColourTable
from .tiles import SIDE, Source, Tile, TileKey, TileStore, make_tile

LEAST_BYTES = 48_000_000
FULL_TILE = SIDE * SIDE * 4 * 3 + 600_000
SPARE = 4  # tiles kept beyond those of the view


class Ground(QObject):
    """Tiles of one site under one camera.

    Signals: `changed()` when a tile of the view arrived and a repaint shows more.
    """

    changed = Signal()

    def __init__(self, source: Source, box: Box, table: ColourTable, dress: Dress, parent: QObject) -> None:
        super().__init__(parent)
        self.source = source
        self.table = table
        self.dress = dress
        self.store = TileStore(self)
        self.store.reset(source)
        self.store.arrived.connect(self._tile_arrived)
        self._box = box
        self._visible: tuple[TileKey, ...] = ()
        self._shown_level = 0  # the last level all of whose tiles were there
        self._overview: int | None = None

    def keys(self, camera: Camera, ring: int = 0) -> list[TileKey]:
        """Tiles that lie in the view (and `ring` device pixels round it) and over the site, middle first."""
        west, south, east, north = self._box
        scale = camera.scale
        first_x, last_x = (camera.left - ring) // SIDE, (camera.left + camera.width - 1 + ring) // SIDE
        first_y, last_y = (camera.top - ring) // SIDE, (camera.top + camera.height - 1 + ring) // SIDE
        x0 = int((west - self.source.west) / scale // SIDE)
        x1 = int((east - self.source.west) / scale // SIDE)
        y0 = int((self.source.north - north) / scale // SIDE)
        y1 = int((self.source.north - south) / scale // SIDE)
        found = [
            (camera.level, x, y)
            for y in range(max(first_y, y0), min(last_y, y1) + 1)
            for x in range(max(first_x, x0), min(last_x, x1) + 1)
        ]
        mx = (camera.left + camera.width / 2) / SIDE - 0.5
        my = (camera.top + camera.height / 2) / SIDE - 0.5
        found.sort(key=lambda key: (key[1] - mx) ** 2 + (key[2] - my) ** 2)
        return found

    def look_at(self, camera: Camera) -> None:
        """Has the tiles of a view made, then those round it."""
        self._visible = tuple(self.keys(camera))
        self.store.held = frozenset(self._visible)
        for key in reversed(self._visible):
            self.store.get(key)
        room = max(LEAST_BYTES, (len(self._visible) + SPARE) * FULL_TILE)
        self.store.limit = room
        self.store.trim()
        wanted = list(self._visible)
        ring = [key for key in self.keys(camera, SIDE // 3) if key not in set(wanted)]
        wanted += ring[: max(0, room // FULL_TILE - len(wanted))]
        self.store.want(wanted, self.dress, self.table)

    def complete(self, camera: Camera) -> bool:
        """Whether every tile of a view is there in the present look."""
        for key in self.keys(camera):
            tile = self.store.peek(key)
            if tile is None or tile.dress is not self.dress:
                return False
        return True

    def settle(self, camera: Camera) -> None:
        """Makes all tiles of a view here and now."""
        self.store.want((), self.dress, self.table)
        self._visible = tuple(self.keys(camera))
        self.store.held = frozenset(self._visible)
        self.store.limit = max(LEAST_BYTES, (len(self._visible) + SPARE) * FULL_TILE)
        self.store.trim()
        for key in self._visible:
            tile = self.store.get(key)
            if tile is None or tile.dress is not self.dress:
                self.store.put(make_tile(key, self.source, self.dress, self.table, tile))

    def keep_overview(self, camera: Camera) -> None:
        """Pins the tiles of a view: the stand-in for places never seen."""
        self._overview = camera.level
        self.store.pinned = frozenset(self.keys(camera))

    def patch(self, rows: npt.NDArray[np.int32]) -> None:
        """Repaints some grids in the tiles of the view; other tiles catch up when they come into it."""
        for key in self._visible:
            tile = self.store.peek(key)
            if tile is not None:
                tile.patch(rows, self.table)

    def draw(self, painter: QPainter, camera: Camera, dirty: QRect) -> None:
        """Draws the view's tiles; missing ones are stretched from another level, or bare."""
        base = QColor.fromRgb(int(self.table.table[0]) & 0xFFFFFF)
        covered = 0
        whole = True
        view = QRect(0, 0, camera.width, camera.height)
        ready: list[tuple[Tile, int, int]] = []
        missing: list[QRect] = []
        for key in self.keys(camera):
            left, top = key[1] * SIDE - camera.left, key[2] * SIDE - camera.top
            tile = self.store.peek(key)
            if tile is None:
                whole = False
                missing.append(QRect(left, top, SIDE, SIDE).intersected(view))
            elif tile.image is not None:
                if tile.version != self.table.version:
                    tile.colour(self.table)
                ready.append((tile, left, top))
                part = QRect(left, top, SIDE, SIDE).intersected(view)
                covered += part.width() * part.height()
        if covered < camera.width * camera.height:
            painter.fillRect(dirty, base)
        for rect in missing:
            self._stand_in(painter, camera, rect)
        for tile, left, top in ready:
            if tile.image is not None:
                painter.drawImage(QPoint(left, top), tile.image)
        if whole:
            self._shown_level = camera.level

    def owner(self, camera: Camera, x: int, y: int) -> int | None:
        """The grid row under a pixel of the view: from the ids, or by geometry while the tile is being made."""
        column, px = divmod(camera.left + x, SIDE)
        row, py = divmod(camera.top + y, SIDE)
        tile = self.store.peek((camera.level, column, row))
        if tile is not None:
            return tile.owner(px, py)
        east, north = camera.to_world(x + 0.5, y + 0.5)
        west, south, far_east, far_north = self._box
        if not (west <= east <= far_east and south <= north <= far_north):
            return None
        return self.source.shapes.at(east, north)

    def touched(self, rows: npt.NDArray[np.int32], camera: Camera, margin: int) -> QRect:
        """The part of the view some grids lie in, with a margin, device pixels."""
        shapes = self.source.shapes
        if not len(rows):
            return QRect()
        left, top = camera.to_view(float(shapes.west[rows].min()), float(shapes.north[rows].max()))
        right, bottom = camera.to_view(float(shapes.east[rows].max()), float(shapes.south[rows].min()))
        rect = QRect(int(left) - margin, int(top) - margin, 0, 0)
        rect.setRight(int(right) + margin)
        rect.setBottom(int(bottom) + margin)
        return rect.intersected(QRect(0, 0, camera.width, camera.height))

    def _stand_in(self, painter: QPainter, camera: Camera, rect: QRect) -> None:
        levels = [self._shown_level]
        if self._overview is not None and self._overview != self._shown_level:
            levels.append(self._overview)
        for level in levels:
            parts, full = self._parts(camera, rect, level)
            if full or level == levels[-1]:
                for target, tile, source in parts:
                    if tile.image is not None:
                        painter.drawImage(target, tile.image, source)
                return

    def _parts(self, camera: Camera, rect: QRect, level: int) -> tuple[list[tuple[QRect, Tile, QRect]], bool]:
        """Stretches of another level's tiles that fill a rectangle of the view, and whether none is missing."""
        factor = scale_of(level) / camera.scale  # pixels of the view for one of the tile
        left = (camera.left + rect.left()) / factor
        top = (camera.top + rect.top()) / factor
        right = (camera.left + rect.right() + 1) / factor
        bottom = (camera.top + rect.bottom() + 1) / factor
        west, south, east, north = self._box
        scale = scale_of(level)
        edge_x = (east - self.source.west) / scale
        edge_y = (self.source.north - south) / scale
        first_x = (west - self.source.west) / scale
        first_y = (self.source.north - north) / scale
        left, right = max(left, first_x), min(right, edge_x)
        top, bottom = max(top, first_y), min(bottom, edge_y)
        out: list[tuple[QRect, Tile, QRect]] = []
        full = True
        if left >= right or top >= bottom:
            return out, full
        for row in range(int(top // SIDE), int(bottom // SIDE) + 1):
            for column in range(int(left // SIDE), int(right // SIDE) + 1):
                tile = self.store.peek((level, column, row))
                if tile is None:
                    full = False
                    continue
                x0, x1 = max(int(left), column * SIDE), min(int(right) + 1, column * SIDE + SIDE)
                y0, y1 = max(int(top), row * SIDE), min(int(bottom) + 1, row * SIDE + SIDE)
                if x0 >= x1 or y0 >= y1:
                    continue
                a, b = round(x0 * factor) - camera.left, round(y0 * factor) - camera.top
                c, d = round(x1 * factor) - camera.left, round(y1 * factor) - camera.top
                source = QRect(x0 - column * SIDE, y0 - row * SIDE, x1 - x0, y1 - y0)
                out.append((QRect(a, b, c - a, d - b), tile, source))
        return out, full

    def _tile_arrived(self, tile: Tile) -> None:
        if tile.version != self.table.version:
            tile.colour(self.table)
        if tile.key in self._visible:
            self.changed.emit()
