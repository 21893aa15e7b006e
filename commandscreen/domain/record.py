"""A record: whatever is not a case and yet is shared, decided and synchronised — meetings, tasks, receipts, alarms.

One shape for all: the columns that a desk's questions need, and a document that only its own kind's rules read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

from .case import Case
from .division import Level, ancestor, level_of
from .site import Site


class RecordKind(StrEnum):
    """What a record is; also the first word of its commands, `task.accept`."""

    MEETING = "meeting"  # 一次会, 大工委·大党委 session
    TASK = "task"  # 任务
    RECEIPT = "receipt"  # a recipient's share of a task: 签收, 进度, 回报
    ADMISSION = "admission"  # 申请准入 of an off-list item
    BURDEN = "burden"  # a line of the 减负 account: a document, a message, a meeting
    ALARM = "alarm"  # 报警


@dataclass(frozen=True, slots=True)
class Record:
    """One record. Instants are UTC seconds, 0 = not yet or never.

    `area` is the division it belongs to, `parent` the record or case it hangs on (an alarm without a case hangs on its
    source, a negative number), `at` the instant it is filed under,
    `due_at` when the server has to look at it again: then it gives the record the command `KIND.due`. `shares` are the
    buckets that hold it; `doc` is plain JSON.
    """

    id: int
    kind: RecordKind
    area: int
    ver: int = 0
    parent: int = 0
    at: int = 0
    due_at: int = 0
    state: str = ""
    title: str = ""
    changed_at: int = 0
    shares: tuple[str, ...] = ()
    doc: Mapping[str, Any] = field(default_factory=dict)

    def after(self, now: int, **changes: Any) -> Record:
        """As a command leaves it: one version later."""
        return replace(self, ver=self.ver + 1, changed_at=now, **changes)


class Book(Protocol):
    """What the rules may look up beside the record a command names. The same on the server and on a desk."""

    def record(self, number: int) -> Record | None:
        """One record, as the commands before this one left it."""

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        """Records of a kind that hang on a record or case, by id."""

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        """The newest of the records of a kind that hang on a parent, by instant and id, filed at or after an instant."""

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        """Records of a kind and area filed under an instant from `start` to before `end`, by instant and id."""

    def case(self, number: int) -> Case | None:
        """One case."""


def record_id(command_id: str, part: object = "") -> int:
    """The id of a record that a command makes: 52 bits of a digest, the same on every side, so that a desk can go on
    with what it made before the server has heard of it."""
    digest = hashlib.sha256(f"{command_id} {part}".encode()).digest()
    return int.from_bytes(digest[:7], "big") >> 4 or 1


def area_bucket(area: int) -> str:
    """The bucket of what a whole area shares: a city's, county's or township's."""
    return f"t{area}" if level_of(area) is Level.TOWNSHIP else f"a{area}"


def bucket_of(code: int) -> str:
    """The bucket of an area, village, community or grid: villages and grids share their township's."""
    return area_bucket(ancestor(code, Level.TOWNSHIP)) if len(str(code)) > 9 else area_bucket(code)


def areas_over(area: int, site: Site) -> tuple[int, ...]:
    """City and county above or at an area: whose shared records its people see."""
    return tuple(d.code for d in site.path(area) if d.level in (Level.CITY, Level.COUNTY))
