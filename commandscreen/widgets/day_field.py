"""A day: one of a few near ones, or typed as 3-27, 3月27日 or 2026-03-27."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from .field import Field
from .segment import Segment

_DAY = re.compile(r"^\s*(?:(\d{4})\s*[-./年])?\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*$")


def day_of(text: str, today: date, past: bool = False) -> date | None:
    """The day a text means; without a year the next such day from today on, or with `past` the last one up to it. None
    for anything else."""
    found = _DAY.match(text)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        meant = date(int(year) if year else today.year, int(month), int(day))
        if year or meant == today or (meant < today) is past:
            return meant
        return meant.replace(year=today.year + (-1 if past else 1))
    except ValueError:
        return None


class DayField(QWidget):
    """`changed()` when another day is meant. `day` is None while the text says none."""

    changed = Signal()

    def __init__(self, near: Sequence[tuple[date, str]], today: date, prompt: str, parent: QWidget | None = None,
                 past: bool = False) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._today, self._past = today, past
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.of(self).px(8))
        self.segment = Segment([(day.isoformat(), text) for day, text in near])
        self.segment.chosen.connect(lambda name: self.put(date.fromisoformat(name)))
        row.addWidget(self.segment)
        self.field = Field()
        self.field.setMaxLength(12)
        self.field.setFixedWidth(look.of(self).px(130))
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(prompt)
        self.field.textEdited.connect(lambda _: self.changed.emit())
        row.addWidget(self.field)
        row.addStretch(1)

    @property
    def day(self) -> date | None:
        """The day that is meant."""
        return day_of(self.field.text(), self._today, self._past)

    def put(self, day: date | None) -> None:
        """Shows a day."""
        self.field.setText(day.isoformat() if day else "")
        if day is not None:
            self.segment.set_current(day.isoformat())
        self.changed.emit()
