"""Pieces of the map's picture: the ids, colours and lines of one rectangle of pixels at one zoom level.

A `Piece` is made by a worker (see `makers.py`) and belongs to the UI thread from then on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter

from .camera import scale_of
from .dress import Dress, blend
from .edges import Outlines, draw_edges, edge_pen
from .lut import DUE, OVERDUE, ColourTable
from .raster import Longs, Pixels, Runs, Shapes, Window, scan, slots_of, spread
from .squares import Squares

CHUNK = 1 << 16  # pixels coloured at once: what numpy makes of their ids then stays in the processor's cache
Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a piece lies: its level, its left and top pixel there, its size."""

    level: int
    left: int
    top: int
    width: int
    height: int

    @property
    def rect(self) -> QRect:
        """The same as Qt has it, in pixels of the level."""
        return QRect(self.left, self.top, self.width, self.height)


class Source:
    """The geometry pieces are cut from, and where pixel 0, 0 of every level lies (cm)."""

    __slots__ = ("north", "outlines", "shapes", "west")

    def __init__(self, shapes: Shapes, west: int, north: int) -> None:
        self.shapes = shapes
        self.west = west
        self.north = north
        self.outlines = Outlines(shapes, west, north)

    def window(self, place: Place) -> Window:
        """A place's pixels over the world."""
        scale = scale_of(place.level)
        return Window(self.west + place.left * scale, self.north - place.top * scale, scale, place.width, place.height)


