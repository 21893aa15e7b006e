"""Tiles of the map: ids, colours and lines of 512 × 512 device pixels, made on one worker thread, kept in bounds.

`Tile` objects are made by the worker and belong to the UI thread once `TileStore.arrived` has told of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from .camera import scale_of
from .dress import Dress, blend
from .edges import Outlines, draw_edges, edge_pen
from .lut import DUE, OVERDUE, ColourTable
from .raster import Ints, Pixels, Runs, Shapes, Window, fill, scan, spread

SIDE = 512
TileKey = tuple[int, int, int]  # level, column, row


class Source:
    """The geometry tiles are cut from, and where pixel 0, 0 of every level lies (cm)."""

    __slots__ = ("north", "outlines", "shapes", "west")

    def __init__(self, shapes: Shapes, west: int, north: int) -> None:
        self.shapes = shapes
        self.west = west
        self.north = north
        self.outlines = Outlines(shapes, west, north)

    def window(self, key: TileKey) -> Window:
        """The pixels of a tile over the world."""
        level, column, row = key
        scale = scale_of(level)
        return Window(self.west + column * SIDE * scale, self.north - row * SIDE * scale, scale, SIDE, SIDE)


class Tile:
    """One tile. `ids` is None where no grid owns a pixel; such a tile has no picture."""

    __slots__ = (
        "_edged",
        "_offset",
        "_overlay_image",
        "_slot",
        "dress",
        "ids",
        "image",
        "key",
        "overlay",
        "pixels",
        "rows",
        "runs",
        "source",
        "version",
    )

    def __init__(self, key: TileKey, source: Source, runs: Runs) -> None:
        self.key = key
        self.source = source
        self.runs = runs
        self.version = -1
        self.dress: Dress | None = None
        self.overlay: Pixels | None = None
        self.ids: Ints | None = None
        self.image: QImage | None = None
        self.pixels: Pixels | None = None
        self._overlay_image: QImage | None = None
        self._edged = np.zeros(0, np.int32)
        if len(runs.row):
            self.ids = fill(runs, SIDE * SIDE)
            first = np.flatnonzero(np.diff(runs.row, prepend=-1))
            self.rows = runs.row[first]
            self._offset = np.concatenate((first, [len(runs.row)] * 2)).astype(np.int32)
            self._slot = np.full(len(source.shapes), len(first), np.int32)
            self._slot[self.rows] = np.arange(len(first), dtype=np.int32)
        else:
            self.rows = np.zeros(0, np.int32)

    @property
    def nbytes(self) -> int:
        """Memory the tile holds."""
        if self.ids is None:
            return 200
        count = self.ids.nbytes * (2 if self.overlay is None else 3)
        return count + self.runs.row.nbytes * 3 + self._slot.nbytes + self._offset.nbytes * 2

    def redressed(self, dress: Dress) -> Tile:
        """A tile with the same grids in another look, not coloured yet."""
        tile = Tile.__new__(Tile)
        for name in ("key", "source", "runs", "ids", "rows"):
            setattr(tile, name, getattr(self, name))
        if self.ids is not None:
            tile._offset, tile._slot = self._offset, self._slot
        tile.version, tile.image, tile.pixels = -1, None, None
        tile._edged = np.zeros(0, np.int32)
        tile.wear(dress)
        return tile

    def wear(self, dress: Dress) -> None:
        """Draws the lines of a look. Call once, before `colour`."""
        self.dress = dress
        self.overlay, self._overlay_image = None, None
        if self.ids is None:
            return
        self.overlay = dress.overlay(self.source.shapes, self.source.window(self.key))
        if self.overlay is not None:
            self._overlay_image = QImage(
                self.overlay.data, SIDE, SIDE, SIDE * 4, QImage.Format.Format_ARGB32_Premultiplied
            )

    def colour(self, table: ColourTable) -> None:
        """Paints all pixels from the table."""
        version = table.version
        if self.ids is not None and self.dress is not None:
            if self.pixels is None:
                self.pixels = np.empty(SIDE * SIDE, np.uint32)
                self.image = self._canvas(self.pixels)
            np.take(table.table, self.ids, out=self.pixels, mode="wrap")
            if self.dress.hatched(scale_of(self.key[0])):
                due = self.rows[self._hatched(self.rows, table)]
                if len(due):
                    at, _ = self._pixels_of(due)
                    self.pixels[at] = self._stripes(at, table)
            if self._overlay_image is not None and self.image is not None:
                canvas = self._canvas(self.pixels)
                painter = QPainter(canvas)
                painter.drawImage(0, 0, self._overlay_image)
                painter.end()
            self._draw_edges(table)
        self.version = version

    def patch(self, rows: npt.NDArray[np.int32], table: ColourTable) -> None:
        """Repaints the pixels of some grids only, after exactly one change of the table."""
        if self.ids is None or self.pixels is None or self.dress is None:
            self.version = table.version
            return
        if self.version != table.version - 1:
            self.colour(table)
            return
        if self._touches_edges(rows, table):
            self.colour(table)
            return
        at, owner = self._pixels_of(rows)
        self.version = table.version
        if not len(at):
            return
        colour = table.table[rows + 1][owner]
        if self.dress.hatched(scale_of(self.key[0])):
            due = np.flatnonzero(self._hatched(rows, table)[owner])
            colour[due] = self._stripes(at[due], table)
        if self.overlay is not None:
            over = self.overlay[at]
            lined = np.flatnonzero(over)
            if len(lined):
                colour[lined] = blend(colour[lined], over[lined])
        self.pixels[at] = colour

    def owner(self, x: int, y: int) -> int | None:
        """The grid row that owns a pixel of the tile."""
        if self.ids is None:
            return None
        found = int(self.ids[y * SIDE + x])
        return found - 1 if found else None

    def _pixels_of(self, rows: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The pixels of some grids, and for each the position in `rows` of its owner."""
        slot = self._slot[rows]
        begin = self._offset[slot]
        many = self._offset[slot + 1] - begin
        run = spread(begin, many)
        length = self.runs.length[run]
        at = spread(self.runs.start[run], length)
        owner = np.repeat(np.repeat(np.arange(len(rows)), many), length)
        return at, owner

    @staticmethod
    def _canvas(pixels: Pixels) -> QImage:
        """A view of the pixels. Paint upon one of its own: an image keeps its paint engine, 200 kB, for life."""
        return QImage(pixels.data, SIDE, SIDE, SIDE * 4, QImage.Format.Format_RGB32)

    def _draw_edges(self, table: ColourTable) -> None:
        """Edges of late and due grids large enough to have one."""
        self._edged = np.zeros(0, np.int32)
        scale = scale_of(self.key[0])
        if self.dress is None or self.pixels is None or not self.dress.hatched(scale):
            return
        large = self.source.shapes.area[self.rows] >= self.dress.least_area(scale)
        status = table.status[self.rows]
        wanted = large & table.in_scope[self.rows] & (status >= DUE)
        if not wanted.any():
            return
        self._edged = self.rows[wanted]
        canvas = self._canvas(self.pixels)
        painter = QPainter(canvas)
        place = self.source.outlines.placed(scale, self.key[1] * SIDE, self.key[2] * SIDE)
        for value, token in ((DUE, "lamp_amber"), (OVERDUE, "lamp_red")):
            path = self.source.outlines.path(self.rows[wanted & (status == value)])
            draw_edges(painter, path, place, edge_pen(self.dress.colours[token], 1.5 * self.dress.density))
        painter.end()

    def _touches_edges(self, rows: npt.NDArray[np.int32], table: ColourTable) -> bool:
        """Whether changed grids have, or had, edges here: those lie on neighbours' pixels too."""
        if self.dress is None or not self.dress.hatched(scale_of(self.key[0])):
            return False
        here = rows[self._slot[rows] < len(self.rows)]
        large = self.source.shapes.area[here] >= self.dress.least_area(scale_of(self.key[0]))
        return bool((large & table.in_scope[here] & (table.status[here] >= DUE)).any()) or bool(
            np.isin(here, self._edged).any()
        )

    def _hatched(self, rows: npt.NDArray[np.int32], table: ColourTable) -> npt.NDArray[np.bool_]:
        """Which of some grids carry the hatch here."""
        if self.dress is None:
            return np.zeros(len(rows), np.bool_)
        large = self.source.shapes.area[rows] >= self.dress.least_area(scale_of(self.key[0]))
        hatched: npt.NDArray[np.bool_] = (table.status[rows] == DUE) & table.in_scope[rows] & large
        return hatched

    def _stripes(self, at: npt.NDArray[np.int64], table: ColourTable) -> Pixels:
        line, column = np.divmod(at, SIDE)
        phase = column + line + (self.key[1] + self.key[2]) * SIDE
        stripes: Pixels = table.stripe[phase % len(table.stripe)]
        return stripes


