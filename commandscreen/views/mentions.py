"""What a unit was asked in notes and has not answered: a line above its queue, and the cases behind it. UI thread."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from ..store import queries
from ..store.filter import Filter
from ..widgets.keycap import KeycapButton
from ..widgets.plain_label import PlainLabel
from .desk import Desk
from .questions import Questions


class MentionsView(QWidget):
    """Shows itself to a unit's people while cases wait for their word; takes no room otherwise."""

    def __init__(self, desk: Desk, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._desk, self._questions = desk, questions
        self.count = 0
        self.setProperty("role", "plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(8), theme.px(4))
        self.words = PlainLabel("", "", "label", elide=True)
        row.addWidget(self.words, 1)
        self.button = KeycapButton(self.tr("去看"), "I", "mini")
        self.button.clicked.connect(self.look)
        row.addWidget(self.button)
        self.hide()

    def refresh(self) -> None:
        """Counts anew."""
        actor = self._desk.actor
        if actor is not None and actor.unit:
            wanted, now = self._filter(actor.unit), self._desk.now()
            self._questions.ask("mentions", lambda c: queries.counts(c, wanted, now).total, self._show)
        else:
            self._show(0)

    def look(self) -> None:
        """The cases that wait for this unit's word."""
        actor = self._desk.actor
        if actor is not None and actor.unit:
            self._desk.set_filter(self._filter(actor.unit), self.tr("提到本单位，等回话"))

    def _filter(self, unit: int) -> Filter:
        return Filter(asked=unit)  # wherever the case is: a unit may be asked from outside its area

    def _show(self, count: int) -> None:
        self.count = count
        self.words.show_text(self.tr("有{n}件提到本单位，等您回话").format(n=count))
        self.setVisible(bool(count) and not self._desk.filter.asked)
