"""A unit mentioned in a note: it sees the case, may answer, and waits in its list until it has; nothing else is its to do."""

import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent.parent))
from sites import SHAHE, tiny_site

from commandscreen.domain.case import Case, Mention, Source, State
from commandscreen.domain.decide import Command, Ground, Reason, Refusal, decide, in_scope
from commandscreen.domain.person import Actor, Role
from commandscreen.domain.workflow import Kind
from commandscreen.protocol.rows import case_buckets, case_from_values, case_values

SITE = tiny_site()
NOW = 1_773_190_800
CASE = Case(1, 1, "立沙0311-0001", State.HANDLING, Source.HOTLINE, 301, "楼道漏水", "", "32栋", 2103040150170203, SHAHE,
            lead=1, assists=(2,), dispatched_at=NOW - 60, limit="urgent_hour:4", handle_due=NOW + 9000)  # fmt: skip


def give(case: Case, kind: str, unit: int = 0, now: int = NOW, **args: object) -> Case | Refusal:
    roles = frozenset({Role.HANDLER}) if unit else frozenset({Role.DISPATCHER})
    actor = Actor(9 + unit, "人", roles, 2103, unit)
    return decide(case, Command("x", kind, case.id, 0, args), Ground(SITE, actor, now))


def note(case: Case, unit: int = 0, now: int = NOW, units: tuple[int, ...] = (), text: str = "请看") -> Case:
    answer = give(case, "progress", unit, now, step="comment", text=text, units=list(units))
    assert isinstance(answer, Case), answer
    return answer


def test_a_mention_reaches_the_units_share_and_may_be_answered() -> None:
    told = note(CASE, units=(4, 6), text="@住建局 @自来水 请看现场")
    assert told.mentions == (Mention(4, NOW), Mention(6, NOW))
    assert {"u4", "u6", "u1", "u2"} <= case_buckets(told)
    assert in_scope(told, Actor(9, "人", frozenset({Role.HANDLER}), 2103, 4))
    assert told.flow[-1].text == "@住建局 @自来水 请看现场"
    answered = note(told, unit=4, now=NOW + 60, text="已派人")
    assert answered.mentions == (Mention(4, NOW, NOW + 60), Mention(6, NOW))
    assert "u4" in case_buckets(answered), "who has answered still sees what becomes of it"
    again = note(answered, now=NOW + 90, units=(4,))
    assert again.mentions == (Mention(6, NOW), Mention(4, NOW + 90))


def test_nobody_else_is_let_in() -> None:
    told = note(CASE, units=(4,))
    refused = give(told, "progress", 6, step="comment", text="我也想说")
    assert refused == Refusal(Reason.OUT_OF_SCOPE, "1")


def test_a_mentioned_unit_may_speak_and_nothing_else() -> None:
    told = note(CASE, units=(4,))
    args = {"handler": "甲", "text": "完", "photos": ["a" * 64], "code": "not_ours", "reason": "无", "what": "extension",
            "amount": 1, "until": NOW + 9}  # fmt: skip
    for kind in Kind:
        if kind not in (Kind.PROGRESS, Kind.REPORT, Kind.SELF_HANDLE):
            assert isinstance(give(told, kind.value, 4, **args), Refusal), kind


def test_hostile_mentions_are_refused() -> None:
    for units in ([999], ["4"], [True], "4", [4] * 9, [None], [[4]]):
        answer = give(CASE, "progress", step="comment", text="x", units=units)
        assert isinstance(answer, Refusal), units
    crowded = replace(CASE, mentions=tuple(Mention(100 + n, NOW) for n in range(40)))
    assert give(crowded, "progress", step="comment", text="x", units=[4]) == Refusal(Reason.LIMIT_REACHED, "units")


def test_reopening_begins_without_mentions() -> None:
    closed = replace(note(CASE, units=(4,)), state=State.CLOSED, closed_at=NOW)
    actor = Actor(9, "人", frozenset({Role.INTAKE}), 2103)
    opened = decide(closed, Command("x", "reopen", 1, 0, {"reason": "又漏"}), Ground(SITE, actor, NOW + 5))
    assert isinstance(opened, Case)
    assert opened.mentions == ()


@given(st.lists(st.tuples(st.integers(0, 8), st.sets(st.integers(1, 8), max_size=4)), max_size=12))
def test_each_unit_stands_once_and_waits_since_it_was_last_mentioned(notes: list[tuple[int, set[int]]]) -> None:
    case, waiting = CASE, dict.fromkeys(range(9), False)
    for turn, (unit, units) in enumerate(notes):
        if unit and not in_scope(case, Actor(9, "人", frozenset({Role.HANDLER}), 2103, unit)):
            continue
        case = note(case, unit, NOW + turn, tuple(sorted(units)))
        waiting[unit] = False
        waiting |= dict.fromkeys(units, True)
    found = {m.unit: not m.done_at for m in case.mentions}
    assert len(found) == len(case.mentions)
    assert {u for u, waits in found.items() if waits} == {u for u, waits in waiting.items() if waits}
    assert case_from_values(case_values(case)) == case
