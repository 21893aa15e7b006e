"""The queue panel: tabs, order, filter, and the list that does not jump while someone works in it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from .. import theme as look
from ..domain.case import Lamp, Stage
from ..models.case_queue import CaseQueueModel, Ids
from ..store import queries
from ..store.delta import Delta
from ..store.filter import Filter, Sort
from ..store.queries import CaseBrief, Counts
from ..widgets.case_row import HEIGHT
from ..widgets.choice_list import ChoiceList
from ..widgets.command_bar import CommandBar
from ..widgets.focus import in_sheet
from ..widgets.keycap import KeyHints
from ..widgets.painted_list import ROW_ROLE, PaintedList
from ..widgets.panel_frame import PanelFrame
from ..widgets.stage_tabs import StageTabs
from ..widgets.state_pane import Skeleton, StateAction, StatePane
from . import words
from .backlog import Backlog
from .desk import Desk
from .empty_queue import EmptyQueue
from .filter_line import FilterLine
from .mentions import MentionsView
from .moves import moved_ahead
from .pace import Pace
from .questions import Questions
from .queue_head import QueueHead
from .queue_rows import QueueRows
from .trouble import trouble_pane

HOLD_SECONDS = 3.0
ORDER_MS = 400  # nobody reads an order that changes more often
ROWS_AT_ONCE = 512
FIRST_ROWS = 200  # of another order are shown before all of them are known


class QueueView(PanelFrame):
    """Signals: `help_wanted()`, `marks_changed(count)`. It listens to the desk and to deltas passed on to it.

    `marked` are the cases chosen for one command together, in the order they were marked."""

    help_wanted = Signal()
    marks_changed = Signal(int)

    def __init__(self, desk: Desk, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__("", footer=True, parent=parent)
        self.bar = CommandBar()
        self.choices = ChoiceList()
        self.marked: dict[int, None] = {}
        self.rows = QueueRows(desk, self.marked)
        self._desk, self._questions = desk, questions
        self.title.show_text(self.tr("在办案件"))
        self._pending: Ids | None = None
        self._touched = 0.0
        self._counts: Counts | None = None
        self._wanted_row = 0
        self._rows_owed = Backlog()
        self._pace = Pace(ORDER_MS, self._ask, self)
        self._empty = EmptyQueue(desk, questions, self.clear_filter, self)
        self._empty.ready.connect(self._show_empty)
        self.sub.hide()
        self.head = QueueHead(desk, self)
        self.head.filter_wanted.connect(self.focus_filter)
        self._build_body()
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.timeout.connect(self._apply_if_free)
        self._show_filter()
        desk.filter_changed.connect(self._filter_changed)
        desk.selected_changed.connect(self._show_selected)
        desk.renamed.connect(self._rename)
        super().cover(Skeleton())

    def _build_body(self) -> None:
        self._tabs = StageTabs([("", self.tr("全部")), *((s.value, words.stage(s)) for s in words.STAGE_ORDER)])
        self._tabs.chosen.connect(lambda name: self._desk.set_stage(Stage(name) if name else None))
        self.body.addWidget(self._tabs)
        self.line = FilterLine(self._desk)
        self.line.dropped.connect(self.clear_filter)
        self.body.addWidget(self.line)
        self.mentions = MentionsView(self._desk, self._questions)
        self.body.addWidget(self.mentions)
        self._moved = QPushButton()
        self._moved.setProperty("role", "mini")
        self._moved.clicked.connect(self._apply_pending)
        self._moved.hide()
        self.model = CaseQueueModel(ROW_ROLE, self.rows.spoken, self)
        self.model.page_wanted.connect(self._fetch)
        self.list = PaintedList(HEIGHT, self.rows.paint, self.rows.key)
        self.list.setModel(self.model)
        self.line.left.connect(self.list.setFocus)
        self.list.setAccessibleName(self.tr("在办案件"))
        self.list.current_row_changed.connect(self._current)
        self.list.activated_row.connect(lambda index: self._desk.open(self.model.id_at(index.row())))
        self.list.touched.connect(self._touch)
        self.list.viewport().installEventFilter(self)
        self.list.marked_row.connect(self._mark)
        self.list.drag_text = self._dragged
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.choices)
        self._moved.setParent(self.list)  # over the list, not above it: nothing may move under the pointer
        if self.footer is not None:
            hints = [("J K", self.tr("上下")), ("Enter", self.tr("打开")), ("D", self.tr("派遣")), ("Space", self.tr("上图")),
                     ("/", self.tr("筛选")), ("?", self.tr("全部按键"))]  # fmt: skip
            self._hints = KeyHints(hints)
            self.footer.addWidget(self._hints)
            self.footer.addWidget(self.bar, 1)
            self.bar.shown.connect(lambda said: self._hints.setVisible(not said))

    def set_compact(self, compact: bool) -> None:
        """On small screens the order's words are shorter."""
        self.head.set_compact(compact)

    def cover(self, widget: QWidget | None) -> None:
        """A state in the list's place; the list gets the keyboard back when it comes back, but not from a field or sheet."""
        if widget is not None and not self.covered:
            self._lent = self.list.hasFocus()
        super().cover(widget)
        held = self.window().focusWidget()
        busy = isinstance(held, QLineEdit) or (held is not None and in_sheet(held))
        if widget is None and self._lent and not busy:
            self.list.setFocus()

    _lent = True  # a screen begins with the keyboard in the queue

    # What the desk and the store say --------------------------------------------------------------------------------

    def refresh(self, delta: Delta | None = None) -> None:
        """Asks for counts and order again; rows in view that changed are fetched anew."""
        if delta is not None:
            self.model.forget(None if delta.everything else delta.cases)
            self.model.renew(self.list.rows_seen())
        if delta is None or delta.everything:
            self._pace.now()
        elif delta.cases:
            self._pace.ask()

    def _ask(self) -> None:
        desk, wanted, sort = self._desk, self._desk.filter, self._desk.sort
        now = desk.now()
        if self._to_top:
            self._questions.ask("queue.first", lambda c: queries.case_ids(c, wanted, sort, now, FIRST_ROWS),
                                lambda ids: self._take_first(ids, wanted, sort), self._failed)  # fmt: skip
        self.mentions.refresh()
        self._questions.ask("queue.counts", lambda c: queries.counts(c, wanted, now), self._show_counts)
        self._questions.ask("queue.ids", lambda c: queries.case_ids(c, wanted, sort, now), self._take_ids, self._failed)

    def _take_first(self, ids: Ids, wanted: Filter, sort: Sort) -> None:
        """The head of another order, unless all of it came first or it is no longer what is wanted."""
        if self._to_top and len(ids) == FIRST_ROWS and (wanted, sort) == (self._desk.filter, self._desk.sort):
            self._put(ids, keep=False)

    def tick(self) -> None:
        """A minute has passed: countdowns and lamps move."""
        self.list.viewport().update()

    def _filter_changed(self) -> None:
        self._pending = None
        self._moved.hide()
        self._touched = 0.0
        wanted = self._desk.filter
        self._tabs.set_current(wanted.stage.value if wanted.stage else "")
        self._show_filter()
        self._to_top = True
        self.refresh()

    _to_top = False

    def expect(self, case_id: int) -> None:
        """A case of one's own is about to come: it is shown as soon as it is there, whatever else holds the order."""
        self._expected = case_id

    _expected = 0

    def _rename(self, old: int, new: int) -> None:
        self.model.rename(old, new)
        if self._pending is not None:
            self._pending = self._called(self._pending)
        if old in self.marked:
            order = [new if case == old else case for case in self.marked]
            self.marked.clear()
            self.marked.update(dict.fromkeys(order))
        if self._expected == old:
            self._expected = new

    def _called(self, ids: Ids) -> Ids:
        """An order that was read before a case got its name."""
        if len(ids) and (ids < 0).any():
            return np.fromiter((self._desk.real(int(case)) for case in ids), np.int64, len(ids))
        return ids

    def _show_counts(self, counts: Counts) -> None:
        self._counts = counts
        tabs = {stage.value: counts.stages.get(stage, 0) for stage in words.STAGE_ORDER}
        self._tabs.set_counts({"": counts.total, **tabs})
        self.head.show_counts(counts.lamps)
        self._check_empty()

    def _take_ids(self, ids: Ids) -> None:
        if self._broken:
            self._broken = False
            self._check_empty()
        ids = self._called(ids)
        if self._expected and self._expected in ids:
            self._pending, self._expected, self._to_top = None, 0, False
            self._moved.hide()
            self._put(ids, keep=True)
            self.list.scrollTo(self.list.currentIndex())
            return
        if self._to_top or not len(self.model.ids):
            self._to_top = False
            self._put(ids, keep=False)
            return
        if np.array_equal(ids, self.model.ids):
            self._pending = None
            self._moved.hide()
            return
        self._pending = ids
        if self._held():
            self._show_moved(ids)
            self._hold.start(500)
        else:
            self._apply_pending()

    def _show_moved(self, ids: Ids) -> None:
        ahead = moved_ahead(self.model.ids, ids)
        if not ahead:  # some only went away
            self._moved.hide()
            return
        self._moved.setText(self.tr("{n} 件已前移").format(n=ahead) + " ▲")
        self._moved.adjustSize()
        self._moved.move((self.list.width() - self._moved.width()) // 2, look.of(self).px(4))
        self._moved.show()
        self._moved.raise_()

    def _held(self) -> bool:
        under = self.list.viewport().underMouse()
        return under or time.monotonic() - self._touched < HOLD_SECONDS

    def _apply_if_free(self) -> None:
        if self._pending is None:
            return
        if self._held():
            self._hold.start(500)
        else:
            self._apply_pending()

    def _apply_pending(self) -> None:
        if self._pending is not None:
            ids, self._pending = self._pending, None
            self._moved.hide()
            self._put(ids, keep=True)

    def _put(self, ids: Ids, keep: bool) -> None:
        """A new order; with `keep` the case at the top of the view stays where it is, unless the view is at the top."""
        bar = self.list.verticalScrollBar()
        anchor = self.list.indexAt(QPoint(4, 2))
        case = self.model.id_at(anchor.row()) if anchor.isValid() else 0
        offset = self.list.visualRect(anchor).top() if anchor.isValid() else 0
        at_top = bar.value() == 0
        self.model.set_ids(ids)
        self.list.doItemsLayout()
        row = self.model.row_of(case) if keep and case and not at_top else -1
        if row >= 0:
            bar.setValue(row * look.of(self).px(HEIGHT) - offset)
        elif not keep:
            self.list.scrollToTop()
        self._show_selected(self._desk.selected)
        self._check_empty()

    def _fetch(self, ids: tuple[int, ...]) -> None:
        serial, owed = self._rows_owed.add(ids)
        newest = owed[-ROWS_AT_ONCE:]  # what was scrolled past is asked for again when it is seen again
        self._questions.ask("queue.rows", lambda c: queries.briefs(c, newest), lambda f: self._take_rows(serial, f))

    def _take_rows(self, serial: int, found: list[CaseBrief]) -> None:
        self._rows_owed.answered(serial)
        self.model.set_values([(self._desk.real(brief.id), brief) for brief in found])

    _broken = False

    def _failed(self, text: str) -> None:
        self._broken = True
        self.cover(trouble_pane(self.tr("读不到在办案件"), "DB-05", text, self.refresh))

    def _check_empty(self) -> None:
        counts, wanted = self._counts, self._desk.filter
        if counts is None or self._broken:
            return
        if counts.shown or len(self.model.ids):
            if self.covered:
                self.cover(None)
            return
        if wanted.conditions:
            typed = [(wanted.text, replace(wanted, text=""))] if wanted.text else []
            self._empty.filtered([*self.line.conditions(), *typed])
        elif wanted.stage is not None:
            pane = StatePane("check", self.tr("这一步没有案件"), self.tr("有新案到这一步会出现在这里。"),
                             (StateAction(self.tr("看全部"), "", "all"),))  # fmt: skip
            pane.chosen.connect(lambda _: self._desk.set_stage(None))
            self.cover(pane)
        else:
            self._empty.quiet()

    def _show_empty(self, pane: StatePane) -> None:
        if self._counts is not None and not self._counts.shown and not len(self.model.ids):
            self.cover(pane)

    # What people do ---------------------------------------------------------------------------------------------------

    def focus_filter(self) -> None:
        """Opens the filter line and puts the keyboard there."""
        if self.covered:
            self.cover(None)
        self.line.begin()

    def clear_filter(self) -> None:
        """Drops every condition and closes the filter line."""
        self.line.put_away()
        self._desk.clear_filter()
        self.list.setFocus()

    def next_overdue(self) -> None:
        """Goes to the next overdue case after the current one, round to the first."""
        start = self.list.currentIndex().row()
        count = len(self.model.ids)
        for step in range(1, count + 1):
            row = (start + step) % count
            brief = self.model.value(self.model.id_at(row))
            if brief is not None and self.rows.row(brief).lamp == Lamp.OVERDUE.value:
                self.list.go(row)
                return

    def _mark(self, index: QModelIndex) -> None:
        case = self.model.id_at(index.row())
        if case:
            if case in self.marked:
                del self.marked[case]
            else:
                self.marked[case] = None
            self.list.viewport().update()
            self.marks_changed.emit(len(self.marked))

    def unmark(self) -> None:
        """No case is marked any more."""
        if self.marked:
            self.marked.clear()
            self.list.viewport().update()
            self.marks_changed.emit(0)

    def _dragged(self, index: QModelIndex) -> str:
        case = self.model.id_at(index.row())
        return " ".join(map(str, self.marked if case in self.marked else (case,))) if case else ""

    def _show_filter(self) -> None:
        self.head.show_filter()
        self.line.show_filter()

    def set_stale(self, stale: bool) -> None:
        """Whether the data is too old for its lamps to be acted upon."""
        self.rows.faded = stale
        self.list.viewport().update()

    def show_alarms(self, levels: Mapping[int, int]) -> None:
        """The gravest alarm of each case that has one: its rows carry the mark."""
        if levels != self.rows.levels:
            self.rows.levels = levels
            self.list.viewport().update()

    def _touch(self) -> None:
        self._touched = time.monotonic()

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            self._desk.select(self.model.id_at(index.row()))

    def _show_selected(self, case_id: int) -> None:
        row = self.model.row_of(case_id) if case_id else -1
        if row >= 0 and row != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.model.index(row))
        elif row < 0 and case_id == 0:
            self.list.clearSelection()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._pending is not None:
            self._hold.start(300)
        return super().eventFilter(watched, event)
