"""The board's right column: what publishing would do, the list check of the task in hand, and the 减负 account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from .. import theme as look
from ..domain import compare
from ..domain.burden import Account, Body, Burden, account, change
from ..domain.site import Site
from ..domain.task import Task, TaskState
from ..widgets.board.card import paint_off_list
from ..widgets.burden_list import BurdenList, Fact, Pair
from ..widgets.fact_grid import FactGrid
from ..widgets.keycap import KeycapButton
from ..widgets.panel_frame import PanelFrame
from ..widgets.plain_label import PlainLabel
from . import board_rows, burden_words
from . import format as fmt

SAME = 2  # the row that says how reporting goes


@dataclass(frozen=True, slots=True)
class Lines:
    """What a panel says: (label, words) rows, the remark in its head, and how many are chosen."""

    rows: tuple[tuple[str, str], ...]
    remark: str
    count: int


class _Diamond(QWidget):
    """The mark of what is off the lists."""

    def __init__(self) -> None:
        super().__init__()
        size = look.of(self).px(16)
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_off_list(QPainter(self), self.rect().toRectF(), look.of(self))


class MeetingSide(QWidget):
    """Signals: `pressed(name)` of publish, preview, back, keep, admit, grant, deny, line; `drill_requested(name)` of the
    account."""

    pressed = Signal(str)
    drill_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._compact = False
        column.addWidget(self._publish_panel())
        column.addWidget(self._check_panel())
        column.addWidget(self._burden_panel(), 1)

    def _body(self, panel: PanelFrame) -> None:
        theme = look.of(self)
        panel.body.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(12))
        panel.body.setSpacing(theme.px(10))
        panel.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @staticmethod
    def _remark(panel: PanelFrame) -> PlainLabel:
        """Words at the right of a panel's head, which give way where there is little room."""
        label = PlainLabel("", "secondary", "label", elide=True)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        panel.header.addWidget(label, 1000)
        return label

    def _publish_panel(self) -> PanelFrame:
        self.publish = PanelFrame(self.tr("发布"))
        self._body(self.publish)
        self._hour = self._remark(self.publish)
        self._facts = FactGrid()
        self.publish.body.addWidget(self._facts)
        row = QHBoxLayout()
        row.setSpacing(look.of(self).px(8))
        self.publish_button = KeycapButton(self.tr("发布"), "Ctrl Enter", "primary")
        self.publish_button.clicked.connect(lambda: self.pressed.emit("publish"))
        preview = KeycapButton(self.tr("预览收件"), "P")
        preview.clicked.connect(lambda: self.pressed.emit("preview"))
        row.addWidget(self.publish_button)
        row.addWidget(preview)
        row.addStretch(1)
        self.publish.body.addLayout(row)
        return self.publish

    def _check_panel(self) -> PanelFrame:
        theme = look.of(self)
        self.check = PanelFrame(self.tr("清单核对"))
        self._body(self.check)
        self._lists = self._remark(self.check)
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        self._mark = _Diamond()
        head.addWidget(self._mark)
        self._task = PlainLabel("", bold=True, elide=True)
        head.addWidget(self._task, 1)
        self.check.body.addLayout(head)
        self._why = PlainLabel("", "secondary", "label")
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.check.body.addWidget(self._why)
        self._ways = QWidget()
        self._ways.setProperty("role", "plain")
        row = QHBoxLayout(self._ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.buttons: dict[str, KeycapButton] = {}
        for name, text, key in (("back", self.tr("退回"), "R"), ("keep", self.tr("部门自办"), "E"),
                                ("admit", self.tr("申请准入"), "Q"), ("grant", self.tr("准入"), "V"),
                                ("deny", self.tr("不准"), "R")):  # fmt: skip
            button = KeycapButton(text, key, "mini")
            button.clicked.connect(lambda _=False, name=name: self.pressed.emit(name))
            row.addWidget(button)
            self.buttons[name] = button
        row.addStretch(1)
        self.check.body.addWidget(self._ways)
        return self.check

    def _burden_panel(self) -> PanelFrame:
        theme = look.of(self)
        panel = self._account = PanelFrame(self.tr("减负"))
        panel.sub.show_text(self.tr("同比"))
        self.line_button = KeycapButton(self.tr("记一条"), "Shift N", "mini")
        self.line_button.clicked.connect(lambda: self.pressed.emit("line"))
        panel.header.addWidget(self.line_button)
        self._days = PlainLabel("", "tertiary", "label", elide=True)
        self._days.setContentsMargins(theme.px(16), theme.px(6), theme.px(14), 0)
        panel.body.addWidget(self._days)
        self.burden = BurdenList()
        self.burden.drill_requested.connect(self.drill_requested.emit)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.burden)
        panel.body.addWidget(area, 1)
        return panel

    def set_compact(self, compact: bool) -> None:
        """Room for the account: the publish panel leaves out what is the same each time."""
        self._compact = compact
        self._account.sub.setVisible(not compact)  # the line below it says what is compared

    # What they say ----------------------------------------------------------------------------------------------------------

    def show_publish(self, lines: Lines, may: bool) -> None:
        """What publishing the chosen tasks would do; away for those who do not publish here."""
        self.publish.setVisible(may)
        self.publish.sub.show_text(self.tr("已选{n}项").format(n=lines.count) if lines.count else self.tr("没有选中"))
        self._hour.show_text(lines.remark)
        rows = [r for n, r in enumerate(lines.rows) if not (self._compact and n == SAME)]
        self._facts.set_facts(rows)
        self._facts.setVisible(lines.count > 0 or not self._compact)  # nothing chosen: nothing to say, and little room
        self.publish_button.setText(self.tr("发布{n}项").format(n=lines.count) if lines.count else self.tr("发布"))
        self.publish_button.setEnabled(lines.count > 0)

    def show_check(self, task: Task | None, site: Site, admitted: int, asked: str, admitting: bool) -> None:
        """The list check of the task in hand. `asked` are the words of an admission under way, `admitting` that this person
        may answer it."""
        kinds = [d.list for d in site.duties]
        text = self.tr("主要职责{a}项 协助事项{b}项").format(a=kinds.count("main_duty"), b=kinds.count("assist_duty"))
        self._lists.show_text(text + (self.tr(" 准入{n}项").format(n=admitted) if admitted else ""))
        off = task is not None and task.item is None and task.state in (TaskState.DRAFT, TaskState.RETURNED)
        self._mark.setVisible(off)
        self._task.show_text(task.title if task else self.tr("没有选中任务"))
        self._why.show_text(self._check_words(task, site, off, asked))
        for name, button in self.buttons.items():
            button.setVisible(admitting if name in ("grant", "deny") else off and not asked)
        self._ways.setVisible(off)

    def _check_words(self, task: Task | None, site: Site, off: bool, asked: str) -> str:
        if task is None:
            return self.tr("选中一项任务，这里核对它依据清单哪一项。")
        if asked:
            return asked
        if off:
            return self.tr("未列入村（社区）两张清单，不能布置到村（社区）。可退回提出部门、由部门自办，或申请准入。")
        if task.item is None:
            return self.tr("清单外事项，没有布置到村（社区）。")
        wanted = (task.item.list, task.item.number)
        line = next((d.text for d in site.duties if (d.list, d.number) == wanted), "")
        return f"{board_rows.item_words(task)} {line}".strip()

    def show_burden(self, lines: Sequence[Burden], now: int, area: int, free: str, free_words: str) -> None:
        """An area's account of the last 90 days beside the same dates of last year; `free` is the no-meeting weekday. Where the
        account was not kept then, nothing is compared, and it says so."""
        days, since = compare.spans(now), compare.kept_since(lines)
        fits = compare.comparable(since, days)
        ours, theirs = account(lines, days.start, days.end), account(lines, days.before_start, days.before_end)
        month = account(lines, compare.month_start(now), now + 1)
        dates = self.tr("{a}至{b}").format(a=fmt.date(days.start), b=fmt.date(now))
        if fits:
            self._days.show_text(self.tr("{days}，上条为去年同日").format(days=dates))
        elif since:
            self._days.show_text(self.tr("自{since}记账，尚不能同比").format(since=f"{fmt.local(since):%Y-%m-%d}"))
        else:
            self._days.show_text(self.tr("{days}，还没有台账").format(days=dates))
        self.burden.set_rows(self._pairs(ours, theirs, fits, area), self._facts_of(ours, month, free, free_words))

    def _pairs(self, now: Account, before: Account, fits: bool, area: int) -> list[Pair]:
        rows = (
            ("meeting.party", now.meetings.get(Body.PARTY, 0), before.meetings.get(Body.PARTY, 0)),
            ("meeting.government", now.meetings.get(Body.GOVERNMENT, 0), before.meetings.get(Body.GOVERNMENT, 0)),
            ("document.party", now.documents.get(Body.PARTY, 0), before.documents.get(Body.PARTY, 0)),
            ("document.government", now.documents.get(Body.GOVERNMENT, 0), before.documents.get(Body.GOVERNMENT, 0)),
            ("people", now.people, before.people), ("minutes", now.minutes, before.minutes),
            ("urgent.days", now.urgent, before.urgent), ("after_hours", now.after_hours, before.after_hours),
        )  # fmt: skip
        return [Pair(name, burden_words.figure(name, area), b if fits else 0, n, _percent(change(n, b)) if fits else "—")
                for name, n, b in rows]  # fmt: skip

    def _facts_of(self, days: Account, month: Account, free: str, free_words: str) -> list[Fact]:
        return [
            Fact(
                "urgent",
                burden_words.figure("urgent", 0),
                self.tr("{n}件").format(n=month.urgent),
                self.tr("均须写明紧急事由"),
            ),
            Fact("over", burden_words.figure("over", 0), self.tr("{n}次").format(n=days.over), ""),
            Fact("late", burden_words.figure("late", 0), self.tr("{n}次").format(n=days.late), ""),
            Fact(
                "group", burden_words.figure("group", 0), self.tr("{n}个").format(n=days.groups), self.tr("一单位一群")
            ),
            Fact("free", self.tr("无会日"), free or "—", free_words if free else ""),
            Fact("after_hours", self.tr("8小时外发布"), self.tr("等到上班"), self.tr("紧急除外")),
        ]


def _percent(share: float | None) -> str:
    if share is None:
        return "—"
    text = f"{abs(share) * 100:.1f}".removesuffix(".0")
    return ("-" if share < 0 else "+" if share > 0 else "") + text + "%"
