"""What each command does to a meeting: booking, attendance, the chair, its items, and publishing at its end."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .agenda import QUARTERLY, agenda_given, circles_missing, fitting, members, members_given, quarterly, weekly
from .arguments import TITLE_MAX, WHOLE, empty, flag, instant, text, whole, word
from .burden import Body, BurdenState, Load, burden_of
from .clock import DAY, HOUR, MINUTE
from .command import Bad, Command, Ground, Reason, Refusal
from .held import done_at, handed_in, reopened, step_at
from .hours import bookable, goes_out, in_hours, midnight, quarter_of, week_of
from .ledger_lines import line
from .lists import granted, version
from .meeting import AgendaItem, Meeting, MeetingKind, MeetingState, Note, meeting_of
from .plain import Line
from .publish import issue, refusal, shares_of, waits
from .record import Book, Record, RecordKind, record_id
from .standing import Made, Rule, ruled
from .task import Task, TaskState, task_of
from .tasks import REASON_MIN, drafted, put_on

NOTES_MAX, ADD_MAX, PUBLISH_MAX = 60, 30, 40


def _meeting(subject: Record | None) -> Meeting:
    if subject is None:
        raise Bad("", Reason.UNKNOWN_CASE)
    return meeting_of(subject)


def _said(meeting: Meeting, ground: Ground, kind: str, said: str = "", **changes: Any) -> Meeting:
    return meeting.said(ground.now, kind, ground.actor.name, said, **changes)


def _stepped(meeting: Meeting, at: int, ground: Ground, kind: str, said: str = "", **changes: Any) -> Meeting:
    """The meeting after a step that was done at an instant, which may lie before the server heard of it."""
    handed = handed_in(meeting, at, ground.now)
    done = meeting.said(at, kind, ground.actor.name, said, **changes)
    return replace(done, changed_at=ground.now, handed_in=handed)


def _booked(meeting: Meeting, at: int, ground: Ground, book: Book) -> Refusal | None:
    """Why a meeting may not be at an instant."""
    if at < ground.now - HOUR or at > ground.now + 366 * DAY:
        raise Bad("at")
    closed = bookable(at, ground.site)
    if closed is not None:
        return Refusal(closed, str(at))
    return _taken(meeting, at, book)


def _taken(meeting: Meeting, at: int, book: Book) -> Refusal | None:
    """Whether the week, or a committee's quarter, has its meeting already."""
    start, end = quarter_of(at) if meeting.kind in QUARTERLY else week_of(at)
    for record in book.dated(RecordKind.MEETING, meeting.area, start, end):
        other = meeting_of(record)
        if other.id != meeting.id and other.kind is meeting.kind and other.state is not MeetingState.CANCELLED:
            return Refusal(Reason.ALREADY_BOOKED, other.title)
    return None


