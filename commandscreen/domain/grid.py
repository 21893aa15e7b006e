"""The grids of a city, held as arrays: 66,623 of them are one table, never 66,623 objects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from .division import contains

GRID_FACTOR = 10_000


class GridKind(IntEnum):
    """A general grid, or what a dedicated grid is dedicated to."""

    GENERAL = 0
    AGENCY = 1
    HOSPITAL = 2
    SCHOOL = 3
    ENTERPRISE = 4
    MARKET = 5
    STATION = 6


def grid_code(community: int, l2: int, l3: int) -> int:
    """The 16-digit code of grid `l2`-`l3` of a community; `grid_label` shows it as 2-03."""
    if not (1 <= l2 <= 99 and 1 <= l3 <= 99):
        raise ValueError(f"grid numbers run from 1 to 99: {l2}-{l3}")
    return community * GRID_FACTOR + l2 * 100 + l3


def grid_label(code: int) -> str:
    """The short number people use inside a community, such as 2-03."""
    number = code % GRID_FACTOR
    return f"{number // 100}-{number % 100:02d}"


def community_of(code: int) -> int:
    """The 12-digit community code of a 16-digit grid code."""
    return code // GRID_FACTOR


@dataclass(frozen=True, slots=True, eq=False)
class GridTable:
    """All grids of a site, ordered by code; a grid's index in the table is its id on this machine.

    code        int64[n]    16-digit codes, ascending
    kind        uint8[n]    GridKind
    households  uint16[n]
    grid_ring   int32[n+1]  rings of grid i are grid_ring[i]:grid_ring[i+1]; the first is the outline, others are holes
    ring_start  int32[m+1]  vertices of ring r are ring_start[r]:ring_start[r+1]; not closed (last vertex ≠ first)
    xy          int32[v,2]  east, north in centimetres of the site's projected system
    """

    code: npt.NDArray[np.int64]
    kind: npt.NDArray[np.uint8]
    households: npt.NDArray[np.uint16]
    grid_ring: npt.NDArray[np.int32]
    ring_start: npt.NDArray[np.int32]
    xy: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.code)

    def index(self, code: int) -> int:
        """The row of a grid code, or -1."""
        row = int(np.searchsorted(self.code, code))
        return row if row < len(self.code) and int(self.code[row]) == code else -1

    def span(self, area: int) -> tuple[int, int]:
        """Half-open range of rows inside a division: codes are prefixes, so every area is one run."""
        digits = 16 - len(str(area))
        low, high = area * 10**digits, (area + 1) * 10**digits
        return int(np.searchsorted(self.code, low)), int(np.searchsorted(self.code, high))

    def bounds(self, area: int | None = None) -> tuple[int, int, int, int]:
        """West, south, east, north in centimetres, of a division or of everything."""
        first, last = (0, len(self.code)) if area is None else self.span(area)
        if first == last:
            raise ValueError(f"no grid lies in {area}")
        start = self.ring_start[self.grid_ring[first]]
        end = self.ring_start[self.grid_ring[last]]
        points = self.xy[start:end]
        west, south = points.min(axis=0)
        east, north = points.max(axis=0)
        return int(west), int(south), int(east), int(north)

    def centre(self, row: int) -> tuple[int, int]:
        """A representative point of a grid, centimetres: the mean of its outline's vertices."""
        ring = self.grid_ring[row]
        points = self.xy[self.ring_start[ring] : self.ring_start[ring + 1]]
        east, north = points.mean(axis=0)
        return int(east), int(north)

    def holds(self, area: int, code: int) -> bool:
        """Whether the grid code lies in a division."""
        return contains(area, code)
