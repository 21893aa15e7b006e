"""What each command does to an alarm: raised, gone, acknowledged, shelved, dismissed, looked at when it is due. Pure.

An alarm's version is not asked for: whoever acknowledges says so of the alarm, however it stands by then. Acknowledging
what another desk has acknowledged meanwhile adds a second name to its history and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from . import arguments
from .alarm import FLIPS_MAX, Alarm, Standing, alarm_of, cause_of, noted, raised, record_of, source_key
from .alarm_causes import holds, waiting
from .alarm_types import INNER
from .arguments import PLACE_MAX, TITLE_MAX, text, whole
from .case import Case
from .clock import DAY, MINUTE
from .command import Bad, Command, Ground, Reason, Refusal
from .division import Level, ancestor, contains
from .person import Role
from .record import Book, Record, RecordKind, record_id

SOURCE_MAX, REASON_MAX, GROUP_MAX = 80, 200, 500
Made = tuple[Record, ...] | Refusal


class Verb(StrEnum):
    """The second word of an alarm's commands."""

    RAISE = "raise"
    CLEAR = "clear"
    ACK = "ack"
    SHELVE = "shelve"
    UNSHELVE = "unshelve"
    DISMISS = "dismiss"
    DUE = "due"


SOURCES = frozenset({Role.CHANNEL, Role.SYSTEM})
_DESK = frozenset({Role.INTAKE, Role.DISPATCHER, Role.SHIFT_LEADER, Role.CENTRE_HEAD})
_WHO: Mapping[Verb, frozenset[Role]] = {
    Verb.RAISE: SOURCES, Verb.CLEAR: SOURCES, Verb.ACK: _DESK, Verb.SHELVE: _DESK, Verb.UNSHELVE: _DESK,
    Verb.DISMISS: _DESK, Verb.DUE: frozenset({Role.SYSTEM}),
}  # fmt: skip


def decide(subject: Record | None, command: Command, ground: Ground, book: Book) -> Made:
    """The alarms as the command leaves them, or why it is refused. Raises nothing for bad input."""
    try:
        verb = Verb(command.kind.partition(".")[2])
    except ValueError:
        return Refusal(Reason.UNKNOWN_COMMAND, command.kind[:40])
    if not _WHO[verb] & ground.actor.roles:
        return Refusal(Reason.WRONG_ROLE, verb.value)
    try:
        if verb is Verb.RAISE:
            return _raise(command, ground, book)
        if verb is Verb.CLEAR:
            return _clear(command.args, ground, book)
        if subject is None:
            return Refusal(Reason.UNKNOWN_CASE, str(command.case_id))
        if not contains(ground.actor.area, subject.area):
            return Refusal(Reason.OUT_OF_SCOPE, str(subject.id))
        return _ACTS[verb](alarm_of(subject), command.args, ground, book)
    except Bad as bad:
        return Refusal(bad.reason, str(bad))


# What raises and ends an alarm --------------------------------------------------------------------------------------------


def made(command: Command, ground: Ground, kind: str, level: int, **values: Any) -> Alarm:
    """A new alarm of a type, not ringing yet. Raises Bad for a type that the site has not registered."""
    if kind not in ground.site.settings.alarms.types:
        raise Bad("type")
    grid = values["grid"]
    return Alarm(
        id=record_id(command.id, f"alarm {kind}"), ver=0, area=ancestor(grid, Level.TOWNSHIP), kind=kind, level=level,
        at=ground.now, standing=Standing.GUARD, **values,
    )  # fmt: skip


def of_case(command: Command, ground: Ground, case: Case, kind: str, level: int = 0) -> Alarm:
    """An alarm about a case."""
    known = ground.site.settings.alarms.types.get(kind)
    category = ground.site.classes.get(case.class_id)
    return made(
        command, ground, kind, level or (known.level if known else 3), grid=case.grid, title=case.title, place=case.place,
        case=case.id, class_id=case.class_id, source=f"case {case.id} {kind}",
        cause=cause_of(case.place, case.grid, category.minor if category else kind),
    )  # fmt: skip


