"""Work done again: the clock goes on, the lamp follows it, and an old rating closes nothing."""

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent))
from sites import tiny_site

from commandscreen.domain.case import Case, Due, Source
from commandscreen.domain.clock import CST, HOUR, MINUTE, Limit, LimitKind, WorkCalendar, amber_with
from commandscreen.domain.decide import Command, Ground, Reason, Refusal, decide, limit_text
from commandscreen.domain.explain import explain
from commandscreen.domain.person import Actor, Role
from commandscreen.domain.site import Site

GRID = 2103040150170203
SITE = tiny_site()
LIMITS = [Limit(LimitKind.URGENT_HOUR, 2), Limit(LimitKind.WORK_HOUR, 4), Limit(LimitKind.WORK_DAY, 1),
          Limit(LimitKind.WORK_DAY, 3), Limit(LimitKind.CALENDAR_DAY, 2)]  # fmt: skip
PHOTO = "a" * 64


def at(day: int, hour: int, minute: int = 0) -> int:
    """March 2026; the 6th is a Friday."""
    return int(datetime(2026, 3, day, hour, minute, tzinfo=CST).timestamp())


def with_limit(limit: Limit) -> Site:
    return replace(SITE, classes={k: replace(c, limit=limit) for k, c in SITE.classes.items()})


class Desk:
    """One case and someone who holds every post of the house, or a unit's handler."""

    def __init__(self, site: Site, source: str = "hotline") -> None:
        self.site = site
        self.case: Case | None = None
        self._source = source

    def ask(self, kind: str, now: int, **args: object) -> Case | Refusal:
        unit = 1 if kind in ("sign", "feed_back") else 0
        roles = frozenset({Role.HANDLER}) if unit else frozenset(Role) - {Role.HANDLER}
        actor = Actor(1, "周敏", roles, self.site.city.code, unit)
        number = self.case.id if self.case else 0
        return decide(self.case, Command("x", kind, number, 0, args), Ground(self.site, actor, now, 7, "立沙0306-0001"))

    def do(self, kind: str, now: int, **args: object) -> Case:
        answer = self.ask(kind, now, **args)
        assert isinstance(answer, Case), (kind, answer)
        self.case = answer
        return answer

    def to_handling(self, now: int) -> Case:
        self.do("report", now - 600, source=self._source, title="楼道漏水", place="32栋", grid=GRID, class_id=301)
        self.do("file", now - 500, condition="属实")
        self.do("dispatch", now, lead=1)
        return self.do("sign", now, handler="陈工")

    def to_check(self, now: int) -> Case:
        self.do("feed_back", now, text="已修好", photos=[PHOTO])
        return self.do("send_check", now + 60)


def left_of(site: Site, case: Case, now: int) -> int:
    if case.limit.startswith(("urgent_hour", "calendar_day")):
        return case.handle_due - now
    return site.calendar.between(now, case.handle_due)


@given(
    st.sampled_from(LIMITS), st.integers(at(2, 0), at(20, 0)), st.integers(60, 90 * HOUR), st.integers(60, 90 * HOUR)
)
def test_any_rework_goes_on_with_what_was_left(limit: Limit, start: int, work: int, wait: int) -> None:
    desk = Desk(with_limit(limit))
    desk.to_handling(start)
    fed = desk.to_check(start + work)
    failed = desk.do("check", start + work + wait, result="fail", reason="仍渗漏")
    now = start + work + wait
    assert failed.due_what is Due.HANDLE
    assert failed.due_at == failed.handle_due
    assert left_of(desk.site, failed, now) == max(0, fed.handle_left)
    assert now <= failed.amber_at <= failed.due_at, "the lamp turns after the work goes on, not before it"
    assert failed.late == (fed.handle_left <= 0)


def test_a_rework_is_not_amber_because_its_first_limit_crossed_a_weekend() -> None:
    """Dispatched Friday afternoon with 8 work-hours; fed back at once; sent back on Tuesday morning."""
    desk = Desk(with_limit(Limit(LimitKind.WORK_DAY, 1)))
    desk.to_handling(at(6, 8, 30))
    desk.to_check(at(6, 8, 40))
    failed = desk.do("check", at(10, 8, 0), result="fail", reason="仍渗漏")
    last = SITE.calendar.between(failed.amber_at, failed.due_at)
    assert last == round(8 * HOUR * 0.2)
    assert failed.amber_at > at(10, 12)


