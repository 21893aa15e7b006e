"""Who may: the one guard before every command on the board, which reads the table of `board`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .arguments import empty
from .board import KINDS, Act, Whose, act
from .command import Bad, Command, Ground, Reason, Refusal
from .division import contains
from .meeting import MeetingState, meeting_of
from .person import Role
from .receipt import Receipt, ReceiptState, receipt_of
from .record import Book, Record, RecordKind
from .task import Task, TaskState, task_of

Made = tuple[Record, ...]
Rule = Callable[[Record | None, Command, Ground, Book], Made | Refusal]

# What a state says better than wrong-state, to who comes second.
_SECOND: Mapping[tuple[str, str], Reason] = {
    ("meeting.open", MeetingState.OPEN): Reason.ALREADY_CHAIRED,
    ("meeting.due", MeetingState.ENDED): Reason.TOO_LATE,
    ("task.publish", TaskState.WAITING): Reason.ALREADY_PUBLISHED,
    ("task.publish", TaskState.ACTIVE): Reason.ALREADY_PUBLISHED,
    ("task.publish", TaskState.REVIEW): Reason.ALREADY_PUBLISHED,
    ("task.publish", TaskState.DONE): Reason.ALREADY_PUBLISHED,
    ("receipt.report", ReceiptState.REPORTED): Reason.ALREADY_REPORTED,
    ("receipt.report", ReceiptState.ACCEPTED): Reason.ALREADY_REPORTED,
}


def ruled(rules: Mapping[str, Rule]) -> Rule:
    """The decision over one kind of record: the guard, then the command's own rule."""

    def decide(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
        refused = guard(subject, command, ground, book)
        if refused is not None:
            return refused
        try:
            return rules[command.kind](subject, command, ground, book)
        except Bad as bad:
            return Refusal(bad.reason, str(bad))

    return decide


def guard(subject: Record | None, command: Command, ground: Ground, book: Book) -> Refusal | None:
    """Why a command may not be given, before its own rule looks; None where it may."""
    if command.kind not in KINDS:
        return Refusal(Reason.UNKNOWN_COMMAND, command.kind[:40])
    line = act(command.kind, subject.state if subject else None)
    if line is None:
        return _no_line(subject, command)
    if not line.roles & ground.actor.roles:
        return Refusal(Reason.WRONG_ROLE, command.kind)
    stranger = _stands(line, subject, ground, book)
    if stranger is not None:
        return stranger
    if line.fresh and subject is not None and command.base and command.base != subject.ver:
        return Refusal(Reason.STALE_BASE, str(subject.ver))
    missing = next((name for name in line.needs if empty(command.args.get(name))), None)
    return Refusal(Reason.MISSING_ARGUMENT, missing) if missing else None


def _no_line(subject: Record | None, command: Command) -> Refusal:
    if subject is None:
        return Refusal(Reason.UNKNOWN_CASE, str(command.case_id))
    reason = _SECOND.get((command.kind, subject.state), Reason.WRONG_STATE)
    detail = meeting_of(subject).chair_name if reason is Reason.ALREADY_CHAIRED else subject.state
    return Refusal(reason, detail)


def board_area(ground: Ground) -> int:
    """The area whose board an actor works on: their own, or the one their unit serves."""
    unit = ground.site.units.get(ground.actor.unit)
    return unit.area if unit else ground.actor.area


def home(area: int, ground: Ground) -> bool:
    """Whether an actor belongs to the centre of an area."""
    return not ground.actor.unit and ground.actor.area == area


def proposes(task: Task, ground: Ground) -> bool:
    """Whether a task is an actor's: their unit proposed it, or it was the centre; the centre's head stands in for any."""
    actor = ground.actor
    if task.unit and task.unit == actor.unit:
        return True
    return home(task.area, ground) and (not task.unit or bool(actor.roles & {Role.CENTRE_HEAD}))


def strange(task: Task, ground: Ground) -> bool:
    """Whether an actor is of a unit and the task is another's; the centre's own people stand over all of its board."""
    return bool(ground.actor.unit) and task.unit != ground.actor.unit


def receives(area: int, ground: Ground) -> bool:
    """Whether an actor answers for a recipient: a township's or village's own people, for a grid its village's."""
    actor = ground.actor
    if actor.unit:
        return False
    return actor.area == area or (len(str(area)) == 16 and len(str(actor.area)) >= 12 and contains(actor.area, area))


def handed_down(receipt: Receipt, ground: Ground, book: Book) -> bool:
    """Whether an actor stands above a receipt: proposed the task it was published for, or split it off."""
    if receipt.direct:
        found = book.record(receipt.task)
        return found is not None and found.kind is RecordKind.TASK and proposes(task_of(found), ground)
    over = book.record(receipt.over)
    return over is not None and over.kind is RecordKind.RECEIPT and receives(over.area, ground)


def _stands(line: Act, subject: Record | None, ground: Ground, book: Book) -> Refusal | None:
    area = subject.area if subject else board_area(ground)
    out = Refusal(Reason.OUT_OF_SCOPE, str(area))
    match line.whose:
        case Whose.HOME:
            return None if home(area, ground) else out
        case Whose.BOARD:
            return None if board_area(ground) == area else out
        case Whose.WITHIN:
            return None if contains(area, ground.actor.area) else out
        case Whose.SERVER:
            return None
    if subject is None:
        return out
    if line.whose is Whose.PROPOSER:
        if proposes(task_of(subject), ground):
            return None
        return Refusal(Reason.NOT_YOUR_UNIT, str(task_of(subject).unit)) if board_area(ground) == area else out
    if line.whose is Whose.CHAIR:
        meeting = meeting_of(subject)
        if not home(area, ground):
            return out
        return None if meeting.chair == ground.actor.id else Refusal(Reason.NOT_CHAIR, meeting.chair_name)
    receipt = receipt_of(subject)
    fits = receives(area, ground) if line.whose is Whose.RECIPIENT else handed_down(receipt, ground, book)
    return None if fits else out
