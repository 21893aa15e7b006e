"""The sets of lines a look may draw, each made when it is first asked for. Any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from commandscreen.domain.division import Level, level_of
from commandscreen.domain.grid import GridKind, GridTable

from .dress import COMMUNITY_LINES, COUNTY_LINES, DEDICATED_LINES, GRID_LINES, TOWNSHIP_LINES, WATER
from .raster import Segments, Shapes, segments_of, spread

_BOUNDARIES = {Level.COUNTY: COUNTY_LINES, Level.TOWNSHIP: TOWNSHIP_LINES, Level.COMMUNITY: COMMUNITY_LINES}
BOUNDARY_LINES = tuple(_BOUNDARIES.values())


class LineSets(Mapping[str, Segments]):
    """Segments by the name of their set: at city view most sets are never drawn, and the first picture is not to
    wait for them."""

    def __init__(self, makers: Mapping[str, Callable[[], Segments]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Segments] = {}
        self._lock = threading.Lock()

    def without(self, *names: str) -> LineSets:
        """The same sets but for some; what is made is shared."""
        other = LineSets({name: maker for name, maker in self._makers.items() if name not in names})
        other._made, other._lock = self._made, self._lock
        return other

    def __getitem__(self, name: str) -> Segments:
        maker = self._makers[name]
        with self._lock:
            if name not in self._made:
                self._made[name] = maker()
            return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def line_sets(
    grids: GridTable, shapes: Shapes, outlines: Mapping[int, tuple[object, ...]], water: Sequence[object]
) -> LineSets:
    """The sets of a site: its water, its divisions' boundaries, the outlines of dedicated grids.

    The edges of all grids are in the shapes already: their set is there to be left out, and empty.
    """
    makers: dict[str, Callable[[], Segments]] = {
        WATER: lambda: segments_of([np.asarray(line) for line in water], closed=False),
        GRID_LINES: lambda: segments_of([], closed=True),
        DEDICATED_LINES: lambda: _edges_of_dedicated(grids, shapes),
    }
    for level, kind in _BOUNDARIES.items():
        makers[kind] = partial(_boundaries, outlines, level)
    return LineSets(makers)


def _boundaries(outlines: Mapping[int, tuple[object, ...]], level: Level) -> Segments:
    rings = [np.asarray(ring) for code, own in outlines.items() if level_of(code) is level for ring in own]
    return segments_of(rings, closed=True)


def _edges_of_dedicated(grids: GridTable, shapes: Shapes) -> Segments:
    special = np.flatnonzero(grids.kind != GridKind.GENERAL)
    at = spread(shapes.first[special], shapes.first[special + 1] - shapes.first[special])
    e = shapes.edges
    return Segments(e.ax[at], e.ay[at], e.bx[at], e.by[at])