def test_an_unsolved_call_back_starts_a_new_limit_and_forgets_the_rating() -> None:
    desk = Desk(with_limit(Limit(LimitKind.URGENT_HOUR, 2)))
    start = at(6, 9)
    desk.to_handling(start)
    desk.to_check(start + HOUR)
    desk.do("check", start + 2 * HOUR, result="pass")
    desk.do("call_back", start + 3 * HOUR, result="solved", rating=5)
    again = desk.do("call_back", start + 4 * HOUR, result="unsolved", reason="又漏了")
    assert (again.handle_due, again.due_from) == (start + 6 * HOUR, start + 4 * HOUR)
    assert again.amber_at == start + 6 * HOUR - 24 * MINUTE
    assert [line.at for line in explain(again, desk.site) if line.kind == "start"] == [start, start + 4 * HOUR]
    desk.to_check(start + 5 * HOUR)
    desk.do("check", start + 5 * HOUR + 600, result="pass")
    assert desk.ask("close", start + 6 * HOUR, condition="已恢复") == Refusal(Reason.NOT_CALLED_BACK)


def test_a_checkers_photos_are_counted() -> None:
    desk = Desk(SITE)
    desk.to_handling(at(6, 9))
    sent = desk.to_check(at(6, 10))
    assert desk.do("check", at(6, 11), result="pass", photos=[PHOTO, "b" * 64]).photos == sent.photos + 2


@pytest.mark.parametrize("blank", ["   ", "\n\t", "\u202e\u2066", "\x00\x07"])
def test_text_that_says_nothing_is_no_text(blank: str) -> None:
    desk = Desk(SITE)
    desk.to_handling(at(6, 9))
    assert desk.ask("feed_back", at(6, 10), text=blank, photos=[PHOTO]) == Refusal(Reason.MISSING_ARGUMENT, "text")
    desk.to_check(at(6, 10))
    assert desk.ask("check", at(6, 11), result="fail", reason=blank) == Refusal(Reason.MISSING_ARGUMENT, "reason")


def test_a_truth_value_is_no_unit() -> None:
    desk = Desk(SITE)
    desk.do("report", at(6, 9), source="hotline", title="漏水", place="32栋", grid=GRID, class_id=301)
    desk.do("file", at(6, 9), condition="属实")
    assert desk.ask("dispatch", at(6, 9), lead=2, assists=[True]) == Refusal(Reason.UNKNOWN_UNIT, "True")


@pytest.mark.parametrize("kind", [None, 5, ["file"], {"a": 1}])
def test_a_command_of_no_kind_is_refused(kind: object) -> None:
    answer = decide(None, Command("x", kind), Ground(SITE, Actor(1, "周敏", frozenset(Role), SITE.city.code), at(6, 9)))  # type: ignore[arg-type]
    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.UNKNOWN_COMMAND


@given(st.sampled_from(LIMITS), st.integers(at(2, 0), at(20, 0)), st.integers(0, 80 * HOUR))
def test_amber_of_what_is_left_never_lies_before_its_start(limit: Limit, start: int, left: int) -> None:
    calendar = WorkCalendar()
    amber = amber_with(calendar, start, left, limit)
    end = start + left if limit.continuous else calendar.after(start, left)
    assert start <= amber <= end


@pytest.mark.parametrize("limit", ["", "week:3", "work_hour:", "work_hour:nan", "urgent_hour:-1", "\u202e"])
def test_a_limit_of_another_version_explains_nothing(limit: str) -> None:
    desk = Desk(SITE, Source.MEDIA.value)
    case = replace(desk.to_handling(at(6, 9)), limit=limit)
    assert explain(case, SITE) == ()


@pytest.mark.parametrize("limit", LIMITS, ids=limit_text)
def test_every_stage_explains_its_own_deadline(limit: Limit) -> None:
    desk = Desk(with_limit(limit))
    start = at(6, 16, 40)
    desk.do("report", start, source="hotline", title="漏水", place="32栋", grid=GRID, class_id=301)
    seen = [desk.case]
    for kind, args in (("file", {"condition": "属实"}), ("dispatch", {"lead": 1}), ("sign", {"handler": "陈工"}),
                       ("feed_back", {"text": "好", "photos": [PHOTO]}), ("send_check", {}),
                       ("check", {"result": "pass"}), ("call_back", {"result": "solved", "rating": 5})):  # fmt: skip
        start += 300
        seen.append(desk.do(kind, start, **args))
    for case in seen:
        assert case is not None
        lines = explain(case, desk.site)
        assert [line.kind for line in lines][:: len(lines) - 1] == ["start", "due"], case.state
        assert lines[-1].at == case.due_at
        assert any(e.at == lines[0].at for e in case.flow), "it starts where something happened"
