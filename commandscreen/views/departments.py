"""The departments panel: who carries what, what is overdue, how fast they answer, who is on duty; drills to cases."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from .. import theme as look
from ..domain.case import Case
from ..domain.clock import DAY
from ..domain.suggest import Suggestion
from ..domain.unit import Unit, on_duty
from ..models.case_queue import CaseQueueModel
from ..store import queries
from ..store.delta import Delta
from ..store.filter import Filter
from ..store.outbox import Entry, Fate
from ..store.queries import UnitLoad
from ..sync.status import Phase, SyncStatus
from ..widgets.keycap import KeycapButton, KeyHints
from ..widgets.offline_note import OfflineNote
from ..widgets.painted_list import DRAG_TYPE, ROW_ROLE, PaintedList
from ..widgets.panel_frame import PanelFrame
from ..widgets.plain_label import PlainLabel
from ..widgets.state_pane import Skeleton
from ..widgets.unit_row import COMPACT_HEIGHT, HEIGHT, UnitRow, paint_unit_row
from . import format as fmt
from . import words
from .desk import Desk
from .questions import Questions
from .trouble import trouble_pane


class Act(StrEnum):
    """What units are chosen for."""

    DISPATCH = "dispatch"  # 派遣
    REROUTE = "reroute"  # 改派
    RULE = "rule"  # 终审派单
    ASSIST = "assist"  # 加协办
    WHISTLE = "whistle"  # 吹哨


@dataclass(frozen=True, slots=True)
class Plan:
    """Units chosen for a case. `lead` is 0 where only further units are chosen; `limit` is empty unless it was changed."""

    act: Act
    case: Case
    lead: int
    units: tuple[int, ...] = ()
    limit: str = ""


_ALONE = frozenset({Act.ASSIST, Act.WHISTLE})


class _Columns(QWidget):
    """The line of column heads above the list."""

    def __init__(self, name: str, load: str, overdue: str, response: str) -> None:
        super().__init__()
        self._words = (name, load, overdue, response)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.of(self).px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        px = theme.px
        painter = QPainter(self)
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("text_tertiary"))
        width, height = self.width(), self.height()
        narrow = width < px(360)
        shift = px(62) if narrow else 0
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(px(40), 0, px(160), height, middle, self._words[0])
        painter.drawText(width - px(210) + (px(64) if narrow else 0), 0, px(60), height, middle, self._words[1])
        right = middle | Qt.AlignmentFlag.AlignRight
        overdue = painter.fontMetrics().elidedText(self._words[2], Qt.TextElideMode.ElideRight, px(60))
        painter.drawText(width - px(126) + shift, 0, px(60), height, right, overdue)
        if not narrow:
            painter.drawText(width - px(72), 0, px(60), height, right, self._words[3])
        painter.fillRect(0, height - 1, width, 1, theme.color("line_subtle"))


class DepartmentsView(PanelFrame):
    """Units that serve the area, those with most open cases first; while units are chosen, the suggested ones first.

    Signals: `chosen(Plan)` when units were chosen for what was begun, `dispatch_ended()` when the choice is made or
    left, `dropped(case ids, unit)` when rows of the queue were dropped on a unit, `retry_wanted()` to try the server now.
    """

    chosen = Signal(object)
    dispatch_ended = Signal()
    dropped = Signal(object, int)
    retry_wanted = Signal()

    def __init__(self, desk: Desk, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__("", footer=True, parent=parent)
        self._desk, self._questions = desk, questions
        self._units: dict[int, Unit] = {}
        self._loads: dict[int, UnitLoad] = {}
        self._rows: dict[int, UnitRow] = {}
        self.title.show_text(self.tr("派遣部门"))
        self._offline = OfflineNote()
        self._offline.retry_wanted.connect(self.retry_wanted.emit)
        self._offline.hide()
        self.body.addWidget(self._offline)
        self.body.addWidget(_Columns(self.tr("部门与值班"), self.tr("负荷"), self.tr("超期"), self.tr("首响")))
        self.model = CaseQueueModel(ROW_ROLE, self._spoken, self)
        self.list = PaintedList(HEIGHT, self._paint, lambda row: row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("派遣部门"))
        self.list.activated_row.connect(self._activate)
        self.list.clicked.connect(self._clicked)
        self.list.setAcceptDrops(True)
        self.list.viewport().installEventFilter(self)
        self._case: Case | None = None
        self._act = Act.DISPATCH
        self._limits: tuple[str, ...] = ("",)
        self._limit = ""
        self._suggested: tuple[Suggestion, ...] = ()
        self._lead = 0
        self._assists: tuple[int, ...] = ()
        self._plan = PlainLabel("", "", "label")
        self._plan.setWordWrap(True)
        self._plan.setContentsMargins(*(look.of(self).px(n) for n in (12, 6, 12, 6)))
        self._plan.hide()
        self.body.insertWidget(0, self._plan)
        self.body.addWidget(self.list, 1)
        self._hints = KeyHints()
        self._button = KeycapButton(self.tr("派遣"), "Enter", "primary")
        self._button.clicked.connect(self.confirm)
        self._button.hide()
        if self.footer is not None:
            self.footer.addWidget(self._hints, 1)
            self.footer.addWidget(self._button)
        self._show_hints()
        desk.area_changed.connect(self._area_changed)
        self.cover(Skeleton(HEIGHT))

    _compact = False

    def _area_changed(self) -> None:
        site = self._desk.site
        if site is not None:
            self.leave()
            self._units = {u.id: u for u in site.units_for(self._desk.area)}
            if len(self._units) > 120:  # a city: its own units and the counties'
                self._units = {i: u for i, u in self._units.items() if len(str(u.area)) <= 6}
            self.sub.show_text(self.tr("{n} 个在册").format(n=len(self._units)))
            self.refresh()

    def refresh(self, delta: Delta | None = None) -> None:
        """Asks for loads anew, unless the news concerns none of these units."""
        if delta is not None and not delta.everything and not delta.units & self._units.keys():
            return
        now, units = self._desk.now(), tuple(self._units)
        since = now - 7 * DAY
        self._questions.ask("units", lambda c: queries.unit_loads(c, units, now, since), self._show, self._failed)

    def _failed(self, text: str) -> None:
        self.cover(trouble_pane(self.tr("读不到部门负荷"), "DB-06", text, self.refresh))

    def show_status(self, status: SyncStatus, entries: Sequence[Entry]) -> None:
        """Without a server: what can be done all the same, and what waits for it. Called again as time passes."""
        away = status.phase is Phase.OFFLINE and status.data_at > 0 and self._case is None and not self._compact
        self._offline.setVisible(away)
        if not away:
            return
        waiting = [e for e in entries if e.fate is Fate.WAITING]
        queued = self.tr("没有等着发出的指令")
        if waiting:
            first = fmt.clock_seconds(int(min(e.at for e in waiting)))
            queued = self.tr("{n}条指令，最早 {at}").format(n=len(waiting), at=first)
        left = max(0, round(status.retry_at - time.monotonic()))
        facts = (
            (self.tr("能做"), self.tr("受理、派遣、核查、备注、查本机案件")),
            (self.tr("不能做"), self.tr("看部门实时负荷，取没看过的照片")),
            (self.tr("排队"), queued),
            (self.tr("重连"), self.tr("第{n}次，{s}秒后再试").format(n=status.attempt, s=left)),
        )
        at = fmt.moment(int(status.data_at), self._desk.now())
        self._offline.show_facts(
            self.tr("部门负荷停在 {at}").format(at=at), self.tr("派遣可以照常下达，先存本机，联网后按顺序送出。"), facts
        )

    def _show(self, loads: dict[int, UnitLoad]) -> None:
        self._loads = loads
        local = fmt.local(self._desk.now())
        held = [int(i) for i in self.model.ids]
        order = sorted(loads.values(), key=lambda load: (-load.overdue, -load.open, load.unit))
        if self._case is not None:
            first = [s.unit.id for s in self._suggested if s.unit.id in loads]
            order = [loads[i] for i in first] + [load for load in order if load.unit not in set(first)]
        under = self._case is None and (self.list.viewport().underMouse() or self.list.hasFocus())
        ids = [i for i in held if i in loads] if under and set(held) == set(loads) else [load.unit for load in order]
        for number, unit_id in enumerate(ids, 1):
            unit, load = self._units.get(unit_id), loads[unit_id]
            if unit is None:
                continue
            duty = on_duty(unit, local.isoweekday(), local.hour + local.minute / 60)
            self._rows[unit_id] = UnitRow(
                unit_id, number if number < 10 else 0, unit.short, self._duty_words(duty), load.open, unit.capacity,
                load.overdue, "—" if load.response is None else fmt.duration(load.response),
                self.tr("{name} 在办{n} 超期{late}").format(name=unit.short, n=load.open, late=load.overdue),
            )  # fmt: skip
        self.model.set_ids(np.array(ids, np.int64))
        self.model.set_values([(i, self._rows[i]) for i in ids if i in self._rows])
        if self._case is not None:
            self._mark()
        if self.covered:
            self.cover(None)

    def _duty_words(self, duty: Any) -> str:
        if duty is None:
            return self.tr("无人值班")
        states = {"on_post": self.tr("在岗"), "field": self.tr("外勤"), "phone": self.tr("电话可达")}
        return f"{duty.post} {duty.name} {states.get(duty.reachable, duty.reachable)}"

    def _paint(self, painter: QPainter, box: Any, row: Any, theme: look.Theme, selected: bool, hovered: bool) -> None:
        paint_unit_row(painter, box, row, theme, selected, hovered)

    def _spoken(self, row: Any) -> str:
        return str(row.spoken)

    # Dispatch ---------------------------------------------------------------------------------------------------------------

    @property
    def dispatching(self) -> bool:
        """Whether a case waits here for its units."""
        return self._case is not None

    def begin_dispatch(self, case: Case, suggested: tuple[Suggestion, ...], act: Act = Act.DISPATCH,
                       limits: tuple[str, ...] = ("",)) -> None:  # fmt: skip
        """Offers the units for a case; for a dispatch the best one is chosen already.

        `limits` are those the dispatcher may go through, the class's own, an empty text, first.
        """
        self._case, self._suggested, self._act = case, suggested, act
        self._limits, self._limit = limits, ""
        self._units = {**self._units, **{s.unit.id: s.unit for s in suggested}}
        self._lead = 0 if act in _ALONE or not suggested else suggested[0].unit.id
        if act is Act.REROUTE and self._lead == case.lead:
            self._lead = next((s.unit.id for s in suggested if s.unit.id != case.lead), 0)
        self._assists = ()
        self.title.show_text(words.step(act.value))
        self._button.setText(words.step(act.value))
        self.sub.show_text(case.number)
        self._plan.show()
        self._button.show()
        self._show_hints()
        self._describe()
        nothing = {s.unit.id: UnitLoad(s.unit.id, 0, 0, None) for s in suggested}
        self._show({**nothing, **self._loads})
        self.refresh()

    def choose(self, number: int, assist: bool = False) -> None:
        """The unit beside a digit becomes the lead, or an assisting one; again, it no longer is."""
        unit = self.model.id_at(number - 1)
        if self._case is None or unit not in self._units:
            return
        if self._act in _ALONE:
            held = unit in self._assists
            self._assists = tuple(u for u in self._assists if u != unit) if held else (*self._assists, unit)
        elif not assist:
            self._lead = unit
            self._assists = tuple(u for u in self._assists if u != unit)
        elif unit != self._lead:
            held = unit in self._assists
            self._assists = tuple(u for u in self._assists if u != unit) if held else (*self._assists, unit)
        self._mark()

    def confirm(self) -> None:
        """Sends the case to the chosen units."""
        case = self._case
        if case is not None and (self._lead or self._assists):
            plan = Plan(self._act, case, self._lead, self._assists, self._limit)
            self.leave()
            self.chosen.emit(plan)

    def next_limit(self) -> None:
        """改限时: the next of the limits a dispatch may set."""
        if self._case is not None:
            place = self._limits.index(self._limit)
            self._limit = self._limits[(place + 1) % len(self._limits)]
            self._describe()

    def leave(self) -> None:
        """Back to the plain list."""
        if self._case is None:
            return
        self._case, self._suggested, self._lead, self._assists = None, (), 0, ()
        self.title.show_text(self.tr("派遣部门"))
        self.sub.show_text(self.tr("{n} 个在册").format(n=len(self._units)))
        self._plan.hide()
        self._button.hide()
        self._show_hints()
        self.list.clearSelection()
        self.refresh()
        self.dispatch_ended.emit()

    def _mark(self) -> None:
        row = self.model.row_of(self._lead)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        self._describe()

    def _describe(self) -> None:
        if self._act in _ALONE:
            names = "、".join(self._units[u].short for u in self._assists)
            self._plan.show_text(names or self.tr("按数字选单位，可选多个"))
            return
        unit = self._units.get(self._lead)
        if unit is None:
            self._plan.show_text(self.tr("没有可派的单位"))
            return
        text = self.tr("主办 {unit}：{why}").format(unit=unit.short, why=self._why(self._lead))
        if self._limit:
            text += self.tr("；限时 {limit}").format(limit=words.coded(self._limit))
        if self._assists:
            text += self.tr("；协办 {units}").format(units="、".join(self._units[u].short for u in self._assists))
        self._plan.show_text(text)

    def _why(self, unit: int) -> str:
        found = next((s for s in self._suggested if s.unit.id == unit), None)
        if found is not None and found.count:
            days = self._desk.site.settings.suggest_days if self._desk.site else 0
            text = self.tr("近{days}天同类{total}件中{n}件归它")
            return text.format(days=days, total=found.total, n=found.count)
        kind = self._desk.site.classes.get(self._case.class_id) if self._desk.site and self._case else None
        if kind and unit in self._units and self._units[unit].trade == kind.trade:
            return self.tr("问题类别对口")
        return self.tr("自选")

    def _show_hints(self) -> None:
        if self._case is None:
            self._hints.set_hints([("Enter", self.tr("看它的案件")), ("Esc", self.tr("返回"))])
        else:
            hints = [("1–9", self.tr("选单位") if self._act in _ALONE else self.tr("主办"))]
            if self._act not in _ALONE:
                hints.append(("Shift 1–9", self.tr("协办")))
            if len(self._limits) > 1:
                hints.append(("T", self.tr("限时")))
            self._hints.set_hints([*hints, ("Esc", self.tr("不派了"))])

    def _clicked(self, index: QModelIndex) -> None:
        if self._case is not None:  # with Shift an assisting one, as on the keyboard
            self.choose(index.row() + 1, bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier))

    def _activate(self, index: QModelIndex) -> None:
        if self._case is not None:
            self.choose(index.row() + 1)
            self.confirm()
        else:
            self._drill(index)

    def _drill(self, index: QModelIndex) -> None:
        unit = self.model.id_at(index.row())
        if unit in self._units:
            title = self.tr("{name}的案件").format(name=self._units[unit].short)
            self._desk.set_filter(replace(Filter(), area=self._desk.area, units=frozenset({unit})), title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rows of the queue are dropped on a unit."""
        if isinstance(event, QDropEvent) and watched is self.list.viewport() and event.mimeData().hasFormat(DRAG_TYPE):
            index = self.list.indexAt(event.position().toPoint())
            unit = self.model.id_at(index.row()) if index.isValid() else 0
            if event.type() == QEvent.Type.Drop and unit in self._units:
                numbers = bytes(event.mimeData().data(DRAG_TYPE).data()).split()
                self.dropped.emit(tuple(int(n) for n in numbers), unit)
            elif index.isValid():
                self.list.setCurrentIndex(index)
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    def set_compact(self, compact: bool) -> None:
        """Lower rows on small screens; there the note about being offline gives way to the header's line."""
        self._compact = compact
        self.list.set_row_height(COMPACT_HEIGHT if compact else HEIGHT)
