"""Floods, groups, the board of a desk, and what sounds when."""

import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent))
from sites import CITY, LISHAN, SHAHE, YOUHAO

from commandscreen.domain.alarm import Alarm, Standing
from commandscreen.domain.alarm_board import board, concerns
from commandscreen.domain.alarm_flood import burden, groups, in_flood
from commandscreen.domain.alarm_sound import Chime, Tone, in_quiet_hours
from commandscreen.domain.alarm_types import AlarmRules
from commandscreen.domain.person import Actor, Role

RULES = AlarmRules()
T0 = 1_773_190_800
CLERK = Actor(1, "周敏", frozenset({Role.INTAKE, Role.DISPATCHER}), SHAHE)


def alarm(number: int, at: int = T0, level: int = 3, standing: Standing = Standing.RAISED, cause: str = "",
          area: int = SHAHE, **more: object) -> Alarm:  # fmt: skip
    return replace(Alarm(number, 1, area, area * 10_000_000 + 170203, "ai_event", level, f"报警{number}", "某处", at,
                         standing, cause=cause or f"因{number}"), **more)  # type: ignore[arg-type] # fmt: skip


# Floods -------------------------------------------------------------------------------------------------------------------


def test_a_flood_begins_at_ten_in_ten_minutes_and_ends_under_five() -> None:
    ten = [T0 + 60 * n for n in range(10)]
    assert not in_flood(ten[:9], T0 + 540, RULES)
    assert in_flood(ten, T0 + 540, RULES)
    assert in_flood(ten, T0 + 540 + 5 * 60, RULES), "five are left in the last ten minutes"
    four_left = T0 + 540 + 6 * 60
    assert in_flood(ten, four_left, RULES), "four are left, for a moment"
    assert in_flood(ten, four_left + 599, RULES)
    assert not in_flood(ten, four_left + 600, RULES), "fewer than five for ten minutes"
    back = [*ten, *(four_left + 60 + 30 * n for n in range(4))]
    assert in_flood(back, four_left + 600, RULES), "there were five again in between"
    assert not in_flood([*ten, four_left + 700], four_left + 700, RULES), "it is over; one alarm is no flood"
    assert not in_flood([T0 + 120 * n for n in range(40)], T0 + 4_680, RULES), "steady, five in ten minutes: no flood"


@given(st.lists(st.integers(0, 3_000), max_size=60), st.integers(0, 4_000))
def test_a_flood_is_never_on_without_its_alarms(instants: list[int], now: int) -> None:
    recent = [at for at in instants if now - 600 < at <= now]
    flood = in_flood(instants, now, RULES)
    windows = [sum(at < i <= at + 600 for i in instants) for at in range(now - 1_200, now - 599)]
    assert not flood or max(windows) >= RULES.flood_end, "in one of the last ten minutes there stood five"
    assert flood or len(recent) < RULES.flood_start
    assert in_flood(reversed(instants), now, RULES) == flood


@given(st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 3), st.integers(1, 3)), max_size=60))
def test_groups_keep_every_alarm_and_put_the_first_out_on_top(come: list[tuple[int, int, int]]) -> None:
    alarms = [alarm(n, T0 + at, level, cause=f"因{cause}") for n, (at, cause, level) in enumerate(come, 1)]
    made = groups(alarms, RULES)
    assert sorted(a.id for g in made for a in g.alarms) == [a.id for a in alarms]
    for group in made:
        assert len({a.cause for a in group.alarms}) == 1
        assert group.first.at == min(a.at for a in group.alarms)
        gaps = [b.at - a.at for a, b in zip(group.alarms, group.alarms[1:], strict=False)]
        assert all(0 <= gap <= 900 for gap in gaps)
        assert group.level == min(a.level for a in group.alarms)
    again = groups(reversed(alarms), RULES)
    assert {g.alarms for g in again} == {g.alarms for g in made}


# The board ----------------------------------------------------------------------------------------------------------------


