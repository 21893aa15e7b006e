"""F8: the server comes back from an old backup: every acknowledged command is offered again, and lands or is told."""

from __future__ import annotations

import random
from pathlib import Path

from fault_core import Core, Desk, Wire, check, template
from fault_machine import NoReOffer
from fault_table import Ledger, many

from commandscreen.store.outbox import Fate
from commandscreen.sync.engine import Engine

DRILLS = many(6, 50)


def _drill(home: Path, blank: Path, seed: int, make: type[Engine]) -> tuple[int, int, int]:
    """Acknowledged commands; those missing afterwards; those a person was told of instead."""
    rng = random.Random(seed)
    core = Core(home / "server", blank)
    desks = [Desk(home / f"desk{n}", Wire(core, n), make) for n in range(2)]
    acknowledged = missing = told = 0
    try:
        for desk in desks:
            desk.drained()
        back_up = rng.randrange(25)
        for turn in range(40):
            if turn == back_up:
                core.back_up()
            desk = rng.choice(desks)
            shown = desk.shown()
            case_id = rng.choice(sorted(shown))
            kind = rng.choice(("progress", "progress", "progress", "file", "report"))
            desk.give(kind, 0 if kind == "report" or case_id < 0 else case_id)
            for _ in range(rng.randint(0, 3)):
                desk.step()
            if rng.random() < 0.1:
                core.move(rng.randint(1, 6), rng.choice((0, 1, 2)))
        done = [{n for n, e in d.entries().items() if e.fate in (Fate.SETTLED, Fate.LANDED)} for d in desks]
        assert core.restore()
        wrong = check(core, desks)
        missing = sum(wrong.values())
        for desk, names in zip(desks, done, strict=True):
            acknowledged += len(names)
            told += sum(1 for n in names if desk.entries()[n].needs_attention)
    finally:
        for desk in desks:
            desk.close()
        core.close()
    return acknowledged, missing, told


def _drills(scratch: Path, make: type[Engine]) -> list[int]:
    blank = template(scratch)
    found = [_drill(scratch / str(n), blank, n, make) for n in range(DRILLS)]
    return [sum(column) for column in zip(*found, strict=True)]


def test_nothing_acknowledged_is_missing_after_a_restore(scratch: Path, ledger: Ledger) -> None:
    """Each lands again under its own key; one the older data refuses comes to its person's tray."""
    acknowledged, missing, told = _drills(scratch, Engine)
    ledger.note("F8", "server restored from an old backup", lost=missing, drills=DRILLS, acknowledged=acknowledged,
                refused_and_told=told)  # fmt: skip
    assert missing == 0
    assert acknowledged > 10 * DRILLS


def test_without_offering_again_they_are_missing(scratch: Path, ledger: Ledger) -> None:
    """The planted mistake."""
    _, missing, _ = _drills(scratch, NoReOffer)
    ledger.mistake("F8", missing > 0, f"nothing offered again: {missing} missing in {DRILLS} drills")
    assert missing > 0
