"""The clocks of a case: its handling limit, what is left of it, and the deadline that runs out first."""

from __future__ import annotations

from dataclasses import replace

from .case import Case, Due, State
from .clock import MINUTE, Limit, LimitKind, amber_at, amber_with, deadline
from .command import Ground
from .workflow import Edge, Kind

# What moves no clock: notes, reminders, questions and their answers, and a return until it is accepted.
_CLOCKLESS = frozenset({Kind.PROGRESS, Kind.URGE, Kind.REPLY, Kind.RETURN, Kind.GIVE_BACK, Kind.ASK, Kind.DENY, Kind.WHISTLE,
                        Kind.REPORT_IN, Kind.ASSIST})  # fmt: skip
# After these the handling clock goes on from now with what is left of it.
_GOES_ON = frozenset({Kind.CHECK, Kind.CALL_BACK, Kind.REWORK, Kind.GRANT, Kind.RESUME, Kind.UNMERGE})


def limit_text(limit: Limit) -> str:
    """A limit as it is kept on the case: work_hour:4."""
    return f"{limit.kind.value}:{limit.amount:g}"


def parse_limit(text: str) -> Limit | None:
    """The limit of a case's `limit` text; None where there is none yet. Raises ValueError for another form."""
    if not text:
        return None
    kind, _, amount = text.partition(":")
    return Limit(LimitKind(kind), float(amount))


def handling_left(case: Case, ground: Ground) -> int:
    """Seconds left of the handling limit, in its own kind of time; negative or 0 when it has run out."""
    limit = parse_limit(case.limit)
    if limit is None:
        return 0
    if limit.continuous:
        return case.handle_due - ground.now
    return ground.site.calendar.between(ground.now, case.handle_due)


def later(case: Case, start: int, seconds: int, ground: Ground) -> int:
    """The instant at which `seconds` of the handling limit's own time have passed since `start`."""
    limit = parse_limit(case.limit)
    return start + seconds if limit is None or limit.continuous else ground.site.calendar.after(start, seconds)


def went_on(case: Case, ground: Ground) -> Case:
    """The handling clock goes on from where it stopped; it is not reset (workflow 14, 16, 20)."""
    return replace(case, handle_left=0, handle_due=later(case, ground.now, max(0, case.handle_left), ground))


def clocked(case: Case, line: Edge, ground: Ground) -> Case:
    """Sets the deadline that runs out first. A note, a reminder or a return moves no clock."""
    if line.kind in _CLOCKLESS or (line.kind is Kind.GRANT and line.start is State.CLOSED):
        return case
    settings = ground.site.settings
    calendar = ground.site.calendar

    def staged(what: Due, start: int, minutes: int) -> tuple[int, int, int, Due]:
        limit = Limit(LimitKind.URGENT_HOUR, minutes / 60)
        amber = amber_at(calendar, start, limit, settings.near_due_share, settings.near_due_minutes * MINUTE)
        return deadline(calendar, start, limit), start, amber, what

    def handling() -> tuple[int, int, int, Due]:
        limit = parse_limit(case.limit)
        if limit is None:
            return 0, 0, 0, Due.NONE
        # After a rework the clock runs on from now with what is left; after an unsolved call-back, with a new limit.
        again = line.kind in _GOES_ON
        start = ground.now if again else case.dispatched_at
        left = handling_left(case, ground) if again else limit.seconds
        share, floor = settings.near_due_share, settings.near_due_minutes * MINUTE
        amber = amber_with(calendar, start, left, limit, share, floor)
        return case.handle_due, start if line.kind is Kind.CALL_BACK else case.dispatched_at, amber, Due.HANDLE

    match case.state:
        case State.REPORTED:
            start = case.reported_at if line.kind is Kind.REPORT else ground.now
            due = staged(Due.INTAKE, start, settings.intake_minutes)
        case State.VERIFYING:
            due = staged(Due.VERIFY, ground.now, settings.verify_minutes)
        case State.PENDING_DISPATCH:
            start = case.filed_at if line.kind is Kind.FILE else ground.now
            due = staged(Due.DISPATCH, start, settings.dispatch_minutes)
        case State.PENDING_SIGN:
            start = ground.now if line.kind is Kind.REROUTE else case.dispatched_at
            due = min(staged(Due.SIGN, start, settings.sign_minutes), handling(), key=lambda d: d[0] or 2**62)
        case State.HANDLING:
            due = handling()
        case State.SUSPENDED:
            due = case.resume_at, ground.now, case.resume_at, Due.RESUME
        case State.RETURNED:
            due = handling()
        case State.FED_BACK:
            due = staged(Due.CHECK, case.fed_back_at, settings.check_minutes)
        case State.CHECKING if not case.checked_at:
            due = staged(Due.CHECK, ground.now, settings.check_minutes)
        case State.CHECKING:
            due = staged(Due.CLOSE, case.checked_at, settings.check_minutes)
        case State.CALLBACK:
            due = staged(Due.CALLBACK, case.checked_at, settings.callback_minutes)
        case _:
            due = (0, 0, 0, Due.NONE)
    at, start, amber, what = due
    return replace(case, due_at=at, due_from=start, amber_at=amber, due_what=what)
