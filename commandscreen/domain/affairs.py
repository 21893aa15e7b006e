"""Commands on records, and what follows from commands on cases: which kind's rules decide. Pure; both sides run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import admissions, alarm_follow, alarm_rules, burdens, meetings, receipts, tasks
from .case import Case
from .command import Command, Ground, Reason, Refusal
from .person import Role
from .record import Book, Record, RecordKind

Decide = Callable[[Record | None, Command, Ground, Book], tuple[Record, ...] | Refusal]
Follow = Callable[[Case | None, Case, Command, Ground, Book], tuple[Record, ...]]
Bar = Callable[[Command, Ground, Book], Refusal | None]

# Who decides commands on a kind of record. Each gets the record named by the command, None where it names none.
RULES: Mapping[RecordKind, Decide] = {
    RecordKind.MEETING: meetings.decide,
    RecordKind.TASK: tasks.decide,
    RecordKind.RECEIPT: receipts.decide,
    RecordKind.ADMISSION: admissions.decide,
    RecordKind.BURDEN: burdens.decide,
    RecordKind.ALARM: alarm_rules.decide,
}
# What a command on a case changes in records; asked in order.
FOLLOWERS: tuple[Follow, ...] = (tasks.follow, alarm_follow.follow)
# What a record that a case's command names has against it; asked before the case's own rules.
BARS: tuple[Bar, ...] = (alarm_follow.bar,)


_KINDS = {kind.value: kind for kind in RecordKind}
DUE = ".due"  # the server's own command for a record whose `due_at` has come


def kind_of(command: Command) -> RecordKind | None:
    """The kind of record a command is about, or None: then it is about a case."""
    head, dot, _ = command.kind.partition(".")
    return _KINDS.get(head) if dot else None


def decide(command: Command, ground: Ground, book: Book) -> tuple[Record, ...] | Refusal:
    """The records as the command leaves them, those it makes among them, or why it is refused."""
    kind = kind_of(command)
    rules = RULES.get(kind) if kind else None
    if kind is None or rules is None:
        return Refusal(Reason.UNKNOWN_COMMAND, command.kind[:40])
    if command.kind.endswith(DUE) and Role.SYSTEM not in ground.actor.roles:
        return Refusal(Reason.WRONG_ROLE, command.kind[:40])
    subject = book.record(command.case_id) if command.case_id else None
    if command.case_id and (subject is None or subject.kind is not kind):
        return Refusal(Reason.UNKNOWN_CASE, str(command.case_id))
    return rules(subject, command, ground, book)


def follow(before: Case | None, after: Case, command: Command, ground: Ground, book: Book) -> tuple[Record, ...]:
    """The records that change because a case did."""
    return tuple(record for rule in FOLLOWERS for record in rule(before, after, command, ground, book))


def bar(command: Command, ground: Ground, book: Book) -> Refusal | None:
    """Why a command on a case may not be given, for the sake of a record it names; None where nothing stands against it."""
    return next((refusal for rule in BARS if (refusal := rule(command, ground, book)) is not None), None)