class _Worker:
    """The thread: makes wanted tiles one at a time; a newer wish replaces an older one."""

    def __init__(self, deliver: Callable[[Tile], None]) -> None:
        self._deliver = deliver
        self._change = threading.Condition()
        self._wishes: list[tuple[TileKey, Source, Dress, ColourTable, Tile | None]] = []
        self._busy: tuple[TileKey, Dress] | None = None
        self._stopping = False
        self._thread: threading.Thread | None = None

    def want(self, wishes: list[tuple[TileKey, Source, Dress, ColourTable, Tile | None]]) -> None:
        with self._change:
            if self._stopping:
                return
            self._wishes = [wish for wish in wishes if (wish[0], wish[2]) != self._busy]
            if self._wishes and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="map-tiles", daemon=True)
                self._thread.start()
            self._change.notify()

    def _ended(self) -> bool:
        with self._change:
            return self._stopping

    def stop(self) -> None:
        with self._change:
            self._stopping = True
            self._wishes = []
            self._change.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while True:
            with self._change:
                self._busy = None
                while not self._wishes and not self._stopping:
                    self._change.wait()
                if self._stopping:
                    return
                key, source, dress, table, old = self._wishes.pop(0)
                self._busy = key, dress
            tile = make_tile(key, source, dress, table, old)
            if self._ended():
                return
            try:
                self._deliver(tile)
            except RuntimeError:  # the map went while the tile was made
                return


