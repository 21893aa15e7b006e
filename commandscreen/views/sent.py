"""本机指令: what became of each of the desk's commands; refused and conflicting ones with mine, theirs and then."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from .. import theme as look
from ..domain import affairs
from ..domain.case import Case
from ..domain.decide import Command, Ground, Refusal, decide
from ..domain.workflow import Kind
from ..store.outbox import Entry, Fate
from ..widgets.drawer import Drawer
from ..widgets.fate_mark import paint_fate
from ..widgets.keycap import KeycapButton, KeyHints
from ..widgets.painted_list import ROW_ROLE, PaintedList
from ..widgets.plain_label import PlainLabel, plain
from . import format as fmt
from . import standing, words
from .desk import Desk
from .results import Denied, Results

HEIGHT = 52
_TONES = {"refused": "text_critical", "conflict": "text_warning", "denied": "text_warning"}


class _Rows(QAbstractListModel):
    """Entries and local refusals, those that need a person first, then the newest."""

    def __init__(self, spoken: Callable[[Entry | Denied], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self.items: list[Entry | Denied] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = ROW_ROLE) -> object:
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        if role == ROW_ROLE:
            return item
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(item)
        return None

    def put(self, items: list[Entry | Denied]) -> None:
        """Another list; the rows change in place where their number stays."""
        if len(items) == len(self.items):
            self.items = items
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self.items = items
        self.endResetModel()


class SentView(Drawer):
    """Signals: `again_wanted(Command)`, `dismissed(ids)`, `case_wanted(case id)`."""

    again_wanted = Signal(object)
    dismissed = Signal(object)
    case_wanted = Signal(object)

    def __init__(self, desk: Desk, results: Results, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._desk, self._results = desk, results
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(10))
        head.setSpacing(theme.px(10))
        head.addWidget(PlainLabel(self.tr("本机指令"), size="section", bold=True))
        self._sub = PlainLabel("", "secondary", "label", elide=True)
        head.addWidget(self._sub, 1)
        close = KeycapButton(self.tr("关闭"), "Esc")
        close.clicked.connect(self.shut)
        head.addWidget(close)
        self.body.addLayout(head)
        self.model = _Rows(self.spoken, self)
        self.list = PaintedList(HEIGHT, self._paint)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("本机指令"))
        self.list.current_row_changed.connect(lambda _: self._describe())
        self.list.activated_row.connect(lambda _: self.settle())
        self.body.addWidget(self.list, 1)
        self._build_detail()
        results.changed.connect(self._refresh)

    def _build_detail(self) -> None:
        theme = look.of(self)
        self._detail = QWidget()
        self._detail.setProperty("role", "plain")
        grid = QGridLayout(self._detail)
        grid.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        grid.setHorizontalSpacing(theme.px(20))
        grid.setVerticalSpacing(theme.px(6))
        self._said: dict[str, PlainLabel] = {}
        top = Qt.AlignmentFlag.AlignTop
        for column, (name, title) in enumerate((("mine", self.tr("我的")), ("theirs", self.tr("服务器上")),
                                                ("then", self.tr("可以怎样")))):  # fmt: skip
            grid.setColumnStretch(column, 1)
            grid.addWidget(PlainLabel(title, "secondary", "label", bold=True), 0, column, top)
            label = PlainLabel("")
            label.setWordWrap(True)
            grid.addWidget(label, 1, column, top)
            self._said[name] = label
        self.body.addWidget(self._detail)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(12))
        foot.setSpacing(theme.px(8))
        self._hints = KeyHints([("J K", self.tr("上下"))])
        foot.addWidget(self._hints, 1)
        self._again = KeycapButton(self.tr("再办一次"), "Enter", "primary")
        self._again.clicked.connect(self._give_again)
        self._open = KeycapButton(self.tr("打开案件"), "O")
        self._open.clicked.connect(self.open_case)
        self._drop = KeycapButton(self.tr("放下"), "Del")
        self._drop.clicked.connect(self.drop)
        for button in (self._drop, self._open, self._again):
            foot.addWidget(button)
        self.body.addLayout(foot)

    # What is shown --------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Shows itself with what needs a person on top, and takes the keyboard."""
        super().open()
        self._refresh()
        self.list.go(0)
        self.list.setFocus()

    def _refresh(self) -> None:
        if not self.is_open:
            return
        row = max(0, self.list.currentIndex().row())
        attention = self._results.attention
        others: list[Entry | Denied] = [e for e in self._results.entries if not e.needs_attention]
        others = sorted([*others, *self._results.denied], key=lambda i: -i.at)
        self.model.put([*attention, *others])
        waiting = sum(e.fate is Fate.WAITING for e in self._results.entries)
        text = self.tr("{n}条待发送，{m}条要您看").format(n=waiting, m=len(attention))
        self._sub.show_text(text if waiting or attention else self.tr("全部已确认"))
        if self.model.items:
            self.list.setCurrentIndex(self.model.index(min(row, len(self.model.items) - 1)))
        self._describe()

    @property
    def _current(self) -> Entry | Denied | None:
        row = self.list.currentIndex().row()
        return self.model.items[row] if 0 <= row < len(self.model.items) else None

    def _describe(self) -> None:
        item = self._current
        case = self._case(item)
        needs = isinstance(item, Entry) and item.needs_attention
        self._detail.setVisible(item is not None)
        self._again.setVisible(bool(needs and self._retry(item) is not None))
        self._drop.setVisible(bool(needs) or isinstance(item, Denied))
        self._open.setVisible(case is not None)
        if item is None:
            return
        site, actor = self._desk.site, self._desk.actor
        own = f"{fmt.clock_seconds(int(item.at))} {self._what(item)}"
        if isinstance(item, Entry) and site is not None and case is not None:
            own = standing.mine(item.command, item.at, site)
        self._said["mine"].show_text(f"{case.number} {own}" if case is not None and isinstance(item, Entry) else own)
        theirs = self.tr("本机没有这件案件")
        if isinstance(item, Entry) and affairs.kind_of(item.command) is not None:
            theirs = self._what(item)
        elif case is not None and site is not None:
            theirs = standing.theirs(case, item.command.base if needs and isinstance(item, Entry) else 0, site)
        self._said["theirs"].show_text(theirs)
        text = self._then(item)
        if needs and case is not None and actor is not None:
            can = standing.now(case, actor)
            text += "\n" + (self.tr("现在能办：{steps}").format(steps=can) if can else self.tr("现在没有您能办的"))
        self._said["then"].show_text(text)

    def _then(self, item: Entry | Denied) -> str:
        if isinstance(item, Denied):
            return self.tr("{why}。没有发出，案件未变").format(why=item.why)
        if item.needs_attention:
            if item.fate is Fate.WAITING:
                return self.tr("{why}。看过后放下，指令仍在排队").format(why=self._results.why(item))
            if item.command.kind == Kind.REPORT:
                return self.tr("{why}。再办一次可改好再交，或放下").format(why=self._results.why(item))
            if self._retry(item) is not None:
                return self.tr("{why}。按现在的案件还能办：再办一次，或放下").format(why=self._results.why(item))
            return self.tr("{why}。看过后放下").format(why=self._results.why(item))
        return {
            Fate.WAITING: self.tr("还没有发出。Ctrl+Z 可撤销撤销时间内的指令"),
            Fate.LANDED: self.tr("服务器已办，等它的新数据"),
            Fate.SETTLED: self.tr("已办成，案件里能看到"),
            Fate.DROPPED: self.tr("未办成，您看过后放下了"),
        }[item.fate]

    def _retry(self, item: Entry | Denied | None) -> Command | None:
        """The command, if the rules allow it on the case as it stands now."""
        case, site, actor = self._case(item), self._desk.site, self._desk.actor
        if isinstance(item, Entry) and item.fate is Fate.WAITING:
            return None  # it is still on its way: given again it would be done twice
        if isinstance(item, Entry) and item.command.kind == Kind.REPORT:
            return item.command  # to be written down again, and put right
        if not isinstance(item, Entry) or case is None or site is None or actor is None:
            return None
        now, given = self._desk.now(), item.command
        trial = Command(given.id, given.kind, given.case_id, case.ver, given.args, now)
        return None if isinstance(decide(case, trial, Ground(site, actor, now)), Refusal) else given

    def _case(self, item: Entry | Denied | None) -> Case | None:
        if item is None:
            return None
        number = item.case_id if isinstance(item, Denied) else item.command.case_id
        return self._results.cases.get(number)

    def _what(self, item: Entry | Denied) -> str:
        return f"{item.number} {words.step(item.kind)}" if isinstance(item, Denied) else self._results.what(item)

    def _fate(self, item: Entry | Denied) -> str:
        if isinstance(item, Denied):
            return "denied"
        if item.fate is Fate.WAITING and time.time() >= item.send_at:
            return "sending"
        return item.fate.value

    def _fate_words(self, fate: str) -> str:
        return {
            "waiting": self.tr("排队"), "sending": self.tr("发送中"), "landed": self.tr("已送达"),
            "settled": self.tr("已确认"), "conflict": self.tr("冲突"), "refused": self.tr("被拒"), "denied": self.tr("未发出"),
            "dropped": self.tr("已放下"),
        }[fate]  # fmt: skip

    def spoken(self, item: Entry | Denied) -> str:
        """A row for a screen reader."""
        return f"{self._fate_words(self._fate(item))} {fmt.clock_seconds(int(item.at))} {self._what(item)}"

    def _paint(
        self, painter: QPainter, box: QRect, item: Entry | Denied, theme: look.Theme, selected: bool, hovered: bool
    ) -> None:
        px, fate = theme.px, self._fate(item)
        paint_fate(painter, QRect(box.left() + px(14), box.top() + px(16), px(20), px(20)), fate, theme)
        middle = Qt.AlignmentFlag.AlignVCenter
        small = theme.font("label")
        painter.setFont(small)
        painter.setPen(theme.color(_TONES.get(fate, "text_secondary")))
        word = self._fate_words(fate)
        painter.drawText(
            QRect(box.right() - px(96), box.top(), px(84), box.height()), middle | Qt.AlignmentFlag.AlignRight, word
        )
        painter.setPen(theme.color("text_secondary"))
        painter.drawText(
            QRect(box.left() + px(46), box.top(), px(72), box.height()), middle, fmt.clock_seconds(int(item.at))
        )
        body = theme.font("body")
        painter.setFont(body)
        painter.setPen(theme.color("text_primary"))
        case = self._case(item)
        room = box.width() - px(126) - px(104)
        title = f"  {case.title}" if case else ""
        text = QFontMetrics(body).elidedText(plain(self._what(item) + title), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(box.left() + px(122), box.top(), room, box.height()), middle, text)

    # What people do -------------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Enter: gives it again where that is still possible, else opens the case."""
        if self._again.isVisible():
            self._give_again()
        else:
            self.open_case()

    def _give_again(self) -> None:
        item = self._current
        command = self._retry(item)
        if command is not None:
            self.dismissed.emit((command.id,))
            self.again_wanted.emit(command)

    def drop(self) -> None:
        """Takes it out of the list: a person has looked at it."""
        item = self._current
        if isinstance(item, Denied):
            self._results.denied = [d for d in self._results.denied if d is not item]
            self._refresh()
        elif item is not None and item.needs_attention:
            self.dismissed.emit((item.command.id,))

    def open_case(self) -> None:
        """Goes to the case."""
        case = self._case(self._current)
        if case is not None:
            self.shut()
            self.case_wanted.emit(case.id)
