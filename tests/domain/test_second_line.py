"""What stands beside the main line: questions and answers, merges, calls to the spot, self-handling, escalation."""

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent))
from sites import SHAHE, tiny_site

from commandscreen.domain.case import Case, Due, Lamp, State, lamp
from commandscreen.domain.clock import CST, DAY, HOUR, MINUTE, Limit, LimitKind
from commandscreen.domain.decide import Command, Ground, Reason, Refusal, decide, echo
from commandscreen.domain.explain import explain
from commandscreen.domain.person import Actor, Role
from commandscreen.domain.site import Site

GRID = 2103040150170203
PHOTO = "a" * 64
NEW = {"source": "hotline", "title": "楼道漏水", "place": "32栋", "grid": GRID, "class_id": 301}
LIMITS = [Limit(LimitKind.URGENT_HOUR, 4), Limit(LimitKind.WORK_HOUR, 4), Limit(LimitKind.WORK_DAY, 2),
          Limit(LimitKind.CALENDAR_DAY, 2)]  # fmt: skip
ROLES = frozenset(Role) - {Role.HANDLER}
UNIT_KINDS = {"sign", "feed_back", "return", "give_back", "reply", "report_in", "ask"}


def at(day: int, hour: int, minute: int = 0) -> int:
    """March 2026; the 6th is a Friday."""
    return int(datetime(2026, 3, day, hour, minute, tzinfo=CST).timestamp())


def site_with(limit: Limit, **settings: object) -> Site:
    site = tiny_site(**settings)
    return replace(site, classes={k: replace(c, limit=limit) for k, c in site.classes.items()})


class Town:
    """Cases by id, and people by number: 1 the operator, 2 the shift leader, 3 the head, 10 and on a unit's handler."""

    def __init__(self, site: Site | None = None) -> None:
        self.site = site or tiny_site()
        self.cases: dict[int, Case] = {}

    def ask(self, number: int, kind: str, now: int, person: int = 1, unit: int = 0, **args: object) -> Case | Refusal:
        wanted = args.get("what") != "void" and kind in UNIT_KINDS
        unit = unit or (1 if wanted else 0)
        actor = Actor(person + 10 * unit, f"人{person}", frozenset({Role.HANDLER}) if unit else ROLES, 2103, unit)
        case = self.cases.get(number)
        master = args.get("master") if kind == "merge" else case.master if case else 0
        other = self.cases.get(master) if isinstance(master, int) else None
        ground = Ground(self.site, actor, now, number, f"立沙0306-{number:04d}", other)
        answer = decide(case, Command("x", kind, number, 0, args), ground)
        if isinstance(answer, Case):
            self.cases[number] = answer
            changed = echo(answer, kind, ground)
            if changed is not None:
                self.cases[changed.id] = changed
        return answer

    def do(self, number: int, kind: str, now: int, person: int = 1, unit: int = 0, **args: object) -> Case:
        answer = self.ask(number, kind, now, person, unit, **args)
        assert isinstance(answer, Case), (kind, answer)
        return answer

    def to_handling(self, number: int, now: int) -> Case:
        self.do(number, "report", now, **NEW)
        self.do(number, "file", now, condition="属实")
        self.do(number, "dispatch", now, lead=1)
        return self.do(number, "sign", now, handler="陈工")


def reason_of(answer: Case | Refusal) -> Reason:
    assert isinstance(answer, Refusal), answer
    return answer.reason


# 19 延期 ------------------------------------------------------------------------------------------------------------------


