"""What an empty queue says: whether there is nothing, or which condition keeps it out, and how to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from sqlalchemy import Connection

from ..domain.clock import DAY
from ..store import figures, queries
from ..store.filter import Filter
from ..widgets.state_pane import StateAction, StatePane
from . import format as fmt
from .desk import Desk
from .questions import Questions

Condition = tuple[str, Filter]  # its words, and the filter without it


@dataclass(frozen=True, slots=True)
class _Rest:
    """How many cases each condition alone keeps out, and how many there are without any."""

    without: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Quiet:
    """The last closing in an area (UTC seconds, 0 = none known) and how many were closed since midnight."""

    last: int
    today: int


class EmptyQueue(QObject):
    """Makes the panes. `ready(StatePane)` when the store has answered; the newest question alone is answered."""

    ready = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, clear: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._questions, self._clear = desk, questions, clear

    def filtered(self, conditions: Sequence[Condition]) -> None:
        """Nothing fits the conditions."""
        now, whole = self._desk.now(), replace(Filter(), area=self._desk.filter.area)

        def ask(connection: Connection) -> _Rest:
            counts = [queries.counts(connection, wanted, now).shown for _, wanted in conditions]
            return _Rest(tuple(counts), queries.counts(connection, whole, now).total)

        self._questions.ask("queue.empty", ask, lambda rest: self._show_filtered(conditions, rest))

    def _show_filtered(self, conditions: Sequence[Condition], rest: _Rest) -> None:
        useful = [(text, wanted, n) for (text, wanted), n in zip(conditions, rest.without, strict=True) if n]
        parts = [self.tr("去掉“{what}”有{n}件。").format(what=text, n=n) for text, _, n in useful[:3]]
        parts.append(self.tr("去掉全部条件有{n}件。").format(n=rest.total))
        actions = [StateAction(self.tr("清除条件"), "Esc", "clear", True)]
        if useful and len(conditions) > 1:
            actions.append(StateAction(self.tr("只去掉“{what}”").format(what=useful[0][0]), "", "one"))
        pane = StatePane("filter", self.tr("没有符合条件的案件"), "".join(parts), actions)
        pane.chosen.connect(lambda name: self._desk.set_filter(useful[0][1]) if name == "one" else self._clear())
        self.ready.emit(pane)

    def quiet(self) -> None:
        """There is nothing to do."""
        now, area = self._desk.now(), self._desk.area
        today = (figures.midnight(now), figures.midnight(now) + DAY)
        done = replace(Filter(), area=area, closed=True, closed_in=today)

        def ask(connection: Connection) -> _Quiet:
            return _Quiet(queries.last_closed(connection, area), queries.counts(connection, done, now).total)

        self._questions.ask("queue.empty", ask, lambda found: self._show_quiet(found, done))

    def _show_quiet(self, found: _Quiet, done: Filter) -> None:
        now = self._desk.now()
        text = self.tr("收件正常，有新案会出现在这里。")
        if found.last:
            text = self.tr("最近一件 {at} 办结。").format(at=fmt.moment(found.last, now)) + text
        actions = [StateAction(self.tr("看今日办结{n}件").format(n=found.today), "", "done")] if found.today else []
        small = self.tr("看过本机数据 {at}").format(at=fmt.clock_seconds(now))
        pane = StatePane("check", self.tr("没有在办案件"), text, actions, small, "lamp_green")
        pane.chosen.connect(lambda _: self._desk.set_filter(done, self.tr("今日办结")))
        self.ready.emit(pane)
