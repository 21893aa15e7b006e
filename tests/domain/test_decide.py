"""Every edge of the workflow table, every missing edge, and whatever people may send."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent))
from sites import tiny_site

from commandscreen.domain.case import FINAL, Ask, AskKind, Call, Case, Due, FlowEntry, Source, State, lamp
from commandscreen.domain.decide import Command, Ground, Reason, Refusal, decide
from commandscreen.domain.explain import explain
from commandscreen.domain.person import Actor, Role
from commandscreen.domain.workflow import EDGES, Edge, Kind

SITE = tiny_site()
GRID = int(SITE.grids.code[0])
UNIT = next(iter(SITE.units.values()))
OTHER = list(SITE.units.values())[1]
CLASS = next(iter(SITE.classes.values()))
DUTY = next(d for d in SITE.duties if d.list.endswith("_duty"))
NOW = 1_790_000_000
PHOTO = "a" * 64
ARGS = {
    Kind.REPORT: {"source": "grid_app", "title": "管道渗漏", "place": "32栋", "grid": GRID, "class_id": CLASS.id},
    Kind.FILE: {"condition": "属实"},
    Kind.DISPATCH: {"lead": UNIT.id, "assists": [OTHER.id]},
    Kind.SIGN: {"handler": "陈工"},
    Kind.PROGRESS: {"step": "arrive", "text": "到场"},
    Kind.FEED_BACK: {"text": "已换阀门", "photos": [PHOTO]},
    Kind.SEND_CHECK: {},
    Kind.CLOSE: {"condition": "已消除"},
    Kind.SELF_HANDLE: {
        "source": "grid_app",
        "title": "小广告",
        "place": "32栋",
        "grid": GRID,
        "class_id": CLASS.id,
        "text": "已清除",
        "photos": [PHOTO, "b" * 64],
    },
    Kind.VERIFY: {},
    Kind.VERIFIED: {"result": "exists", "note": "属实"},
    Kind.REROUTE: {"lead": OTHER.id, "reason": "辖区有误"},
    Kind.ASSIST: {"assists": [OTHER.id]},
    Kind.MERGE: {"master": 8, "reason": "同一处漏水"},
    Kind.UNMERGE: {"reason": "不是同一处"},
    Kind.GRANT: {},
    Kind.DENY: {"reason": "理由不足"},
    Kind.RESUME: {},
    Kind.WHISTLE: {"units": [OTHER.id], "cause": "joint", "text": "到现场"},
    Kind.REPORT_IN: {"text": "已到"},
    Kind.REPLY: {"text": "下午完成"},
    Kind.SEND_BACK: {"reason": "地址不全"},
    Kind.RETURN: {"code": "not_ours", "reason": "属街道职责"},
    Kind.ACCEPT_RETURN: {},
    Kind.RULE: {"lead": OTHER.id, "duty_item": DUTY.number, "reason": "清单明列"},
    Kind.GIVE_BACK: {"reason": "经办人休假"},
    Kind.REWORK: {"reason": "照片不清"},
    Kind.URGE: {"how": "reminder"},
    Kind.REOPEN: {"reason": "问题复发"},
    Kind.FORCE_CLOSE: {"reason": "中心会议决定"},
}


def ground(*roles: Role, unit: int = 0, now: int = NOW, area: int | None = None, person: int = 1) -> Ground:
    actor = Actor(person, "周敏", frozenset(roles), area or SITE.city.code, unit)
    return Ground(SITE, actor, now, 7, "立沙0311-0427", replace(case_in(State.HANDLING), id=8, number="立沙0311-0428"))


def case_in(state: State, source: Source = Source.GRID_APP, **more: object) -> Case:
    made = Case(7, 3, "立沙0311-0427", state, source, CLASS.id, "管道渗漏", "", "32栋", GRID, GRID // 10**7, lead=UNIT.id,
                reported_at=NOW - 5000, filed_at=NOW - 4900, dispatched_at=NOW - 4800, signed_at=NOW - 4700,
                fed_back_at=NOW - 600, limit="urgent_hour:4", handle_due=NOW + 9600, handle_left=9000)  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def args_for(line: Edge) -> dict[str, object]:
    if line.kind is Kind.CHECK:
        return {"result": "fail" if line.outcome == "fail" else "pass", "reason": "仍渗漏"}
    if line.kind is Kind.CALL_BACK:
        return {"result": line.outcome, "rating": 5, "reason": "没修好"}
    if line.kind is Kind.ASK:
        return {"what": line.outcome, "amount": 2, "until": NOW + 30 * 86_400, "reason": "等配件"}
    return dict(ARGS[line.kind])


def start_of(line: Edge) -> Case | None:
    if line.start is None:
        return None
    source = Source.HOTLINE if line.outcome == "pass_hotline" or line.start is State.CALLBACK else Source.GRID_APP
    ready = line.kind is Kind.CLOSE
    more: dict[str, object] = {}
    if line.kind in (Kind.GRANT, Kind.DENY):
        value = {"extension": 7200, "suspension": NOW + 86_400}.get(line.outcome, 0)
        reviewed = 9 if line.outcome == "appeal" else 0
        more["ask"] = Ask(AskKind(line.outcome), NOW - 60, 5, "陈工", value, "等配件", reviewed)
        more["flow"] = (FlowEntry(NOW - 60, f"ask_{line.outcome}", "陈工", text="urgent_hour:2 等配件"),)
    if line.start is State.FED_BACK and line.kind in (Kind.CLOSE, Kind.SEND_BACK):
        more["dispatched_at"] = 0
    if line.kind is Kind.ASK and line.outcome == "appeal":
        more["late"] = True
    if line.kind is Kind.REPORT_IN:
        more["calls"] = (Call(UNIT.id, NOW - 60, NOW + 1740),)
    if line.kind is Kind.REPLY:
        more["reply_due"] = NOW + 60
    if line.kind is Kind.UNMERGE:
        more |= {"was": State(line.outcome), "master": 8, "closed_at": NOW - 5}
    if line.start is State.SUSPENDED or line.outcome == State.SUSPENDED:
        more["resume_at"] = NOW + 86_400
    checked = NOW - 60 if ready or line.start is State.CALLBACK else 0
    return case_in(line.start, source, checked_at=checked, satisfaction=5 if ready else 0, **more)


@pytest.mark.parametrize("line", EDGES, ids=lambda e: f"{e.kind}-{e.start}-{e.outcome}")
def test_every_edge_leads_where_the_table_says(line: Edge) -> None:
    for role in line.roles:
        unit = UNIT.id if role is Role.HANDLER else 0
        before = start_of(line)
        after = decide(
            before, Command("x", line.kind, 7, before.ver if before else 0, args_for(line)), ground(role, unit=unit)
        )
        assert isinstance(after, Case), after
        assert after.state is line.end
        assert after.ver == (before.ver + 1 if before else 1)
        assert len(after.flow) == (len(before.flow) if before else 0) + 1
        assert bool(after.closed_at) == (after.state in FINAL) or line.start is State.CLOSED


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("state", list(State))
def test_a_missing_edge_is_refused(kind: Kind, state: State) -> None:
    if any(line.kind is kind and line.start is state for line in EDGES):
        return
    args = {
        "result": {Kind.CHECK: "pass", Kind.CALL_BACK: "solved"}.get(kind, ""),
        "what": "extension",
        **ARGS.get(kind, {}),
    }
    wish = Ask(AskKind.EXTENSION, NOW - 60, 5, "陈工", 3600)
    answer = decide(case_in(state, ask=wish), Command("x", kind, 7, 0, args), ground(*Role))
    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.WRONG_STATE


@pytest.mark.parametrize("line", EDGES, ids=lambda e: f"{e.kind}-{e.start}-{e.outcome}")
def test_who_may_not_is_refused(line: Edge) -> None:
    others = frozenset(Role) - line.roles
    answer = decide(start_of(line), Command("x", line.kind, 7, 0, args_for(line)), ground(*others))
    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.WRONG_ROLE


@pytest.mark.parametrize("line", [e for e in EDGES if e.needs], ids=lambda e: f"{e.kind}-{e.start}-{e.outcome}")
def test_each_needed_argument_is_asked_for(line: Edge) -> None:
    role = next(iter(line.roles))
    for name in line.needs:
        args = {**args_for(line), name: None}
        answer = decide(
            start_of(line),
            Command("x", line.kind, 7, 0, args),
            ground(role, unit=UNIT.id if role is Role.HANDLER else 0),
        )
        assert isinstance(answer, Refusal)
        assert answer.reason in (Reason.MISSING_ARGUMENT, Reason.BAD_ARGUMENT)


def test_a_stale_base_is_refused_but_a_progress_note_is_not() -> None:
    stale = decide(case_in(State.REPORTED), Command("x", "file", 7, 2, ARGS[Kind.FILE]), ground(Role.INTAKE))
    assert isinstance(stale, Refusal)
    assert stale.reason is Reason.STALE_BASE
    note = decide(case_in(State.REPORTED), Command("x", "progress", 7, 2, ARGS[Kind.PROGRESS]), ground(Role.INTAKE))
    assert isinstance(note, Case)


def test_a_returned_case_can_be_dispatched_again_with_a_new_clock() -> None:
    dispatched = decide(
        case_in(State.PENDING_DISPATCH), Command("x", "dispatch", 7, 0, ARGS[Kind.DISPATCH]), ground(Role.DISPATCHER)
    )
    assert isinstance(dispatched, Case)
    unit = ground(Role.HANDLER, unit=UNIT.id, now=NOW + 600)
    returned = decide(dispatched, Command("x", "return", 7, 0, ARGS[Kind.RETURN]), unit)
    assert isinstance(returned, Case)
    assert (returned.returns, returned.handle_due, returned.due_at) == (1, dispatched.handle_due, dispatched.due_at)
    approved = decide(returned, Command("x", "accept_return", 7, 0), ground(Role.DISPATCHER, now=NOW + 900))
    assert isinstance(approved, Case)
    assert (approved.lead, approved.limit, approved.due_what, approved.due_from) == (0, "", Due.DISPATCH, NOW + 900)
    assert explain(approved, SITE)[0].note == "accept_return"
    ruled = decide(returned, Command("x", "rule", 7, 0, ARGS[Kind.RULE]), ground(Role.SHIFT_LEADER, now=NOW + 900))
    assert isinstance(ruled, Case)
    assert (ruled.lead, ruled.dispatched_at, ruled.signed_at) == (OTHER.id, NOW + 900, 0)


def test_a_return_after_two_work_days_or_for_no_known_reason_is_refused() -> None:
    old = case_in(State.HANDLING, dispatched_at=NOW - 12 * 86_400)
    unit = ground(Role.HANDLER, unit=UNIT.id)
    answer = decide(old, Command("x", "return", 7, 0, ARGS[Kind.RETURN]), unit)
    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.TOO_LATE
    for args, reason in (({"code": "just because"}, Reason.BAD_ARGUMENT), ({}, Reason.MISSING_ARGUMENT)):
        answer = decide(case_in(State.HANDLING), Command("x", "return", 7, 0, args), unit)
        assert isinstance(answer, Refusal)
        assert answer.reason is reason


def test_a_ruling_must_cite_the_duty_list() -> None:
    args = {**ARGS[Kind.RULE], "duty_item": 999}
    answer = decide(case_in(State.RETURNED), Command("x", "rule", 7, 0, args), ground(Role.SHIFT_LEADER))
    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.UNKNOWN_DUTY


def test_a_reopened_case_starts_at_intake_with_its_history_kept() -> None:
    closed = case_in(State.CLOSED, closed_at=NOW - 86_400, late=True)
    again = decide(closed, Command("x", "reopen", 7, 0, ARGS[Kind.REOPEN]), ground(Role.INTAKE))
    assert isinstance(again, Case)
    assert (again.state, again.closed_at, again.lead, again.due_from, again.late) == (State.REPORTED, 0, 0, NOW, True)


def test_another_area_and_another_unit_are_refused() -> None:
    far = next(
        d.code for d in SITE.divisions.values() if len(str(d.code)) == 9 and not str(GRID).startswith(str(d.code))
    )
    answer = decide(case_in(State.REPORTED), Command("x", "file", 7, 0, ARGS[Kind.FILE]), ground(Role.INTAKE, area=far))
    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.OUT_OF_SCOPE
    answer = decide(
        case_in(State.PENDING_SIGN), Command("x", "sign", 7, 0, ARGS[Kind.SIGN]), ground(Role.HANDLER, unit=OTHER.id)
    )
    assert isinstance(answer, Refusal)
    assert answer.reason in (Reason.NOT_YOUR_UNIT, Reason.OUT_OF_SCOPE)


def test_the_handling_clock_starts_at_dispatch_stops_at_feedback_and_resumes_after_rework() -> None:
    dispatched = decide(
        case_in(State.PENDING_DISPATCH), Command("x", "dispatch", 7, 0, ARGS[Kind.DISPATCH]), ground(Role.DISPATCHER)
    )
    assert isinstance(dispatched, Case)
    length = dispatched.handle_due - NOW
    signed = decide(
        dispatched, Command("x", "sign", 7, 0, ARGS[Kind.SIGN]), ground(Role.HANDLER, unit=UNIT.id, now=NOW + 600)
    )
    assert isinstance(signed, Case)
    assert signed.handle_due == dispatched.handle_due, "signing does not move it"
    fed = decide(
        signed,
        Command("x", "feed_back", 7, 0, ARGS[Kind.FEED_BACK]),
        ground(Role.HANDLER, unit=UNIT.id, now=NOW + 1200),
    )
    assert isinstance(fed, Case)
    if CLASS.limit.continuous:
        assert fed.handle_left == length - 1200
    sent = decide(fed, Command("x", "send_check", 7), ground(Role.INTAKE, now=NOW + 1300))
    assert isinstance(sent, Case)
    failed = decide(
        sent,
        Command("x", "check", 7, 0, {"result": "fail", "reason": "仍渗漏"}),
        ground(Role.COLLECTOR, now=NOW + 9000),
    )
    assert isinstance(failed, Case)
    assert failed.reworks == 1
    calendar = SITE.calendar
    left = (
        failed.handle_due - (NOW + 9000) if CLASS.limit.continuous else calendar.between(NOW + 9000, failed.handle_due)
    )
    assert left == fed.handle_left, "the clock goes on from where it stopped"
    lines = explain(failed, SITE)
    assert [line.kind for line in lines] == ["start", "pause", "resume", "due"]
    assert lines[-1].at == failed.due_at


def test_a_progress_note_moves_no_clock() -> None:
    before = case_in(State.HANDLING, due_at=NOW + 5, due_what=Due.HANDLE)
    after = decide(before, Command("x", "progress", 7, 0, ARGS[Kind.PROGRESS]), ground(Role.GRID_CHIEF))
    assert isinstance(after, Case)
    assert (after.due_at, after.due_what, after.handle_due) == (before.due_at, before.due_what, before.handle_due)


def test_closing_asks_for_a_check_and_a_call_back() -> None:
    unchecked = decide(case_in(State.CHECKING), Command("x", "close", 7, 0, ARGS[Kind.CLOSE]), ground(Role.INTAKE))
    assert unchecked == Refusal(Reason.NOT_CHECKED)
    uncalled = decide(
        case_in(State.CALLBACK, Source.HOTLINE), Command("x", "close", 7, 0, ARGS[Kind.CLOSE]), ground(Role.INTAKE)
    )
    assert uncalled == Refusal(Reason.NOT_CALLED_BACK)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(
    sorted({n for e in EDGES for n in e.needs} | {"assists", "photos", "note", "result", "rating", "reporter"})
)


@given(
    st.sampled_from([k.value for k in Kind]) | st.text(max_size=20),
    st.sampled_from(list(State)),
    st.dictionaries(NAMES, VALUES),
)
def test_decide_answers_whatever_is_sent(kind: str, state: State, args: dict[str, object]) -> None:
    before = case_in(state)
    answer = decide(before, Command("x", kind, 7, 0, args), ground(*Role, unit=UNIT.id))
    assert isinstance(answer, Case | Refusal)
    assert before == case_in(state), "a case is never changed in place"
    answer = decide(None, Command("x", kind, 0, 0, args), ground(*Role))
    assert isinstance(answer, Case | Refusal)


@given(st.integers(0, 2 * NOW), st.sampled_from(list(State)))
def test_the_lamp_turns_once(now: int, state: State) -> None:
    shown = lamp(state, NOW - 100, NOW, now)
    if state in FINAL or state is State.SUSPENDED:
        assert shown in ("done", "paused")
    else:
        assert shown == ("overdue" if now >= NOW else "due" if now >= NOW - 100 else "ok")


def test_hostile_text_is_cleaned_and_long_text_refused() -> None:
    args = {**ARGS[Kind.REPORT], "title": "积水\u202e<img src='file:///x'>\x07\n危险", "text": "a\u2067b"}
    made = decide(None, Command("x", "report", 0, 0, args), ground(Role.GRID_WORKER))
    assert isinstance(made, Case)
    assert made.title == "积水<img src='file:///x'> 危险"
    assert made.text == "ab"
    long = decide(None, Command("x", "report", 0, 0, {**args, "title": "长" * 10_000_000}), ground(Role.GRID_WORKER))
    assert long == Refusal(Reason.BAD_ARGUMENT, "title")
