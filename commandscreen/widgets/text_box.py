"""A field of several lines that keeps its keys, as `Field` does; Tab goes on to the next field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from .. import theme as look

_PAST = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class TextBox(QPlainTextEdit):
    """`edited()` when a person changes the text. Takes plain text only, at most `most` characters."""

    edited = Signal()

    def __init__(self, lines: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._quiet = False
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + look.of(self).px(14))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._changed)

    def put(self, text: str) -> None:
        """Shows a text without telling anyone."""
        if text != self.toPlainText():
            self._quiet = True
            self.setPlainText(text)
            self._quiet = False

    def _changed(self) -> None:
        text = self.toPlainText()
        if len(text) > self._most:
            place = min(self.textCursor().position(), self._most)
            self.put(text[: self._most])
            cursor = self.textCursor()
            cursor.setPosition(place)
            self.setTextCursor(cursor)
        if not self._quiet:
            self.edited.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(source.text())

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and not event.modifiers() & _PAST
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or (event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter
        )):  # fmt: skip
            event.ignore()  # the form's own
        else:
            super().keyPressEvent(event)
