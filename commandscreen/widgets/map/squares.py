"""Squares of their own for grids that must be seen: where a late one is too small, and on every alarmed one.

They are a part of a piece's pixels, so that a frame pays nothing for them. On any thread, no Qt.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .dress import Dress
from .lut import OVERDUE, ColourTable, rgb
from .raster import Ints, Longs, Pixels, Shapes

TOO_SMALL = 64.0  # logical pixels a late grid must own to do without a square
SIDE = 7  # logical pixels
RIM, INSIDE = 1, 2
Rows = npt.NDArray[np.int32]


def marked(shapes: Shapes, table: ColourTable, rows: Rows, metres: float) -> npt.NDArray[np.bool_]:
    """Which of some grids carry a square where a logical pixel is so many metres wide."""
    small = shapes.area[rows] < TOO_SMALL * metres**2
    found: npt.NDArray[np.bool_] = ((table.status[rows] == OVERDUE) & table.in_scope[rows] & small) | table.alarmed[
        rows
    ]
    return found


class Squares:
    """The squares over one rectangle of pixels."""

    def __init__(self, width: int, height: int, dress: Dress, grids: int) -> None:
        self._width = width
        self._height = height
        self._side = max(5, round(SIDE * dress.density))
        self._colours = np.array([0, rgb(dress.colours["map_base"]), rgb(dress.colours["lamp_red"])], np.uint32)
        self._has = np.zeros(grids, np.bool_)  # of all grids, wherever they lie
        self._rows: Rows = np.zeros(0, np.int32)  # of those whose squares touch the rectangle
        self._x: Ints = np.zeros(0, np.int32)
        self._y: Ints = np.zeros(0, np.int32)
        self._mask: npt.NDArray[np.uint8] | None = None  # made with the first square

    @property
    def rows(self) -> Rows:
        """Grids whose squares touch the rectangle."""
        return self._rows

    @property
    def nbytes(self) -> int:
        """Memory the mask holds."""
        return self._has.nbytes + (0 if self._mask is None else self._mask.nbytes)

    def replace(self, rows: Rows, x: Ints, y: Ints) -> None:
        """Takes all squares: rows without repeats, the pixels of their middles."""
        self._has[:] = False
        self._has[rows] = True
        near = self._touching(x, y)
        self._rows, self._x, self._y = rows[near], x[near], y[near]
        if self._mask is not None:
            self._mask[:] = 0
        self._stamp(self._x, self._y)

    def other(self, rows: Rows, shown: npt.NDArray[np.bool_]) -> Rows:
        """Of some grids those that are to get a square or to lose theirs."""
        return np.unique(rows[np.flatnonzero(self._has[rows] != shown)])

    def turn(self, rows: Rows, x: Ints, y: Ints) -> Longs:
        """Puts up the squares of grids that have none and takes down those of the rest; the pixels that changed."""
        self._has[rows] = ~self._has[rows]
        near = self._touching(x, y)
        if not near.all():
            rows, x, y = rows[near], x[near], y[near]
        if not len(rows):
            return np.zeros(0, np.int64)
        come = self._has[rows]
        gone_x, gone_y = x[~come], y[~come]
        if len(gone_x):
            kept = self._has[self._rows]
            self._rows, self._x, self._y = self._rows[kept], self._x[kept], self._y[kept]
            if self._mask is not None:
                self._mask[self._pixels(gone_x, gone_y, 1)] = 0
        reach = self._side + 2
        # what was taken down may have lain over another one
        by = ((np.abs(self._x[:, None] - gone_x) < reach) & (np.abs(self._y[:, None] - gone_y) < reach)).any(axis=1)
        by_x, by_y = self._x[by], self._y[by]
        self._rows = np.concatenate((self._rows, rows[come]))
        self._x = np.concatenate((self._x, x[come]))
        self._y = np.concatenate((self._y, y[come]))
        self._stamp(np.concatenate((by_x, x[come])), np.concatenate((by_y, y[come])))
        return self._pixels(x, y, 1)

    def lay(self, pixels: Pixels) -> None:
        """Paints all squares."""
        if self._mask is not None and len(self._rows):
            at = self._pixels(self._x, self._y, 1)
            pixels[at] = self._colours[self._mask[at]]

    def over(self, at: Longs, colour: Pixels) -> None:
        """Turns the colours of some pixels into those of the squares that lie there."""
        if self._mask is not None and len(self._rows):
            mark = self._mask[at]
            under = np.flatnonzero(mark)
            colour[under] = self._colours[mark[under]]

    def _touching(self, x: Ints, y: Ints) -> npt.NDArray[np.bool_]:
        reach = self._side // 2 + 1
        near: npt.NDArray[np.bool_] = (
            (x >= -reach) & (x < self._width + reach) & (y >= -reach) & (y < self._height + reach)
        )
        return near

    def _stamp(self, x: Ints, y: Ints) -> None:
        """Marks the pixels of squares; the inside of one wins over the rim of another."""
        if not len(x):
            return
        if self._mask is None:
            self._mask = np.zeros(self._width * self._height, np.uint8)
        rim = self._pixels(x, y, 1)
        self._mask[rim] = np.maximum(self._mask[rim], RIM)
        self._mask[self._pixels(x, y, 0)] = INSIDE

    def _pixels(self, x: Ints, y: Ints, rim: int) -> Longs:
        """The pixels of squares with so wide a rim, as far as they lie in the rectangle."""
        low = -(self._side // 2) - rim
        step = np.arange(low, low + self._side + 2 * rim)
        last = int(step[-1])
        if x.min() >= -low and y.min() >= -low and x.max() + last < self._width and y.max() + last < self._height:
            return (
                (y.astype(np.int64) * self._width + x)[:, None] + (step[:, None] * self._width + step).ravel()
            ).ravel()
        across, along = x[:, None] + step, y[:, None] + step
        inside = ((along >= 0) & (along < self._height))[:, :, None] & ((across >= 0) & (across < self._width))[
            :, None, :
        ]
        found: Longs = (along[:, :, None].astype(np.int64) * self._width + across[:, None, :])[inside]
        return found