def test_the_line_shows_the_gravest_that_nobody_has_seen() -> None:
    alarms = [
        alarm(1, T0, 2), alarm(2, T0 + 60, 3), alarm(3, T0 + 90, 1, Standing.ACKED), alarm(4, T0 + 30, 2, Standing.GONE),
        alarm(5, T0, 3, Standing.SHELVED, shelf_until=T0 + 600), alarm(6, T0, 3, Standing.CLOSED), alarm(7, T0, 1, Standing.GUARD),
    ]  # fmt: skip
    shown = board(alarms, CLERK, RULES, T0 + 100)
    assert shown.counts == (1, 2, 1)
    assert shown.line is not None
    assert shown.line.newest.id == 4, "the newer of the two 紧急"
    assert [g.newest.id for g in shown.groups] == [4, 1, 2, 3], "unseen first, then by level"
    assert [a.id for a in shown.shelved] == [5]
    assert {a.id for a in shown.history} == {1, 2, 3, 4, 5, 6}
    assert board([a for a in alarms if not a.unseen], CLERK, RULES, T0).line is None


def test_one_and_two_are_never_suppressed_in_a_flood() -> None:
    alarms = [alarm(n, T0 + n, 3, cause="同") for n in range(1, 20)] + [
        alarm(50, T0, 1),
        alarm(51, T0 + 1, 2, cause="同"),
    ]
    shown = board(alarms, CLERK, RULES, T0 + 60)
    assert shown.flood
    assert shown.line is not None
    assert shown.line.newest.id == 50
    assert {a.id for a in shown.unseen} == {a.id for a in alarms}
    chime = Chime()
    assert chime.due(T0 + 60, shown.unseen, shown.flood) is Tone.CRITICAL
    merged = next(g for g in shown.groups if len(g.alarms) == 20)
    assert (merged.first.id, merged.level) == (1, 2), "the grave one lifts its group"


def test_whom_an_alarm_concerns() -> None:
    leader = Actor(2, "班长", frozenset({Role.SHIFT_LEADER}), SHAHE)
    city = Actor(3, "市值班", frozenset({Role.INTAKE, Role.DISPATCHER}), CITY)
    unit = Actor(4, "经办", frozenset({Role.HANDLER}), SHAHE, 1)
    county = Actor(5, "区班长", frozenset({Role.SHIFT_LEADER}), LISHAN)
    elsewhere = replace(CLERK, area=YOUHAO)
    plain, passed = alarm(1, level=2), alarm(2, level=2, escalated_at=T0)
    grave, grave_passed = alarm(3, level=1), alarm(4, level=1, escalated_at=T0)
    told = {
        who.name: [a.id for a in (plain, passed, grave, grave_passed) if concerns(a, who)]
        for who in (CLERK, leader, city, unit, county)
    }
    assert told == {"周敏": [1, 2, 3, 4], "班长": [2, 3, 4], "市值班": [4], "经办": [], "区班长": [4]}
    assert not concerns(grave_passed, elsewhere)


def test_the_burden_is_per_desk_and_hour_and_names_ten() -> None:
    told = burden([(f"镜头{n:02d}", n) for n in range(1, 13)], 24 * 3600, 1, RULES)
    assert told.per_hour == 78 / 24
    assert [name for name, _ in told.noisiest][:2] == ["镜头12", "镜头11"]
    assert len(told.noisiest) == 10
    assert not told.is_finding
    assert burden([("a", 301)], 24 * 3600, 1, RULES).is_finding
    assert not burden([("a", 301)], 24 * 3600, 2, RULES).is_finding
    assert burden([], 0, 0, RULES).per_hour == 0
    assert burden([("a", 4)], 3600, 1, RULES, (1, 0, 3)).shares == (0.25, 0.0, 0.75)
    assert burden([], 3600, 1, RULES).shares == (0, 0, 0)


# Sound --------------------------------------------------------------------------------------------------------------------


