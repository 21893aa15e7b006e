"""How a part of the picture is cut into pieces: bands of about equal work, small enough for no thread to be long at one."""

from __future__ import annotations

import itertools

import numpy as np
from PySide6.QtCore import QRect

from .camera import scale_of
from .piece import Place, Source

PIXELS = 1_200_000  # most pixels of a piece


class Bands:
    """Cuts rectangles of any level of one site."""

    def __init__(self, source: Source) -> None:
        self._source = source
        # where grids lie close, for shares of equal work: a sixteenth of them tells it well enough
        self._sample = np.sort(source.shapes.west[::16]), np.sort(source.shapes.south[::16])

    def of(self, level: int, rect: QRect) -> list[Place]:
        """A rectangle (pixels of the level) as places of pieces, across its longer side."""
        area = rect.width() * rect.height()
        many = -(-area // PIXELS)
        if many == 1:
            return [Place(level, rect.left(), rect.top(), rect.width(), rect.height())]
        source, scale = self._source, scale_of(level)
        across = rect.width() > 2 * rect.height()
        low, size = (rect.left(), rect.width()) if across else (rect.top(), rect.height())
        west, south = self._sample
        some = (west - source.west) / scale if across else (source.north - south[::-1]) / scale
        some = some[np.searchsorted(some, low) : np.searchsorted(some, low + size)]
        shares = np.arange(1, many) / many
        even = low + size * shares
        crowd = some[(len(some) * shares).astype(int)] if len(some) else even
        cuts = [low, *np.round((even + crowd) / 2).astype(int).tolist(), low + size]
        bands = [(a, b - a) for a, b in itertools.pairwise(cuts) if b > a]
        if across:
            return [Place(level, a, rect.top(), n, rect.height()) for a, n in bands]
        return [Place(level, rect.left(), a, rect.width(), n) for a, n in bands]
