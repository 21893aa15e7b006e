"""申请准入: asking that something outside the lists may be handed to villages, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from .plain import Line, lines, listed, spare
from .record import Record, RecordKind


class AdmissionState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"  # 待审
    GRANTED = "granted"  # 准入
    DENIED = "denied"  # 不予准入


@dataclass(frozen=True, slots=True)
class Admission:
    """One request, for one task. `title` is the wording of the new item; a granted one has its `number` among the
    area's admitted items and the list `version` it made."""

    id: int
    ver: int
    area: int
    state: AdmissionState
    title: str
    task: int
    at: int
    reason: str = ""
    unit: int = 0
    by: int = 0
    name: str = ""
    number: int = 0
    version: str = ""
    decided_at: int = 0
    decided_by: str = ""
    note: str = ""
    demo: bool = False
    log: tuple[Line, ...] = ()
    changed_at: int = 0
    shares: tuple[str, ...] = ()

    def said(self, now: int, kind: str, name: str, words: str = "", **changes: Any) -> Admission:
        """With other values, one more line of its log, and one version later."""
        return replace(self, ver=self.ver + 1, changed_at=now, log=(*self.log, Line(now, kind, name, words)), **changes)

    def record(self) -> Record:
        """As it is kept and sent."""
        doc = {
            "reason": self.reason, "unit": self.unit, "by": self.by, "name": self.name, "number": self.number,
            "version": self.version, "decided_at": self.decided_at, "decided_by": self.decided_by, "note": self.note,
            "demo": self.demo, "log": listed(self.log),
        }  # fmt: skip
        return Record(self.id, RecordKind.ADMISSION, self.area, self.ver, self.task, self.at, 0, self.state.value,
                      self.title, self.changed_at, self.shares, spare(doc))  # fmt: skip


def admission_of(record: Record) -> Admission:
    """The request a record holds. Raises ValueError for a record that holds none."""
    d = record.doc
    return Admission(
        id=record.id, ver=record.ver, area=record.area, state=AdmissionState(record.state), title=record.title,
        task=record.parent, at=record.at, reason=d.get("reason", ""), unit=d.get("unit", 0), by=d.get("by", 0),
        name=d.get("name", ""), number=d.get("number", 0), version=d.get("version", ""),
        decided_at=d.get("decided_at", 0), decided_by=d.get("decided_by", ""), note=d.get("note", ""),
        demo=d.get("demo", False), log=lines(d.get("log", ())), changed_at=record.changed_at, shares=record.shares,
    )  # fmt: skip
