"""Where the names of divisions stand on the map. No Qt."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from commandscreen.domain.division import Division, Level, code_range
from commandscreen.domain.grid import GridTable

from .annotations import Label
from .raster import Shapes


def names_of(grids: GridTable, shapes: Shapes, divisions: Mapping[int, Division]) -> tuple[Label, ...]:
    """Every division's name at its seat, or at the middle of its grids; the greater divisions first."""
    zero = np.zeros(1)
    x = np.concatenate((zero, np.cumsum((shapes.west.astype(np.float64) + shapes.east) / 2)))
    y = np.concatenate((zero, np.cumsum((shapes.south.astype(np.float64) + shapes.north) / 2)))
    named = [d for d in divisions.values() if d.level is not Level.CITY]
    spans = [code_range(d.code, 16) for d in named]
    low = np.searchsorted(grids.code, np.array([span[0] for span in spans], np.int64))
    high = np.searchsorted(grids.code, np.array([span[1] for span in spans], np.int64))
    found = []
    for division, first, last in zip(named, low.tolist(), high.tolist(), strict=True):
        if first < last:
            middle = (x[last] - x[first]) / (last - first), (y[last] - y[first]) / (last - first)
            east, north = division.seat or (int(middle[0]), int(middle[1]))
            found.append(Label(division.code, division.name, east, north, division.level))
    return tuple(sorted(found, key=lambda label: (label.level, label.code)))
