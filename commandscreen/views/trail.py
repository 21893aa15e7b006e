"""The records behind a figure of the 减负 account: each meeting, document, message or task outside a meeting, by date."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from ..domain import compare
from ..domain.burden import Burden, BurdenState, Load
from ..domain.clock import MINUTE
from ..store.board import Week
from ..widgets.drawer import Drawer
from ..widgets.keycap import KeycapButton
from ..widgets.painted_list import PaintedList
from ..widgets.plain_label import PlainLabel
from ..widgets.receipt_row import HEIGHT, ReceiptRow, paint_receipt_row
from ..widgets.segment import Segment
from ..widgets.state_pane import StatePane
from . import burden_words
from . import format as fmt
from .desk import Desk
from .meeting_hands import MeetingHands
from .row_list import RowList

MOST = 600


class TrailDrawer(Drawer):
    """`task_wanted(task id)` where a line stems from a task."""

    task_wanted = Signal(object)

    def __init__(self, desk: Desk, hands: MeetingHands, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._desk, self._hands = desk, hands
        self.name, self._now = "", 0
        self._week: Week | None = None
        self._lines: list[Burden] = []
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(10))
        head.setSpacing(theme.px(10))
        self._title = PlainLabel("", size="section", bold=True)
        head.addWidget(self._title)
        self.segment = Segment([("now", self.tr("近90天")), ("before", self.tr("去年同期"))], "now")
        self.segment.chosen.connect(self._turn)
        head.addWidget(self.segment)
        self._sum = PlainLabel("", "secondary", "label", elide=True)
        head.addWidget(self._sum, 1)
        close = KeycapButton(self.tr("关闭"), "Esc")
        close.clicked.connect(self.shut)
        head.addWidget(close)
        self.body.addLayout(head)
        self.model = RowList(self)
        self.list = PaintedList(HEIGHT, paint_receipt_row)
        self.list.setModel(self.model)
        self.list.activated_row.connect(lambda _: self._open())
        self.body.addWidget(self.list, 1)
        self._none = StatePane(
            "inbox", self.tr("这段时间没有记录"), self.tr("会议、发文和会外布置由服务器记账，这里逐条可查。")
        )
        self.body.addWidget(self._none, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(12))
        foot.setSpacing(theme.px(8))
        self._days = PlainLabel("", "tertiary", "label", elide=True)
        foot.addWidget(self._days, 1)
        self.strike_button = KeycapButton(self.tr("划去误记"), "Del")
        self.strike_button.clicked.connect(self.strike)
        foot.addWidget(self.strike_button)
        self.body.addLayout(foot)
        self._span = "now"

    def open(self) -> None:
        """Slides in and takes the keyboard."""
        super().open()
        self.list.setFocus()

    def show_lines(self, name: str, week: Week, now: int) -> None:
        """The lines behind a figure, of the last 90 days or the same days a year before."""
        self.name, self._week, self._now = name, week, now
        self._title.show_text(burden_words.figure(name, week.area))
        self.segment.setVisible(name != "urgent")
        self._show()

    def _turn(self, span: str) -> None:
        self._span = span
        self._show()

    def _show(self) -> None:
        week = self._week
        if week is None:
            return
        days = compare.spans(self._now)
        start, end = days.start, days.end
        if self.name == "urgent":
            start = compare.month_start(self._now)
        elif self._span == "before":
            start, end = days.before_start, days.before_end
        self._days.show_text(self.tr("{a}至{b}，含首尾两天").format(
            a=f"{fmt.local(start):%Y-%m-%d}", b=f"{fmt.local(end - 1):%Y-%m-%d}"))  # fmt: skip
        found = [
            b for b in week.burden if b.state is BurdenState.COUNTED and start <= b.at < end and _belongs(b, self.name)
        ]
        self._lines = sorted(found, key=lambda b: (-b.at, b.id))[:MOST]
        self.model.put([(b.id, self._row(b)) for b in self._lines])
        if self._lines:
            self.list.setCurrentIndex(self.model.index(0))
        self.list.setVisible(bool(self._lines))
        self._none.setVisible(not self._lines)
        text = self.tr("{n}条").format(n=len(found))
        words = {"people": self.tr("{n}人次"), "minutes": self.tr("{n}分钟"), "group": self.tr("{n}个"),
                 "document": self.tr("{n}件"), "after_hours": self.tr("{n}次")}.get(self.name.partition(".")[0])  # fmt: skip
        if words is not None:
            counted = {"people": "people", "minutes": "minutes"}.get(self.name, "count")
            amount = sum(getattr(b, counted) for b in found)
            if amount != len(found) or counted != "count":
                text += self.tr("，共{sum}").format(sum=words.format(n=f"{amount:,}"))
        if len(found) > MOST:
            text += self.tr("，列出最近{n}条").format(n=MOST)
        self._sum.show_text(text)
        self.strike_button.setEnabled(
            bool(self._lines) and self._hands.home and self._hands.may("burden.strike", "counted")
        )

    def _row(self, line: Burden) -> ReceiptRow:
        parts = []
        if line.what is Load.MEETING:
            parts.append(self.tr("{m}分钟 {p}人").format(m=line.minutes, p=line.people))
            if line.late:
                parts.append(self.tr("晚开{n}分").format(n=max(1, line.late // MINUTE)))
            if line.over:
                parts.append(self.tr("超时{n}分").format(n=max(1, line.over // MINUTE)))
        elif line.count > 1:
            parts.append(self.tr("{n}件").format(n=line.count))
        if line.reason:
            parts.append(line.reason)
        body = burden_words.body(line.body, line.area)
        lamp = "due" if line.what is Load.URGENT or line.over or line.late else ""
        return ReceiptRow(
            lamp, line.title, " · ".join(parts), body or line.name, f"{fmt.date(line.at)} {fmt.clock(line.at)}"
        )

    @property
    def current(self) -> Burden | None:
        """The line in hand."""
        row = self.list.currentIndex().row()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def strike(self) -> None:
        """Del: the line in hand was booked by mistake."""
        if self.current is not None:
            self._hands.strike(self.current)

    def refresh(self, week: Week) -> None:
        """The lines as they are now."""
        if self.is_open:
            self._week = week
            self._show()

    def _open(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._lines) and self._lines[row].about and self._lines[row].what is not Load.MEETING:
            self.task_wanted.emit(self._lines[row].about)


def _belongs(line: Burden, name: str) -> bool:
    """Whether a line is counted in a figure."""
    what, _, body = name.partition(".")
    tests = {
        "meeting": line.what is Load.MEETING and line.body.value == body,
        "document": line.what is Load.DOCUMENT and line.body.value == body,
        "people": line.what is Load.MEETING, "minutes": line.what is Load.MEETING, "free": line.what is Load.MEETING,
        "over": line.what is Load.MEETING and line.over > 0,
        "late": line.what is Load.MEETING and line.late > 0,
        "urgent": line.what is Load.URGENT,
        "group": line.what is Load.GROUP, "after_hours": line.what is Load.AFTER_HOURS,
    }  # fmt: skip
    return tests[what]
