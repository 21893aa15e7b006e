"""The marks of the three alarm levels: ◆1 特急, ⬢2 紧急, ▢3 一般, each with its digit, so that none is read as a lamp."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from .. import theme as look

_FILL = {1: "lamp_red", 2: "lamp_amber", 3: "lamp_neutral"}
_TEXT = {1: "text_critical", 2: "text_warning", 3: "text_secondary"}


def paint_alarm(painter: QPainter, box: QRectF, level: int, theme: look.Theme, outline: bool = False,
                ground: str = "", plain: bool = False) -> None:  # fmt: skip
    """Draws the mark of a level, 1–3, in the middle of a box. `outline` leaves it empty: gone, or nothing there; 3 is
    never filled. `ground` is the token of what fills an empty one, `plain` takes the level's colour away."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = min(box.width(), box.height())
    centre, radius = box.center(), size / 2 * 0.94
    colour = theme.color(_FILL.get(level, _FILL[3]))
    hollow = outline or plain or level >= 3
    edge = theme.color(_TEXT[3] if plain else _TEXT.get(level, _TEXT[3])) if hollow else theme.color("lamp_edge")
    painter.setPen(QPen(edge, max(1.2, size / 13)))
    painter.setBrush(colour if not hollow else theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
    if level == 1:
        corners = [(0, -1), (1, 0), (0, 1), (-1, 0)]
        painter.drawPolygon(QPolygonF([QPointF(centre.x() + x * radius, centre.y() + y * radius) for x, y in corners]))
    elif level == 2:
        angles = [math.radians(30 + 60 * n) for n in range(6)]
        points = [QPointF(centre.x() + math.sin(a) * radius, centre.y() + math.cos(a) * radius) for a in angles]
        painter.drawPolygon(QPolygonF(points))
    else:
        side = radius * 1.56
        painter.drawRoundedRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), size / 14, size / 14)
    font = QFont(theme.font("label", bold=True))
    font.setPixelSize(max(8, round(size * 0.56)))
    painter.setFont(font)
    painter.setPen(edge if hollow else theme.color("text_on_fill"))
    if level == 1 and not hollow and theme.name == "light":
        painter.setPen(theme.color("text_on_accent"))  # black on the light theme's dark red is 3:1
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(level))
    painter.restore()


class AlarmMark(QWidget):
    """One mark as a widget."""

    def __init__(self, level: int = 3, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level, self._size, self._outline = level, size, False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(self.sizeHint())

    def show_level(self, level: int, outline: bool = False) -> None:
        """Another level."""
        if (level, outline) != (self._level, self._outline):
            self._level, self._outline = level, outline
            self.update()

    def sizeHint(self) -> QSize:
        size = look.of(self).px(self._size)
        return QSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_alarm(QPainter(self), QRectF(self.rect()), self._level, look.of(self), self._outline)