def _raise(command: Command, ground: Ground, book: Book) -> Made:
    args, rules = command.args, ground.site.settings.alarms
    kind = text(args, "type", 40)
    case_id = whole(args, "case")
    if case_id:
        if Role.SYSTEM not in ground.actor.roles:
            return Refusal(Reason.WRONG_ROLE, "case")
        case = book.case(case_id)
        if case is None:
            return Refusal(Reason.UNKNOWN_CASE, str(case_id))
        if not holds(kind, case, ground.now):
            return Refusal(Reason.WRONG_STATE, case.state.value)
        if any(a.live and a.kind == kind for a in _children(book, case_id)):
            return Refusal(Reason.ALREADY_ASKED, kind)
        return (rung(of_case(command, ground, case, kind), ground),)
    grid = whole(args, "grid")
    if ground.site.grids.index(grid) < 0:
        return Refusal(Reason.UNKNOWN_GRID, str(grid))
    if not contains(ground.actor.area, grid):
        return Refusal(Reason.OUT_OF_SCOPE, str(grid))
    if not args.get("class_id"):  # without it nobody could make a case of it with one key
        return Refusal(Reason.MISSING_ARGUMENT, "class_id")
    category = arguments.case_class(ground, whole(args, "class_id"))
    title, place = text(args, "title", TITLE_MAX), text(args, "place", PLACE_MAX)
    source = text(args, "source", SOURCE_MAX)
    for name, value in (("title", title), ("place", place), ("source", source)):
        if not value:
            return Refusal(Reason.MISSING_ARGUMENT, name)
    confidence = args.get("confidence", 0)
    if not isinstance(confidence, int | float) or isinstance(confidence, bool) or not 0 <= confidence <= 1:
        raise Bad("confidence")
    known = rules.types.get(kind)
    if known is None or kind in INNER:
        raise Bad("type")
    before = _from_source(book, ancestor(grid, Level.TOWNSHIP), source, ground.now)
    if before is not None and before.kind == kind:
        again = _again(before, ground)
        if again is not None:
            return (record_of(again, ground.now),)
    fresh = made(
        command, ground, kind, min(known.level, rules.emergency(category) or known.level), grid=grid, title=title,
        place=place, class_id=category.id, source=source, photos=arguments.photos(args),
        confidence=round(float(confidence), 3), cause=cause_of(place, grid, category.minor),
    )  # fmt: skip
    return (rung(fresh, ground),)


def rung(alarm: Alarm, ground: Ground) -> Record:
    """A new alarm as it begins to ring."""
    fresh = raised(alarm, ground.site.settings.alarms, ground.now)
    return record_of(noted(replace(fresh, flips=(ground.now,)), ground.now, "raise", *_who(ground)), ground.now)


def _again(alarm: Alarm, ground: Ground) -> Alarm | None:
    """The same source once more: one that stands counts on; one that went a moment ago comes back as itself, and the
    third such flip holds it. None where so long ago that it is a new alarm."""
    rules, now = ground.site.settings.alarms, ground.now
    if alarm.live and alarm.on:
        return replace(alarm, count=alarm.count + 1)
    if alarm.case or (alarm.log[-1:] and alarm.log[-1].what == "dismiss"):  # a person is done with it
        return None
    recent = tuple(at for at in alarm.flips if now - at < rules.flip_seconds)
    held = bool(alarm.held_until and now < alarm.held_until)
    if not recent and not held:
        return None
    flips = (*recent, now)[-FLIPS_MAX:]
    back = replace(alarm, on=True, flips=flips, count=alarm.count + 1)
    if held:
        return back
    if len(flips) >= rules.flips:
        back = noted(replace(back, held_until=now + rules.hold_minutes * MINUTE), now, "hold", text=str(back.count))
    if alarm.standing in (Standing.RAISED, Standing.SHELVED, Standing.ACKED):
        return back
    if alarm.standing is Standing.GONE:
        return replace(back, standing=Standing.RAISED)
    return noted(raised(back, rules, now), now, "raise", *_who(ground))


def _clear(args: Mapping[str, Any], ground: Ground, book: Book) -> Made:
    grid = whole(args, "grid")
    if len(str(grid)) != 16 or not contains(ground.actor.area, grid):
        return Refusal(Reason.UNKNOWN_GRID, str(grid))
    source = text(args, "source", SOURCE_MAX)
    alarm = _from_source(book, ancestor(grid, Level.TOWNSHIP), source, ground.now)
    if alarm is None or not alarm.live or not alarm.on:
        return Refusal(Reason.WRONG_STATE, source)
    return (record_of(cleared(alarm, ground), ground.now),)


