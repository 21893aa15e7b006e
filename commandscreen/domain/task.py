"""A task of the board: what a bureau wants done, by whom, until when, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from .plain import Line, lines, listed, spare
from .record import Record, RecordKind


class Lane(StrEnum):
    """The four lanes under which tasks are handed down."""

    PARTY = "party"  # 党建
    ECONOMY = "economy"  # 经济
    SOCIETY = "society"  # 社会
    LIVELIHOOD = "livelihood"  # 民生


class TaskState(StrEnum):
    """Where a task stands."""

    DRAFT = "draft"  # 待布置
    WAITING = "waiting"  # 已发布，等到8:00
    ACTIVE = "active"  # 进行中
    REVIEW = "review"  # 待验收
    DONE = "done"  # 已完成
    RETURNED = "returned"  # 退回提出部门
    OWN = "own"  # 部门自办
    WITHDRAWN = "withdrawn"  # 撤回


class Column(StrEnum):
    """The four columns of the board."""

    TODO = "todo"  # 待布置
    DOING = "doing"  # 进行中
    REVIEW = "review"  # 待验收
    DONE = "done"  # 已完成


COLUMN_OF: Mapping[TaskState, Column | None] = {
    TaskState.DRAFT: Column.TODO,
    TaskState.WAITING: Column.TODO,
    TaskState.RETURNED: Column.TODO,
    TaskState.ACTIVE: Column.DOING,
    TaskState.OWN: Column.DOING,
    TaskState.REVIEW: Column.REVIEW,
    TaskState.DONE: Column.DONE,
    TaskState.WITHDRAWN: None,
}


class FieldKind(StrEnum):
    """What a field of a report holds."""

    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One thing a report is asked for. `key` names it across tasks: what is known under it is not asked again."""

    key: str
    label: str
    kind: FieldKind = FieldKind.NUMBER


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the lists a task stands on; `list` also may be `admitted`, an item that was let in (申请准入)."""

    list: str
    number: int


ADMITTED = "admitted"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many recipients, and how many of them have come how far. `accepted` ⊆ `reported` ⊆ `signed` ⊆ `total`."""

    total: int = 0
    signed: int = 0
    reported: int = 0
    accepted: int = 0
    asked: int = 0  # open requests for time

    def plus(self, before: Counts, after: Counts) -> Counts:
        """These counts after one receipt went from `before` to `after`."""
        return Counts(*(mine + b - a for mine, a, b in zip(self.row(), before.row(), after.row(), strict=True)))

    def row(self) -> tuple[int, int, int, int, int]:
        """As five numbers."""
        return self.total, self.signed, self.reported, self.accepted, self.asked


NONE = Counts()


