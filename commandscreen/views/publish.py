"""Ctrl+Enter: one screen with recipients, near-duplicates, the list check and the hour; Enter publishes, with a result each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from ..domain import hours
from ..domain.task import Task
from ..store.board import Week
from ..widgets.drawer import Drawer
from ..widgets.field import Field
from ..widgets.keycap import KeycapButton
from ..widgets.painted_list import PaintedList
from ..widgets.plain_label import PlainLabel
from ..widgets.publish_row import HEIGHT, PublishRow, paint_publish_row
from . import board_rows, meeting_lines
from . import format as fmt
from .board_commands import Tried, Wanted
from .desk import Desk
from .meeting_hands import MeetingHands
from .questions import Questions
from .reach import ReachList
from .row_list import RowList


class PublishSheet(Drawer):
    """Shows what would happen; after Enter, what did."""

    def __init__(self, desk: Desk, questions: Questions, hands: MeetingHands, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._hands = desk, hands
        self._tasks: tuple[Task, ...] = ()
        self._rows: dict[int, PublishRow] = {}
        self._given = False
        theme = look.of(self)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(4))
        head.setSpacing(theme.px(12))
        self._title = PlainLabel("", size="section", bold=True)
        head.addWidget(self._title)
        self._hour = PlainLabel("", "secondary", "label", elide=True)
        head.addWidget(self._hour, 1)
        close = KeycapButton(self.tr("关闭"), "Esc")
        close.clicked.connect(self.shut)
        head.addWidget(close)
        self.body.addLayout(head)
        self._sum = PlainLabel("", "secondary", "label", elide=True)
        self._sum.setContentsMargins(theme.px(16), 0, theme.px(14), theme.px(8))
        self.body.addWidget(self._sum)
        self.model = RowList(self)
        self.list = PaintedList(HEIGHT, paint_publish_row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("要发布的任务"))
        self.list.activated_row.connect(lambda _: self.publish())
        self.list.current_row_changed.connect(lambda _: self._show_reach())
        self.body.addWidget(self.list, 3)
        self._who = PlainLabel("", "secondary", "label", elide=True)
        self._who.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(4))
        self.body.addWidget(self._who)
        self.reach = ReachList()
        self.body.addWidget(self.reach, 2)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(12))
        foot.setSpacing(theme.px(8))
        self.reason = Field()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(self.tr("不在会上：写明紧急事由，才能会外布置"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        self.reason.returnPressed.connect(self.publish)
        foot.addWidget(self.reason, 1)
        self._foot = PlainLabel("", "secondary", "label", elide=True)
        foot.addWidget(self._foot, 1)
        self._undo = KeycapButton(self.tr("撤销"), "Ctrl Z")
        self._undo.clicked.connect(hands.commands.results.undo)
        foot.addWidget(self._undo)
        self.button = KeycapButton(self.tr("发布"), "Enter", "primary")
        self.button.clicked.connect(self.publish)
        foot.addWidget(self.button)
        self.body.addLayout(foot)
        hands.commands.results.changed.connect(self._fates)

    def open(self) -> None:
        """Slides in and takes the keyboard."""
        super().open()
        self.list.setFocus()

    def show_tasks(self, tasks: Sequence[Task], week: Week) -> None:
        """What publishing these would do; the rules are asked before anything is given."""
        site, now = self._desk.site, self._desk.now()
        if site is None:
            return
        self._tasks, self._given = tuple(tasks), False
        self._title.show_text(self.tr("发布{n}项").format(n=len(tasks)))
        self._hour.show_text(meeting_lines.hour_words(site, now))
        found = meeting_lines.codes(tasks, site)
        copied = meeting_lines.copied_words(found, week.area)
        self._sum.show_text(self.tr("直达 {to}；抄送 {copied}；各项只报一次，已填字段不再要").format(
            to=meeting_lines.addressed_words(found, site), copied=copied))  # fmt: skip
        out = hours.goes_out(now, site.calendar)
        goes = (
            self.tr("立即发出")
            if out <= now
            else self.tr("等到{day} {time}发出").format(day=fmt.date(out), time=fmt.clock(out))
        )
        self._rows = {}
        for task in tasks:
            reach = meeting_lines.codes([task], site)
            alike = meeting_lines.alike(task, week, site, now)
            line = next(
                (d.text for d in site.duties if task.item and (d.list, d.number) == (task.item.list, task.item.number)),
                "",
            )
            self._rows[task.id] = PublishRow(
                task.title, self.tr("直达 {who}").format(who=meeting_lines.addressed_words(reach, site) or "—"),
                self.tr("抄送 {who}，限{date}").format(
                    who=meeting_lines.copied_words(reach, task.area), date=fmt.date(task.due)),
                f"{board_rows.item_words(task)} {line}".strip(), task.item is not None,
                meeting_lines.alike_words(alike, site), bool(alike), goes,
            )  # fmt: skip
        outside = not self._on_meeting
        may = self._hands.may("task.publish", "draft")
        self.reason.setVisible(outside and may)
        self._foot.setVisible(not (outside and may))
        self._foot.show_text(self.tr("只能在会上发布，会外紧急由值班长或中心主任布置") if outside else "")
        self._undo.hide()
        self.button.setEnabled(not outside or may)
        self.button.setText(self.tr("紧急布置") if outside else self.tr("发布"))
        self._show()
        self._hands.commands.weigh(self._wanted("…" * 6), self._weighed)

    @property
    def _on_meeting(self) -> bool:
        """Whether it goes out at a meeting: one that is open or has just ended, chaired from here."""
        meeting = self._hands.meeting
        return meeting is not None and meeting.state.value in ("open", "ended") and self._hands.chairs

    def _wanted(self, reason: str) -> list[Wanted]:
        meeting = self._hands.meeting
        if self._on_meeting and meeting is not None:
            return [Wanted("meeting.publish", meeting.id, 0, {"tasks": [t.id]}, t.title) for t in self._tasks]
        return [Wanted("task.publish", t.id, t.ver, {"urgent": True, "reason": reason}, t.title) for t in self._tasks]

    def _weighed(self, tried: Sequence[Tried]) -> None:
        """What the rules would refuse is said before Enter."""
        if self._given:
            return
        for task, each in zip(self._tasks, tried, strict=True):
            if each.command is None:
                self._rows[task.id] = replace(self._rows[task.id], said=each.why, blocked=True)
        self._show()

    def _show(self) -> None:
        self.model.put([(t.id, self._rows[t.id]) for t in self._tasks])
        if self._tasks and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))
        self._show_reach()

    def _show_reach(self) -> None:
        """Who gets the task in hand, by name."""
        site, row = self._desk.site, self.list.currentIndex().row()
        if site is None or not 0 <= row < len(self._tasks):
            return
        codes = meeting_lines.codes([self._tasks[row]], site)
        self._who.show_text(self.tr("“{title}”的收件方 {n}个").format(title=self._tasks[row].title, n=len(codes)))
        self.reach.show_codes(codes, site)

    # Publishing -----------------------------------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Enter: gives a command for each that the rules allow; each row then says what became of it."""
        if self._given or not self.button.isEnabled():
            return
        reason = self.reason.text().strip()
        if not self._on_meeting and not reason:
            self.reason.setFocus()
            return
        self._given = True
        ready = [t for t in self._tasks if not self._rows[t.id].blocked]
        by_title = [(t, w) for t, w in zip(self._tasks, self._wanted(reason), strict=True) if t in ready]
        if not by_title:
            self._given = False
            return
        order = [t.id for t, _ in by_title]
        self._commands: dict[str, int] = {w.id: t.id for t, w in by_title}
        self._hands.commands.give([w for _, w in by_title], lambda tried: self._done(order, tried), quiet=True)

    def _done(self, order: Sequence[int], tried: Sequence[Tried]) -> None:
        count = 0
        for number, each in zip(order, tried, strict=True):
            row = self._rows[number]
            if each.command is None:
                self._rows[number] = replace(row, said=each.why, blocked=True, fate="denied")
            else:
                count += 1
                self._rows[number] = replace(row, fate="waiting")
        self.reason.hide()
        self._foot.show()
        refused = len(self._tasks) - count
        text = self.tr("已发布{n}项").format(n=count)
        if refused:
            text += self.tr("，{n}项没有发").format(n=refused)
        self._foot.show_text(text)
        self._undo.show()
        self.button.setEnabled(False)
        self._show()

    def _fates(self) -> None:
        """The outbox has moved on: each row's mark follows its command."""
        if not self._given or not self.is_open:
            return
        seen = {e.command.id: e for e in self._hands.commands.results.entries}
        for command_id, number in getattr(self, "_commands", {}).items():
            row = self._rows.get(number)
            if row is None or row.fate in ("", "denied"):
                continue
            entry = seen.get(command_id)
            if entry is None:  # taken back within the time to undo
                self._rows[number] = replace(row, fate="", said=self.tr("已撤销"))
            elif entry.needs_attention:
                why = self._hands.commands.results.why(entry)
                self._rows[number] = replace(row, fate=entry.fate.value, said=why, blocked=True)
            else:
                self._rows[number] = replace(row, fate=entry.fate.value)
        self._show()
