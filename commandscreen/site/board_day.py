"""The weekly board in the simulated day: recipients sign and report, proposers accept, each at the city's own pace."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..domain.clock import HOUR
from ..domain.known import site_facts
from ..domain.receipt import Receipt, ReceiptState, receipt_of
from ..domain.record import Record, RecordKind
from ..domain.site import Site
from ..domain.task import FieldKind, Task, TaskState, task_of
from .board_tasks import DONE_WORDS, REVIEW_WORDS
from .cast import Cast
from .history import HOURS

STEPS_A_DAY = 2_000  # receipts signed, reported or accepted
_LIVE = (TaskState.ACTIVE, TaskState.REVIEW)


class BoardDay:
    """Hears of tasks and receipts through the feed, and says who does what next."""

    def __init__(self, site: Site, cast: Cast, speed: float, rng: np.random.Generator) -> None:
        self._site, self._cast, self._speed, self._rng = site, cast, speed, rng
        self._units = {p.unit: p.account for p in site.people if p.unit}
        self._tasks: dict[int, Task] = {}
        self._open: dict[int, Receipt] = {}
        self._debt = 0.0

    def take(self, number: int, record: Record | None) -> None:
        """A row of the feed; None where it left."""
        if record is None:
            self._tasks.pop(number, None)
            self._open.pop(number, None)
        elif record.kind is RecordKind.TASK:
            self._tasks[number] = task_of(record)
        elif record.kind is RecordKind.RECEIPT:
            receipt = receipt_of(record)
            if receipt.state is ReceiptState.ACCEPTED:
                self._open.pop(number, None)
            else:
                self._open[number] = receipt

    def forget(self) -> None:
        """Begins anew: the server's data have another life."""
        self._tasks.clear()
        self._open.clear()

    def steps(self, elapsed: float, now: float, most: int) -> list[tuple[str, dict[str, Any]]]:
        """The commands for the seconds that passed, each with its account; at most `most`."""
        share = float(HOURS[(int(now) + 8 * HOUR) % (24 * HOUR) // HOUR] / HOURS.sum())
        self._debt = min(float(most), self._debt + STEPS_A_DAY * self._speed * share / HOUR * elapsed)
        count, self._debt = int(self._debt), self._debt % 1
        if not count:
            return []
        ready = sorted(n for n, r in self._open.items() if self._live(r))
        if not ready:
            return []
        chosen = self._rng.choice(ready, min(count, len(ready)), replace=False)
        found = (self._step(self._open[int(number)]) for number in chosen)
        return [step for step in found if step is not None]

    def _live(self, receipt: Receipt) -> bool:
        task = self._tasks.get(receipt.task)
        return (
            task is not None and task.state in _LIVE and (receipt.direct or receipt.state is not ReceiptState.REPORTED)
        )

    def _step(self, receipt: Receipt) -> tuple[str, dict[str, Any]] | None:
        task = self._tasks[receipt.task]
        account, kind = self._account(receipt.area), "receipt.sign"
        args: dict[str, Any] = {}
        if receipt.state is ReceiptState.REPORTED:
            account, kind, args = self._units.get(task.unit, ""), "receipt.accept", {"text": REVIEW_WORDS}
        elif receipt.state is not ReceiptState.SENT:
            kind = "receipt.report"
            words = DONE_WORDS[int(self._rng.integers(len(DONE_WORDS)))]
            args = {"text": words, "fields": self._values(receipt, task)}
        if not account:
            return None
        return account, {"kind": kind, "case_id": receipt.id, "base": receipt.ver, "args": args}

    def _account(self, area: int) -> str:
        try:
            if len(str(area)) == 9:
                return self._cast.clerk(area, "dispatch").account
            return self._cast.worker(area * 10_000 if len(str(area)) == 12 else area, 1).account
        except KeyError:
            return ""

    def _values(self, receipt: Receipt, task: Task) -> dict[str, Any]:
        """What the report brings: only what neither the site nor the receipts below it know."""
        facts = site_facts(receipt.area, self._site) if task.fields else {}
        values: dict[str, Any] = {}
        for spec in task.fields:
            if spec.key in facts or (spec.key in receipt.fields and spec.key not in receipt.wanted):
                continue
            if spec.kind is FieldKind.NUMBER:
                values[spec.key] = receipt.sums.get(spec.key) or int(self._rng.integers(2, 40))
            else:
                values[spec.key] = True if spec.kind is FieldKind.YES_NO else "社区办公室"
        return values
