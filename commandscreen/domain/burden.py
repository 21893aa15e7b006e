"""The 减负 account: every meeting, document, task outside a meeting and message after hours is one line to drill to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from .plain import Line, lines, listed, spare
from .record import Record, RecordKind


class Load(StrEnum):
    """What weighs on those below."""

    MEETING = "meeting"  # 会议
    DOCUMENT = "document"  # 发文
    URGENT = "urgent"  # 会外布置
    AFTER_HOURS = "after_hours"  # 8小时外发布·消息
    GROUP = "group"  # 工作群清理, `count` of them closed


class Body(StrEnum):
    """Who called or wrote it."""

    NONE = ""
    PARTY = "party"  # 市委（党委）
    GOVERNMENT = "government"  # 市政府（政府）
    CENTRE = "centre"  # 治理中心: 一次会


class BurdenState(StrEnum):
    """Whether a line counts."""

    COUNTED = "counted"
    STRUCK = "struck"  # 误记划去


@dataclass(frozen=True, slots=True)
class Burden:
    """One line. `at` is when it happened (UTC seconds); `about` the meeting or task it stems from. `minutes`, `people`
    (who attended), `late` and `over` (seconds) belong to meetings; `count` is 1 but for groups."""

    id: int
    ver: int
    area: int
    state: BurdenState
    what: Load
    title: str
    at: int
    body: Body = Body.NONE
    minutes: int = 0
    people: int = 0
    late: int = 0
    over: int = 0
    count: int = 1
    about: int = 0
    by: int = 0
    name: str = ""
    reason: str = ""
    demo: bool = False
    log: tuple[Line, ...] = ()
    changed_at: int = 0
    shares: tuple[str, ...] = ()

    def said(self, now: int, kind: str, name: str, words: str = "", **changes: Any) -> Burden:
        """With other values, one more line of its log, and one version later."""
        return replace(self, ver=self.ver + 1, changed_at=now, log=(*self.log, Line(now, kind, name, words)), **changes)

    def record(self) -> Record:
        """As it is kept and sent."""
        doc = {
            "what": self.what.value, "body": self.body.value, "minutes": self.minutes, "people": self.people,
            "late": self.late, "over": self.over, "count": self.count, "by": self.by, "name": self.name,
            "reason": self.reason, "demo": self.demo, "log": listed(self.log),
        }  # fmt: skip
        return Record(self.id, RecordKind.BURDEN, self.area, self.ver, self.about, self.at, 0, self.state.value,
                      self.title, self.changed_at, self.shares, spare(doc))  # fmt: skip


def burden_of(record: Record) -> Burden:
    """The line a record holds. Raises ValueError or KeyError for a record that holds none."""
    d = record.doc
    return Burden(
        id=record.id, ver=record.ver, area=record.area, state=BurdenState(record.state), what=Load(d["what"]),
        title=record.title, at=record.at, body=Body(d.get("body", "")), minutes=d.get("minutes", 0),
        people=d.get("people", 0), late=d.get("late", 0), over=d.get("over", 0), count=d.get("count", 1),
        about=record.parent, by=d.get("by", 0), name=d.get("name", ""), reason=d.get("reason", ""),
        demo=d.get("demo", False), log=lines(d.get("log", ())), changed_at=record.changed_at, shares=record.shares,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """The sums of a span of time; `late` and `over` count meetings that began late or outlasted their limit."""

    meetings: Mapping[Body, int]
    documents: Mapping[Body, int]
    minutes: int = 0
    people: int = 0
    late: int = 0
    over: int = 0
    urgent: int = 0
    after_hours: int = 0
    groups: int = 0

    @property
    def meetings_all(self) -> int:
        """Meetings of whatever body."""
        return sum(self.meetings.values())

    @property
    def documents_all(self) -> int:
        """Documents of whatever body."""
        return sum(self.documents.values())


def account(found: Iterable[Burden], start: int, end: int) -> Account:
    """The sums over lines that count, filed from `start` to before `end` (UTC seconds)."""
    kept = [b for b in found if b.state is BurdenState.COUNTED and start <= b.at < end]
    met = [b for b in kept if b.what is Load.MEETING]
    return Account(
        meetings={body: sum(1 for b in met if b.body is body) for body in Body},
        documents={body: sum(b.count for b in kept if b.what is Load.DOCUMENT and b.body is body) for body in Body},
        minutes=sum(b.minutes for b in met), people=sum(b.people for b in met),
        late=sum(1 for b in met if b.late > 0), over=sum(1 for b in met if b.over > 0),
        urgent=sum(1 for b in kept if b.what is Load.URGENT),
        after_hours=sum(b.count for b in kept if b.what is Load.AFTER_HOURS),
        groups=sum(b.count for b in kept if b.what is Load.GROUP),
    )  # fmt: skip


def change(now: int, before: int) -> float | None:
    """同比: the share by which a figure differs from last year's, -0.12 for 12 % less; None where there was none."""
    return (now - before) / before if before else None
