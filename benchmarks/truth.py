"""What the pixels of a map must be, by geometry alone: the benchmark trusts no widget's own ids.

A pixel is judged where its colour is certain: well inside one polygon, off water and off whatever the widget says it
has written there.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from commandscreen.domain.grid import GridTable

CELL = 50_000  # cm: buckets of the search for a point's polygon
Rect = tuple[float, float, float, float]  # left, top, right, bottom in pixels
ToWorld = Callable[[float, float], tuple[float, float]]


def presented(widget: Any) -> Any:
    """The window's pixels as they were last shown (a QImage that stays valid only until the next event)."""
    return widget.window().backingStore().paintDevice()


class Truth:
    """Which grid lies where, and whether pictures agree."""

    def __init__(self, grids: GridTable, water: Iterable[Any] = ()) -> None:
        self._rings = [
            [
                grids.xy[grids.ring_start[ring] : grids.ring_start[ring + 1]].astype(np.float64)
                for ring in range(int(grids.grid_ring[row]), int(grids.grid_ring[row + 1]))
            ]
            for row in range(len(grids))
        ]
        self._near: dict[tuple[int, int], list[int]] = {}
        for row, rings in enumerate(self._rings):
            west, south = (rings[0].min(axis=0) // CELL).astype(int).tolist()
            east, north = (rings[0].max(axis=0) // CELL).astype(int).tolist()
            for x in range(west, east + 1):
                for y in range(south, north + 1):
                    self._near.setdefault((x, y), []).append(row)
        self._wet: set[tuple[int, int]] = set()
        for line in water:
            points = np.asarray(line, np.float64)
            for a, b in itertools.pairwise(points):
                many = int(np.abs(b - a).max() // (CELL / 4)) + 2
                for x, y in (np.linspace(a, b, many) // CELL).astype(int).tolist():
                    self._wet |= {(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}

    def holds(self, row: int, east: float, north: float) -> bool:
        """Whether a grid's polygon holds a point (cm), even-odd over all its rings."""
        inside = False
        for ring in self._rings[row]:
            ax, ay = ring[:, 0], ring[:, 1]
            bx, by = np.roll(ax, -1), np.roll(ay, -1)
            cut = np.flatnonzero((ay > north) != (by > north))
            x = ax[cut] + (north - ay[cut]) * (bx[cut] - ax[cut]) / (by[cut] - ay[cut])
            inside ^= bool(np.count_nonzero(east < x) & 1)
        return inside

    def owner(self, east: float, north: float) -> int | None:
        """The grid that holds a point (cm)."""
        found = self._near.get((int(east // CELL), int(north // CELL)), ())
        return next((row for row in found if self.holds(row, east, north)), None)

    def certain(self, to_world: ToWorld, x: int, y: int, reach: float) -> int | None:
        """The grid that owns all of a pixel's surroundings (`reach` pixels each way), if one does, off water."""
        east, north = to_world(x + 0.5, y + 0.5)
        if (int(east // CELL), int(north // CELL)) in self._wet:
            return None
        row = self.owner(east, north)
        if row is None:
            return None
        r = reach
        for i, j in ((r, 0), (-r, 0), (0, r), (0, -r), (r, r), (-r, -r), (r, -r), (-r, r)):
            if not self.holds(row, *to_world(x + 0.5 + i, y + 0.5 + j)):
                return None
        return row

    def judge(
        self,
        pixels: list[tuple[int, int, int]],
        to_world: ToWorld,
        allowed: Callable[[int], Callable[[int], bool]],
        covered: list[Rect],
        reach: float,
    ) -> tuple[int, list[tuple[int, int, int, int]]]:
        """How many of some pixels (x, y, 0xAARRGGBB) could be judged; the wrong ones with their grid.

        `allowed(row)` says of a colour whether the grid may have it.
        """
        judged, wrong = 0, []
        for x, y, colour in pixels:
            if any(a <= x <= c and b <= y <= d for a, b, c, d in covered):
                continue
            row = self.certain(to_world, x, y, reach)
            if row is not None:
                judged += 1
                if not allowed(row)(colour):
                    wrong.append((x, y, colour, row))
        return judged, wrong
