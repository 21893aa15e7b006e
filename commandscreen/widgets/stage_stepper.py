"""The stages of a case on one line: done ones ticked with their time, the current one with its lamp, the rest empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look
from .lamp import paint_lamp, paint_tick


@dataclass(frozen=True, slots=True)
class StageStep:
    """A stage's word, the line under it (a time, or the limit), and `done`, a lamp's value, or `ahead`."""

    word: str
    under: str
    state: str


class StageStepper(QWidget):
    """Takes the width it gets; the lines between the stages stretch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[StageStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: Sequence[StageStep]) -> None:
        """Stages in order."""
        self._steps = tuple(steps)
        self.setAccessibleName("; ".join(f"{s.word} {s.under}" for s in self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, look.of(self).px(58))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        theme = look.of(self)
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, bold = theme.font("label"), theme.font("label", bold=True)
        widths = [
            px(30) + max(QFontMetrics(bold).horizontalAdvance(s.word), QFontMetrics(font).horizontalAdvance(s.under))
            for s in self._steps
        ]
        gap = max(px(6), (self.width() - px(32) - sum(widths)) // max(1, len(self._steps) - 1))
        left, middle = px(16), self.height() // 2
        for number, (step, width) in enumerate(zip(self._steps, widths, strict=True)):
            circle = QRectF(left, middle - px(11), px(22), px(22))
            colour = theme.color("text_tertiary" if step.state == "done" else "line_strong")
            if step.state in ("done", "ahead"):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour, 1.5))
                painter.drawEllipse(circle)
                if step.state == "done":
                    paint_tick(painter, circle.adjusted(px(5), px(5), -px(5), -px(5)), theme.color("text_primary"))
            else:
                paint_lamp(painter, circle.adjusted(px(2), px(2), -px(2), -px(2)), step.state, theme)
            current = step.state not in ("done", "ahead")
            tone = {"overdue": "text_critical", "due": "text_warning"}.get(step.state, "text_secondary")
            painter.setFont(bold if current else font)
            painter.setPen(theme.color("text_primary" if step.state != "ahead" else "text_tertiary"))
            painter.drawText(
                QRect(left + px(29), middle - px(20), width, px(20)), Qt.AlignmentFlag.AlignVCenter, step.word
            )
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            painter.drawText(QRect(left + px(29), middle, width, px(20)), Qt.AlignmentFlag.AlignVCenter, step.under)
            if number + 1 < len(self._steps) and gap > px(16):
                painter.setPen(QPen(theme.color("line_default"), 1))
                start = left + width + px(6)
                painter.drawLine(QPointF(start, middle), QPointF(left + width + gap - px(8), middle))
            left += width + gap
