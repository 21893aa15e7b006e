"""What lies over the coloured grids and does not change with cases: gaps between cells, boundaries, water.

Makes one premultiplied ARGB picture a piece, with numpy alone, on any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .lut import rgb
from .raster import Pixels, Segments, Shapes, Window, coverage, edges_inside

GRID_LINES = "grids"
COMMUNITY_LINES = "communities"
TOWNSHIP_LINES = "townships"
COUNTY_LINES = "counties"
WATER = "water"
DEDICATED_LINES = "dedicated"

HATCH_BELOW = 45.0  # metres a logical pixel; farther out the hatch would be noise
HATCH_CELL = 80.0  # logical pixels a grid must own to be hatched and edged


@dataclass(frozen=True, slots=True, eq=False)
class Dress:
    """One look: colours by token name, the lines to draw, the outline of what is in scope, device pixels a logical
    one. Compared by identity."""

    colours: Mapping[str, str]
    lines: Mapping[str, Segments]
    scope: Segments
    density: float

    def metres(self, scale: float) -> float:
        """Metres a logical pixel at a scale in cm a device pixel."""
        return scale * self.density / 100

    def hatched(self, scale: float) -> bool:
        """Whether due grids may carry their hatch, and late ones an edge, at this scale."""
        return self.metres(scale) <= HATCH_BELOW

    def least_area(self, scale: float) -> float:
        """Square metres a grid must have for its hatch and edge at this scale."""
        return HATCH_CELL * self.metres(scale) ** 2

    def strokes(self, scale: float) -> list[tuple[str, str, float, float]]:
        """What to draw from the bottom up: line set, colour token, width in logical pixels, opacity."""
        m = self.metres(scale)
        found: list[tuple[str, str, float, float]] = [(WATER, "map_water", min(max(90 / m, 2.0), 18.0), 1.0)]
        if m <= 45:
            # cells part gently as they grow: a hairline at 45 m a pixel, the full gap from 8 m on
            near = min(max((45 - m) / 37, 0.0), 1.0)
            found.append((GRID_LINES, "map_base", 0.6 + 1.3 * near**1.5, 0.5 + 0.5 * near))
        if m <= 30:
            found.append((DEDICATED_LINES, "map_road_label", 1.3, 0.9))
        if m <= 60:
            found.append((COMMUNITY_LINES, "map_l2", 1.1, min(1.0, 0.5 + (60 - m) / 40)))
        if m <= 400:
            found.append((TOWNSHIP_LINES, "map_l2", 1.0 if m > 60 else 1.5, 0.9))
        found.append((COUNTY_LINES, "map_comm", 1.2, 0.8))
        return found

    def overlay(self, shapes: Shapes, window: Window) -> Pixels | None:
        """The lines of one window as premultiplied 0xAARRGGBB, uint32[pixels]; None where there are none."""
        layers: list[tuple[Segments, str, float, float]] = []
        for kind, token, width, opacity in self.strokes(window.scale):
            segments = edges_inside(shapes, window) if kind == GRID_LINES else self.lines.get(kind)
            if kind == GRID_LINES and kind not in self.lines:
                continue
            if segments is not None and len(segments.ax):
                layers.append((segments, token, width, opacity))
        if len(self.scope.ax):
            layers.append((self.scope, "map_base", 4.2, 0.55))
            layers.append((self.scope, "map_comm", 2.0, 1.0))
        out: Pixels | None = None
        for segments, token, width, opacity in layers:
            cover = coverage(segments, window, width * self.density)
            at = np.flatnonzero(cover)
            if len(at):
                if out is None:
                    out = np.zeros(window.width * window.height, np.uint32)
                out[at] = _over(out[at], cover[at] * np.float32(opacity), rgb(self.colours[token]))
        return out


def _over(below: Pixels, alpha: npt.NDArray[np.float32], colour: int) -> Pixels:
    """Premultiplied pixels with a colour of some opacity laid over them."""
    rest = 1 - alpha
    out = np.zeros(len(below), np.uint32)
    for shift in (0, 8, 16, 24):
        part = (below >> np.uint32(shift) & np.uint32(255)).astype(np.float32)
        part *= rest
        part += alpha * np.float32(colour >> shift & 255) + np.float32(0.5)
        out |= part.astype(np.uint32) << np.uint32(shift)
    return out


def blend(pixels: Pixels, over: Pixels) -> Pixels:
    """Opaque pixels under premultiplied ones: what QPainter's source-over gives, for a few pixels at a time."""
    hidden = 255 - (over >> 24)
    red_blue = (pixels & 0x00FF00FF) * hidden + 0x00800080
    red_blue = (red_blue + (red_blue >> 8 & 0x00FF00FF)) >> 8 & 0x00FF00FF
    green = (pixels >> 8 & 0xFF) * hidden + 0x80
    green = (green + (green >> 8)) >> 8 & 0xFF
    mixed: Pixels = (over + red_blue + (green << 8)) | np.uint32(0xFF000000)
    return mixed
