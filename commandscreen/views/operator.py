"""The operator's screen: puts the panels together, passes news to those that show, and owns the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
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
from ..widgets.kpi_tile import KpiTile
from ..widgets.painted_list import PaintedList
from ..widgets.rail import Rail
from ..widgets.sync_block import SyncBlock
from .alarm_sheet import AlarmSheet
from .alarms import Alarms
from .case import CaseView
from .departments import Act, DepartmentsView
from .desk import Desk
from .figures import FiguresView
from .hands import Hands
from .header import HeaderView
from .intake import IntakeView
from .map import MapView
from .meeting import MeetingView
from .palette import Action, PaletteView
from .papers import Papers
from .photo_hands import PhotoHands
from .photo_view import PhotoView
from .pictures import Pictures, ask_for_files
from .questions import Questions
from .queue import QueueView
from .sent import SentView
from .sign_in_again import SignInAgain

COMPACT_BELOW = 1600
DESK, MEETING, INTAKE = "desk", "meeting", "intake"
ALWAYS = frozenset({"A", "S"})  # alarms wait for no page
SHEET = frozenset({"J", "K", "G", "Shift+G", "Return", "Esc", "Del", "O"})
TICK_MS = 15_000
LATE_MS = 1_000


class OperatorView(QWidget):
    """Signals: `settings_wanted()`, `retry_wanted()`, `photo_wanted(address)`, `theme_wanted()`, `scale_wanted(+1|0|-1)`."""

    settings_wanted = Signal()
    retry_wanted = Signal()
    photo_wanted = Signal(object)
    theme_wanted = Signal()
    scale_wanted = Signal(int)

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
        self._keys()
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
        self._early: list[Callable[[], None]] = []
        self.hands.units_wanted.connect(self._begin_dispatch)
        self.hands.not_ready.connect(self._early.clear)
        self.hands.choices_ready.connect(self._run_early)
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
        self._build_intake()
        self._build_alarms()
        self.palette_box = PaletteView(self._desk, self._questions, self._actions, self)
        self.palette_box.ran.connect(self._run)
        self.palette_box.closed.connect(self._to_queue)
        self.help = HelpSheet(self.tr("全部按键"), self._help_groups(), self)
        self.help.closed.connect(self._to_queue)

    def _build_intake(self) -> None:
        self.pictures = Pictures(self._questions.post, self)
        self.case.photo_wanted.connect(self.pictures.want)
        self.case.photo_chosen.connect(self._show_photos)
        self.pictures.came.connect(self.case.take_picture)
        self.photo_view = PhotoView(self.pictures, self)
        self.photo_view.closed.connect(self._to_queue)
        self.photo_hands = PhotoHands(self._desk, self._questions, self.pictures, self.hands)
        self.case.photos_wanted.connect(self._add_photos)
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
        for sheet in (*self._sheets, self.case):
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

    def open_sent(self) -> None:
        """Shows what became of the desk's commands."""
        self._place_drawer()
        self.sent.open()
        self._share_keys()

    def open_alarms(self) -> None:
        """F8: shows the alarm list, or puts it away."""
        if self.alarm_sheet.is_open:
            self.alarm_sheet.shut()
            return
        self._place_drawer()
        self.alarm_sheet.open()
        self._share_keys()

    def _alarms_changed(self, _board: object) -> None:
        self.queue.show_alarms(self.alarms.levels())
        self.map.show_alarms(self.alarms.critical_grids())
        self.header.show_alarmed(self.alarms.board.line is not None, self.alarms.muted)

    def _acknowledge(self) -> None:
        (self.alarm_sheet if self.alarm_sheet.is_open else self.alarms).acknowledge()

    def _shelve(self) -> None:
        (self.alarm_sheet if self.alarm_sheet.is_open else self.alarms).shelve()

    def _turn_back(self) -> None:
        (self.alarm_sheet.dismiss if self.alarm_sheet.is_open else self.hands.turn_back)()

    def take_photo(self, address: str, data: bytes) -> None:
        """A picture that came, for whoever asked."""
        self.alarm_sheet.take_photo(address, data)

    def _begin_dispatch(self, case: Case, suggested: object, act: Act, limits: tuple[str, ...]) -> None:
        """The units have to be seen to be chosen from: the drawer makes room for them."""
        if self.case.is_open:
            self.case.shut()
        self.departments.begin_dispatch(case, suggested, act, limits)  # type: ignore[arg-type]
        self._run_early()

    def _run_early(self) -> None:
        """Keys that were typed before the disk had answered."""
        early = self._early[:]
        self._early.clear()
        for press in early:
            press()

    def _find_on_map(self) -> None:
        case_id = self._desk.selected
        if case_id:
            self._questions.ask("locate", lambda c: queries.case(c, case_id), self._desk.located.emit)

    # Pages ------------------------------------------------------------------------------------------------------------------

    def open_page(self, name: str) -> None:
        """Shows a page of the rail: the desk, or the weekly meeting; 登记 is a sheet of the desk's."""
        if name == INTAKE:
            self.open_intake()
            return
        for sheet in self._sheets:
            sheet.shut()
        self._pages.setCurrentWidget(self.meeting if name == MEETING else self._main)
        self.rail.set_current(name)
        self.intake.shut()
        self.photo_view.shut()
        self.case.shut()
        self._share_keys()
        self._to_queue()

    def _put_on_paper(self) -> None:
        (self.meeting.print if self.page == MEETING else self.papers.offer)()

    def _task_from_case(self) -> None:
        """A task that goes back to the case in hand; the link is kept both ways."""
        number = self._desk.selected
        if number:
            self._questions.ask("task.source", lambda c: queries.case(c, number), self._propose_from)

    def _propose_from(self, case: Case | None) -> None:
        if case is not None:
            self.open_page(MEETING)
            self.meeting.propose(source=case.id, title=case.title)

    @property
    def page(self) -> str:
        """The page that shows."""
        return MEETING if self._pages.currentWidget() is self.meeting else DESK

    @property
    def _sheets(self) -> tuple[Drawer, ...]:
        """Sheets that lie over whatever page there is."""
        return (self.sent, self.alarm_sheet)

    def _share_keys(self) -> None:
        """A key is one page's at a time; an open sheet has its own, whichever page it lies over."""
        meeting = self.page == MEETING
        sheet = any(s.is_open for s in self._sheets)
        for keys, shortcut in self._letters.items():
            own = sheet and (keys in SHEET or (keys == "R" and self.alarm_sheet.is_open))
            shortcut.setEnabled(not meeting or keys in ALWAYS or own)
        self.meeting.shortcuts.enable(meeting and not sheet)

    def _begin_task(self, urgent: bool) -> None:
        self.open_page(MEETING)
        self.meeting.propose(urgent)

    def _open_cell(self, lane: str, column: str) -> None:
        self.open_page(MEETING)
        if lane:
            self.meeting.show_cell(lane, column)

    # Keys -------------------------------------------------------------------------------------------------------------------

    def _keys(self) -> None:
        always = (
            ("Ctrl+K", self.open_palette), ("Alt+1", partial(self.open_page, DESK)),
            ("Alt+2", partial(self.open_page, MEETING)), ("F5", self.retry_wanted.emit),
            ("Ctrl++", lambda: self.scale_wanted.emit(1)), ("Ctrl+=", lambda: self.scale_wanted.emit(1)),
            ("Ctrl+-", lambda: self.scale_wanted.emit(-1)), ("Ctrl+0", lambda: self.scale_wanted.emit(0)),
            ("Ctrl+E", self.open_sent), ("F8", self.open_alarms), ("F9", self.alarms.mute), ("Ctrl+P", self._put_on_paper),
            ("Ctrl+N", self.open_intake),
        )  # fmt: skip
        for keys, act in always:
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        space = partial(self._or_focus, Qt.Key.Key_Space, self._find_on_map)
        enter = partial(self._or_focus, Qt.Key.Key_Return, self._enter)
        letters: tuple[tuple[str, Callable[[], None]], ...] = (
            ("J", lambda: self._list.step(1)), ("K", lambda: self._list.step(-1)),
            ("Shift+J", self.queue.next_overdue), ("G", lambda: self._list.go(0)),
            ("Shift+G", lambda: self._list.go(10**9)), ("F", self.map.focus_search),
            ("L", self.map.layers.focus_first), ("/", self.queue.focus_filter), ("?", self.open_help),
            ("Ctrl+Z", self.hands.undo), ("Space", space), ("Backspace", self._desk.scope_up), ("Esc", self._escape),
            ("Return", enter), ("P", self._photos), ("Shift+P", self._add_photos), ("Ctrl+V", self.photo_hands.paste),
            ("Y", self.hands.accept), ("D", self.hands.dispatch),
            ("V", self.hands.verify), ("B", self.hands.close_case), ("U", self.hands.urge),
            ("N", self.hands.note), ("R", self._turn_back), ("A", self._acknowledge), ("S", self._shelve),
            ("M", self.hands.merge), ("X", self.hands.decide_ask),
            ("T", self._reroute_or_limit), ("C", self.hands.assist), ("W", self.hands.whistle),
            ("Shift+Y", self.hands.ask_verify), ("Shift+U", self.hands.supervise), ("Shift+B", self.hands.force_close),
            ("Shift+N", self.hands.progress), ("I", self.queue.mentions.look),
            ("Del", self._drop_sent), ("O", self._open_sent_case),
            *((str(n), partial(self._digit, n)) for n in range(1, 10)),
            *((f"Shift+{n}", partial(self.departments.choose, n, True)) for n in range(1, 10)),
            *((mark, partial(self.departments.choose, n, True)) for n, mark in enumerate("!@#$%^&*(", 1)),
        )  # fmt: skip
        self._letters: dict[str, QShortcut] = {}
        for keys, act in letters:
            plain = len(keys.split("+")[-1]) == 1 and keys.split("+")[-1].isalpha()
            name = f"Alt+{keys}" if plain and self._letters_need_alt else keys
            shortcut = QShortcut(QKeySequence(name), self)
            shortcut.activated.connect(partial(self._letter, act))
            self._letters[keys] = shortcut
        self._share_keys()

    @property
    def _list(self) -> PaintedList:
        """The list that moves: an open sheet's own while it has the keyboard, else the queue."""
        lists = (self.alarm_sheet.list, self.sent.list)
        return next((found for found in lists if found.hasFocus()), self.queue.list)

    def _letter(self, act: Callable[[], None]) -> None:
        if not self._letters_act():
            return
        if self.hands.preparing:
            self._early.append(act)  # typed ahead: D Enter is two keys, however slow the disk
        else:
            act()

    def _letters_act(self) -> bool:
        """Letters act only while a list, the map or the drawer has the keyboard, never in a field."""
        focus = QApplication.focusWidget()
        return not isinstance(focus, QLineEdit | QPlainTextEdit) and not self.palette_box.isVisible()

    def _or_focus(self, key: Qt.Key, act: Callable[[], None]) -> None:
        """Enter and Space belong to a button, tile or box that the Tab key has gone to; elsewhere to the case in hand."""
        focus = QApplication.focusWidget()
        busy = self.queue.choices.isVisible() or self.departments.dispatching
        if not busy and isinstance(focus, QAbstractButton | QComboBox | KpiTile | SyncBlock):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                focus.event(QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))  # past the shortcuts
        else:
            act()

    def _digit(self, number: int) -> None:
        if self.queue.choices.isVisible():  # typed ahead of the list that has just come
            self.queue.choices.take(number - 1)
        else:
            self.departments.choose(number)

    def _reroute_or_limit(self) -> None:
        if self.departments.dispatching:
            self.departments.next_limit()
        else:
            self.hands.reroute()

    def _drop_sent(self) -> None:
        if self.sent.is_open:
            self.sent.drop()

    def _open_sent_case(self) -> None:
        if self.sent.is_open:
            self.sent.open_case()
        elif self.alarm_sheet.is_open:
            self.alarm_sheet.open_case()

    def _to_queue(self) -> None:
        self._share_keys()
        if self.page == MEETING:
            self.meeting.focus()
        else:
            self.queue.list.setFocus()

    def _enter(self) -> None:
        if self.queue.choices.isVisible():
            self.queue.choices.take_current()
            return
        if self.sent.is_open and self.sent.list.hasFocus():
            self.sent.settle()
            return
        if self.alarm_sheet.is_open and self.alarm_sheet.list.hasFocus():
            self.alarm_sheet.enter()
            return
        if self.departments.dispatching:
            self.departments.confirm()
            return
        index = self.queue.list.currentIndex()
        if index.isValid():
            self._desk.open(self.queue.model.id_at(index.row()))

    def _photos(self) -> None:
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

    def _add_photos(self) -> None:
        if self._desk.selected:
            self.photo_hands.add(ask_for_files(self))

    def _escape(self) -> None:
        if self.help.isVisible():
            self.help.hide()
        elif self.queue.choices.isVisible():
            self.queue.choices.leave()
        elif self.departments.dispatching:
            self.departments.leave()
        elif self.sent.is_open:
            self.sent.shut()
        elif self.intake.is_open:
            self.intake.shut()
        elif self.alarm_sheet.is_open:
            if not self.alarm_sheet.leave():
                self.alarm_sheet.shut()
        elif self.queue.marked:
            self.queue.unmark()
        elif self.case.is_open:
            self.case.shut()
        elif self._desk.filter.conditions or self._desk.title or self._desk.filter.closed is not False:
            self.queue.clear_filter()
        else:
            self.map.map.set_callout(None)

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

    def _actions(self) -> tuple[Action, ...]:
        return (
            Action("open", self.tr("打开选中的案件"), "Enter"),
            Action("locate", self.tr("在地图上找选中的案件"), "Space"),
            Action("overdue", self.tr("下一件超期"), "Shift J"),
            Action("up", self.tr("上一级辖区"), "Backspace"),
            Action("accept", self.tr("受理立案"), "Y"), Action("send", self.tr("派遣选中的案件"), "D"),
            Action("verify", self.tr("发核查、核查通过"), "V"), Action("finish", self.tr("办结选中的案件"), "B"),
            Action("urge", self.tr("催办选中的案件"), "U"),
            Action("note", self.tr("给选中的案件写备注"), "N"),
            Action("progress", self.tr("报进展"), "Shift N"),
            Action("mentions", self.tr("提到本单位的案件"), "I"),
            Action("paper", self.tr("案卷、督办单出纸"), "Ctrl P"), Action("back", self.tr("退回选中的案件"), "R"),
            Action("undo", self.tr("撤销上一条指令"), "Ctrl Z"), Action("sent", self.tr("本机指令"), "Ctrl E"),
            Action("verify_first", self.tr("发核实"), "Shift Y"), Action("merge", self.tr("并案"), "M"),
            Action("reroute", self.tr("改派选中的案件"), "T"), Action("assist", self.tr("加协办单位"), "C"),
            Action("whistle", self.tr("吹哨，叫单位到场"), "W"), Action("ask", self.tr("批复或提出申请"), "X"),
            Action("supervise", self.tr("督办，要求回复"), "Shift U"),
            Action("force", self.tr("强制结案"), "Shift B"),
            Action("photos", self.tr("看选中案件的照片"), "P"), Action("add_photos", self.tr("给选中的案件加照片"), "Shift P"),
            Action("report", self.tr("登记新案件"), "Ctrl N"),
            Action("alarms", self.tr("报警"), "F8"), Action("mute", self.tr("静音2分钟"), "F9"),
            Action("acknowledge", self.tr("确认报警"), "A"), Action("shelve", self.tr("搁置报警"), "S"),
            Action("all", self.tr("全部在办案件"), "Esc"), Action("meeting", self.tr("周例会"), "Alt 2"),
            Action("task", self.tr("由选中的案件提任务"), ""), Action("propose", self.tr("提任务"), ""),
            Action("urgent", self.tr("会外紧急布置"), ""),
            Action("intake", self.tr("看待受理"), ""), Action("dispatch", self.tr("看待派遣"), ""),
            Action("check", self.tr("看待核查"), ""),
            Action("today", self.tr("看今日受理"), ""), Action("closed", self.tr("看今日办结"), ""),
            Action("filter", self.tr("筛选案件"), "/"), Action("layers", self.tr("图层"), "L"),
            Action("theme", self.tr("换深浅配色"), ""), Action("settings", self.tr("设置"), ""),
            Action("help", self.tr("全部按键"), "?"), Action("retry", self.tr("立即重连"), "F5"),
        )  # fmt: skip

    def _run(self, name: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "open": self._enter, "locate": self._find_on_map, "overdue": self.queue.next_overdue,
            "accept": self.hands.accept, "send": self.hands.dispatch, "verify": self.hands.verify,
            "finish": self.hands.close_case, "undo": self.hands.undo, "urge": self.hands.urge,
            "note": self.hands.note, "progress": self.hands.progress, "paper": self.papers.offer,
            "mentions": self.queue.mentions.look,
            "back": self.hands.turn_back, "sent": self.open_sent, "merge": self.hands.merge,
            "verify_first": self.hands.ask_verify, "reroute": self.hands.reroute, "assist": self.hands.assist,
            "whistle": self.hands.whistle, "ask": self.hands.decide_ask, "supervise": self.hands.supervise,
            "force": self.hands.force_close, "alarms": self.open_alarms, "mute": self.alarms.mute,
            "acknowledge": self._acknowledge, "shelve": self._shelve, "report": self.open_intake,
            "meeting": partial(self.open_page, MEETING), "task": self._task_from_case,
            "propose": partial(self._begin_task, False), "urgent": partial(self._begin_task, True),
            "photos": self._photos, "add_photos": self._add_photos,
            "up": self._desk.scope_up, "all": self.queue.clear_filter, "filter": self.queue.focus_filter,
            "layers": self.map.layers.focus_first, "theme": self.theme_wanted.emit,
            "settings": self.settings_wanted.emit, "help": self.open_help, "retry": self.retry_wanted.emit,
            "today": lambda: self.figures.drill("accepted"), "closed": lambda: self.figures.drill("closed"),
            "intake": lambda: self._desk.set_stage(Stage.INTAKE), "check": lambda: self._desk.set_stage(Stage.CHECK),
            "dispatch": lambda: self._desk.set_stage(Stage.DISPATCH),
        }  # fmt: skip
        acts[name]()

    def _help_groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (self.tr("移动"), [("J K", self.tr("下一件、上一件")), ("↓ ↑", self.tr("同上")), ("G", self.tr("第一件")),
                             ("Shift G", self.tr("最后一件")), ("Shift J", self.tr("下一件超期")),
                             ("Enter", self.tr("打开案件")), ("Esc", self.tr("返回、清除条件")),
                             ("Backspace", self.tr("上一级辖区")), ("Alt 1", self.tr("指挥台")), ("Alt 2", self.tr("周例会"))]),
            (self.tr("找"), [("Ctrl K", self.tr("命令面板")), ("/", self.tr("筛选案件")), ("F", self.tr("在地图上找")),
                            ("L", self.tr("图层")), ("Space", self.tr("选中案件上图")), ("P", self.tr("看照片")),
                            ("← →", self.tr("换一张照片")),
                            ("?", self.tr("本页"))]),
            (self.tr("办案"), [("Ctrl N", self.tr("登记新案件")), ("Y", self.tr("受理立案")),
                             ("D", self.tr("派遣")), ("1–9", self.tr("派遣时选主办")),
                             ("Shift 1–9", self.tr("派遣时选协办")), ("Enter", self.tr("派出")),
                             ("T", self.tr("改派；派遣时改限时")), ("C", self.tr("加协办")), ("W", self.tr("吹哨")),
                             ("V", self.tr("发核查、核查通过")), ("B", self.tr("办结")), ("U", self.tr("催办")),
                             ("Shift U", self.tr("督办")), ("N", self.tr("备注")), ("Shift N", self.tr("报进展")),
                             ("I", self.tr("提到本单位的")),
                             ("R", self.tr("退回")),
                             ("M", self.tr("并案")), ("X", self.tr("批复或提出申请")), ("Shift Y", self.tr("发核实")),
                             ("Shift B", self.tr("强制结案")), ("Shift P", self.tr("加照片")), ("Ctrl V", self.tr("粘贴照片"))]),
            (self.tr("多件与撤销"), [("Ctrl Space", self.tr("选中这一件")), ("Shift ↓", self.tr("连着选")),
                                  ("Ctrl 1–9", self.tr("插入常用语")), ("Ctrl Z", self.tr("发出前撤销")),
                                  ("Ctrl E", self.tr("本机指令")), ("Ctrl P", self.tr("案卷、督办单出纸"))]),
            (self.tr("报警"), [("A", self.tr("确认")), ("S", self.tr("搁置")), ("F8", self.tr("报警列表")),
                             ("F9", self.tr("静音2分钟")), ("Enter", self.tr("列表里：属实，立件")),
                             ("R", self.tr("列表里：驳回"))]),
            (self.tr("地图"), [("+ -", self.tr("缩放")), ("← →", self.tr("左右移")), ("↑ ↓", self.tr("上下移")),
                             ("Home", self.tr("回到辖区")), ("Enter", self.tr("进入选中网格"))]),
            (self.tr("画面"), [("Ctrl +", self.tr("放大字号")), ("Ctrl -", self.tr("缩小字号")),
                             ("Ctrl 0", self.tr("原字号")), ("F5", self.tr("立即重连"))]),
        ]  # fmt: skip

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
        self.case.set_place(QRect(self.width() - width - theme.px(8), top, width, tall))