@given(
    st.sampled_from(LIMITS),
    st.integers(at(2, 0), at(20, 0)),
    st.integers(0, 3 * HOUR),
    st.lists(st.integers(1, 5), max_size=5),
)
def test_extensions_never_pass_the_original_limit_nor_two(
    limit: Limit, start: int, spent: int, amounts: list[int]
) -> None:
    town = Town(site_with(limit))
    first = town.to_handling(1, start)
    granted = 0
    for amount in amounts:
        answer = town.ask(1, "ask", start + spent, what="extension", amount=amount, reason="等配件")
        if isinstance(answer, Case):
            assert answer.handle_due == town.cases[1].handle_due
            after = town.do(1, "grant", start + spent)
            granted += Limit(limit.kind, amount).seconds
            assert after.extended == granted
    case = town.cases[1]
    assert case.extensions <= 2
    assert granted <= limit.seconds
    expected = first.handle_due + granted if limit.continuous else town.site.calendar.after(first.handle_due, granted)
    if limit.continuous or case.extensions <= 1:
        assert case.handle_due == expected
    assert [line.kind for line in explain(case, town.site)].count("extension") == case.extensions
    assert case.due_at == case.handle_due
    assert case.amber_at <= case.due_at


def test_a_refused_extension_does_not_count_and_nobody_grants_what_he_asked() -> None:
    town = Town(site_with(LIMITS[0]))
    now = at(6, 9)
    town.to_handling(1, now)
    assert reason_of(town.ask(1, "grant", now)) is Reason.NOT_ASKED
    for _ in range(3):
        town.do(1, "ask", now, what="extension", amount=1, reason="等配件")
        assert reason_of(town.ask(1, "ask", now, what="extension", amount=1, reason="再等")) is Reason.ALREADY_ASKED
        town.do(1, "deny", now, reason="抓紧")
    assert town.cases[1].extensions == 0
    town.do(1, "ask", now, what="extension", amount=1, reason="等配件")
    assert reason_of(town.ask(1, "grant", now, person=11)) is Reason.SAME_PERSON
    town.do(1, "grant", now)
    assert town.cases[1].extensions == 1


def test_an_overdue_case_gets_no_extension() -> None:
    town = Town(site_with(LIMITS[0]))
    town.to_handling(1, at(6, 9))
    late = town.ask(1, "ask", at(6, 13), what="extension", amount=1, reason="等配件")
    assert reason_of(late) is Reason.OVERDUE


# 20 挂账 ------------------------------------------------------------------------------------------------------------------


@given(st.sampled_from(LIMITS), st.integers(at(2, 0), at(20, 0)), st.integers(0, 3 * HOUR), st.integers(HOUR, 40 * DAY))
def test_a_suspended_case_counts_nothing_and_goes_on_with_what_was_left(
    limit: Limit, start: int, spent: int, rest: int
) -> None:
    town = Town(site_with(limit))
    town.to_handling(1, start)
    now = start + spent
    town.do(1, "ask", now, what="suspension", until=now + rest, reason="待拆迁")
    paused = town.do(1, "grant", now)
    left = paused.handle_left
    assert paused.state is State.SUSPENDED
    assert paused.due_what is Due.RESUME
    assert lamp(paused.state, paused.amber_at, paused.due_at, now + rest + DAY) is Lamp.PAUSED
    again = town.do(1, "resume", now + rest)
    assert again.state is State.HANDLING
    now += rest
    after = again.handle_due - now if limit.continuous else town.site.calendar.between(now, again.handle_due)
    assert after == max(0, left)
    assert [line.kind for line in explain(again, town.site)] == ["start", "pause", "resume", "due"]
    assert again.reworks == 0
    assert reason_of(town.ask(1, "ask", now, what="suspension", until=now + DAY, reason="再等")) is Reason.LIMIT_REACHED


def test_a_suspension_ends_within_a_year() -> None:
    town = Town()
    now = at(6, 9)
    town.to_handling(1, now)
    for until in (now - 1, now, now + 366 * DAY):
        assert reason_of(town.ask(1, "ask", now, what="suspension", until=until, reason="等")) is Reason.BAD_ARGUMENT


# 4 作废, 22 申诉 ------------------------------------------------------------------------------------------------------------


