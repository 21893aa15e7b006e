"""From the state of a grid to its colour: the table that turns ids into pixels. No Qt; used on any thread.

The UI thread alone writes; a reader on another thread may see a mixture and must compare `version` afterwards.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

NONE, OPEN, DUE, OVERDUE = 0, 1, 2, 3
HATCH_PERIOD = 8
REMEMBERED = 64  # changes a piece may be behind and still be patched

STATUS_NAMES = {NONE: "map_cell", OPEN: "map_green", DUE: "map_amber", OVERDUE: "map_red"}


def rgb(colour: str) -> int:
    """0xFFRRGGBB of #RRGGBB. Raises ValueError for anything else."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"not a colour: {colour!r}")
    return 0xFF000000 | int(colour[1:], 16)


def mix(low: int, high: int, share: float) -> int:
    """A colour `share` of the way from one to another."""
    out = 0xFF000000
    for shift in (0, 8, 16):
        a, b = low >> shift & 255, high >> shift & 255
        out |= round(a + (b - a) * share) << shift
    return out


class ColourTable:
    """Colours of all grids. `table[row + 1]` is a grid's 0xFFRRGGBB, `table[0]` the ground; `version` counts changes,
    `late` are the overdue ones in scope.

    `stripe` is the hatch along a diagonal, uint32[HATCH_PERIOD × density]; a due grid takes colour
    `stripe[(x + y) % len(stripe)]` wherever the hatch is drawn.
    """

    def __init__(self, codes: npt.NDArray[np.int64], colours: Mapping[str, str], density: float = 1.0) -> None:
        self.status = np.zeros(len(codes), np.uint8)
        self.in_scope = np.ones(len(codes), np.bool_)
        self.late = np.zeros(len(codes), np.bool_)
        self.version = 0
        self._changes: deque[npt.NDArray[np.int32]] = deque(maxlen=REMEMBERED)  # the latest ones, oldest first
        # neighbours have neighbouring codes: a multiplicative hash keeps three tones from lining up
        mixed = (codes.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)
        self._tone = (mixed % np.uint64(3)).astype(np.uint8)
        self.table = np.zeros(len(codes) + 1, np.uint32)
        self.stripe = np.zeros(HATCH_PERIOD, np.uint32)
        # a grid's colour is palette[ground of the grid + its state]: three tones and what is out of scope, by four
        self._ground = np.zeros(len(codes), np.uint8)
        self._palette = np.zeros(16, np.uint32)
        self.paint(colours, density)

    def paint(self, colours: Mapping[str, str], density: float = 1.0) -> None:
        """Takes another theme; `density` is device pixels a logical one and sets the hatch."""
        states = [rgb(colours[STATUS_NAMES[status]]) for status in (OPEN, DUE, OVERDUE)]
        for i, name in enumerate(("map_cell", "map_cell2", "map_cell3")):
            self._palette[4 * i : 4 * i + 4] = [rgb(colours[name]), *states]
        self._palette[12:] = rgb(colours["map_out"])
        self.table[0] = rgb(colours["map_base"])
        period = max(4, round(HATCH_PERIOD * density))
        base, line = rgb(colours["map_amber"]), rgb(colours.get("map_hatch", colours["lamp_amber"]))
        half = period * 0.19
        distance = np.abs(np.arange(period) + 0.5 - period / 2)
        share = np.clip((half + 0.5 - distance), 0, 1)
        self.stripe = np.array([mix(base, line, float(part)) for part in share], np.uint32)
        self._refresh()

    def set_scope(self, first: int, last: int) -> None:
        """Rows first..last-1 are in scope; all others take the tone of what lies outside."""
        self.in_scope[:] = False
        self.in_scope[first:last] = True
        self._refresh()

    def set_status(self, rows: npt.NDArray[np.int32], status: npt.NDArray[np.uint8]) -> None:
        """Replaces the states of all grids; rows not named have none."""
        self.status[:] = NONE
        self.status[rows] = np.minimum(status, OVERDUE)
        self._refresh()

    def update_status(self, rows: npt.NDArray[np.int32], status: npt.NDArray[np.uint8]) -> None:
        """Changes the states of some grids."""
        status = np.minimum(status, OVERDUE)
        self.status[rows] = status
        self.table[rows + 1] = self._palette[self._ground[rows] + status]
        self.late[rows] = (status == OVERDUE) & self.in_scope[rows]
        self._changes.append(rows)
        self.version += 1

    def changed_since(self, version: int) -> npt.NDArray[np.int32] | None:
        """Rows whose colour may have changed since a version; None for all of them."""
        behind = self.version - version
        if behind <= 0:
            return np.zeros(0, np.int32)
        if behind > len(self._changes):
            return None
        return np.unique(np.concatenate([self._changes[-i] for i in range(1, behind + 1)]))

    def _refresh(self) -> None:
        self._ground = np.where(self.in_scope, self._tone * np.uint8(4), np.uint8(12))
        self.table[1:] = self._palette[self._ground + self.status]
        self.late = (self.status == OVERDUE) & self.in_scope
        self._changes.clear()
        self.version += 1
