"""Who gets a task: all townships, all streets, all villages and communities, or divisions named one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .. import theme as look
from .plain_label import PlainLabel, plain
from .segment import Segment
from .type_ahead import Offer, TypeAhead

SHOWN = 6


class RecipientField(QWidget):
    """`changed()` when the scope or the named divisions do. `find` gives divisions for a text; `count` says in words how many
    recipients a scope and its codes make."""

    changed = Signal()

    def __init__(self, scopes: Sequence[tuple[str, str]], chosen: str, prompt: str, find: Callable[[str], Sequence[Offer]],
                 count: Callable[[str, Sequence[int]], str], parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "plain")
        self._named, self._count = chosen, count
        self._names: dict[int, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self.scope = scopes[0][0]
        self.segment = Segment(scopes, self.scope)
        self.segment.chosen.connect(self.set_scope)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(self.segment)
        self._said = PlainLabel("", "secondary", "label", elide=True)
        row.addWidget(self._said, 1)
        column.addLayout(row)
        self.search = TypeAhead(prompt, find)
        self.search.taken.connect(self._take)
        self.search.hide()
        column.addWidget(self.search)
        self._host = QWidget()
        self._host.setProperty("role", "plain")
        self._chips = QHBoxLayout(self._host)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(theme.px(6))
        column.addWidget(self._host)
        self._host.hide()
        self._say()

    @property
    def codes(self) -> tuple[int, ...]:
        """The divisions that are named; none with another scope."""
        return tuple(self._names) if self.scope == self._named else ()

    def set_scope(self, scope: str) -> None:
        """Another scope."""
        self.scope = scope
        self.segment.set_current(scope)
        named = scope == self._named
        self.search.setVisible(named)
        self._host.setVisible(named and bool(self._names))
        self._say()
        self.changed.emit()

    def put(self, scope: str, names: Sequence[tuple[int, str]] = ()) -> None:
        """Shows a scope and its named divisions."""
        self._names = dict(names)
        self._rebuild()
        self.set_scope(scope)

    def _take(self, code: object) -> None:
        if not isinstance(code, int) or not code:
            return
        self._names[code] = self.search.field.text()
        self.search.put(0, "")
        self._rebuild()
        self._host.setVisible(True)
        self._say()
        self.changed.emit()

    def _drop(self, code: int) -> None:
        self._names.pop(code, None)
        self._rebuild()
        self._host.setVisible(bool(self._names))
        self._say()
        self.changed.emit()

    def _rebuild(self) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for code, name in list(self._names.items())[-SHOWN:]:
            button = QPushButton(plain(name).replace("&", "&&") + "  ×")
            button.setProperty("role", "mini")
            button.setAccessibleName(name)
            button.clicked.connect(lambda _=False, code=code: self._drop(code))
            self._chips.addWidget(button)
        if len(self._names) > SHOWN:
            self._chips.addWidget(PlainLabel(f"+{len(self._names) - SHOWN}", "secondary", "label"))
        self._chips.addStretch(1)

    def _say(self) -> None:
        self._said.show_text(self._count(self.scope, self.codes))
