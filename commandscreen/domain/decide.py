"""The one decision: a case, a command and who gives it become a changed case or a refusal. Pure; both sides run it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from .case import Case, Due, FlowEntry, Source, State
from .category import CaseClass
from .clock import HOUR, MINUTE, Limit, LimitKind, amber_at, amber_with, deadline
from .division import Level, ancestor, contains
from .person import Actor, Role
from .privacy import clean
from .site import Site
from .workflow import EDGES, Edge, Kind, ReturnCode, Step, Urge, edge

RETURN_WORK_DAYS = 2
TITLE_MAX, TEXT_MAX, PLACE_MAX, PHOTOS_MAX = 120, 4000, 200, 20


class Reason(StrEnum):
    """Why a command is refused; views put the codes into words."""

    UNKNOWN_COMMAND = "unknown-command"
    UNKNOWN_CASE = "unknown-case"
    WRONG_STATE = "wrong-state"
    WRONG_ROLE = "wrong-role"
    OUT_OF_SCOPE = "out-of-scope"
    NOT_YOUR_UNIT = "not-your-unit"
    MISSING_ARGUMENT = "missing-argument"
    BAD_ARGUMENT = "bad-argument"
    UNKNOWN_GRID = "unknown-grid"
    UNKNOWN_CLASS = "unknown-class"
    UNKNOWN_UNIT = "unknown-unit"
    NOT_CHECKED = "not-checked"
    NOT_CALLED_BACK = "not-called-back"
    STALE_BASE = "stale-base"
    TOO_LATE = "too-late"
    UNKNOWN_DUTY = "unknown-duty"


@dataclass(frozen=True, slots=True)
class Command:
    """A person's intent. `id` is a UUID and the idempotency key; `base` the version it was decided on, 0 = any."""

    id: str
    kind: str
    case_id: int = 0
    base: int = 0
    args: Mapping[str, Any] = field(default_factory=dict)
    client_time: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command that may not be carried out; `detail` names the argument or state concerned."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision stands on beside the case: site, actor, the server's time, and the names for a new case."""

    site: Site
    actor: Actor
    now: int
    new_id: int = 0
    new_number: str = ""


Word = TypeVar("Word", bound=StrEnum)


class _Bad(ValueError):
    def __init__(self, name: str, reason: Reason = Reason.BAD_ARGUMENT) -> None:
        super().__init__(name)
        self.reason = reason


def decide(case: Case | None, command: Command, ground: Ground) -> Case | Refusal:
    """The case as the command leaves it, or why it is refused. Raises nothing for bad input."""
    try:
        kind = Kind(command.kind)
    except ValueError:
        return Refusal(Reason.UNKNOWN_COMMAND, str(command.kind)[:40])
    if case is None and kind is not Kind.REPORT:
        return Refusal(Reason.UNKNOWN_CASE, str(command.case_id))
    if case is not None and command.base and command.base != case.ver and kind not in (Kind.PROGRESS, Kind.URGE):
        return Refusal(Reason.STALE_BASE, str(case.ver))
    try:
        line = _line(kind, case, command.args)
        if isinstance(line, Refusal):
            return line
        if not line.roles & ground.actor.roles:
            return Refusal(Reason.WRONG_ROLE, kind.value)
        for name in line.needs:
            if _empty(command.args.get(name)):
                return Refusal(Reason.MISSING_ARGUMENT, name)
        if case is None:
            return _report(command.args, ground)
        if not _in_scope(case, ground.actor):
            return Refusal(Reason.OUT_OF_SCOPE, str(case.id))
        if kind is not Kind.PROGRESS and ground.actor.unit and ground.actor.unit != case.lead:
            return Refusal(Reason.NOT_YOUR_UNIT, str(case.lead))
        changed = _ACTS[kind](case, command.args, ground)
        if isinstance(changed, Refusal):
            return changed
        return _clocked(replace(changed, state=line.end, ver=case.ver + 1, changed_at=ground.now), line, ground)
    except _Bad as bad:
        return Refusal(bad.reason, str(bad))


def _line(kind: Kind, case: Case | None, args: Mapping[str, Any]) -> Edge | Refusal:
    start = case.state if case else None
    outcome = ""
    if case is not None and kind is Kind.CHECK:
        outcome = str(args.get("result", ""))
        if outcome not in ("pass", "fail"):
            raise _Bad("result")
        if case.checked_at:
            return Refusal(Reason.WRONG_STATE, case.state.value)
        outcome = "pass_hotline" if outcome == "pass" and case.source is Source.HOTLINE else outcome
    elif kind is Kind.CALL_BACK:
        outcome = str(args.get("result", ""))
        if outcome not in ("solved", "unsolved"):
            raise _Bad("result")
    found = edge(kind, start, outcome)
    return found or Refusal(Reason.WRONG_STATE, start.value if start else "")


