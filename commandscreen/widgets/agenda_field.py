"""Items of an agenda to be written: each a title and its minutes, with an empty line for one more. An emptied one is gone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from .. import theme as look
from .field import Field


class AgendaField(QWidget):
    """`values` are (title, minutes as written) of the lines that have a title."""

    def __init__(self, title: str, minutes: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._words = (title, minutes)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.of(self).px(6))
        self._grid.setColumnStretch(0, 1)
        self.rows: list[tuple[Field, Field]] = []

    def put(self, items: Sequence[tuple[str, int]]) -> None:
        """Shows items."""
        for fields in self.rows:
            for field in fields:
                field.hide()
                field.deleteLater()
        self.rows = []
        for title, minutes in items:
            self._add(title, str(minutes))
        self._add("", "")

    @property
    def values(self) -> list[tuple[str, str]]:
        """What is written."""
        found = [(title.text().strip(), minutes.text().strip()) for title, minutes in self.rows]
        return [(title, minutes) for title, minutes in found if title]

    def _add(self, text: str, count: str) -> None:
        row = len(self.rows)
        title, minutes = Field(), Field()
        title.setMaxLength(60)
        title.setText(text)
        title.setPlaceholderText(self._words[0])
        title.setAccessibleName(f"{row + 1} {self._words[0]}")
        title.textEdited.connect(self._grow)
        minutes.setMaxLength(3)
        minutes.setText(count)
        minutes.setFixedWidth(look.of(self).px(64))
        minutes.setPlaceholderText(self._words[1])
        minutes.setAccessibleName(f"{row + 1} {self._words[1]}")
        self._grid.addWidget(title, row, 0)
        self._grid.addWidget(minutes, row, 1)
        self.rows.append((title, minutes))

    def _grow(self) -> None:
        if self.rows[-1][0].text():
            self._add("", "")
