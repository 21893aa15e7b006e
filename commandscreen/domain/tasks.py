"""What each command does to a task: proposing, editing, the agenda, 退回, 部门自办, 会外紧急, acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .admission import AdmissionState, admission_of
from .arguments import TEXT_MAX, TITLE_MAX, WHOLE, case_class, flag, instant, text, whole, word
from .burden import Body, Load
from .case import FINAL, Case
from .command import Bad, Command, Ground, Reason, Refusal
from .division import contains
from .hours import in_hours
from .ledger_lines import line
from .lists import granted, item_of
from .meeting import PUBLISH, Meeting, MeetingState, meeting_of
from .plain import Line
from .privacy import clean
from .publish import held_back, issue, issue_left, refusal, shares_of
from .receipt import ReceiptState, receipt_of
from .recipients import MOST, expand
from .record import Book, Record, RecordKind, record_id
from .rollup import Roll
from .standing import Made, Rule, board_area, ruled, strange
from .task import ADMITTED, FieldKind, FieldSpec, Item, Lane, Task, TaskState, Urgent, task_of

Args = Mapping[str, Any]
KEY_MAX, LABEL_MAX, FIELDS_MAX, REASON_MIN, GROUPS_MAX = 30, 40, 20, 4, 40


def addressees(args: Args, area: int, ground: Ground) -> tuple[str, ...]:
    """The recipients as given, once they can all be reached. Raises Bad."""
    value = args.get("to", ())
    if not isinstance(value, list | tuple) or not 0 < len(value) <= MOST:
        raise Bad("to")
    if not all(isinstance(t, str) and 0 < len(t) <= 40 for t in value):
        raise Bad("to")
    given = tuple(dict.fromkeys(value))
    if sum("/" in t for t in given) > GROUPS_MAX:
        raise Bad("to", Reason.LIMIT_REACHED)
    if not expand(given, area, ground.site):
        raise Bad("to", Reason.MISSING_ARGUMENT)
    return given


def title_of(args: Args, limit: int = TITLE_MAX) -> str:
    """A title that says something. Raises Bad."""
    title = text(args, "title", limit)
    if not title:
        raise Bad("title", Reason.MISSING_ARGUMENT)
    return title


def item_given(args: Args, area: int, ground: Ground, book: Book) -> tuple[Item | None, int]:
    """The item of the lists a task is to stand on, and the admission it stands on. Raises Bad for one that is none."""
    value = args.get("item")
    if value is None:
        return None, 0
    if not isinstance(value, list | tuple) or len(value) != 2 or type(value[1]) is not int or not 0 < value[1] < WHOLE:
        raise Bad("item")
    name, number = str(value[0])[:30], value[1]
    if name == ADMITTED:
        record = book.record(number)
        if record is None or record.kind is not RecordKind.ADMISSION or record.state != AdmissionState.GRANTED:
            raise Bad(f"{name} {number}", Reason.UNKNOWN_DUTY)
        if not contains(record.area, area):
            raise Bad(f"{name} {number}", Reason.OUT_OF_SCOPE)
        return Item(ADMITTED, admission_of(record).number), record.id
    item = Item(name, number)
    if item_of(item, ground.site) is None:
        raise Bad(f"{name} {number}", Reason.UNKNOWN_DUTY)
    return item, 0


def fields_given(args: Args) -> tuple[FieldSpec, ...]:
    """What a report is asked for. Raises Bad."""
    value = args.get("fields", ())
    if not isinstance(value, list | tuple) or len(value) > FIELDS_MAX:
        raise Bad("fields")
    made: dict[str, FieldSpec] = {}
    for entry in value:
        if not isinstance(entry, list | tuple) or len(entry) != 3 or not all(isinstance(e, str) for e in entry):
            raise Bad("fields")
        key, label = clean(entry[0], KEY_MAX), clean(entry[1], LABEL_MAX)
        if not key or not label or entry[2] not in tuple(FieldKind):
            raise Bad("fields")
        made[key] = FieldSpec(key, label, FieldKind(entry[2]))
    return tuple(made.values())


def _source(args: Args, area: int, ground: Ground, book: Book) -> tuple[int, str, str]:
    """The case or record a task comes from: its id, its name as shown, a case's state. Raises Bad."""
    number = whole(args, "source")
    if not number:
        return 0, "", ""
    case = book.case(number)
    if case is not None:
        unit = ground.actor.unit  # its people see what it leads, assists in or was asked to, not all of their area
        mine = unit in (case.lead, *case.assists, *case.asked) if unit else contains(area, case.grid)
        if not mine:
            raise Bad(str(number), Reason.OUT_OF_SCOPE)
        return number, case.number, case.state.value
    record = book.record(number)
    if record is None or record.kind is RecordKind.ALARM or not contains(area, record.area):
        raise Bad(str(number), Reason.UNKNOWN_CASE)  # an alarm has its case's title, which is not for the whole board
    if ground.actor.unit and record.area != area and f"u{ground.actor.unit}" not in record.shares:
        raise Bad(str(number), Reason.OUT_OF_SCOPE)
    return number, record.title, record.state


