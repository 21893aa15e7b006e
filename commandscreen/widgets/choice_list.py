"""A short list to choose from with a digit, Enter or the mouse; stands above a panel's footer and covers nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look
from .keycap import keycap_width, paint_keycap
from .plain_label import plain

MOST = 9
_ROW, _HEAD = 34, 30


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: its words, and smaller ones after them."""

    text: str
    detail: str = ""


class ChoiceList(QWidget):
    """`chosen(index)` when one is taken, `left()` by Esc. With `prefix` the keys carry it and the list takes no focus."""

    chosen = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self._title = ""
        self._choices: tuple[Choice, ...] = ()
        self._prefix = ""
        self._marked = False
        self._row = 0
        self.hide()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is offered."""
        return self._choices

    def offer(self, title: str, choices: Sequence[Choice], prefix: str = "", marked: bool = False) -> None:
        """Shows up to nine choices; the first is the one Enter takes.

        With `marked` the owner's field keeps the keyboard and moves the mark; digits are then text, not keys.
        """
        self._title, self._choices, self._prefix, self._row = plain(title), tuple(choices[:MOST]), prefix, 0
        self._marked = marked
        theme = look.of(self)
        head = theme.px(_HEAD) if title else 0
        self.setFixedHeight(head + theme.px(_ROW) * len(self._choices) + theme.px(6))
        self._speak()
        self.show()
        self.update()
        if not prefix and not marked:
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def withdraw(self) -> None:
        """Goes away without a word."""
        self._choices = ()
        self.hide()

    def take(self, row: int) -> None:
        """Takes a choice, as its digit does."""
        if self.isVisible() and 0 <= row < len(self._choices):
            if not self._prefix:
                self.withdraw()
            self.chosen.emit(row)

    def take_current(self) -> None:
        """Takes the marked choice, as Enter does."""
        self.take(self._row)

    def leave(self) -> None:
        """Leaves without choosing."""
        if self.isVisible():
            self.withdraw()
            self.left.emit()

    def _speak(self) -> None:
        if self._choices:
            at = self._choices[self._row]
            self.setAccessibleName(f"{self._title} {self._row + 1} {at.text} {at.detail}".strip())

    def move_mark(self, step: int) -> None:
        """Marks another choice."""
        self._row = max(0, min(len(self._choices) - 1, self._row + step))
        self._speak()
        self.update()

    def event(self, event: QEvent) -> bool:
        # Its keys are its own while it has the keyboard: the window's shortcuts on the same keys wait.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and not self._prefix:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.take(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_current()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_J):
            self.move_mark(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_K):
            self.move_mark(-1)
        else:
            event.ignore()

    def _row_at(self, y: float) -> int:
        theme = look.of(self)
        return int((y - (theme.px(_HEAD) if self._title else 0)) // theme.px(_ROW))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if 0 <= row < len(self._choices) and row != self._row:
            self._row = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.take(self._row_at(event.position().y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        px = theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("bg_raised"))
        if self._marked:  # it floats: an edge all round
            painter.setPen(theme.color("line_strong"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line_strong"))
        top = 0
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._title:
            font = theme.font("label", bold=True)
            painter.setFont(font)
            painter.setPen(theme.color("text_secondary"))
            room = self.width() - px(24)
            text = QFontMetrics(font).elidedText(self._title, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(px(12), px(2), room, px(_HEAD - 2)), middle, text)
            top = px(_HEAD)
        caps = [] if self._marked else [f"{self._prefix}{n}" for n in range(1, len(self._choices) + 1)]
        cap_width = max((keycap_width(c, theme, self) for c in caps), default=0)
        body, small = theme.font("body"), theme.font("label")
        for number, choice in enumerate(self._choices):
            box = QRect(0, top, self.width(), px(_ROW))
            if number == self._row and not self._prefix:
                painter.fillRect(box, theme.color("bg_selected"))
                painter.fillRect(QRect(0, top, px(3), px(_ROW)), theme.color("accent"))
            if caps:
                paint_keycap(painter, QRect(px(12), top + px(7), cap_width, px(20)), caps[number], theme)
            left = px(12) + (cap_width + px(10) if caps else 0)
            detail = QFontMetrics(small).elidedText(
                plain(choice.detail), Qt.TextElideMode.ElideRight, self.width() // 2
            )
            detail_width = QFontMetrics(small).horizontalAdvance(detail)
            room = self.width() - left - px(12) - (detail_width + px(10) if detail else 0)
            painter.setFont(body)
            painter.setPen(theme.color("text_primary"))
            text = QFontMetrics(body).elidedText(plain(choice.text), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, top, room, px(_ROW)), middle, text)
            painter.setFont(small)
            painter.setPen(theme.color("text_tertiary"))
            painter.drawText(
                QRect(0, top, self.width() - px(12), px(_ROW)), middle | Qt.AlignmentFlag.AlignRight, detail
            )
            top += px(_ROW)
