"""The queue panel: tabs, order, filter, and the list that does not jump while someone works in it."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from .. import theme as look
from ..domain.case import Lamp, Stage
from ..models.case_queue import CaseQueueModel, Ids
from ..store import queries
from ..store.delta import Delta
from ..store.filter import Filter, Sort
from ..store.queries import CaseBrief, Counts
from ..widgets.case_row import HEIGHT, CaseRow, paint_case_row
from ..widgets.choice_list import ChoiceList
from ..widgets.command_bar import CommandBar
from ..widgets.field import Field
from ..widgets.focus import in_sheet
from ..widgets.keycap import KeyHints
from ..widgets.lamp import Lamp as LampWidget
from ..widgets.painted_list import ROW_ROLE, PaintedList, paint_mark
from ..widgets.panel_frame import PanelFrame
from ..widgets.plain_label import PlainLabel
from ..widgets.stage_tabs import StageTabs
from ..widgets.state_pane import Skeleton, StateAction, StatePane
from . import alarm_words, rows, words
from .backlog import Backlog
from .desk import Desk
from .empty_queue import Condition, EmptyQueue
from .mentions import MentionsView
from .pace import Pace
from .questions import Questions
from .trouble import trouble_pane

HOLD_SECONDS = 3.0
LOOKED_AT = 5_000
ORDER_MS = 400  # nobody reads an order that changes more often
ROWS_AT_ONCE = 512
FIRST_ROWS = 200  # of another order are shown before all of them are known


def moved_ahead(old: Ids, new: Ids) -> int:
    """How many cases came or changed their place: those outside the longest part of the old order that is kept."""
    place = {int(case): row for row, case in enumerate(old[: 2 * LOOKED_AT])}
    kept: list[int] = []
    count = 0
    for case in new[:LOOKED_AT]:
        row = place.get(int(case))
        if row is None:
            count += 1
            continue
        at = bisect_left(kept, row)
        kept[at : at + 1] = [row]
    stayed = sum(int(case) in place for case in new[:LOOKED_AT])
    return count + stayed - len(kept)


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
        self.alarm_levels: Mapping[int, int] = {}
        self._faded = False
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
        self._build_header()
        self._build_body()
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.timeout.connect(self._apply_if_free)
        self._show_chips()
        desk.filter_changed.connect(self._filter_changed)
        desk.selected_changed.connect(self._show_selected)
        desk.renamed.connect(self._rename)
        super().cover(Skeleton())

    def _build_header(self) -> None:
        theme = look.of(self)
        self.sub.hide()
        self._lamps: dict[Lamp, PlainLabel] = {}
        for number, kind in enumerate((Lamp.OVERDUE, Lamp.DUE, Lamp.OK)):
            count = PlainLabel("", size="label", bold=True)
            host = QPushButton()
            host.setProperty("role", "flat")
            host.setAccessibleName(words.lamp(kind))
            host.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            inner = QHBoxLayout(host)
            inner.setContentsMargins(theme.px(2), 0, theme.px(2), 0)
            inner.setSpacing(theme.px(5))
            inner.addWidget(LampWidget(kind.value, 14))
            inner.addWidget(count)
            host.setFixedHeight(theme.px(28))
            host.setMinimumWidth(theme.px(40))
            host.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            host.clicked.connect(lambda _=False, kind=kind: self._toggle_lamp(kind))
            self.header.insertWidget(2 + number, host)
            self._lamps[kind] = count
        self._sort = QComboBox()
        self._sort.setAccessibleName(self.tr("排序"))
        for sort, text in ((Sort.REMAINING, self.tr("按剩余时间")), (Sort.NEWEST, self.tr("最新上报")),
                           (Sort.OLDEST, self.tr("最早上报")), (Sort.CHANGED, self.tr("最近变动"))):  # fmt: skip
            self._sort.addItem(text, sort)
        self._sort.activated.connect(lambda index: self._desk.set_sort(self._sort.itemData(index)))
        self.header.addWidget(self._sort)
        self._filter_button = QPushButton()
        self._filter_button.setProperty("role", "flat")
        self._filter_button.setFixedSize(theme.px(30), theme.px(28))
        self._filter_button.setAccessibleName(self.tr("筛选 /"))
        self._filter_button.clicked.connect(self.focus_filter)
        self.header.addWidget(self._filter_button)

    def _build_body(self) -> None:
        theme = look.of(self)
        self._tabs = StageTabs([("", self.tr("全部")), *((s.value, words.stage(s)) for s in words.STAGE_ORDER)])
        self._tabs.chosen.connect(lambda name: self._desk.set_stage(Stage(name) if name else None))
        self.body.addWidget(self._tabs)
        self._bar = QWidget()
        self._bar.setProperty("role", "plain")
        bar = QVBoxLayout(self._bar)
        bar.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        bar.setSpacing(theme.px(5))
        self._field = Field()
        self._field.setMaxLength(60)
        self._field.setPlaceholderText(self.tr("案号、标题、地点里的字"))
        self._field.setAccessibleName(self.tr("筛选案件"))
        self._field.installEventFilter(self)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(180)
        self._typed.timeout.connect(self._take_text)
        self._field.textEdited.connect(lambda _: self._typed.start())
        bar.addWidget(self._field)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.px(5))
        bar.addLayout(self._chips)
        self._bar.hide()
        self.body.addWidget(self._bar)
        self.mentions = MentionsView(self._desk, self._questions)
        self.body.addWidget(self.mentions)
        self._moved = QPushButton()
        self._moved.setProperty("role", "mini")
        self._moved.clicked.connect(self._apply_pending)
        self._moved.hide()
        self.model = CaseQueueModel(ROW_ROLE, self._spoken, self)
        self.model.page_wanted.connect(self._fetch)
        self.list = PaintedList(HEIGHT, self._paint, self._shown_of)
        self.list.setModel(self.model)
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
        long = (self.tr("按剩余时间"), self.tr("最新上报"), self.tr("最早上报"), self.tr("最近变动"))
        short = (self.tr("剩余"), self.tr("最新"), self.tr("最早"), self.tr("变动"))
        for index, text in enumerate(short if compact else long):
            self._sort.setItemText(index, text)

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
        self._sort.setCurrentIndex(self._sort.findData(self._desk.sort))
        if self._field.text().strip() != wanted.text.strip():
            self._field.setText(wanted.text)
        self._show_chips()
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
            self.marked = {new if case == old else case: None for case in self.marked}
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
        for kind, label in self._lamps.items():
            label.show_text(str(counts.lamps.get(kind, 0)))
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
            self._empty.filtered([*self._conditions(), *typed])
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
        self._bar.show()
        if self.covered:
            self.cover(None)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def clear_filter(self) -> None:
        """Drops every condition and closes the filter line."""
        self._field.clear()
        self._bar.hide()
        self._desk.clear_filter()
        self.list.setFocus()

    def next_overdue(self) -> None:
        """Goes to the next overdue case after the current one, round to the first."""
        now, start = self._desk.now(), self.list.currentIndex().row()
        count = len(self.model.ids)
        for step in range(1, count + 1):
            row = (start + step) % count
            brief = self.model.value(self.model.id_at(row))
            if brief is not None and rows.case_row(brief, self._site(), now).lamp == Lamp.OVERDUE.value:
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

    def _toggle_lamp(self, kind: Lamp) -> None:
        chosen = self._desk.filter.lamps ^ {kind}
        self._desk.set_filter(replace(self._desk.filter, lamps=chosen), self._desk.title)

    def _take_text(self) -> None:
        self._desk.set_filter(replace(self._desk.filter, text=self._field.text().strip()), self._desk.title)

    def _show_chips(self) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        wanted = self._desk.filter
        chips = self._conditions()
        for text, without in chips:
            button = QPushButton(f"{text} ×")
            button.setProperty("role", "mini")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, without=without: self._desk.set_filter(without))
            self._chips.addWidget(button)
        self._chips.addStretch(1)
        self._bar.setVisible(bool(chips) or bool(wanted.text) or self._field.hasFocus())
        theme = look.of(self)
        tone = "accent" if wanted.conditions else "text_secondary"
        self._filter_button.setIconSize(QSize(theme.px(17), theme.px(17)))
        self._filter_button.setIcon(look.icon("filter", theme.color(tone), theme.px(17)))

    def _conditions(self) -> list[Condition]:
        """What narrows the list beside the stage and the words in the field, each with the filter without it."""
        wanted = self._desk.filter
        found: list[Condition] = []
        if self._desk.title:
            found.append((self._desk.title, replace(Filter(), area=self._desk.area)))
        for kind in sorted(wanted.lamps):
            found.append((words.lamp(kind), replace(wanted, lamps=wanted.lamps - {kind})))
        for source in sorted(wanted.sources):
            found.append((words.source(source), replace(wanted, sources=wanted.sources - {source})))
        for unit in sorted(wanted.units) if not self._desk.title else ():
            found.append((rows.unit_name(self._site(), unit), replace(wanted, units=wanted.units - {unit})))
        return found

    def _site(self) -> Any:
        return self._desk.site

    def _shown_of(self, brief: CaseBrief) -> tuple[object, ...]:
        """All that a row shows; countdowns are minutes."""
        return brief, self._desk.now() // 10, brief.id in self.marked, self.alarm_levels.get(brief.id, 0), self._faded

    def _paint(
        self, painter: QPainter, box: QRect, brief: Any, theme: look.Theme, selected: bool, hovered: bool
    ) -> None:
        if brief.id in self.marked:
            painter.fillRect(box.adjusted(0, 0, 0, -1), theme.color("bg_selected"))
        shown = theme.faded() if self._faded else theme
        paint_case_row(painter, box, self._row(brief), shown, selected, hovered)
        if brief.id in self.marked:
            paint_mark(painter, box, theme)

    def _row(self, brief: Any) -> CaseRow:
        row = rows.case_row(brief, self._site(), self._desk.now())
        level = self.alarm_levels.get(brief.id, 0)
        return replace(row, alarm=level, alarm_word=alarm_words.level(level)) if level else row

    def set_stale(self, stale: bool) -> None:
        """Whether the data is too old for its lamps to be acted upon."""
        self._faded = stale
        self.list.viewport().update()

    def show_alarms(self, levels: Mapping[int, int]) -> None:
        """The gravest alarm of each case that has one: its rows carry the mark."""
        if levels != self.alarm_levels:
            self.alarm_levels = levels
            self.list.viewport().update()

    def _spoken(self, brief: Any) -> str:
        if self._desk.site is None:
            return ""
        spoken = self._row(brief).spoken()
        return self.tr("已选 {row}").format(row=spoken) if brief.id in self.marked else spoken

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
        if watched is self._field and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key == Qt.Key.Key_Escape:
                self.clear_filter()
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_text()
                self.list.setFocus()
                return True
        if event.type() == QEvent.Type.Leave and self._pending is not None:
            self._hold.start(300)
        return super().eventFilter(watched, event)