def heard(chime: Chime, alarms: list[Alarm], seconds: range, **more: bool) -> list[tuple[int, Tone]]:
    told = [(s, chime.due(T0 + s, alarms, **more)) for s in seconds]
    return [(s, tone) for s, tone in told if tone]


def test_a_critical_one_sounds_every_four_seconds_until_it_is_seen() -> None:
    chime = Chime()
    assert [s for s, tone in heard(chime, [alarm(1, level=1)], range(13)) if tone is Tone.CRITICAL] == [0, 4, 8, 12]
    assert heard(chime, [], range(13, 60)) == []


def test_an_urgent_one_every_thirty_and_an_ordinary_one_once() -> None:
    assert [s for s, _ in heard(Chime(), [alarm(1, level=2)], range(61))] == [0, 30, 60]
    chime = Chime()
    assert heard(chime, [alarm(1)], range(100)) == [(0, Tone.ORDINARY)]
    assert heard(chime, [alarm(1), alarm(2, T0 + 100)], range(100, 200)) == [(100, Tone.ORDINARY)]
    assert heard(Chime(), [alarm(1, T0 - 3_600)], range(10)) == [], "an old one does not sound when the desk opens"
    back = alarm(1, T0 + 300)
    assert heard(chime, [back], range(300, 310)) == [(300, Tone.ORDINARY)], "one that came back does"


def test_a_graver_one_takes_the_place_of_the_others() -> None:
    chime = Chime()
    both = [alarm(1, level=1), alarm(2, level=2), alarm(3)]
    assert {tone for _, tone in heard(chime, both, range(60))} == {Tone.CRITICAL}


def test_muted_for_two_minutes_unless_a_new_critical_one_comes() -> None:
    chime = Chime()
    first = alarm(1, level=1)
    assert heard(chime, [first], range(1)) == [(0, Tone.CRITICAL)]
    chime.mute(T0 + 1, [first])
    assert heard(chime, [first, alarm(2, T0 + 5, 2)], range(1, 121)) == []
    assert heard(chime, [first], range(121, 123)) == [(121, Tone.CRITICAL)]
    chime.mute(T0 + 130, [first])
    assert heard(chime, [first, alarm(3, T0 + 140, 1)], range(130, 142))[0] == (130, Tone.CRITICAL)
    assert not chime.muted(T0 + 142)


def test_floods_and_quiet_hours_silence_the_ordinary_only() -> None:
    assert heard(Chime(), [alarm(1)], range(10), flood=True) == []
    assert [s for s, _ in heard(Chime(), [alarm(1, level=2)], range(61), flood=True)] == [0, 30, 60]
    assert heard(Chime(), [alarm(1)], range(10), quiet=True) == []
    assert [s for s, _ in heard(Chime(), [alarm(1, level=2)], range(61), quiet=True)] == [0]
    assert [s for s, _ in heard(Chime(), [alarm(1, level=1)], range(5), quiet=True)] == [0, 4]
    assert in_quiet_hours("22-6", 23 * 60) and in_quiet_hours("22-6", 359) and not in_quiet_hours("22-6", 360)
    assert in_quiet_hours("12-14", 12 * 60) and not in_quiet_hours("12-14", 14 * 60)
    assert not in_quiet_hours("", 0)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["one", "two", "three", "seen", "mute"])), max_size=30))
def test_a_critical_alarm_is_never_silent_for_long_unless_muted(steps: list[tuple[int, str]]) -> None:
    chime, unseen, now, number = Chime(), [], T0, 0
    last = T0 - 10.0
    for wait, step in steps:
        for _ in range(wait + 1):
            now += 1
            tone = chime.due(now, unseen)
            last = now if tone is Tone.CRITICAL else last
            if any(a.level == 1 for a in unseen) and not chime.muted(now):
                assert now - last < 4
        if step == "seen":
            unseen = []
        elif step == "mute":
            chime.mute(now, unseen)
        else:
            number += 1
            unseen = [*unseen, alarm(number, now, {"one": 1, "two": 2, "three": 3}[step])]
