"""Alarms: admission, latching, acknowledging, shelving, escalation, chattering, and what cases do to them."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent))
from sites import CITY, SHAHE, tiny_site

from commandscreen.domain import affairs
from commandscreen.domain.alarm import Alarm, Standing, alarm_of, cause_of, record_of
from commandscreen.domain.alarm_types import TYPES, AlarmRules, parse, plain
from commandscreen.domain.case import Case
from commandscreen.domain.command import Command, Ground, Reason, Refusal
from commandscreen.domain.decide import decide
from commandscreen.domain.person import Actor, Role
from commandscreen.domain.record import Record, RecordKind
from commandscreen.protocol.rows import record_from_values, record_values

GRID = 2103040150170203
T0 = 1_773_190_800  # 2026-03-11 09:00 CST, a Wednesday
PHOTO = "ab" * 32
SITE = tiny_site(alarms=replace(AlarmRules(), emergencies={"1": ("供水/爆裂",), "2": ("消防设施/渗漏",)}))
CHANNEL = Actor(90, "接入", frozenset({Role.CHANNEL}), CITY)
CLERK = Actor(1, "周敏", frozenset({Role.INTAKE, Role.DISPATCHER}), SHAHE)
LEADER = Actor(2, "李班长", frozenset({Role.SHIFT_LEADER}), SHAHE)
SYSTEM = Actor(0, "", frozenset({Role.SYSTEM}), CITY)
UNIT = Actor(3, "经办", frozenset({Role.HANDLER}), SHAHE, 1)
WORKER = Actor(4, "网格员", frozenset({Role.GRID_WORKER}), 210304015017)
EVENT = {"type": "ai_event", "title": "楼道积水", "place": "鞍千路32栋", "grid": GRID, "class_id": 301, "source": "cam-7",
         "confidence": 0.87, "photos": [PHOTO]}  # fmt: skip


class Town:
    """A book of records and cases, as a server keeps them."""

    def __init__(self, site: Any = SITE) -> None:
        self.site = site
        self.records: dict[int, Record] = {}
        self.cases: dict[int, Case] = {}
        self.number = 0

    def record(self, number: int) -> Record | None:
        return self.records.get(number)

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        return tuple(r for r in self.records.values() if r.kind is kind and r.parent == parent)

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        return max((r for r in self.children(kind, parent) if r.at >= since), key=lambda r: (r.at, r.id), default=None)

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        return tuple(r for r in self.records.values() if r.kind is kind and r.area == area and start <= r.at < end)

    def case(self, number: int) -> Case | None:
        return self.cases.get(number)

    def ask(
        self, kind: str, now: int, actor: Actor, case_id: int = 0, **args: Any
    ) -> Refusal | tuple[Record, ...] | Case:
        self.number += 1
        command = Command(f"c{self.number}", kind, case_id, 0, args)
        ground = Ground(self.site, actor, now, 1000 + self.number, f"立沙-{self.number}")
        if affairs.kind_of(command) is not None:
            made = affairs.decide(command, ground, self)
            return made if isinstance(made, Refusal) else self._keep(made)
        before = self.cases.get(case_id)
        after = affairs.bar(command, ground, self) or decide(before, command, ground)
        if isinstance(after, Refusal):
            return after
        self._keep(affairs.follow(before, after, command, ground, self))
        self.cases[after.id] = after
        return after

    def _keep(self, made: tuple[Record, ...]) -> tuple[Record, ...]:
        for record in made:
            old = self.records.get(record.id)
            assert record.ver == (old.ver + 1 if old else 1)
            assert record_from_values(record_values(record)) == record, "it travels as it is"
            self.records[record.id] = record
        return made

    def do(self, kind: str, now: int, actor: Actor, case_id: int = 0, **args: Any) -> Any:
        answer = self.ask(kind, now, actor, case_id, **args)
        assert not isinstance(answer, Refusal), (kind, answer)
        return answer

    def event(self, now: int = T0, **args: Any) -> Alarm:
        return alarm_of(self.do("alarm.raise", now, CHANNEL, **(EVENT | args))[0])

    def report(self, now: int = T0, class_id: int = 302, actor: Actor = CLERK, **more: Any) -> Case:
        args = {
            "source": "grid_app",
            "title": "楼道漏水",
            "place": "鞍千路32栋1单元",
            "grid": GRID,
            "class_id": class_id,
        }
        found: Case = self.do("report", now, actor, **(args | more))
        return found

    def alarms(self, case: int | None = None) -> list[Alarm]:
        return [alarm_of(r) for r in self.records.values() if case is None or r.parent == case]

    def the(self, number: int) -> Alarm:
        return alarm_of(self.records[number])

    def sweep(self, now: int) -> None:
        for record in list(self.records.values()):
            while 0 < self.records[record.id].due_at <= now:
                self.do("alarm.due", now, SYSTEM, record.id)


def reason(answer: Any) -> Reason:
    assert isinstance(answer, Refusal), answer
    return answer.reason


# Admission ----------------------------------------------------------------------------------------------------------------


def test_every_type_says_who_has_to_do_what_by_when() -> None:
    for key, kind in TYPES.items():
        assert kind.level in (1, 2, 3), key
        assert all((kind.name, kind.cause, kind.consequence, kind.actor, kind.action)), key
        assert 0 < kind.minutes <= 60, key


def test_what_is_not_registered_is_no_alarm() -> None:
    town = Town()
    assert reason(town.ask("alarm.raise", T0, CHANNEL, **(EVENT | {"type": "rumour"}))) is Reason.BAD_ARGUMENT
    assert not town.records


@pytest.mark.parametrize(
    ("wrong", "why"),
    [({"grid": 1}, Reason.UNKNOWN_GRID), ({"title": ""}, Reason.MISSING_ARGUMENT), ({"source": " "}, Reason.MISSING_ARGUMENT),
     ({"confidence": 1.5}, Reason.BAD_ARGUMENT), ({"confidence": True}, Reason.BAD_ARGUMENT),
     ({"photos": ["x"]}, Reason.BAD_ARGUMENT), ({"class_id": 9999}, Reason.UNKNOWN_CLASS),
     ({"case": 5}, Reason.WRONG_ROLE), ({"type": None}, Reason.BAD_ARGUMENT), ({"type": "critical_report"}, Reason.BAD_ARGUMENT),
     ({"type": "feed"}, Reason.BAD_ARGUMENT), ({"class_id": 0}, Reason.MISSING_ARGUMENT)],
)  # fmt: skip
def test_bad_events_are_refused(wrong: dict[str, Any], why: Reason) -> None:
    assert reason(Town().ask("alarm.raise", T0, CHANNEL, **(EVENT | wrong))) is why


def test_only_channels_raise_and_only_desks_acknowledge() -> None:
    town = Town()
    assert reason(town.ask("alarm.raise", T0, CLERK, **EVENT)) is Reason.WRONG_ROLE
    alarm = town.event()
    for actor in (CHANNEL, WORKER, UNIT):
        assert reason(town.ask("alarm.ack", T0, actor, alarm.id)) is Reason.WRONG_ROLE
    far = replace(CLERK, area=210304009)
    assert reason(town.ask("alarm.ack", T0, far, alarm.id)) is Reason.OUT_OF_SCOPE
    assert reason(town.ask("alarm.due", T0 + 999, CLERK, alarm.id)) is Reason.WRONG_ROLE
    assert reason(town.ask("alarm.nonsense", T0, CLERK, alarm.id)) is Reason.UNKNOWN_COMMAND
    assert reason(town.ask("alarm.ack", T0, CLERK)) is Reason.UNKNOWN_CASE


def test_an_emergency_raises_with_its_report_and_a_plain_report_does_not() -> None:
    town = Town()
    burst = town.report(class_id=403)  # 管道爆裂
    leak = town.report(class_id=301)  # 管道渗漏
    town.report(class_id=302)
    assert [(a.kind, a.level, a.case) for a in town.alarms()] == [
        ("critical_report", 1, burst.id), ("urgent_report", 2, leak.id)]  # fmt: skip
    assert all(a.standing is Standing.RAISED and a.until > T0 for a in town.alarms())
    event = town.event(class_id=403, source="cam-9")
    assert event.level == 1, "an event of an emergency class has the class's level"


# Latching -----------------------------------------------------------------------------------------------------------------


def test_one_and_two_stay_until_seen_three_goes_by_itself() -> None:
    town = Town()
    grave = town.event(class_id=403, source="a")
    plain_one = town.event(source="b", class_id=302)
    for source in ("a", "b"):
        town.do("alarm.clear", T0 + 120, CHANNEL, grid=GRID, source=source)
    assert (town.the(grave.id).standing, town.the(plain_one.id).standing) == (Standing.GONE, Standing.CLOSED)
    town.do("alarm.ack", T0 + 130, CLERK, grave.id)
    seen = town.the(grave.id)
    assert (seen.standing, seen.acked_by, seen.acked_at) == (Standing.CLOSED, "周敏", T0 + 130)
    assert [line.what for line in seen.log] == ["raise", "gone", "ack"]


def test_acknowledging_says_who_and_does_not_close() -> None:
    town = Town()
    alarm = town.event()
    town.do("alarm.ack", T0 + 5, CLERK, alarm.id)
    assert town.the(alarm.id).standing is Standing.ACKED
    town.do("alarm.ack", T0 + 60, LEADER, alarm.id)  # another desk, offline until now
    seen = town.the(alarm.id)
    assert (seen.standing, seen.acked_by) == (Standing.ACKED, "周敏")
    assert [(line.who, line.name) for line in seen.log if line.what == "ack"] == [(1, "周敏"), (2, "李班长")]


def test_a_group_is_acknowledged_by_name_and_only_its_own() -> None:
    town = Town()
    first, second = town.event(source="a"), town.event(T0 + 60, source="b")
    other = town.event(T0 + 60, source="c", place="光明街7栋")
    assert first.cause == second.cause != other.cause
    assert reason(town.ask("alarm.ack", T0 + 90, CLERK, first.id, members=[second.id, other.id])) is Reason.BAD_ARGUMENT
    third = town.event(T0 + 80, source="d")
    town.do("alarm.ack", T0 + 90, CLERK, first.id, members=[first.id, second.id])
    assert [town.the(a.id).standing for a in (first, second, other, third)] == [
        Standing.ACKED, Standing.ACKED, Standing.RAISED, Standing.RAISED]  # fmt: skip
    for bad in ("all", [True], [None], [7], [2**63], [-1]):
        assert isinstance(town.ask("alarm.ack", T0, CLERK, first.id, members=bad), Refusal)


# Shelving and escalation --------------------------------------------------------------------------------------------------


def test_a_shelved_alarm_returns_by_itself_and_rings() -> None:
    town = Town()
    alarm = town.event()
    shelve = {"minutes": 20, "reason": "施工已报备"}
    assert reason(town.ask("alarm.shelve", T0, CLERK, alarm.id, minutes=61, reason="x")) is Reason.LIMIT_REACHED
    assert reason(town.ask("alarm.shelve", T0, CLERK, alarm.id, minutes=0, reason="x")) is Reason.LIMIT_REACHED
    assert reason(town.ask("alarm.shelve", T0, CLERK, alarm.id, minutes=5, reason=" ")) is Reason.MISSING_ARGUMENT
    town.do("alarm.shelve", T0, CLERK, alarm.id, **shelve)
    town.sweep(T0 + 20 * 60 - 1)
    assert town.the(alarm.id).standing is Standing.SHELVED
    town.sweep(T0 + 20 * 60)
    back = town.the(alarm.id)
    assert (back.standing, back.at, back.shelf_until) == (Standing.RAISED, T0, 0)
    assert reason(town.ask("alarm.unshelve", T0, CLERK, alarm.id)) is Reason.WRONG_STATE
    grave = town.event(class_id=403, source="grave")
    assert reason(town.ask("alarm.shelve", T0, CLERK, grave.id, **shelve)) is Reason.LIMIT_REACHED


def test_unacknowledged_ones_go_to_the_shift_leader_in_their_time() -> None:
    town = Town()
    one, two, three = town.event(class_id=403, source="a"), town.event(class_id=301, source="b"), town.event(
        class_id=302, source="c")  # fmt: skip
    town.sweep(T0 + 59)
    assert not any(a.escalated_at for a in town.alarms())
    town.sweep(T0 + 60)
    assert [town.the(a.id).escalated_at for a in (one, two, three)] == [T0 + 60, 0, 0]
    town.do("alarm.ack", T0 + 61, LEADER, one.id)
    town.sweep(T0 + 9_999)
    assert [bool(town.the(a.id).escalated_at) for a in (one, two, three)] == [True, True, False]
    assert town.the(two.id).log[-1].what == "escalate"
    calm = town.event(T0 + 20_000, class_id=403, source="z")
    town.do("alarm.ack", T0 + 20_010, CLERK, calm.id)
    town.sweep(T0 + 30_000)
    assert not town.the(calm.id).escalated_at, "what was seen in time is nobody else's"


# Chattering ---------------------------------------------------------------------------------------------------------------


def test_three_flips_in_a_minute_are_held_for_five_and_counted() -> None:
    town = Town()
    alarm = town.event()
    town.do("alarm.clear", T0 + 10, CHANNEL, grid=GRID, source="cam-7")
    assert town.event(T0 + 20).id == alarm.id, "it comes back as itself"
    held = town.the(alarm.id)
    assert (held.held_until, held.count, held.standing) == (T0 + 20 + 300, 2, Standing.RAISED)
    for second in (30, 40, 50, 200):
        step = "alarm.clear" if town.the(alarm.id).on else "alarm.raise"
        town.do(step, T0 + second, CHANNEL, **EVENT)
    assert (len(town.records), town.the(alarm.id).standing, town.the(alarm.id).count) == (1, Standing.RAISED, 4)
    town.do("alarm.clear", T0 + 250, CHANNEL, grid=GRID, source="cam-7")
    town.sweep(T0 + 319)
    assert town.the(alarm.id).standing is Standing.RAISED
    town.sweep(T0 + 320)
    assert town.the(alarm.id).standing is Standing.GONE


class Counted(Town):
    """A book that counts the records it hands out."""

    read = 0

    def record(self, number: int) -> Record | None:
        self.read += 1
        return super().record(number)

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        found = super().children(kind, parent)
        self.read += len(found)
        return found

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        self.read += 1
        return max(
            (r for r in Town.children(self, kind, parent) if r.at >= since), key=lambda r: (r.at, r.id), default=None
        )

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        found = super().dated(kind, area, start, end)
        self.read += len(found)
        return found


def test_among_a_thousand_alarms_a_source_is_found_without_reading_the_others() -> None:
    town = Counted()
    for number in range(1_000):
        town.ask("alarm.raise", T0 + number % 60, CHANNEL, **(EVENT | {"source": f"cam-{number}"}))
    town.read = 0
    town.ask("alarm.raise", T0 + 61, CHANNEL, **(EVENT | {"source": "new"}))
    again = town.ask("alarm.raise", T0 + 62, CHANNEL, **(EVENT | {"source": "cam-500"}))
    gone = town.ask("alarm.clear", T0 + 70, CHANNEL, grid=GRID, source="cam-501")
    assert not isinstance(again, Refusal)
    assert not isinstance(gone, Refusal)
    assert len(town.records) == 1_001
    assert town.read == 3


def test_one_that_stands_counts_on_and_one_long_gone_is_a_new_one() -> None:
    town = Town()
    alarm = town.event()
    assert town.event(T0 + 300).id == alarm.id
    assert town.the(alarm.id).count == 2
    town.do("alarm.clear", T0 + 400, CHANNEL, grid=GRID, source="cam-7")
    again = town.event(T0 + 600)
    assert again.id != alarm.id
    town.do("alarm.dismiss", T0 + 601, CLERK, again.id, reason="反光")
    assert town.event(T0 + 610).id not in (again.id, alarm.id), "what a person dismissed does not come back as itself"


# Cases --------------------------------------------------------------------------------------------------------------------


def _dispatched(town: Town, class_id: int = 302) -> Case:
    case = town.report(class_id=class_id)
    town.do("file", T0, CLERK, case.id, condition="属实")
    found: Case = town.do("dispatch", T0, CLERK, case.id, lead=1)
    return found


def test_unsigned_rings_when_its_limit_has_run_out_and_ends_with_the_signing() -> None:
    town = Town()
    case = _dispatched(town)
    raise_ = {"type": "unsigned", "case": case.id}
    assert reason(town.ask("alarm.raise", case.due_at - 1, SYSTEM, **raise_)) is Reason.WRONG_STATE
    town.do("alarm.raise", case.due_at, SYSTEM, **raise_)
    assert reason(town.ask("alarm.raise", case.due_at + 9, SYSTEM, **raise_)) is Reason.ALREADY_ASKED
    town.do("sign", case.due_at + 100, UNIT, case.id, handler="陈工")
    assert [(a.kind, a.level, a.standing) for a in town.alarms(case.id)] == [("unsigned", 3, Standing.CLOSED)]


def test_a_whistle_sets_a_guard_that_rings_only_for_who_did_not_come() -> None:
    town = Town()
    case = _dispatched(town)
    town.do("sign", T0, UNIT, case.id, handler="陈工")
    town.do("whistle", T0, CLERK, case.id, units=[2, 7], cause="joint")
    guard = town.alarms(case.id)[0]
    assert (guard.standing, guard.due_at) == (Standing.GUARD, T0 + 30 * 60)
    town.do("report_in", T0 + 60, replace(UNIT, unit=2), case.id)
    town.sweep(T0 + 30 * 60)
    rung = town.the(guard.id)
    assert (rung.standing, rung.note, rung.level) == (Standing.RAISED, "志愿者", 2)
    town.do("report_in", T0 + 31 * 60, replace(UNIT, unit=7), case.id)
    assert town.the(guard.id).standing is Standing.GONE
    other = _dispatched(town)
    town.do("sign", T0, UNIT, other.id, handler="陈工")
    town.do("whistle", T0, CLERK, other.id, units=[2], cause="joint")
    town.do("report_in", T0 + 60, replace(UNIT, unit=2), other.id)
    town.sweep(T0 + 3600)
    assert [a.standing for a in town.alarms(other.id)] == [Standing.CLOSED]


def test_a_later_whistle_has_its_own_half_hour() -> None:
    town = Town()
    case = _dispatched(town)
    town.do("sign", T0, UNIT, case.id, handler="陈工")
    town.do("whistle", T0, CLERK, case.id, units=[2], cause="joint")
    town.do("whistle", T0 + 20 * 60, CLERK, case.id, units=[7], cause="joint")
    town.sweep(T0 + 30 * 60)
    assert [(a.standing, a.note) for a in town.alarms(case.id)] == [(Standing.RAISED, "环卫所"), (Standing.GUARD, "")]


def test_an_emergency_is_over_when_the_unit_says_so() -> None:
    town = Town()
    case = _dispatched(town, 403)
    alarm = town.alarms(case.id)[0]
    town.do("alarm.ack", T0 + 5, CLERK, alarm.id)
    town.do("sign", T0 + 60, UNIT, case.id, handler="陈工")
    assert town.the(alarm.id).standing is Standing.ACKED
    town.do("feed_back", T0 + 600, UNIT, case.id, text="已换阀门", photos=[PHOTO])
    assert town.the(alarm.id).standing is Standing.CLOSED


# What a camera saw --------------------------------------------------------------------------------------------------------


def test_a_confirmed_event_becomes_one_case_with_its_frame() -> None:
    town = Town()
    alarm = town.event(class_id=302)
    report = {"source": "ai_video", "photos": list(alarm.photos), "alarm": alarm.id}
    case = town.report(T0 + 30, **report)
    assert (case.source, case.photos, case.flow[0].photos) == ("ai_video", 1, (PHOTO,))
    seen = town.the(alarm.id)
    assert (seen.standing, seen.case, seen.log[-1].what, seen.log[-1].name) == (
        Standing.CLOSED, case.id, "confirm", "周敏")  # fmt: skip
    again = {"source": "ai_video", "title": "x", "place": "y", "class_id": 302, "alarm": alarm.id}
    assert reason(town.ask("report", T0 + 40, LEADER, grid=GRID, **again)) is Reason.WRONG_STATE
    assert len(town.cases) == 1
    for bad in (True, "1", 12345, 2**63, -1, 1.5, [1]):
        answer = town.ask("report", T0 + 40, CLERK, grid=GRID, **(again | {"alarm": bad}))
        assert reason(answer) is Reason.BAD_ARGUMENT
    fresh = town.event(T0 + 900, source="cam-8")
    other = GRID - 100
    assert (
        reason(town.ask("report", T0 + 910, CLERK, grid=other, **(again | {"alarm": fresh.id}))) is Reason.BAD_ARGUMENT
    )


def test_a_grave_confirmed_event_stands_on_its_case() -> None:
    town = Town()
    alarm = town.event(class_id=403)
    case = town.report(T0 + 30, 403, source="ai_video", photos=list(alarm.photos), alarm=alarm.id)
    assert [(a.kind, a.standing) for a in town.alarms(case.id)] == [("ai_event", Standing.ACKED)], "no second alarm"
    town.do("force_close", T0 + 60, Actor(7, "主任", frozenset({Role.CENTRE_HEAD}), SHAHE), case.id, reason="误报")
    assert town.the(alarm.id).standing is Standing.CLOSED


def test_a_sensor_without_a_picture_is_confirmed_or_dismissed_too() -> None:
    rules = parse({"types": {"smoke": {"level": 1, "name": "烟感", "cause": "烟感报警", "consequence": "可能起火",
                                       "actor": "值班员", "action": "电话核实", "minutes": 3}}})  # fmt: skip
    town = Town(tiny_site(alarms=rules))
    alarm = town.event(type="smoke", class_id=302, photos=[])
    assert (alarm.kind, alarm.level) == ("smoke", 1)
    case = town.report(T0 + 30, 302, source="ai_video", alarm=alarm.id)
    assert (case.photos, town.the(alarm.id).standing, town.the(alarm.id).case) == (0, Standing.ACKED, case.id)
    other = town.event(T0 + 60, type="smoke", class_id=302, photos=[], source="cam-8")
    town.do("alarm.dismiss", T0 + 70, CLERK, other.id, reason="厨房油烟")
    assert town.the(other.id).standing is Standing.CLOSED


def test_a_dismissed_event_keeps_its_reason() -> None:
    town = Town()
    alarm = town.event()
    assert reason(town.ask("alarm.dismiss", T0, CLERK, alarm.id, reason="")) is Reason.MISSING_ARGUMENT
    town.do("alarm.dismiss", T0 + 9, CLERK, alarm.id, reason="是反光，无积水")
    seen = town.the(alarm.id)
    assert (seen.standing, seen.log[-1].what, seen.log[-1].text) == (Standing.CLOSED, "dismiss", "是反光，无积水")
    assert reason(town.ask("alarm.dismiss", T0 + 10, CLERK, alarm.id, reason="再来")) is Reason.WRONG_STATE
    case = town.report(class_id=403)
    assert reason(town.ask("alarm.dismiss", T0, CLERK, town.alarms(case.id)[0].id, reason="x")) is Reason.WRONG_STATE


# Properties ---------------------------------------------------------------------------------------------------------------

STEPS = st.tuples(
    st.sampled_from(["raise", "clear", "ack", "ack2", "shelve", "unshelve", "dismiss", "confirm", "sweep"]),
    st.integers(0, 2),
    st.integers(1, 400),
)


@given(st.lists(STEPS, max_size=40))
def test_nothing_grave_goes_unseen_and_nothing_is_lost(steps: list[tuple[str, int, int]]) -> None:
    town, now = Town(), T0
    sources = [("a", 403, 1), ("b", 301, 2), ("c", 302, 3)]
    for step, which, seconds in steps:
        now += seconds
        source, class_id, level = sources[which]
        known = set(town.records)
        town.sweep(now)
        mine = [a for a in town.alarms() if a.source == source]
        newest = max(mine, key=lambda a: (a.at, a.id), default=None)
        if step == "raise":
            assert town.event(now, source=source, class_id=class_id).level == level
        elif step == "clear":
            town.ask("alarm.clear", now, CHANNEL, grid=GRID, source=source)
        elif step in ("ack", "ack2") and newest:
            town.ask("alarm.ack", now, CLERK if step == "ack" else LEADER, newest.id)
        elif step == "shelve" and newest:
            answer = town.ask("alarm.shelve", now, CLERK, newest.id, minutes=seconds % 60 + 1, reason="施工")
            assert level > 1 or isinstance(answer, Refusal)
        elif step == "unshelve" and newest:
            town.ask("alarm.unshelve", now, CLERK, newest.id)
        elif step == "dismiss" and newest:
            town.ask("alarm.dismiss", now, CLERK, newest.id, reason="误报")
        elif step == "confirm" and newest:
            args = {"source": "ai_video", "title": "x", "place": "y", "grid": GRID, "class_id": class_id}
            town.ask("report", now, CLERK, **args, alarm=newest.id)
        assert known <= set(town.records)
        for alarm in town.alarms():
            done = {line.what for line in alarm.log if line.who in (1, 2)}
            if alarm.standing is Standing.CLOSED and alarm.level < 3:
                assert done & {"ack", "shelve", "dismiss", "confirm"}, "someone has seen it"
            assert alarm.level > 1 or alarm.standing is not Standing.SHELVED
            assert alarm.unseen or not alarm.live or alarm.acked_at or alarm.shelf_until
            assert not alarm.shelf_until or alarm.shelf_until <= now + 3600
            assert not alarm.due_at or alarm.live
            assert alarm.level < 3 or not alarm.escalated_at
            assert (alarm.standing is not Standing.GONE) or not alarm.on
            assert alarm.log[0].what == "raise"


# Settings -----------------------------------------------------------------------------------------------------------------


def test_rules_travel_and_say_what_is_wrong_with_them() -> None:
    assert parse(plain(AlarmRules())) == AlarmRules()
    changed = parse({"types": {"unsigned": {"level": 2}}, "critical_seconds": 30, "emergencies": {"1": ["供水/停水"]}})
    assert (changed.types["unsigned"].level, changed.types["unsigned"].action, changed.critical_seconds) == (
        2, TYPES["unsigned"].action, 30)  # fmt: skip
    assert changed.emergency(SITE.classes[401]) == 1
    for wrong, name in (
        ([], "alarms"), ({"flips": -1}, "alarms.flips"), ({"nonsense": 1}, "alarms.nonsense"),
        ({"types": {"smell": {"level": 1}}}, "alarms.types.smell.name"),
        ({"types": {"unsigned": {"level": 4}}}, "alarms.types.unsigned.level"),
        ({"types": {"unsigned": {"loud": 4}}}, "alarms.types.unsigned.loud"),
        ({"emergencies": {"3": []}}, "alarms.emergencies.3"), ({"shelve_minutes": 90}, "alarms.shelve_minutes"),
        ({"flood_end": 50}, "alarms.flood_end"), ({"aim": True}, "alarms.aim"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=f"^{name}$"):
            parse(wrong)


def test_a_building_is_a_cause_wherever_its_grid_line_runs() -> None:
    assert cause_of("鞍千路32栋1单元", GRID, "排水") == cause_of("鞍千路32栋2单元楼道", GRID + 1, "排水")
    assert cause_of("鞍千路32栋", GRID, "排水") != cause_of("鞍千路33栋", GRID, "排水")
    assert cause_of("早市路口", GRID, "排水") != cause_of("早市路口", GRID + 1, "排水")
    assert cause_of("早市路口", GRID, "排水") != cause_of("早市路口", GRID, "供电")


def test_a_record_that_is_no_alarm_is_said() -> None:
    town = Town()
    record = record_of(town.event(), T0)
    with pytest.raises(KeyError):
        alarm_of(replace(record, doc={}))
