"""What one person asks and another grants: 延期, 挂账, 作废, 申诉. The asker never decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from .acts import Args, coded, told
from .arguments import text, whole, word
from .case import Ask, AskKind, Case, State
from .clock import CST, DAY, Limit
from .command import Bad, Ground, Reason, Refusal
from .deadlines import handling_left, later, limit_text, parse_limit, went_on
from .workflow import Kind


def ask(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """Asks, if the rules would let it be granted."""
    what = word(args, "what", AskKind)
    if case.ask is not None:
        return Refusal(Reason.ALREADY_ASKED, case.ask.kind.value)
    value, said = 0, ""
    if what is AskKind.EXTENSION:
        limit = _extension(case, args, ground)
        if isinstance(limit, Refusal):
            return limit
        value, said = limit.seconds, limit_text(limit)
    elif what is AskKind.SUSPENSION:
        refused = _suspension(case, args, ground)
        if refused is not None:
            return refused
        value = whole(args, "until")
        said = datetime.fromtimestamp(value, CST).strftime("%Y-%m-%d")
    elif what is AskKind.APPEAL:
        if not case.late:
            return Refusal(Reason.NOT_OVERDUE)
        if any(e.kind == f"{Kind.ASK}_{what}" for e in case.flow):
            return Refusal(Reason.LIMIT_REACHED, what.value)
    reason = text(args, "reason")
    made = Ask(what, ground.now, ground.actor.id, ground.actor.name, value, reason)
    return told(case, ground, f"{Kind.ASK}_{what}", coded(said, reason), ask=made)


def _extension(case: Case, args: Args, ground: Ground) -> Limit | Refusal:
    """Not overdue, at most so often, and all of it at most so much of the original limit."""
    settings, limit = ground.site.settings, parse_limit(case.limit)
    if limit is None:
        return Refusal(Reason.WRONG_STATE, case.state.value)
    if handling_left(case, ground) <= 0:
        return Refusal(Reason.OVERDUE)
    try:
        more = Limit(limit.kind, whole(args, "amount"))
    except ValueError:
        raise Bad("amount") from None
    whole_limit = round(limit.seconds * settings.extension_share)
    if case.extensions >= settings.extension_most or case.extended + more.seconds > whole_limit:
        return Refusal(Reason.LIMIT_REACHED, limit_text(limit))
    return more


def _suspension(case: Case, args: Args, ground: Ground) -> Refusal | None:
    """Once, with an end in the future and within the site's days."""
    until = whole(args, "until")
    if not ground.now < until <= ground.now + ground.site.settings.suspend_days * DAY:
        raise Bad("until")
    if any(e.kind == f"{Kind.GRANT}_{AskKind.SUSPENSION}" for e in case.flow):
        return Refusal(Reason.LIMIT_REACHED, AskKind.SUSPENSION.value)
    return None


def grant(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """Grants what was asked; an appeal needs two, neither of whom asked."""
    wanted = case.ask
    if wanted is None:
        return Refusal(Reason.NOT_ASKED)
    if ground.actor.id in (wanted.by, wanted.seen_by):
        return Refusal(Reason.SAME_PERSON, wanted.kind.value)
    note = text(args, "reason")
    kind = f"{Kind.GRANT}_{wanted.kind}"
    if wanted.kind is AskKind.APPEAL:
        if not wanted.seen_by:
            return told(case, ground, "review_appeal", note, ask=replace(wanted, seen_by=ground.actor.id))
        return told(case, ground, kind, note, ask=None, exempt=True)
    if wanted.kind is AskKind.VOID:
        return told(case, ground, kind, note or wanted.reason, ask=None, closed_at=ground.now)
    if wanted.kind is AskKind.EXTENSION:
        due = later(case, case.handle_due, wanted.value, ground)
        said = next(e.text for e in reversed(case.flow) if e.kind == f"{Kind.ASK}_{wanted.kind}").partition(" ")[0]
        return told(case, ground, kind, coded(said, note), ask=None, handle_due=due, extensions=case.extensions + 1,
                    extended=case.extended + wanted.value)  # fmt: skip
    day = datetime.fromtimestamp(wanted.value, CST).strftime("%Y-%m-%d")
    left = handling_left(case, ground)
    return told(case, ground, kind, coded(day, note), ask=None, handle_left=left, resume_at=wanted.value)


def deny(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """Refuses what was asked, with a reason; a refusal does not count against the number of grants."""
    wanted = case.ask
    if wanted is None:
        return Refusal(Reason.NOT_ASKED)
    if ground.actor.id == wanted.by:
        return Refusal(Reason.SAME_PERSON, wanted.kind.value)
    return told(case, ground, f"{Kind.DENY}_{wanted.kind}", text(args, "reason"), ask=None)


def resume(case: Case, args: Args, ground: Ground) -> Case:
    """恢复: the handling clock goes on with what was left."""
    return went_on(told(case, ground, Kind.RESUME, text(args, "reason"), resume_at=0), ground)


def outcome(case: Case, kind: Kind, args: Args) -> str:
    """Which line of the table a question or its answer takes."""
    if kind is Kind.ASK:
        return word(args, "what", AskKind).value
    if case.ask is None:
        raise Bad("", Reason.NOT_ASKED)
    return case.ask.kind.value


__all__ = ["State", "ask", "deny", "grant", "outcome", "resume"]
