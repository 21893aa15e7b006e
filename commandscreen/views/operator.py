"""The operator's screen: puts the panels together, passes news to those that show, and owns the keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ..domain.case import Case
from ..domain.grid import community_of
from ..store import queries
from ..store.delta import Delta
from ..sync.status import Phase, SyncStatus
from ..widgets.drawer import Drawer
from ..widgets.help_sheet import HelpSheet
from ..widgets.rail import Rail
from . import actions
from .alarm_sheet import AlarmSheet
from .alarms import Alarms
from .arrangement import Arrangement
from .case import CaseView
from .departments import Act, DepartmentsView
from .desk import Desk
from .figures import FiguresView
from .hands import Hands
from .header import HeaderView
from .intake import IntakeView
from .intake_desk import IntakeDesk
from .key_groups import key_groups
from .map import MapView
from .meeting import MeetingView
from .news import News
from .operator_keys import DESK, MEETING, OperatorKeys
from .palette import PaletteView
from .papers import Papers
from .photo_desk import PhotoDesk
from .photo_hands import PhotoHands
from .photo_view import PhotoView
from .pictures import Pictures
from .pool import PoolView
from .questions import Questions
from .queue import QueueView
from .sent import SentView
from .sign_in_again import SignInAgain

INTAKE, POOL = "intake", "pool"


class OperatorView(QWidget):
    """Signals: `settings_wanted()`, `retry_wanted()`, `photo_wanted(address)`, `theme_wanted()`, `scale_wanted(+1|0|-1)`."""

    settings_wanted = Signal()
    retry_wanted = Signal()
    photo_wanted = Signal(object)
    theme_wanted = Signal()
    scale_wanted = Signal(int)
    sound_check_wanted = Signal()

    def __init__(self, desk: Desk, questions: Questions, ids_file: Path | None, letters_need_alt: bool = False,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._questions = desk, questions
        self._letters_need_alt = letters_need_alt
        self.setProperty("role", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(960, 600)  # of its own: else the window grows for an instant whose panels do not fit it
        self._build(ids_file)
        self.keys = OperatorKeys(self, desk, letters_need_alt)
        self.hands.not_ready.connect(self.keys.forget_early)
        self.hands.choices_ready.connect(self.keys.run_early)
        desk.selected_changed.connect(self._selected)
        desk.opened.connect(self._open_case)
        desk.grid_wanted.connect(self.show_grid)
        self.news = News(self)

    def _build(self, ids_file: Path | None) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        pages = [
            (DESK, "device-desktop", self.tr("指挥台"), "Alt 1"),
            (MEETING, "columns-3", self.tr("周例会"), "Alt 2"),
            (POOL, "stack-2", self.tr("问题池"), "Alt 3"),
            (INTAKE, "plus", self.tr("登记"), "Ctrl N"),
        ]
        self.rail = Rail(pages, [("settings", "settings", self.tr("设置"), "")])
        self.rail.chosen.connect(
            lambda name: self.settings_wanted.emit() if name == "settings" else self.open_page(name)
        )
        outer.addWidget(self.rail)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        outer.addLayout(column, 1)
        self.header = HeaderView(self._desk)
        self.header.palette_wanted.connect(self.open_palette)
        self.header.retry_wanted.connect(self.retry_wanted.emit)
        column.addWidget(self.header)
        self._main = QWidget()
        self._main.setProperty("role", "plain")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._main)
        column.addWidget(self._pages, 1)
        grid = QVBoxLayout(self._main)
        columns = QHBoxLayout()
        self.queue = QueueView(self._desk, self._questions)
        self.map = MapView(self._desk, self._questions, ids_file)
        self.departments = DepartmentsView(self._desk, self._questions)
        self.hands = Hands(self._desk, self._questions, self.queue.bar, self.queue.choices,
                           lambda: tuple(self.queue.marked), self)  # fmt: skip
        self.results = self.hands.results
        self.queue.bar.left.connect(self._to_queue)
        self.queue.choices.left.connect(self._to_queue)
        self.queue.choices.chosen.connect(self._choice_made)
        self.hands.units_wanted.connect(self._begin_dispatch)
        self.departments.chosen.connect(self.hands.send)
        self.departments.dropped.connect(self.hands.drop)
        self.departments.retry_wanted.connect(self.retry_wanted.emit)
        self.hands.commanded.connect(lambda _: self.queue.unmark())
        self.departments.dispatch_ended.connect(self._to_queue)
        for widget in (self.queue, self.map, self.departments):
            columns.addWidget(widget)
        columns.setStretch(1, 1)
        self.meeting = MeetingView(self._desk, self._questions, self.results, self._letters_need_alt, self)
        self.meeting.case_wanted.connect(self._desk.open)
        self._pages.addWidget(self.meeting)
        self.figures = FiguresView(self._desk, self._questions)
        self.figures.week.drill_requested.connect(self._open_cell)
        grid.addLayout(columns, 1)
        grid.addWidget(self.figures)
        self.arrangement = Arrangement(self, self._main, grid, columns)
        self.header.stale_changed.connect(self.map.set_stale)
        self.header.stale_changed.connect(self.queue.set_stale)
        for panel in (self.map, self.departments):
            self.header.age_told.connect(panel.note)
        self.case = CaseView(self._desk, self._questions, self)
        self.case.step_wanted.connect(self.queue.list.step)
        self.case.shown.connect(self._case_shown)
        self.case.closed.connect(self.drawer_closed)
        self.sign_in_again = SignInAgain(self)
        self.sign_in_again.closed.connect(self._to_queue)
        self.papers = Papers(self._desk, self._questions, self.case, self.hands, self)
        self.sent = SentView(self._desk, self.results, self)
        self.sent.case_wanted.connect(self._desk.open)
        self.sent.closed.connect(self._to_queue)
        self.results.sheet_wanted.connect(self.open_sent)
        self.pool = PoolView(self._desk, self._questions, self)
        self.pool.left.connect(self._to_queue)
        self._build_intake()
        self._build_alarms()
        self.palette_box = PaletteView(self._desk, self._questions, actions.listing, self)
        self.palette_box.ran.connect(self._act)
        self.palette_box.closed.connect(self._to_queue)
        self.help = HelpSheet(self.tr("全部按键"), key_groups(), self)
        self.help.closed.connect(self._to_queue)

    def _build_intake(self) -> None:
        self.pictures = Pictures(self._questions.post, self)
        self.photo_view = PhotoView(self.pictures, self)
        self.photo_view.closed.connect(self._to_queue)
        self.photo_hands = PhotoHands(self._desk, self._questions, self.pictures, self.hands)
        self.photo_desk = PhotoDesk(self, self._desk, self._questions)
        self.intake = IntakeView(self._desk, self._questions, self.pictures, self)
        self.intake_desk = IntakeDesk(self, self._desk)

    def _build_alarms(self) -> None:
        self.alarms = Alarms(self._desk, self._questions, self.header.alarm_line, self.header.alarm_counts, self)
        self.alarm_sheet = AlarmSheet(self._desk, self.alarms, self)
        self.alarm_sheet.case_wanted.connect(self._desk.open)
        self.alarm_sheet.photo_wanted.connect(self.photo_wanted.emit)
        self.alarm_sheet.closed.connect(self._to_queue)
        self.alarms.list_wanted.connect(self.open_alarms)
        self.alarms.shelve_wanted.connect(lambda _: self.arrangement.place_drawers())
        self.alarms.refused.connect(lambda text: self.results.say(text, "warning"))
        self.alarms.changed.connect(self._alarms_changed)
        self.header.sound.clicked.connect(self.alarms.mute)

    # News ---------------------------------------------------------------------------------------------------------------

    def take_delta(self, delta: Delta) -> None:
        """News of the store."""
        self.news.take(delta)

    def take_status(self, status: SyncStatus) -> None:
        """How synchronisation stands."""
        self.header.show_status(status)
        self.alarms.take_status(status)
        self.departments.show_status(status, self.results.entries)
        if status.phase is Phase.LIVE:
            self.sign_in_again.shut()

    def ask_to_sign_in(self) -> None:
        """The session has ended: the person's password once more."""
        actor = self._desk.actor
        room = QRect(self.map.mapTo(self, self.map.rect().topLeft()), self.map.size())
        self.sign_in_again.open(actor.name if actor else "", room)

    def refresh(self) -> None:
        """Asks for everything anew."""
        self.take_delta(Delta(everything=True))

    def showEvent(self, event: object) -> None:
        self.news.shown()

    # The case in hand -----------------------------------------------------------------------------------------------------

    def _selected(self, case_id: int) -> None:
        self.departments.leave()
        if not case_id:
            self.map.show_case(None)
            return
        if self.case.is_open:
            self.case.show_case(case_id)
        else:
            self._questions.ask("selected", lambda c: queries.case(c, case_id), self._take_selected)

    def _take_selected(self, case: Case | None) -> None:
        if case is not None and case.id == self._desk.selected:
            self.map.show_case(case)

    def _open_case(self, case_id: int) -> None:
        self.show_desk()
        self.alarm_sheet.shut()
        if self.intake.is_open:
            self.intake.shut()
        self.case.show_case(case_id)
        self.arrangement.make_room(True)
        self.case.open()
        self.queue.list.setFocus()

    def _case_shown(self, case: Case) -> None:
        self.map.show_case(case)
        if self.case.is_open:
            self.map.bring(case)

    def drawer_closed(self) -> None:
        """The room beside the map is free again."""
        self.arrangement.make_room(False)
        self.map.back_to_area()
        self.queue.list.setFocus()

    def show_grid(self, code: int) -> None:
        """A grid on the map, chosen and in its middle."""
        site = self._desk.site
        row = site.grids.index(code) if site else -1
        if row >= 0:
            self.map.map.fit(community_of(code))
            self.map.map.centre_on(row)
            self.map.map.select_grid(row)

    def _choice_made(self) -> None:
        if not self.queue.bar.asking and not self.queue.choices.isVisible():
            self._to_queue()

    def open_pool(self) -> None:
        """问题池: the classes and their cases, over the map."""
        self.open_page(DESK)
        self.arrangement.place_drawers()
        self.pool.open()

    def open_sent(self) -> None:
        """Shows what became of the desk's commands."""
        self.arrangement.place_drawers()
        self.sent.open()
        self.keys.share()

    def open_alarms(self) -> None:
        """F8: shows the alarm list, or puts it away."""
        if self.alarm_sheet.is_open:
            self.alarm_sheet.shut()
            return
        self.arrangement.place_drawers()
        self.alarm_sheet.open()
        self.keys.share()

    def _alarms_changed(self, _board: object) -> None:
        self.queue.show_alarms(self.alarms.board.levels)
        self.map.show_alarms(self.alarms.board.marks)
        self.header.show_alarmed(self.alarms.board.line is not None, self.alarms.muted)

    def acknowledge(self) -> None:
        """A: the newest alarm, or the group in front."""
        (self.alarm_sheet if self.alarm_sheet.is_open else self.alarms).acknowledge()

    def shelve(self) -> None:
        """S: the newest alarm, for a while."""
        (self.alarm_sheet if self.alarm_sheet.is_open else self.alarms).shelve()

    def turn_back(self) -> None:
        (self.alarm_sheet.dismiss if self.alarm_sheet.is_open else self.hands.turn_back)()

    def take_photo(self, address: str, data: bytes) -> None:
        """A picture that came, for whoever asked."""
        self.alarm_sheet.take_photo(address, data)

    def _begin_dispatch(self, case: Case, suggested: object, act: Act, limits: tuple[str, ...]) -> None:
        """The units have to be seen to be chosen from: the drawer makes room for them."""
        if self.case.is_open:
            self.case.shut()
        self.departments.begin_dispatch(case, suggested, act, limits)  # type: ignore[arg-type]
        self.keys.run_early()

    def find_on_map(self) -> None:
        """Space: the case in hand on the map."""
        case_id = self._desk.selected
        if case_id:
            self._questions.ask("locate", lambda c: queries.case(c, case_id), self._desk.located.emit)

    # Pages ------------------------------------------------------------------------------------------------------------------

    def open_page(self, name: str) -> None:
        """Shows a page of the rail: the desk, or the weekly meeting; 登记 is a sheet of the desk's."""
        if name in (INTAKE, POOL):
            (self.intake_desk.open if name == INTAKE else self.open_pool)()
            return
        for sheet in self.sheets:
            sheet.shut()
        self._pages.setCurrentWidget(self.meeting if name == MEETING else self._main)
        self.rail.set_current(name)
        self.intake.shut()
        self.photo_view.shut()
        self.case.shut()
        self.keys.share()
        self._to_queue()

    def show_desk(self) -> None:
        """The desk, unless it shows already."""
        if self.page != DESK:
            self.open_page(DESK)

    def put_on_paper(self) -> None:
        (self.meeting.print if self.page == MEETING else self.papers.offer)()

    def task_from_case(self) -> None:
        """A task that goes back to the case in hand; the link is kept both ways."""
        number = self._desk.selected
        if number:
            self._questions.ask("task.source", lambda c: queries.case(c, number), self._propose_from)

    def _propose_from(self, case: Case | None) -> None:
        kind = self._desk.site.classes.get(case.class_id) if case is not None and self._desk.site else None
        if case is not None:
            self.open_page(MEETING)
            # Not the case's own title: a board is read by more people than the case is.
            self.meeting.propose(source=case.id, title=kind.name if kind else "")

    @property
    def page(self) -> str:
        """The page that shows."""
        return MEETING if self._pages.currentWidget() is self.meeting else DESK

    @property
    def sheets(self) -> tuple[Drawer, ...]:
        """Sheets that lie over whatever page there is."""
        return (self.sent, self.alarm_sheet, self.pool)

    def begin_task(self, urgent: bool) -> None:
        self.open_page(MEETING)
        self.meeting.propose(urgent)

    def _open_cell(self, lane: str, column: str) -> None:
        self.open_page(MEETING)
        if lane:
            self.meeting.show_cell(lane, column)

    def _to_queue(self) -> None:
        self.keys.share()
        if self.page == MEETING:
            self.meeting.focus()
        else:
            self.queue.list.setFocus()

    def open_help(self) -> None:
        """Shows the sheet of keys."""
        self.help.open()

    def open_palette(self, text: str = "") -> None:
        """Shows the palette over the map."""
        self.palette_box.setGeometry(self.arrangement.palette())
        self.palette_box.open(text if isinstance(text, str) else "")

    def _act(self, name: str) -> None:
        actions.run(self, self._desk, name)

    # Size -------------------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrangement.fit()
