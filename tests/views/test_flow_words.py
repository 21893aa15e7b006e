"""What a line of the flow says of whom a case was sent to: those of then, not those who lead it now."""

from __future__ import annotations

from dataclasses import replace

from sites import CITY, SHAHE, tiny_site

from commandscreen.domain.case import Case, FlowEntry, Source, State
from commandscreen.domain.command import Command, Ground
from commandscreen.domain.decide import decide
from commandscreen.domain.person import Actor, Role
from commandscreen.domain.sent_to import sent_to, split
from commandscreen.views.rows import flow_text

SITE = tiny_site()
NOW = 1_790_000_000
ACTOR = Actor(1, "周敏", frozenset(Role) - {Role.SYSTEM, Role.HANDLER}, CITY)
FIRST, SECOND, THIRD = sorted(SITE.units)[:3]


def given(case: Case, kind: str, **args: object) -> Case:
    after = decide(case, Command("c", kind, case.id, 0, args, NOW), Ground(SITE, ACTOR, NOW))
    assert isinstance(after, Case), after
    return after


def case() -> Case:
    return Case(1, 1, "立沙0311-0001", State.PENDING_DISPATCH, Source.HOTLINE, min(SITE.classes), "漏水", "", "3号楼",
                int(SITE.grids.code[SITE.grids.span(SHAHE)[0]]), SHAHE, filed_at=NOW - 60)  # fmt: skip


def said(case: Case) -> list[str]:
    return [flow_text(entry, case, SITE) for entry in case.flow]


def test_each_line_names_the_units_of_then() -> None:
    sent = given(case(), "dispatch", lead=FIRST, assists=[THIRD], note="快办")
    first, second, third = (SITE.units[u].short for u in (FIRST, SECOND, THIRD))
    before = said(sent)
    assert before == [f"主办{first}，协办{third} 快办"]
    moved = given(sent, "reroute", lead=SECOND, reason="属他们管")
    assert said(moved) == [before[0], f"主办{second}，协办{third} 属他们管"]
    again = given(given(moved, "assist", assists=[FIRST]), "reroute", lead=FIRST, reason="再改")
    assert said(again)[:2] == said(moved), "what was said stays as it was"


def test_a_line_that_names_no_units_says_only_what_is_certain() -> None:
    """Lines written before they named any: the case's own lead, unless it was sent elsewhere since."""
    old = replace(case(), state=State.PENDING_SIGN, lead=FIRST, flow=(FlowEntry(NOW, "dispatch", "周敏", text="快办"),))
    assert said(old) == [f"主办{SITE.units[FIRST].short} 快办"]
    assert said(given(old, "reroute", lead=SECOND, reason="改"))[0] == "快办"


def test_the_code_is_read_as_it_was_written() -> None:
    assert split(f"{sent_to(3, (5, 7))} 说明 #1") == ((3, 5, 7), "说明 #1")
    assert split(sent_to(3)) == ((3,), "")
    for plain in ("", "3号楼", "#", "#a 1", "#1.2", "看#1"):
        assert split(plain) == ((), plain)