def test_a_case_is_voided_by_two() -> None:
    town = Town()
    now = at(6, 9)
    town.do(1, "report", now, **NEW)
    town.do(1, "ask", now, what="void", reason="误报")
    assert reason_of(town.ask(1, "grant", now)) is Reason.SAME_PERSON
    void = town.do(1, "grant", now, person=2)
    assert (void.state, void.closed_at) == (State.VOID, now)


def test_a_question_dies_when_the_case_goes_on() -> None:
    town = Town()
    now = at(6, 9)
    town.do(1, "report", now, **NEW)
    town.do(1, "ask", now, what="void", reason="误报")
    assert town.do(1, "file", now, condition="属实").ask is None


def test_an_appeal_takes_two_reviewers_and_keeps_the_fact() -> None:
    town = Town(site_with(LIMITS[0]))
    now = at(6, 9)
    town.to_handling(1, now)
    town.do(1, "force_close", now, reason="中心决定")
    assert reason_of(town.ask(1, "ask", now, what="appeal", reason="道路封闭")) is Reason.NOT_OVERDUE
    town.to_handling(2, now)
    town.do(2, "feed_back", now + 5 * HOUR, text="好", photos=[PHOTO])
    town.do(2, "force_close", now + 5 * HOUR, reason="中心决定")
    asked = town.do(2, "ask", now + DAY, what="appeal", reason="道路封闭")
    assert asked.state is State.CLOSED
    first = town.do(2, "grant", now + DAY, person=2)
    assert not first.exempt
    assert reason_of(town.ask(2, "grant", now + DAY, person=2)) is Reason.SAME_PERSON
    second = town.do(2, "grant", now + DAY, person=3)
    assert (second.exempt, second.late, second.ask, second.closed_at) == (True, True, None, now + 5 * HOUR)
    assert reason_of(town.ask(2, "ask", now + DAY, what="appeal", reason="再诉")) is Reason.LIMIT_REACHED


# 6 并案 -------------------------------------------------------------------------------------------------------------------


def test_a_merge_is_counted_on_its_master_and_undone_whole() -> None:
    town = Town()
    now = at(6, 9)
    for number in (1, 2, 3):
        town.to_handling(number, now)
    town.do(2, "merge", now, master=1)
    town.do(1, "merge", now, master=3)
    master = town.cases[3]
    assert master.duplicates == 2
    assert [e.kind for e in master.flow[-1:]] == ["merged_in"]
    assert (town.cases[1].state, town.cases[1].closed_at, town.cases[1].was) == (State.MERGED, now, State.HANDLING)
    back = town.do(1, "unmerge", now + HOUR, reason="不是同一处")
    assert (back.state, back.closed_at, back.master, back.was) == (State.HANDLING, 0, 0, None)
    assert back.due_at == back.handle_due
    assert town.cases[3].duplicates == 0


@given(st.lists(st.tuples(st.sampled_from(["merge", "unmerge"]), st.integers(1, 4), st.integers(1, 4)), max_size=30))
def test_masters_never_form_a_ring(moves: list[tuple[str, int, int]]) -> None:
    town = Town()
    now = at(6, 9)
    for number in (1, 2, 3, 4):
        town.do(number, "report", now, **NEW)
    for kind, one, other in moves:
        town.ask(one, kind, now, master=other, reason="同一处")
        for number in town.cases:
            seen = [number]
            while (up := town.cases[seen[-1]].master) != 0:
                assert up not in seen
                seen.append(up)
    merged = sum(c.state is State.MERGED for c in town.cases.values())
    assert merged == sum(c.master != 0 for c in town.cases.values())


def test_a_merge_names_an_open_case_of_ones_own_area() -> None:
    town = Town()
    now = at(6, 9)
    town.do(1, "report", now, **NEW)
    town.to_handling(2, now)
    town.do(2, "force_close", now, reason="办完")
    assert reason_of(town.ask(1, "merge", now, master=2)) is Reason.WRONG_STATE
    assert reason_of(town.ask(1, "merge", now, master=1)) is Reason.BAD_ARGUMENT
    assert reason_of(town.ask(1, "merge", now, master=99)) is Reason.UNKNOWN_CASE


