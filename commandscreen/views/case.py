"""The case drawer: head with lamp and countdown, stages, facts, why due then, photos, similar cases, the flow."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.case import Case, Lamp, lamp
from ..domain.privacy import picture_is_masked
from ..domain.record import RecordKind
from ..domain.site import Site
from ..domain.task import Task
from ..store import board, queries
from ..store.delta import Delta
from ..store.similar import Similar, similar
from ..widgets.drawer import Drawer
from ..widgets.fact_grid import FactGrid
from ..widgets.flow_timeline import FlowTimeline
from ..widgets.keycap import Keycap, KeycapButton
from ..widgets.lamp import Lamp as LampWidget
from ..widgets.photo_strip import Photo, PhotoStrip
from ..widgets.plain_label import PlainLabel
from ..widgets.similar_list import SimilarList
from ..widgets.stage_stepper import StageStepper
from ..widgets.state_pane import StateAction, StatePane
from . import case_facts, rows, words
from . import format as fmt
from .desk import Desk
from .pictures import Came, sources_in
from .questions import Questions


class CaseView(Drawer):
    """Signals: `step_wanted(+1 | -1)` to the next or previous case, `photo_wanted(address, masked)` for a small one,
    `photo_chosen(address)` for a large one, `photos_wanted()` to add some, `dropped(pictures)`, `shown(Case)`."""

    step_wanted = Signal(int)
    photo_wanted = Signal(object, bool)
    photo_chosen = Signal(object)
    photos_wanted = Signal()
    dropped = Signal(object)
    shown = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._questions = desk, questions
        self.case: Case | None = None
        self._wanted = 0
        self._tasks: tuple[Task, ...] = ()
        self._masked: set[str] = set()
        self.setAcceptDrops(True)
        self._gone: StatePane | None = None
        self._whole = QWidget()
        self._whole.setProperty("role", "plain")
        self._content = QVBoxLayout(self._whole)
        self._content.setContentsMargins(0, 0, 0, 0)
        self._content.setSpacing(0)
        self.body.addWidget(self._whole, 1)
        desk.renamed.connect(self._rename)
        self._build_head()
        self._stages = StageStepper()
        self._content.addWidget(self._stages)
        self._rule()
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self._left(), 10)
        line = QFrame()
        line.setProperty("role", "vline")
        columns.addWidget(line)
        columns.addWidget(self._right(), 11)
        self._content.addLayout(columns, 1)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)

    def _build_head(self) -> None:
        theme = look.of(self)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(10))
        head.setSpacing(theme.px(12))
        self._lamp = LampWidget("ok", 26)
        head.addWidget(self._lamp)
        clock = QVBoxLayout()
        clock.setSpacing(0)
        self._word = PlainLabel("", "secondary", "label")
        self._countdown = PlainLabel("", size="kpi", bold=True)
        clock.addWidget(self._word)
        clock.addWidget(self._countdown)
        head.addLayout(clock)
        line = QFrame()
        line.setProperty("role", "vline")
        head.addWidget(line)
        middle = QVBoxLayout()
        middle.setSpacing(theme.px(2))
        chips = QHBoxLayout()
        chips.setSpacing(theme.px(6))
        self._number = PlainLabel("", "secondary", "label")
        chips.addWidget(self._number)
        self._chips: list[PlainLabel] = []
        for _ in range(4):
            chip = PlainLabel("")
            chip.setProperty("role", "chip")
            chip.setFixedHeight(theme.px(22))
            chip.hide()
            chips.addWidget(chip)
            self._chips.append(chip)
        chips.addStretch(1)
        middle.addLayout(chips)
        self._title = PlainLabel("", size="page", bold=True, elide=True)
        middle.addWidget(self._title)
        head.addLayout(middle, 1)
        for text, key, act in ((self.tr("上一件"), "K", -1), (self.tr("下一件"), "J", 1)):
            button = KeycapButton(text, key)
            button.clicked.connect(lambda _=False, act=act: self.step_wanted.emit(act))
            head.addWidget(button)
        close = KeycapButton(self.tr("关闭"), "Esc")
        close.clicked.connect(self.shut)
        head.addWidget(close)
        self._content.addLayout(head)
        self._rule()

    def _rule(self) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        self._content.addWidget(line)

    def _add_button(self) -> QWidget:
        button = KeycapButton(self.tr("加照片"), "Shift P", "mini")
        button.clicked.connect(self.photos_wanted)
        return button

    def _section(self, column: QVBoxLayout, title: str, key: str = "", more: QWidget | None = None) -> PlainLabel:
        theme = look.of(self)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(PlainLabel(title, bold=True))
        sub = PlainLabel("", "tertiary", "label", elide=True)
        row.addWidget(sub, 1)
        if more is not None:
            row.addWidget(more)
        if key:
            row.addWidget(Keycap(key))
        column.addLayout(row)
        column.addSpacing(theme.px(8))
        return sub

    def _scroll(self) -> tuple[QScrollArea, QVBoxLayout]:
        theme = look.of(self)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        host = QWidget()
        host.setProperty("role", "plain")
        column = QVBoxLayout(host)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(14), theme.px(12))
        column.setSpacing(0)
        area.setWidget(host)
        return area, column

    def _left(self) -> QWidget:
        theme = look.of(self)
        area, column = self._scroll()
        self._section(column, self.tr("案件要素"))
        self._facts = FactGrid()
        column.addWidget(self._facts)
        column.addSpacing(theme.px(14))
        self._photo_sub = self._section(column, self.tr("现场照片"), "P", self._add_button())
        self._photos = PhotoStrip()
        self._photos.wanted.connect(self._want_photo)
        self._photos.chosen.connect(self.photo_chosen)
        column.addWidget(self._photos)
        self._no_photos = PlainLabel(self.tr("没有照片"), "tertiary", "label")
        column.addWidget(self._no_photos)
        column.addSpacing(theme.px(14))
        self._section(column, self.tr("相似与重复")).show_text(self.tr("按地点、时间、文字"))
        self._similar = SimilarList(self.tr("打开"))
        self._similar.opened.connect(self._desk.open)
        column.addWidget(self._similar)
        column.addStretch(1)
        return area

    def _right(self) -> QWidget:
        theme = look.of(self)
        area, column = self._scroll()
        self._flow_sub = self._section(column, self.tr("流转"))
        self._flow = FlowTimeline()
        column.addWidget(self._flow)
        column.addSpacing(theme.px(14))
        self._section(column, self.tr("为何此时到期"))
        self._why = FactGrid()
        column.addWidget(self._why)
        column.addStretch(1)
        return area

    def show_case(self, case_id: int) -> None:
        """Asks for a case and shows it when it comes; what is shown until then stays."""
        if case_id != self._wanted:
            self._tasks = ()
        self._wanted = case_id
        self._questions.ask("case", lambda c: queries.case(c, case_id), partial(self._take, case_id))

    def _rename(self, old: int, new: int) -> None:
        """The server has named the case: what is shown stays, and is looked at again under the new name."""
        if self._wanted == old:
            if self.case is not None and self.case.id == old:
                self.case = replace(self.case, id=new)
            self.show_case(new)

    def _say_gone(self) -> None:
        """The case is not in what this desk may see, or no longer."""
        self.case = None
        pane = StatePane(
            "lock", self.tr("这件案子不在你的辖区"),
            self.tr("它由别处办理，或已移出本机能看的范围。要看的话，请值班长联系办理的街道或部门。"),
            (StateAction(self.tr("返回"), "Esc", "back", True),),
        )  # fmt: skip
        pane.chosen.connect(lambda _: self.shut())
        self._show_gone(pane)

    def _show_gone(self, pane: StatePane | None) -> None:
        if self._gone is not None:
            self.body.removeWidget(self._gone)
            self._gone.hide()
            self._gone.deleteLater()
        self._gone = pane
        self._whole.setVisible(pane is None)
        if pane is not None:
            self.body.addWidget(pane, 1)

    def refresh(self, delta: Delta) -> None:
        """The case is fetched anew if the news concerns it."""
        told = self._wanted in delta.cases or RecordKind.TASK in delta.records
        if self.is_open and self._wanted and (delta.everything or told):
            self.show_case(self._wanted)

    def _take(self, asked: int, case: Case | None) -> None:
        site = self._desk.site
        if site is None or asked != self._wanted:
            return
        if case is None:
            self._say_gone()
            return
        self._show_gone(None)
        fresh = self.case is None or self.case.id != case.id
        self.case = case
        self._number.show_text(case.number or self.tr("待编号"))
        self._title.show_text(case.title)
        self._show_chips(case)
        self._stages.set_steps(rows.stage_steps(case, self._desk.now()))
        self._facts.set_facts(self.fact_rows(case, site))
        lines = rows.flow_lines(case, site, self._desk.now())
        self._flow.set_lines(lines)
        end = case.closed_at or self._desk.now()
        self._flow_sub.show_text(self.tr("已用 {t}").format(t=fmt.duration(end - case.reported_at)))
        self._why.set_facts(self.why_rows(case, site))
        photos = [
            Photo(address, f"{fmt.clock(entry.at)} {words.step(entry.kind)}")
            for entry in case.flow for address in entry.photos
        ]  # fmt: skip
        self._masked = {a for entry in case.flow if picture_is_masked(entry.post) for a in entry.photos}
        self._photos.set_photos(photos)
        self._photos.setVisible(bool(photos))
        self._no_photos.setVisible(not photos)
        count = self.tr("{n}张").format(n=len(photos)) if photos else ""
        hidden = len(self._masked)
        self._photo_sub.show_text(self.tr("{n}张，{m}张已打码").format(n=len(photos), m=hidden) if hidden else count)
        self._tick()
        self.shown.emit(case)
        if fresh:
            self._similar.set_cases((), self.tr("正在比对"))
        self._questions.ask("case.similar", lambda c: similar(c, case), self._take_similar)
        self._questions.ask("case.tasks", lambda c: board.tasks_of_case(c, case.id), partial(self._take_tasks, case))

    def _take_tasks(self, case: Case, found: tuple[Task, ...]) -> None:
        """Tasks of the weekly meeting that go back to this case."""
        site = self._desk.site
        if site is not None and self.case is not None and self.case.id == case.id and found != self._tasks:
            self._tasks = found
            self._facts.set_facts(self.fact_rows(self.case, site))

    def _take_similar(self, found: list[Similar]) -> None:
        now = self._desk.now()
        self._similar.set_cases([rows.similar_case(s, now) for s in found], self.tr("三十天内没有相似案件"))

    def _show_chips(self, case: Case) -> None:
        texts = [words.source(case.source), words.state(case.state)]
        if case.duplicates:
            texts.append(self.tr("重复{n}").format(n=case.duplicates))
        if case.reworks:
            texts.append(self.tr("返工{n}").format(n=case.reworks))
        for chip, text in zip(self._chips, [*texts, "", "", ""], strict=False):
            chip.show_text(text)
            chip.setVisible(bool(text))

    def fact_rows(self, case: Case, site: Site) -> case_facts.Pairs:
        """What is known of a case, the tasks that go back to it among it."""
        return case_facts.fact_rows(case, site, self._tasks, self._desk.now())

    def why_rows(self, case: Case, site: Site) -> case_facts.Pairs:
        """Why its deadline lies where it lies."""
        return case_facts.why_rows(case, site, self._desk.now())

    def _tick(self) -> None:
        case = self.case
        if case is None:
            return
        now = self._desk.now()
        kind = lamp(case.state, case.amber_at, case.due_at, now)
        self._lamp.set_kind(kind.value)
        tone = {Lamp.OVERDUE: "critical", Lamp.DUE: "warning"}.get(kind, "")
        for label in (self._word, self._countdown):
            look.set_state(label, "tone", tone or ("secondary" if label is self._word else ""))
        self._word.show_text(rows.due_words(kind, case.due_what))
        left = abs(case.due_at - now)
        if case.closed_at:
            self._countdown.show_text(fmt.duration(case.closed_at - case.reported_at))
        elif not case.due_at:
            self._countdown.show_text("")
        elif left < 3600:
            self._countdown.show_text(f"{left // 60}:{left % 60:02d}")
        else:
            self._countdown.show_text(fmt.countdown(left))

    def _want_photo(self, address: str) -> None:
        self.photo_wanted.emit(address, address in self._masked)

    def take_picture(self, came: Came) -> None:
        """A small picture that came, decoded and masked as it has to be."""
        if not came.large:
            self._photos.set_image(came.address, came.image)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if sources_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        sources = sources_in(event.mimeData())
        if sources:
            event.acceptProposedAction()
            self.dropped.emit(sources)

    def open(self) -> None:
        """Slides in and keeps its clock going."""
        super().open()
        self._clock.start()

    def shut(self) -> None:
        """Leaves, and lets its clock rest."""
        self._clock.stop()
        super().shut()
