"""A field that offers what matches while one types; arrows and Enter, or a click, take one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .choice_list import Choice, ChoiceList
from .field import Field

WAIT_MS = 80


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be taken: its value, its words, and smaller ones after them."""

    value: int
    text: str
    detail: str = ""


class TypeAhead(QWidget):
    """`taken(value)` when one is chosen, 0 when the text changes after that. `find` gives the offers for a text.

    The offers float over `host`, under the field; without a host they take room of their own.
    """

    taken = Signal(object)

    def __init__(self, prompt: str, find: Callable[[str], Sequence[Offer]], host: QWidget | None = None,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._host = host
        self.setProperty("role", "plain")
        self._find = find
        self._offers: tuple[Offer, ...] = ()
        self.value = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.field = Field()
        self.field.setMaxLength(60)
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(prompt)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._edited)
        column.addWidget(self.field)
        self.list = ChoiceList(host)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.chosen.connect(self._take)
        if host is None:
            column.addWidget(self.list)
        self.setFocusProxy(self.field)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._look)

    def put(self, value: int, text: str) -> None:
        """Shows something as taken, without telling anyone."""
        self.value = value
        self.field.setText(text)
        self.list.withdraw()

    def _edited(self) -> None:
        if self.value:
            self.value = 0
            self.taken.emit(0)
        self._wait.start()

    def _look(self) -> None:
        text = self.field.text().strip()
        self._offers = tuple(self._find(text)) if text else ()
        if self._offers:
            self.list.offer("", [Choice(o.text, o.detail) for o in self._offers], marked=True)
            self._float()
        else:
            self.list.withdraw()

    def _float(self) -> None:
        if self._host is not None:
            below = self.field.mapTo(self._host, self.field.rect().bottomLeft())
            self.list.setFixedWidth(self.field.width())
            self.list.move(below.x(), below.y() + 3)
            self.list.raise_()

    def _take(self, row: int) -> None:
        if row < len(self._offers):
            offer = self._offers[row]
            self.put(offer.value, offer.text)
            self.taken.emit(offer.value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                if self._wait.isActive():  # a quick hand: look now
                    self._wait.stop()
                    self._look()
                if self.list.isVisible() or self._offers:
                    self.list.take_current()
                return True
            if self.list.isVisible() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.move_mark(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if self.list.isVisible() and event.key() == Qt.Key.Key_Escape:
                self.list.withdraw()
                return True
        if watched is self.field and event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._wait.stop()
            self.list.withdraw()
        return super().eventFilter(watched, event)
