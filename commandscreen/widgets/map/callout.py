"""The box that says what a selected grid is about, tied to it by a line. UI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from .text_art import TextArt

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Callout:
    """Words for a grid row: a title and further lines, which a narrow map leaves out."""

    row: int
    title: str
    lines: tuple[str, ...] = ()


def callout_box(callout: Callout, art: TextArt, view: tuple[int, int], at: QPointF, taken: list[Box]) -> QRectF:
    """Where the box stands (device pixels): inside the view, off the grid, over as few badges as possible."""
    d = art.density
    compact = view[0] < 660 * d or not callout.lines
    title = QFontMetricsF(art.font(15, True))
    body = QFontMetricsF(art.font(14, False))
    lines = () if compact else callout.lines
    inner = max([title.horizontalAdvance(callout.title), *(body.horizontalAdvance(line) for line in lines)])
    wide = min(inner + (32 if compact else 28) * d, max(view[0] - 16 * d, 40))
    if not compact:
        wide = max(wide, 200 * d)
    high = (30 if compact else 20 + 22) * d + len(lines) * 26 * d
    if compact:
        tries = [(-wide / 2, 36 * d), (-wide / 2, -36 * d - high), (30 * d, -high / 2), (-30 * d - wide, -high / 2)]
    else:
        tries = [
            (40 * d, -40 * d - high),
            (-40 * d - wide, -40 * d - high),
            (40 * d, 40 * d),
            (-40 * d - wide, 40 * d),
            (-wide / 2, -60 * d - high),
            (-wide / 2, 60 * d),
        ]
    best, best_cost = QRectF(), float("inf")
    edge = 8 * d
    for order, (dx, dy) in enumerate(tries):
        x = min(max(at.x() + dx, edge), max(view[0] - wide - edge, edge))
        y = min(max(at.y() + dy, edge), max(view[1] - high - edge, edge))
        box = QRectF(x, y, wide, high)
        cost = order * 40.0 + abs(x - at.x() - dx) + abs(y - at.y() - dy)
        if box.adjusted(-6 * d, -6 * d, 6 * d, 6 * d).contains(at):
            cost += 1e6
        for left, top, right, bottom in taken:
            common = box.intersected(QRectF(left, top, right - left, bottom - top))
            cost += 4 * common.width() * common.height() / d**2
        if cost < best_cost:
            best, best_cost = box, cost
    return best


def draw_callout(
    painter: QPainter, callout: Callout, colours: Mapping[str, str], art: TextArt, box: QRectF, at: QPointF
) -> None:
    """The box, its words (plain text, cut with an ellipsis) and the line to the grid."""
    d = art.density
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent = QColor(colours["accent"])
    foot = QPointF(min(max(at.x(), box.left()), box.right()), min(max(at.y(), box.top()), box.bottom()))
    painter.setPen(QPen(accent, 1.5 * d))
    painter.drawLine(QLineF(at, foot))
    painter.setBrush(QColor(colours["bg_panel"]))
    painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 2 * d, 2 * d)
    compact = box.height() < 36 * d
    room = box.width() - 26 * d
    rows = [(callout.title, 15, True, "text_primary")]
    if not compact:
        rows += [(line, 14, False, "text_secondary") for line in callout.lines]
    top = box.top() + (0 if compact else 8 * d)
    for text, size, bold, token in rows:
        font = art.font(size, bold)
        high = (30 if compact else 26) * d
        painter.setFont(font)
        painter.setPen(QColor(colours[token]))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        flag = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignHCenter if compact else Qt.AlignmentFlag.AlignLeft
        )
        painter.drawText(QRectF(box.left() + 13 * d, top, room, high), flag | Qt.TextFlag.TextSingleLine, shown)
        top += high
    painter.restore()
