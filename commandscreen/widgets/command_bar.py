"""One line about the desk's own commands: what was done and can still be undone, what waits, what was refused."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from .. import theme as look
from .keycap import KeycapButton
from .plain_label import PlainLabel


class CommandBar(QWidget):
    """Signals: `pressed()` when its one button is, `shown(bool)` when it comes or goes.

    Shows nothing, and takes no room, without words."""

    pressed = Signal()
    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.of(self).px(8))
        self.words = PlainLabel("", "", "label", elide=True)
        self._row.addWidget(self.words, 1)
        self.button: KeycapButton | None = None
        self._button_is = ("", "")
        self.hide()

    def show_words(self, text: str, tone: str = "", button: str = "", key: str = "") -> None:
        """The line, its tone (empty, warning or critical), and the button's word and key; empty text hides it all."""
        self.words.show_text(text)
        look.set_state(self.words, "tone", tone)
        self.setAccessibleName(text)
        if self._button_is != (button, key):
            self._button_is = (button, key)
            if self.button is not None:
                self.button.hide()
                self.button.deleteLater()
                self.button = None
            if button:
                self.button = KeycapButton(button, key, "mini")
                self.button.clicked.connect(self.pressed)
                self._row.addWidget(self.button)
        if bool(text) == self.isHidden():
            self.setVisible(bool(text))
            self.shown.emit(bool(text))
