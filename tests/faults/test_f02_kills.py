"""F2: `kill -9` of the client and of the server at random moments: nothing kept is lost, nothing is done twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fault_table import Ledger, many

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need a system that forks")
_PROGRAM = Path(__file__).with_name("fault_kills.py")


def _run(folder: Path, what: str, kills: int, seed: int, mistake: str = "") -> dict[str, int]:
    told = subprocess.run([sys.executable, str(_PROGRAM), what, str(kills), str(seed), str(folder), mistake],
                          capture_output=True, check=False, timeout=1800)  # fmt: skip
    assert told.returncode == 0, told.stderr.decode()[-2000:]
    found: dict[str, int] = json.loads(told.stdout.decode().splitlines()[-1])
    return found


@pytest.mark.parametrize(("what", "kills"), [("client", many(30, 700)), ("server", many(6, 300))])
def test_kill_9_loses_and_doubles_nothing(scratch: Path, ledger: Ledger, what: str, kills: int) -> None:
    """Every command that was kept before a kill is done once, or its person was told."""
    found = _run(scratch, what, kills, 20261125)
    ledger.note("F2", "kill -9 of client and server", kills=found["kills"], commands=found["commands"],
                lost=found["lost"], doubled=found["doubled"], corrupt=found["corrupt"] + found["other"])  # fmt: skip
    assert found["commands"] > 0
    assert (found["lost"], found["doubled"], found["corrupt"], found["other"]) == (0, 0, 0, 0), found


@pytest.mark.parametrize(("mistake", "shows"), [("no key", "doubled"), ("delete before reply", "lost")])
def test_kills_find_a_planted_mistake(scratch: Path, ledger: Ledger, mistake: str, shows: str) -> None:
    """A server without keys does things twice; an outbox that lets go too early loses them."""
    kills = bad = commands = 0
    for turn in range(8):  # where a kill hits is chance; by and by one hits the gap
        found = _run(scratch / str(turn), "client", many(40, 300), turn, mistake)
        kills, bad, commands = kills + found["kills"], bad + found[shows], commands + found["commands"]
        if bad:
            break
    ledger.mistake("F2", bad > 0, f"{mistake}: {bad} of {commands} commands {shows} in {kills} kills")
    assert bad > 0
