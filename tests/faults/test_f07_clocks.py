"""F7: clocks that jump by four hundred days, on the client and on the server: order and result stay as they were."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest
from fault_core import START, Core, Desk, Violation, Wire, check
from fault_table import Ledger, many

from commandscreen.store import outbox

JUMP = 400 * 86_400
RUNS = many(4, 30)


class Hands:
    """The client's clock."""

    def __init__(self) -> None:
        self.now = float(START)

    def __call__(self) -> float:
        return self.now


def _run(home: Path, hands: Hands, jumps: dict[int, tuple[int, int]]) -> list[Any]:
    """Forty commands with their undo time, some lost answers, a restore at the end; what came of it, without instants.
    `jumps` moves the client's and the server's clock before a step."""
    hands.now = float(START)
    core = Core(home / "server")
    core.seed(6)
    core.back_up()
    desk = Desk(home / "desk", Wire(core, 0))
    rng = random.Random(7)
    try:
        desk.drained()
        for turn in range(40):
            client, server = jumps.get(turn, (0, 0))
            hands.now += 20 + client
            core.now += 20 + server
            kind = rng.choice(("progress", "progress", "file", "dispatch"))
            desk.give(kind, rng.randint(1, 6), 0, rng.choice((1, 2)), undo=10)
            if rng.random() < 0.3:
                desk.wire.fault = "lost reply"
            for _ in range(rng.randint(0, 3)):
                desk.step()
        hands.now += 20
        core.restore()
        wrong = check(core, [desk], most=60)
        rows = sorted((row[0], row[1], row[3], row[14]) for row in core.rows(desk.wire.scope).values())
        fates = [(name, entry.fate.value, entry.code) for name, entry in desk.entries().items()]
        return [dict(wrong), core.order(), rows, fates]
    finally:
        desk.close()
        core.close()


def _compare(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How many runs ended otherwise than the run without a jump; and how many jumps there were."""
    hands = Hands()
    monkeypatch.setattr(time, "time", hands)
    plain = _run(scratch / "plain", hands, {})
    assert plain[0] == {}
    assert len(plain[3]) == 40
    rng = random.Random(70)
    other = jumps = 0
    for number in range(RUNS):
        moved = {rng.randrange(40): (rng.choice((-JUMP, 0, JUMP)), rng.choice((-JUMP, 0, JUMP))) for _ in range(4)}
        jumps += sum(bool(part) for pair in moved.values() for part in pair)
        try:
            other += _run(scratch / f"run{number}", hands, moved) != plain
        except Violation:
            other += 1
    return other, jumps


def test_a_clock_that_jumps_changes_nothing(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Order within every case, versions, states, fates and what a restored server gets again: all alike."""
    other, jumps = _compare(scratch, monkeypatch)
    ledger.note("F7", "clocks jump by 400 days", lost=other, runs=RUNS, jumps=jumps)
    assert other == 0


def test_an_undo_time_that_trusts_the_clock_is_found(
    scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted mistake: a command waits for an instant that may be four hundred days away."""
    monkeypatch.setattr(outbox, "_held", lambda entry, now: now < entry.send_at)
    other, _ = _compare(scratch, monkeypatch)
    ledger.mistake("F7", other > 0, f"waiting for an instant: {other} of {RUNS} runs ended otherwise")
    assert other > 0


def test_forgetting_by_the_clock_alone_is_found(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted mistake: a jump ahead empties what a restored server would need again."""
    monkeypatch.setattr(outbox, "KEPT_LEAST", 0)
    other, _ = _compare(scratch, monkeypatch)
    ledger.mistake("F7", other > 0, f"forgetting by the clock: {other} of {RUNS} runs ended otherwise")
    assert other > 0
