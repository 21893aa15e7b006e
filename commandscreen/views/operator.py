"""The operator's screen: puts the panels together, passes news to those that show, and owns the keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from .. import theme as look
from ..domain.case import Case, Stage
from ..domain.decide import Command
from ..domain.grid import community_of
from ..domain.workflow import Kind
from ..store import queries
from ..store.delta import Delta
from ..sync.status import Phase, SyncStatus
from ..widgets.drawer import Drawer
from ..widgets.help_sheet import HelpSheet
from ..widgets.rail import Rail
from . import actions
from .alarm_sheet import AlarmSheet
from .alarms import Alarms
from .case import CaseView
from .departments import Act, DepartmentsView
from .desk import Desk
from .figures import FiguresView
from .hands import Hands
from .header import HeaderView
from .intake import IntakeView
from .key_groups import key_groups
from .map import MapView
from .meeting import MeetingView
from .operator_keys import DESK, MEETING, OperatorKeys
from .palette import PaletteView
from .papers import Papers
from .photo_hands import PhotoHands
from .photo_view import PhotoView
from .pictures import Pictures, ask_for_files
from .pool import PoolView
from .questions import Questions
from .queue import QueueView
from .sent import SentView
from .sign_in_again import SignInAgain

COMPACT_BELOW = 1600
INTAKE, POOL = "intake", "pool"
TICK_MS = 15_000
LATE_MS = 1_000


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
        self._compact: bool | None = None
        self._waiting = Delta()
        self._late = Delta()
        self._late_timer = QTimer(self)
        self._late_timer.setSingleShot(True)
        self._late_timer.setInterval(LATE_MS)
        self._late_timer.timeout.connect(self._refresh_late)
        self.setProperty("role", "app")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(960, 600)  # of its own: else the window grows for an instant whose panels do not fit it
        self._build(ids_file)
        self.keys = OperatorKeys(self, desk, letters_need_alt)
        self.hands.not_ready.connect(self.keys.forget_early)
        self.hands.choices_ready.connect(self.keys.run_early)
        desk.selected_changed.connect(self._selected)
        desk.opened.connect(self._open_case)
        desk.grid_wanted.connect(self._show_grid)
        self._pulse = QTimer(self)
        self._pulse.setInterval(TICK_MS)
        self._pulse.timeout.connect(self._tick)
        self._pulse.start()

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
        self._grid = QVBoxLayout(self._main)
        self._columns = QHBoxLayout()
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
            self._columns.addWidget(widget)
        self._columns.setStretch(1, 1)
        self.meeting = MeetingView(self._desk, self._questions, self.results, self._letters_need_alt, self)
        self.meeting.case_wanted.connect(self._desk.open)
        self._pages.addWidget(self.meeting)
        self.figures = FiguresView(self._desk, self._questions)
        self.figures.week.drill_requested.connect(self._open_cell)
        self._grid.addLayout(self._columns, 1)
        self._grid.addWidget(self.figures)
        self.header.stale_changed.connect(self.map.set_stale)
        self.header.stale_changed.connect(self.queue.set_stale)
        for panel in (self.map, self.departments):
            self.header.age_told.connect(panel.note)
        self.case = CaseView(self._desk, self._questions, self)
        self.case.step_wanted.connect(self.queue.list.step)
        self.case.shown.connect(self._case_shown)
        self.case.closed.connect(self._drawer_closed)
        self.sign_in_again = SignInAgain(self)
        self.sign_in_again.closed.connect(self._to_queue)
        self.papers = Papers(self._desk, self._questions, self.case, self.hands, self)
        self.sent = SentView(self._desk, self.results, self)
        self.sent.case_wanted.connect(self._desk.open)
        self.sent.again_wanted.connect(self._again)
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
        self.case.photo_wanted.connect(self.pictures.want)
        self.case.photo_chosen.connect(self._show_photos)
        self.pictures.came.connect(self.case.take_picture)
        self.photo_view = PhotoView(self.pictures, self)
        self.photo_view.closed.connect(self._to_queue)
        self.photo_hands = PhotoHands(self._desk, self._questions, self.pictures, self.hands)
        self.case.photos_wanted.connect(self.add_photos)
        self.case.dropped.connect(self.photo_hands.add)
        self.intake = IntakeView(self._desk, self._questions, self.pictures, self)
        self.intake.commanded.connect(self.hands.give)
        self.intake.made.connect(self._case_made)
        self.intake.case_wanted.connect(self._desk.open)
        self.intake.picked.connect(self._show_picked)
        self.intake.said.connect(self.results.say)
        self.intake.closed.connect(self._intake_closed)
        self.map.grid_picked.connect(self.intake.take_grid)
        self.results.changed.connect(lambda: self.intake.take_entries(self.results.entries))
        self.results.undo_wanted.connect(self._undone)

    def _build_alarms(self) -> None:
        self.alarms = Alarms(self._desk, self._questions, self.header.alarm_line, self.header.alarm_counts, self)
        self.alarm_sheet = AlarmSheet(self._desk, self.alarms, self)
        self.alarm_sheet.case_wanted.connect(self._desk.open)
        self.alarm_sheet.photo_wanted.connect(self.photo_wanted.emit)
        self.alarm_sheet.closed.connect(self._to_queue)
        self.alarms.list_wanted.connect(self.open_alarms)
        self.alarms.shelve_wanted.connect(lambda _: self._place_drawer())
        self.alarms.refused.connect(lambda text: self.results.say(text, "warning"))
        self.alarms.changed.connect(self._alarms_changed)
        self.header.sound.clicked.connect(self.alarms.mute)

    # News ---------------------------------------------------------------------------------------------------------------

    def take_delta(self, delta: Delta) -> None:
        """News of the store; a hidden screen keeps it for when it is shown."""
        if not self.isVisible():
            self._waiting = self._waiting | delta
            return
        self.meeting.take_delta(delta)
        self.queue.refresh(delta)
        self.alarms.refresh(delta)
        self.map.refresh(delta)
        self.case.refresh(delta)
        self.results.refresh(delta)
        self._late = self._late | delta
        if delta.everything:
            self._refresh_late()
        elif not self._late_timer.isActive():
            self._late_timer.start()

    def _refresh_late(self) -> None:
        """Figures and departments are looked at a few times a minute by people, not twenty times a second."""
        late, self._late = self._late, Delta()
        self._late_timer.stop()
        if late:
            self.departments.refresh(late)
            self.figures.refresh(late)

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
        if self._waiting:
            waiting, self._waiting = self._waiting, Delta()
            self.take_delta(waiting)

    def _tick(self) -> None:
        """Lamps turn with time alone: counts, colours and countdowns are looked at again."""
        if self.isVisible():
            self.queue.refresh()
            self.queue.tick()
            self.map.refresh()
            self.departments.refresh()

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
        if self.page != DESK:
            self.open_page(DESK)
        self.alarm_sheet.shut()
        if self.intake.is_open:
            self.intake.shut()
        self.case.show_case(case_id)
        self._make_room(True)
        self.case.open()
        self.queue.list.setFocus()

    def _case_shown(self, case: Case) -> None:
        self.map.show_case(case)
        if self.case.is_open:
            self.map.bring(case)

    def _make_room(self, drawer: bool) -> None:
        """The drawer stands beside the map, which gets narrower: it never covers the queue, and the grid stays seen."""
        theme = look.of(self)
        self._place_drawer()
        gutter = theme.px(8)
        place = self.intake.place if self.intake.is_open else self.case.place
        left = place.left() - theme.px(64 if not self._compact else 48)
        fits = left > theme.px(476 + 200) or self.intake.is_open
        room = self.width() - place.left() if drawer and fits else gutter
        self.departments.setVisible(not drawer or room == gutter)
        self.figures.show_events(room == gutter)
        self.map.set_narrow(room != gutter)
        self._grid.setContentsMargins(gutter, 0, room, gutter)

    def _drawer_closed(self) -> None:
        self._make_room(False)
        self.map.back_to_area()
        self.queue.list.setFocus()

    def open_intake(self) -> None:
        """登记: the form beside the map."""
        if self.page != DESK:
            self.open_page(DESK)
        for sheet in (*self.sheets, self.case):
            sheet.shut()
        self.departments.leave()
        self._place_drawer()
        self.intake.open()
        self._make_room(True)
        self.map.picking = True

    def _intake_closed(self) -> None:
        self.map.picking = False
        self._drawer_closed()

    def _case_made(self, case_id: int) -> None:
        """A case of one's own is shown and selected at once: a filter that would hide it goes."""
        wanted = self._desk.filter
        if wanted.conditions or wanted.closed is not False or wanted.stage not in (None, Stage.INTAKE):
            self.queue.clear_filter()
        self.queue.expect(case_id)
        self._desk.select(case_id)

    def _show_picked(self, code: int) -> None:
        site = self._desk.site
        row = site.grids.index(code) if site else -1
        if row >= 0:
            self.map.map.fit(community_of(code))
            self.map.map.centre_on(row)
            self.map.map.select_grid(row)

    def _undone(self, ids: Sequence[str]) -> None:
        """Takes a report that is taken back into the form again."""
        self.intake.take_back([e.command for e in self.results.entries if e.command.id in ids])

    def _again(self, command: Command) -> None:
        if command.kind != Kind.REPORT:
            self.hands.again(command)
        elif self.intake.take_back([command]):
            self.open_intake()

    def _show_grid(self, code: int) -> None:
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
        self._place_drawer()
        self.pool.open()

    def open_sent(self) -> None:
        """Shows what became of the desk's commands."""
        self._place_drawer()
        self.sent.open()
        self.keys.share()

    def open_alarms(self) -> None:
        """F8: shows the alarm list, or puts it away."""
        if self.alarm_sheet.is_open:
            self.alarm_sheet.shut()
            return
        self._place_drawer()
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
            (self.open_intake if name == INTAKE else self.open_pool)()
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

    def show_all_photos(self) -> None:
        """P: the case's photos, large."""
        self._show_photos("")

    def _show_photos(self, first: str) -> None:
        """P: the case's photos, large, from one on."""

        def show(case: Case | None) -> None:
            if case is not None and not self.photo_view.show_photos(case, first):
                self.results.say(self.tr("{number} 没有照片").format(number=case.number).strip())

        number = self._desk.selected
        if number:
            self._place_drawer()
            self._questions.ask("photos.show", lambda c: queries.case(c, number), show)

    def add_photos(self) -> None:
        """Shift+P: files chosen for the case in hand."""
        if self._desk.selected:
            self.photo_hands.add(ask_for_files(self))

    def open_help(self) -> None:
        """Shows the sheet of keys."""
        self.help.open()

    def open_palette(self, text: str = "") -> None:
        """Shows the palette over the map."""
        width = min(look.of(self).px(760), self.width() - look.of(self).px(80))
        left = self.queue.mapTo(self, self.queue.rect().topRight()).x() + look.of(self).px(32)
        left = min(left, self.width() - width - look.of(self).px(16))
        top = self.map.mapTo(self, self.map.rect().topLeft()).y() + look.of(self).px(46)
        height = min(look.of(self).px(520), self.height() - top - look.of(self).px(60))
        self.palette_box.setGeometry(QRect(left, top, width, height))
        self.palette_box.open(text if isinstance(text, str) else "")

    def _act(self, name: str) -> None:
        actions.run(self, self._desk, name)

    # Size -------------------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._make_room(self.case.is_open or self.intake.is_open)

    def _arrange(self) -> None:
        """Widths of DESIGN §2; below 1600 at scale 1 the small layout."""
        theme = look.of(self)
        compact = self.width() < theme.px(COMPACT_BELOW)
        px = theme.px
        gutter = px(8)
        self._columns.setSpacing(gutter)
        self._grid.setSpacing(gutter)
        self.queue.setFixedWidth(px(352 if compact else 476))
        self.departments.setFixedWidth(px(306 if compact else 412))
        self.figures.setFixedHeight(px(40 if compact else 178))
        if compact != self._compact:
            self._compact = compact
            self.rail.set_words(not compact)
            for view in (self.header, self.queue, self.map, self.departments, self.figures, self.meeting, self.intake):
                view.set_compact(compact)

    def _place_drawer(self) -> None:
        theme = look.of(self)
        top = self._main.mapTo(self, self._main.rect().topLeft()).y()
        left = self.queue.mapTo(self, self.queue.rect().topRight()).x() + theme.px(8)
        width = self.width() - left - theme.px(8)
        if not self._compact:
            width = min(width, theme.px(1024))
        form = min(self.width() - left - theme.px(8), theme.px(540 if self._compact else 760))
        wide = min(theme.px(760), self.width() - left - theme.px(8))
        # On small screens the line of figures stays whole below the drawer.
        tall = self.height() - top - theme.px(8) - (self.figures.height() + theme.px(8) if self._compact else 0)
        self.photo_view.set_place(QRect(left, top, self.width() - left - theme.px(8), tall))
        self.intake.set_place(QRect(self.width() - form - theme.px(8), top, form, tall))
        self.sent.set_place(QRect(self.width() - wide - theme.px(8), top, wide, tall))
        self.alarm_sheet.set_place(self.sent.place)
        self.pool.set_place(self.sent.place)
        self.case.set_place(QRect(self.width() - width - theme.px(8), top, width, tall))