def drafted(args: Args, area: int, number: int, ground: Ground, book: Book) -> Task:
    """A new task from a command's arguments. Raises Bad."""
    actor, now = ground.actor, ground.now
    due = instant(args, "due", now)
    if due <= now:
        raise Bad("due")
    item, admission = item_given(args, area, ground, book)
    source, source_name, source_state = _source(args, area, ground, book)
    cause = whole(args, "cause")
    if cause:
        case_class(ground, cause)
    return Task(
        number, 1, area, TaskState.DRAFT, title_of(args), word(args, "lane", Lane), now, due,
        text=text(args, "text", TEXT_MAX, lines=True), to=addressees(args, area, ground), unit=actor.unit, by=actor.id,
        name=actor.name, item=item, admission=admission, fields=fields_given(args), source=source,
        source_name=source_name, source_state=source_state, cause=cause, changed_at=now, shares=shares_of(area, actor.unit),
        log=(Line(now, "propose", actor.name),),
    )  # fmt: skip


def propose(_: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """提出: a draft, on the agenda at once where a meeting is named."""
    task = drafted(command.args, board_area(ground), record_id(command.id), ground, book)
    number = whole(command.args, "meeting")
    return (task.record(),) if not number else _scheduled(task, number, ground, book)


def edit(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """Changes a draft; one that was 退回 is proposed anew by it."""
    task, args = _task(subject), command.args
    changes: dict[str, Any] = {}
    if "title" in args:
        changes["title"] = title_of(args)
    if "text" in args:
        changes["text"] = text(args, "text", TEXT_MAX, lines=True)
    if "lane" in args:
        changes["lane"] = word(args, "lane", Lane)
    if "to" in args:
        changes["to"] = addressees(args, task.area, ground)
    if "due" in args:
        changes["due"] = instant(args, "due", ground.now)
        if changes["due"] <= ground.now:
            raise Bad("due")
    if "item" in args:
        changes["item"], changes["admission"] = item_given(args, task.area, ground, book)
    if "fields" in args:
        changes["fields"] = fields_given(args)
    if not changes:
        raise Bad("", Reason.MISSING_ARGUMENT)
    said = "、".join(sorted(changes))
    made = task.said(ground.now, "edit", ground.actor.name, said, state=TaskState.DRAFT, reason="", **changes)
    lane = changes.get("lane", task.lane)
    meeting = _planned(task.meeting, book) if lane is not task.lane and task.meeting else None
    if meeting is None:
        return (made.record(),)
    moved = put_on(taken_off(meeting, task.id), made)
    return made.record(), moved.said(ground.now, "schedule", ground.actor.name, made.title).record()


def _planned(number: int, book: Book) -> Meeting | None:
    record = book.record(number)
    if record is None or record.kind is not RecordKind.MEETING:
        return None
    found = meeting_of(record)
    return found if found.state in (MeetingState.PLANNED, MeetingState.OPEN) else None


def put_on(meeting: Meeting, task: Task) -> Meeting:
    """The meeting with a task under its lane's item, else under its first that is none of a lane."""
    own = next((i for i, item in enumerate(meeting.agenda) if item.lane == task.lane.value), -1)
    if own < 0:
        own = next((i for i, item in enumerate(meeting.agenda) if item.lane != PUBLISH), 0)
    agenda = tuple(
        replace(item, tasks=(*item.tasks, task.id)) if i == own and task.id not in item.tasks else item
        for i, item in enumerate(meeting.agenda)
    )
    return replace(meeting, agenda=agenda)


def taken_off(meeting: Meeting, number: int) -> Meeting:
    """The meeting without a task."""
    agenda = tuple(replace(i, tasks=tuple(t for t in i.tasks if t != number)) for i in meeting.agenda)
    return replace(meeting, agenda=agenda)


def _scheduled(task: Task, number: int, ground: Ground, book: Book) -> Made | Refusal:
    meeting = _planned(number, book)
    if meeting is None:
        return Refusal(Reason.UNKNOWN_CASE, str(number))
    if meeting.area != task.area:
        return Refusal(Reason.OUT_OF_SCOPE, str(meeting.area))
    made: list[Record] = [replace(task, meeting=number).record()]
    before = _planned(task.meeting, book) if task.meeting and task.meeting != number else None
    if before is not None:
        gone = taken_off(before, task.id)
        made.append(gone.said(ground.now, "unschedule", ground.actor.name, task.title).record())
    made.append(put_on(meeting, task).said(ground.now, "schedule", ground.actor.name, task.title).record())
    return tuple(made)


def schedule(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """上会: onto a meeting's agenda."""
    task = _task(subject).said(ground.now, "schedule", ground.actor.name)
    return _scheduled(task, whole(command.args, "meeting"), ground, book)


def unschedule(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """Off the agenda; the draft stays."""
    task = _task(subject)
    meeting = _planned(task.meeting, book) if task.meeting else None
    made = task.said(ground.now, "unschedule", ground.actor.name, meeting=0).record()
    if meeting is None:
        return (made,)
    return made, taken_off(meeting, task.id).said(ground.now, "unschedule", ground.actor.name, task.title).record()


def _off(task: Task, made: Task, ground: Ground, book: Book) -> Made:
    """A task that leaves the drafts leaves the agenda of a meeting to come."""
    meeting = _planned(task.meeting, book) if task.meeting and task.state is TaskState.DRAFT else None
    if meeting is None or task.id not in meeting.tasks:
        return (made.record(),)
    gone = taken_off(meeting, task.id).said(ground.now, "unschedule", ground.actor.name, task.title)
    return made.record(), gone.record()


def send_back(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """退回 to who proposed it, with a reason."""
    task, reason = _task(subject), text(command.args, "reason")
    made = task.said(
        ground.now, "send_back", ground.actor.name, reason, state=TaskState.RETURNED, reason=reason, meeting=0
    )
    return _off(task, made, ground, book)


def keep(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """部门自办: the bureau does it itself, nobody below is asked."""
    task = _task(subject)
    if strange(task, ground):
        return Refusal(Reason.NOT_YOUR_UNIT, str(task.unit))
    said = text(command.args, "text")
    made = task.said(ground.now, "keep", ground.actor.name, said, state=TaskState.OWN, reason="", meeting=0, to=())
    return _off(task, made, ground, book)


def finish(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """部门自办 is done."""
    said = text(command.args, "text")
    done = _task(subject).said(ground.now, "finish", ground.actor.name, said, state=TaskState.DONE, done_at=ground.now)
    return (done.record(),)


def publish(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """会外紧急: at once and at any hour, with a written reason; flagged until the next meeting reviews it."""
    task, actor = _task(subject), ground.actor
    if not flag(command.args, "urgent"):
        return Refusal(Reason.OUTSIDE_MEETING)
    reason = text(command.args, "reason")
    if len(reason) < REASON_MIN:
        return Refusal(Reason.MISSING_ARGUMENT, "reason")
    refused = refusal(task, ground.site, granted(task.area, ground.site, book), ground.now)
    if refused is not None:
        return refused
    urgent = Urgent(reason, actor.id, actor.name, ground.now)
    left = _off(task, task, ground, book)[1:]
    made = issue(task, ground, command.id, "publish", urgent=urgent, meeting=0)
    lines = [
        line(command.id, Load.URGENT, task.title, task.area, ground, about=task.id, body=Body.CENTRE, reason=reason)
    ]
    if not in_hours(ground.now, ground.site.calendar):
        lines.append(line(command.id, Load.AFTER_HOURS, task.title, task.area, ground, about=task.id, reason=reason))
    return (*made, *left, *(each.record() for each in lines))


def withdraw(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """撤回. Its receipts stay as they are; nobody can go on with them."""
    task, reason = _task(subject), text(command.args, "reason")
    made = task.said(ground.now, "withdraw", ground.actor.name, reason, state=TaskState.WITHDRAWN, reason=reason,
                     publish_at=0)  # fmt: skip
    return _off(task, made, ground, book)


def accept(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """验收 of the whole task: all that was reported is accepted; before all have reported only with a reason."""
    task = _task(subject)
    said = text(command.args, "reason") or text(command.args, "text")
    roll = Roll(task, ground, book)
    for record in book.children(RecordKind.RECEIPT, task.id):
        if record.state == ReceiptState.REPORTED:
            before = receipt_of(record)
            if before.direct:
                after = before.said(ground.now, "accept", ground.actor.name, state=ReceiptState.ACCEPTED,
                                    accepted_at=ground.now, ask=None)  # fmt: skip
                roll.put(before, after)
    counted = roll.task or task
    done = replace(counted, ver=task.ver).said(
        ground.now, "accept", ground.actor.name, said, state=TaskState.DONE, done_at=ground.now
    )
    roll.moved(done)
    return roll.records(task)


def note(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """备注."""
    return (_task(subject).said(ground.now, "note", ground.actor.name, text(command.args, "text")).record(),)


def due(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """08:00: what waited goes out. One that may not any more goes back to 待布置 with its reason."""
    task = _task(subject)
    if ground.now < task.publish_at:
        return Refusal(Reason.TOO_LATE, str(task.publish_at))
    refused = refusal(task, ground.site, granted(task.area, ground.site, book), ground.now)
    if refused is None:
        return issue(task, ground, command.id, "due")
    if refused.reason in (Reason.RECIPIENT_GONE, Reason.OUT_OF_SCOPE):
        made = issue_left(task, ground, command.id)
        if len(made) > 1:
            left = task_of(made[0])
            # With a recipient gone the list check did not come to its turn.
            rest = replace(task, to=tuple(t for t in task.to if not t.isdigit() or int(t) not in left.missed))
            refused = refusal(rest, ground.site, granted(task.area, ground.site, book), ground.now)
            if refused is None:
                return made
    return (held_back(task, f"{refused.reason.value} {refused.detail}".strip(), ground),)


def follow(before: Case | None, after: Case, command: Command, ground: Ground, book: Book) -> tuple[Record, ...]:
    """A case that ends, or lives again, says so on the tasks that came from it."""
    if before is None or before.state is after.state or (before.state in FINAL) is (after.state in FINAL):
        return ()
    tasks = (task_of(r) for r in book.children(RecordKind.TASK, after.id))
    return tuple(
        t.said(ground.now, "source", ground.actor.name, after.state.value, source_state=after.state.value).record()
        for t in tasks
    )


def _task(subject: Record | None) -> Task:
    if subject is None:
        raise Bad("", Reason.UNKNOWN_CASE)
    return task_of(subject)


RULES: Mapping[str, Rule] = {
    "task.propose": propose, "task.edit": edit, "task.schedule": schedule, "task.unschedule": unschedule,
    "task.send_back": send_back, "task.keep": keep, "task.finish": finish, "task.publish": publish,
    "task.withdraw": withdraw, "task.accept": accept, "task.note": note, "task.due": due,
}  # fmt: skip
decide = ruled(RULES)
