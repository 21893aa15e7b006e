"""The mark of a command's fate, DESIGN §5: its own shapes, so that it is never read as a lamp or an alarm."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from .. import theme as look


def paint_fate(painter: QPainter, box: QRect, fate: str, theme: look.Theme) -> None:
    """Paints one of waiting (dashed ring), sending (half disc), landed (tick), settled (double tick), conflict (split
    diamond), refused (crossed square) and denied (crossed ring) into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = QRectF(box).adjusted(2, 2, -2, -2)
    tone = {"conflict": "lamp_amber", "refused": "lamp_red", "denied": "text_tertiary",
            "dropped": "text_tertiary", "settled": "lamp_green",
            "landed": "lamp_green"}.get(fate, "accent")  # fmt: skip
    colour = theme.color(tone)
    pen = QPen(colour, max(1.6, box.width() / 11))
    painter.setPen(pen)
    middle = area.center()
    if fate == "waiting":
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setDashPattern([1.6, 1.6])
        painter.setPen(pen)
        painter.drawEllipse(area)
    elif fate == "sending":
        painter.drawEllipse(area)
        painter.setBrush(colour)
        painter.drawPie(area, 90 * 16, 180 * 16)
    elif fate in ("landed", "settled"):
        for shift in (0.0,) if fate == "landed" else (-area.width() * 0.18, area.width() * 0.18):
            painter.drawPolyline(QPolygonF([
                QPointF(area.left() + area.width() * 0.15 + shift, middle.y()),
                QPointF(area.left() + area.width() * 0.4 + shift, area.bottom() - area.height() * 0.2),
                QPointF(area.left() + area.width() * 0.85 + shift, area.top() + area.height() * 0.2),
            ]))  # fmt: skip
    elif fate == "conflict":
        painter.drawPolygon(QPolygonF([QPointF(middle.x(), area.top()), QPointF(area.right(), middle.y()),
                                       QPointF(middle.x(), area.bottom()), QPointF(area.left(), middle.y())]))  # fmt: skip
        painter.drawLine(QLineF(middle.x(), area.top(), middle.x(), area.bottom()))
    elif fate == "refused":
        painter.drawRect(area)
        painter.drawLine(QLineF(area.topLeft(), area.bottomRight()))
        painter.drawLine(QLineF(area.topRight(), area.bottomLeft()))
    else:
        painter.drawEllipse(area)
        painter.drawLine(QLineF(area.left() + area.width() * 0.15, area.bottom() - area.height() * 0.15,
                                area.right() - area.width() * 0.15, area.top() + area.height() * 0.15))  # fmt: skip
    painter.restore()
