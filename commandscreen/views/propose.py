"""提任务: lane, title, list item, recipients, deadline and what is to be reported; or one given at once outside a meeting."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from .. import theme as look
from ..domain import lists, near, recipients
from ..domain.clock import CST
from ..domain.command import Bad
from ..domain.division import Level, contains
from ..domain.meeting import Meeting, MeetingKind, MeetingState
from ..domain.pinyin import find
from ..domain.record import record_id
from ..domain.task import Task
from ..store.board import Week
from ..widgets.day_field import DayField
from ..widgets.field import Field
from ..widgets.plain_label import PlainLabel
from ..widgets.recipient_field import RecipientField
from ..widgets.segment import Segment
from ..widgets.type_ahead import Offer, TypeAhead
from . import board_rows, board_words, meeting_lines
from . import format as fmt
from .board_commands import BoardCommands, Tried, Wanted
from .desk import Desk
from .form_drawer import FormDrawer
from .questions import Questions

CHOSEN = "chosen"
DUE_HOUR = 17
_LISTS = ("main_duty", "assist_duty", "certificate_kept")
_SPLIT = re.compile(r"[、,，;；\n]+")


class ProposeForm(FormDrawer):
    """A new task, a change of a draft, or 会外紧急: then it is published at once with its reason."""

    def __init__(self, desk: Desk, questions: Questions, commands: BoardCommands, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self._desk, self._questions, self._commands = desk, questions, commands
        self._week: Week | None = None
        self._task: Task | None = None
        self._urgent = False
        self._source = self._cause = 0
        theme = look.of(self)
        self.lane = Segment([(n.value, board_words.lane(n)) for n in board_rows.LANES], board_rows.LANES[0].value)
        self._lane = board_rows.LANES[0].value
        self.lane.chosen.connect(self._set_lane)
        self.add_row(self.tr("归口"), self.lane)
        self.name = Field()
        self.name.setMaxLength(60)
        self.name.setAccessibleName(self.tr("任务名称"))
        self.name.textChanged.connect(lambda _: self._show_alike())
        self.add_row(self.tr("任务"), self.name)
        self._alike = PlainLabel("", "secondary", "label", elide=True)
        self.add_row("", self._alike)
        self.cause = PlainLabel("", elide=True)
        self._cause_label = self.add_row(self.tr("起因"), self.cause)
        self.item = TypeAhead(self.tr("清单第几项，写字、拼音或数字；清单外留空"), self._items)
        self.add_row(self.tr("依据"), self.item)
        self.to = RecipientField(
            [("township", self.tr("全部乡镇（街道）")), ("street", self.tr("全部街道")), ("all", self.tr("全部村（社区）")),
             (CHOSEN, self.tr("指定"))],
            CHOSEN, self.tr("乡镇、街道、村或社区的名字"), self._places, self._count,
        )  # fmt: skip
        self.add_row(self.tr("直达"), self.to)
        self.due = DayField([], date.today(), self.tr("如 3-27"))
        self._due_row = self.grid.rowCount()
        self.add_row(self.tr("期限"), self.due)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("要求"))
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(theme.px(96))
        self.add_row(self.tr("要求"), self.text)
        self.fields = Field()
        self.fields.setMaxLength(200)
        self.fields.setAccessibleName(self.tr("要报的数"))
        self.fields.setPlaceholderText(self.tr("如：排查户数、隐患处数；户数、网格数不必再要"))
        self.add_row(self.tr("要报的数"), self.fields)
        self.reason = Field()
        self.reason.setMaxLength(200)
        self.reason.setAccessibleName(self.tr("紧急事由"))
        self.reason.setPlaceholderText(self.tr("为何等不到下次会，写给下次会复核"))
        self._reason_label = self.add_row(self.tr("紧急事由"), self.reason)
        self._hour = PlainLabel("", "tertiary", "label", elide=True)
        self.add_row("", self._hour)
        self.sent.connect(self.send)

    # Beginning ----------------------------------------------------------------------------------------------------------------

    def begin(self, week: Week | None, urgent: bool, source: int = 0, title: str = "", cause: int = 0) -> None:
        """A new task; `source` is the case it comes from, `cause` the class of the problem pool that is its root."""
        self._week, self._task, self._urgent = week, None, urgent
        self._source, self._cause = source, cause
        session = self._session
        name = self.tr("提任务") if session is None else self.tr("记决议，成为任务")
        self.title.show_text(self.tr("会外紧急布置") if urgent else name)
        self.button.setText(self.tr("紧急布置") if urgent else self.tr("提出"))
        if title:
            self.name.setText(title)
        self._dress()

    def edit(self, task: Task) -> None:
        """A draft to be changed."""
        self._task, self._urgent = task, False
        self._source, self._cause = 0, task.cause
        self.title.show_text(self.tr("改任务"))
        self.button.setText(self.tr("存改动"))
        self._set_lane(task.lane.value)
        self.name.setText(task.title)
        self.item.put(0, "")
        if task.item is not None and task.item.list in _LISTS:
            self.item.put(_code(task.item.list, task.item.number), board_words.item(task.item.list, task.item.number))
        self.text.setPlainText(task.text)
        self.fields.setText(self.tr("、").join(f.label for f in task.fields))
        groups = [t.partition("/")[2] for t in task.to if "/" in t]
        site = self._desk.site
        if groups and groups[0] in ("township", "street", "all"):
            self.to.put(groups[0])
        elif site is not None:
            self.to.put(CHOSEN, [(int(c), board_rows.area_name(int(c), site)) for c in task.to if c.isdigit()])
        self._dress()
        self.due.put(datetime.fromtimestamp(task.due, CST).date())

    def _dress(self) -> None:
        """Near days from now on, the fields that an urgent one has beside, and the hour it would go out."""
        now = self._desk.now()
        today = datetime.fromtimestamp(now, CST).date()
        friday = today + timedelta(days=(4 - today.weekday()) % 7)
        near_days = [(friday, self.tr("本周五")), (friday + timedelta(days=7), self.tr("下周五")),
                     (_month_end(today), self.tr("月底"))]  # fmt: skip
        if self._urgent:
            near_days = [(today, self.tr("今天")), (today + timedelta(days=1), self.tr("明天")), *near_days[:1]]
        fresh = DayField(near_days, today, self.tr("如 3-27"))
        fresh.put(self.due.day)
        self.grid.replaceWidget(self.due, fresh)
        self.due.hide()
        self.due.deleteLater()
        self.due = fresh
        for widget in (self.reason, self._reason_label, self._hour):
            widget.setVisible(self._urgent)
        site = self._desk.site
        self.cause.show_text(board_rows.cause(self._cause, site) if self._cause and site else "")
        for label in (self.cause, self._cause_label):
            label.setVisible(bool(self._cause))
        self._hour.show_text(self.tr("立即发出，不等上班时间；记入会外布置，下次会复核。"))
        self.complain("")
        self.name.setFocus()

    def open(self) -> None:
        """Slides in with the keyboard on the title."""
        super().open()
        self.name.setFocus()

    # What is offered ----------------------------------------------------------------------------------------------------------

    def _set_lane(self, name: str) -> None:
        self._lane = name
        self.lane.set_current(name)

    def _items(self, text: str) -> list[Offer]:
        site = self._desk.site
        if site is None:
            return []
        found = [d for d in site.duties if d.list in _LISTS and (find(text, d.text) or text == str(d.number)
                 or find(text, board_words.item(d.list, d.number)))]  # fmt: skip
        if not found:
            found = list(lists.suggested(text, site))
        return [Offer(_code(d.list, d.number), f"{board_words.item(d.list, d.number)} {d.text}") for d in found[:8]]

    def _places(self, text: str) -> list[Offer]:
        site, area = self._desk.site, self._area
        if site is None:
            return []
        found = []
        for division in site.divisions.values():
            if (
                division.level in (Level.TOWNSHIP, Level.COMMUNITY)
                and contains(area, division.code)
                and find(text, division.name)
            ):
                parent = site.divisions.get(division.parent)
                found.append(Offer(division.code, division.name, parent.name if parent else ""))
                if len(found) == 8:
                    break
        return found

    @property
    def _area(self) -> int:
        actor = self._desk.actor
        return self._task.area if self._task else actor.area if actor else 0

    def _to(self) -> list[str]:
        if self.to.scope == CHOSEN:
            return [str(code) for code in self.to.codes]
        return [f"{self._area}/{self.to.scope}"]

    def _count(self, scope: str, codes: Sequence[int]) -> str:
        site = self._desk.site
        if site is None or not self._area:
            return ""
        to = [str(c) for c in codes] if scope == CHOSEN else [f"{self._area}/{scope}"]
        try:
            found = recipients.expand(to, self._area, site)
        except Bad:
            return self.tr("有收件方已撤并")
        return meeting_lines.addressed_words(set(found), site)

    def _show_alike(self) -> None:
        site, title = self._desk.site, self.name.text().strip()
        if site is None or len(title) < 3 or self._week is None:
            self._alike.show_text("")
            return
        mine = self._task.id if self._task else 0
        alike = near.near(
            title, [t for t in (*self._week.past, *self._week.tasks) if t.id != mine], site.settings.near_share
        )
        self._alike.show_text(meeting_lines.alike_words(alike, site) if alike else "")
        if not self.item.value and not self.item.field.text():
            best = lists.suggested(title, site, 1)
            self.item.field.setPlaceholderText(self.tr("像是{item}，写字、拼音或数字改选").format(
                item=f"{board_words.item(best[0].list, best[0].number)} {best[0].text}") if best
                else self.tr("清单第几项，写字、拼音或数字；清单外留空"))  # fmt: skip

    # Sending ------------------------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Ctrl+Enter: proposes it, changes it, or hands it down at once."""
        title, day, to = self.name.text().strip(), self.due.day, self._to()
        if not title:
            self.complain(self.tr("写任务名称"), self.name)
            return
        if not to:
            self.complain(self.tr("指定收件的乡镇、街道、村或社区"), self.to.search.field)
            return
        if day is None:
            self.complain(self.tr("写期限，如 3-27"), self.due.field)
            return
        reason = self.reason.text().strip()
        if self._urgent and not reason:
            self.complain(self.tr("写紧急事由，下次会要复核"), self.reason)
            return
        due = int(datetime(day.year, day.month, day.day, DUE_HOUR, tzinfo=CST).timestamp())
        args: dict[str, Any] = {"lane": self._lane, "title": title, "to": to, "due": due}
        if self.item.value:
            args["item"] = list(_item(self.item.value))
        elif self._task is not None and self._task.item is not None:
            args["item"] = None
        if text := self.text.toPlainText().strip():
            args["text"] = text[:2000]
        labels = [w.strip() for w in _SPLIT.split(self.fields.text()) if w.strip()]
        if labels:
            args["fields"] = [[self._key(label), label, "number"] for label in labels]
        if self._source:
            args["source"] = self._source
        if self._cause and self._task is None:  # an edit leaves it as it is
            args["cause"] = self._cause
        if self._task is not None:
            self._commands.give(
                [Wanted("task.edit", self._task.id, self._task.ver, args, title)], self._given, quiet=True
            )
            return
        meeting = self._session
        if meeting is not None:
            args["number"] = max(0, meeting.current)
            self._commands.give(
                [Wanted("meeting.resolve", meeting.id, meeting.ver, args, title)], self._given, quiet=True
            )
            return
        made = Wanted("task.propose", 0, 0, args, title, str(uuid.uuid4()))
        wanted = [made]
        if self._urgent:
            number = record_id(made.id)
            wanted.append(Wanted("task.publish", number, 0, {"urgent": True, "reason": reason}, title))
        self._commands.give(wanted, self._given, quiet=True)

    @property
    def _session(self) -> Meeting | None:
        """A joint committee's session under way, whose resolutions become tasks."""
        meeting = self._week.meeting if self._week and not self._urgent else None
        open_session = (
            meeting is not None and meeting.state is MeetingState.OPEN and meeting.kind is not MeetingKind.WEEKLY
        )
        return meeting if open_session else None

    def _key(self, label: str) -> str:
        """A field's key: what the site knows has a name of its own, so that it is not asked."""
        known = {self.tr("户数"): "households", self.tr("网格数"): "grids", self.tr("网格员数"): "grid_workers",
                 self.tr("社区数"): "communities"}  # fmt: skip
        return known.get(label, label)

    def _given(self, tried: Sequence[Tried]) -> None:
        refused = next((t for t in tried if t.command is None), None)
        if refused is not None:
            self.complain(refused.why)
            return
        for field in (self.name, self.reason, self.fields):
            field.clear()
        self.text.clear()
        self.item.put(0, "")
        self.shut()
        self._commands.results.say(
            self.tr("已紧急布置：{title}").format(title=tried[0].wanted.name) if self._urgent
            else self.tr("已存：{title}，{time}").format(title=tried[0].wanted.name, time=fmt.clock(self._desk.now()))
        )  # fmt: skip


def _code(listed: str, number: int) -> int:
    """A list item as one number, for a type-ahead."""
    return (_LISTS.index(listed) + 1) * 1000 + number


def _item(code: int) -> tuple[str, int]:
    return _LISTS[code // 1000 - 1], code % 1000


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
