"""排会 and 到会: when a meeting is, what its items get in minutes, and who has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from ..domain import hours
from ..domain.agenda import fitting, quarterly, weekly
from ..domain.clock import CST
from ..domain.meeting import PUBLISH, AgendaItem, Meeting, MeetingKind, MeetingState
from ..store.board import Week
from ..widgets.agenda_field import AgendaField
from ..widgets.day_field import DayField
from ..widgets.field import Field
from ..widgets.painted_list import PaintedList
from ..widgets.plain_label import PlainLabel
from ..widgets.receipt_row import HEIGHT, ReceiptRow, paint_receipt_row
from ..widgets.segment import Segment
from . import board_rows, board_words, words
from . import format as fmt
from .board_commands import BoardCommands, Tried, Wanted
from .desk import Desk
from .form_drawer import FormDrawer
from .row_list import RowList

USUAL = "9:00"


class PlanForm(FormDrawer):
    """Books or changes a meeting, or takes attendance: Space says that somebody came or did not."""

    def __init__(self, desk: Desk, commands: BoardCommands, parent: QWidget) -> None:
        super().__init__("", "", parent)
        theme = look.of(self)
        self._desk, self._commands = desk, commands
        self._meeting: Meeting | None = None
        self._kind = MeetingKind.WEEKLY
        self._items: tuple[AgendaItem, ...] = ()
        self.kind = Segment([(k.value, board_words.meeting_kind(k)) for k in MeetingKind], MeetingKind.WEEKLY.value)
        self.kind.chosen.connect(self._set_kind)
        self._kind_label = self.add_row(self.tr("会议"), self.kind)
        self.day = DayField([], date.today(), self.tr("如 3-16"))
        self._day_label = self.add_row(self.tr("日期"), self.day)
        self.time = Field()
        self.time.setMaxLength(5)
        self.time.setFixedWidth(theme.px(90))
        self.time.setAccessibleName(self.tr("几点"))
        self.time.setText(USUAL)
        self._time_label = self.add_row(self.tr("几点"), self.time)
        self._agenda = QWidget()
        self._agenda.setProperty("role", "plain")
        self._agenda_row = QHBoxLayout(self._agenda)
        self._agenda_row.setContentsMargins(0, 0, 0, 0)
        self._agenda_label = self.add_row(self.tr("各项几分"), self._agenda)
        self.minutes: list[Field] = []
        self.topics = AgendaField(self.tr("议题，留空即去掉"), self.tr("几分"))
        self._topics_label = self.add_row(self.tr("议题"), self.topics)
        self._free = PlainLabel("", "tertiary", "label", elide=True)
        self.add_row("", self._free)
        self.model = RowList(self)
        self.list = PaintedList(HEIGHT, paint_receipt_row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("到会"))
        self.list.setMinimumHeight(theme.px(420))
        self.list.activated_row.connect(lambda _: self.toggle())
        self.column.insertWidget(1, self.list, 1000)
        self._attending = False
        self.sent.connect(self.send)

    def begin(self, week: Week | None, attendance: bool) -> None:
        """A new meeting, the change of a planned one, or who has come to this one."""
        meeting, actor = week.meeting if week else None, self._desk.actor
        own = meeting is not None and actor is not None and meeting.area == actor.area
        planned = own and meeting is not None and meeting.state is MeetingState.PLANNED
        self._attending = attendance and meeting is not None
        self._meeting = meeting if planned or self._attending else None
        self.complain("")
        form = (self.kind, self._kind_label, self.day, self._day_label, self.time, self._time_label, self._agenda,
                self._agenda_label, self.topics, self._topics_label, self._free)  # fmt: skip
        for widget in form:
            widget.setVisible(not self._attending)
        self.list.setVisible(self._attending)
        if self._attending:
            self.title.show_text(self.tr("到会"))
            self.button.setText(self.tr("全部到会"))
            self._show_members()
            return
        self.title.show_text(self.tr("改会议安排") if planned else self.tr("排会"))
        self.button.setText(self.tr("存改动") if planned else self.tr("排会"))
        self.kind.setEnabled(not planned)
        kinds = [k for k in MeetingKind if actor is not None and fitting(k, actor.area)]
        self.kind.offer([k.value for k in kinds])
        kind = meeting.kind if own and meeting else kinds[-1] if kinds else MeetingKind.WEEKLY
        self.kind.set_current(kind.value)
        self._set_items(meeting.agenda if planned and meeting else ())
        self._dress(meeting if planned else None)

    def refresh(self, week: Week) -> None:
        """The meeting as it is now."""
        if (
            self.is_open
            and self._meeting is not None
            and week.meeting is not None
            and week.meeting.id == self._meeting.id
        ):
            self._meeting = week.meeting
            if self._attending:
                self._show_members()

    def _dress(self, meeting: Meeting | None) -> None:
        site, now = self._desk.site, self._desk.now()
        if site is None:
            return
        today = datetime.fromtimestamp(now, CST).date()
        monday = today + timedelta(days=(7 - today.weekday()) % 7 or 7)
        days = []
        for step in range(3):
            at = int(datetime(monday.year, monday.month, monday.day, 9, tzinfo=CST).timestamp()) + step * 7 * 86_400
            good = hours.next_bookable(at, site)
            day = datetime.fromtimestamp(good, CST).date()
            days.append((day, f"{fmt.date(good)} {fmt.weekday(good)}"))
        fresh = DayField(days, today, self.tr("如 3-16"))
        self.grid.replaceWidget(self.day, fresh)
        self.day.hide()
        self.day.deleteLater()
        self.day = fresh
        self.day.changed.connect(self._check)
        if meeting is not None:
            self._kind = meeting.kind
            self.kind.set_current(meeting.kind.value)
            self.day.put(datetime.fromtimestamp(meeting.at, CST).date())
            self.time.setText(fmt.clock(meeting.at))
        else:
            self.day.put(days[0][0])
        self._show_minutes()
        self._check()

    def _set_kind(self, name: str) -> None:
        self.kind.set_current(name)
        self._set_items(())
        self._show_minutes()

    def _set_items(self, items: Sequence[AgendaItem]) -> None:
        """The kind that is chosen, and its items: those given, or what such a meeting begins with."""
        self._kind = MeetingKind(self.kind.current)
        self._items = tuple(items) or (weekly() if self._kind is MeetingKind.WEEKLY else quarterly())

    def _show_minutes(self) -> None:
        while self._agenda_row.count():
            place = self._agenda_row.takeAt(0)
            if place is not None and (old := place.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.minutes = []
        lanes = self._kind is MeetingKind.WEEKLY
        self.topics.put([(item.title, item.minutes) for item in self._items if item.lane != PUBLISH])
        for item in self._items if lanes else ():
            name = board_rows.agenda_name(item)
            self._agenda_row.addWidget(PlainLabel(name, "secondary", "label"))
            field = Field()
            field.setMaxLength(3)
            field.setFixedWidth(look.of(self).px(52))
            field.setText(str(item.minutes))
            field.setAccessibleName(self.tr("{name}几分钟").format(name=name))
            self._agenda_row.addWidget(field)
            self.minutes.append(field)
        self._agenda_row.addStretch(1)
        for widget in (self._agenda, self._agenda_label):
            widget.setVisible(lanes and not self._attending)
        for widget in (self.topics, self._topics_label):
            widget.setVisible(not lanes and not self._attending)

    def _at(self) -> int | None:
        day = self.day.day
        try:
            hour, minute = (int(part) for part in self.time.text().replace("：", ":").split(":"))
            return int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=CST).timestamp()) if day else None
        except ValueError:
            return None

    def _check(self) -> None:
        """The scheduler's refusal is seen before it is asked."""
        site, at = self._desk.site, self._at()
        if site is None or at is None:
            self._free.show_text("")
            return
        closed = hours.bookable(at, site)
        self._free.show_text(words.record_refusal("meeting", closed.value) if closed else self.tr("这天可以排会"))

    # Attendance -----------------------------------------------------------------------------------------------------------------

    def _show_members(self) -> None:
        meeting = self._meeting
        if meeting is None:
            return
        rows = []
        for member in meeting.members:
            here = bool(member.came_at)
            state = self.tr("{time}到").format(time=fmt.clock(member.came_at)) if here else self.tr("未到")
            detail = " ".join(p for p in (member.post, words.circle(member.circle) if member.circle else "") if p)
            rows.append((member.key, ReceiptRow("done" if here else "", member.name, detail, state)))
        self.model.put(rows)
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))
        self.complain(self.tr("应到{n} 实到{m}，空格改一人").format(n=len(meeting.members), m=meeting.present))

    def toggle(self) -> None:
        """Space: the member in hand has come, or has not."""
        meeting = self._meeting
        key = self.model.key_at(self.list.currentIndex().row())
        if meeting is None or key is None or not self._attending:
            return
        member = next(m for m in meeting.members if m.key == key)
        self._attend([key], not member.came_at)
        self.list.step(1)

    def _attend(self, keys: Sequence[str], here: bool) -> None:
        meeting = self._meeting
        if meeting is not None and keys:
            self._commands.give(
                [Wanted("meeting.attend", meeting.id, 0, {"keys": list(keys), "here": here}, meeting.title)]
            )

    # Sending --------------------------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Ctrl+Enter: books it, stores the change, or says that all have come."""
        meeting = self._meeting
        if self._attending and meeting is not None:
            self._attend([m.key for m in meeting.members if not m.came_at], True)
            return
        at = self._at()
        if at is None:
            self.complain(self.tr("写日期和几点，如 3-16 和 9:00"), self.day.field)
            return
        args: dict[str, Any] = {"at": at}
        agenda = self._given_agenda()
        if agenda is None:
            return
        args["agenda"], args["minutes"] = agenda, sum(entry[2] for entry in agenda)
        if meeting is None:
            args["what"] = self._kind.value
            wanted = Wanted("meeting.plan", 0, 0, args, board_words.meeting_kind(self._kind))
        else:
            wanted = Wanted("meeting.edit", meeting.id, meeting.ver, args, meeting.title)
        self._commands.give([wanted], self._given, quiet=True)

    def _given_agenda(self) -> list[list[Any]] | None:
        """The items as the rules take them; None where one has no minutes. 确认发布 keeps its own."""
        if self._kind is MeetingKind.WEEKLY:
            written = [(i.lane, i.title, f.text().strip()) for i, f in zip(self._items, self.minutes, strict=True)]
        else:
            written = [("", title, minutes) for title, minutes in self.topics.values]
        if not written or not all(n.isascii() and n.isdigit() and int(n) for _, _, n in written):
            self.complain(self.tr("各项几分钟要填数"), self.minutes[0] if self.minutes else self.topics.rows[0][0])
            return None
        known = {(i.lane, i.title): i for i in self._items}
        made: list[list[Any]] = []
        for lane, title, minutes in written:
            was = known.get((lane, title))
            made.append([lane, title, int(minutes), was.who if was else "", was.unit if was else 0])
        made += [[PUBLISH, "", i.minutes, i.who, i.unit] for i in self._items
                 if i.lane == PUBLISH and self._kind is not MeetingKind.WEEKLY]  # fmt: skip
        return made

    def _given(self, tried: Sequence[Tried]) -> None:
        if tried[0].command is None:
            self.complain(tried[0].why)
        else:
            self.shut()
