"""The departments panel: who carries what, what is overdue, how fast they answer, who is on duty; drills to cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look
from ..domain.clock import DAY
from ..domain.unit import Unit, on_duty
from ..models.case_queue import CaseQueueModel
from ..store import queries
from ..store.delta import Delta
from ..store.filter import Filter
from ..store.queries import UnitLoad
from ..widgets.keycap import KeyHints
from ..widgets.painted_list import ROW_ROLE, PaintedList
from ..widgets.panel_frame import PanelFrame
from ..widgets.state_pane import Skeleton
from ..widgets.unit_row import COMPACT_HEIGHT, HEIGHT, UnitRow, paint_unit_row
from . import format as fmt
from .desk import Desk
from .questions import Questions


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
    """Units that serve the area, those with most open cases first."""

    def __init__(self, desk: Desk, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__("", footer=True, parent=parent)
        self._desk, self._questions = desk, questions
        self._units: dict[int, Unit] = {}
        self._rows: dict[int, UnitRow] = {}
        self.title.show_text(self.tr("派遣部门"))
        self.body.addWidget(_Columns(self.tr("部门与值班"), self.tr("负荷"), self.tr("超期"), self.tr("首响")))
        self.model = CaseQueueModel(ROW_ROLE, self._spoken, self)
        self.list = PaintedList(HEIGHT, self._paint)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("派遣部门"))
        self.list.activated_row.connect(self._drill)
        self.body.addWidget(self.list, 1)
        if self.footer is not None:
            self.footer.addWidget(KeyHints([("Enter", self.tr("看它的案件")), ("Esc", self.tr("返回"))]))
        desk.area_changed.connect(self._area_changed)
        self.cover(Skeleton(HEIGHT))

    def _area_changed(self) -> None:
        site = self._desk.site
        if site is not None:
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
        self._questions.ask("units", lambda c: queries.unit_loads(c, units, now, since), self._show)

    def _show(self, loads: dict[int, UnitLoad]) -> None:
        local = fmt.local(self._desk.now())
        held = [int(i) for i in self.model.ids]
        order = sorted(loads.values(), key=lambda load: (-load.overdue, -load.open, load.unit))
        under = self.list.viewport().underMouse() or self.list.hasFocus()
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

    def _drill(self, index: QModelIndex) -> None:
        unit = self.model.id_at(index.row())
        if unit in self._units:
            title = self.tr("{name}的案件").format(name=self._units[unit].short)
            self._desk.set_filter(replace(Filter(), area=self._desk.area, units=frozenset({unit})), title)

    def set_compact(self, compact: bool) -> None:
        """Lower rows on small screens."""
        self.list.set_row_height(COMPACT_HEIGHT if compact else HEIGHT)
