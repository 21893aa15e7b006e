"""The causes of alarms about cases: whether one holds as the case stands, and which unit it waits for."""

from __future__ import annotations

from .case import Case, Due, State

_DANGER_OVER = frozenset({State.FED_BACK, State.CHECKING, State.CALLBACK})


def waiting(case: Case, now: int) -> tuple[int, ...]:
    """Units that were called to the spot and have not reported in within their time."""
    return tuple(c.unit for c in case.calls if not c.done_at and c.due_at <= now)


def late_kind(case: Case) -> str:
    """The type of alarm for the deadline a case runs against."""
    return "unsigned" if case.due_what is Due.SIGN else "overdue"


def holds(kind: str, case: Case, now: int) -> bool:
    """Whether the cause of a type of alarm is there. A danger is over once the unit says that it is dealt with."""
    if not case.open:
        return False
    match kind:
        case "whistle":
            return case.state is State.HANDLING and bool(waiting(case, now))
        case "unsigned" | "overdue":
            late = bool(case.due_at) and case.due_at <= now and case.state is not State.SUSPENDED
            return late and late_kind(case) == kind
        case _:
            return case.state not in _DANGER_OVER
