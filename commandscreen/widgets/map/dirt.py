"""Which part of a view changed: bands of pixel lines, each from its first changed pixel to its last. UI thread.

The bands of a thousand grids all over a city hold a fifth of the view's pixels, the rectangle round them twice that.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QRegion

BANDS = 16
MOST_PARTS = 48  # rectangles painted one by one; more are painted as a region
SHIFT = 5  # a step along a band: 32 pixels


class Dirt:
    """Gathers what changed in one view of so many device pixels."""

    def __init__(self, width: int, height: int) -> None:
        self._view = QRect(0, 0, width, height)
        self._high = max(8, -(-height // BANDS))
        self._touched = np.zeros((-(-height // self._high), (width >> SHIFT) + 1), np.bool_)
        self._rects: list[QRect] = []

    def add_rect(self, rect: QRect) -> None:
        """Takes a rectangle of the view."""
        rect = rect.intersected(self._view)
        if not rect.isEmpty():
            self._rects.append(rect)

    def add(self, pixels: npt.NDArray[np.integer], width: int, corner: QPoint) -> None:
        """Takes pixels of a picture so wide whose corner lies there in the view."""
        y = pixels // width
        x = pixels - y * width
        x += corner.x()
        y += corner.y()
        if corner.x() < 0 or corner.y() < 0 or int(y.max(initial=0)) >= self._view.height():
            seen = (x >= 0) & (y >= 0) & (x < self._view.width()) & (y < self._view.height())
            x, y = x[seen], y[seen]
        elif corner.x() + width > self._view.width():
            np.minimum(x, self._view.width() - 1, out=x)
        self._touched[y // self._high, x >> SHIFT] = True

    @property
    def region(self) -> QRegion:
        """What changed, device pixels of the view."""
        region = QRegion()
        bands = np.flatnonzero(self._touched.any(axis=1))
        some = self._touched[bands]
        first, last = some.argmax(axis=1), some.shape[1] - some[:, ::-1].argmax(axis=1)
        for band, left, right in zip(bands.tolist(), first.tolist(), last.tolist(), strict=True):
            region += QRect(left << SHIFT, band * self._high, (right - left) << SHIFT, self._high)
        for rect in self._rects:
            region += rect
        return region.intersected(self._view)


def rects_of(region: QRegion) -> list[QRect]:
    """The rectangles of a region."""
    return [QRect(rect) for rect in region]  # type: ignore[attr-defined]  # the stubs do not know it
