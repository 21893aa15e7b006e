"""The alarm list, F8: what rings, what is shelved, the last day, and what alarms cost. Lies over the map, never the queue."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.alarm import Alarm, Standing
from ..domain.alarm_board import Board
from ..domain.alarm_flood import Burden, Group
from ..domain.alarm_rules import needs_person
from ..widgets.alarm_row import HEIGHT, paint_alarm_row
from ..widgets.drawer import Drawer
from ..widgets.fact_grid import FactGrid
from ..widgets.keycap import KeycapButton
from ..widgets.painted_list import PaintedList
from ..widgets.plain_label import PlainLabel
from ..widgets.segment import Segment
from . import alarm_words
from .alarm_asking import AlarmAsking
from .alarm_detail import AlarmDetail
from .alarm_rows import AlarmRows, Line
from .alarms import Alarms
from .desk import Desk


class AlarmSheet(Drawer):
    """Signals: `case_wanted(case id)`, `photo_wanted(address)`."""

    case_wanted = Signal(object)
    photo_wanted = Signal(object)

    def __init__(self, desk: Desk, alarms: Alarms, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._alarms = desk, alarms
        self._tab = "live"
        self._current = 0
        self._spread: set[int] = set()  # groups, by their first, whose members are shown
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
        page = QWidget()
        page.setProperty("role", "plain")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        self.model = AlarmRows(self)
        self.list = PaintedList(HEIGHT, paint_alarm_row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("报警"))
        self.list.current_row_changed.connect(self._moved)
        self.list.activated_row.connect(lambda _: self.enter())
        columns.addWidget(self.list, 1)
        self.detail = AlarmDetail()
        self.detail.photo_wanted.connect(self.photo_wanted.emit)
        columns.addWidget(self.detail, 1)
        self._pages.addWidget(page)

    def _build_foot(self) -> None:
        theme = look.of(self)
        self.asking = AlarmAsking(self._desk, self._alarms)
        self.asking.left.connect(self._to_list)
        self.body.addWidget(self.asking)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(12))
        foot.setSpacing(theme.px(8))
        self._hint = PlainLabel("", "secondary", "label", elide=True)
        foot.addWidget(self._hint, 1)
        self.buttons: dict[str, KeycapButton] = {}
        for name, text, key, act, role in (
            ("spread", self.tr("展开"), "→", self.spread, ""),
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
        if not self._selected() and self.model.lines:
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

    def _lines(self) -> list[Line]:
        board = self._alarms.board
        if self._tab == "live":
            return [line for group in board.groups for line in _of(group, group.first.id in self._spread)]
        return [(alarm, None) for alarm in (board.shelved if self._tab == "shelved" else board.history)]

    def _refresh(self) -> None:
        site = self._desk.site
        if not self.is_open or site is None:
            return
        board = self._alarms.board
        keep = self._current
        before = len(self.model.lines)
        self.model.put(self._lines(), site, self._desk.now(), self._tab == "live")
        self._current = keep
        if not self._selected() and not before and self.model.lines:
            self.list.go(0)  # one that ends under the hand leaves no other marked, though: A would mean that one
        text = self.tr("未确认{n}，搁置{m}").format(n=len(board.unseen), m=len(board.shelved))
        if board.flood:
            text = self.tr("{text}。报警潮中，一般级静音，逐条留存").format(text=text)
        self._sub.show_text(text)
        self._describe()

    def _selected(self) -> bool:
        """Puts the mark back on the alarm that had it; whether it is still listed."""
        row = self.model.row_of(self._current)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        return row >= 0

    def _moved(self, index: QModelIndex) -> None:
        line = self.model.line(index.row()) if index.isValid() else None
        if line is not None:
            self._current = line[0].id
        self._describe()

    @property
    def current(self) -> Line | None:
        """The marked alarm, and its group where it stands on top of one."""
        return self.model.line(self.list.currentIndex().row()) if self._tab != "costs" else None

    def _describe(self) -> None:
        line, site, now = self.current, self._desk.site, self._desk.now()
        alarm = line[0] if line else None
        shown = {
            "spread": bool(line and line[1] and len(line[1].alarms) > 1),
            "open": bool(alarm and alarm.case), "ack": bool(alarm and self._unseen(line)),
            "shelve": bool(alarm and alarm.level > 1 and alarm.standing in (Standing.RAISED, Standing.ACKED) and alarm.id > 0),
            "unshelve": bool(alarm and alarm.standing is Standing.SHELVED),
            "dismiss": bool(alarm and needs_person(alarm)), "confirm": bool(alarm and needs_person(alarm)),
        }  # fmt: skip
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
        spread = alarm is not None and alarm.id in self._spread
        self.buttons["spread"].setText(self.tr("收起") if spread else self.tr("展开"))
        empty = {
            "live": self.tr("没有在报的报警"),
            "shelved": self.tr("没有搁置的报警"),
            "history": self.tr("一天内没有报警"),
        }
        self._hint.show_text(empty.get(self._tab, "") if not self.model.lines else "")
        self.detail.show_alarm(alarm, site, now)

    def _show_burden(self, told: Burden) -> None:
        rate = self.tr("{n}条（目标{aim}条以内，超过{most}条要在周会上说明）").format(
            n=f"{told.per_hour:.1f}", aim=told.aim, most=told.finding)  # fmt: skip
        facts = [(self.tr("每人每小时"), rate)]
        aims = zip(
            (1, 2, 3), told.shares, (self.tr("目标5%以内"), self.tr("目标15%以内"), self.tr("目标约80%")), strict=True
        )
        if any(told.shares):
            facts += [
                (alarm_words.level(level), self.tr("占{n}%，{aim}").format(n=f"{share * 100:.0f}", aim=aim))
                for level, share, aim in aims
            ]
        if told.is_finding:
            facts.append((self.tr("结论"), self.tr("超过上限，按下面的来源逐个治理")))
        site = self._desk.site
        types = site.settings.alarms.types if site else {}
        if told.noisiest:
            facts.append((self.tr("最吵的来源"), self.tr("一周内的条数")))
        for name, count in told.noisiest:
            known = types.get(name)
            source = alarm_words.registered(known.name) if known else name
            facts.append((source, self.tr("{n}条").format(n=count)))
        self._costs.set_facts(facts)

    # What people do -------------------------------------------------------------------------------------------------------

    def _unseen(self, line: Line | None) -> Group | None:
        """What A acknowledges: the group on its first row, else the one alarm."""
        if line is None:
            return None
        alarm, group = line
        if group is not None and group.unseen:
            return group
        return Group((alarm,)) if alarm.unseen else None

    def acknowledge(self) -> None:
        """A: and the mark goes on to the next that nobody has seen, for what was acknowledged moves down."""
        group, row = self._unseen(self.current), self.list.currentIndex().row()
        if group is None:
            return
        seen = {alarm.id for alarm in group.alarms}
        later = (line for line in self.model.lines[row + 1 :] if self._unseen(line) and line[0].id not in seen)
        after = next(later, None)
        self._alarms.acknowledge_group(group)
        if after is not None:
            self._current = after[0].id
            self._selected()

    def spread(self) -> None:
        """→ and ←: shows the members of a group below its first, or puts them away."""
        line = self.current
        group = next((g for g in self._alarms.board.groups if line and line[0] in g.alarms), None)
        if group is not None and len(group.alarms) > 1 and self._tab == "live":
            self._spread ^= {group.first.id}
            self._current = group.first.id
            self._refresh()

    def enter(self) -> None:
        """Enter: makes a case of what was recognised, else opens the case."""
        if self.current and needs_person(self.current[0]):
            self.confirm()
        else:
            self.open_case()

    def confirm(self) -> None:
        """A person has seen it: a case is reported."""
        if self.current:
            self._alarms.confirm(self.current[0])

    def open_case(self) -> None:
        """Goes to the case."""
        if self.current and self.current[0].case:
            number = self.current[0].case
            self.shut()
            self.case_wanted.emit(number)

    def dismiss(self) -> None:
        """R: it is nothing; asks why."""
        if self.current and needs_person(self.current[0]):
            self.asking.dismiss(self.current[0])

    def shelve(self) -> None:
        """S on the marked alarm: shelves it, or takes it back."""
        if self.current is None:
            return
        if self.current[0].standing is Standing.SHELVED:
            self.unshelve()
        else:
            self.ask_shelve(self.current[0])

    def unshelve(self) -> None:
        """Back before its time."""
        if self.current:
            self._alarms.give("unshelve", self.current[0])

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
        self._spread |= {g.first.id for g in self._alarms.board.groups if any(a.id == alarm.id for a in g.alarms[1:])}
        self.open()
        self.asking.shelve(alarm)

    def _say(self, text: str) -> None:
        self._hint.show_text(text)

    def _to_list(self) -> None:
        if self.is_open:
            self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current
        group = line[1] if line is not None else None
        out = group is not None and group.first.id in self._spread
        inner = self._tab == "live" and line is not None and group is None
        if (event.key() == Qt.Key.Key_Right and group is not None and not out) or (
            event.key() == Qt.Key.Key_Left and (out or inner)
        ):
            self.spread()
        else:
            super().keyPressEvent(event)

    def leave(self) -> bool:
        """Esc inside: drops the question that is open; whether there was one."""
        return self.asking.leave()

    def take_photo(self, address: str, data: bytes) -> None:
        """A picture that came."""
        self.detail.take_photo(address, data)


def _of(group: Group, spread: bool) -> list[Line]:
    """A group's lines: its first alarm stands for it, the others follow where they are spread out."""
    return [(group.first, group), *((alarm, None) for alarm in (group.alarms[1:] if spread else ()))]
