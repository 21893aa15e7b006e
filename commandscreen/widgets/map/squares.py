"""Squares of their own for late grids that are too small to be seen.

They are a part of a piece's pixels, so that a frame pays nothing for them. On any thread, no Qt.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .dress import Dress
from .lut import ColourTable, rgb
from .raster import Longs, Pixels, Shapes, Window

TOO_SMALL = 64.0  # logical pixels a late grid must own to do without a square
SIDE = 7  # logical pixels
FAR = 32_000  # pixels from a window's corner; none is so large
RIM, INSIDE = 1, 64  # what one square adds to a pixel; so many rims never meet without an inside
Rows = npt.NDArray[np.int32]


class Squares:
    """The squares over one window of pixels.

    Every pixel counts the squares over it, so that one can go without a thought for those it lay upon; the inside of
    one wins over the rim of another.
    """

    def __init__(self, shapes: Shapes, window: Window, dress: Dress) -> None:
        self._shapes = shapes
        self._window = window
        self._least = TOO_SMALL * dress.metres(window.scale) ** 2
        side = max(5, round(SIDE * dress.density))
        low, wide = -(side // 2) - 1, side + 2
        self._reach = -low, low + wide - 1  # pixels to the left and above of a middle, to the right and below
        step = np.arange(low, low + wide)
        self._across, self._along = np.tile(step, wide), np.repeat(step, wide)
        inner = np.full((wide, wide), RIM, np.uint16)
        inner[1:-1, 1:-1] = INSIDE
        self._stamp = inner.ravel()
        self._flat = self._along * window.width + self._across
        self._rim, self._red = np.uint32(rgb(dress.colours["map_base"])), np.uint32(rgb(dress.colours["lamp_red"]))
        self._has = np.zeros(len(shapes), np.bool_)  # of all grids, wherever they lie
        self._small: npt.NDArray[np.bool_] | None = None  # which grids are, found with the first late one
        self._middle: tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]] | None = None
        self._count: npt.NDArray[np.uint16] | None = None  # made with the first square

    @property
    def rows(self) -> Rows:
        """Grids whose squares touch the window."""
        rows = np.flatnonzero(self._has).astype(np.int32)
        return rows[self._touching(*self._middles(rows))]

    @property
    def nbytes(self) -> int:
        """Memory the squares hold."""
        count = self._has.nbytes * ((self._small is not None) + 1 + 4 * (self._middle is not None))
        return count + (0 if self._count is None else self._count.nbytes)

    def replace(self, table: ColourTable) -> None:
        """Puts up all squares the states demand and no others."""
        self._has[:] = False
        if self._count is not None:
            self._count[:] = 0
        rows = np.flatnonzero(table.late).astype(np.int32)
        rows = rows[self._wanted(rows, table)]
        self._has[rows] = True
        pixels, stamps, _ = self._pixels(rows)
        self._add(pixels, stamps)

    def follow(self, rows: Rows, table: ColourTable) -> Longs:
        """Brings the squares of some grids up to date; the pixels of those that came or went."""
        other = rows[self._has[rows] != self._wanted(rows, table)]
        if not len(other):
            return np.zeros(0, np.int64)
        other = np.array(sorted(set(other.tolist())), np.int32)
        come = ~self._has[other]
        self._has[other] = come
        pixels, stamps, which = self._pixels(other)
        # numbers of 16 bits go round, so what is taken off may be added
        self._add(pixels, np.where(come[which], stamps, np.uint16(0) - stamps))
        return pixels

    def lay(self, pixels: Pixels) -> None:
        """Paints all squares."""
        if self._count is not None:
            at = np.flatnonzero(self._count)
            pixels[at] = self._colours(self._count[at])

    def over(self, at: Longs, colour: Pixels) -> None:
        """Turns the colours of some pixels into those of the squares that lie there."""
        if self._count is not None:
            count = self._count[at]
            under = np.flatnonzero(count)
            colour[under] = self._colours(count[under])

    def _colours(self, count: npt.NDArray[np.uint16]) -> Pixels:
        return np.where(count >= INSIDE, self._red, self._rim)

    def _wanted(self, rows: Rows, table: ColourTable) -> npt.NDArray[np.bool_]:
        """Which of some grids are to carry a square."""
        if self._small is None:
            self._small = self._shapes.area < self._least
        wanted: npt.NDArray[np.bool_] = table.late[rows] & self._small[rows]
        return wanted

    def _middles(self, rows: Rows) -> tuple[Longs, Longs]:
        """The pixels in which grids have their middles; those far outside of the window only about so far."""
        if self._middle is None:
            s, window = self._shapes, self._window
            x = ((s.west.astype(np.float64) + s.east) / 2 - window.west) / window.scale
            y = (window.north - (s.south.astype(np.float64) + s.north) / 2) / window.scale
            self._middle = _pixel(x), _pixel(y)
        return self._middle[0][rows].astype(np.int64), self._middle[1][rows].astype(np.int64)

    def _touching(self, x: Longs, y: Longs) -> npt.NDArray[np.bool_]:
        low, high = self._reach
        wide, tall = self._window.width, self._window.height
        near: npt.NDArray[np.bool_] = (x >= -high) & (x < wide + low) & (y >= -high) & (y < tall + low)
        return near

    def _add(self, pixels: Longs, stamps: npt.NDArray[np.uint16]) -> None:
        if len(pixels):
            if self._count is None:
                self._count = np.zeros(self._window.width * self._window.height, np.uint16)
            np.add.at(self._count, pixels, stamps)

    def _pixels(self, rows: Rows) -> tuple[Longs, npt.NDArray[np.uint16], Longs]:
        """The pixels of squares as far as they lie in the window, rim and all; what each square adds to them; whose
        they are, as a position in `rows`."""
        low, high = self._reach
        wide, tall = self._window.width, self._window.height
        x, y = self._middles(rows)
        which = np.repeat(np.arange(len(rows)), len(self._stamp))
        if len(rows) and x.min() >= low and y.min() >= low and x.max() < wide - high and y.max() < tall - high:
            return ((y * wide + x)[:, None] + self._flat).ravel(), np.tile(self._stamp, len(x)), which
        across, along = (x[:, None] + self._across).ravel(), (y[:, None] + self._along).ravel()
        inside = np.flatnonzero((along >= 0) & (along < tall) & (across >= 0) & (across < wide))
        pixels: Longs = along[inside] * wide + across[inside]
        return pixels, self._stamp[inside % len(self._stamp)], which[inside]


def _pixel(at: npt.NDArray[np.float64]) -> npt.NDArray[np.int16]:
    return np.clip(np.round(at), -FAR, FAR).astype(np.int16)
