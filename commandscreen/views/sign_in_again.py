"""When a session has ended: the password once more, in place. The screen, the replica and the outbox stay as they are."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from .. import theme as look
from ..widgets.field import Field
from ..widgets.keycap import KeycapButton
from ..widgets.plain_label import PlainLabel

WIDTH, HEIGHT = 460, 190


class SignInAgain(QFrame):
    """Signals: `sign_in_wanted(password)`, `closed()`."""

    sign_in_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(n) for n in (20, 16, 20, 16)))
        column.setSpacing(theme.px(8))
        self._title = PlainLabel("", size="section", bold=True, elide=True)
        column.addWidget(self._title)
        self._words = PlainLabel(self.tr("登录已过期。未发出的指令都在，登录后自动发出。"), "secondary", "label")
        self._words.setWordWrap(True)
        column.addWidget(self._words)
        self.field = Field()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(256)
        self.field.setPlaceholderText(self.tr("口令"))
        self.field.setAccessibleName(self.tr("口令"))
        self.field.returnPressed.connect(self._send)
        column.addWidget(self.field)
        foot = QHBoxLayout()
        foot.addStretch(1)
        later = KeycapButton(self.tr("以后再说"), "Esc")
        later.clicked.connect(self.shut)
        foot.addWidget(later)
        self._button = KeycapButton(self.tr("登录"), "Enter", "primary")
        self._button.clicked.connect(self._send)
        foot.addWidget(self._button)
        column.addLayout(foot)
        self.hide()

    def open(self, who: str, room: QRect) -> None:
        """Asks the person who sits here, at the upper middle of a room, which is the map's: queue and alarms stay seen."""
        theme = look.of(self)
        width, height = theme.px(WIDTH), theme.px(HEIGHT)
        self.setGeometry(room.left() + (room.width() - width) // 2, room.top() + theme.px(60), width, height)
        self._title.show_text(self.tr("{who}，请重新登录").format(who=who))
        self._button.setEnabled(True)
        self.field.clear()
        self.show()
        self.raise_()
        self.field.setFocus()

    def show_trouble(self, text: str) -> None:
        """Why it failed; it can be tried again."""
        self._words.show_text(text)
        look.set_state(self._words, "tone", "critical")
        self._button.setEnabled(True)
        self.field.selectAll()
        self.field.setFocus()

    def shut(self) -> None:
        """Leaves it."""
        if self.isVisible():
            self.hide()
            self.field.clear()
            self.closed.emit()

    def _send(self) -> None:
        if self.field.text() and self._button.isEnabled():
            self._button.setEnabled(False)
            self.sign_in_wanted.emit(self.field.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)
