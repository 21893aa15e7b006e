"""A receipt: one recipient's share of a task — signed for, reported once, accepted or sent back, split further down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from .plain import Line, lines, listed, spare
from .record import Record, RecordKind
from .task import NONE, Counts


class ReceiptState(StrEnum):
    """Where a recipient's share stands."""

    SENT = "sent"  # 待签收
    SIGNED = "signed"  # 办理中
    REPORTED = "reported"  # 已回报
    BACK = "back"  # 退回补报
    ACCEPTED = "accepted"  # 已验收


@dataclass(frozen=True, slots=True)
class TimeAsk:
    """An open request for more time: until when (UTC seconds), why, and who asked."""

    until: int
    reason: str
    by: int
    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """One recipient's share. Instants are UTC seconds, 0 = not yet.

    `area` is a 9-digit township, 12-digit village or 16-digit grid. `over` is the receipt it rolls up into, 0 where it
    rolls up into the task only; `direct` says that the task was published to it, else it was split off. `fields` are
    the report's values by key and `known` where those came from that were not asked: `site`, `below` or `before`;
    `wanted` names those asked again. `sub` counts the receipts straight below it and `sums` adds up their numbers by
    key. `share` is how much is done by its own word, 0–100.
    """

    id: int
    ver: int
    task: int
    area: int
    state: ReceiptState
    title: str
    at: int
    due: int
    unit: int = 0
    over: int = 0
    direct: bool = True
    signed_at: int = 0
    signed_by: str = ""
    reported_at: int = 0
    reported_by: str = ""
    accepted_at: int = 0
    text: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    share: int = 0
    backs: int = 0
    ask: TimeAsk | None = None
    sub: Counts = NONE
    sums: Mapping[str, float] = field(default_factory=dict)
    demo: bool = False
    log: tuple[Line, ...] = ()
    changed_at: int = 0
    shares: tuple[str, ...] = ()

    @property
    def counts(self) -> Counts:
        """What it adds to the counts above it."""
        s = self.state
        accepted = s is ReceiptState.ACCEPTED
        reported = accepted or s is ReceiptState.REPORTED
        return Counts(1, int(s is not ReceiptState.SENT), int(reported), int(accepted), int(self.ask is not None))

    def said(self, now: int, kind: str, name: str, words: str = "", **changes: Any) -> Receipt:
        """With other values, one more line of its log, and one version later."""
        return replace(self, ver=self.ver + 1, changed_at=now, log=(*self.log, Line(now, kind, name, words)), **changes)

    def record(self) -> Record:
        """As it is kept and sent."""
        a = self.ask
        doc = {
            "due": self.due, "unit": self.unit, "over": self.over, "split": not self.direct, "signed_at": self.signed_at,
            "signed_by": self.signed_by, "reported_at": self.reported_at, "reported_by": self.reported_by,
            "accepted_at": self.accepted_at, "text": self.text, "fields": dict(self.fields), "known": dict(self.known),
            "wanted": list(self.wanted), "photos": list(self.photos), "share": self.share, "backs": self.backs,
            "ask": [a.until, a.reason, a.by, a.name, a.at] if a else None,
            "sub": list(self.sub.row()) if any(self.sub.row()) else None,
            "sums": dict(self.sums), "demo": self.demo, "log": listed(self.log),
        }  # fmt: skip
        return Record(self.id, RecordKind.RECEIPT, self.area, self.ver, self.task, self.at, 0, self.state.value,
                      self.title, self.changed_at, self.shares, spare(doc))  # fmt: skip


def receipt_of(record: Record) -> Receipt:
    """The receipt a record holds. Raises ValueError or TypeError for a record that holds none."""
    d = record.doc
    ask = d.get("ask")
    return Receipt(
        id=record.id, ver=record.ver, task=record.parent, area=record.area, state=ReceiptState(record.state),
        title=record.title, at=record.at, due=d.get("due", 0), unit=d.get("unit", 0), over=d.get("over", 0),
        direct=not d.get("split", False), signed_at=d.get("signed_at", 0), signed_by=d.get("signed_by", ""),
        reported_at=d.get("reported_at", 0), reported_by=d.get("reported_by", ""), accepted_at=d.get("accepted_at", 0),
        text=d.get("text", ""), fields=dict(d.get("fields", {})), known=dict(d.get("known", {})),
        wanted=tuple(d.get("wanted", ())), photos=tuple(d.get("photos", ())), share=d.get("share", 0),
        backs=d.get("backs", 0), ask=TimeAsk(*ask) if ask else None, sub=Counts(*d.get("sub", ())), sums=dict(d.get("sums", {})),
        demo=d.get("demo", False), log=lines(d.get("log", ())), changed_at=record.changed_at, shares=record.shares,
    )  # fmt: skip
