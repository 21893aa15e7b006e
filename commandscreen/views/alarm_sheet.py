"""The alarm list, F8: what rings, what is shelved, the last day, and what alarms cost. Lies over the map, never the queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.alarm import Alarm, Standing
from ..domain.alarm_board import Board
from ..domain.alarm_flood import Burden, Group
from ..domain.alarm_rules import needs_person
from ..widgets.alarm_row import HEIGHT, AlarmRow, paint_alarm_row
from ..widgets.choice_list import Choice, ChoiceList
from ..widgets.command_bar import CommandBar
from ..widgets.drawer import Drawer
from ..widgets.fact_grid import FactGrid
from ..widgets.frame_picture import FramePicture
from ..widgets.keycap import KeycapButton
from ..widgets.painted_list import ROW_ROLE, PaintedList
from ..widgets.plain_label import PlainLabel
from ..widgets.segment import Segment
from . import alarm_words
from . import format as fmt
from .alarms import Alarms
from .decoding import decode
from .desk import Desk

_MINUTES = (15, 30, 60)
Row = tuple[AlarmRow, Alarm, Group | None]


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = ROW_ROLE) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()][0]
        if role == ROW_ROLE:
            return row
        return row.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None

    def put(self, rows: list[Row]) -> None:
        """Another list; the rows change in place where their number stays."""
        if len(rows) == len(self.rows):
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class AlarmSheet(Drawer):
    """Signals: `case_wanted(case id)`, `photo_wanted(address)`."""

    case_wanted = Signal(object)
    photo_wanted = Signal(object)

    def __init__(self, desk: Desk, alarms: Alarms, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._alarms = desk, alarms
        self._tab = "live"
        self._current = 0
        self._address = ""
        self._options: list[Callable[[], None]] = []
        self._answer: Callable[[str], None] | None = None
        self._build_head()
        self._pages = QStackedWidget()
        self.body.addWidget(self._pages, 1)
        self._build_list()
        self._costs = FactGrid()
        page = QWidget()
        page.setProperty("role", "plain")
        column = QVBoxLayout(page)
        margin = look.of(self).px(16)
        column.setContentsMargins(margin, look.of(self).px(12), margin, 0)
        column.addWidget(self._costs)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        self._pages.addWidget(area)
        self._build_foot()
        alarms.changed.connect(self._take)
        alarms.shelve_wanted.connect(self.ask_shelve)
        alarms.refused.connect(self._say)
        alarms.burden_told.connect(self._show_burden)

    def _build_head(self) -> None:
        theme = look.of(self)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(8))
        head.setSpacing(theme.px(10))
        head.addWidget(PlainLabel(self.tr("报警"), size="section", bold=True))
        self.tabs = Segment([("live", self.tr("在报")), ("shelved", self.tr("已搁置")), ("history", self.tr("一天内")),
                             ("costs", self.tr("负荷"))], self._tab)  # fmt: skip
        self.tabs.chosen.connect(self.show_tab)
        head.addWidget(self.tabs)
        self._sub = PlainLabel("", "secondary", "label", elide=True)
        head.addWidget(self._sub, 1)
        close = KeycapButton(self.tr("关闭"), "Esc")
        close.clicked.connect(self.shut)
        head.addWidget(close)
        self.body.addLayout(head)

    def _build_list(self) -> None:
        theme = look.of(self)
        page = QWidget()
        page.setProperty("role", "plain")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        self.model = _Rows(self)
        self.list = PaintedList(HEIGHT, paint_alarm_row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("报警"))
        self.list.current_row_changed.connect(self._moved)
        self.list.activated_row.connect(lambda _: self.enter())
        columns.addWidget(self.list, 1)
        detail = QWidget()
        detail.setProperty("role", "plain")
        column = QVBoxLayout(detail)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(10))
        self._title = PlainLabel("", bold=True)
        self._title.setWordWrap(True)
        column.addWidget(self._title)
        self._where = PlainLabel("", "secondary", "label")
        self._where.setWordWrap(True)
        column.addWidget(self._where)
        self.frame = FramePicture()
        column.addWidget(self.frame)
        self.facts = FactGrid()
        column.addWidget(self.facts)
        column.addWidget(PlainLabel(self.tr("经过"), "tertiary", "label"))
        self.log = FactGrid()
        column.addWidget(self.log)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(detail)
        self._detail = detail
        columns.addWidget(scroll, 1)
        self._pages.addWidget(page)

    def _build_foot(self) -> None:
        theme = look.of(self)
        self.choices = ChoiceList()
        self.choices.chosen.connect(self._chosen)
        self.choices.left.connect(self._to_list)
        self.body.addWidget(self.choices)
        self.bar = CommandBar()
        self.bar.setContentsMargins(theme.px(16), theme.px(4), theme.px(14), 0)
        self.bar.answered.connect(self._answered)
        self.bar.left.connect(self._to_list)
        self.body.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(12))
        foot.setSpacing(theme.px(8))
        self._hint = PlainLabel("", "secondary", "label", elide=True)
        foot.addWidget(self._hint, 1)
        self.buttons: dict[str, KeycapButton] = {}
        for name, text, key, act, role in (
            ("open", self.tr("打开案件"), "O", self.open_case, ""), ("dismiss", self.tr("驳回"), "R", self.dismiss, ""),
            ("unshelve", self.tr("恢复"), "S", self.unshelve, ""), ("shelve", self.tr("搁置"), "S", self.shelve, ""),
            ("ack", self.tr("确认"), "A", self.acknowledge, ""),
            ("confirm", self.tr("属实，立件"), "Enter", self.confirm, "primary"),
        ):  # fmt: skip
            button = KeycapButton(text, key, role)
            button.clicked.connect(act)
            foot.addWidget(button)
            self.buttons[name] = button
        self.body.addLayout(foot)

    # What is shown --------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Shows itself and takes the keyboard."""
        super().open()
        self._refresh()
        if not self._selected() and self.model.rows:
            self.list.go(0)
        self._describe()
        self.list.setFocus()

    def show_tab(self, name: str) -> None:
        """live, shelved, history or costs."""
        self._tab = name
        self.tabs.set_current(name)
        self._pages.setCurrentIndex(1 if name == "costs" else 0)
        if name == "costs":
            self._costs.set_facts([])
            self._alarms.ask_burden()
        self._refresh()

    def _take(self, _board: Board) -> None:
        self._refresh()

    def _rows(self) -> list[Row]:
        board, site, now = self._alarms.board, self._desk.site, self._desk.now()
        if site is None:
            return []
        made: list[Row] = []
        if self._tab == "live":
            for group in board.groups:
                made.append((alarm_words.row(group.first, site, now, group=group), group.first, group))
                made += [(alarm_words.row(a, site, now, True), a, None) for a in group.alarms[1:]]
            return made
        alarms = board.shelved if self._tab == "shelved" else board.history
        return [(alarm_words.row(a, site, now), a, None) for a in alarms]

    def _refresh(self) -> None:
        if not self.is_open:
            return
        board = self._alarms.board
        keep = self._current
        self.model.put(self._rows())
        self._current = keep
        self._selected()
        text = self.tr("未确认{n}，搁置{m}").format(n=len(board.unseen), m=len(board.shelved))
        if board.flood:
            text = self.tr("{text}。报警潮中，一般级静音，逐条留存").format(text=text)
        self._sub.show_text(text)
        self._describe()

    def _selected(self) -> bool:
        """Puts the mark back on the alarm that had it; whether it is still listed."""
        for number, (_, alarm, _) in enumerate(self.model.rows):
            if alarm.id == self._current:
                self.list.setCurrentIndex(self.model.index(number))
                return True
        return False

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self.model.rows):
            self._current = self.model.rows[index.row()][1].id
        self._describe()

    @property
    def current(self) -> Row | None:
        """The marked row."""
        row = self.list.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) and self._tab != "costs" else None

    def _describe(self) -> None:
        row, site, now = self.current, self._desk.site, self._desk.now()
        self._detail.setVisible(row is not None)
        alarm = row[1] if row else None
        shown = {
            "open": bool(alarm and alarm.case), "ack": bool(alarm and self._unseen(row)),
            "shelve": bool(alarm and alarm.level > 1 and alarm.standing in (Standing.RAISED, Standing.ACKED) and alarm.id > 0),
            "unshelve": bool(alarm and alarm.standing is Standing.SHELVED),
            "dismiss": bool(alarm and needs_person(alarm)), "confirm": bool(alarm and needs_person(alarm)),
        }  # fmt: skip
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
        empty = {
            "live": self.tr("没有在报的报警"),
            "shelved": self.tr("没有搁置的报警"),
            "history": self.tr("一天内没有报警"),
        }
        self._hint.show_text(empty.get(self._tab, "") if not self.model.rows else "")
        if alarm is None or site is None:
            return
        self._title.show_text(alarm_words.headline(site, alarm))
        self._where.show_text(f"{alarm_words.level(alarm.level)}  {alarm_words.where(site, alarm)}")
        self.facts.set_facts(alarm_words.facts(alarm, site.settings.alarms.types.get(alarm.kind), now))
        self.log.set_facts([(fmt.moment(line.at, now), alarm_words.log_line(line)) for line in alarm.log[-12:]])
        self._show_frame(alarm.photos[0] if alarm.photos else "")

    def _show_frame(self, address: str) -> None:
        self.frame.setVisible(bool(address))
        if address != self._address:
            self._address = address
            self.frame.set_image(decode(b"", QSize(1, 1)))
            if address:
                self.photo_wanted.emit(address)

    def take_photo(self, address: str, data: bytes) -> None:
        """A picture that came."""
        if address == self._address:
            self.frame.set_image(decode(data, QSize(800, 600)))

    def _show_burden(self, told: Burden) -> None:
        rate = self.tr("{n}条（目标{aim}条以内，超过{most}条要在周会上说明）").format(
            n=f"{told.per_hour:.1f}", aim=told.aim, most=told.finding)  # fmt: skip
        facts = [(self.tr("每人每小时"), rate)]
        if told.is_finding:
            facts.append((self.tr("结论"), self.tr("超过上限，按下面的来源逐个治理")))
        site = self._desk.site
        types = site.settings.alarms.types if site else {}
        for name, count in told.noisiest:
            known = types.get(name)
            source = alarm_words.registered(known.name) if known else name
            facts.append((source, self.tr("{n}条").format(n=count)))
        self._costs.set_facts(facts)

    # What people do -------------------------------------------------------------------------------------------------------

    def _unseen(self, row: Row | None) -> Group | None:
        """What A acknowledges: the group on its first row, else the one alarm."""
        if row is None:
            return None
        _, alarm, group = row
        if group is not None and group.unseen:
            return group
        return Group((alarm,)) if alarm.unseen else None

    def acknowledge(self) -> None:
        """A."""
        group = self._unseen(self.current)
        if group is not None:
            self._alarms.acknowledge_group(group)

    def enter(self) -> None:
        """Enter: makes a case of what was recognised, else opens the case."""
        if self.current and needs_person(self.current[1]):
            self.confirm()
        else:
            self.open_case()

    def confirm(self) -> None:
        """A person has seen it: a case is reported."""
        if self.current:
            self._alarms.confirm(self.current[1])

    def open_case(self) -> None:
        """Goes to the case."""
        if self.current and self.current[1].case:
            number = self.current[1].case
            self.shut()
            self.case_wanted.emit(number)

    def dismiss(self) -> None:
        """R: it is nothing; asks why."""
        if self.current and needs_person(self.current[1]):
            alarm = self.current[1]
            self._ask_reason(
                alarm, self.tr("为何驳回"), "alarm.dismiss", lambda why: self._give("dismiss", alarm, reason=why)
            )

    def shelve(self) -> None:
        """S on the marked alarm: shelves it, or takes it back."""
        if self.current is None:
            return
        if self.current[1].standing is Standing.SHELVED:
            self.unshelve()
        else:
            self.ask_shelve(self.current[1])

    def unshelve(self) -> None:
        """Back before its time."""
        if self.current:
            self._give("unshelve", self.current[1])

    def ask_shelve(self, alarm: Alarm) -> None:
        """Asks for how long, then why; the list comes up for it."""
        if alarm.level == 1:
            self._say(self.tr("特急不能搁置"))
            return
        if alarm.id < 0:
            self._say(self.tr("数据中断自己会消除，不用搁置"))
            return
        if self._tab == "costs":
            self.show_tab("live")
        self._current = alarm.id
        self.open()
        site = self._desk.site
        most = site.settings.alarms.shelve_minutes if site else 60
        minutes = [m for m in _MINUTES if m <= most] or [most]
        title = self.tr("搁置多久：{what}").format(what=alarm_words.headline(site, alarm) if site else "")
        self._offer(title, [(self.tr("{n}分钟").format(n=m), partial(self._why_shelve, alarm, m)) for m in minutes])

    def _why_shelve(self, alarm: Alarm, minutes: int) -> None:
        self._ask_reason(alarm, self.tr("为何搁置"), "alarm.shelve",
                         lambda why: self._give("shelve", alarm, minutes=minutes, reason=why))  # fmt: skip

    def _ask_reason(self, alarm: Alarm, title: str, topic: str, answer: Callable[[str], None]) -> None:
        site = self._desk.site
        phrases = site.settings.phrases.get(topic, ()) if site else ()
        options: list[tuple[str, Callable[[], None]]] = [(phrase, partial(answer, phrase)) for phrase in phrases[:8]]

        def write() -> None:
            self._answer = answer
            self.bar.ask(f"{topic} {alarm.id}", self.tr("{title}，回车存入，Esc 放下").format(title=title))

        self._offer(title, [*options, (self.tr("写明原因"), write)])

    def _offer(self, title: str, options: list[tuple[str, Callable[[], None]]]) -> None:
        self._options = [act for _, act in options]
        self.choices.offer(title, [Choice(text) for text, _ in options])

    def _chosen(self, row: int) -> None:
        if row < len(self._options):
            self._options[row]()
        if not self.choices.isVisible() and not self.bar.asking:
            self._to_list()

    def _answered(self, text: str) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(text)

    def _give(self, verb: str, alarm: Alarm, **args: object) -> None:
        self._alarms.give(verb, alarm, **args)

    def _say(self, text: str) -> None:
        self._hint.show_text(text)

    def _to_list(self) -> None:
        if self.is_open:
            self.list.setFocus()

    def leave(self) -> bool:
        """Esc inside: drops the question that is open; whether there was one."""
        if self.choices.isVisible():
            self.choices.leave()
            return True
        return False
