"""Above a panel's content while there is no server: what is old, what can be done, what cannot, what waits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from .. import theme as look
from .keycap import KeycapButton
from .plain_label import PlainLabel

Fact = tuple[str, str]


class OfflineNote(QFrame):
    """`retry_wanted()` is the button's. Rows are pairs of a short word and what it says."""

    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(4))
        self._headline = PlainLabel("", bold=True)
        self._headline.setWordWrap(True)
        self._text = PlainLabel("", "secondary", "label")
        self._text.setWordWrap(True)
        self._facts = QGridLayout()
        self._facts.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        self._facts.setHorizontalSpacing(theme.px(12))
        self._facts.setVerticalSpacing(theme.px(5))
        self._facts.setColumnStretch(1, 1)
        self._labels: list[tuple[PlainLabel, PlainLabel]] = []
        row = QHBoxLayout()
        self._button = KeycapButton(self.tr("立即重连"), "F5")
        self._button.clicked.connect(self.retry_wanted.emit)
        row.addWidget(self._button)
        row.addStretch(1)
        line = QFrame()
        line.setProperty("role", "line")
        column.addWidget(self._headline)
        column.addWidget(self._text)
        column.addLayout(self._facts)
        column.addLayout(row)
        column.addSpacing(theme.px(4))
        column.addWidget(line)

    def show_facts(self, headline: str, text: str, facts: Sequence[Fact]) -> None:
        """Shows the words; labels are kept, so that a ticking one does not flicker."""
        self._headline.show_text(headline)
        self._text.show_text(text)
        while len(self._labels) < len(facts):
            pair = PlainLabel("", "tertiary", "label"), PlainLabel("", size="label")
            pair[1].setWordWrap(True)
            for place, label in enumerate(pair):
                self._facts.addWidget(label, len(self._labels), place)
            self._labels.append(pair)
        for number, (name, value) in enumerate(self._labels):
            known = number < len(facts)
            name.setVisible(known)
            value.setVisible(known)
            if known:
                name.show_text(facts[number][0])
                value.show_text(facts[number][1])
        self.setAccessibleName(" ".join([headline, text, *(f"{name} {value}" for name, value in facts)]))
