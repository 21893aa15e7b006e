"""What commands on cases do to alarms: a report in an emergency class raises one, a whistle sets a guard, whatever ends a
cause clears its alarm, and a report that names a recognised picture settles it."""

from __future__ import annotations

from dataclasses import replace

from .alarm import Alarm, Standing, alarm_of, record_of
from .alarm_causes import holds
from .alarm_rules import SOURCES, cleared, confirmed, needs_person, of_case, rung
from .case import Case
from .command import Command, Ground, Reason, Refusal
from .record import Book, Record, RecordKind
from .workflow import Kind


def bar(command: Command, ground: Ground, book: Book) -> Refusal | None:
    """Why a report may not be made of the alarm it names: another desk has settled it, or it is nobody's here."""
    alarm_id = command.args.get("alarm")
    if command.kind != Kind.REPORT or alarm_id is None:
        return None
    alarm = _named(alarm_id, book)
    if alarm is None:
        return Refusal(Reason.BAD_ARGUMENT, "alarm")
    if ground.actor.roles <= SOURCES:  # what a camera has told is for a person to confirm, never for the camera
        return Refusal(Reason.WRONG_ROLE, "alarm")
    if alarm.grid != command.args.get("grid"):
        return Refusal(Reason.BAD_ARGUMENT, "grid")
    return None if needs_person(alarm) else Refusal(Reason.WRONG_STATE, alarm.standing.value)


def _named(alarm_id: object, book: Book) -> Alarm | None:
    record = book.record(alarm_id) if type(alarm_id) is int and 0 < alarm_id < 2**53 else None
    return alarm_of(record) if record is not None and record.kind is RecordKind.ALARM else None


def follow(before: Case | None, after: Case, command: Command, ground: Ground, book: Book) -> tuple[Record, ...]:
    """The alarms that change because a case did."""
    now, rules = ground.now, ground.site.settings.alarms
    if before is None:
        alarm = _named(command.args.get("alarm"), book) if command.kind == Kind.REPORT else None
        if alarm is not None:
            return (record_of(confirmed(alarm, after, ground), now),)
        level = rules.emergency(ground.site.classes.get(after.class_id)) if command.kind == Kind.REPORT else 0
        kind = {1: "critical_report", 2: "urgent_report"}.get(level, "")
        return (rung(of_case(command, ground, after, kind), ground),) if kind in rules.types else ()
    changed: list[Record] = []
    for alarm in map(alarm_of, book.children(RecordKind.ALARM, after.id)):
        if alarm.live and alarm.on and not holds(alarm.kind, after, now):
            changed.append(record_of(cleared(alarm, ground), now))
    if command.kind == Kind.WHISTLE and "whistle" in rules.types:
        due = max((c.due_at for c in after.calls if c.at == now and not c.done_at), default=0)
        if due:
            guard = of_case(command, ground, after, "whistle")
            changed.append(record_of(_guard(guard, due), now))
    return tuple(changed)


def _guard(alarm: Alarm, due: int) -> Alarm:
    return replace(alarm, standing=Standing.GUARD, until=due, on=False)
