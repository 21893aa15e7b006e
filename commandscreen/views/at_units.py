"""@ in a note: offers the units that fit what is typed after it, by characters or pinyin, and reads back who is named."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from ..domain.pinyin import find
from ..domain.unit import Unit
from ..widgets.choice_list import MOST, ChoiceList
from ..widgets.command_bar import CommandBar
from .desk import Desk


class AtUnits(QObject):
    """Signals: `offered(units, typed)` while something follows an @, with no units where none fits; `over()` when nothing
    follows one any more. Whoever listens shows the offer in the list and calls `take`."""

    offered = Signal(object, str)
    over = Signal()

    def __init__(self, desk: Desk, bar: CommandBar, choices: ChoiceList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._bar, self._choices = desk, bar, choices
        self._units: Sequence[Unit] = ()
        self._offers: Sequence[Unit] = ()
        self._asking = False
        bar.field.textEdited.connect(self._edited)
        bar.field.installEventFilter(self)
        bar.left.connect(self.end)

    def begin(self, area: int) -> None:
        """A note is asked for; units that serve the area (a division's code) are offered first. 0: no unit can be named."""
        self.end()
        site = self._desk.site
        if site is not None and area:
            near = site.units_for(area)
            held = {u.id for u in near}
            self._units = (*near, *(u for u in site.units.values() if u.id not in held))

    def end(self) -> None:
        """Nothing is asked for any more."""
        self._units = self._offers = ()
        self._asking = False

    def take(self, unit: Unit) -> None:
        """Puts a unit in the place of what was typed after the @."""
        field = self._bar.field
        start = self._start()
        if start >= 0:
            field.setSelection(start, field.cursorPosition() - start)
            field.insert(f"{self._name(unit)} ")
        field.setFocus()
        self._close()

    def named(self, text: str) -> list[int]:
        """The units whose names stand behind an @, each once; the longest name that fits, the nearest unit of that name."""
        found: dict[int, None] = {}
        for part in text.split("@")[1:]:
            fits = [
                (len(name), u.id) for u in self._units for name in (u.short, u.name) if name and part.startswith(name)
            ]
            if fits:
                longest = max(length for length, _ in fits)
                found[next(unit for length, unit in fits if length == longest)] = None
        return list(found)

    def _name(self, unit: Unit) -> str:
        """Its short name, unless a nearer unit bears the same."""
        first = next((u for u in self._units if u.short == unit.short), unit)
        return unit.short if first.id == unit.id else unit.name

    def _start(self) -> int:
        """Where the word behind the @ begins that the cursor is in; -1 where it is in none."""
        before = self._bar.field.text()[: self._bar.field.cursorPosition()]
        at = before.rfind("@")
        word = before[at + 1 :]
        return at + 1 if at >= 0 and " " not in word and not self.named(f"@{word}") else -1

    def _edited(self) -> None:
        if not self._units:
            return
        start = self._start()
        if start < 0:
            self._close()
            return
        typed = self._bar.field.text()[start : self._bar.field.cursorPosition()]
        self._offers = self._fitting(typed)
        self._asking = True
        self.offered.emit(self._offers, typed)

    def _fitting(self, typed: str) -> Sequence[Unit]:
        if not typed:
            return self._units[:MOST]
        found = []
        for place, unit in enumerate(self._units):
            matches = [m for m in (find(typed, unit.short), find(typed, unit.name)) if m is not None]
            if matches:
                found.append((min(m[0] for m in matches), place, unit))
        return [unit for _, _, unit in sorted(found, key=lambda f: f[:2])[:MOST]]

    def _close(self) -> None:
        if self._asking:
            self._asking = False
            self._offers = ()
            self.over.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While units are offered, the field's arrows, Enter, Tab and Esc are about them."""
        if self._offers and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._choices.move_mark(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                self._choices.take_current()
                return True
            if key == Qt.Key.Key_Escape:
                self._close()
                return True
        return super().eventFilter(watched, event)
