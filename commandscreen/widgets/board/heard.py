"""The board's cards for screen readers: an unseen button over each card that is seen, named like the card. Paints nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QPushButton, QWidget

if TYPE_CHECKING:
    from .task_board import TaskBoard


class HeardCard(QPushButton):
    """Takes no mouse and no keys: both are the board's. A screen reader presses it: `chosen(card id)`."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.card = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setUpdatesEnabled(False)
        self.clicked.connect(self._press)

    def _press(self) -> None:
        self.chosen.emit(self.card)


class HeardCards(QObject):
    """Keeps one `HeardCard` per card that is seen, in the board's order."""

    def __init__(self, board: TaskBoard) -> None:
        super().__init__(board)
        self._board = board
        self.cards: list[HeardCard] = []
        self._wait = QTimer(self)  # once for all that changes together
        self._wait.setSingleShot(True)
        self._wait.setInterval(0)
        self._wait.timeout.connect(self._say)

    def soon(self) -> None:
        """The board has changed."""
        self._wait.start()

    def _say(self) -> None:
        board, seen = self._board, self._board.arrangement.cards
        while len(self.cards) < len(seen):
            made = HeardCard(board)
            made.chosen.connect(board.press)
            self.cards.append(made)
        for heard in self.cards[len(seen) :]:
            heard.hide()
            heard.card = 0
        for heard, placed in zip(self.cards, seen, strict=False):
            heard.card = placed.card.id
            name = board.spoken(placed.card.id)
            if name != heard.accessibleName():
                heard.setAccessibleName(name)
            if heard.geometry() != placed.box:
                heard.setGeometry(placed.box)
            heard.show()
        current = next((heard for heard in self.cards if heard.card and heard.card == board.current), None)
        if current is not None and board.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(current, QAccessible.Event.Focus))