def cleared(alarm: Alarm, ground: Ground) -> Alarm:
    """The cause is gone: 1 and 2 stay until someone has seen them, 3 goes by itself; one that chatters stays to the end of
    its hold."""
    now, rules = ground.now, ground.site.settings.alarms
    off = replace(alarm, on=False, flips=(*alarm.flips, now)[-FLIPS_MAX:])
    recent = [at for at in off.flips if now - at < rules.flip_seconds]
    if alarm.held_until and now < alarm.held_until:
        return off
    if len(recent) >= rules.flips:
        return noted(replace(off, held_until=now + rules.hold_minutes * MINUTE), now, "hold", text=str(off.count))
    return _ended(off, now)


def _ended(alarm: Alarm, now: int) -> Alarm:
    if alarm.standing is Standing.RAISED and alarm.level < 3:
        return noted(replace(alarm, standing=Standing.GONE, held_until=0), now, "gone")
    return noted(replace(alarm, standing=Standing.CLOSED, held_until=0, shelf_until=0), now, "gone")


def _from_source(book: Book, area: int, source: str, now: int) -> Alarm | None:
    """The newest alarm of a source within a day."""
    record = book.latest(RecordKind.ALARM, source_key(area, source), now - DAY) if source else None
    return alarm_of(record) if record is not None else None


def _children(book: Book, case_id: int) -> list[Alarm]:
    return [alarm_of(r) for r in book.children(RecordKind.ALARM, case_id)]


# What people do with it ---------------------------------------------------------------------------------------------------


def _who(ground: Ground) -> tuple[int, str]:
    return ground.actor.id, ground.actor.name


def _acked(alarm: Alarm, ground: Ground) -> Alarm:
    told = noted(alarm, ground.now, "ack", *_who(ground))
    if not alarm.unseen:
        return told
    standing = Standing.ACKED if alarm.standing is Standing.RAISED else Standing.CLOSED
    return replace(told, standing=standing, acked_at=ground.now, acked_by=ground.actor.name, escalate_at=0)


def _ack(alarm: Alarm, args: Mapping[str, Any], ground: Ground, book: Book) -> Made:
    """One alarm, or those of its group that the person has seen: each is named, never "all"."""
    if alarm.standing is Standing.GUARD:
        return Refusal(Reason.WRONG_STATE, alarm.standing.value)
    named = args.get("members", ())
    if not isinstance(named, list | tuple) or len(named) > GROUP_MAX:
        raise Bad("members")
    done = {alarm.id: _acked(alarm, ground)}
    if not all(type(number) is int and 0 < number < 2**53 for number in named):
        raise Bad("members")
    for number in sorted(set(named)):  # in one order everywhere: two desks must not wait for each other's rows
        record = book.record(number)
        if record is None or record.kind is not RecordKind.ALARM or record.area != alarm.area:
            raise Bad("members", Reason.OUT_OF_SCOPE)
        member = alarm_of(record)
        if member.cause != alarm.cause or member.standing is Standing.GUARD:
            raise Bad("members")
        if member.unseen:
            done.setdefault(member.id, _acked(member, ground))
    return tuple(record_of(a, ground.now) for a in done.values())


def _shelve(alarm: Alarm, args: Mapping[str, Any], ground: Ground, book: Book) -> Made:
    rules = ground.site.settings.alarms
    if alarm.level == 1:
        return Refusal(Reason.LIMIT_REACHED, "level")
    if alarm.standing not in (Standing.RAISED, Standing.ACKED):
        return Refusal(Reason.WRONG_STATE, alarm.standing.value)
    minutes, reason = whole(args, "minutes"), text(args, "reason", REASON_MAX)
    if not 1 <= minutes <= rules.shelve_minutes:
        return Refusal(Reason.LIMIT_REACHED, "minutes")
    if not reason:
        return Refusal(Reason.MISSING_ARGUMENT, "reason")
    told = noted(alarm, ground.now, "shelve", *_who(ground), f"{minutes} {reason}")
    until = ground.now + minutes * MINUTE
    return (record_of(replace(told, standing=Standing.SHELVED, shelf_until=until, escalate_at=0), ground.now),)


