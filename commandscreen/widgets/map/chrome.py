"""The map's furniture: zoom buttons, scale bar, note. UI thread."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from .text_art import Style, TextArt

BUTTON = 30


def nice_length(metres: float) -> int:
    """The largest of 1, 2, 5 × 10ⁿ metres that is not longer."""
    if metres < 1:
        return 1
    power = 10 ** math.floor(math.log10(metres))
    return int(max(step * power for step in (1, 2, 5) if step * power <= metres))


class MapButton(QAbstractButton):
    """A square button that paints its own ground, kept as a picture.

    It is not called opaque, though it is: Qt would cut it out of the map's region, and a frame painted through a
    region with holes takes four times as long as a whole one with three buttons on top.
    """

    def __init__(self, sign: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = sign
        self._map = parent
        self._colours: Mapping[str, str] = {}
        self.setFixedSize(BUTTON, BUTTON)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._picture: tuple[object, QImage] = (None, QImage())

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Takes a theme."""
        self._colours = colours
        self.update()

    def set_scale(self, scale: float) -> None:
        """Takes the person's size."""
        self.setFixedSize(round(BUTTON * scale), round(BUTTON * scale))

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._colours:
            return
        lit, ratio = self.underMouse() or self.isDown(), self._map.devicePixelRatioF()
        key = id(self._colours), lit, self.hasFocus(), self.isEnabled(), self.width(), ratio
        if self._picture[0] != key:
            self._picture = key, self._drawn(lit, ratio)
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture[1])

    def _drawn(self, lit: bool, ratio: float) -> QImage:
        image = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(self._colours["map_base"]))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QColor(self._colours["focus" if self.hasFocus() else "line_default"])
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(self._colours["bg_hover" if lit else "bg_panel"]))
        inset = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 3, 3)
        ink = QColor(self._colours["text_primary" if self.isEnabled() else "text_disabled"])
        painter.setPen(QPen(ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        c = QPointF(BUTTON / 2, BUTTON / 2)
        painter.scale(self.width() / BUTTON, self.height() / BUTTON)
        if self._sign in "+-":
            painter.drawLine(c - QPointF(5.5, 0), c + QPointF(5.5, 0))
            if self._sign == "+":
                painter.drawLine(c - QPointF(0, 5.5), c + QPointF(0, 5.5))
        else:
            pin = QPainterPath(c + QPointF(0, 7))
            pin.cubicTo(c + QPointF(-8, -1), c + QPointF(-6.5, -7), c + QPointF(0, -7))
            pin.cubicTo(c + QPointF(6.5, -7), c + QPointF(8, -1), c + QPointF(0, 7))
            painter.drawPath(pin)
            painter.drawEllipse(c + QPointF(0, -1.8), 2.0, 2.0)
        painter.end()
        return image.copy()  # without the paint engine an image keeps


def scale_bar(words: str, length: float, style: Style, art: TextArt) -> QImage:
    """The bar, `length` device pixels for the distance the words name, and the words after it."""
    d = art.density
    text = art.picture(words, style)
    base = round(text.height() * 0.62)
    end = round(length + 4 * d)
    image = QImage(end + round(5 * d) + text.width(), text.height(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.drawImage(image.width() - text.width(), 0, text)
    begin = round(end - length)
    tick = round(5 * d)
    for colour, width in ((style.halo, 3 * d), (style.colour, 1.2 * d)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawPolyline(
            [QPointF(begin, base - tick), QPointF(begin, base), QPointF(end, base), QPointF(end, base - tick)]
        )
    painter.end()
    return image.copy()  # without the paint engine an image keeps


__all__ = ["MapButton", "nice_length", "scale_bar"]
