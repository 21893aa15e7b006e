"""周任务 in the bottom strip: the week's tasks by lane and column, one line of it on small screens. Every number drills."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from .. import theme as look
from ..domain.case import Lamp
from ..domain.meeting import MeetingState
from ..store import board as store
from ..store.board import Week
from ..widgets.lane_summary import LaneSummary, SummaryHead
from ..widgets.panel_frame import PanelFrame
from ..widgets.plain_label import PlainLabel
from . import board_rows, board_words
from . import format as fmt
from .desk import Desk
from .questions import Questions

Counts = dict[tuple[str, str], int]


class WeekPanel(PanelFrame):
    """`drill_requested(lane, column)`; both empty for the page as a whole. `line` is its one-line form."""

    drill_requested = Signal(str, str)

    def __init__(self, desk: Desk, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__("", False, parent)
        self._desk, self._questions = desk, questions
        self.title.show_text(self.tr("周任务"))
        self._urgent = QPushButton()
        self._urgent.setProperty("role", "flat")
        self._urgent.clicked.connect(lambda: self.drill_requested.emit("", ""))
        self.header.addWidget(self._urgent)
        self._next = PlainLabel("", "secondary", "label")
        self.header.addWidget(self._next)
        self.table = LaneSummary()
        self.table.drill_requested.connect(self.drill_requested.emit)
        self.body.addWidget(self.table, 1)
        self.line = QWidget()
        self.line.setProperty("role", "plain")
        row = QHBoxLayout(self.line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.of(self).px(6))
        button = QPushButton(self.tr("周任务"))
        button.setProperty("role", "link")
        button.clicked.connect(lambda: self.drill_requested.emit("", ""))
        row.addWidget(button)
        self._short = PlainLabel("", bold=True)
        row.addWidget(self._short)

    def refresh(self) -> None:
        """Asks for the week anew."""
        site, actor, now = self._desk.site, self._desk.actor, self._desk.now()
        if site is not None and actor is not None:
            self._questions.ask("figures.week", lambda c: store.counts(c, site, actor.area, now), self._show)

    def _show(self, found: tuple[Week, Counts]) -> None:
        week, counts = found
        now = self._desk.now()
        lanes = [SummaryHead(n.value, board_words.lane(n), board_words.LANE_ICONS[n]) for n in board_rows.LANES]
        columns = [SummaryHead(c.value, board_words.column(c)) for c in board_rows.COLUMNS]
        self.table.set_counts(lanes, columns, counts)
        self.sub.show_text(board_rows.week_number(week.start))
        urgent = sum(t.flagged for t in week.tasks)
        self._urgent.setText(self.tr("会外紧急 {n}").format(n=urgent))
        self._urgent.setAccessibleName(self._urgent.text())
        coming = [m for m in week.meetings if m.area == week.area and m.state is MeetingState.PLANNED and m.at >= now]
        running = week.meeting is not None and week.meeting.state is MeetingState.OPEN
        if running:
            self._next.show_text(self.tr("会议中"))
        elif coming:
            at = min(m.at for m in coming)
            self._next.show_text(self.tr("下次会 {day} {time}").format(day=fmt.weekday(at), time=fmt.clock(at)))
        else:
            self._next.show_text(self.tr("没有排会"))
        late = sum(board_rows.lamp(t, now) is Lamp.OVERDUE for t in week.tasks)
        doing = sum(number for (_, column), number in counts.items() if column in ("doing", "review"))
        self._short.show_text(self.tr("进行{n} 超期{m}").format(n=doing, m=late))
