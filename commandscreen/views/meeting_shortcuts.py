"""The keys of the board's page: which act, where, and when a form has them instead."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit

if TYPE_CHECKING:
    from .meeting import MeetingView

Act = Callable[[], None]


class MeetingShortcuts:
    """Made once for a page; `enable` gives the keys to it or takes them away."""

    def __init__(self, page: MeetingView, letters_need_alt: bool) -> None:
        self._page = page
        self._all: list[QShortcut] = []
        hands, acts, turn = page.hands, page.acts, self._turn
        letters: tuple[tuple[str, Act], ...] = (
            ("Space", self._space), ("+", hands.add_minutes), ("=", hands.add_minutes),
            ("N", turn(hands.note, "progress")), ("L", hands.recheck),
            ("R", turn(hands.send_back, "back")), ("E", hands.keep), ("Q", hands.admit),
            ("V", turn(hands.accept, "accept")), ("M", hands.schedule), ("X", turn(hands.review, "time")),
            ("O", turn(_nothing, "case")), ("U", turn(_nothing, "cause")), ("P", acts.open_publish), ("I", acts.propose),
            ("Shift+I", partial(acts.propose, True)), ("H", acts.plan_meeting), ("G", partial(acts.plan_meeting, True)),
            ("F2", acts.edit), ("C", hands.carry), ("W", page.top.open_weeks), ("Z", page.widen),
            ("/", page.top.search.setFocus), ("T", turn(page.turn_page, "hand")),
            ("Shift+N", acts.note_line), ("Y", turn(_nothing, "sign")),
            ("B", turn(_nothing, "report")), ("D", turn(_nothing, "split")), ("Del", self._drop), ("Shift+Del", hands.cancel),
            ("?", page.open_help), ("Ctrl+Z", page.commands.results.undo), ("F10", acts.open_or_end),
        )  # fmt: skip
        for keys, act in letters:
            plain = len(keys.split("+")[-1]) == 1 and keys.split("+")[-1].isalpha() and not keys.startswith("Ctrl")
            self._add(f"Alt+{keys}" if plain and letters_need_alt else keys, partial(self._letter, act))
        self._add("Esc", page.escape)
        self._add("Ctrl+Return", self._ctrl_enter)
        self._add("Ctrl+O", self._pick)
        self._add("Ctrl+A", self._all_below)

    def _add(self, keys: str, act: Act) -> None:
        made = QShortcut(QKeySequence(keys), self._page)
        made.activated.connect(act)
        self._all.append(made)

    def enable(self, on: bool) -> None:
        """Whether the page has its keys: not while another page or a sheet over it has them."""
        for shortcut in self._all:
            shortcut.setEnabled(on)

    def _turn(self, act: Act, name: str) -> Act:
        """A key that means another thing in a task's drawer and in the list of one's own tasks."""
        page = self._page

        def press() -> None:
            if page.task.is_open and name in ("back", "accept", "time", "case", "cause", "hand"):
                page.task.act(name)
            elif page.shows_mine and name != "hand":
                page.own.act(name)
            else:
                act()

        return press

    def _letter(self, act: Act) -> None:
        """Letters act only while the board, a list or a task's drawer has the keyboard, never in a form."""
        page, held = self._page, QApplication.focusWidget()
        if isinstance(held, QLineEdit | QPlainTextEdit):
            return
        if page.drawers.any_form:
            if act == self._space:
                page.drawers.tick()
            return
        act()

    def _space(self) -> None:
        held = QApplication.focusWidget()
        if isinstance(held, QAbstractButton):
            held.click()
        else:
            self._page.hands.next_item()

    def _ctrl_enter(self) -> None:
        page = self._page
        for form in page.drawers.sending:
            if form.is_open:
                form.send()
                return
        (page.publishing.publish if page.publishing.is_open else page.acts.open_publish)()

    def _drop(self) -> None:
        page = self._page
        if page.trail.is_open:
            page.trail.strike()
        else:
            page.hands.withdraw()

    def _all_below(self) -> None:
        if self._page.split.is_open:
            self._page.split.turn_all()

    def _pick(self) -> None:
        if self._page.report.is_open:
            self._page.report.pick()


def _nothing() -> None:
    """A key that means nothing on the board itself."""
