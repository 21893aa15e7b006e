"""Words as small pictures with a halo, kept, because text costs more than the rest of a frame. UI thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

KEPT = 1500


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: height in logical pixels, weight, colour and halo."""

    pixels: int
    bold: bool
    colour: str
    halo: str
    spacing: float = 0.0


def halo_of(colours: Mapping[str, str]) -> str:
    """The halo's token value: the map's ground in the dark, its lightest cell in the light."""
    return colours["map_cell3" if QColor(colours["map_base"]).lightnessF() > 0.5 else "map_base"]


class TextArt:
    """Pictures of words in device pixels for one font family and density.

    `density` is device pixels a pixel of the design: the screen's ratio times the person's scale.
    """

    def __init__(self) -> None:
        self._art: OrderedDict[tuple[str, Style], QImage] = OrderedDict()
        self._measures: dict[tuple[int, bool, float], QFontMetricsF] = {}
        self._family = QFont()
        self.density = 1.0
        self.stamp = 0  # counts families, densities and sizes

    def set_font(self, font: QFont, density: float) -> None:
        """Another family or density forgets all pictures."""
        self._family = QFont(font)
        self.density = density
        self._art.clear()
        self._measures.clear()
        self.stamp += 1

    def font(self, pixels: float, bold: bool, spacing: float = 0.0) -> QFont:
        """The widget's family at a size in logical pixels, scaled to device pixels."""
        font = QFont(self._family)
        font.setPixelSize(max(1, round(pixels * self.density)))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        if spacing:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * self.density)
        return font

    def size(self, text: str, style: Style) -> tuple[int, int]:
        """Width and height of the picture in device pixels, without making it."""
        found = self._art.get((text, style))
        if found is not None:
            return found.width(), found.height()
        metrics = self._metrics(style)
        pad = 2 * self._pad()
        return int(metrics.horizontalAdvance(text) + pad) + 1, int(metrics.height() + pad) + 1

    def picture(self, text: str, style: Style) -> QImage:
        """The words with their halo."""
        key = text, style
        found = self._art.get(key)
        if found is not None:
            self._art.move_to_end(key)
            return found
        width, height = self.size(text, style)
        font = self.font(style.pixels, style.bold, style.spacing)
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)  # strokes of bold ideographs overlap
        path.addText(QPointF(self._pad(), self._pad() + QFontMetricsF(font).ascent()), font, text)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        halo = QColor(style.halo)
        halo.setAlphaF(0.92)
        pen = QPen(halo, 3.4 * self.density)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
        painter.setFont(font)
        painter.setPen(QColor(style.colour))
        painter.drawText(QPointF(self._pad(), self._pad() + QFontMetricsF(font).ascent()), text)
        painter.end()
        image = image.copy()  # an image painted upon keeps its paint engine, 200 kB, for life; a copy has none
        self._art[key] = image
        if len(self._art) > KEPT:
            self._art.popitem(last=False)
        return image

    def _metrics(self, style: Style) -> QFontMetricsF:
        key = style.pixels, style.bold, style.spacing
        if key not in self._measures:
            self._measures[key] = QFontMetricsF(self.font(*key))
        return self._measures[key]

    def _pad(self) -> float:
        return 2.0 * self.density
