"""What several do together: 并案 and back, 吹哨 and 报到, 催办 and 督办 with their replies."""

from __future__ import annotations

from dataclasses import replace

from .acts import Args, coded, entry, told
from .arguments import flag, text, units, whole, word
from .case import Call, Case, State
from .clock import MINUTE
from .command import Bad, Ground, Reason, Refusal
from .division import contains
from .workflow import Kind, Urge, Whistle


def merge(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """并案 into an open master. The master is open, so that no ring can close; every caller stays with its own case."""
    master, wanted = ground.other, whole(args, "master")
    if wanted == case.id:
        raise Bad("master")
    if master is None or master.id != wanted:
        return Refusal(Reason.UNKNOWN_CASE, str(wanted))
    if not contains(ground.actor.area, master.grid):
        return Refusal(Reason.OUT_OF_SCOPE, str(wanted))
    if not master.open:
        return Refusal(Reason.WRONG_STATE, master.state.value)
    return told(case, ground, Kind.MERGE, coded(master.number, text(args, "reason")), master=master.id,
                was=case.state, closed_at=ground.now)  # fmt: skip


def unmerge(case: Case, args: Args, ground: Ground) -> Case:
    """拆分: goes on where it stood; its clocks never stopped."""
    return told(case, ground, Kind.UNMERGE, text(args, "reason"), master=0, was=None, closed_at=0)


def echo(after: Case, command_kind: str, ground: Ground) -> Case | None:
    """What a merge or its undoing does to the master: the count of its cases, and a line of its flow."""
    master = ground.other
    more = {Kind.MERGE: 1, Kind.UNMERGE: -1}.get(command_kind)  # type: ignore[call-overload]
    if master is None or more is None:
        return None
    kind = "merged_in" if more > 0 else "unmerged"
    count = max(0, master.duplicates + more * (1 + after.duplicates))
    line = entry(ground, kind, after.number)
    return replace(master, duplicates=count, flow=(*master.flow, line), ver=master.ver + 1, changed_at=ground.now)


def whistle(case: Case, args: Args, ground: Ground) -> Case:
    """吹哨: calls units to the spot, in one of the three cases only."""
    cause = word(args, "cause", Whistle)
    called = {c.unit for c in case.calls if not c.done_at}
    wanted = [u for u in units(args, "units", ground) if u not in called]
    if not wanted:
        raise Bad("units")
    due = ground.now + ground.site.settings.whistle_minutes * MINUTE
    calls = (*case.calls, *(Call(u, ground.now, due) for u in wanted))
    names = "、".join(ground.site.units[u].short for u in wanted)
    return told(case, ground, Kind.WHISTLE, coded(cause, f"{names} {text(args, 'text')}".strip()), calls=calls)


def report_in(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """报到 of a unit that was called."""
    waiting = [c for c in case.calls if c.unit == ground.actor.unit and not c.done_at]
    if not waiting:
        return Refusal(Reason.NOT_CALLED)
    calls = tuple(replace(c, done_at=ground.now) if c in waiting else c for c in case.calls)
    return told(case, ground, Kind.REPORT_IN, text(args, "text"), calls=calls)


def urge(case: Case, args: Args, ground: Ground) -> Case:
    """催办, 督办; a required reply has its own deadline."""
    how = word(args, "how", Urge)
    due = ground.now + ground.site.settings.reply_minutes * MINUTE if flag(args, "reply") else case.reply_due
    return told(case, ground, Kind.URGE, coded(how, text(args, "text")), urges=case.urges + 1, reply_due=due)


def reply(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """The unit's reply to a 督办."""
    if not case.reply_due:
        return Refusal(Reason.NOT_ASKED)
    return told(case, ground, Kind.REPLY, text(args, "text"), reply_due=0)


__all__ = ["State", "echo", "merge", "reply", "report_in", "unmerge", "urge", "whistle"]
