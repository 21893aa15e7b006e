"""How old the data is: synchronised, slow, offline with duration, loading with progress. Shape and word, then colour."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from .. import theme as look
from .plain_label import PlainLabel

ICONS = {
    "live": "refresh",
    "slow": "alert-triangle",
    "offline": "cloud-off",
    "loading": "refresh",
    "trouble": "alert-triangle",
}


class SyncBlock(QFrame):
    """`pressed()` asks to try again now: a click, or Enter and Space with the keyboard there."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "syncBlock")
        self.setFixedHeight(theme.px(30))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(8), theme.px(2), theme.px(8), theme.px(2))
        row.setSpacing(theme.px(6))
        self._icon = QLabel()
        self._word = PlainLabel("", "secondary", "label")
        self._detail = PlainLabel("", size="label", bold=True)
        for widget in (self._icon, self._word, self._detail):
            row.addWidget(widget)
        self._state = ""

    def show_state(self, state: str, word: str, detail: str) -> None:
        """`state` is live, slow, offline, loading or trouble; words come in the user's language."""
        if state != self._state:
            self._state = state
            theme = look.of(self)
            tone = "text_warning" if state in ("slow", "offline", "trouble") else "text_secondary"
            self._icon.setPixmap(look.icon(ICONS[state], theme.color(tone), theme.px(16)))
            look.set_state(self, "state", "offline" if state == "trouble" else state)
        self._word.show_text(word)
        self._detail.show_text(detail)
        self.setAccessibleName(f"{word} {detail}")

    def redress(self) -> None:
        """Takes the colours of the current theme."""
        state, self._state = self._state, ""
        if state:
            self.show_state(state, self._word.text(), self._detail.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            event.ignore()
