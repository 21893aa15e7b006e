"""Single lines of text, painted for the least: a font with its measures, kept per size, and drawing by the baseline.

`QPainter.drawText` into a box measures the text before it draws it, and eliding measures it again. A line that surely
fits needs neither.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter

from .. import theme as look

_WIDEST = 1.3  # of a character, in sizes of its font: a Chinese one takes 1, one of another font may take more
_BOX = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class TextFace:
    """A role's font at a scale, with its measures. UI thread."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        exact = QFontMetricsF(font)
        self._ascent, self._height = exact.ascent(), exact.ascent() + exact.descent()
        self._widest = font.pixelSize() * _WIDEST
        self.advance = lru_cache(2_000)(self.metrics.horizontalAdvance)

    def paint(self, painter: QPainter, box: QRect, text: str, elide: bool = False) -> None:
        """A line at the left of a box, centred in its height; what does not fit is cut off, with an ellipsis or without.

        The painter's font must be this one's.
        """
        if len(text) * self._widest > box.width() and self.advance(text) > box.width():
            if not elide:
                painter.drawText(box, _BOX, text)
                return
            text = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QPointF(box.left(), box.top() + (box.height() - self._height) / 2 + self._ascent), text)


@lru_cache(32)
def _face(scale: float, role: str, bold: bool) -> TextFace:
    return TextFace(look.make(scale=scale).font(role, bold))


def face(theme: look.Theme, role: str = "body", bold: bool = False) -> TextFace:
    """The face of a role in a theme."""
    return _face(theme.scale, role, bold)