# 2 自处理, 3 核实, 25 吹哨, 21 督办 -----------------------------------------------------------------------------------------


def test_self_handled_needs_two_pictures_and_a_review() -> None:
    town = Town()
    now = at(6, 9)
    more = {**NEW, "text": "已清除"}
    assert reason_of(town.ask(1, "self_handle", now, **more, photos=[PHOTO])) is Reason.MISSING_ARGUMENT
    made = town.do(1, "self_handle", now, **more, photos=[PHOTO, "b" * 64])
    assert (made.state, made.due_what, made.photos, made.fed_back_at) == (State.FED_BACK, Due.CHECK, 2, now)
    for kind in ("send_check", "rework"):
        assert reason_of(town.ask(1, kind, now, reason="?")) is Reason.WRONG_STATE
    closed = town.do(1, "close", now + 600, condition="已清除")
    assert closed.filed_at, "it counts as accepted"
    town.do(2, "self_handle", now, **more, photos=[PHOTO, "b" * 64])
    back = town.do(2, "send_back", now + 600, reason="没有清干净")
    assert (back.state, back.fed_back_at, back.due_what) == (State.REPORTED, 0, Due.INTAKE)


def test_what_was_handled_by_a_unit_is_not_closed_unchecked_nor_sent_to_intake() -> None:
    town = Town()
    now = at(6, 9)
    town.to_handling(1, now)
    town.do(1, "feed_back", now, text="好", photos=[PHOTO])
    assert reason_of(town.ask(1, "close", now, condition="已好")) is Reason.NOT_CHECKED
    assert reason_of(town.ask(1, "send_back", now, reason="?")) is Reason.WRONG_STATE


def test_verifying_has_its_own_clock_and_comes_back() -> None:
    town = Town()
    now = at(6, 9)
    town.do(1, "report", now, **NEW)
    sent = town.do(1, "verify", now + 60)
    assert (sent.state, sent.due_what, sent.due_at) == (State.VERIFYING, Due.VERIFY, now + 60 + 30 * MINUTE)
    assert explain(sent, town.site)[0].note == "verify"
    back = town.do(1, "verified", now + 600, result="absent", note="没有此楼")
    assert (back.state, back.due_what, back.due_from) == (State.REPORTED, Due.INTAKE, now + 600)
    assert back.flow[-1].text == "absent 没有此楼"


def test_a_whistle_calls_units_which_report_in() -> None:
    town = Town()
    now = at(6, 9)
    town.to_handling(1, now)
    called = town.do(1, "whistle", now, units=[2, 4, 2], cause="joint")
    assert [(c.unit, c.due_at - now) for c in called.calls] == [(2, 30 * MINUTE), (4, 30 * MINUTE)]
    assert reason_of(town.ask(1, "report_in", now, unit=3)) is Reason.OUT_OF_SCOPE
    there = town.do(1, "report_in", now + 600, unit=4)
    assert [c.done_at for c in there.calls] == [0, now + 600]
    assert reason_of(town.ask(1, "report_in", now + 700, unit=4)) is Reason.NOT_CALLED
    assert there.handle_due == called.handle_due
    assert reason_of(town.ask(1, "whistle", now, units=[2], cause="joint")) is Reason.BAD_ARGUMENT
    assert reason_of(town.ask(1, "whistle", now, units=[6], cause="because")) is Reason.BAD_ARGUMENT


def test_a_supervision_that_wants_a_reply_gets_one() -> None:
    town = Town()
    now = at(6, 9)
    town.to_handling(1, now)
    assert reason_of(town.ask(1, "reply", now, text="在办")) is Reason.NOT_ASKED
    assert town.do(1, "urge", now, how="leader", text="限今日", reply=True).reply_due == now + 120 * MINUTE
    assert town.do(1, "reply", now + 60, text="下午完成").reply_due == 0


