"""A case's flow: time, dot, who did what, a line of text, and how long it took since the step before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look
from .lamp import paint_lamp
from .plain_label import plain


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One step in words. `lamp` marks the step that waits now; empty for those done."""

    time: str
    action: str
    actor: str
    text: str
    took: str = ""
    lamp: str = ""

    def __post_init__(self) -> None:
        for name in ("action", "actor", "text"):
            object.__setattr__(self, name, plain(getattr(self, name)))


class FlowTimeline(QWidget):
    """As high as its steps; put it into a scroll area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[FlowLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_lines(self, lines: Sequence[FlowLine]) -> None:
        """Steps, oldest first."""
        self._lines = tuple(lines)
        spoken = "; ".join(f"{x.time} {x.action} {x.actor} {x.text} {x.took}" for x in self._lines)
        self.setAccessibleName(spoken)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        theme = look.of(self)
        return QSize(320, sum(self._height(line, theme) for line in self._lines) + theme.px(8))

    def _height(self, line: FlowLine, theme: look.Theme) -> int:
        return theme.px(44 if line.text else 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small, bold = theme.font("label"), theme.font("label", bold=True)
        metrics, bold_metrics = QFontMetrics(small), QFontMetrics(bold)
        time_width = max((metrics.horizontalAdvance(line.time) for line in self._lines), default=px(40))
        dot = px(4) + time_width + px(16)
        text_left = dot + px(18)
        top = px(2)
        for number, line in enumerate(self._lines):
            height = self._height(line, theme)
            middle = top + px(11)
            painter.setPen(theme.color("line_default"))
            if number + 1 < len(self._lines):
                painter.drawLine(QPointF(dot, middle), QPointF(dot, middle + height))
            painter.setPen(Qt.PenStyle.NoPen)
            if line.lamp:
                painter.setBrush(theme.color("bg_panel"))
                painter.drawRect(QRectF(dot - px(9), middle - px(9), px(18), px(18)))
                paint_lamp(painter, QRectF(dot - px(8), middle - px(8), px(16), px(16)), line.lamp, theme)
            else:
                painter.setBrush(theme.color("text_tertiary"))
                painter.drawEllipse(QPointF(dot, middle), px(4.5), px(4.5))
            painter.setFont(small)
            painter.setPen(theme.color("text_secondary"))
            painter.drawText(QRect(px(4), top, time_width, px(22)), Qt.AlignmentFlag.AlignVCenter, line.time)
            took_width = metrics.horizontalAdvance(line.took)
            painter.drawText(QRect(0, top, self.width() - px(6), px(22)),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.took)  # fmt: skip
            painter.setFont(bold)
            painter.setPen(theme.color("text_primary"))
            painter.drawText(QRect(text_left, top, self.width(), px(22)), Qt.AlignmentFlag.AlignVCenter, line.action)
            offset = bold_metrics.horizontalAdvance(line.action) + px(8)
            painter.setFont(small)
            painter.setPen(theme.color("text_secondary"))
            room = self.width() - text_left - offset - took_width - px(16)
            painter.drawText(QRect(text_left + offset, top, room, px(22)), Qt.AlignmentFlag.AlignVCenter,
                             metrics.elidedText(line.actor, Qt.TextElideMode.ElideRight, room))  # fmt: skip
            if line.text:
                room = self.width() - text_left - px(8)
                painter.setPen(theme.color("text_tertiary"))
                painter.drawText(QRect(text_left, top + px(19), room, px(22)), Qt.AlignmentFlag.AlignVCenter,
                                 metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, room))  # fmt: skip
            top += height
