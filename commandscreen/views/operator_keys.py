"""The keys of the operator's screen: which act, what they do, and whose they are while a sheet or another page shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit

from ..widgets.kpi_tile import KpiTile
from ..widgets.painted_list import PaintedList
from ..widgets.sync_block import SyncBlock
from .desk import Desk

if TYPE_CHECKING:
    from .operator import OperatorView

DESK, MEETING = "desk", "meeting"
ALWAYS = frozenset({"A", "S"})  # alarms wait for no page
SHEET = frozenset({"J", "K", "G", "Shift+G", "Return", "Esc", "Del", "O"})


class OperatorKeys(QObject):
    """Made once for a screen whose panels stand already; letters act only outside fields."""

    def __init__(self, view: OperatorView, desk: Desk, letters_need_alt: bool) -> None:
        super().__init__(view)
        self._view, self._desk = view, desk
        self._early: list[Callable[[], None]] = []
        always = (
            ("Ctrl+K", view.open_palette), ("Alt+1", partial(view.open_page, DESK)),
            ("Alt+2", partial(view.open_page, MEETING)), ("Alt+3", view.open_pool), ("F5", view.retry_wanted.emit),
            ("Ctrl++", lambda: view.scale_wanted.emit(1)), ("Ctrl+=", lambda: view.scale_wanted.emit(1)),
            ("Ctrl+-", lambda: view.scale_wanted.emit(-1)), ("Ctrl+0", lambda: view.scale_wanted.emit(0)),
            ("Ctrl+E", view.open_sent), ("F8", view.open_alarms), ("F9", view.alarms.mute), ("Ctrl+P", view.put_on_paper),
            ("Ctrl+N", view.intake_desk.open),
        )  # fmt: skip
        for keys, act in always:
            QShortcut(QKeySequence(keys), view).activated.connect(act)
        space = partial(self._or_focus, Qt.Key.Key_Space, view.find_on_map)
        enter = partial(self._or_focus, Qt.Key.Key_Return, self.enter)
        letters: tuple[tuple[str, Callable[[], None]], ...] = (
            ("J", lambda: self._list.step(1)), ("K", lambda: self._list.step(-1)),
            ("Shift+J", view.queue.next_overdue), ("G", lambda: self._list.go(0)),
            ("Shift+G", lambda: self._list.go(10**9)), ("F", view.map.focus_search),
            ("L", view.map.layers.focus_first), ("/", view.queue.focus_filter), ("?", view.open_help),
            ("Ctrl+Z", view.hands.undo), ("Space", space), ("Backspace", desk.scope_up), ("Esc", self._escape),
            ("Return", enter), ("P", view.photo_desk.show_all), ("Shift+P", view.photo_desk.add),
            ("Ctrl+V", view.photo_hands.paste),
            ("Y", view.hands.accept), ("D", view.hands.dispatch),
            ("V", view.hands.verify), ("B", view.hands.close_case), ("U", view.hands.urge),
            ("N", view.hands.note), ("R", view.turn_back), ("A", view.acknowledge), ("S", view.shelve),
            ("M", view.hands.merge), ("X", view.hands.decide_ask),
            ("T", self._reroute_or_limit), ("C", view.hands.assist), ("W", view.hands.whistle),
            ("Shift+Y", view.hands.ask_verify), ("Shift+U", view.hands.supervise), ("Shift+B", view.hands.force_close),
            ("Shift+N", view.hands.progress), ("I", view.queue.mentions.look),
            ("Del", self._drop_sent), ("O", self._open_sent_case),
            *((str(n), partial(self._digit, n)) for n in range(1, 10)),
            *((f"Shift+{n}", partial(view.departments.choose, n, True)) for n in range(1, 10)),
            *((mark, partial(view.departments.choose, n, True)) for n, mark in enumerate("!@#$%^&*(", 1)),
        )  # fmt: skip
        self._letters: dict[str, QShortcut] = {}
        for keys, act in letters:
            plain = len(keys.split("+")[-1]) == 1 and keys.split("+")[-1].isalpha()
            name = f"Alt+{keys}" if plain and letters_need_alt else keys
            shortcut = QShortcut(QKeySequence(name), view)
            shortcut.activated.connect(partial(self._letter, act))
            self._letters[keys] = shortcut
        self.share()

    @property
    def _list(self) -> PaintedList:
        """The list that moves: an open sheet's own while it has the keyboard, else the queue."""
        lists = (self._view.alarm_sheet.list, self._view.sent.list)
        return next((found for found in lists if found.hasFocus()), self._view.queue.list)

    def _letter(self, act: Callable[[], None]) -> None:
        if not self._letters_act():
            return
        if self._view.hands.preparing:
            self._early.append(act)  # typed ahead: D Enter is two keys, however slow the disk
        else:
            act()

    def _letters_act(self) -> bool:
        """Letters act only while a list, the map or the drawer has the keyboard, never in a field."""
        focus = QApplication.focusWidget()
        return not isinstance(focus, QLineEdit | QPlainTextEdit) and not self._view.palette_box.isVisible()

    def _or_focus(self, key: Qt.Key, act: Callable[[], None]) -> None:
        """Enter and Space belong to a button, tile or box that the Tab key has gone to; elsewhere to the case in hand."""
        focus = QApplication.focusWidget()
        busy = self._view.queue.choices.isVisible() or self._view.departments.dispatching
        if not busy and isinstance(focus, QAbstractButton | QComboBox | KpiTile | SyncBlock):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                focus.event(QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))  # past the shortcuts
        else:
            act()

    def _digit(self, number: int) -> None:
        if self._view.queue.choices.isVisible():  # typed ahead of the list that has just come
            self._view.queue.choices.take(number - 1)
        else:
            self._view.departments.choose(number)

    def _reroute_or_limit(self) -> None:
        if self._view.departments.dispatching:
            self._view.departments.next_limit()
        else:
            self._view.hands.reroute()

    def _drop_sent(self) -> None:
        if self._view.sent.is_open:
            self._view.sent.drop()

    def _open_sent_case(self) -> None:
        if self._view.sent.is_open:
            self._view.sent.open_case()
        elif self._view.alarm_sheet.is_open:
            self._view.alarm_sheet.open_case()

    def enter(self) -> None:
        """Takes, settles, sends or opens what stands in front."""
        if self._view.queue.choices.isVisible():
            self._view.queue.choices.take_current()
            return
        if self._view.sent.is_open and self._view.sent.list.hasFocus():
            self._view.sent.settle()
            return
        if self._view.alarm_sheet.is_open and self._view.alarm_sheet.list.hasFocus():
            self._view.alarm_sheet.enter()
            return
        if self._view.departments.dispatching:
            self._view.departments.confirm()
            return
        index = self._view.queue.list.currentIndex()
        if index.isValid():
            self._desk.open(self._view.queue.model.id_at(index.row()))

    def _escape(self) -> None:
        if self._view.help.isVisible():
            self._view.help.hide()
        elif self._view.queue.choices.isVisible():
            self._view.queue.choices.leave()
        elif self._view.departments.dispatching:
            self._view.departments.leave()
        elif self._view.sent.is_open:
            self._view.sent.shut()
        elif self._view.intake.is_open:
            self._view.intake.shut()
        elif self._view.alarm_sheet.is_open:
            if not self._view.alarm_sheet.leave():
                self._view.alarm_sheet.shut()
        elif self._view.queue.marked:
            self._view.queue.unmark()
        elif self._view.case.is_open:
            self._view.case.shut()
        elif self._desk.filter.conditions or self._desk.title or self._desk.filter.closed is not False:
            self._view.queue.clear_filter()
        else:
            self._view.map.map.set_callout(None)

    def share(self) -> None:
        """A key is one page's at a time; an open sheet has its own, whichever page it lies over."""
        meeting = self._view.page == MEETING
        sheet = any(s.is_open for s in self._view.sheets)
        for keys, shortcut in self._letters.items():
            own = sheet and (keys in SHEET or (keys == "R" and self._view.alarm_sheet.is_open))
            shortcut.setEnabled(not meeting or keys in ALWAYS or own)
        self._view.meeting.shortcuts.enable(meeting and not sheet)

    def run_early(self) -> None:
        """Keys that were typed before the disk had answered."""
        early = self._early[:]
        self._early.clear()
        for press in early:
            press()

    def forget_early(self) -> None:
        """What was typed ahead has lost its case."""
        self._early.clear()
