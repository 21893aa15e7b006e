"""Where we are: 市 › 区 › 街道 › 社区; each step goes up, its arrow lists the neighbours, the last one drills down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from .. import theme as look
from .plain_label import plain

Choice = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step: its code and name, and the choices beside it (itself among them)."""

    code: int
    name: str
    beside: tuple[Choice, ...] = ()


def _shown(name: str) -> str:
    """A name on a button or in a menu, where an ampersand would underline a letter."""
    return plain(name).replace("&", "&&")


class Breadcrumb(QWidget):
    """`chosen(code)` when a person goes to another division."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.of(self).px(2))
        self._down: QPushButton | None = None

    def set_path(self, crumbs: Sequence[Crumb], below: Sequence[Choice], below_text: str) -> None:
        """The path to the current division, and what can be drilled to."""
        while self._row.count():
            item = self._row.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        theme = look.of(self)
        for number, crumb in enumerate(crumbs):
            if number:
                self._row.addWidget(self._arrow(theme))
            last = number == len(crumbs) - 1
            button = QPushButton(_shown(crumb.name) + (" ▾" if last and len(crumb.beside) > 1 else ""))
            button.setProperty("role", "crumb")
            button.setProperty("current", "true" if last else "false")
            if last and len(crumb.beside) > 1:
                button.clicked.connect(lambda _=False, b=button, c=crumb.beside: self._menu(b, c))
            elif not last:
                button.clicked.connect(lambda _=False, code=crumb.code: self.chosen.emit(code))
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            button.customContextMenuRequested.connect(lambda _at, b=button, c=crumb.beside: self._menu(b, c))
            self._row.addWidget(button)
        self._down = None
        if below:
            self._row.addWidget(self._arrow(theme))
            down = QPushButton(below_text + " ▾")
            down.setProperty("role", "crumb")
            down.clicked.connect(lambda _=False, b=down, c=tuple(below): self._menu(b, c))
            self._row.addWidget(down)
            self._down = down
        self._row.addStretch(1)

    def open_below(self) -> None:
        """Opens the list of what lies below, as a click on it would."""
        if self._down is not None:
            self._down.click()

    def _arrow(self, theme: look.Theme) -> QLabel:
        label = QLabel()
        label.setPixmap(look.icon("chevron-right", theme.color("text_tertiary"), theme.px(14)))
        return label

    def _menu(self, button: QPushButton, choices: Sequence[Choice]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code, name in choices:
            action = menu.addAction(_shown(name))
            action.triggered.connect(lambda _=False, code=code: self.chosen.emit(code))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