def plan(_: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """排会: the weekly one once a week, a joint committee's once a quarter, never on a 无会日 or in a 无会周."""
    args, actor, site = command.args, ground.actor, ground.site
    kind = word(args, "what", MeetingKind) if args.get("what") else MeetingKind.WEEKLY
    if not fitting(kind, actor.area):
        raise Bad("what")
    at, limit = instant(args, "at", ground.now), whole(args, "minutes") or site.settings.meeting_minutes
    if not 5 <= limit <= 240:
        raise Bad("minutes")
    before = quarterly() if kind in QUARTERLY else weekly()
    meeting = Meeting(
        record_id(command.id), 1, actor.area, MeetingState.PLANNED, text(args, "title", TITLE_MAX), at, kind, limit,
        agenda=agenda_given(args["agenda"], (), site) if not empty(args.get("agenda")) else before,
        members=members_given(args["members"], site) if not empty(args.get("members")) else members(kind, actor.area, site),
        look_at=midnight(at) + DAY, changed_at=ground.now, shares=shares_of(actor.area, 0),
        log=(Line(ground.now, "plan", actor.name),),
    )  # fmt: skip
    lacking = circles_missing(kind, meeting.members)
    if lacking:
        return Refusal(Reason.CIRCLE_MISSING, lacking)
    return _booked(meeting, at, ground, book) or (meeting.record(),)


def edit(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """Changes a meeting to come."""
    meeting, args, site = _meeting(subject), command.args, ground.site
    changes: dict[str, Any] = {}
    if "at" in args:
        at = instant(args, "at", ground.now)
        refused = _booked(meeting, at, ground, book)
        if refused is not None:
            return refused
        changes |= {"at": at, "look_at": midnight(at) + DAY}
    if "title" in args:
        changes["title"] = text(args, "title", TITLE_MAX)
    if "minutes" in args:
        changes["limit"] = whole(args, "minutes")
        if not 5 <= changes["limit"] <= 240:
            raise Bad("minutes")
    if "agenda" in args:
        changes["agenda"] = agenda_given(args["agenda"], meeting.agenda, site)
    if "members" in args:
        invited = members_given(args["members"], site)
        lacking = circles_missing(meeting.kind, invited)
        if lacking:
            return Refusal(Reason.CIRCLE_MISSING, lacking)
        came = {(m.name, m.unit): m.came_at for m in meeting.members}
        changes["members"] = tuple(replace(m, came_at=came.get((m.name, m.unit), 0)) for m in invited)
    if not changes:
        raise Bad("", Reason.MISSING_ARGUMENT)
    return (_said(meeting, ground, "edit", "、".join(sorted(changes)), **changes).record(),)


def cancel(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """取消; what was on its agenda stays, to be carried over."""
    reason = text(command.args, "reason")
    done = _said(_meeting(subject), ground, "cancel", reason, state=MeetingState.CANCELLED, look_at=0, reason=reason)
    return (done.record(),)


def attend(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """签到 of members by key, or taken back."""
    meeting, keys = _meeting(subject), command.args.get("keys")
    if not isinstance(keys, list | tuple) or not all(isinstance(k, str) for k in keys):
        raise Bad("keys")
    known = {m.key for m in meeting.members}
    if set(keys) - known:
        raise Bad("keys")
    here, at = flag(command.args, "here") if "here" in command.args else True, done_at(command, ground.now)
    came = tuple(replace(m, came_at=(m.came_at or at) if here else 0) if m.key in keys else m for m in meeting.members)
    return (_stepped(meeting, at, ground, "attend", f"{'+' if here else '-'}{len(set(keys))}", members=came).record(),)


def open_(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """开会: with a quorum, under the lists of this moment; who opens it chairs it."""
    meeting, site = _meeting(subject), ground.site
    at = step_at(meeting, command, ground)
    if at < meeting.at - DAY:
        return Refusal(Reason.WRONG_STATE, "early")
    closed = bookable(at, site)
    if closed is not None:
        return Refusal(closed, str(at))
    taken = _taken(meeting, meeting.at, book) if meeting.shut_at else None
    if taken is not None:  # it had been cancelled by time, and another was booked since
        return taken
    needed = math.ceil(len(meeting.members) * site.settings.meeting_quorum)
    if meeting.present < needed:
        return Refusal(Reason.NO_QUORUM, f"{meeting.present}/{needed}")
    opened = _stepped(
        meeting, at, ground, "open", state=MeetingState.OPEN, chair=ground.actor.id, chair_name=ground.actor.name,
        opened_at=at, late=max(0, at - meeting.at), current=0, shut_at=0,
        lists=version(site, granted(meeting.area, site, book)), agenda=_begun(meeting, 0, at),
        look_at=ground.now + site.settings.meeting_hours_most * HOUR,
    )  # fmt: skip
    return (opened.record(),)


def _begun(meeting: Meeting, number: int, now: int) -> tuple[AgendaItem, ...]:
    """The agenda with one item begun and the one under way ended."""
    return tuple(
        replace(item, began_at=now, ended_at=0) if i == number
        else replace(item, ended_at=now) if i == meeting.current and item.began_at and not item.ended_at
        else item
        for i, item in enumerate(meeting.agenda)
    )  # fmt: skip


def take(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """接任主持, with a reason: the chair's desk may be away."""
    taken = _said(_meeting(subject), ground, "take", text(command.args, "reason"), chair=ground.actor.id,
                  chair_name=ground.actor.name)  # fmt: skip
    return (taken.record(),)


def next_(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """下一项."""
    meeting = _meeting(subject)
    if meeting.current + 1 >= len(meeting.agenda):
        return Refusal(Reason.LIMIT_REACHED, str(len(meeting.agenda)))
    number, at = meeting.current + 1, step_at(meeting, command, ground)
    agenda = _begun(meeting, number, at)
    return (_stepped(meeting, at, ground, "next", str(number + 1), current=number, agenda=agenda).record(),)


def add(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """加时: two minutes, or so many, to the item under way."""
    meeting, minutes = _meeting(subject), whole(command.args, "minutes") or 2
    item = meeting.item
    if item is None or not minutes <= ADD_MAX:
        raise Bad("minutes")
    if item.extra + minutes > 2 * ADD_MAX:
        return Refusal(Reason.LIMIT_REACHED, str(item.extra))
    agenda = tuple(
        replace(i, extra=i.extra + minutes) if n == meeting.current else i for n, i in enumerate(meeting.agenda)
    )
    return (_said(meeting, ground, "add", str(minutes), agenda=agenda).record(),)


def note(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """记要点, under the item under way or the one named."""
    meeting = _meeting(subject)
    number = whole(command.args, "number") if "number" in command.args else max(0, meeting.current)
    if number >= len(meeting.agenda):
        raise Bad("number")
    if len(meeting.agenda[number].notes) >= NOTES_MAX:
        return Refusal(Reason.LIMIT_REACHED, str(NOTES_MAX))
    at = step_at(meeting, command, ground)
    point, handed = Note(at, ground.actor.name, text(command.args, "text", 500)), handed_in(meeting, at, ground.now)
    agenda = tuple(replace(i, notes=(*i.notes, point)) if n == number else i for n, i in enumerate(meeting.agenda))
    noted = replace(meeting, ver=meeting.ver + 1, changed_at=ground.now, agenda=agenda, handed_in=handed)
    return (noted.record(),)


def carry(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """结转: the drafts an earlier meeting did not come to, onto this one's agenda."""
    meeting = _meeting(subject)
    record = book.record(whole(command.args, "meeting"))
    if record is None or record.kind is not RecordKind.MEETING or record.area != meeting.area:
        return Refusal(Reason.UNKNOWN_CASE, str(command.args.get("meeting")))
    earlier = meeting_of(record)
    if earlier.state not in (MeetingState.ENDED, MeetingState.CANCELLED):
        return Refusal(Reason.WRONG_STATE, earlier.state.value)
    made: list[Record] = []
    for number in earlier.tasks:
        task = _task(number, book)
        if task is not None and task.state is TaskState.DRAFT and task.meeting == earlier.id:
            kept = task.said(ground.now, "carry", ground.actor.name, meeting=meeting.id, carried=task.carried + 1)
            meeting = put_on(meeting, kept)
            made.append(kept.record())
    if not made:
        return Refusal(Reason.MISSING_ARGUMENT, "tasks")
    return (_said(meeting, ground, "carry", str(len(made))).record(), *made)


def _task(number: object, book: Book) -> Task | None:
    record = book.record(number) if type(number) is int and 0 < number < WHOLE else None
    return task_of(record) if record is not None and record.kind is RecordKind.TASK else None


def review(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """复议 of a 会外紧急 task: was it one?"""
    meeting, task = _meeting(subject), _task(command.args.get("task"), book)
    if task is None or task.area != meeting.area:
        return Refusal(Reason.UNKNOWN_CASE, str(command.args.get("task")))
    if task.urgent is None or task.urgent.reviewed_at:
        return Refusal(Reason.WRONG_STATE, task.state.value)
    proper, said = flag(command.args, "proper"), text(command.args, "text")
    seen = replace(task.urgent, reviewed_at=ground.now, proper=proper, note=said)
    done = task.said(ground.now, "review", ground.actor.name, said, urgent=seen)
    kept = _said(meeting, ground, "review", task.title, reviewed=(*meeting.reviewed, task.id))
    return kept.record(), done.record()


def resolve(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """决议: an item's outcome as a task on the same board, to be published at the end like the others."""
    meeting, number = _meeting(subject), whole(command.args, "number")
    if number >= len(meeting.agenda):
        raise Bad("number")
    task = drafted(command.args, meeting.area, record_id(command.id), ground, book)
    task = replace(task, meeting=meeting.id, resolution=number + 1)
    agenda = tuple(replace(i, tasks=(*i.tasks, task.id)) if n == number else i for n, i in enumerate(meeting.agenda))
    return _said(meeting, ground, "resolve", task.title, agenda=agenda).record(), task.record()


def recheck(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """重新核对清单: from now on under the lists as they are."""
    meeting = _meeting(subject)
    new = version(ground.site, granted(meeting.area, ground.site, book))
    if new == meeting.lists:
        return Refusal(Reason.WRONG_STATE, new)
    return (_said(meeting, ground, "recheck", f"{meeting.lists} → {new}", lists=new).record(),)


def publish(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """发布: each task straight to its townships and villages, all or none. Outside work time it waits for 08:00 but for
    an emergency with a reason."""
    meeting, args, now, site = _meeting(subject), command.args, ground.now, ground.site
    if meeting.state is MeetingState.ENDED and done_at(command, now) >= midnight(meeting.ended_at) + DAY:
        return Refusal(Reason.OUTSIDE_MEETING, meeting.title)
    let_in = granted(meeting.area, site, book)
    if version(site, let_in) != meeting.lists:
        return Refusal(Reason.LISTS_CHANGED, f"{meeting.lists} → {version(site, let_in)}")
    urgent, reason = flag(args, "urgent"), text(args, "reason")
    if urgent and len(reason) < REASON_MIN:
        return Refusal(Reason.MISSING_ARGUMENT, "reason")
    at = now if urgent else goes_out(now, site.calendar)
    made: list[Record] = []
    for task in _chosen(args.get("tasks"), meeting, book):
        if task.published:
            return Refusal(Reason.ALREADY_PUBLISHED, task.title)
        if task.state is not TaskState.DRAFT:
            return Refusal(Reason.WRONG_STATE, task.title)
        refused = refusal(task, site, let_in, at)
        if refused is not None:
            return refused
        if at > now:
            made.append(waits(task, at, ground, "publish", meeting=meeting.id))
        else:
            made += issue(task, ground, command.id, "publish", meeting=meeting.id)
        if urgent and not in_hours(now, site.calendar):
            late = line(command.id, Load.AFTER_HOURS, task.title, task.area, ground, about=task.id, reason=reason)
            made.append(late.record())
    numbers = tuple(r.id for r in made if r.kind is RecordKind.TASK)
    done = _said(
        meeting, ground, "publish", str(len(numbers)), published=(*meeting.published, *numbers), published_at=now
    )
    return (done.record(), *made)


def _chosen(value: object, meeting: Meeting, book: Book) -> list[Task]:
    """The tasks named, each once, all of the meeting's own board. Raises Bad."""
    if (
        not isinstance(value, list | tuple)
        or not 0 < len(value) <= PUBLISH_MAX
        or not all(type(n) is int for n in value)
    ):
        raise Bad("tasks")
    found = []
    for number in dict.fromkeys(value):
        task = _task(number, book)
        if task is None:
            raise Bad(str(number)[:20], Reason.UNKNOWN_CASE)
        if task.area != meeting.area:
            raise Bad(task.title, Reason.OUT_OF_SCOPE)
        found.append(task)
    return found


def end(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """散会: the meeting, with its minutes, its people, late and over-long, goes into the 减负 account."""
    meeting = _meeting(subject)
    return _ended(meeting, step_at(meeting, command, ground), command, ground, book)


def _ended(meeting: Meeting, at: int, command: Command, ground: Ground, book: Book, shut_at: int = 0) -> Made:
    over = max(0, at - meeting.opened_at - meeting.limit * MINUTE)
    agenda = _begun(meeting, -1, at)
    done = _stepped(
        meeting, at, ground, "end", state=MeetingState.ENDED, ended_at=at, over=over, agenda=agenda, look_at=0
    )
    done = replace(done, handed_in=meeting.handed_in if shut_at else done.handed_in, shut_at=shut_at)
    body = Body.CENTRE if meeting.kind is MeetingKind.WEEKLY else Body.PARTY
    counted = line(command.id, Load.MEETING, meeting.title, meeting.area, ground, about=meeting.id, body=body)
    for record in book.children(
        RecordKind.BURDEN, meeting.id
    ):  # the server had ended it by time: its line is put right
        old = burden_of(record)
        if old.what is Load.MEETING and old.state is BurdenState.COUNTED:
            counted = old.said(ground.now, "mend", ground.actor.name)
    minutes = math.ceil((at - meeting.opened_at) / MINUTE)
    counted = replace(counted, at=at, minutes=minutes, people=meeting.present, late=meeting.late, over=over)
    return done.record(), counted.record()


def due(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """By time: one that was never opened is cancelled, one that nobody ended is ended, at the most it may last."""
    meeting, now = _meeting(subject), ground.now
    if now < meeting.look_at:
        return Refusal(Reason.TOO_LATE, str(meeting.look_at))
    if meeting.state is MeetingState.OPEN:
        steps = (max(item.began_at, item.ended_at) for item in meeting.agenda)
        last = max(meeting.opened_at + ground.site.settings.meeting_hours_most * HOUR, *steps)
        return _ended(meeting, min(now, last), command, ground, book, now)
    return (_said(meeting, ground, "due", state=MeetingState.CANCELLED, look_at=0, shut_at=now).record(),)


RULES: Mapping[str, Rule] = {
    "meeting.plan": plan, "meeting.edit": edit, "meeting.cancel": cancel, "meeting.attend": attend,
    "meeting.carry": carry, "meeting.open": open_, "meeting.take": take, "meeting.next": next_, "meeting.add": add,
    "meeting.note": note, "meeting.review": review, "meeting.resolve": resolve, "meeting.recheck": recheck,
    "meeting.publish": publish, "meeting.end": end, "meeting.due": due,
}  # fmt: skip
_decide = ruled(RULES)


def decide(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made | Refusal:
    """The decision over a meeting, as it stood when the step was done."""
    return _decide(reopened(subject, command, ground), command, ground, book)