def test_who_accepts_a_return_does_not_dispatch_next() -> None:
    town = Town()
    now = at(6, 9)
    town.to_handling(1, now)
    town.do(1, "return", now, code="not_ours")
    town.do(1, "accept_return", now, person=2)
    assert reason_of(town.ask(1, "dispatch", now, person=2, lead=2)) is Reason.SAME_PERSON
    assert town.do(1, "dispatch", now, person=1, lead=2).barred == 0
    alone = Town(tiny_site(two_persons=False))
    alone.to_handling(1, now)
    alone.do(1, "return", now, code="not_ours")
    alone.do(1, "accept_return", now)
    alone.do(1, "dispatch", now, lead=2)


def test_settings_move_the_limits() -> None:
    town = Town(tiny_site(return_work_days=0, whistle_minutes=10, verify_minutes=5))
    now = at(6, 9)
    town.to_handling(1, now)
    assert reason_of(town.ask(1, "return", now + HOUR, code="not_ours")) is Reason.TOO_LATE
    assert town.do(1, "whistle", now, units=[2], cause="joint").calls[0].due_at == now + 600


# Levels and limits --------------------------------------------------------------------------------------------------------


def raised(case: Case, role: Role, area: int) -> Case | Refusal:
    actor = Actor(5, "王", frozenset({role}), area)
    return decide(case, Command("x", "progress", 1, 0, {"step": "escalate"}), Ground(tiny_site(), actor, at(6, 10)))


@pytest.mark.parametrize(
    ("role", "area", "level"),
    [(Role.GRID_WORKER, GRID // 10_000, 1), (Role.GRID_LEAD, GRID // 10_000, 2), (Role.GRID_CHIEF, GRID // 10_000, 3),
     (Role.DISPATCHER, SHAHE, 4), (Role.SHIFT_LEADER, SHAHE // 1000, 5)],
)  # fmt: skip
def test_each_level_raises_a_case_to_the_next(role: Role, area: int, level: int) -> None:
    town = Town()
    case = town.do(1, "report", at(6, 9), **NEW)
    after = raised(case, role, area)
    assert isinstance(after, Case)
    assert after.level == level
    assert raised(replace(case, level=5), Role.GRID_WORKER, area).level == 5  # type: ignore[union-attr]


def test_above_the_city_there_is_nobody() -> None:
    case = Town().do(1, "report", at(6, 9), **NEW)
    assert reason_of(raised(case, Role.DISPATCHER, 2103)) is Reason.BAD_ARGUMENT


def test_a_dispatch_may_shorten_the_limit_but_not_lengthen_it() -> None:
    town = Town(site_with(Limit(LimitKind.URGENT_HOUR, 4)))
    now = at(6, 9)
    town.do(1, "report", now, **NEW)
    town.do(1, "file", now, condition="属实")
    assert reason_of(town.ask(1, "dispatch", now, lead=1, limit="work_day:3")) is Reason.LIMIT_REACHED
    assert reason_of(town.ask(1, "dispatch", now, lead=1, limit="soon")) is Reason.BAD_ARGUMENT
    sent = town.do(1, "dispatch", now, lead=1, limit="urgent_hour:2")
    assert (sent.handle_due, sent.limit) == (now + 2 * HOUR, "urgent_hour:2")


def test_a_case_goes_to_another_unit_without_a_new_clock() -> None:
    town = Town()
    now = at(6, 9)
    town.do(1, "report", now, **NEW)
    town.do(1, "file", now, condition="属实")
    sent = town.do(1, "dispatch", now, lead=1, assists=[2])
    other = town.do(1, "reroute", now + 1200, lead=2, reason="辖区有误")
    assert (other.lead, other.assists, other.handle_due, other.dispatched_at) == (2, (), sent.handle_due, now)
    assert other.due_at == min(other.handle_due, now + 1200 + 30 * MINUTE)
    more = town.do(1, "assist", now + 1300, assists=[4, 2])
    assert more.assists == (4,)
    assert reason_of(town.ask(1, "assist", now, assists=[2])) is Reason.BAD_ARGUMENT
