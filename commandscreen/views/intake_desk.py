"""The intake form at the operator's screen: how it opens and closes, and where what it made is shown. UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ..domain.case import Stage
from ..domain.decide import Command
from ..domain.workflow import Kind
from .desk import Desk

if TYPE_CHECKING:
    from .operator import OperatorView


class IntakeDesk(QObject):
    """Made once for a screen whose panels stand already."""

    def __init__(self, view: OperatorView, desk: Desk) -> None:
        super().__init__(view)
        self._view, self._desk = view, desk
        view.intake.commanded.connect(view.hands.give)
        view.intake.made.connect(self._made)
        view.intake.case_wanted.connect(desk.open)
        view.intake.picked.connect(view.show_grid)
        view.intake.said.connect(view.results.say)
        view.intake.closed.connect(self._closed)
        view.map.grid_picked.connect(view.intake.take_grid)
        view.results.changed.connect(self._take_entries)
        view.results.undo_wanted.connect(self._undone)
        view.sent.again_wanted.connect(self._again)

    def open(self) -> None:
        """登记: the form beside the map."""
        view = self._view
        view.show_desk()
        for sheet in (*view.sheets, view.case):
            sheet.shut()
        view.departments.leave()
        view.arrangement.place_drawers()
        view.intake.open()
        view.arrangement.make_room(True)
        view.map.picking = True

    def _closed(self) -> None:
        self._view.map.picking = False
        self._view.drawer_closed()

    def _made(self, case_id: int) -> None:
        """A case of one's own is shown and selected at once: a filter that would hide it goes."""
        wanted = self._desk.filter
        if wanted.conditions or wanted.closed is not False or wanted.stage not in (None, Stage.INTAKE):
            self._view.queue.clear_filter()
        self._view.queue.expect(case_id)
        self._desk.select(case_id)

    def _take_entries(self) -> None:
        self._view.intake.take_entries(self._view.results.entries)

    def _undone(self, ids: Sequence[str]) -> None:
        """Takes a report that is taken back into the form again."""
        self._view.intake.take_back([e.command for e in self._view.results.entries if e.command.id in ids])

    def _again(self, command: Command) -> None:
        if command.kind != Kind.REPORT:
            self._view.hands.again(command)
        elif self._view.intake.take_back([command]):
            self.open()
