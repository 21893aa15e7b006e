"""A community's count on the map: lamp shape, number, a bar of shares, the name below. UI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from .lut import DUE, OVERDUE
from .text_art import Style, TextArt, halo_of

LAMPS = {OVERDUE: "lamp_red", DUE: "lamp_amber"}


@dataclass(frozen=True, slots=True)
class Badge:
    """Open cases of a division: its code, where the badge hangs (cm), the worst state (0..3), how many, its name,
    and the counts (overdue, due, open) the bar shows."""

    division_code: int
    x: int
    y: int
    worst: int
    count: int
    name: str
    parts: tuple[int, int, int] = (0, 0, 0)


def draw_lamp(painter: QPainter, box: QRectF, worst: int, colours: Mapping[str, str], pen_width: float) -> None:
    """The lamp's shape: square for overdue, triangle for due, ring for on time."""
    painter.save()
    colour = QColor(colours[LAMPS.get(worst, "lamp_green")])
    if worst == OVERDUE:
        painter.fillRect(box, colour)
    elif worst == DUE:
        painter.setPen(Qt.PenStyle.NoPen)
        if QColor(colours["bg_panel"]).lightnessF() > 0.5:  # the light fill alone is 1.6:1, so its edge is required
            painter.setPen(QPen(QColor(colours["lamp_edge"]), pen_width * 0.6))
        painter.setBrush(colour)
        painter.drawPolygon(
            QPolygonF([QPointF(box.center().x(), box.top() - pen_width * 0.3), box.bottomRight(), box.bottomLeft()])
        )
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, pen_width * 1.25))
        inset = pen_width * 0.6
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
    painter.restore()


def badge_picture(badge: Badge, colours: Mapping[str, str], art: TextArt) -> tuple[QImage, int]:
    """The badge in device pixels, and the height of its box, whose middle hangs on the badge's place."""
    d = art.density
    font = art.font(15, True)
    metrics = QFontMetricsF(font)
    number = str(badge.count) if badge.count < 10_000 else f"{badge.count / 10_000:.1f}万"
    lamp = 12 * d
    wide = max(50 * d, lamp + 8 * d + metrics.horizontalAdvance(number) + 20 * d)
    high = 29 * d
    style = Style(15, True, colours["map_label"], halo_of(colours))
    name = art.picture(badge.name, style) if badge.name else QImage()
    width = int(max(wide + 2, name.width())) + 1
    image = QImage(width, int(high + 1 + name.height()) + 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF((width - wide) / 2, 1, wide, high - 1)
    edge = colours[LAMPS.get(badge.worst, "line_strong")]
    painter.setPen(QPen(QColor(edge), 1.5 * d))
    painter.setBrush(QColor(colours["bg_panel"]))
    inner = box.adjusted(d, d, -d, -d)
    painter.drawRoundedRect(inner, 3 * d, 3 * d)
    content = lamp + 8 * d + metrics.horizontalAdvance(number)
    left = box.center().x() - content / 2
    middle = box.top() + (high - 7 * d) / 2 + 1.5 * d
    size = lamp if badge.worst != OVERDUE else 11 * d
    draw_lamp(painter, QRectF(left, middle - size / 2, size, size), badge.worst, colours, 1.6 * d)
    painter.setFont(font)
    painter.setPen(QColor(colours["text_primary"]))
    painter.drawText(QPointF(left + lamp + 8 * d, middle + metrics.capHeight() / 2), number)
    bar = QRectF(inner.left() + 4 * d, inner.bottom() - 5 * d, inner.width() - 8 * d, 2.5 * d)
    total = sum(badge.parts)
    at = bar.left()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for share, token in zip(badge.parts, ("lamp_red", "lamp_amber", "lamp_green"), strict=True):
        if total and share:
            length = max(bar.width() * share / total, 2 * d)
            length = min(length, bar.right() - at)
            painter.fillRect(
                QRectF(at, bar.top(), length - (d if at + length < bar.right() else 0), bar.height()),
                QColor(colours[token]),
            )
            at += length
    if badge.name:
        painter.drawImage(QPointF((width - name.width()) / 2, high - 1 * d), name)
    painter.end()
    return image.copy(), int(high)  # without the paint engine an image keeps
