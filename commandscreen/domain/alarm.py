"""An alarm: a record that names who has to do what by when, as one immutable value with its whole history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from .alarm_types import AlarmRules
from .clock import MINUTE
from .record import Record, RecordKind, bucket_of, record_id


class Standing(StrEnum):
    """How an alarm stands. Shown are all but GUARD and CLOSED."""

    GUARD = "guard"  # waits for its hour; raises the alarm then, if there is cause
    RAISED = "raised"  # 未确认
    ACKED = "acked"  # 已确认, the cause is still there
    GONE = "gone"  # 已恢复未确认: 1 and 2 latch
    SHELVED = "shelved"  # 搁置
    CLOSED = "closed"


LIVE = (Standing.RAISED, Standing.ACKED, Standing.GONE, Standing.SHELVED)
UNSEEN = (Standing.RAISED, Standing.GONE)
LOG_MAX, FLIPS_MAX = 200, 50
_SOURCES = 2**53


@dataclass(frozen=True, slots=True)
class LogLine:
    """Who did what to the alarm, when; `who` is a person's id, 0 for the server."""

    at: int
    what: str
    who: int = 0
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. Instants are UTC seconds, 0 = not yet.

    `kind` is a key of the site's registry; `case` the case it hangs on, 0 for none; `source` names what raised it, so that
    its going, coming back and chattering are known; `cause` is place and category, by which a flood is grouped. `on` says
    that the cause is there; `until` when its actor should be done; `count` how often it came. `held_until` ends a chatter,
    `shelf_until` a shelving, `escalate_at` the patience for one nobody acknowledged.
    """

    id: int
    ver: int
    area: int
    grid: int
    kind: str
    level: int
    title: str
    place: str
    at: int
    standing: Standing
    case: int = 0
    class_id: int = 0
    cause: str = ""
    source: str = ""
    note: str = ""
    confidence: float = 0.0
    photos: tuple[str, ...] = ()
    until: int = 0
    on: bool = True
    count: int = 1
    flips: tuple[int, ...] = ()
    held_until: int = 0
    shelf_until: int = 0
    escalate_at: int = 0
    escalated_at: int = 0
    acked_at: int = 0
    acked_by: str = ""
    log: tuple[LogLine, ...] = ()

    @property
    def unseen(self) -> bool:
        """Whether nobody has acknowledged it yet."""
        return self.standing in UNSEEN

    @property
    def live(self) -> bool:
        """Whether it is to be seen at all."""
        return self.standing in LIVE

    @property
    def due_at(self) -> int:
        """When the server has to look at it again; 0 = never."""
        waits = (
            self.held_until,
            self.shelf_until if self.standing is Standing.SHELVED else 0,
            self.escalate_at if self.unseen else 0,
        )
        if self.standing is Standing.GUARD:
            return self.until
        return min((w for w in waits if w), default=0) if self.live else 0


_DOC = (
    "grid", "kind", "level", "place", "class_id", "cause", "source", "note", "confidence", "until", "on", "count",
    "held_until", "shelf_until", "escalate_at", "escalated_at", "acked_at", "acked_by",
)  # fmt: skip


def alarm_of(record: Record) -> Alarm:
    """The alarm of a record. Raises ValueError, KeyError or TypeError for a record that is none."""
    doc: Mapping[str, Any] = record.doc
    return Alarm(
        id=record.id, ver=record.ver, area=record.area, title=record.title, at=record.at,
        case=record.parent if record.parent > -_SOURCES else 0,
        standing=Standing(record.state), photos=tuple(map(str, doc["photos"])), flips=tuple(map(int, doc["flips"])),
        log=tuple(LogLine(int(a), str(w), int(p), str(n), str(t)) for a, w, p, n, t in doc["log"]),
        **{name: doc[name] for name in _DOC},
    )  # fmt: skip


def record_of(alarm: Alarm, now: int) -> Record:
    """The alarm as it is kept, one version later than it was read."""
    doc: dict[str, Any] = {name: getattr(alarm, name) for name in _DOC}
    doc["photos"], doc["flips"] = list(alarm.photos), list(alarm.flips)
    doc["log"] = [[line.at, line.what, line.who, line.name, line.text] for line in alarm.log]
    return Record(
        id=alarm.id, kind=RecordKind.ALARM, area=alarm.area, ver=alarm.ver + 1, at=alarm.at,
        parent=alarm.case or source_key(alarm.area, alarm.source), due_at=alarm.due_at, state=alarm.standing.value,
        title=alarm.title, changed_at=now, shares=(bucket_of(alarm.area),), doc=doc,
    )  # fmt: skip


def source_key(area: int, source: str) -> int:
    """What the alarms of a source in a township hang on, so that the newest is found without reading the others; 0 for no
    source. Below -2⁵³, where no record has its id and no case, not even one that the server has yet to name."""
    return -_SOURCES - record_id(f"source {area}", source) if source else 0


def raised(alarm: Alarm, rules: AlarmRules, now: int) -> Alarm:
    """Rings, for the first time or again: unacknowledged, with the patience and the time limit of its type."""
    patience = rules.patience(alarm.level)
    kind = rules.types.get(alarm.kind)
    return replace(
        alarm, standing=Standing.RAISED, at=now, on=True, until=now + (kind.minutes if kind else 15) * MINUTE,
        escalate_at=now + patience if patience else 0, escalated_at=0, acked_at=0, acked_by="", shelf_until=0,
    )  # fmt: skip


def noted(alarm: Alarm, now: int, what: str, who: int = 0, name: str = "", text: str = "") -> Alarm:
    """One more line of its history; the first and the newest are kept."""
    log = (*alarm.log, LogLine(now, what, who, name, text))
    return replace(alarm, log=log if len(log) <= LOG_MAX else (*log[:1], *log[-LOG_MAX + 1 :]))


_BUILDING = re.compile(r"^.*?\d+\s*(?:号楼|栋|幢|座|号)")


def cause_of(place: str, grid: int, category: str) -> str:
    """Building or grid, and category: alarms of one cause become one group."""
    found = _BUILDING.match(place)
    return f"{grid // 10_000} {found.group(0) if found else grid}|{category}"
