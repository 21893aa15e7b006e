"""F1: the protocol as a machine, by random schedules over the real engine, replica, outbox, feed and commands."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from fault_core import template
from fault_machine import MISTAKES, SCHEDULES_A_WORLD, Played, play
from fault_table import WHOLE, Ledger, many

from commandscreen.server import database

SCHEDULES, STEPS = many(24, 6_000), 60


def _part(values: tuple[Path, Path, int, int]) -> Played:
    return play(*values, STEPS)


def test_no_schedule_breaks_a_rule(scratch: Path, ledger: Ledger) -> None:
    """Nothing lost, doubled, out of order or wedged; rows and digests equal, and no bucket ever had to be rebuilt."""
    blank = template(scratch)
    if WHOLE:
        share = 300
        parts = [(scratch / f"world{n}", blank, n * share, share) for n in range(SCHEDULES // share)]
        with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
            played = list(pool.map(_part, parts))
    else:
        played = [play(scratch / "world", blank, 0, SCHEDULES, STEPS)]
    wrong = sum((p.wrong for p in played), Played().wrong)
    ledger.note("F1", "protocol machine: rules over random schedules", schedules=sum(p.schedules for p in played),
                steps=sum(p.steps for p in played), commands=sum(p.commands for p in played), lost=wrong["lost"],
                doubled=wrong["doubled"], corrupt=sum(wrong.values()) - wrong["lost"] - wrong["doubled"])  # fmt: skip
    assert not wrong, [p.bad for p in played if p.bad]
    assert sum(p.schedules for p in played) == SCHEDULES


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_planted_mistake_is_found(scratch: Path, ledger: Ledger, mistake: str) -> None:
    """The machine can fail: six classic mistakes, one at a time, and the rule that each breaks."""
    played = play(scratch / "world", template(scratch), 0, many(60, 600), STEPS, frozenset({mistake}), until_red=True)
    ledger.mistake("F1", bool(played.wrong), f"{mistake}: red after {played.schedules} schedules ({played.bad})")
    assert played.wrong, f"{mistake} was not found in {played.schedules} schedules"


@pytest.mark.parametrize("number", (371, 748, 528, 887, 95, 1151))
def test_schedules_that_once_broke_a_rule(scratch: Path, number: int) -> None:
    """Of the long form: a command that overtook one for a case to be named again after a restore (371, 748), a bucket left
    at its old snapshot when the last one to load went out of scope (528, 887), and two restores of one backup that
    handed out the same ids, so that a command for a case of one life fell in with those of another (95, 1151)."""
    played = play(scratch / "world", template(scratch), number - number % SCHEDULES_A_WORLD, SCHEDULES_A_WORLD, STEPS)
    assert not played.wrong, played.bad


def test_two_restores_that_hand_out_the_same_ids_are_found(
    scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted mistake: the jump past what was handed out is always the same."""
    monkeypatch.setattr(database.secrets, "randbelow", lambda most: 0)
    played = play(scratch / "world", template(scratch), 95 - 95 % SCHEDULES_A_WORLD, SCHEDULES_A_WORLD, STEPS)
    ledger.mistake("F1", bool(played.wrong), f"the same jump twice: {played.bad}")
    assert played.wrong
