"""The meeting's bar: what is left of the hour, the agenda, and the buttons that its keys also press."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from .. import theme as look
from .agenda_bar import AgendaBar, AgendaItem
from .keycap import KeycapButton
from .plain_label import PlainLabel

Button = tuple[str, str, str, bool]


class MeetingBar(QFrame):
    """`pressed(name)` of a button, `item_chosen(index)` of the agenda."""

    pressed = Signal(str)
    item_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "panel")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(10), theme.px(6))
        row.setSpacing(theme.px(14))
        clock = QVBoxLayout()
        clock.setSpacing(0)
        clock.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        self._chip = PlainLabel("")
        self._chip.setProperty("role", "chip")
        self._chip.setFixedHeight(theme.px(22))
        self._since = PlainLabel("", "secondary", "label", elide=True)
        top.addWidget(self._chip)
        top.addWidget(self._since, 1)
        clock.addLayout(top)
        below = QHBoxLayout()
        below.setSpacing(theme.px(10))
        self._timer = PlainLabel("", size="timer", bold=True)
        self._of = PlainLabel("", "secondary", "label")
        self._of.setMinimumHeight(theme.px(30))
        below.addWidget(self._timer)
        below.addWidget(self._of)
        below.addStretch(1)
        clock.addLayout(below)
        clock.addStretch(1)
        self._left = QWidget()
        self._left.setProperty("role", "plain")
        self._left.setLayout(clock)
        clock.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._left)
        row.addWidget(self._line())
        self.agenda = AgendaBar()
        self.agenda.chosen.connect(self.item_chosen.emit)
        row.addWidget(self.agenda, 1)
        row.addWidget(self._line())
        host = QWidget()
        host.setProperty("role", "plain")
        self._grid = QGridLayout(host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(6))
        row.addWidget(host)
        self._buttons: tuple[Button, ...] = ()
        self.buttons: dict[str, KeycapButton] = {}
        self._compact = False

    def _line(self) -> QFrame:
        line = QFrame()
        line.setProperty("role", "vline")
        return line

    def set_compact(self, compact: bool) -> None:
        """A smaller timer, buttons in one row less."""
        self._compact = compact
        self._left.setFixedWidth(look.of(self).px(208 if compact else 232))
        look.set_state(self._timer, "textSize", "kpi" if compact else "timer")
        self._of.setVisible(not compact)

    def show_clock(self, chip: str, tone: str, since: str, timer: str, limit: str, late: bool = False) -> None:
        """The state in a frame, what stands beside it, the big figure and its unit; `late` is past the hour."""
        self._chip.show_text(chip)
        look.set_state(self._chip, "tone", tone)
        self._since.show_text(since)
        self._timer.show_text(timer)
        look.set_state(self._timer, "tone", "critical" if late else "")
        self._of.show_text(limit)

    def set_agenda(self, items: Sequence[AgendaItem]) -> None:
        """The items of the agenda."""
        self.agenda.set_items(items)

    def set_buttons(self, buttons: Sequence[Button]) -> None:
        """(name, words, key, primary), two in a row; equal ones stay."""
        if tuple(buttons) == self._buttons:
            return
        self._buttons = tuple(buttons)
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = {}
        for number, (name, text, key, primary) in enumerate(buttons):
            button = KeycapButton(text, key, "primary" if primary else "")
            button.clicked.connect(lambda _=False, name=name: self.pressed.emit(name))
            self._grid.addWidget(button, number // 2, number % 2)
            self.buttons[name] = button
