"""Pictures at the operator's screen: the strip in the drawer, the large ones, and what is added to a case. UI thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ..domain.case import Case
from ..store import queries
from .desk import Desk
from .pictures import ask_for_files
from .questions import Questions

if TYPE_CHECKING:
    from .operator import OperatorView


class PhotoDesk(QObject):
    """Made once for a screen whose panels stand already."""

    def __init__(self, view: OperatorView, desk: Desk, questions: Questions) -> None:
        super().__init__(view)
        self._view, self._desk, self._questions = view, desk, questions
        view.case.photo_wanted.connect(view.pictures.want)
        view.case.photo_chosen.connect(self.show_from)
        view.pictures.came.connect(view.case.take_picture)
        view.case.photos_wanted.connect(self.add)
        view.case.dropped.connect(view.photo_hands.add)

    def show_all(self) -> None:
        """P: the case's photos, large."""
        self.show_from("")

    def show_from(self, first: str) -> None:
        """The case's photos, large, from one on."""
        number = self._desk.selected
        if number:
            self._view.arrangement.place_drawers()
            self._questions.ask("photos.show", lambda c: queries.case(c, number), partial(self._show, first))

    def _show(self, first: str, case: Case | None) -> None:
        if case is not None and not self._view.photo_view.show_photos(case, first):
            self._view.results.say(self.tr("{number} 没有照片").format(number=case.number).strip())

    def add(self) -> None:
        """Shift+P: files chosen for the case in hand."""
        if self._desk.selected:
            self._view.photo_hands.add(ask_for_files(self._view))
