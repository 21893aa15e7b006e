"""The deadline lamp and the alarm-free marks: shape, then colour. Painters for rows, and a small widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from .. import theme as look

TOKENS = {
    "overdue": "lamp_red",
    "due": "lamp_amber",
    "ok": "lamp_green",
    "paused": "lamp_neutral",
    "done": "lamp_green",
}


def paint_lamp(painter: QPainter, box: QRectF, kind: str, theme: look.Theme) -> None:
    """Draws a lamp: filled square, filled triangle, hollow ring, two bars or a tick. `kind` is a domain Lamp's value."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme.color(TOKENS[kind])
    edge = theme.color("lamp_edge")
    size = min(box.width(), box.height())
    box = QRectF(box.center().x() - size / 2, box.center().y() - size / 2, size, size)
    outlined = theme.high_contrast or (theme.name == "light" and kind in ("due", "overdue"))
    painter.setPen(QPen(edge, max(1.0, size / 14)) if outlined else Qt.PenStyle.NoPen)
    if kind == "overdue":
        painter.setBrush(colour)
        painter.drawRect(box.adjusted(size * 0.1, size * 0.1, -size * 0.1, -size * 0.1))
    elif kind == "due":
        painter.setBrush(colour)
        points = [QPointF(box.center().x(), box.top() + size * 0.08)]
        points.append(QPointF(box.right() - size * 0.02, box.bottom() - size * 0.1))
        points.append(QPointF(box.left() + size * 0.02, box.bottom() - size * 0.1))
        painter.drawPolygon(QPolygonF(points))
    elif kind == "ok":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, size * 0.17))
        painter.drawEllipse(box.adjusted(size * 0.16, size * 0.16, -size * 0.16, -size * 0.16))
    elif kind == "paused":
        painter.setBrush(colour)
        for offset in (0.22, 0.58):
            painter.drawRect(QRectF(box.left() + size * offset, box.top() + size * 0.14, size * 0.2, size * 0.72))
    else:
        paint_tick(painter, box, colour)
    painter.restore()


_PICTURES: dict[tuple[str, int, float, str, str, str, bool], QPixmap] = {}


def lamp_picture(kind: str, size: int, theme: look.Theme) -> QPixmap:
    """The same as a picture of `size` logical pixels, painted once: a list shows one in every row."""
    ratio = max((s.devicePixelRatio() for s in QGuiApplication.screens()), default=1.0)
    key = (kind, size, ratio, theme.colours[TOKENS[kind]], theme.colours["lamp_edge"], theme.name, theme.high_contrast)
    if key not in _PICTURES:
        picture = QPixmap(round(size * ratio), round(size * ratio))
        picture.fill(Qt.GlobalColor.transparent)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        paint_lamp(painter, QRectF(0, 0, size, size), kind, theme)
        painter.end()
        _PICTURES[key] = picture
    return _PICTURES[key]


def paint_tick(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A tick that fills a square."""
    size = box.width()
    painter.setPen(QPen(colour, size * 0.13, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(
        QPolygonF([
            QPointF(box.left() + size * 0.14, box.top() + size * 0.54),
            QPointF(box.left() + size * 0.40, box.top() + size * 0.78),
            QPointF(box.left() + size * 0.88, box.top() + size * 0.24),
        ])
    )  # fmt: skip


class Lamp(QWidget):
    """One lamp as a widget."""

    def __init__(self, kind: str, size: int = 15, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._size = size
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(self.sizeHint())

    def set_kind(self, kind: str) -> None:
        """Another lamp."""
        if kind != self._kind:
            self._kind = kind
            self.update()

    def sizeHint(self) -> QSize:
        size = look.of(self).px(self._size)
        return QSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.setFixedSize(self.sizeHint())
        paint_lamp(QPainter(self), QRectF(self.rect()), self._kind, look.of(self))
