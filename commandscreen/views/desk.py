"""The desk: what the person in front has in hand — area, filter, selected case — shared by all views. UI thread."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from ..domain.case import Stage
from ..domain.division import Division, Level, level_of
from ..domain.person import Actor
from ..domain.site import Site
from ..store.filter import Filter, Sort


class Desk(QObject):
    """Shared state of the screen.

    Signals: `site_changed`, `area_changed`, `filter_changed`, `selected_changed(case id)`, `opened(case id)`,
    `located(Case)` to be shown on the map, `grid_wanted(16-digit code)` likewise, `renamed(old id, new id)` when the server
    has named a case that was reported here: it stays selected.
    """

    site_changed = Signal()
    area_changed = Signal()
    filter_changed = Signal()
    selected_changed = Signal(object)
    opened = Signal(object)
    located = Signal(object)
    grid_wanted = Signal(object)
    renamed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.site: Site | None = None
        self.actor: Actor | None = None
        self.area = 0
        self.filter = Filter()
        self.sort = Sort.REMAINING
        self.selected = 0
        self._names: dict[int, int] = {}
        self.title = ""
        self._offset = 0.0

    def now(self) -> int:
        """The server's time as far as it is known, UTC seconds."""
        return int(time.time() + self._offset)

    def set_skew(self, offset: float) -> None:
        """Seconds to add to this machine's clock to get the server's."""
        self._offset = offset

    def set_site(self, site: Site, actor: Actor) -> None:
        """The site and the person; the area goes to the person's own."""
        self.site, self.actor = site, actor
        self.area = actor.area
        self.filter = replace(Filter(), area=actor.area)
        self.site_changed.emit()
        self.area_changed.emit()

    def path(self) -> tuple[Division, ...]:
        """From the city down to the current area."""
        return self.site.path(self.area) if self.site else ()

    def set_area(self, area: int) -> None:
        """Drills to a division; everything follows."""
        if self.site is None or area == self.area or area not in self.site.divisions:
            return
        self.area = area
        self.filter = replace(self.filter, area=area)
        self.area_changed.emit()
        self.filter_changed.emit()

    def scope_up(self) -> None:
        """One floor up, not above the city."""
        if self.site and level_of(self.area) is not Level.CITY:
            self.set_area(self.site.divisions[self.area].parent)

    def set_filter(self, wanted: Filter, title: str = "") -> None:
        """Other cases in the queue; `title` names what a drilled figure asked for."""
        if wanted == self.filter and title == self.title:
            return
        area_moves = wanted.area is not None and wanted.area != self.area
        self.filter, self.title = wanted, title
        if area_moves:
            self.area = wanted.area or self.area
            self.area_changed.emit()
        self.filter_changed.emit()

    def clear_filter(self) -> None:
        """Back to all open cases of the area."""
        self.set_filter(replace(Filter(), area=self.area))

    def set_stage(self, stage: Stage | None) -> None:
        """A queue tab."""
        self.set_filter(replace(self.filter, stage=stage), self.title)

    def set_sort(self, sort: Sort) -> None:
        """Another order of the queue."""
        if sort is not self.sort:
            self.sort = sort
            self.filter_changed.emit()

    def real(self, case_id: int) -> int:
        """What a case is called by now."""
        return self._names.get(case_id, case_id) if case_id < 0 else case_id

    def rename(self, old: int, new: int) -> None:
        """The server has named a case."""
        if self._names.get(old) != new:
            self._names[old] = new
            if self.selected == old:
                self.selected = new
            self.renamed.emit(old, new)

    def select(self, case_id: int) -> None:
        """The case in hand; 0 for none."""
        case_id = self.real(case_id)
        if case_id != self.selected:
            self.selected = case_id
            self.selected_changed.emit(case_id)

    def open(self, case_id: int) -> None:
        """Opens the drawer of a case."""
        self.select(case_id)
        self.opened.emit(self.real(case_id))
