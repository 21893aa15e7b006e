"""周例会: the board, the meeting that runs over it, and the tasks of one's own area. One page of the screen. UI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.meeting import PUBLISH, MeetingState
from ..domain.record import RecordKind
from ..domain.task import Task, TaskState
from ..store import board as store
from ..store.board import Week
from ..store.delta import Delta
from ..widgets.board.frame import Column as BoardColumn
from ..widgets.board.frame import Lane
from ..widgets.board.task_board import TaskBoard
from ..widgets.choice_list import ChoiceList
from ..widgets.command_bar import CommandBar
from ..widgets.meeting_bar import MeetingBar
from ..widgets.state_pane import StateAction, StatePane
from . import board_filter, board_rows, board_words, meeting_clock
from . import format as fmt
from .asking import Asking
from .assignments import AssignmentsView
from .board_commands import BoardCommands
from .board_papers import BoardPapers
from .copied import CopiedView
from .desk import Desk
from .meeting_acts import MeetingActs
from .meeting_drawers import MeetingDrawers, place_over
from .meeting_hands import MeetingHands
from .meeting_lines import publish_lines
from .meeting_shortcuts import MeetingShortcuts
from .meeting_side import MeetingSide
from .questions import Questions
from .results import Results
from .week_bar import BOARD, MINE, WeekBar

KINDS = frozenset({RecordKind.MEETING, RecordKind.TASK, RecordKind.RECEIPT, RecordKind.ADMISSION, RecordKind.BURDEN})
REFRESH_MS = 150


class MeetingView(QWidget):
    """Signals: `case_wanted(case id)`, `cause_wanted(class id)` to go to a task's case or root, `photo_wanted(address)`."""

    case_wanted = Signal(object)
    cause_wanted = Signal(object)
    photo_wanted = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, results: Results, letters_need_alt: bool = False,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._questions = desk, questions
        self.week: Week | None = None
        self._meeting_id = 0
        self._text, self._filter, self._causes = "", "", frozenset[int]()
        self._stale = True
        self._shows_mine = False
        self._compact = False
        self.setProperty("role", "plain")
        self._build(results)
        self._overlays()
        self.shortcuts = MeetingShortcuts(self, letters_need_alt)
        desk.site_changed.connect(self._fresh_site)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._soon = QTimer(self)  # a publishing of 350 receipts comes in many pages: asked a few times a second
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self.shown: tuple[Task, ...] = ()

    def _build(self, results: Results) -> None:
        theme = look.of(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(8))
        column.setSpacing(theme.px(8))
        self.top = WeekBar()
        column.addWidget(self.top)
        self.bar = MeetingBar()
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        column.addLayout(row, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        self.board = TaskBoard()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.board)
        self.mine = AssignmentsView(self._desk)
        self.pages.addWidget(self.mine)
        self.copied = CopiedView(self._desk)
        self.pages.addWidget(self.copied)
        self._empty: StatePane | None = None
        left.addWidget(self.pages, 1)
        self.choices = ChoiceList()
        left.addWidget(self.choices)
        self.command_bar = CommandBar()
        self.command_bar.setMinimumHeight(theme.px(34))
        left.addWidget(self.command_bar)
        row.addLayout(left, 1)
        self.side = MeetingSide()
        row.addWidget(self.side)
        results.add_bar(self.command_bar)
        self.asking = Asking(self.command_bar, self.choices, self)
        self.asking.ended.connect(self.focus)
        self.commands = BoardCommands(self._desk, self._questions, results, self)
        self.hands = MeetingHands(self._desk, self.commands, self.asking, lambda: self.week, self.chosen, self)
        self.mine.attach(self.hands, self.asking)
        self.acts = MeetingActs(self)
        self.papers = BoardPapers(self._desk, self.asking, results, self)
        self.board.can_drop = self.acts.can_drop
        self.board.current_changed.connect(lambda _: self.show_side())
        self.board.marked.connect(lambda _: self.show_side())
        self.board.opened.connect(self.open_task)
        self.board.moved.connect(self.acts.moved)
        self.top.meeting_chosen.connect(self.choose_meeting)
        self.top.page_chosen.connect(self.show_page)
        self.top.text_changed.connect(self._search)
        self.top.filter_chosen.connect(self.filter)
        self.top.left.connect(self.focus)
        self.top.pressed.connect(self.acts.press)
        self.bar.pressed.connect(self.acts.press)
        self.side.pressed.connect(self.acts.press)
        self.side.drill_requested.connect(self._drill)

    def _overlays(self) -> None:
        drawers = self.drawers = MeetingDrawers(self._desk, self._questions, self.hands, self)
        drawers.case_wanted.connect(self.case_wanted.emit)
        drawers.cause_wanted.connect(self.cause_wanted.emit)
        drawers.photo_wanted.connect(self.photo_wanted.emit)
        drawers.closed.connect(self.focus)
        self.task, self.publishing, self.form, self.plan = drawers.task, drawers.publishing, drawers.form, drawers.plan
        self.report, self.split, self.trail, self.forms = drawers.report, drawers.split, drawers.trail, drawers.forms
        self.help = drawers.help
        self.mine.opened.connect(self._open_receipt)
        self.copied.opened.connect(self.open_task)
        self.mine.report_wanted.connect(partial(drawers.begin, drawers.report))
        self.mine.split_wanted.connect(partial(drawers.begin, drawers.split))

    # News -------------------------------------------------------------------------------------------------------------------

    def take_delta(self, delta: Delta) -> None:
        """News of the store: looks again soon, or when it is shown."""
        if not (delta.everything or delta.records & KINDS):
            return
        if not self.isVisible():
            self._stale = True
        elif not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Asks for the board anew."""
        site, actor = self._desk.site, self._desk.actor
        if site is None or actor is None or not self._questions.ready:
            return
        self._stale = False
        number, now = self._meeting_id, self._desk.now()
        self._questions.ask("board.week", lambda c: store.week(c, site, actor.area, 0, number, now), self.take_week)

    def take_week(self, week: Week) -> None:
        """Shows a board."""
        self.week = week
        site = self._desk.site
        if site is None:
            return
        name = board_rows.week_name(week.meeting.at) if week.meeting else self.tr("本周没有排会")
        kind = board_words.meeting_kind(week.meeting.kind) if week.meeting else ""
        self.top.set_meetings(f"{kind} {name}".strip(),
                              [(m.id, board_rows.meeting_name(m, site)) for m in week.meetings])  # fmt: skip
        self.mine.take(week)
        self.copied.take(week.copied)
        self.top.set_mine(bool(week.mine or week.copied), self.mine.waiting or len(week.copied), bool(week.copied))
        self.top.set_allowed({"propose": self.hands.may("task.propose", None), "print": bool(week.meeting or week.tasks),
                              "urgent": self.hands.home and self.hands.may("task.publish", TaskState.DRAFT),
                              "plan": self.hands.may("meeting.plan", None)})  # fmt: skip
        self._show_tasks()
        self._show_bar()
        self.drawers.refresh(week)

    def _show_tasks(self) -> None:
        week, site, actor, now = self.week, self._desk.site, self._desk.actor, self._desk.now()
        if week is None or site is None or actor is None:
            return
        meeting = week.meeting
        self.shown = tuple(
            t
            for t in week.tasks
            if (not self._causes or t.cause in self._causes)
            and board_filter.passes(t, self._text, self._filter, site, actor, meeting, now)
        )
        item = meeting.item if meeting is not None and meeting.state is MeetingState.OPEN else None
        here = item.lane if item else ""
        note = self.tr("议程中")
        lanes = [Lane(n.value, board_words.LANE_ICONS[n], board_words.lane(n), note if n.value == here else "")
                 for n in board_rows.LANES]  # fmt: skip
        columns = [BoardColumn(c.value, board_words.column(c)) for c in board_rows.COLUMNS]
        self.board.set_frame(lanes, columns, self.tr("另有{n}项"), self.tr("周例会任务"))
        self.board.set_agenda("" if here == PUBLISH else here)
        self.board.set_cards(board_rows.by_cell(self.shown, site, now, week.pending))
        self.board.space_marks = not self.hands.open
        self.top.show_hidden(len(week.tasks) - len(self.shown))
        self._cover(week)
        self.show_side()

    def _cover(self, week: Week) -> None:
        """The board, one's own tasks, or what stands in the board's place while there is nothing on it."""
        wanted: QWidget = self.own if self.shows_mine else self.board
        old, self._empty = self._empty, None
        if not week.tasks and not self.shows_mine:
            may = self.hands.may("task.propose", None)
            actions = [StateAction(self.tr("提任务"), "I", "propose", True)] if may else []
            self._empty = StatePane("inbox", self.tr("这周还没有任务"),
                                    self.tr("提出的、会上布置的和结转的任务都在这里，断网时也看得到。"), actions)  # fmt: skip
            self._empty.chosen.connect(self.acts.press)
            self.pages.addWidget(self._empty)
            wanted = self._empty
        self.pages.setCurrentWidget(wanted)
        if old is not None:  # only now: a stack shows the next widget in the place of one that leaves
            self.pages.removeWidget(old)
            old.deleteLater()

    def _fresh_site(self) -> None:
        self.week, self._meeting_id = None, 0
        self.refresh()

    def _show_bar(self) -> None:
        """The hour, the agenda and the buttons; each second while a meeting runs."""
        if self.hands.open != self._second.isActive():
            (self._second.start if self.hands.open else self._second.stop)()
        meeting_clock.show(self.bar, self.hands, self._desk.now())

    def _tick(self) -> None:
        if self.isVisible():
            self._show_bar()

    # The side -----------------------------------------------------------------------------------------------------------------

    def chosen(self) -> list[Task]:
        """The marked tasks, or the current one."""
        known = {t.id: t for t in self.week.tasks} if self.week else {}
        wanted = self.board.marks or ((self.board.current,) if self.board.current else ())
        return [known[n] for n in wanted if n in known]

    @property
    def current(self) -> Task | None:
        """The task in hand."""
        return next((t for t in self.week.tasks if t.id == self.board.current), None) if self.week else None

    def show_side(self) -> None:
        week, site, actor = self.week, self._desk.site, self._desk.actor
        if week is None or site is None or actor is None:
            return
        now = self._desk.now()
        self.side.show_publish(publish_lines(self.acts.publishable(), week, site, now), self.hands.home)
        task = self.current
        asked = self.hands.admission_of(task)
        words = self.tr("{who} {time}申请准入：{why}").format(
            who=asked.name, time=fmt.moment(asked.at, now), why=asked.reason) if asked else ""  # fmt: skip
        granted = sum(t.item is not None and t.item.list == "admitted" for t in week.tasks)
        self.side.show_check(
            task, site, granted, words, asked is not None and self.hands.may("admission.grant", "asked")
        )
        days = self.tr("、").join(fmt.weekday(week.start + (d - 1) * 86_400) for d in site.settings.no_meeting_days)
        self.side.show_burden(week.burden, now, week.area, days, self.tr("不排会"))

    # What people do -----------------------------------------------------------------------------------------------------------

    def show_page(self, name: str) -> None:
        """The board, or the tasks of one's own area."""
        self._shows_mine = name == MINE
        self.pages.setCurrentWidget(self.own if self._shows_mine else self.board)
        self.top.pages.set_current(name)
        if self.week is not None:
            self._cover(self.week)
        self.focus()

    def show_cell(self, lane: str, column: str) -> None:
        """Comes from a number elsewhere: the first task of a lane and column is current."""
        self._text, self._filter = "", ""
        self.top.search.clear()
        self.filter("")
        self.show_page(BOARD)
        now = self._desk.now()
        site = self._desk.site
        cards = board_rows.by_cell(self.shown, site, now, frozenset()).get((lane, column), []) if site else []
        self.board.widen("")
        if cards:
            self.board.go(cards[0].id)
        self.focus()

    @property
    def shows_mine(self) -> bool:
        """Whether the tasks of one's own area are in front."""
        return self._shows_mine

    def focus(self) -> None:
        """The keyboard goes to the list that is seen."""
        if self.isVisible() and not self.drawers.focus():
            (self.own.list if self.shows_mine else self.board).setFocus()

    @property
    def own(self) -> AssignmentsView | CopiedView:
        """What stands beside the board: one's own tasks, or on a county's desk what is copied to it."""
        return self.copied if self.week is not None and self.week.copied else self.mine

    def open_task(self, number: object) -> None:
        """Opens a task's drawer."""
        self.drawers.open_task(number)

    def _open_receipt(self, receipt: object) -> None:
        self.open_task(getattr(receipt, "task", 0))

    def choose_meeting(self, number: object) -> None:
        """Another meeting's board; 0 for this week's."""
        self._meeting_id = number if isinstance(number, int) else 0
        self.refresh()

    def _search(self, text: str) -> None:
        self._text = text.strip()
        self._show_tasks()

    def filter(self, name: str, causes: frozenset[int] = frozenset(), words: str = "") -> None:
        """Shows only some of the tasks, empty for all; of `cause` those from some classes alone, called `words`."""
        self._filter, self._causes = name, causes
        self.top.set_filter(name, words)
        self._show_tasks()

    def _drill(self, name: str) -> None:
        if self.week is not None:
            self.drawers.open_lines(name, self.week)

    def propose(self, urgent: bool = False, source: int = 0, title: str = "", cause: int = 0) -> None:
        """The form of a new task; `source` is the case it comes from, `cause` the class."""
        self.acts.propose(urgent, source, title, cause)

    def print(self) -> None:
        """Ctrl+P: minutes and task list as PDF and XLSX."""
        self.acts.print()

    def widen(self) -> None:
        """Z: the current lane takes the room it needs."""
        cell = self.board.cell_of(self.board.current)
        if cell is not None:
            self.board.widen(cell[0])

    def turn_page(self) -> None:
        """T: board or own tasks."""
        if self.week is not None and (self.week.mine or self.week.copied):
            self.show_page(BOARD if self.shows_mine else MINE)

    def open_help(self) -> None:
        """The sheet of this page's keys."""
        self.drawers.help.open()

    def escape(self) -> None:
        """Esc: out of whatever is innermost."""
        if self.choices.isVisible() and not self.drawers.help.isVisible():
            self.choices.leave()
        elif self.drawers.shut_one():
            return
        elif self.board.marks:
            self.board.set_marks(())
            self.show_side()
        elif self._text or self._filter:
            self.top.search.clear()
            self.filter("")

    # Size -----------------------------------------------------------------------------------------------------------------------

    def set_compact(self, compact: bool) -> None:
        """The small layout of DESIGN §2."""
        px = look.of(self).px
        self._compact = compact
        self.side.setFixedWidth(px(306 if compact else 404))
        self.bar.set_compact(compact)
        self.bar.setFixedHeight(px(88 if compact else 92))
        self.board.compact = compact
        self.board.resizeEvent(None)  # type: ignore[arg-type]
        self.top.set_compact(compact)
        self.side.set_compact(compact)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: object) -> None:
        if self._stale:
            self.refresh()
        self.focus()

    def _place(self) -> None:
        self.drawers.set_place(place_over(self, self.bar.geometry().top()))
