"""The bottom strip: the day's figures with their fortnight, the city's totals, and the latest events."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QWidget,
)

from .. import theme as look
from ..domain.clock import DAY
from ..protocol.rows import Tally
from ..store import figures, queries
from ..store.delta import Delta
from ..store.figures import DayFigures, FlowEvent
from ..store.filter import Filter
from ..widgets.kpi_tile import KpiTile
from ..widgets.panel_frame import PanelFrame
from ..widgets.plain_label import PlainLabel
from ..widgets.ticker import Ticker
from . import format as fmt
from . import rows
from .desk import Desk
from .questions import Questions
from .week_panel import WeekPanel

RESPONSE_TARGET = 10 * 60
EVENTS = 40
CITY_FROM, WEEK_FROM = 900, 800  # logical pixels


class FiguresView(QWidget):
    """Two panels side by side, or one line on small screens. Every figure drills to its cases."""

    def __init__(self, desk: Desk, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._questions = desk, questions
        self._events: list[FlowEvent] = []
        self.setProperty("role", "plain")
        self.week = WeekPanel(desk, questions)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._wide())
        self._stack.addWidget(self._line())
        desk.area_changed.connect(self.refresh)

    def _wide(self) -> QWidget:
        theme = look.of(self)
        host = QWidget()
        host.setProperty("role", "plain")
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        panel = QFrame()
        panel.setProperty("role", "panel")
        tiles = QHBoxLayout(panel)
        tiles.setContentsMargins(1, 1, 1, 1)
        tiles.setSpacing(0)
        self._accepted = KpiTile(self.tr("今日受理"))
        self._closed = KpiTile(self.tr("今日办结"))
        self._response = KpiTile(self.tr("首次响应"))
        self._satisfaction = KpiTile(self.tr("满意率"))
        for tile, name in ((self._accepted, "accepted"), (self._closed, "closed"), (self._response, "response"),
                           (self._satisfaction, "satisfaction")):  # fmt: skip
            tile.drill_requested.connect(lambda name=name: self.drill(name))
            tiles.addWidget(tile, 1)
        self._city = self._totals()
        tiles.addWidget(self._city, 1)
        row.addWidget(panel, 5)
        row.addWidget(self.week, 3)
        events = PanelFrame(self.tr("动态"))
        events.sub.show_text(self.tr("最近发生"))
        self._only = QCheckBox(self.tr("仅看需处理"))
        self._only.toggled.connect(self._show_events)
        events.header.addWidget(self._only)
        self._ticker = Ticker()
        self._ticker.chosen.connect(self._desk.open)
        events.body.addWidget(self._ticker, 1)
        row.addWidget(events, 3)
        self._events_panel = events
        return host

    def _totals(self) -> QWidget:
        theme = look.of(self)
        host = QFrame()
        host.setProperty("role", "tile")
        grid = QGridLayout(host)
        grid.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        grid.addWidget(PlainLabel(self.tr("全市累计"), "secondary", "label"), 0, 0, 1, 2)
        self._total_labels: dict[str, PlainLabel] = {}
        for number, (name, text) in enumerate(
            (("accepted", self.tr("受理")), ("closed", self.tr("办结率")), ("satisfied", self.tr("满意率"))), 1
        ):
            button = QPushButton(text)
            button.setProperty("role", "link")
            button.setAccessibleName(text)
            button.clicked.connect(lambda _=False, name=name: self.drill("city_" + name))
            grid.addWidget(button, number, 0, Qt.AlignmentFlag.AlignLeft)
            value = PlainLabel("—", bold=True)
            grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignRight)
            self._total_labels[name] = value
        grid.setRowStretch(4, 1)
        return host

    def _line(self) -> QWidget:
        theme = look.of(self)
        panel = QFrame()
        panel.setProperty("role", "panel")
        row = QHBoxLayout(panel)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(6))
        self._short: dict[str, PlainLabel] = {}
        for name, text in (("accepted", self.tr("今日受理")), ("closed", self.tr("办结")),
                           ("response", self.tr("首响")), ("satisfaction", self.tr("满意率"))):  # fmt: skip
            button = QPushButton(text)
            button.setProperty("role", "link")
            button.clicked.connect(lambda _=False, name=name: self.drill(name))
            row.addWidget(button)
            self._short[name] = PlainLabel("—", bold=True)
            row.addWidget(self._short[name])
            row.addSpacing(theme.px(8))
        line = QFrame()
        line.setProperty("role", "vline")
        row.addWidget(line)
        row.addSpacing(theme.px(8))
        row.addWidget(self.week.line)
        row.addSpacing(theme.px(8))
        self._short_total = PlainLabel("", "secondary", "label")
        row.addWidget(self._short_total)
        self._last = PlainLabel("", "secondary", "label", elide=True)
        self._last.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._last, 1)
        return panel

    def show_events(self, shown: bool) -> None:
        """The events give way while a drawer stands at their side, and so do the city's sums and the response: what stays
        of the day keeps its words."""
        for widget in (self._events_panel, self._city, self._response):
            widget.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Beside a drawer their words would be cut.
        self._city.setVisible(self.width() >= look.of(self).px(CITY_FROM))
        for part in (self.week.line, self._short_total):
            part.setVisible(self.width() >= look.of(self).px(WEEK_FROM))

    def set_compact(self, compact: bool) -> None:
        """One line instead of tiles."""
        self._stack.setCurrentIndex(1 if compact else 0)

    def refresh(self, delta: Delta | None = None) -> None:
        """Asks for the figures and events anew."""
        area, now = self._desk.area, self._desk.now()
        if not area:
            return
        self._questions.ask("figures.day", lambda c: figures.day_figures(c, area, now), self._show_day, self._failed)
        self._questions.ask("figures.events", lambda c: figures.events(c, area, EVENTS, now), self._take_events)
        self._questions.ask("figures.totals", queries.tallies, self._show_totals)
        self.week.refresh()

    def _failed(self, text: str) -> None:
        """Figures that cannot be read are not shown as they were: a dash says more than an old number."""
        for tile in (self._accepted, self._closed, self._response, self._satisfaction):
            tile.show_figure("—", "", self.tr("读不到，编号 DB-07"), ())
        for label in self._short.values():
            label.show_text("—")

    def _show_day(self, day: DayFigures) -> None:
        count = self.tr("件")
        self._accepted.show_figure(str(day.accepted), count, self.tr("昨日同时 {n}件").format(n=day.accepted_before),
                                   day.accepted_days)  # fmt: skip
        self._closed.show_figure(str(day.closed), count, self.tr("按时办结 {n}").format(n=day.closed_on_time),
                                 day.closed_days)  # fmt: skip
        minutes = "—" if day.response is None else str(round(day.response / 60))
        self._response.show_figure(minutes, self.tr("分"), self.tr("目标 {n}分以内").format(n=RESPONSE_TARGET // 60),
                                   day.response_days, RESPONSE_TARGET)  # fmt: skip
        satisfied = fmt.percent(day.satisfaction)
        rated = satisfied if day.satisfaction is None else satisfied + "%"
        self._satisfaction.show_figure(satisfied, "%" if day.satisfaction is not None else "",
                                       self.tr("今日回访 {n}件").format(n=day.called_back), day.satisfaction_days)  # fmt: skip
        for name, text in (("accepted", str(day.accepted)), ("closed", str(day.closed)),
                           ("response", minutes + self.tr("分")), ("satisfaction", rated)):  # fmt: skip
            self._short[name].show_text(text)

    def _show_totals(self, totals: dict[int, Tally]) -> None:
        site = self._desk.site
        city = totals.get(site.city.code) if site else None
        if city is None:
            return
        closed = fmt.percent(city.closed / city.accepted if city.accepted else None)
        satisfied = fmt.percent(city.satisfied / city.called_back if city.called_back else None)
        for name, text in (("accepted", self.tr("{n}件").format(n=fmt.large(city.accepted))), ("closed", closed + "%"),
                           ("satisfied", satisfied + "%")):  # fmt: skip
            self._total_labels[name].show_text(text)
        self._short_total.show_text(
            self.tr("全市累计 {n}件，办结率 {c}%，满意率 {s}%").format(
                n=fmt.large(city.accepted), c=closed, s=satisfied
            )
        )

    def _take_events(self, found: list[FlowEvent]) -> None:
        self._events = found
        self._show_events()

    def _show_events(self) -> None:
        site = self._desk.site
        if site is None:
            return
        shown = [rows.event(e, site) for e in self._events]
        if self._only.isChecked():
            shown = [e for e in shown if e.strong]
        self._ticker.set_events(shown[:12])
        if shown:
            self._last.show_text(f"{shown[0].time} {shown[0].text}")

    def drill(self, name: str) -> None:
        """Shows a figure's cases in the queue."""
        now = self._desk.now()
        today = figures.midnight(now)
        day = (today, today + DAY)
        base = replace(Filter(), area=self._desk.area, closed=None)
        options = {
            "accepted": (replace(base, reported=day), self.tr("今日受理")),
            "closed": (replace(base, closed_in=day, closed=True), self.tr("今日办结")),
            "response": (replace(base, reported=day, responded_in=day), self.tr("今日首次响应")),
            "satisfaction": (replace(base, closed_in=day, rated_in=day, closed=True), self.tr("今日回访")),
            "city_accepted": (base, self.tr("辖区内全部案件")),
            "city_closed": (replace(base, closed=True), self.tr("辖区内办结案件")),
            "city_satisfied": (replace(base, rated_in=(0, now + DAY)), self.tr("辖区内回访案件")),
        }
        wanted, title = options[name]
        self._desk.set_filter(wanted, title)