class Piece:
    """One piece. Pixels carry *slots*: 0 for no grid, else 1 + the position in `rows` of the grid that owns them."""

    __slots__ = (
        "_begin",
        "_edged",
        "_lines_image",
        "dress",
        "ids",
        "image",
        "lines",
        "pixels",
        "place",
        "rows",
        "runs",
        "source",
        "squares",
        "version",
    )

    def __init__(self, place: Place, source: Source, runs: Runs) -> None:
        self.place = place
        self.source = source
        self.runs = runs
        self.version = -1
        self.dress: Dress | None = None
        self.squares: Squares | None = None
        self.lines: Pixels | None = None
        self.image: QImage | None = None
        self.pixels: Pixels | None = None
        self._lines_image: QImage | None = None
        self._edged = np.zeros(0, np.int32)
        self.rows: Rows = np.zeros(0, np.int32)
        self.ids: npt.NDArray[np.unsignedinteger] | None = None
        if len(runs.row):
            first = np.flatnonzero(np.diff(runs.row, prepend=-1))
            self.rows = runs.row[first]
            self.ids = slots_of(runs, first, place.width * place.height)
            # of all grids: where the runs of each begin, and the next one's where a grid has none here
            many = np.bincount(runs.row, minlength=len(source.shapes))
            self._begin = np.concatenate(([0], np.cumsum(many))).astype(np.int32)

    @property
    def nbytes(self) -> int:
        """Memory the piece holds, its lines counted in full."""
        if self.ids is None:
            return 200
        count = self.ids.nbytes + self.ids.size * 4 * (1 if self.lines is None else 2)
        count += 0 if self.squares is None else self.squares.nbytes
        return count + sum(a.nbytes for a in (self.runs.start, self.runs.length, self.runs.row, self._begin))

    def redressed(self, dress: Dress) -> Piece:
        """A piece with the same grids in another look, not coloured yet."""
        piece = Piece.__new__(Piece)
        for name in ("place", "source", "runs", "ids", "rows"):
            setattr(piece, name, getattr(self, name))
        if self.ids is not None:
            piece._begin = self._begin
        piece.version, piece.image, piece.pixels = -1, None, None
        piece._edged = np.zeros(0, np.int32)
        piece.wear(dress, lines_of(self.place, self.source, dress))
        return piece

    def wear(self, dress: Dress, lines: Pixels | None) -> None:
        """Takes a look and its lines. Call once, before `colour`."""
        self.dress = dress
        self.squares = Squares(self.source.shapes, self.source.window(self.place), dress)
        self.lines, self._lines_image = None, None
        if self.ids is None:
            return
        self.lines = lines
        if self.lines is not None:
            self._lines_image = self._over(self.lines, QImage.Format.Format_ARGB32_Premultiplied)

    def colour(self, table: ColourTable) -> None:
        """Paints all pixels from the table."""
        version = table.version
        if self.ids is not None and self.dress is not None:
            if self.pixels is None:
                self.pixels = np.empty(len(self.ids), np.uint32)
                self.image = self._over(self.pixels, QImage.Format.Format_RGB32)
            lut = self._lut(table)
            for begin in range(0, len(self.ids), CHUNK):
                part = slice(begin, begin + CHUNK)
                np.take(lut, self.ids[part], out=self.pixels[part], mode="wrap")
            if self.squares is not None:
                self.squares.replace(table)
            self._finish(table, QRect(0, 0, self.place.width, self.place.height))
        self.version = version

    def patch(self, rows: Rows, table: ColourTable) -> tuple[QRect, Longs]:
        """Repaints some grids only; all that changed since this piece's `version` must be among them.

        What changed, in pixels of the piece: a rectangle, and the first and last pixels of runs beside it.
        """
        self.version = table.version
        part, ends = QRect(), np.zeros(0, np.int64)
        if self.ids is None or self.pixels is None or self.dress is None or self.squares is None:
            return part, ends
        squares = self.squares.follow(rows, table)
        if self.dress.hatched(scale_of(self.place.level)):
            edged = self._by_edges(rows, table)
            if edged.any():
                part = self._around(rows[edged])
            if len(squares):
                y, x = np.divmod(squares, self.place.width)
                part |= QRect(QPoint(int(x.min()), int(y.min())), QPoint(int(x.max()), int(y.max())))
                squares = squares[:0]
            if not part.isEmpty():
                self._colour_part(table, part)
            rows = rows[~edged]
        begin = self._begin[rows]
        many = self._begin[rows + 1] - begin
        run = spread(begin, many)
        start, length = self.runs.start[run], self.runs.length[run]
        at = spread(start, length)
        colour = np.repeat(np.repeat(table.table[rows + 1], many), length)
        if len(squares):
            at = np.concatenate((at, squares))
            slot = self.ids[squares].astype(np.int64)
            under = np.where(slot > 0, self.rows[slot - 1] + 1, 0)
            colour = np.concatenate((colour, table.table[under]))
        if not len(at):
            return part, ends
        if self.lines is not None:
            over = self.lines[at]
            lined = np.flatnonzero(over)
            if len(lined):
                colour[lined] = blend(colour[lined], over[lined])
        self.squares.over(at, colour)
        self.pixels[at] = colour
        return part, np.concatenate((start, start + length - 1, squares))

    def owner(self, x: int, y: int) -> int | None:
        """The grid row that owns a pixel of the level."""
        if self.ids is None:
            return None
        slot = int(self.ids[(y - self.place.top) * self.place.width + x - self.place.left])
        return int(self.rows[slot - 1]) if slot else None

    def _lut(self, table: ColourTable) -> Pixels:
        lut = np.empty(len(self.rows) + 1, np.uint32)
        lut[0] = table.table[0]
        lut[1:] = table.table[self.rows + 1]
        return lut

    def _colour_part(self, table: ColourTable, part: QRect) -> None:
        """Paints a rectangle (pixels of the piece) from the table."""
        if self.ids is not None and self.pixels is not None:
            wide = self.place.width
            box = slice(part.top(), part.bottom() + 1), slice(part.left(), part.right() + 1)
            self.pixels.reshape(-1, wide)[box] = self._lut(table)[self.ids.reshape(-1, wide)[box]]
            self._finish(table, part)

    def _finish(self, table: ColourTable, part: QRect) -> None:
        """Hatch, lines and edges over freshly coloured pixels; nothing outside the rectangle is touched."""
        if self.dress is None or self.pixels is None:
            return
        scale = scale_of(self.place.level)
        if self.dress.hatched(scale):
            due = self.rows[self._hatched(self.rows, table)]
            if len(due):
                at = self._pixels_of(due)
                y, x = np.divmod(at, self.place.width)
                at = at[(x >= part.left()) & (x <= part.right()) & (y >= part.top()) & (y <= part.bottom())]
                self.pixels[at] = self._stripes(at, table)
        if self._lines_image is not None:
            canvas = self._over(self.pixels, QImage.Format.Format_RGB32)  # a painter does not keep it
            painter = QPainter(canvas)
            painter.drawImage(part.topLeft(), self._lines_image, part)
            painter.end()
        self._draw_edges(table, part)
        if self.squares is not None:
            self.squares.lay(self.pixels)

    def _pixels_of(self, rows: Rows) -> Longs:
        """The pixels of some grids of this piece."""
        begin = self._begin[rows]
        run = spread(begin, self._begin[rows + 1] - begin)
        return spread(self.runs.start[run], self.runs.length[run])

    def _over(self, pixels: Pixels, kind: QImage.Format) -> QImage:
        """A view of pixels. Paint upon one of its own: an image keeps its paint engine, 200 kB, for life."""
        return QImage(pixels.data, self.place.width, self.place.height, self.place.width * 4, kind)

    def _edge_wanted(self, rows: Rows, table: ColourTable) -> npt.NDArray[np.bool_]:
        large = self._large(rows)
        wanted: npt.NDArray[np.bool_] = large & table.in_scope[rows] & (table.status[rows] >= DUE)
        return wanted

    def _large(self, rows: Rows) -> npt.NDArray[np.bool_]:
        if self.dress is None:
            return np.zeros(len(rows), np.bool_)
        large: npt.NDArray[np.bool_] = self.source.shapes.area[rows] >= self.dress.least_area(
            scale_of(self.place.level)
        )
        return large

    def _draw_edges(self, table: ColourTable, part: QRect) -> None:
        """Edges of late and due grids, as far as they lie in a rectangle."""
        if self.dress is None or self.pixels is None or not self.dress.hatched(scale_of(self.place.level)):
            return
        edged = np.flatnonzero(table.status >= DUE).astype(np.int32)
        edged = edged[self._edge_wanted(edged, table)]
        self._edged = edged[self._near(edged, QRect(0, 0, self.place.width, self.place.height))]
        near = self._edged[self._near(self._edged, part)]
        if not len(near):
            return
        canvas = self._over(self.pixels, QImage.Format.Format_RGB32)
        painter = QPainter(canvas)
        painter.setClipRect(part)
        place = self.source.outlines.placed(scale_of(self.place.level), self.place.left, self.place.top)
        for value, token in ((DUE, "lamp_amber"), (OVERDUE, "lamp_red")):
            path = self.source.outlines.path(near[table.status[near] == value])
            draw_edges(painter, path, place, edge_pen(self.dress.colours[token], 1.5 * self.dress.density))
        painter.end()

    def _by_edges(self, rows: Rows, table: ColourTable) -> npt.NDArray[np.bool_]:
        """Which changed grids have, had or touch an edge: edges lie on neighbours' pixels too."""
        edged = np.union1d(self._edged, rows[self._edge_wanted(rows, table)])
        found = self._near(rows, QRect(0, 0, self.place.width, self.place.height))
        left, top, right, bottom = self._boxes(rows)
        a, b, c, d = self._boxes(edged)
        for i in np.flatnonzero(found).tolist():
            found[i] = ((left[i] <= c) & (right[i] >= a) & (top[i] <= d) & (bottom[i] >= b)).any()
        return found

    def _near(self, rows: Rows, part: QRect) -> npt.NDArray[np.bool_]:
        """Which grids' boxes, edges included, touch a rectangle of the piece."""
        left, top, right, bottom = self._boxes(rows)
        near: npt.NDArray[np.bool_] = (
            (left <= part.right()) & (right >= part.left()) & (top <= part.bottom()) & (bottom >= part.top())
        )
        return near

    def _around(self, rows: Rows) -> QRect:
        """The rectangle that holds some grids and their edges."""
        left, top, right, bottom = (f(v) for f, v in zip((min, min, max, max), self._boxes(rows), strict=True))
        box = QRect(QPoint(int(left), int(top)), QPoint(int(right), int(bottom)))
        return box.intersected(QRect(0, 0, self.place.width, self.place.height))

    def _boxes(self, rows: npt.NDArray[np.integer]) -> tuple[Longs, Longs, Longs, Longs]:
        """Left, top, right, bottom of some grids with room for their edges, pixels of the piece."""
        s, scale = self.source.shapes, scale_of(self.place.level)
        pad = 4 if self.dress is None else round(4 * self.dress.density)
        west, north, x, y = self.source.west, self.source.north, self.place.left, self.place.top
        return (
            ((s.west[rows] - west) / scale).astype(np.int64) - x - pad,
            ((north - s.north[rows]) / scale).astype(np.int64) - y - pad,
            ((s.east[rows] - west) / scale).astype(np.int64) - x + pad,
            ((north - s.south[rows]) / scale).astype(np.int64) - y + pad,
        )

    def _hatched(self, rows: Rows, table: ColourTable) -> npt.NDArray[np.bool_]:
        """Which of some grids carry the hatch here."""
        hatched: npt.NDArray[np.bool_] = (table.status[rows] == DUE) & table.in_scope[rows] & self._large(rows)
        return hatched

    def _stripes(self, at: Longs, table: ColourTable) -> Pixels:
        line, column = np.divmod(at, self.place.width)
        phase = column + line + self.place.left + self.place.top
        stripes: Pixels = table.stripe[phase % len(table.stripe)]
        return stripes


def lines_of(place: Place, source: Source, dress: Dress) -> Pixels | None:
    """What a look draws over the grids of a place."""
    return dress.overlay(source.shapes, source.window(place))


def make_piece(place: Place, source: Source, dress: Dress, table: ColourTable, old: Piece | None = None) -> Piece:
    """A finished piece; `old` lends its ids when only the look changed."""
    if old is not None and old.source is source and old.place == place:
        piece = old.redressed(dress)
    else:
        piece = Piece(place, source, scan(source.shapes, source.window(place)))
        piece.wear(dress, lines_of(place, source, dress))
    piece.colour(table)
    return piece
