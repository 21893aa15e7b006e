"""Where the map looks: a zoom level and the world under the widget's corner. Plain arithmetic, no Qt.

Levels are whole numbers, eight to a doubling, so that pieces of a level can be kept; the corner is a whole number of
device pixels, so that pieces are copied and never resampled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Box = tuple[int, int, int, int]

PER_DOUBLING = 8
NOTCH = 4  # levels a wheel notch or key press moves: a factor of the square root of two
FINEST = -8
COARSEST = 96
FINEST_SCALE = 50.0  # cm a device pixel at level 0


def scale_of(level: int) -> float:
    """Centimetres a device pixel at a level."""
    return FINEST_SCALE * math.pow(2.0, level / PER_DOUBLING)


@dataclass(frozen=True, slots=True)
class Camera:
    """One position. `west`, `north` (cm) is where pixel 0, 0 of every level lies; `left`, `top` the view's corner
    in device pixels from there; `width`, `height` the view in device pixels."""

    west: int = 0
    north: int = 0
    level: int = 40
    left: int = 0
    top: int = 0
    width: int = 1
    height: int = 1

    @property
    def scale(self) -> float:
        """Centimetres a device pixel."""
        return scale_of(self.level)

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """East and north (cm) of a point of the view, in device pixels."""
        return self.west + (self.left + x) * self.scale, self.north - (self.top + y) * self.scale

    def to_view(self, east: float, north: float) -> tuple[float, float]:
        """The view's point, in device pixels, of a place in cm."""
        return (east - self.west) / self.scale - self.left, (self.north - north) / self.scale - self.top

    def panned(self, dx: int, dy: int) -> Camera:
        """Moved by device pixels: the picture goes left and up for positive numbers."""
        return self._at(self.level, self.left + dx, self.top + dy)

    def zoomed(self, steps: int, x: float, y: float, coarsest: int = COARSEST) -> Camera:
        """`steps` levels coarser (finer if negative); the place under the view's point stays there to half a pixel."""
        level = min(max(self.level + steps, FINEST), coarsest)
        east, north = self.to_world(x, y)
        scale = scale_of(level)
        return self._at(level, round((east - self.west) / scale - x), round((self.north - north) / scale - y))

    def centred(self, east: float, north: float, level: int | None = None) -> Camera:
        """With a place in the middle."""
        level = self.level if level is None else min(max(level, FINEST), COARSEST)
        scale = scale_of(level)
        return self._at(
            level,
            round((east - self.west) / scale - self.width / 2),
            round((self.north - north) / scale - self.height / 2),
        )

    def fitted(self, box: Box, margin: int) -> Camera:
        """The finest level that shows a whole box (cm) with a margin in device pixels all round."""
        west, south, east, north = box
        wide = max(self.width - 2 * margin, 16)
        high = max(self.height - 2 * margin, 16)
        need = max((east - west) / wide, (north - south) / high, 1.0)
        level = math.ceil(PER_DOUBLING * math.log2(need / FINEST_SCALE) - 1e-9)
        return self.centred((west + east) / 2, (south + north) / 2, level)

    def resized(self, width: int, height: int) -> Camera:
        """Another view size, the middle stays in the middle."""
        left = self.left + (self.width - width) // 2
        top = self.top + (self.height - height) // 2
        return Camera(self.west, self.north, self.level, left, top, max(width, 1), max(height, 1))

    def clamped(self, box: Box) -> Camera:
        """Moved as little as needed for the view's middle to lie over a box (cm): nobody gets lost off the map."""
        west, south, east, north = box
        scale = self.scale
        x = min(max(self.left + self.width / 2, (west - self.west) / scale), (east - self.west) / scale)
        y = min(max(self.top + self.height / 2, (self.north - north) / scale), (self.north - south) / scale)
        return self._at(self.level, round(x - self.width / 2), round(y - self.height / 2))

    def _at(self, level: int, left: int, top: int) -> Camera:
        return Camera(self.west, self.north, level, left, top, self.width, self.height)
