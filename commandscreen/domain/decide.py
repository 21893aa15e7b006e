"""The one decision: a case, a command and who gives it become a changed case or a refusal. Pure; both sides run it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from . import acts, asks, joint
from .arguments import empty
from .case import Case, Source, State
from .command import Bad, Command, Ground, Reason, Refusal
from .deadlines import clocked, handling_left, limit_text, parse_limit
from .division import contains
from .joint import echo
from .person import Actor
from .workflow import Edge, Kind, edge

# These say something about a case however it stands by now.
_ANY_VERSION = frozenset({Kind.PROGRESS, Kind.URGE, Kind.REPLY, Kind.REPORT_IN})
# These a unit may give that does not lead the case.
_ANY_UNIT = frozenset({Kind.PROGRESS, Kind.REPORT_IN})


def decide(case: Case | None, command: Command, ground: Ground) -> Case | Refusal:
    """The case as the command leaves it, or why it is refused. Raises nothing for bad input."""
    try:
        kind = Kind(command.kind)
    except ValueError:
        return Refusal(Reason.UNKNOWN_COMMAND, str(command.kind)[:40])
    new = _BEGINNINGS.get(kind)
    if case is None and new is None:
        return Refusal(Reason.UNKNOWN_CASE, str(command.case_id))
    if case is not None and command.base and command.base != case.ver and kind not in _ANY_VERSION:
        return Refusal(Reason.STALE_BASE, str(case.ver))
    try:
        line = _line(kind, case, command.args)
        if isinstance(line, Refusal):
            return line
        if not line.roles & ground.actor.roles:
            return Refusal(Reason.WRONG_ROLE, kind.value)
        for name in line.needs:
            if empty(command.args.get(name)):
                return Refusal(Reason.MISSING_ARGUMENT, name)
        if case is None:
            made = new(command.args, ground) if new else Refusal(Reason.UNKNOWN_CASE)
            return made if isinstance(made, Refusal) else clocked(made, line, ground)
        if not in_scope(case, ground.actor):
            return Refusal(Reason.OUT_OF_SCOPE, str(case.id))
        if kind not in _ANY_UNIT and ground.actor.unit and ground.actor.unit != case.lead:
            return Refusal(Reason.NOT_YOUR_UNIT, str(case.lead))
        changed = _ACTS[kind](case, command.args, ground)
        if isinstance(changed, Refusal):
            return changed
        # A question about a case that went on has answered itself.
        wish = changed.ask if line.end is case.state else None
        changed = replace(changed, state=line.end, ver=case.ver + 1, changed_at=ground.now, ask=wish)
        return clocked(changed, line, ground)
    except Bad as bad:
        return Refusal(bad.reason, str(bad))


def in_scope(case: Case, actor: Actor) -> bool:
    """Whether a case is this person's to act on: by area, or by the unit that leads, assists, was called or mentioned."""
    if actor.unit:
        return actor.unit in (case.lead, *case.assists, *case.asked)
    return contains(actor.area, case.grid)


def _line(kind: Kind, case: Case | None, args: Mapping[str, Any]) -> Edge | Refusal:
    start = case.state if case else None
    outcome = ""
    if case is not None and kind is Kind.CHECK:
        outcome = _one_of(args, "pass", "fail")
        if case.checked_at:
            return Refusal(Reason.WRONG_STATE, case.state.value)
        outcome = "pass_hotline" if outcome == "pass" and case.source is Source.HOTLINE else outcome
    elif kind is Kind.CALL_BACK:
        outcome = _one_of(args, "solved", "unsolved")
    elif case is not None and kind in (Kind.ASK, Kind.GRANT, Kind.DENY):
        outcome = asks.outcome(case, kind, args)
    elif case is not None and kind is Kind.UNMERGE:
        outcome = (case.was or State.REPORTED).value
    return edge(kind, start, outcome) or Refusal(Reason.WRONG_STATE, start.value if start else "")


def _one_of(args: Mapping[str, Any], *words: str) -> str:
    result = str(args.get("result", ""))
    if result not in words:
        raise Bad("result")
    return result


_BEGINNINGS: Mapping[Kind, Callable[[Mapping[str, Any], Ground], Case | Refusal]] = {
    Kind.REPORT: acts.report, Kind.SELF_HANDLE: acts.self_handle,
}  # fmt: skip

_ACTS: Mapping[Kind, Callable[[Case, Mapping[str, Any], Ground], Case | Refusal]] = {
    Kind.VERIFY: acts.verify, Kind.VERIFIED: acts.verified, Kind.FILE: acts.file, Kind.DISPATCH: acts.dispatch,
    Kind.REROUTE: acts.reroute, Kind.ASSIST: acts.assist, Kind.SIGN: acts.sign, Kind.PROGRESS: acts.progress,
    Kind.FEED_BACK: acts.feed_back, Kind.SEND_CHECK: acts.send_check, Kind.CHECK: acts.check,
    Kind.CALL_BACK: acts.call_back, Kind.CLOSE: acts.close, Kind.SEND_BACK: acts.send_back, Kind.RETURN: acts.return_,
    Kind.ACCEPT_RETURN: acts.accept_return, Kind.RULE: acts.rule, Kind.GIVE_BACK: acts.give_back,
    Kind.REWORK: acts.rework, Kind.REOPEN: acts.reopen, Kind.FORCE_CLOSE: acts.force_close,
    Kind.ASK: asks.ask, Kind.GRANT: asks.grant, Kind.DENY: asks.deny, Kind.RESUME: asks.resume,
    Kind.MERGE: joint.merge, Kind.UNMERGE: joint.unmerge, Kind.WHISTLE: joint.whistle,
    Kind.REPORT_IN: joint.report_in, Kind.URGE: joint.urge, Kind.REPLY: joint.reply,
}  # fmt: skip

__all__ = [
    "Command",
    "Ground",
    "Reason",
    "Refusal",
    "decide",
    "echo",
    "handling_left",
    "in_scope",
    "limit_text",
    "parse_limit",
]
