"""A board in memory for tests: the rules, a book, people, and a clock that stands still until it is pushed."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from sites import CITY, LISHAN, SHAHE, XINGONG, YOUHAO, tiny_site  # noqa: E402

from commandscreen.domain import affairs  # noqa: E402
from commandscreen.domain.case import Case  # noqa: E402
from commandscreen.domain.command import Command, Ground, Reason, Refusal  # noqa: E402
from commandscreen.domain.meeting import Meeting, meeting_of  # noqa: E402
from commandscreen.domain.person import Actor, Role  # noqa: E402
from commandscreen.domain.receipt import Receipt, receipt_of  # noqa: E402
from commandscreen.domain.record import Record, RecordKind, record_id  # noqa: E402
from commandscreen.domain.site import Site  # noqa: E402
from commandscreen.domain.task import Task, task_of  # noqa: E402

THURSDAY = 1_773_277_200  # 2026-03-12 09:00 CST
DAY, HOUR = 86_400, 3_600

HEAD = Actor(1, "韩冰", frozenset({Role.CENTRE_HEAD}), CITY)
LEADER = Actor(2, "值班长", frozenset({Role.SHIFT_LEADER}), CITY)
BUREAU = Actor(3, "经办人", frozenset({Role.HANDLER}), CITY, 6)
OTHER = Actor(4, "别的部门", frozenset({Role.HANDLER}), CITY, 8)
STREET = Actor(5, "街道", frozenset({Role.DISPATCHER}), SHAHE)
STREET_HEAD = Actor(6, "街道主任", frozenset({Role.CENTRE_HEAD}), SHAHE)
NEXT_STREET = Actor(7, "友好街道", frozenset({Role.DISPATCHER}), YOUHAO)
VILLAGE = Actor(8, "新工社区", frozenset({Role.GRID_CHIEF}), XINGONG)
WORKER = Actor(9, "三级网格员", frozenset({Role.GRID_WORKER}), XINGONG)
COUNTY = Actor(10, "区值班长", frozenset({Role.SHIFT_LEADER}), LISHAN)
SECOND_HEAD = Actor(11, "副主任", frozenset({Role.CENTRE_HEAD}), CITY)
SERVER = Actor(0, "", frozenset({Role.SYSTEM}), CITY)
LIST = ["main_duty", 1]


class Board:
    """Gives commands as people do. Nothing is applied where the rules refuse."""

    def __init__(self, site: Site | None = None, now: int = THURSDAY) -> None:
        self.site = site or tiny_site()
        self.now = now
        self.held: dict[int, Record] = {}
        self.cases: dict[int, Case] = {}

    def record(self, number: int) -> Record | None:
        assert 0 <= number < 2**63, "a database could not look it up"
        return self.held.get(number)

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        found = (r for r in self.held.values() if r.kind is kind and r.parent == parent)
        return tuple(sorted(found, key=lambda r: r.id))

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        return max((r for r in self.children(kind, parent) if r.at >= since), key=lambda r: (r.at, r.id), default=None)

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        found = (r for r in self.held.values() if r.kind is kind and r.area == area and start <= r.at < end)
        return tuple(sorted(found, key=lambda r: (r.at, r.id)))

    def case(self, number: int) -> Case | None:
        return self.cases.get(number)

    def decide(self, actor: Actor, kind: str, number: int = 0, base: int = 0, name: str = "", /, **args: Any) -> Any:
        command = Command(name or str(uuid.uuid4()), kind, number, base, args, self.now)
        return affairs.decide(command, Ground(self.site, actor, self.now), self)

    def give(self, actor: Actor, kind: str, number: int = 0, base: int = 0, /, **args: Any) -> int:
        """Carries a command out; the id of its record. Fails where it is refused."""
        name = str(uuid.uuid4())
        made = self.decide(actor, kind, number, base, name, **args)
        assert not isinstance(made, Refusal), made
        self.keep(made)
        return number or record_id(name)

    def keep(self, made: Iterable[Record]) -> None:
        """Writes down, as the server does: one version on, never twice in one command."""
        seen = set()
        for record in made:
            old = self.held.get(record.id)
            assert record.id not in seen, "one record twice"
            assert record.ver == (old.ver + 1 if old else 1), (record.kind, record.state, record.ver, old and old.ver)
            seen.add(record.id)
        self.held |= {record.id: record for record in made}

    def refused(self, actor: Actor, kind: str, number: int = 0, base: int = 0, /, **args: Any) -> Reason:
        """Why a command is refused. Fails where it is not."""
        made = self.decide(actor, kind, number, base, "", **args)
        assert isinstance(made, Refusal), made
        return made.reason

    def task(self, number: int) -> Task:
        return task_of(self.held[number])

    def meeting(self, number: int) -> Meeting:
        return meeting_of(self.held[number])

    def receipts(self, task: int) -> tuple[Receipt, ...]:
        return tuple(receipt_of(r) for r in self.children(RecordKind.RECEIPT, task))

    def receipt(self, task: int, area: int) -> Receipt:
        return next(r for r in self.receipts(task) if r.area == area)

    def of(self, kind: RecordKind) -> list[Record]:
        return [r for r in self.held.values() if r.kind is kind]

    def propose(self, actor: Actor = BUREAU, **more: Any) -> int:
        """A draft on the lists, to both streets of 立山区 and all communities of 沙河街道."""
        args: dict[str, Any] = {
            "lane": "society", "title": "“三官一律”4月进网格排班", "to": [str(SHAHE), str(YOUHAO), f"{SHAHE}/community"],
            "due": self.now + 10 * DAY, "item": LIST,
        }  # fmt: skip
        return self.give(actor, "task.propose", **(args | more))

    def open_meeting(self, actor: Actor = HEAD, at: int = 0) -> int:
        """A weekly meeting that is open, with everyone present."""
        number = self.give(actor, "meeting.plan", at=at or self.now)
        self.give(actor, "meeting.attend", number, keys=[m.key for m in self.meeting(number).members])
        return self.give(actor, "meeting.open", number)

    def published(self, **more: Any) -> int:
        """A task that went out at a meeting."""
        task, meeting = self.propose(**more), self.open_meeting()
        self.give(HEAD, "meeting.publish", meeting, tasks=[task])
        self.give(HEAD, "meeting.end", meeting)
        return task