def _unshelve(alarm: Alarm, args: Mapping[str, Any], ground: Ground, book: Book) -> Made:
    if alarm.standing is not Standing.SHELVED:
        return Refusal(Reason.WRONG_STATE, alarm.standing.value)
    return (record_of(_back(noted(alarm, ground.now, "unshelve", *_who(ground)), ground), ground.now),)


def _back(alarm: Alarm, ground: Ground) -> Alarm:
    """Off the shelf: it rings anew; its own instant stays."""
    return replace(raised(alarm, ground.site.settings.alarms, ground.now), at=alarm.at, on=alarm.on)


def _dismiss(alarm: Alarm, args: Mapping[str, Any], ground: Ground, book: Book) -> Made:
    """A person has looked at a recognised picture and it is nothing."""
    if not needs_person(alarm):
        return Refusal(Reason.WRONG_STATE, alarm.standing.value)
    reason = text(args, "reason", REASON_MAX)
    if not reason:
        return Refusal(Reason.MISSING_ARGUMENT, "reason")
    told = noted(alarm, ground.now, "dismiss", *_who(ground), reason)
    return (record_of(replace(told, standing=Standing.CLOSED, on=False, held_until=0, shelf_until=0), ground.now),)


def needs_person(alarm: Alarm) -> bool:
    """Whether it waits for someone to confirm or dismiss what a camera or a sensor has told."""
    return alarm.live and not alarm.case and bool(alarm.source)


def confirmed(alarm: Alarm, case: Case, ground: Ground) -> Alarm:
    """A person has made a case of it. An ordinary one is done with; 1 and 2 stand on the case until it is handled."""
    told = noted(replace(alarm, case=case.id, held_until=0, shelf_until=0, escalate_at=0), ground.now, "confirm",
                 *_who(ground), case.number)  # fmt: skip
    seen = replace(told, acked_at=told.acked_at or ground.now, acked_by=told.acked_by or ground.actor.name, on=True)
    if alarm.level < 3:
        return replace(seen, standing=Standing.ACKED, source=f"case {case.id} {alarm.kind}")
    return replace(seen, standing=Standing.CLOSED)


# What comes by time -------------------------------------------------------------------------------------------------------


def _due(alarm: Alarm, args: Mapping[str, Any], ground: Ground, book: Book) -> Made:
    now = ground.now
    if not alarm.due_at or alarm.due_at > now:
        return Refusal(Reason.WRONG_STATE, alarm.standing.value)
    if alarm.standing is Standing.GUARD:
        return (record_of(_guarded(alarm, ground, book), now),)
    changed = alarm
    if changed.standing is Standing.SHELVED and changed.shelf_until <= now:
        changed = _back(noted(changed, now, "unshelve"), ground)
    if changed.held_until and changed.held_until <= now:
        changed = noted(replace(changed, held_until=0), now, "release")
        changed = changed if changed.on else _ended(changed, now)
    if changed.unseen and changed.escalate_at and changed.escalate_at <= now:
        changed = noted(replace(changed, escalate_at=0, escalated_at=now), now, "escalate")
    return (record_of(changed, now),)


def _guarded(alarm: Alarm, ground: Ground, book: Book) -> Alarm:
    """The hour of a guard has come: it rings if there is still cause."""
    case = book.case(alarm.case)
    if case is None or not holds(alarm.kind, case, ground.now):
        return replace(alarm, standing=Standing.CLOSED, on=False)
    names = "、".join(ground.site.units[u].short for u in waiting(case, ground.now) if u in ground.site.units)
    return noted(replace(raised(alarm, ground.site.settings.alarms, ground.now), note=names), ground.now, "raise")


_ACTS: Mapping[Verb, Callable[[Alarm, Mapping[str, Any], Ground, Book], Made]] = {
    Verb.ACK: _ack, Verb.SHELVE: _shelve, Verb.UNSHELVE: _unshelve, Verb.DISMISS: _dismiss, Verb.DUE: _due,
}  # fmt: skip
