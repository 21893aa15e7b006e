"""Pairs of bars, last year's over this year's, with the change in words; and lines of figure and remark. Each drills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look
from .plain_label import plain

_ROW, _LINE = 34, 32


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure beside last year's of the same span: its word, both counts, the change in words (-12%)."""

    name: str
    text: str
    before: float
    now: float
    change: str

    def spoken(self) -> str:
        """The pair as one line."""
        return f"{self.text} {self.now:g} / {self.before:g} {self.change}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with a remark behind it."""

    name: str
    text: str
    value: str
    remark: str = ""

    def spoken(self) -> str:
        """The fact as one line."""
        return f"{self.text} {self.value} {self.remark}".strip()


class BurdenList(QWidget):
    """`drill_requested(name)` by click or Enter."""

    drill_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Pair | Fact, ...] = ()
        self._at = 0
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_rows(self, pairs: Sequence[Pair], facts: Sequence[Fact]) -> None:
        """What is shown, pairs first."""
        rows: tuple[Pair | Fact, ...] = (*pairs, *facts)
        if rows != self._rows:
            self._rows = rows
            self._at = min(self._at, max(0, len(rows) - 1))
            self._speak()
            self.updateGeometry()
            self.update()

    @property
    def names(self) -> tuple[str, ...]:
        """What can be drilled into, in order."""
        return tuple(row.name for row in self._rows)

    def _speak(self) -> None:
        self.setAccessibleName(self._rows[self._at].spoken() if self._rows else "")

    def _boxes(self) -> list[QRect]:
        theme = look.of(self)
        boxes, top, was = [], theme.px(4), None
        for row in self._rows:
            if was is Pair and isinstance(row, Fact):
                top += theme.px(10)
            height = theme.px(_ROW if isinstance(row, Pair) else _LINE)
            boxes.append(QRect(0, top, self.width(), height))
            top += height
            was = type(row)
        return boxes

    def sizeHint(self) -> QSize:
        boxes = self._boxes()
        return QSize(look.of(self).px(260), (boxes[-1].bottom() if boxes else 0) + look.of(self).px(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        was: type | None = None
        words = max((QFontMetrics(theme.font("label")).horizontalAdvance(r.text) for r in self._rows), default=0)
        words = min(words, self.width() * 9 // 20)
        figures = QFontMetrics(theme.font("body"))
        pairs = [r for r in self._rows if isinstance(r, Pair)]
        counts = max((figures.horizontalAdvance(_figure(r.now)) for r in pairs), default=0)
        for number, (row, box) in enumerate(zip(self._rows, self._boxes(), strict=True)):
            if was is Pair and isinstance(row, Fact):
                painter.fillRect(QRect(theme.px(16), box.top() - theme.px(6), box.width() - theme.px(32), 1),
                                 theme.color("line_subtle"))  # fmt: skip
            was = type(row)
            if number == self._hovered:
                painter.fillRect(box, theme.color("bg_hover"))
            if isinstance(row, Pair):
                self._paint_pair(painter, row, box, words, counts, theme)
            else:
                self._paint_fact(painter, row, box, theme)
            if number == self._at and self.hasFocus():
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.drawRect(box.adjusted(2, 1, -2, -1))

    def _paint_pair(self, painter: QPainter, row: Pair, box: QRect, words: int, counts: int, theme: look.Theme) -> None:
        px = theme.px
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        small, bold = theme.font("label"), theme.font("body", bold=True)
        painter.setFont(small)
        painter.setPen(theme.color("text_secondary"))
        text = QFontMetrics(small).elidedText(plain(row.text), Qt.TextElideMode.ElideRight, words)
        painter.drawText(box.adjusted(px(16), 0, 0, 0), middle, text)
        painter.setFont(bold)
        painter.setPen(theme.color("text_primary"))
        painter.drawText(box.adjusted(0, 0, -px(16), 0), middle | Qt.AlignmentFlag.AlignRight, row.change)
        right = box.right() - px(16) - max(px(56), QFontMetrics(bold).horizontalAdvance(row.change)) - px(8)
        painter.setFont(theme.font("body"))
        painter.drawText(QRect(right - counts - 1, box.top(), counts + 2, box.height()),
                         middle | Qt.AlignmentFlag.AlignRight, _figure(row.now))  # fmt: skip
        left = px(16) + words + px(12)
        room = right - counts - px(10) - left
        most = max(row.before, row.now)
        if room < px(16) or most <= 0:
            return
        top = box.center().y() - px(6)
        for count, shift, tone in ((row.before, 0, "line_default"), (row.now, px(7), "text_secondary")):
            painter.fillRect(QRect(left, top + shift, max(1, round(room * count / most)), px(5)), theme.color(tone))

    def _paint_fact(self, painter: QPainter, row: Fact, box: QRect, theme: look.Theme) -> None:
        px = theme.px
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        small, bold = theme.font("label"), theme.font("body", bold=True)
        painter.setFont(small)
        painter.setPen(theme.color("text_secondary"))
        painter.drawText(box.adjusted(px(16), 0, 0, 0), middle, plain(row.text))
        start = px(16) + QFontMetrics(small).horizontalAdvance(plain(row.text)) + px(12)
        room = box.width() - start - px(16)
        value = plain(row.value)
        value_width = QFontMetrics(bold).horizontalAdvance(value)
        remark = QFontMetrics(small).elidedText(
            plain(row.remark), Qt.TextElideMode.ElideRight, max(0, room - value_width - px(8))
        )
        painter.setPen(theme.color("text_tertiary"))
        painter.drawText(box.adjusted(0, 0, -px(16), 0), middle | Qt.AlignmentFlag.AlignRight, remark)
        shift = QFontMetrics(small).horizontalAdvance(remark) + (px(8) if remark else 0)
        painter.setFont(bold)
        painter.setPen(theme.color("text_primary"))
        painter.drawText(box.adjusted(0, 0, -px(16) - shift, 0), middle | Qt.AlignmentFlag.AlignRight, value)

    def _row_at(self, y: float) -> int:
        return next((n for n, box in enumerate(self._boxes()) if box.top() <= y <= box.bottom()), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row != self._hovered:
            self._hovered = row
            self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row >= 0:
            self._at = row
            self.drill_requested.emit(self._rows[row].name)

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._rows:
            self._at = max(0, min(len(self._rows) - 1, self._at + (1 if event.key() == Qt.Key.Key_Down else -1)))
            self._speak()
            self.update()
        elif event.key() in _KEYS and self._rows:
            self.drill_requested.emit(self._rows[self._at].name)
        else:
            super().keyPressEvent(event)


def _figure(count: float) -> str:
    return f"{count:,.0f}"


_KEYS = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter})
