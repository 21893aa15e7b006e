"""Painted rows kept as pictures: a row that looks as before is copied, not painted. UI thread.

A row is kept from its second painting on: what flies past while someone scrolls is painted once and costs no picture.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

KEPT_BYTES = 24 * 2**20
SEEN = 500


class RowStrips:
    """Pictures of rows by what they show. Those longest unseen go when they take more than KEPT_BYTES."""

    def __init__(self) -> None:
        self._once: OrderedDict[Hashable, None] = OrderedDict()
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._bytes = 0

    def clear(self) -> None:
        """Forgets all: another theme, font or size."""
        self._kept.clear()
        self._once.clear()
        self._bytes = 0

    def strip(
        self, key: Hashable, size: QSize, ratio: float, paint: Callable[[QPainter, QRect], None]
    ) -> QPixmap | None:
        """The picture of a row, `size` in logical pixels at `ratio` device pixels each; None the first time it is seen.

        The key must tell apart everything that `paint` shows, its size and ratio too.
        """
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        if key not in self._once:
            self._once[key] = None
            if len(self._once) > SEEN:
                self._once.popitem(last=False)
            return None
        del self._once[key]
        made = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        made.setDevicePixelRatio(ratio)
        painter = QPainter(made)
        paint(painter, QRect(0, 0, size.width(), size.height()))
        painter.end()
        self._kept[key] = made
        self._bytes += made.width() * made.height() * 4
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= gone.width() * gone.height() * 4
        return made
