"""F3: the power goes while the outbox writes: whatever its `add` returned from is on the disk, and the file is whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fault_table import Ledger, many

CUTS = many(40, 300)


def _cuts(scratch: Path, synchronous: str, count: int) -> list[int]:
    program = str(Path(__file__).with_name("fault_cuts.py"))
    told = subprocess.run([sys.executable, program, str(scratch), synchronous, str(count)], capture_output=True,
                          check=False, timeout=600)  # fmt: skip
    assert told.returncode == 0, told.stderr.decode()[-2000:]
    found: list[int] = json.loads(told.stdout)
    return found


def test_a_power_cut_loses_nothing_the_outbox_kept(scratch: Path, ledger: Ledger) -> None:
    """The outbox's own settings, on a disk that forgets what was not synchronised."""
    kept, lost, corrupt = _cuts(scratch, "FULL", CUTS)
    ledger.note("F3", "power cuts under the outbox, synchronous=FULL", lost=lost, corrupt=corrupt, cuts=CUTS, kept=kept)
    assert kept > CUTS
    assert (lost, corrupt) == (0, 0)


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_weaker_settings_lose(scratch: Path, ledger: Ledger, synchronous: str) -> None:
    """The planted mistakes: the replica's setting, and none at all."""
    kept, lost, corrupt = _cuts(scratch, synchronous, many(20, 300))
    ledger.mistake(
        "F3", lost + corrupt > 0, f"{synchronous}: {lost} of {kept} kept commands lost, {corrupt} files corrupt"
    )
    assert lost + corrupt > 0
