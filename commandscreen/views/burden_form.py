"""记台账: a meeting held elsewhere, documents, messages after hours or groups closed, noted by hand into the 减负 account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from ..domain.burden import Body, Load
from ..domain.clock import CST
from ..widgets.day_field import DayField
from ..widgets.field import Field
from ..widgets.plain_label import PlainLabel
from ..widgets.segment import Segment
from . import board_rows
from . import format as fmt
from .board_commands import BoardCommands, Tried, Wanted
from .desk import Desk
from .form_drawer import FormDrawer

_MOST = 100_000


class BurdenForm(FormDrawer):
    """What, from whom, its name, when, and how many; the board's rules check it before it leaves."""

    def __init__(self, desk: Desk, commands: BoardCommands, parent: QWidget) -> None:
        super().__init__("", "", parent)
        theme = look.of(self)
        self._desk, self._commands, self._area = desk, commands, 0
        self.title.show_text(self.tr("记减负台账"))
        self.button.setText(self.tr("记下"))
        self._account = PlainLabel("", bold=True, elide=True)
        self.add_row(self.tr("台账"), self._account)
        self.what = Segment([
            (Load.DOCUMENT.value, self.tr("发文")), (Load.MEETING.value, self.tr("会议")),
            (Load.AFTER_HOURS.value, self.tr("8小时外消息")), (Load.GROUP.value, self.tr("清理工作群")),
        ], Load.DOCUMENT.value)  # fmt: skip
        self.what.chosen.connect(self._turn)
        self.add_row(self.tr("记什么"), self.what)
        self.body_of = Segment([
            (Body.PARTY.value, self.tr("党委（市委）")), (Body.GOVERNMENT.value, self.tr("政府")), ("none", self.tr("其他")),
        ], Body.PARTY.value)  # fmt: skip
        self._body_label = self.add_row(self.tr("谁发的"), self.body_of)
        self.name = Field()
        self.name.setMaxLength(120)
        self.name.setAccessibleName(self.tr("名称"))
        self.name.setPlaceholderText(self.tr("文号和标题、会议名称或消息大意"))
        self.add_row(self.tr("名称"), self.name)
        self.day = DayField([], date.today(), self.tr("如 3-16"), past=True)
        self.add_row(self.tr("日期"), self.day)
        self.time = self._small(self.tr("几点"), 5)
        self.add_row(self.tr("几点"), self.time)
        self.count, self.minutes, self.people = (
            self._small(text, 6) for text in (self.tr("几件"), self.tr("开了几分钟"), self.tr("几人参会"))
        )
        self._many = QWidget()
        self._many.setProperty("role", "plain")
        row = QHBoxLayout(self._many)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        self._words: dict[Field, PlainLabel] = {}
        for field in (self.count, self.minutes, self.people):
            self._words[field] = PlainLabel(field.accessibleName(), "secondary", "label")
            row.addWidget(self._words[field])
            row.addWidget(field)
        row.addStretch(1)
        self.add_row(self.tr("数量"), self._many)
        self.sent.connect(self.send)

    def _small(self, name: str, length: int) -> Field:
        field = Field()
        field.setMaxLength(length)
        field.setFixedWidth(look.of(self).px(90))
        field.setAccessibleName(name)
        return field

    def begin(self, area: int, name: str = "") -> None:
        """A new line of an area's account; `name` is the figure one comes from, such as document.party."""
        site, now = self._desk.site, self._desk.now()
        if site is None:
            return
        self._area = area
        self.complain("")
        self._account.show_text(board_rows.area_name(area, site))
        what, _, body = name.partition(".")
        kinds = {"people": Load.MEETING.value, "minutes": Load.MEETING.value, "over": Load.MEETING.value}
        self.what.set_current(kinds.get(what, what))
        self.body_of.set_current(body)
        today = datetime.fromtimestamp(now, CST).date()
        near = [(today, self.tr("今天")), (today - timedelta(days=1), self.tr("昨天"))]
        fresh = DayField(near, today, self.tr("如 3-16"), past=True)
        self.grid.replaceWidget(self.day, fresh)
        self.day.hide()
        self.day.deleteLater()
        self.day = fresh
        self.day.put(today)
        self.time.setText(fmt.clock(now))
        self.name.clear()
        for field, text in ((self.count, "1"), (self.minutes, ""), (self.people, "")):
            field.setText(text)
        self._turn(self.what.current)

    def open(self) -> None:
        """Slides in with the keyboard on the name."""
        super().open()
        self.name.setFocus()

    def _turn(self, what: str) -> None:
        """Only what this kind has: a meeting its minutes and people, groups nobody's."""
        meeting = what == Load.MEETING.value
        for field, shown in ((self.count, not meeting), (self.minutes, meeting), (self.people, meeting)):
            field.setVisible(shown)
            self._words[field].setVisible(shown)
        sent = what in (Load.MEETING.value, Load.DOCUMENT.value)
        self.body_of.setVisible(sent)
        self._body_label.setVisible(sent)

    def send(self) -> None:
        """Ctrl+Enter: into the outbox, so that it is noted without a line too."""
        args = self._args()
        if args is not None:
            wanted = Wanted("burden.note", 0, 0, args, str(args["title"]))
            self._commands.give([wanted], self._given, quiet=True)

    def _args(self) -> dict[str, Any] | None:
        title, at = self.name.text().strip(), self._at()
        if not title:
            self.complain(self.tr("写名称，以后查得到"), self.name)
            return None
        if at is None:
            self.complain(self.tr("写日期和几点，如 3-16 和 9:00"), self.day.field)
            return None
        if at > self._desk.now():
            self.complain(self.tr("还没有发生的不能记"), self.day.field)
            return None
        args: dict[str, Any] = {"what": self.what.current, "title": title, "at": at, "area": self._area}
        if self.body_of.isVisibleTo(self) and self.body_of.current != "none":
            args["body"] = self.body_of.current
        for name, field in (("count", self.count), ("minutes", self.minutes), ("people", self.people)):
            if not field.isVisibleTo(self):
                continue
            text = field.text().strip()
            least = 0 if name == "people" else 1
            if not text.isascii() or not text.isdigit() or not least <= int(text) <= _MOST:
                self.complain(self.tr("{what}要填数").format(what=field.accessibleName()), field)
                return None
            args[name] = int(text)
        return args

    def _at(self) -> int | None:
        day = self.day.day
        try:
            hour, minute = (int(part) for part in self.time.text().replace("：", ":").split(":"))
            return int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=CST).timestamp()) if day else None
        except ValueError:
            return None

    def _given(self, tried: Sequence[Tried]) -> None:
        if tried[0].command is None:
            self.complain(tried[0].why)
        else:
            self.shut()
