"""What the palette finds: cases, actions, divisions, grids and units, by Chinese, pinyin, initials and numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from ..domain.case import lamp
from ..domain.division import contains
from ..domain.grid import community_of, grid_label
from ..domain.pinyin import find
from ..store import queries
from ..store.filter import Filter, Sort
from ..store.queries import CaseBrief
from ..widgets.palette_box import PaletteBox, PaletteGroup, PaletteItem
from . import rows, words
from .desk import Desk
from .questions import Questions

CASES_MAX, PLACES_MAX, OPEN_MAX = 6, 5, 4_000


@dataclass(frozen=True, slots=True)
class Action:
    """Something the screen can do: its name for `run`, words and key."""

    name: str
    text: str
    key: str


class PaletteView(PaletteBox):
    """`actions` are what exists now; `run(name)` is called for one that was chosen."""

    ran = Signal(str)

    def __init__(self, desk: Desk, questions: Questions, actions: Callable[[], tuple[Action, ...]],
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(
            QCoreApplication.translate("PaletteView", "拼音首字母，可混输汉字、编号"),
            QCoreApplication.translate("PaletteView", "没有找到，换个字试试"),
            (
                ("↑ ↓", QCoreApplication.translate("PaletteView", "选")),
                ("Enter", QCoreApplication.translate("PaletteView", "执行")),
                (">", QCoreApplication.translate("PaletteView", "只看动作")),
                ("#", QCoreApplication.translate("PaletteView", "只看网格")),
                ("Esc", QCoreApplication.translate("PaletteView", "关闭")),
            ),
            parent,
        )
        self._desk, self._questions, self._actions = desk, questions, actions
        self._text = ""
        self._cases: list[tuple[CaseBrief, tuple[int, int]]] = []
        self.query_changed.connect(self._look_up)
        self.chosen.connect(self._go)

    def _look_up(self, text: str) -> None:
        self._text = text.strip()
        query, mode = self._text, ""
        if query[:1] in (">", "#"):
            mode, query = query[0], query[1:].strip()
        if query and mode == "":
            area, now = (self._desk.actor.area if self._desk.actor else self._desk.area), self._desk.now()
            self._questions.ask("palette", lambda c: find_cases(c, query, area, now), self._take)
        else:
            self._cases = []
        self._show(query, mode)

    def _take(self, answer: tuple[str, list[tuple[CaseBrief, tuple[int, int]]]]) -> None:
        query, found = answer
        if query == self._text:
            self._cases = found
            self._show(query, "")

    def _show(self, query: str, mode: str) -> None:
        groups = []
        if mode == "" and query:
            groups.append(PaletteGroup(self.tr("案件"), tuple(self._case_item(b, m) for b, m in self._cases)))
        if mode in ("", ">"):
            groups.append(PaletteGroup(self.tr("动作"), tuple(self._action_items(query))[: 20 if mode else 5]))
        if mode != ">" and query:
            groups.append(PaletteGroup(self.tr("地址与网格"), tuple(self._place_items(query, mode))[:PLACES_MAX]))
            if mode == "":
                groups.append(PaletteGroup(self.tr("部门"), tuple(self._unit_items(query))[:PLACES_MAX]))
        self.set_groups(groups)

    def _case_item(self, brief: CaseBrief, match: tuple[int, int]) -> PaletteItem:
        kind = lamp(brief.state, brief.amber_at, brief.due_at, self._desk.now())
        detail = f"{brief.number} {words.state(brief.state)}"
        return PaletteItem(("case", brief.id), kind.value, brief.title, match, detail)

    def _action_items(self, query: str) -> list[PaletteItem]:
        found = []
        for action in self._actions():
            match = find(query, action.text) if query else (0, 0)
            if match is not None:
                found.append(PaletteItem(("action", action.name), "send", action.text, match, "", action.key))
        return found

    def _place_items(self, query: str, mode: str) -> list[PaletteItem]:
        site = self._desk.site
        if site is None:
            return []
        found = []
        if query.isdigit() and len(query) == 16 and site.grids.index(int(query)) >= 0:
            found.append(self._grid_item(int(query)))
        left, dash, right = query.partition("-")
        if dash and left.isdigit() and right.isdigit():
            for division in site.children(self._desk.area):
                code = division.code * 10_000 + int(left) * 100 + int(right)
                if len(str(code)) == 16 and site.grids.index(code) >= 0:
                    found.append(self._grid_item(code))
        if mode == "":
            near = self._desk.area
            options = [(not contains(near, d.code), len(d.name), d, match)
                       for d in site.divisions.values() if (match := find(query, d.name)) is not None]  # fmt: skip
            options.sort(key=lambda o: (o[0], o[1], o[2].code))
            for _, _, division, match in options[:PLACES_MAX]:
                parent = site.divisions.get(division.parent)
                found.append(PaletteItem(("area", division.code), "map-pin", division.name, match,
                                         parent.name if parent else ""))  # fmt: skip
        return found

    def _grid_item(self, code: int) -> PaletteItem:
        site = self._desk.site
        if site is None:
            raise ValueError("no site")
        row = site.grids.index(code)
        name = f"{site.divisions[community_of(code)].name} {grid_label(code)}"
        return PaletteItem(("grid", code), "grid-4x4", name, (0, 0),
                           self.tr("三级网格员 {name}").format(name=site.workers_l3[row]))  # fmt: skip

    def _unit_items(self, query: str) -> list[PaletteItem]:
        site = self._desk.site
        if site is None:
            return []
        found = []
        for unit in site.units_for(self._desk.area):
            match = find(query, unit.name)
            if match is not None:
                found.append(
                    PaletteItem(("unit", unit.id), "building", unit.name, match, words.circle(unit.circle.value))
                )
        return found

    def _go(self, name: object) -> None:
        if not isinstance(name, tuple):
            return
        kind, value = name
        if kind == "case":
            self._desk.open(int(value))
        elif kind == "area":
            self._desk.set_area(int(value))
        elif kind == "grid":
            self._desk.set_area(community_of(int(value)))
            self._desk.grid_wanted.emit(int(value))
        elif kind == "unit":
            title = self.tr("{name}的案件").format(
                name=rows.unit_name(self._desk.site, int(value)) if self._desk.site else ""
            )
            self._desk.set_filter(Filter(area=self._desk.area, units=frozenset({int(value)})), title)
        elif kind == "action":
            self.ran.emit(str(value))


def find_cases(
    connection: Connection, query: str, area: int, now: int
) -> tuple[str, list[tuple[CaseBrief, tuple[int, int]]]]:
    """Cases for what was typed: open ones by pinyin too, then any by number, title or place. With the matched part."""
    found: dict[int, tuple[CaseBrief, tuple[int, int]]] = {}
    ids = queries.case_ids(connection, Filter(area=area), Sort.REMAINING, now, OPEN_MAX)
    for brief in sorted(queries.briefs(connection, [int(i) for i in ids]), key=lambda b: (b.due_at, b.id)):
        match = find(query, brief.title)
        if match is not None or query in brief.number:
            found[brief.id] = (brief, match or (0, 0))
            if len(found) >= CASES_MAX:
                return query, list(found.values())
    if len(query) > 1:
        wanted = Filter(area=area, closed=None, text=query)
        older = queries.case_ids(connection, wanted, Sort.NEWEST, now, CASES_MAX * 2)
        for brief in sorted(queries.briefs(connection, [int(i) for i in older]), key=lambda b: -b.id):
            if brief.id not in found and len(found) < CASES_MAX:
                found[brief.id] = (brief, find(query, brief.title) or (0, 0))
    return query, list(found.values())
