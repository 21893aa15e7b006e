"""The week's tasks as a small table: lanes by columns, each number with its bar; every number drills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SummaryHead:
    """A row or column: its name in the code, its word, a lane's icon."""

    name: str
    text: str
    icon: str = ""


class LaneSummary(QWidget):
    """`drill_requested(lane, column)` by click, or by arrows and Enter. Numbers are of tasks, 项."""

    drill_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes: tuple[SummaryHead, ...] = ()
        self._columns: tuple[SummaryHead, ...] = ()
        self._counts: Mapping[Cell, int] = {}
        self._at = (0, 0)
        self._hovered: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_counts(
        self, lanes: Sequence[SummaryHead], columns: Sequence[SummaryHead], counts: Mapping[Cell, int]
    ) -> None:
        """The table's heads and numbers."""
        self._lanes, self._columns, self._counts = tuple(lanes), tuple(columns), dict(counts)
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.of(self).px(320), look.of(self).px(120))

    def _speak(self) -> None:
        if self._lanes and self._columns:
            lane, column = self._lanes[self._at[0]], self._columns[self._at[1]]
            self.setAccessibleName(f"{lane.text} {column.text} {self._counts.get((lane.name, column.name), 0)}")

    def _box(self, row: int, column: int) -> QRect:
        theme = look.of(self)
        left = theme.px(14) + self._label()
        head = theme.px(26)
        height = (self.height() - head) // max(1, len(self._lanes))
        width = (self.width() - left - theme.px(8)) // max(1, len(self._columns))
        return QRect(left + column * width, head + row * height, width, height)

    def _label(self) -> int:
        theme = look.of(self)
        bold = QFontMetrics(theme.font("label", bold=True))
        longest = max((bold.horizontalAdvance(lane.text) for lane in self._lanes), default=0)
        return min(longest, self.width() // 4) + theme.px(38)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        px = theme.px
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        small, bold = theme.font("label"), theme.font("label", bold=True)
        painter.setFont(small)
        painter.setPen(theme.color("text_tertiary"))
        for number, column in enumerate(self._columns):
            box = self._box(0, number)
            text = QFontMetrics(small).elidedText(column.text, Qt.TextElideMode.ElideRight, box.width() - px(4))
            painter.drawText(QRect(box.left(), px(2), box.width(), px(24)), middle, text)
        most = max(self._counts.values(), default=0)
        for row, lane in enumerate(self._lanes):
            line = self._box(row, 0)
            size = px(15)
            icon = look.icon(lane.icon, theme.color("text_secondary"), size)
            painter.drawPixmap(px(14), line.center().y() - size // 2, icon)
            painter.setFont(bold)
            painter.setPen(theme.color("text_primary"))
            room = self._label() - px(32)
            text = QFontMetrics(bold).elidedText(lane.text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(px(38), line.top(), room, line.height()), middle, text)
            for number, column in enumerate(self._columns):
                self._paint_cell(
                    painter, row, number, self._counts.get((lane.name, column.name), 0), most, column.name, theme
                )

    def _paint_cell(self, painter: QPainter, row: int, column: int, count: int, most: int, name: str,
                    theme: look.Theme) -> None:  # fmt: skip
        px = theme.px
        box = self._box(row, column)
        if self._hovered == (row, column):
            painter.fillRect(box, theme.color("bg_hover"))
        left = box.left()
        if count:
            width = max(px(5), round((box.width() - px(40)) * count / max(1, most)))
            tone = {"doing": "text_secondary", "review": "line_strong"}.get(name, "line_default")
            painter.fillRect(QRect(left, box.center().y() - px(4), width, px(9)), theme.color(tone))
            left += width + px(8)
        painter.setFont(theme.font("label", bold=bool(count)))
        painter.setPen(theme.color("text_primary" if count else "text_tertiary"))
        painter.drawText(QRect(left, box.top(), px(40), box.height()), Qt.AlignmentFlag.AlignVCenter, str(count))
        if (row, column) == self._at and self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(-px(3), 1, -px(6), -1))

    def _cell_at(self, event: QMouseEvent) -> tuple[int, int] | None:
        point = event.position().toPoint()
        for row in range(len(self._lanes)):
            for column in range(len(self._columns)):
                if self._box(row, column).contains(point):
                    return row, column
        return None

    def _drill(self, cell: tuple[int, int]) -> None:
        self.drill_requested.emit(self._lanes[cell[0]].name, self._columns[cell[1]].name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event)
        if cell != self._hovered:
            self._hovered = cell
            self.setCursor(Qt.CursorShape.PointingHandCursor if cell else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event)
        if cell is not None:
            self._at = cell
            self._drill(cell)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _MOVES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None or not self._lanes or not self._columns:
            super().keyPressEvent(event)
            return
        if move == (0, 0):
            self._drill(self._at)
            return
        row = max(0, min(len(self._lanes) - 1, self._at[0] + move[0]))
        column = max(0, min(len(self._columns) - 1, self._at[1] + move[1]))
        self._at = (row, column)
        self._speak()
        self.update()


_MOVES = {
    Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Return: (0, 0), Qt.Key.Key_Enter: (0, 0),
}  # fmt: skip
