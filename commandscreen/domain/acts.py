"""What each command of the main line does to its case: from the report to the end, with returns and reopening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from . import arguments as args_
from .arguments import CONDITION_MAX, NAME_MAX, PHONE_MAX, PLACE_MAX, TITLE_MAX, photos, text, whole, word
from .case import Case, FlowEntry, Mention, Source, State
from .clock import HOUR, deadline
from .command import Bad, Ground, Reason, Refusal
from .deadlines import handling_left, limit_text, parse_limit, went_on
from .division import Level, ancestor, contains, level_of
from .person import Role
from .sent_to import sent_to
from .workflow import Kind, ReturnCode, Step, Verified

Args = Mapping[str, Any]
LEVEL_TOP = 5  # 0–2 the grid's three levels, 3 township, 4 county, 5 city
_GRID_LEVELS = {Role.GRID_WORKER: 0, Role.GRID_LEAD: 1, Role.GRID_CHIEF: 2}
_AREA_LEVELS = {Level.TOWNSHIP: 3, Level.COUNTY: 4, Level.CITY: 5}


def entry(ground: Ground, kind: str, said: str = "", pictures: tuple[str, ...] = ()) -> FlowEntry:
    """A line of the flow by the actor, now."""
    actor = ground.actor
    role = min(actor.roles, default="", key=list(Role).index)
    return FlowEntry(ground.now, kind, actor.name, str(role), actor.unit, said, pictures)


def told(case: Case, ground: Ground, kind: str, said: str = "", pictures: tuple[str, ...] = (), **changes: Any) -> Case:
    """The case with other values and one more line of its flow."""
    line = entry(ground, kind, said, pictures)
    return replace(case, photos=case.photos + len(pictures), flow=(*case.flow, line), **changes)


def coded(code: StrEnum | str, more: str) -> str:
    """A flow text that begins with a code, which views put into words."""
    return f"{code.value if isinstance(code, StrEnum) else code} {more}".strip()


def report(args: Args, ground: Ground) -> Case | Refusal:
    """A new case: 上报, 登记."""
    source = word(args, "source", Source)
    grid = whole(args, "grid")
    if ground.site.grids.index(grid) < 0:
        raise Bad(str(grid), Reason.UNKNOWN_GRID)
    if not contains(ground.actor.area, grid):
        return Refusal(Reason.OUT_OF_SCOPE, str(grid))
    kind = args_.case_class(ground, whole(args, "class_id"))
    title, place = text(args, "title", TITLE_MAX), text(args, "place", PLACE_MAX)
    if not title or not place:
        return Refusal(Reason.MISSING_ARGUMENT, "title" if not title else "place")
    pictures = photos(args)
    return Case(
        id=ground.new_id, ver=1, number=ground.new_number, state=State.REPORTED, source=source, class_id=kind.id,
        title=title, text=text(args, "text", lines=True), place=place, grid=grid,
        township=ancestor(grid, Level.TOWNSHIP), reporter=text(args, "reporter", NAME_MAX),
        phone=text(args, "phone", PHONE_MAX), reported_at=ground.now, changed_at=ground.now, photos=len(pictures),
        flow=(entry(ground, Kind.REPORT, "", pictures),),
    )  # fmt: skip


def self_handle(args: Args, ground: Ground) -> Case | Refusal:
    """自处理: a small thing mended on the spot, with a picture before and one after; goes to review."""
    if len(photos(args)) < 2:
        return Refusal(Reason.MISSING_ARGUMENT, "photos")
    made = report(args, ground)
    if isinstance(made, Refusal):
        return made
    done = entry(ground, Kind.SELF_HANDLE, made.text, made.flow[0].photos)
    return replace(made, state=State.FED_BACK, fed_back_at=ground.now, responded_at=ground.now, flow=(done,))


def verify(case: Case, args: Args, ground: Ground) -> Case:
    """发核实."""
    return told(case, ground, Kind.VERIFY, text(args, "note"))


def verified(case: Case, args: Args, ground: Ground) -> Case:
    """核实回复: whether it is there."""
    return told(case, ground, Kind.VERIFIED, coded(word(args, "result", Verified), text(args, "note")), photos(args))


def file(case: Case, args: Args, ground: Ground) -> Case:
    """立案 under a filing condition, with the class set right."""
    class_id = args_.case_class(ground, whole(args, "class_id") or case.class_id).id
    return told(case, ground, Kind.FILE, text(args, "condition", CONDITION_MAX), class_id=class_id, filed_at=ground.now)


def dispatch(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """派遣. The handling clock starts; who received a return may not make this push."""
    if case.barred and case.barred == ground.actor.id and ground.site.settings.two_persons:
        return Refusal(Reason.SAME_PERSON, Kind.ACCEPT_RETURN.value)
    sent = _sent(case, args, ground)
    return told(sent, ground, Kind.DISPATCH, coded(sent_to(sent.lead, sent.assists), text(args, "note")))


def _sent(case: Case, args: Args, ground: Ground) -> Case:
    lead = args_.known_unit(whole(args, "lead"), ground)
    assists = args_.units(args, "assists", ground)
    if lead in assists:
        raise Bad("assists")
    limit = args_.case_class(ground, case.class_id).limit
    due = deadline(ground.site.calendar, ground.now, limit)
    if args.get("limit"):  # 改限时: a dispatch may shorten the limit, never lengthen it
        try:
            limit = parse_limit(text(args, "limit", 40)) or limit
        except ValueError:
            raise Bad("limit") from None
        shorter = deadline(ground.site.calendar, ground.now, limit)
        if shorter > due:
            raise Bad("limit", Reason.LIMIT_REACHED)
        due = shorter
    return replace(
        case, lead=lead, assists=assists, dispatched_at=ground.now, handle_due=due, handle_left=0, extended=0,
        limit=limit_text(limit), barred=0, handler="", signed_at=0,
    )  # fmt: skip


def reroute(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """改派, before anyone signed: the handling clock keeps running."""
    lead = args_.known_unit(whole(args, "lead"), ground)
    if lead == case.lead:
        raise Bad("lead")
    assists = tuple(u for u in case.assists if u != lead)
    said = coded(sent_to(lead, assists), text(args, "reason"))
    return told(case, ground, Kind.REROUTE, said, lead=lead, assists=assists)


def assist(case: Case, args: Args, ground: Ground) -> Case:
    """协办: more units beside the lead."""
    more = tuple(u for u in args_.units(args, "assists", ground) if u != case.lead and u not in case.assists)
    if not more or len(case.assists) + len(more) > args_.UNITS_MAX:
        raise Bad("assists")
    names = "、".join(ground.site.units[u].short for u in more)
    return told(case, ground, Kind.ASSIST, names, assists=(*case.assists, *more))


def sign(case: Case, args: Args, ground: Ground) -> Case:
    """签收, naming who handles it."""
    handler = text(args, "handler", NAME_MAX)
    return told(case, ground, Kind.SIGN, handler, handler=handler, signed_at=ground.now,
                responded_at=case.responded_at or ground.now)  # fmt: skip


def progress(case: Case, args: Args, ground: Ground) -> Case:
    """进展; 上报上级 raises the case one level. Units mentioned in it see the case from then on, until they answer as waiting."""
    step = word(args, "step", Step)
    responded = case.responded_at or (ground.now if step is not Step.COMMENT else 0)
    level = case.level
    if step is Step.ESCALATE:
        level = max(level, _level(ground) + 1)
        if level > LEVEL_TOP:
            raise Bad("step")
    return told(case, ground, step, text(args, "text"), photos(args), responded_at=responded, level=level,
                mentions=_mentioned(case, args, ground))  # fmt: skip


def _mentioned(case: Case, args: Args, ground: Ground) -> tuple[Mention, ...]:
    """Who speaks has answered; who is mentioned now waits anew, once each."""
    named = args_.units(args, "units", ground)
    kept = [
        replace(m, done_at=ground.now) if m.unit == ground.actor.unit and not m.done_at else m
        for m in case.mentions if m.unit not in named
    ]  # fmt: skip
    if len(kept) + len(named) > args_.MENTIONS_MAX:
        raise Bad("units", Reason.LIMIT_REACHED)
    return (*kept, *(Mention(unit, ground.now) for unit in named))


def _level(ground: Ground) -> int:
    actor = ground.actor
    grid = [_GRID_LEVELS[r] for r in actor.roles if r in _GRID_LEVELS]
    return min(grid) if grid else _AREA_LEVELS.get(level_of(actor.area), 2)


def feed_back(case: Case, args: Args, ground: Ground) -> Case:
    """反馈: the handling clock stops."""
    left = handling_left(case, ground)
    return told(case, ground, Kind.FEED_BACK, text(args, "text"), photos(args), fed_back_at=ground.now, handle_left=left,
                late=case.late or left <= 0)  # fmt: skip


def send_check(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """发核查."""
    if not case.dispatched_at:  # 自处理 is reviewed, not checked
        return Refusal(Reason.WRONG_STATE, case.state.value)
    return told(case, ground, Kind.SEND_CHECK, text(args, "note"), checked_at=0)


def check(case: Case, args: Args, ground: Ground) -> Case:
    """核查: passed, or back to work with what was left of the limit."""
    passed = args.get("result") == "pass"
    case = told(case, ground, "check_pass" if passed else "check_fail", text(args, "reason"), photos(args))
    return replace(case, checked_at=ground.now) if passed else _again(case, ground)


def call_back(case: Case, args: Args, ground: Ground) -> Case:
    """回访: solved with a rating, or handled again under a new limit."""
    if args.get("result") == "unsolved":
        limit = args_.case_class(ground, case.class_id).limit
        return told(
            case, ground, "call_back_unsolved", text(args, "reason"), reworks=case.reworks + 1, checked_at=0, fed_back_at=0,
            handle_left=0, satisfaction=0, extended=0, limit=limit_text(limit),
            handle_due=deadline(ground.site.calendar, ground.now, limit),
        )  # fmt: skip
    rating = whole(args, "rating")
    if not 1 <= rating <= 5:
        raise Bad("rating")
    return told(case, ground, "call_back_solved", str(rating), satisfaction=rating)


def close(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """结案 under a closing condition; of 自处理 after a look at its pictures."""
    if case.state is State.FED_BACK and case.dispatched_at:
        return Refusal(Reason.NOT_CHECKED)
    if case.state is State.CHECKING and not case.checked_at:
        return Refusal(Reason.NOT_CHECKED)
    if case.state is State.CALLBACK and not case.satisfaction:
        return Refusal(Reason.NOT_CALLED_BACK)
    filed = case.filed_at or ground.now
    return told(case, ground, Kind.CLOSE, text(args, "condition", CONDITION_MAX), closed_at=ground.now, filed_at=filed)


def return_(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """退单, within the site's work-days of the dispatch."""
    code = word(args, "code", ReturnCode)
    spent = ground.site.calendar.between(case.dispatched_at, ground.now)
    if spent > ground.site.settings.return_work_days * 8 * HOUR:
        return Refusal(Reason.TOO_LATE, code.value)
    return told(case, ground, Kind.RETURN, coded(code, text(args, "reason")), returns=case.returns + 1)


