"""One line about the desk's own commands: what was done and can still be undone, what waits, what was refused."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from .. import theme as look
from .field import Field
from .keycap import KeycapButton
from .plain_label import PlainLabel


class CommandBar(QWidget):
    """Signals: `pressed()` when its one button is, `shown(bool)` when it comes or goes, `answered(text)` to `ask`, `left()` when
    the keyboard is free again, `asked()` when it begins to ask, `phrase_wanted(index)` by Ctrl and a digit.

    Shows nothing, and takes no room, without words."""

    pressed = Signal()
    shown = Signal(bool)
    answered = Signal(str)
    left = Signal()
    asked = Signal()
    phrase_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.of(self).px(8))
        self.words = PlainLabel("", "", "label", elide=True)
        self._row.addWidget(self.words, 1)
        self.field = Field()
        self.field.setMaxLength(200)
        self.field.setFixedHeight(look.of(self).px(26))
        self.field.returnPressed.connect(lambda: self.finish(True))
        self.field.installEventFilter(self)
        self.field.hide()
        self._row.addWidget(self.field, 1)
        self._draft: dict[str, str] = {}
        self._asked = ""
        self.button: KeycapButton | None = None
        self._button_is = ("", "")
        self.hide()

    @property
    def asking(self) -> bool:
        """Whether it waits for words."""
        return bool(self._asked)

    def ask(self, topic: str, prompt: str) -> None:
        """Asks for a line of text. What was begun under the same topic and left is still there."""
        self._asked = topic
        self.show_words(prompt)
        self._place(" ")
        self.words.hide()
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(prompt)
        self.field.setText(self._draft.get(topic, ""))
        self.field.show()
        self.field.setFocus()
        self.asked.emit()

    def insert(self, phrase: str) -> None:
        """Puts a ready phrase where the cursor is."""
        if self._asked:
            self.field.insert(phrase)
            self.field.setFocus()

    def finish(self, given: bool) -> None:
        """Ends the asking: with the text, or leaving it as a draft. Without a text it goes on asking."""
        text = self.field.text().strip()
        if not self._asked or (given and not text):
            return
        if given:
            self._draft.pop(self._asked, None)
        else:
            self._draft[self._asked] = text
        self._asked = ""
        self.field.hide()
        self.words.show()
        self.show_words("")
        if given:
            self.answered.emit(text)
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.finish(False)
                return True
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
                self.phrase_wanted.emit(event.key() - Qt.Key.Key_1)
                return True
        return super().eventFilter(watched, event)

    def show_words(self, text: str, tone: str = "", button: str = "", key: str = "") -> None:
        """The line, its tone (empty, warning or critical), and the button's word and key; empty text hides it all."""
        if self._asked and self.field.isVisible():
            return  # a person is writing; the outbox tells again when it changes
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
        self._place(text)

    def _place(self, text: str) -> None:
        if bool(text) == self.isHidden():
            self.setVisible(bool(text))
            self.shown.emit(bool(text))
