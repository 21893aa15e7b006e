"""登记: what somebody reports is written down beside the map, compared with what is known, and handed in with Ctrl+Enter."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from .. import theme as look
from ..domain.case import Case, Source
from ..domain.decide import Command, Refusal
from ..domain.intake import SOURCES, Intake, from_json
from ..domain.workflow import Kind
from ..store import queries
from ..store.outbox import Entry
from ..widgets.drawer import Drawer
from ..widgets.intake_form import IntakeForm
from ..widgets.keycap import KeycapButton
from ..widgets.plain_label import PlainLabel
from . import intake_commands as commands
from . import words
from .desk import Desk
from .intake_finders import IntakeFinders
from .intake_photos import IntakePhotos
from .likeness import LikenessView
from .pictures import Pictures, sources_in
from .questions import Questions

KEEP_MS = 400


class IntakeView(Drawer):
    """Signals: `commanded(commands, cases)` for what is handed in together, `made(case id)` for the new case under its temporary
    id, `case_wanted(case id)` to open another, `picked(16-digit code)` when another grid is meant, `said(text, tone)`."""

    commanded = Signal(object, object)
    made = Signal(object)
    case_wanted = Signal(object)
    picked = Signal(object)
    said = Signal(str, str)

    def __init__(self, desk: Desk, questions: Questions, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._questions, self._pictures = desk, questions, pictures
        self._finders = IntakeFinders(desk)
        self._key = ""  # the id of the command this form becomes: handing it in twice makes one case
        self._handed = ""
        self._wiped: Intake | None = None
        self._entries: frozenset[str] = frozenset()
        self.setAcceptDrops(True)
        self._build_head()
        short = {Source.HOTLINE: self.tr("热线"), Source.SINGLE_WINDOW: self.tr("窗口"), Source.PARTY_GOV: self.tr("党政"),
                 Source.MASS_ORG: self.tr("群团"), Source.MEDIA: self.tr("媒体"), Source.GRID_APP: self.tr("鞍心通")}  # fmt: skip
        self.form = IntakeForm(
            [(s.value, short[s]) for s in SOURCES], self._finders.find_class, self._finders.find_grid, self
        )
        self.form.edited.connect(self._edited)
        self.form.grid_taken.connect(self.picked)
        self.form.removed.connect(self._drop_photo)
        self.photos = IntakePhotos(self.form, pictures, self)
        self.photos.changed.connect(self._explain)
        self.body.addWidget(self.form, 1)
        self.likeness = LikenessView(desk, questions, pictures)
        self.likeness.open_wanted.connect(self._open_like)
        self.likeness.merge_wanted.connect(self.merge_into)
        self.likeness.note_wanted.connect(self.note_on)
        self._rule()
        self.body.addWidget(self.likeness)
        self._rule()
        self._build_foot()
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MS)
        self._keep.timeout.connect(self.keep)
        self.photos.kept.connect(self._keep.start)
        desk.site_changed.connect(self._finders.forget)

    # Building -------------------------------------------------------------------------------------------------------------

    def _rule(self) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        self.body.addWidget(line)

    def _build_head(self) -> None:
        theme = look.of(self)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(10))
        head.setSpacing(theme.px(10))
        head.addWidget(PlainLabel(self.tr("登记"), size="section", bold=True))
        self._sub = PlainLabel("", "secondary", "label", elide=True)
        head.addWidget(self._sub, 1)
        self._clear = QPushButton(self.tr("清空"))
        self._clear.setProperty("role", "mini")
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clear.clicked.connect(self.wipe)
        head.addWidget(self._clear)
        away = KeycapButton(self.tr("收起"), "Esc", "mini")
        away.clicked.connect(self.shut)
        head.addWidget(away)
        self.body.addLayout(head)
        self._rule()

    def _build_foot(self) -> None:
        theme = look.of(self)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(10))
        foot.setSpacing(theme.px(10))
        self._foot = PlainLabel("", "tertiary", "label", elide=True)
        foot.addWidget(self._foot, 1)
        self._merge = KeycapButton(self.tr("并入第一件"), "Ctrl+M")
        self._merge.clicked.connect(self.merge_into_first)
        foot.addWidget(self._merge)
        hand = KeycapButton(self.tr("提交"), "Ctrl+Enter", "primary")
        hand.clicked.connect(self.hand_in)
        foot.addWidget(hand)
        self.body.addLayout(foot)

    # The form -------------------------------------------------------------------------------------------------------------

    @property
    def intake(self) -> Intake:
        """The form as it stands."""
        return self.form.intake

    def take_grid(self, code: int) -> None:
        """A grid that was clicked on the map."""
        place = self._finders.place(code)
        if place:
            self.form.grid.put(code, place)
            self._edited("grid")
            self.form.go_on()

    def _edited(self, name: str) -> None:
        """A person has changed a field: its complaint has been heard, the draft is kept, the comparison begins anew."""
        self.form.row_of(name).complain("")
        self._wiped = None
        self._explain()
        self._keep.start()
        self.likeness.follow(self.intake)

    def _explain(self) -> None:
        """What the answers mean: the class's limit, the grid's people, the title that will be used."""
        site, intake = self._desk.site, self.intake
        self.form.rows["class_id"].hint(self._finders.rule(intake.class_id))
        self.form.rows["grid"].hint(self._finders.people(intake.grid))
        named = replace(intake, title="").named(site)
        prompt = self.tr("不写就用：{title}").format(title=named) if named else self.tr("不写就用地点加类别")
        self.form.title.setPlaceholderText(prompt)
        self._foot.show_text(self.tr("正在处理照片") if self.photos.busy else "")
        self._clear.setText(self.tr("恢复") if self._wiped else self.tr("清空"))
        self._clear.setVisible(not intake.empty or self._wiped is not None)

    def fill(self, intake: Intake) -> None:
        """Shows a form that was kept or taken back; an empty one for the next caller."""
        site, self._key = self._desk.site, ""
        kind = site.classes.get(intake.class_id) if site else None
        grid = intake.grid if site is not None and site.grids.index(intake.grid) >= 0 else 0
        shown = replace(intake, class_id=kind.id if kind else 0, grid=grid)
        self.form.fill(shown, kind.path if kind else "", self._finders.place(grid))
        self.photos.begin(intake.photos)
        self._explain()
        self.likeness.follow(shown)

    def wipe(self) -> None:
        """Empties the form, or brings back what was emptied."""
        before, self._wiped = self._wiped, None
        if before is None:
            before, self._wiped = Intake(), self.intake
        self.fill(before)
        self._sub.show_text("")
        self.keep()
        self.form.go_on()

    # The draft ------------------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Has the form kept, so that a crash loses no more than the last half second."""
        self._keep.stop()
        intake = self.intake
        self._key = self._key or str(uuid.uuid4())
        self._pictures.keep_draft({} if intake.empty else {**intake.to_json(), "key": self._key})

    def set_compact(self, compact: bool) -> None:
        """On small screens the fields need the room."""
        self.likeness.set_compact(compact)

    def settle(self) -> None:
        """Has what was typed last kept now."""
        if self._keep.isActive():
            self.keep()

    def recall(self) -> None:
        """Looks for a form that was not handed in the last time."""
        self._pictures.ask_draft(self._recalled)

    def _recalled(self, draft: dict[str, object]) -> None:
        intake, key = from_json(draft), draft.get("key")
        if intake.empty or not self.intake.empty:
            return
        self.fill(intake)
        self._key = key if isinstance(key, str) and len(key) == 36 else ""
        if self._key in self._entries:  # it had been handed in when the desk stopped
            self.fill(Intake())
            self._pictures.keep_draft({})
            return
        self._sub.show_text(self.tr("上次没交，接着填"))
        self.said.emit(
            self.tr("有一份没交的登记：{title}。按 Ctrl+N 接着填").format(title=intake.named(self._desk.site)),
            "warning",
        )

    def take_entries(self, entries: Sequence[Entry]) -> None:
        """The outbox as it stands: once it has the command, the draft on the disk has done its duty."""
        self._entries = frozenset(entry.command.id for entry in entries)
        if self._key in self._entries:
            self.fill(Intake())
        if self._handed in self._entries:
            self._handed = ""
            if self.intake.empty:
                self._pictures.keep_draft({})
        if self.is_open:
            self.likeness.again()

    def take_back(self, given: Sequence[Command]) -> bool:
        """A report that was taken back, or refused, is written down again: nobody has to type it twice. No, where another is
        being written."""
        report = next((c for c in given if c.kind == Kind.REPORT), None)
        if report is None or not self.intake.empty:
            return False
        self.fill(from_json(report.args))
        self._sub.show_text(self.tr("已收回，改好再交"))
        self.keep()
        return True

    def _drop_photo(self, address: object) -> None:
        self.form.tray.take_out(str(address))
        self._edited("photos")

    # Handing in -----------------------------------------------------------------------------------------------------------

    def _report(self) -> Command | None:
        """The form as a command, or None where something is missing: that is said beside the field."""
        site, actor, intake = self._desk.site, self._desk.actor, self.intake
        if site is None or actor is None:
            return None
        faults = intake.faults(site, actor)
        for row in self.form.rows.values():
            row.complain("")
        for name, fault in faults.items():
            self.form.row_of(name).complain(commands.fault_words(name, fault))
        if faults:
            order = [*self.form.rows, "reporter"]
            self.form.go(min(faults, key=order.index))
            return None
        if self.photos.busy:
            self._foot.show_text(self.tr("正在处理照片"))
            return None
        self._key = self._key or str(uuid.uuid4())
        return Command(self._key, Kind.REPORT.value, 0, 0, intake.args(site), self._desk.now())

    def _ready(self) -> tuple[Command, Case] | None:
        """The report and the case it makes, or None: then what is missing or refused has been said."""
        command, site, actor = self._report(), self._desk.site, self._desk.actor
        if command is None or site is None or actor is None:
            return None
        made = commands.made(command, site, actor)
        if isinstance(made, Refusal):
            self.said.emit(words.refusal(made.reason.value, None), "warning")
            return None
        return command, made

    def hand_in(self) -> None:
        """Ctrl+Enter: the case is there at once; the form is put away empty."""
        if ready := self._ready():
            command, made = ready
            self._given([command], [made])
            self.made.emit(made.id)

    def merge_into_first(self) -> None:
        """Ctrl+M."""
        first = next((c for c in self.likeness.likes.cases if any(name == "merge" for name, _ in c.acts)), None)
        if first is not None:
            self.merge_into(first.case_id)
        else:
            self._foot.show_text(self.tr("没有可并入的在办案件"))

    def merge_into(self, case_id: int) -> None:
        """Files the report and merges it at once: the caller is kept, and asked back like any other."""
        ready = self._ready()
        if ready is None:
            return
        command, made = ready

        def act(master: Case | None) -> None:
            site, actor = self._desk.site, self._desk.actor
            if master is None or site is None or actor is None:
                return
            merge = commands.merge(made, master, site, actor, command.client_time)
            if isinstance(merge, Refusal):
                self.said.emit(words.refusal(merge.reason.value, master.state), "warning")
                return
            self._given([command, merge], [made, made])
            self.case_wanted.emit(master.id)

        self._questions.ask("intake.master", lambda c: queries.case(c, case_id), act)

    def note_on(self, case_id: int) -> None:
        """Adds the caller's words and pictures to a case that is there; no case is filed."""
        intake = self.intake
        if not commands.spoken(intake) and not intake.photos:
            self.form.rows["text"].complain(self.tr("写一句来电人的话"))
            self.form.go("text")
            return

        def act(case: Case | None) -> None:
            site, actor, now = self._desk.site, self._desk.actor, self._desk.now()
            if case is None or site is None or actor is None:
                return
            self._key = self._key or str(uuid.uuid4())
            command = commands.note(intake, self._key, case, site, actor, now)
            if isinstance(command, Refusal):
                self.said.emit(words.refusal(command.reason.value, case.state), "warning")
                return
            self._given([command], [case])
            self.case_wanted.emit(case.id)

        self._questions.ask("intake.note", lambda c: queries.case(c, case_id), act)

    def _given(self, given: Sequence[Command], cases: Sequence[Case]) -> None:
        """The draft on the disk stays until the outbox has the command: see `take_entries`."""
        self.keep()
        self._handed = given[0].id
        self.commanded.emit(tuple(given), tuple(cases))
        self.fill(Intake())
        self._sub.show_text("")
        self.shut()

    def _open_like(self, case_id: object) -> None:
        self.shut()
        self.case_wanted.emit(case_id)

    # Coming and going -----------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Shows the form as it was left."""
        super().open()
        self._explain()
        self.likeness.again()
        self.form.go_on()

    def shut(self) -> None:
        """Puts the form away; the draft stays."""
        self.settle()
        super().shut()

    # Qt -------------------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # While it has the keyboard, letters are text and Esc, Ctrl+Enter, Ctrl+V and Ctrl+M are its own.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_mine(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _is_mine(event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_V, Qt.Key.Key_M)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.shut()
        elif control and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hand_in()
        elif control and key == Qt.Key.Key_M:
            self.merge_into_first()
        elif control and key == Qt.Key.Key_V:
            self.photos.paste()
        else:
            event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if sources_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.photos.drop(event.mimeData()):
            event.acceptProposedAction()
