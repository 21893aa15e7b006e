"""The map panel: the grids, their state, badges that agree with the queue, layers, level buttons and legend."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from .. import theme as look
from ..domain.alarm_board import Mark
from ..domain.case import Case
from ..domain.division import Level, contains, level_of
from ..domain.grid import GridKind, community_of, grid_label
from ..domain.site import Site
from ..store import figures, queries
from ..store.delta import Delta
from ..store.gather import Ids
from ..store.queries import PlaceCount
from ..widgets.field import Field
from ..widgets.layer_bar import LayerBar, Legend
from ..widgets.map.alarm_marks import AlarmMarks, AlarmSpot
from ..widgets.map.callout import Callout
from ..widgets.map.grid_map import BADGES, BOUNDARIES, CASES, DEDICATED, LABELS, WORKERS, GridMap
from ..widgets.map.marks import Marker
from ..widgets.panel_frame import PanelFrame
from ..widgets.plain_label import PlainLabel
from ..widgets.segment import Segment
from . import words
from .backlog import Backlog
from .desk import Desk
from .grid_words import grid_words
from .map_levels import area_of_level
from .map_search import find_place
from .pace import Pace
from .place_badges import PlaceBadges
from .questions import Questions

HOT = "hot"
WHOLE_FROM = 2_000  # grids; from here on asking for all of them is no dearer
BADGES_MS = 500  # numbers that change more often cannot be read
_LEVELS = (("city", Level.CITY), ("county", Level.COUNTY), ("township", Level.TOWNSHIP), ("community", Level.COMMUNITY))


class MapView(PanelFrame):
    """`ids_file` is where the city's picture of ids is kept between starts; None keeps none. While `picking`, a click on a grid
    tells `grid_picked(16-digit code)` and selects no case."""

    hovered = Signal(object)
    grid_picked = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, ids_file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__("", footer=True, parent=parent)
        self._desk, self._questions, self._ids_file = desk, questions, ids_file
        self._saved = False
        self.picking = False
        self._whole = True
        self._grids_owed = Backlog()
        self._counted: list[PlaceCount] = []
        self._badges: PlaceBadges | None = None
        self._places = Pace(BADGES_MS, self._ask_places, self)
        self._compact = self._unread = False
        self._layer_names = [CASES, DEDICATED, HOT, LABELS]
        self._alarmed: frozenset[Mark] = frozenset()
        self._centres: dict[int, tuple[int, int]] = {}
        self.title.show_text(self.tr("网格态势"))
        theme = look.of(self)
        names = {"city": self.tr("全市"), "county": self.tr("区县"), "township": self.tr("街道"),
                 "community": self.tr("社区")}  # fmt: skip
        self._segment = Segment([(name, names[name]) for name, _ in _LEVELS], "township")
        self._segment.chosen.connect(self._go_level)
        self.header.insertWidget(2, self._segment)
        self._lock = QPushButton()
        self._lock.setProperty("role", "flat")
        self._lock.setCheckable(True)
        self._lock.setFixedSize(theme.px(30), theme.px(28))
        self._lock.setAccessibleName(self.tr("锁定视野"))
        self._lock.setToolTip(self.tr("锁定视野：选中案件时地图不移动"))
        self._lock.toggled.connect(self._set_lock)
        self.header.addWidget(self._lock)
        self.search = Field()
        self.search.setPlaceholderText(self.tr("网格号、社区、人员") + "   F")
        self.search.setAccessibleName(self.tr("在地图上找"))
        self.search.setMaxLength(40)
        self.search.setMaximumWidth(theme.px(230))
        self.search.setMinimumWidth(theme.px(90))
        self.search.returnPressed.connect(self._find)
        self.header.addWidget(self.search, 2)
        self.layers = LayerBar(self.tr("图层"), [
            (CASES, self.tr("案件"), True), (DEDICATED, self.tr("专属网格"), False),
            (HOT, self.tr("近90天热点"), False), (LABELS, self.tr("名称"), True),
        ])  # fmt: skip
        self.layers.changed.connect(self._set_layers)
        self.body.addWidget(self.layers)
        self.map = GridMap()
        self.map.grid_clicked.connect(self._clicked)
        self.map.grid_hovered.connect(self._hovered)
        self.map.grid_activated.connect(self._activated)
        self.map.badge_clicked.connect(self._desk.set_area)
        self.map.drill_requested.connect(self._desk.set_area)
        self.alarms = AlarmMarks(self.map)
        self.body.addWidget(self.map, 1)
        self._hint = PlainLabel("", "secondary", "label", elide=True)
        if self.footer is not None:
            lamps = [(k.value, words.lamp(k)) for k in words.LEGEND_LAMPS]
            cells = [("map_red", words.lamp(words.LEGEND_LAMPS[0])), ("map_amber", words.lamp(words.LEGEND_LAMPS[1])),
                     ("map_green", self.tr("在办")), ("map_cell", self.tr("无"))]  # fmt: skip
            self._legend = Legend(lamps, self.tr("网格底色取最急一件"), cells, self.tr("报警"))
            self.footer.addWidget(self._legend, 1)
            self.footer.addWidget(self._hint, 1)
            self._hint.hide()
        self.dress()
        desk.site_changed.connect(self._show_site)
        desk.area_changed.connect(self._show_area)
        desk.located.connect(self.locate)

    def dress(self) -> None:
        """Takes the colours of the current theme."""
        theme = look.of(self)
        self.map.set_scale(theme.scale)
        self.map.set_theme(theme.colours, theme.stale)
        name = "lock" if self._lock.isChecked() else "lock-open"
        self._lock.setIconSize(QSize(theme.px(17), theme.px(17)))
        self._lock.setIcon(look.icon(name, theme.color("text_secondary"), theme.px(17)))

    def set_stale(self, stale: bool) -> None:
        """Whether the data is too old for its colours to be acted upon."""
        self.map.set_stale(stale)
        self.alarms.set_stale(stale)

    def show_alarms(self, marks: frozenset[Mark]) -> None:
        """The gravest alarm of each grid that has one."""
        site = self._desk.site
        if site is not None and marks != self._alarmed:
            self._alarmed = marks
            rows = ((site.grids.index(mark.grid), mark) for mark in marks)
            self.alarms.show_spots([
                AlarmSpot(*self._centre_of(site, row), mark.level, mark.cased, mark.filled) for row, mark in rows if row >= 0
            ])  # fmt: skip

    def _centre_of(self, site: Site, row: int) -> tuple[int, int]:
        if row not in self._centres:
            self._centres[row] = site.grids.centre(row)
        return self._centres[row]

    def _show_site(self) -> None:
        site = self._desk.site
        if site is None:
            return
        self._centres.clear()
        self._counted, self._badges = [], PlaceBadges(site)
        self.map.set_site(site.grids, site.outlines, site.divisions, site.water)
        if self._ids_file is not None and self._ids_file.exists():
            self._saved = self.map.load_ids(self._ids_file)

    def keep_ids(self) -> None:
        """Writes the city's picture of ids for the next start, once it is complete."""
        if self._ids_file is not None and not self._saved and self._desk.site is not None:
            self._ids_file.parent.mkdir(parents=True, exist_ok=True)
            self.map.save_ids(self._ids_file)
            self._saved = True

    def _show_area(self) -> None:
        site, area = self._desk.site, self._desk.area
        if site is None:
            return
        level = level_of(area)
        self._segment.set_current(_LEVELS[level][0])
        own = self._desk.actor.area if self._desk.actor else area
        self.map.set_scope(own if contains(own, area) or level < level_of(own) else area)
        self.map.fit(area)
        first, last = site.grids.span(area)
        self.sub.show_text(self.tr("{n} 个三级网格").format(n=f"{last - first:,}"))
        special = int((site.grids.kind[first:last] != GridKind.GENERAL).sum())
        self.layers.set_count(DEDICATED, special)
        self.refresh()

    def refresh(self, delta: Delta | None = None) -> None:
        """Asks for the state of grids and the badges' counts anew."""
        if self._desk.site is None:
            return
        if delta is None or delta.everything:
            self._whole = True
            self._ask_worst(())
            self._places.now()
        elif delta.grids:
            self._ask_worst(delta.grids)
            self._places.ask()

    def _ask_worst(self, grids: Iterable[int]) -> None:
        """The states of the grids that are owed, or of all: questions of one kind are answered in their order."""
        site, now = self._desk.site, self._desk.now()
        if site is None:
            return
        serial, owed = self._grids_owed.add(grids)
        city = site.city.code
        if self._whole or len(owed) > WHOLE_FROM:
            self._whole = True
            self._questions.ask("map.worst", lambda c: queries.grid_worst(c, city, now),
                                lambda answer: self._show_worst(serial, answer), self._failed)  # fmt: skip
        else:
            self._questions.ask("map.worst", lambda c: queries.worst_of(c, owed, now),
                                lambda answer: self._show_some(serial, answer), self._failed)  # fmt: skip

    def _ask_places(self) -> None:
        area, now = self._desk.area, self._desk.now()
        digits = 12 if level_of(area) >= Level.TOWNSHIP else 9 if level_of(area) is Level.COUNTY else 6
        self._questions.ask("map.places", lambda c: queries.place_counts(c, area, digits, now), self._show_badges)
        if HOT in self.layers.on():
            self._ask_hot()

    def _failed(self, text: str) -> None:
        """The colours no longer tell anything: they go, and the header says why."""
        site = self._desk.site
        if site is not None:
            self.map.set_status(np.arange(len(site.grids), dtype=np.int32), np.zeros(len(site.grids), np.uint8))
            self.map.set_badges([])
        self._whole, self._counted = True, []
        self.note(self.tr("读不到案件，编号 DB-08"))
        self._unread = True

    def _show_worst(self, serial: int, answer: tuple[Ids, npt.NDArray[np.uint8]]) -> None:
        site = self._desk.site
        self._grids_owed.answered(serial)
        self._whole = False
        if site is None:
            return
        if self._unread:
            self._unread = False
            self.note("")
        codes, status = answer
        rows = np.searchsorted(site.grids.code, codes).astype(np.int32)
        known = (rows < len(site.grids)) & (site.grids.code[np.minimum(rows, len(site.grids) - 1)] == codes)
        fresh = np.zeros(len(site.grids), np.uint8)
        fresh[rows[known]] = status[known]
        self.map.set_status(np.arange(len(fresh), dtype=np.int32), fresh)

    def _show_some(self, serial: int, worst: dict[int, int]) -> None:
        """Grids that news concerned; only those whose state is another one are painted."""
        site = self._desk.site
        self._grids_owed.answered(serial)
        if site is None or not worst:
            return
        codes = np.fromiter(worst, np.int64, len(worst))
        states = np.fromiter(worst.values(), np.uint8, len(worst))
        rows = np.minimum(np.searchsorted(site.grids.code, codes), len(site.grids) - 1).astype(np.int32)
        other = (site.grids.code[rows] == codes) & (self.map.status[rows] != states)
        if other.any():
            self.map.update_status(rows[other], states[other])

    def _show_badges(self, places: list[PlaceCount]) -> None:
        site = self._desk.site
        if site is None or self._badges is None or places == self._counted:
            return
        self._counted = places
        self.map.set_badges(self._badges.of(places))
        self.layers.set_count(CASES, sum(p.total for p in places))

    def _ask_hot(self) -> None:
        area, now = self._desk.area, self._desk.now()
        self._questions.ask("map.hot", lambda c: figures.hot_grids(c, area, now), self._show_hot)

    def _show_hot(self, grids: list[tuple[int, int]]) -> None:
        site = self._desk.site
        if site is None:
            return
        markers = []
        for code, _ in grids if HOT in self.layers.on() else ():
            row = site.grids.index(code)
            if row >= 0:
                markers.append(Marker(*site.grids.centre(row), WORKERS))
        self.map.set_markers(markers)
        self.layers.set_count(HOT, len(grids))

    def _set_layers(self, on: frozenset[str]) -> None:
        shown = (on & {CASES, DEDICATED, LABELS}) | {BOUNDARIES}
        if CASES in on:
            shown |= {BADGES}
        if HOT in on:
            shown |= {WORKERS}
            self._ask_hot()
        else:
            self.map.set_markers(())
        self.map.set_layers(frozenset(shown))

    def _set_lock(self, locked: bool) -> None:
        self.map.set_view_lock(locked)
        self.dress()

    def _go_level(self, name: str) -> None:
        site = self._desk.site
        if site is None:
            return
        area = self._desk.area
        self._segment.set_current(_LEVELS[level_of(area)][0])
        target = area_of_level(site, area, self._desk.actor.area if self._desk.actor else None, dict(_LEVELS)[name])
        if target is not None:
            self._desk.set_area(target)

    def show_case(self, case: Case | None) -> None:
        """The case in hand: its grid framed, a box that says what it is."""
        site = self._desk.site
        if site is None or case is None:
            self.map.select_grid(None)
            self.map.set_callout(None)
            return
        row = site.grids.index(case.grid)
        if row < 0:
            return
        community = site.divisions[community_of(case.grid)]
        worker = site.workers_l3[row]
        lines = (f"{community.name}·{grid_label(case.grid)}", self.tr("三级网格员 {name}").format(name=worker))
        self.map.select_grid(row)
        self.map.set_callout(Callout(row, case.title[:16], lines))

    def bring(self, case: Case) -> None:
        """A case's community round its grid, unless the view is locked."""
        if not self._lock.isChecked():
            self.locate(case)

    def back_to_area(self) -> None:
        """The whole area again, unless the view is locked."""
        if not self._lock.isChecked() and self._desk.site is not None:
            self.map.fit(self._desk.area)

    def locate(self, case: object) -> None:
        """Brings a case's grid into the middle, whatever the lock says: a person asked."""
        site = self._desk.site
        if site is None or not isinstance(case, Case):
            return
        row = site.grids.index(case.grid)
        if row >= 0:
            community = community_of(case.grid)
            self.map.fit(community)
            self.map.centre_on(row)
            self.map.select_grid(row)

    def _hovered(self, row: int | None) -> None:
        site = self._desk.site
        if site is None or row is None:
            self._hint.hide()
            self._legend.show()
            return
        self._hint.show_text(grid_words(site, row))
        self._legend.hide()
        self._hint.show()

    def _clicked(self, row: int | None) -> None:
        site = self._desk.site
        self.map.set_callout(None)
        if site is None or row is None:
            return
        self.map.select_grid(row)
        if self.picking:
            self.grid_picked.emit(int(site.grids.code[row]))
            return
        code, now = int(site.grids.code[row]), self._desk.now()
        self._questions.ask("map.grid", lambda c: queries.nearest_open(c, code, now), self._select_first)

    def _select_first(self, ids: Ids) -> None:
        if len(ids):
            self._desk.select(int(ids[0]))

    def _activated(self, row: int) -> None:
        site = self._desk.site
        if site is not None and row is not None:
            self._desk.set_area(community_of(int(site.grids.code[row])))

    def _find(self) -> None:
        """Goes to what the field names: a grid's code or number, a division, a grid worker."""
        site, text = self._desk.site, self.search.text().strip()
        if site is None or not text:
            return
        row, code = find_place(site, self._desk.area, text)
        if row >= 0:
            self.map.fit(community_of(int(site.grids.code[row])))
            self.map.centre_on(row)
            self.map.select_grid(row)
            self._hovered(row)
            return
        if code:
            self._desk.set_area(code)
            return
        self._hint.show_text(self.tr("没有找到“{text}”").format(text=text))
        self._legend.hide()
        self._hint.show()

    def focus_search(self) -> None:
        """Puts the keyboard into the field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def set_narrow(self, narrow: bool) -> None:
        """Beside a drawer only the map itself and its most needed controls have room."""
        for widget in (self._segment, self._lock, self.search):
            widget.setVisible(not narrow)
        self.sub.setVisible(not narrow and not self._compact)
        self.layers.show_only([CASES] if narrow else self._layer_names)

    def set_compact(self, compact: bool) -> None:
        """On small screens the less needed controls go."""
        self._compact = compact
        self._layer_names = [CASES, DEDICATED] if compact else [CASES, DEDICATED, HOT, LABELS]
        self.set_narrow(False)
