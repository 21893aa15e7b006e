"""申请准入: asked for a draft that stands on no list, granted by the centre's head with a new list version, or denied."""

from __future__ import annotations

from collections.abc import Mapping

from .admission import Admission, AdmissionState, admission_of
from .arguments import TITLE_MAX, text, whole
from .command import Bad, Command, Ground, Reason, Refusal
from .lists import granted, version
from .plain import Line
from .publish import shares_of
from .record import Book, Record, RecordKind, record_id
from .standing import Made, Rule, board_area, ruled, strange
from .task import ADMITTED, Item, Task, TaskState, task_of

_OPEN = (TaskState.DRAFT, TaskState.RETURNED)


def _task(number: int, book: Book) -> Task:
    record = book.record(number)
    if record is None or record.kind is not RecordKind.TASK:
        raise Bad(str(number), Reason.UNKNOWN_CASE)
    return task_of(record)


def ask(_: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """申请准入 for one task, with the wording of the item and the reason."""
    task = _task(whole(command.args, "task"), book)
    if task.area != board_area(ground):
        return Refusal(Reason.OUT_OF_SCOPE, str(task.area))
    if strange(task, ground):
        return Refusal(Reason.NOT_YOUR_UNIT, str(task.unit))
    if task.state not in _OPEN:
        return Refusal(Reason.WRONG_STATE, task.state.value)
    if any(r.state == AdmissionState.ASKED for r in book.children(RecordKind.ADMISSION, task.id)):
        return Refusal(Reason.ALREADY_ASKED, task.title)
    title, reason = text(command.args, "title", TITLE_MAX), text(command.args, "reason")
    actor, now = ground.actor, ground.now
    made = Admission(
        record_id(command.id), 1, task.area, AdmissionState.ASKED, title, task.id, now, reason, task.unit, actor.id,
        actor.name, changed_at=now, shares=shares_of(task.area, task.unit), log=(Line(now, "ask", actor.name, reason),),
    )  # fmt: skip
    return made.record(), task.said(now, "admission", actor.name, title, admission=made.id).record()


def grant(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """准入: the item gets its number, the lists a new version, and the task stands on it."""
    asked = _asked(subject, ground)
    let_in = granted(asked.area, ground.site, book)
    number = 1 + max((a.number for a in let_in), default=0)
    now, name, said = ground.now, ground.actor.name, text(command.args, "text")
    made = asked.said(now, "grant", name, said, state=AdmissionState.GRANTED, number=number, note=said,
                      version=version(ground.site, (*let_in, asked)), decided_at=now, decided_by=name)  # fmt: skip
    task = _task(asked.task, book)
    if task.state not in _OPEN:
        return (made.record(),)
    item = Item(ADMITTED, number)
    return made.record(), task.said(now, "admitted", name, asked.title, item=item, admission=asked.id).record()


def deny(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """不予准入, with a reason; the draft stays a draft."""
    asked = _asked(subject, ground)
    now, name, reason = ground.now, ground.actor.name, text(command.args, "reason")
    made = asked.said(
        now, "deny", name, reason, state=AdmissionState.DENIED, note=reason, decided_at=now, decided_by=name
    )
    task = _task(asked.task, book)
    if task.admission != asked.id:
        return (made.record(),)
    return made.record(), task.said(now, "not_admitted", name, reason, admission=0).record()


def _asked(subject: Record | None, ground: Ground) -> Admission:
    if subject is None:
        raise Bad("", Reason.UNKNOWN_CASE)
    found = admission_of(subject)
    if found.by == ground.actor.id:
        raise Bad("", Reason.SAME_PERSON)
    return found


RULES: Mapping[str, Rule] = {"admission.ask": ask, "admission.grant": grant, "admission.deny": deny}
decide = ruled(RULES)