def _empty(value: object) -> bool:
    """Whether nothing would be left of an argument; text of blanks or invisible characters says nothing."""
    if isinstance(value, str):
        return not clean(value, TEXT_MAX)
    return value is None or (isinstance(value, list | tuple) and not value)


def _in_scope(case: Case, actor: Actor) -> bool:
    if actor.unit and (actor.unit == case.lead or actor.unit in case.assists):
        return True
    return not actor.unit and contains(actor.area, case.grid)


def _text(args: Mapping[str, Any], name: str, limit: int, lines: bool = False) -> str:
    value = args.get(name, "")
    if not isinstance(value, str) or len(value) > limit:
        raise _Bad(name)
    return clean(value, limit, lines)


def _whole(args: Mapping[str, Any], name: str) -> int:
    value = args.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise _Bad(name)
    return value


def _photos(args: Mapping[str, Any]) -> tuple[str, ...]:
    value = args.get("photos", ())
    if not isinstance(value, list | tuple) or len(value) > PHOTOS_MAX:
        raise _Bad("photos")
    for name in value:
        if not isinstance(name, str) or len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise _Bad("photos")
    return tuple(value)


def _entry(ground: Ground, kind: str, text: str = "", photos: tuple[str, ...] = ()) -> FlowEntry:
    actor = ground.actor
    role = min(actor.roles, default="", key=list(Role).index)
    return FlowEntry(ground.now, kind, actor.name, str(role), actor.unit, text, photos)


def _class(ground: Ground, class_id: int) -> CaseClass:
    found = ground.site.classes.get(class_id)
    if found is None:
        raise _Bad(str(class_id), Reason.UNKNOWN_CLASS)
    return found


def _report(args: Mapping[str, Any], ground: Ground) -> Case | Refusal:
    try:
        source = Source(str(args.get("source")))
    except ValueError:
        raise _Bad("source") from None
    grid = _whole(args, "grid")
    if ground.site.grids.index(grid) < 0:
        raise _Bad(str(grid), Reason.UNKNOWN_GRID)
    if not contains(ground.actor.area, grid):
        return Refusal(Reason.OUT_OF_SCOPE, str(grid))
    kind = _class(ground, _whole(args, "class_id"))
    title, place = _text(args, "title", TITLE_MAX), _text(args, "place", PLACE_MAX)
    if not title or not place:
        return Refusal(Reason.MISSING_ARGUMENT, "title" if not title else "place")
    photos = _photos(args)
    case = Case(
        id=ground.new_id, ver=1, number=ground.new_number, state=State.REPORTED, source=source, class_id=kind.id,
        title=title, text=_text(args, "text", TEXT_MAX, lines=True), place=place, grid=grid,
        township=ancestor(grid, Level.TOWNSHIP), reporter=_text(args, "reporter", 40), phone=_text(args, "phone", 30),
        reported_at=ground.now, changed_at=ground.now, photos=len(photos),
        flow=(_entry(ground, Kind.REPORT, "", photos),),
    )  # fmt: skip
    return _clocked(case, EDGES[0], ground)


