"""Publishing: what a task must meet, when it goes out, and the receipts that are made then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .admission import Admission
from .command import Bad, Ground, Reason, Refusal
from .division import Level, ancestor
from .hours import goes_out
from .lists import ended_certificate, listed
from .near import Near, near
from .receipt import Receipt, ReceiptState
from .recipients import LISTED, Addressed, addressed, below_township, copied, expand
from .record import Record, bucket_of, record_id
from .site import Site
from .task import Counts, Task, TaskState


def shares_of(area: int, unit: int) -> tuple[str, ...]:
    """The buckets of what an area's board shows: the area's, and the proposing unit's."""
    return (bucket_of(area), f"u{unit}") if unit else (bucket_of(area),)


def refusal(task: Task, site: Site, let_in: Sequence[Admission], at: int) -> Refusal | None:
    """Why a task may not go out at an instant, list and recipients and deadline; None where it may."""
    try:
        codes = expand(task.to, task.area, site)
    except Bad as bad:
        return Refusal(bad.reason, str(bad))
    if not codes:
        return Refusal(Reason.MISSING_ARGUMENT, "to")
    if any(below_township(code) for code in codes):
        if not listed(task, site, let_in):
            return Refusal(Reason.OFF_LIST, task.title)
        ended = ended_certificate(task.title, task.text, site)
        if ended is not None:
            return Refusal(Reason.ENDED_CERTIFICATE, ended.text)
    if task.due <= at:
        return Refusal(Reason.TOO_LATE, task.title)
    return None


def issue(task: Task, ground: Ground, command_id: str, kind: str, **changes: Any) -> tuple[Record, ...]:
    """The task going out now, and a receipt for each recipient. Raises Bad where a recipient is none."""
    codes = expand(task.to, task.area, ground.site)
    return (*_issued(task, codes, (), ground, command_id, kind, changes),)


def issue_left(task: Task, ground: Ground, command_id: str) -> tuple[Record, ...]:
    """The same for a task that waited: recipients that are gone by now are left out and named in `missed`."""
    codes: list[int] = []
    missed: list[int] = []
    for text in task.to:
        try:
            codes += expand((text,), task.area, ground.site)
        except Bad:
            missed += [int(text)] if text.isdigit() else []
    return _issued(task, tuple(sorted(set(codes))), tuple(missed), ground, command_id, "due", {})


def _issued(task: Task, codes: tuple[int, ...], missed: tuple[int, ...], ground: Ground, command_id: str, kind: str,
            changes: dict[str, Any]) -> tuple[Record, ...]:  # fmt: skip
    townships = {c for c in codes if not below_township(c)}
    below: dict[int, int] = {}
    for code in codes:
        if below_township(code) and (upper := ancestor(code, Level.TOWNSHIP)) in townships:
            below[upper] = below.get(upper, 0) + 1

    def number(code: int) -> int:
        return record_id(command_id, f"{task.id} {code}")

    made = []
    for code in codes:
        upper = ancestor(code, Level.TOWNSHIP) if below_township(code) else 0
        unit = task.unit if len(str(code)) < 16 else 0
        made.append(
            Receipt(
                number(code), 1, task.id, code, ReceiptState.SENT, task.title, ground.now, task.due, unit,
                over=number(upper) if upper in townships else 0, sub=Counts(below.get(code, 0)),
                changed_at=ground.now, shares=shares_of(code, unit), demo=task.demo,
            ).record()
        )  # fmt: skip
    kept = task.to if len(task.to) <= LISTED else ()
    sent = task.said(
        ground.now, kind, ground.actor.name, state=TaskState.ACTIVE, at=ground.now, published_at=ground.now, publish_at=0,
        to=kept, counts=Counts(len(codes)), missed=missed, copied=copied(codes, task.area), **changes,
    )  # fmt: skip
    return (sent.record(), *made)


@dataclass(frozen=True, slots=True)
class Preview:
    """What the publish panel shows of one task before it goes out. `at` is when it will; `refused` why it would not."""

    task: Task
    to: Addressed
    codes: tuple[int, ...]
    at: int
    near: tuple[Near, ...]
    refused: Refusal | None


def preview(tasks: Iterable[Task], past: Iterable[Task], site: Site, let_in: Sequence[Admission], now: int,
            urgent: bool = False) -> tuple[Preview, ...]:  # fmt: skip
    """For each task: recipients, near-duplicates among `past` tasks, the hour, and what the server would refuse."""
    at = now if urgent else goes_out(now, site.calendar)
    others = tuple(past)
    made = []
    for task in tasks:
        try:
            codes = expand(task.to, task.area, site)
        except Bad:
            codes = ()
        alike = near(task.title, (o for o in others if o.id != task.id), site.settings.near_share)
        made.append(Preview(task, addressed(codes, site), codes, at, alike, refusal(task, site, let_in, at)))
    return tuple(made)


def waits(task: Task, at: int, ground: Ground, kind: str, **changes: Any) -> Record:
    """The task published, to go out at a later instant."""
    return task.said(ground.now, kind, ground.actor.name, state=TaskState.WAITING, publish_at=at, **changes).record()


def held_back(task: Task, reason: str, ground: Ground) -> Record:
    """A task that waited and may not go out any more: back to 待布置, with why; nothing of it is lost."""
    kept = replace(task, publish_at=0, reason=reason)
    return kept.said(ground.now, "held", ground.actor.name, reason, state=TaskState.DRAFT).record()
