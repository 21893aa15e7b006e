"""抄送: the tasks that reach an area's townships and villages past it, and how far they are there. On a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from ..domain.division import contains
from ..domain.receipt import Receipt, ReceiptState, receipt_of
from ..domain.task import Task, TaskState
from . import records

_ALIVE = (TaskState.ACTIVE, TaskState.REVIEW)


@dataclass(frozen=True, slots=True)
class Copied:
    """A task that is copied to an area, with its direct recipients in there; `late` are past their deadline, unreported."""

    task: Task
    total: int
    unsigned: int
    reported: int
    late: int


def copied(connection: Connection, tasks: Sequence[Task], own: int, now: int) -> tuple[Copied, ...]:
    """Those of the tasks that run and are copied to an area, by deadline."""
    found = []
    for task in sorted((t for t in tasks if t.state in _ALIVE and own in t.copied), key=lambda t: (t.due, t.id)):
        rows = records.find(connection, "kind = 'receipt' AND parent = ? ORDER BY area", (task.id,))
        inside = [r for r in map(receipt_of, rows) if r.direct and contains(own, r.area)]
        found.append(_counted(task, inside, now))
    return tuple(found)


def _counted(task: Task, inside: Sequence[Receipt], now: int) -> Copied:
    done = (ReceiptState.REPORTED, ReceiptState.ACCEPTED)
    return Copied(
        task, len(inside), sum(r.state is ReceiptState.SENT for r in inside), sum(r.state in done for r in inside),
        sum(r.state not in done and 0 < r.due <= now for r in inside),
    )  # fmt: skip
