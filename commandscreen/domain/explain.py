"""Why a deadline lies where it lies: each start, stop, resumption and limit on its own line."""

from __future__ import annotations

from contextlib import suppress

from .case import Case, Due
from .clock import ClockLine, Limit, LimitKind
from .deadlines import parse_limit
from .site import Site

_HANDLING_STARTS = ("dispatch", "rule", "call_back_unsolved")
_PAUSES = ("feed_back", "grant_suspension")
_RESUMES = ("check_fail", "rework", "resume")


def explain(case: Case, site: Site) -> tuple[ClockLine, ...]:
    """The lines behind the deadline that the case's lamp counts now; for a finished case, behind its handling limit.

    `note` holds the flow entry's kind, which views put into words; instants are UTC seconds.
    """
    if case.open and case.due_what not in (Due.HANDLE, Due.NONE):
        return _stage(case, site)
    try:
        limit = parse_limit(case.limit)
    except ValueError:  # another version's limit: no explanation is better than a wrong one
        return ()
    if limit is None:
        return ()
    lines: list[ClockLine] = []
    for entry in case.flow:
        if entry.kind in _HANDLING_STARTS:
            lines.append(ClockLine("start", entry.at, entry.kind, limit))
        elif entry.kind in _PAUSES:
            lines.append(ClockLine("pause", entry.at, entry.kind))
        elif entry.kind in _RESUMES:
            lines.append(ClockLine("resume", entry.at, entry.kind))
        elif entry.kind == "grant_extension":
            with suppress(ValueError):
                lines.append(ClockLine("extension", entry.at, entry.kind, parse_limit(entry.text.partition(" ")[0])))
    lines.append(ClockLine("due", case.handle_due))
    return tuple(lines)


_BACK = frozenset({"send_back", "accept_return", "reopen", "verified", "reroute", "unmerge"})


def _stage(case: Case, site: Site) -> tuple[ClockLine, ...]:
    settings = site.settings
    if case.due_what is Due.RESUME:
        return (ClockLine("pause", case.due_from, "grant_suspension"), ClockLine("due", case.due_at))
    minutes, note = {
        Due.INTAKE: (settings.intake_minutes, "report"),
        Due.VERIFY: (settings.verify_minutes, "verify"),
        Due.DISPATCH: (settings.dispatch_minutes, "file"),
        Due.SIGN: (settings.sign_minutes, "dispatch"),
        Due.CHECK: (settings.check_minutes, "send_check" if case.due_from != case.fed_back_at else "feed_back"),
        Due.CLOSE: (settings.check_minutes, "check_pass"),
        Due.CALLBACK: (settings.callback_minutes, "check_pass"),
    }[case.due_what]
    if case.due_what in (Due.INTAKE, Due.DISPATCH, Due.SIGN):  # a case sent back, returned or opened again starts anew
        again = next((e for e in reversed(case.flow) if e.kind in _BACK and e.at == case.due_from), None)
        note = again.kind if again else note
    limit = Limit(LimitKind.URGENT_HOUR, minutes / 60)
    return (ClockLine("start", case.due_from, note, limit), ClockLine("due", case.due_at))