@dataclass(frozen=True, slots=True)
class Urgent:
    """会外紧急: why it could not wait, who said so, and what the next meeting thought of it."""

    reason: str
    by: int
    name: str
    at: int
    reviewed_at: int = 0
    proper: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One task. Instants are UTC seconds, 0 = not yet; `area` is the board it hangs on.

    `to` are division or grid codes and groups such as `2103/street`, see `recipients`; after publishing, a long list
    is dropped: the receipts say who got it. `source` is the case or record it came from (`source_name` as shown), `cause`
    the class of the problem pool that is its root cause (起因), and `meeting` the one that has it on its agenda or
    published it. `publish_at` is when a waiting one goes out. `due` is the deadline of its recipients. `copied` are the
    divisions between board and recipients that see it without being asked (抄送), since it went out. `counts` is over
    those it was published to; `sums` adds up their numbers by key.
    """

    id: int
    ver: int
    area: int
    state: TaskState
    title: str
    lane: Lane
    at: int
    due: int
    text: str = ""
    to: tuple[str, ...] = ()
    unit: int = 0
    by: int = 0
    name: str = ""
    item: Item | None = None
    fields: tuple[FieldSpec, ...] = ()
    source: int = 0
    source_name: str = ""
    source_state: str = ""
    cause: int = 0
    meeting: int = 0
    resolution: int = 0
    publish_at: int = 0
    published_at: int = 0
    done_at: int = 0
    urgent: Urgent | None = None
    counts: Counts = NONE
    sums: Mapping[str, float] = field(default_factory=dict)
    carried: int = 0
    admission: int = 0
    missed: tuple[int, ...] = ()
    copied: tuple[int, ...] = ()
    reason: str = ""
    demo: bool = False
    log: tuple[Line, ...] = ()
    changed_at: int = 0
    shares: tuple[str, ...] = ()

    @property
    def column(self) -> Column | None:
        """Its column; None for one that was withdrawn."""
        return COLUMN_OF[self.state]

    @property
    def published(self) -> bool:
        """Whether it went out, or will at its hour."""
        return self.state in (TaskState.WAITING, TaskState.ACTIVE, TaskState.REVIEW) or bool(self.published_at)

    @property
    def flagged(self) -> bool:
        """会外紧急 that no meeting has reviewed yet."""
        return self.urgent is not None and not self.urgent.reviewed_at

    def said(self, now: int, kind: str, name: str, words: str = "", **changes: Any) -> Task:
        """With other values, one more line of its log, and one version later."""
        return replace(self, ver=self.ver + 1, changed_at=now, log=(*self.log, Line(now, kind, name, words)), **changes)

    def record(self) -> Record:
        """As it is kept and sent."""
        u = self.urgent
        doc = {
            "lane": self.lane.value, "due": self.due, "text": self.text, "to": list(self.to), "unit": self.unit,
            "by": self.by, "name": self.name, "item": [self.item.list, self.item.number] if self.item else None,
            "fields": [[f.key, f.label, f.kind.value] for f in self.fields], "source_name": self.source_name,
            "source_state": self.source_state, "cause": self.cause,
            "meeting": self.meeting, "resolution": self.resolution, "published_at": self.published_at,
            "done_at": self.done_at, "carried": self.carried, "admission": self.admission, "missed": list(self.missed),
            "urgent": [u.reason, u.by, u.name, u.at, u.reviewed_at, u.proper, u.note] if u else None,
            "counts": list(self.counts.row()) if any(self.counts.row()) else None,
            "copied": list(self.copied), "sums": dict(self.sums), "reason": self.reason,
            "demo": self.demo, "log": listed(self.log),
        }  # fmt: skip
        return Record(self.id, RecordKind.TASK, self.area, self.ver, self.source, self.at, self.publish_at,
                      self.state.value, self.title, self.changed_at, self.shares, spare(doc))  # fmt: skip


def task_of(record: Record) -> Task:
    """The task a record holds. Raises ValueError, KeyError or TypeError for a record that holds none."""
    d = record.doc
    item, urgent = d.get("item"), d.get("urgent")
    return Task(
        id=record.id, ver=record.ver, area=record.area, state=TaskState(record.state), title=record.title,
        lane=Lane(d["lane"]), at=record.at, due=d.get("due", 0), text=d.get("text", ""), to=tuple(d.get("to", ())),
        unit=d.get("unit", 0), by=d.get("by", 0), name=d.get("name", ""), item=Item(*item) if item else None,
        fields=tuple(FieldSpec(key, label, FieldKind(kind)) for key, label, kind in d.get("fields", ())),
        source=record.parent, source_name=d.get("source_name", ""), source_state=d.get("source_state", ""),
        cause=d.get("cause", 0), meeting=d.get("meeting", 0), resolution=d.get("resolution", 0), publish_at=record.due_at,
        published_at=d.get("published_at", 0), done_at=d.get("done_at", 0),
        urgent=Urgent(*urgent) if urgent else None, counts=Counts(*d.get("counts", ())), sums=dict(d.get("sums", {})),
        carried=d.get("carried", 0),
        admission=d.get("admission", 0), missed=tuple(d.get("missed", ())),
        copied=tuple(d.get("copied", ())), reason=d.get("reason", ""),
        demo=d.get("demo", False), log=lines(d.get("log", ())), changed_at=record.changed_at, shares=record.shares,
    )  # fmt: skip
