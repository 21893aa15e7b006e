"""A meeting: the weekly one at which tasks are handed down (一次会), or a joint committee's session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from .plain import Line, lines, listed, spare
from .record import Record, RecordKind


class MeetingKind(StrEnum):
    """What meets."""

    WEEKLY = "weekly"  # 一次会, one a week and area
    STREET_COMMITTEE = "street_committee"  # 街道大工委, one a quarter
    COMMUNITY_COMMITTEE = "community_committee"  # 社区大党委, one a quarter


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"  # 已排
    OPEN = "open"  # 会议中
    ENDED = "ended"  # 已结束
    CANCELLED = "cancelled"  # 取消


@dataclass(frozen=True, slots=True)
class Note:
    """A point that was written down (要点)."""

    at: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item: a lane, a committee's own item (`lane` empty) or the last one, 确认发布 (`lane` is `publish`).

    `minutes` were planned and `extra` added; `tasks` are those to talk about or resolved here, by id.
    """

    lane: str
    title: str
    minutes: int
    who: str = ""
    unit: int = 0
    extra: int = 0
    began_at: int = 0
    ended_at: int = 0
    tasks: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Who is invited: `key` is theirs in this meeting; `circle` one of the three circles, or `core`. `came_at` 0 = absent."""

    key: str
    name: str
    post: str = ""
    unit: int = 0
    circle: str = ""
    came_at: int = 0


PUBLISH = "publish"  # the last item's lane, 确认发布


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. Instants are UTC seconds, 0 = not yet; `at` is when it is to begin, `limit` its minutes.

    `lists` is the version of the lists that was in force when it opened, see `lists.version`. `current` is the agenda
    item under way, -1 before the first. `late` and `over` are seconds past the start and past the limit, set at its end.
    `handed_in` is when steps arrived that a desk without a line had kept back, `shut_at` when the server itself ended or
    cancelled it by time.
    """

    id: int
    ver: int
    area: int
    state: MeetingState
    title: str
    at: int
    kind: MeetingKind = MeetingKind.WEEKLY
    limit: int = 60
    chair: int = 0
    chair_name: str = ""
    opened_at: int = 0
    ended_at: int = 0
    late: int = 0
    over: int = 0
    lists: str = ""
    current: int = -1
    agenda: tuple[AgendaItem, ...] = ()
    members: tuple[Member, ...] = ()
    published: tuple[int, ...] = ()
    published_at: int = 0
    reviewed: tuple[int, ...] = ()
    look_at: int = 0
    handed_in: int = 0
    shut_at: int = 0
    reason: str = ""
    demo: bool = False
    log: tuple[Line, ...] = ()
    changed_at: int = 0
    shares: tuple[str, ...] = ()

    @property
    def present(self) -> int:
        """How many came."""
        return sum(1 for m in self.members if m.came_at)

    @property
    def item(self) -> AgendaItem | None:
        """The item under way."""
        return self.agenda[self.current] if 0 <= self.current < len(self.agenda) else None

    @property
    def tasks(self) -> tuple[int, ...]:
        """Every task on its agenda, in order."""
        return tuple(t for item in self.agenda for t in item.tasks)

    def left(self, now: int) -> int:
        """Seconds left of the whole meeting; negative when over-long."""
        return self.opened_at + self.limit * 60 - now if self.opened_at else self.limit * 60

    def item_left(self, now: int) -> int:
        """Seconds left of the item under way; negative when it runs over."""
        item = self.item
        return item.began_at + (item.minutes + item.extra) * 60 - now if item else 0

    def said(self, now: int, kind: str, name: str, words: str = "", **changes: Any) -> Meeting:
        """With other values, one more line of its log, and one version later."""
        return replace(self, ver=self.ver + 1, changed_at=now, log=(*self.log, Line(now, kind, name, words)), **changes)

    def record(self) -> Record:
        """As it is kept and sent."""
        doc = {
            "what": self.kind.value, "limit": self.limit, "chair": self.chair, "chair_name": self.chair_name,
            "opened_at": self.opened_at, "ended_at": self.ended_at, "late": self.late, "over": self.over,
            "lists": self.lists, "current": self.current + 1,
            "agenda": [
                [i.lane, i.title, i.minutes, i.who, i.unit, i.extra, i.began_at, i.ended_at, list(i.tasks),
                 [[n.at, n.name, n.text] for n in i.notes]] for i in self.agenda
            ],
            "members": [[m.key, m.name, m.post, m.unit, m.circle, m.came_at] for m in self.members],
            "published": list(self.published), "published_at": self.published_at, "reviewed": list(self.reviewed),
            "handed_in": self.handed_in, "shut_at": self.shut_at,
            "reason": self.reason, "demo": self.demo, "log": listed(self.log),
        }  # fmt: skip
        return Record(self.id, RecordKind.MEETING, self.area, self.ver, 0, self.at, self.look_at, self.state.value,
                      self.title, self.changed_at, self.shares, spare(doc))  # fmt: skip


def meeting_of(record: Record) -> Meeting:
    """The meeting a record holds. Raises ValueError, KeyError or TypeError for a record that holds none."""
    d = record.doc
    agenda = tuple(
        AgendaItem(lane, title, minutes, who, unit, extra, began, ended, tuple(tasks), tuple(Note(*n) for n in notes))
        for lane, title, minutes, who, unit, extra, began, ended, tasks, notes in d.get("agenda", ())
    )
    return Meeting(
        id=record.id, ver=record.ver, area=record.area, state=MeetingState(record.state), title=record.title,
        at=record.at, kind=MeetingKind(d["what"]), limit=d.get("limit", 60), chair=d.get("chair", 0),
        chair_name=d.get("chair_name", ""), opened_at=d.get("opened_at", 0), ended_at=d.get("ended_at", 0),
        late=d.get("late", 0), over=d.get("over", 0), lists=d.get("lists", ""), current=d.get("current", 0) - 1,
        agenda=agenda, members=tuple(Member(*m) for m in d.get("members", ())), published=tuple(d.get("published", ())),
        published_at=d.get("published_at", 0), reviewed=tuple(d.get("reviewed", ())), look_at=record.due_at,
        handed_in=d.get("handed_in", 0), shut_at=d.get("shut_at", 0), reason=d.get("reason", ""),
        demo=d.get("demo", False), log=lines(d.get("log", ())), changed_at=record.changed_at, shares=record.shares,
    )  # fmt: skip