def accept_return(case: Case, args: Args, ground: Ground) -> Case:
    """同意退单: back to dispatch, which another person makes."""
    return told(
        case, ground, Kind.ACCEPT_RETURN, text(args, "reason"), lead=0, assists=(), handler="", dispatched_at=0,
        signed_at=0, limit="", handle_due=0, handle_left=0, barred=ground.actor.id,
    )  # fmt: skip


def rule(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """终审派单: binding, and cites a duty-list item."""
    item = whole(args, "duty_item")
    if not any(d.list in ("main_duty", "assist_duty") and d.number == item for d in ground.site.duties):
        return Refusal(Reason.UNKNOWN_DUTY, str(item))
    return told(_sent(case, args, ground), ground, Kind.RULE, coded(str(item), text(args, "reason")))


def give_back(case: Case, args: Args, ground: Ground) -> Case:
    """经办人交回 to the unit."""
    return told(case, ground, Kind.GIVE_BACK, text(args, "reason"), handler="")


def rework(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """返工."""
    if not case.dispatched_at:
        return Refusal(Reason.WRONG_STATE, case.state.value)
    return _again(told(case, ground, Kind.REWORK, text(args, "reason")), ground)


def _again(case: Case, ground: Ground) -> Case:
    return went_on(replace(case, reworks=case.reworks + 1, checked_at=0, fed_back_at=0), ground)


def send_back(case: Case, args: Args, ground: Ground) -> Case | Refusal:
    """回退受理; of 自处理: it takes the ordinary way instead."""
    if case.state is State.FED_BACK and case.dispatched_at:
        return Refusal(Reason.WRONG_STATE, case.state.value)
    return told(case, ground, Kind.SEND_BACK, text(args, "reason"), filed_at=0, fed_back_at=0)


def reopen(case: Case, args: Args, ground: Ground) -> Case:
    """重开 on new facts: starts at intake, with its whole history."""
    return told(
        case, ground, Kind.REOPEN, text(args, "reason"), lead=0, assists=(), handler="", filed_at=0, dispatched_at=0,
        signed_at=0, responded_at=0, fed_back_at=0, checked_at=0, closed_at=0, limit="", handle_due=0, handle_left=0,
        extended=0, satisfaction=0, calls=(), mentions=(), reply_due=0, barred=0,
    )  # fmt: skip


def force_close(case: Case, args: Args, ground: Ground) -> Case:
    """强制结案, with its reason in the flow and in the audit log."""
    return told(case, ground, Kind.FORCE_CLOSE, text(args, "reason"), closed_at=ground.now)