def _file(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    class_id = _class(ground, _whole(args, "class_id") or case.class_id).id
    condition = _text(args, "condition", 200)
    return replace(
        case, class_id=class_id, filed_at=ground.now, flow=(*case.flow, _entry(ground, Kind.FILE, condition))
    )


def _dispatch(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    lead = _whole(args, "lead")
    assists = args.get("assists", ())
    if not isinstance(assists, list | tuple) or len(assists) > 8 or lead in assists:
        raise _Bad("assists")
    for unit in (lead, *assists):
        if type(unit) is not int or unit not in ground.site.units:  # True is an int, and equals unit 1
            raise _Bad(str(unit)[:20], Reason.UNKNOWN_UNIT)
    limit = _class(ground, case.class_id).limit
    due = deadline(ground.site.calendar, ground.now, limit)
    return replace(
        case, lead=lead, assists=tuple(dict.fromkeys(assists)), dispatched_at=ground.now, handle_due=due, handle_left=0,
        limit=limit_text(limit), flow=(*case.flow, _entry(ground, Kind.DISPATCH, _text(args, "note", TEXT_MAX))),
    )  # fmt: skip


def _sign(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    handler = _text(args, "handler", 40)
    return replace(case, handler=handler, signed_at=ground.now, responded_at=case.responded_at or ground.now,
                   flow=(*case.flow, _entry(ground, Kind.SIGN, handler)))  # fmt: skip


def _progress(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    try:
        step = Step(str(args.get("step")))
    except ValueError:
        raise _Bad("step") from None
    photos = _photos(args)
    responded = case.responded_at or (ground.now if step is not Step.COMMENT else 0)
    return replace(case, responded_at=responded, photos=case.photos + len(photos),
                   flow=(*case.flow, _entry(ground, step, _text(args, "text", TEXT_MAX), photos)))  # fmt: skip


def _feed_back(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    photos = _photos(args)
    left = handling_left(case, ground)
    return replace(
        case, fed_back_at=ground.now, handle_left=left, late=case.late or left <= 0, photos=case.photos + len(photos),
        flow=(*case.flow, _entry(ground, Kind.FEED_BACK, _text(args, "text", TEXT_MAX), photos)),
    )  # fmt: skip


def _send_check(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    return replace(
        case, checked_at=0, flow=(*case.flow, _entry(ground, Kind.SEND_CHECK, _text(args, "note", TEXT_MAX)))
    )


def _check(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    passed = args.get("result") == "pass"
    photos = _photos(args)
    entry = _entry(ground, "check_pass" if passed else "check_fail", _text(args, "reason", TEXT_MAX), photos)
    case = replace(case, photos=case.photos + len(photos), flow=(*case.flow, entry))
    return replace(case, checked_at=ground.now) if passed else _resumed(case, ground)


def _call_back(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    if args.get("result") == "unsolved":
        entry = _entry(ground, "call_back_unsolved", _text(args, "reason", TEXT_MAX))
        limit = _class(ground, case.class_id).limit
        return replace(
            case, reworks=case.reworks + 1, checked_at=0, fed_back_at=0, handle_left=0, satisfaction=0,
            limit=limit_text(limit), handle_due=deadline(ground.site.calendar, ground.now, limit), flow=(*case.flow, entry),
        )  # fmt: skip
    rating = _whole(args, "rating")
    if not 1 <= rating <= 5:
        raise _Bad("rating")
    return replace(case, satisfaction=rating, flow=(*case.flow, _entry(ground, "call_back_solved", str(rating))))


def _close(case: Case, args: Mapping[str, Any], ground: Ground) -> Case | Refusal:
    if case.state is State.CHECKING and not case.checked_at:
        return Refusal(Reason.NOT_CHECKED)
    if case.state is State.CALLBACK and not case.satisfaction:
        return Refusal(Reason.NOT_CALLED_BACK)
    return replace(case, closed_at=ground.now,
                   flow=(*case.flow, _entry(ground, Kind.CLOSE, _text(args, "condition", 200))))  # fmt: skip


def _word(args: Mapping[str, Any], name: str, kind: type[Word]) -> Word:
    try:
        return kind(str(args.get(name)))
    except ValueError:
        raise _Bad(name) from None


def _return(case: Case, args: Mapping[str, Any], ground: Ground) -> Case | Refusal:
    code = _word(args, "code", ReturnCode)
    calendar = ground.site.calendar
    if calendar.between(case.dispatched_at, ground.now) > RETURN_WORK_DAYS * 8 * HOUR:
        return Refusal(Reason.TOO_LATE, code.value)
    text = f"{code.value} {_text(args, 'reason', TEXT_MAX)}".strip()
    return replace(case, returns=case.returns + 1, flow=(*case.flow, _entry(ground, Kind.RETURN, text)))


def _accept_return(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    entry = _entry(ground, Kind.ACCEPT_RETURN, _text(args, "reason", TEXT_MAX))
    return replace(
        case, lead=0, assists=(), handler="", dispatched_at=0, signed_at=0, limit="", handle_due=0, handle_left=0,
        flow=(*case.flow, entry),
    )  # fmt: skip


def _rule(case: Case, args: Mapping[str, Any], ground: Ground) -> Case | Refusal:
    item = _whole(args, "duty_item")
    if not any(d.list in ("main_duty", "assist_duty") and d.number == item for d in ground.site.duties):
        return Refusal(Reason.UNKNOWN_DUTY, str(item))
    ruled = _dispatch(case, args, ground)
    text = f"{item} {_text(args, 'reason', TEXT_MAX)}".strip()
    return replace(ruled, handler="", signed_at=0, flow=(*case.flow, _entry(ground, Kind.RULE, text)))


def _give_back(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    return replace(case, handler="", flow=(*case.flow, _entry(ground, Kind.GIVE_BACK, _text(args, "reason", TEXT_MAX))))


def _rework(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    entry = _entry(ground, Kind.REWORK, _text(args, "reason", TEXT_MAX))
    return _resumed(replace(case, flow=(*case.flow, entry)), ground)


def _urge(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    text = f"{_word(args, 'how', Urge).value} {_text(args, 'text', TEXT_MAX)}".strip()
    return replace(case, urges=case.urges + 1, flow=(*case.flow, _entry(ground, Kind.URGE, text)))


def _reopen(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    entry = _entry(ground, Kind.REOPEN, _text(args, "reason", TEXT_MAX))
    return replace(
        case, lead=0, assists=(), handler="", filed_at=0, dispatched_at=0, signed_at=0, responded_at=0, fed_back_at=0,
        checked_at=0, closed_at=0, limit="", handle_due=0, handle_left=0, satisfaction=0, flow=(*case.flow, entry),
    )  # fmt: skip


def _void(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    entry = _entry(ground, Kind.VOID, _text(args, "reason", TEXT_MAX))
    return replace(case, closed_at=ground.now, flow=(*case.flow, entry))


def _send_back(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    entry = _entry(ground, Kind.SEND_BACK, _text(args, "reason", TEXT_MAX))
    return replace(case, filed_at=0, flow=(*case.flow, entry))


def _force_close(case: Case, args: Mapping[str, Any], ground: Ground) -> Case:
    entry = _entry(ground, Kind.FORCE_CLOSE, _text(args, "reason", TEXT_MAX))
    return replace(case, closed_at=ground.now, flow=(*case.flow, entry))


_ACTS = {
    Kind.FILE: _file, Kind.DISPATCH: _dispatch, Kind.SIGN: _sign, Kind.PROGRESS: _progress, Kind.FEED_BACK: _feed_back,
    Kind.SEND_CHECK: _send_check, Kind.CHECK: _check, Kind.CALL_BACK: _call_back, Kind.CLOSE: _close,
    Kind.VOID: _void, Kind.SEND_BACK: _send_back, Kind.RETURN: _return, Kind.ACCEPT_RETURN: _accept_return,
    Kind.RULE: _rule, Kind.GIVE_BACK: _give_back, Kind.REWORK: _rework, Kind.URGE: _urge, Kind.REOPEN: _reopen,
    Kind.FORCE_CLOSE: _force_close,
}  # fmt: skip


_CLOCKLESS = frozenset({Kind.PROGRESS, Kind.URGE, Kind.RETURN, Kind.GIVE_BACK})


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


def _resumed(case: Case, ground: Ground) -> Case:
    """Rework: the handling clock goes on from where it stopped; it is not reset (workflow 14, 16)."""
    limit = parse_limit(case.limit)
    left = max(0, case.handle_left)
    due = ground.now + left if limit is None or limit.continuous else ground.site.calendar.after(ground.now, left)
    return replace(case, reworks=case.reworks + 1, checked_at=0, fed_back_at=0, handle_left=0, handle_due=due)


def _clocked(case: Case, line: Edge, ground: Ground) -> Case:
    """Sets the deadline that runs out first. A note, a reminder or a return moves no clock."""
    if line.kind in _CLOCKLESS:
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
        again = line.kind in (Kind.CHECK, Kind.CALL_BACK, Kind.REWORK)
        start = ground.now if again else case.dispatched_at
        left = handling_left(case, ground) if again else limit.seconds
        share, floor = settings.near_due_share, settings.near_due_minutes * MINUTE
        amber = amber_with(calendar, start, left, limit, share, floor)
        return case.handle_due, start if line.kind is Kind.CALL_BACK else case.dispatched_at, amber, Due.HANDLE

    match case.state:
        case State.REPORTED:
            start = case.reported_at if line.kind is Kind.REPORT else ground.now
            due = staged(Due.INTAKE, start, settings.intake_minutes)
        case State.PENDING_DISPATCH:
            start = case.filed_at if line.kind is Kind.FILE else ground.now
            due = staged(Due.DISPATCH, start, settings.dispatch_minutes)
        case State.PENDING_SIGN:
            due = min(
                staged(Due.SIGN, case.dispatched_at, settings.sign_minutes),
                handling(),
                key=lambda d: d[0] or 2**62,
            )
        case State.HANDLING:
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
