"""A one-line field that keeps its keys: window-wide shortcuts on Enter, Esc or letters do not take them away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_PAST = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Field(QLineEdit):
    """QLineEdit yields Enter and Esc to shortcuts; here only keys with Ctrl or Alt go past."""

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and not event.modifiers() & _PAST
        ):
            event.accept()
            return True
        return super().event(event)
