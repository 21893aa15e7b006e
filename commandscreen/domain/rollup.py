"""Roll-up: what a receipt's change adds to the receipt above it and to its task. Sums, so that no order matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .command import Ground
from .receipt import Receipt, receipt_of
from .record import Book, Record, RecordKind
from .task import NONE, FieldKind, Task, TaskState, task_of


def numbers(receipt: Receipt | None, task: Task | None) -> dict[str, float]:
    """What a receipt's report adds to the sums above it: the numbers of the fields asked, once it has reported."""
    if receipt is None or task is None or not receipt.counts.reported:
        return {}
    keys = {f.key for f in task.fields if f.kind is FieldKind.NUMBER}
    return {k: v for k, v in receipt.fields.items() if k in keys}


def plus(sums: Mapping[str, float], before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Sums after one part went from `before` to `after`; what came to nothing is left out."""
    keys = sums.keys() | before.keys() | after.keys()
    made = {k: sums.get(k, 0) + after.get(k, 0) - before.get(k, 0) for k in sorted(keys)}
    return {k: v for k, v in made.items() if v}


def settled(task: Task, now: int) -> Task:
    """The task in the state its counts ask for: 待验收 when all have reported, 已完成 when all are accepted."""
    c = task.counts
    if task.state not in (TaskState.ACTIVE, TaskState.REVIEW) or not c.total:
        return task
    if c.accepted == c.total:
        return replace(task, state=TaskState.DONE, done_at=now)
    return replace(task, state=TaskState.REVIEW if c.reported == c.total else TaskState.ACTIVE)


class Roll:
    """Collects receipts that change in one command; `records` gives them with all that follows above them."""

    def __init__(self, task: Task | None, ground: Ground, book: Book) -> None:
        self.task = task
        self._ground, self._book = ground, book
        self._base = task.ver if task else 0
        self._made: dict[int, Receipt] = {}

    def put(self, before: Receipt | None, after: Receipt) -> None:
        """One receipt's change. `after` is a version later; a new one has none before it."""
        held = self._made.get(after.id)
        if held is not None:  # it was counted as an upper one before its own change came
            after = replace(after, sub=held.sub, sums=held.sums)
        self._made[after.id] = after
        old, new = before.counts if before else NONE, after.counts
        was, now = numbers(before, self.task), numbers(after, self.task)
        if after.over:
            over = self._over(after.over)
            if over is not None:
                self._made[over.id] = replace(over, sub=over.sub.plus(old, new), sums=plus(over.sums, was, now))
        task = self.task
        if task is not None and after.direct:
            sums = task.sums if after.over else plus(task.sums, was, now)
            counted = replace(task, counts=task.counts.plus(old, new), sums=sums)
            self.task = settled(counted, self._ground.now)

    def moved(self, task: Task) -> None:
        """The task as the command itself leaves it, a version later."""
        self.task = task

    def _over(self, number: int) -> Receipt | None:
        if number in self._made:
            return self._made[number]
        record = self._book.record(number)
        if record is None or record.kind is not RecordKind.RECEIPT:
            return None
        found = receipt_of(record)
        return replace(found, ver=found.ver + 1, changed_at=self._ground.now)

    def records(self, task_before: Task | None) -> tuple[Record, ...]:
        """Every record that changes."""
        made = tuple(r.record() for r in self._made.values())
        task = self.task
        if task is None or task == task_before:
            return made
        if task.ver == self._base:
            task = replace(task, ver=task.ver + 1, changed_at=self._ground.now)
        return (*made, task.record())


def task_under(receipt: Receipt, book: Book) -> Task | None:
    """The task of a receipt, where this side holds it."""
    record = book.record(receipt.task)
    return task_of(record) if record is not None and record.kind is RecordKind.TASK else None