def make_tile(key: TileKey, source: Source, dress: Dress, table: ColourTable, old: Tile | None = None) -> Tile:
    """A finished tile; `old` lends its ids when only the look changed."""
    if old is not None and old.source is source and old.key == key:
        tile = old.redressed(dress)
    else:
        tile = Tile(key, source, scan(source.shapes, source.window(key)))
        tile.wear(dress)
    tile.colour(table)
    return tile


class TileStore(QObject):
    """Keeps tiles by key, least lately used first out.

    Signals: `arrived(tile)`, on the UI thread, once a wanted tile has been made and stored.
    """

    arrived = Signal(object)
    _made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles: OrderedDict[TileKey, Tile] = OrderedDict()
        self._bytes = 0
        self.limit = 96_000_000
        self.pinned: frozenset[TileKey] = frozenset()
        self.held: frozenset[TileKey] = frozenset()  # what the view shows: never let go while it does
        self._source: Source | None = None
        self._made.connect(self._store)
        self._worker = _Worker(self._made.emit)

    @property
    def nbytes(self) -> int:
        """Memory all tiles hold."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._tiles)

    def reset(self, source: Source) -> None:
        """Another site: forgets everything."""
        self._source = source
        self._tiles.clear()
        self._bytes = 0
        self.pinned = frozenset()
        self._worker.want([])

    def get(self, key: TileKey) -> Tile | None:
        """A stored tile, which becomes the latest used."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    def peek(self, key: TileKey) -> Tile | None:
        """A stored tile, without counting as use."""
        return self._tiles.get(key)

    def tiles(self) -> tuple[Tile, ...]:
        """All stored tiles."""
        return tuple(self._tiles.values())

    def want(self, keys: Iterable[TileKey], dress: Dress, table: ColourTable) -> None:
        """Has the missing or wrongly dressed ones of some tiles made, in this order; drops earlier wishes."""
        if self._source is None:
            return
        wishes = []
        for key in keys:
            tile = self._tiles.get(key)
            if tile is None or tile.dress is not dress:
                wishes.append((key, self._source, dress, table, tile))
        self._worker.want(wishes)

    def put(self, tile: Tile) -> None:
        """Stores a tile and lets the least lately used ones go."""
        old = self._tiles.pop(tile.key, None)
        if old is not None:
            self._bytes -= old.nbytes
        self._tiles[tile.key] = tile
        self._bytes += tile.nbytes
        self.trim()

    def trim(self) -> None:
        """Lets the least lately used tiles go until the rest is within the limit."""
        if self._bytes <= self.limit:
            return
        for key in list(self._tiles)[:-1]:
            if self._bytes <= self.limit:
                break
            if key not in self.pinned and key not in self.held:
                self._bytes -= self._tiles.pop(key).nbytes

    def stop(self) -> None:
        """Ends the worker and waits for it (one tile at most)."""
        self._worker.stop()

    def _store(self, tile: Tile) -> None:
        if tile.source is self._source:
            self.put(tile)
            self.arrived.emit(tile)
