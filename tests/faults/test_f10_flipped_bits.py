"""F10: bits that flip on the disk, in the replica, in the outbox and in its journal: found, and nothing unsent is lost."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from fault_core import Core, Desk, Wire
from fault_table import Ledger, many

from commandscreen.domain.decide import Command
from commandscreen.store import salvage, sums
from commandscreen.store.delta import Delta
from commandscreen.store.outbox import Fate, Outbox
from commandscreen.store.replica import ReplicaError

FLIPS = many(24, 200)


def flip(path: Path, rng: random.Random) -> None:
    """Turns one bit of a file round."""
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def _closed(scratch: Path) -> tuple[Core, Desk]:
    """A desk that was level, then worked without a server, and was closed."""
    core = Core(scratch / "server")
    core.seed(40, "楼道漏水")
    desk = Desk(scratch / "desk", Wire(core, 0))
    for number in range(1, 9):
        desk.give("progress", number)
    desk.drained()
    desk.wire.down = True
    for number in range(1, 13):
        desk.give("progress", number)
    desk.close()
    return core, desk


def _flipped_replica(scratch: Path) -> tuple[int, int]:
    """How many flips were found at opening, and how many went on in silence with other content."""
    core, desk = _closed(scratch)
    rng, found, silent = random.Random(10), 0, 0
    for turn in range(FLIPS):
        home = scratch / f"turn{turn}"
        shutil.copytree(desk.home, home)
        flip(home / "replica.db", rng)
        desk.wire.down = True
        try:
            broken = Desk(home, desk.wire)
        except (ReplicaError, ValueError):
            silent += 1
            continue
        try:
            names = {name for name, e in broken.entries().items() if e.fate is Fate.WAITING}
            assert len(names) == 12, "the outbox is not the replica's"
            found += broken.replica.rebuilt
            desk.wire.down = False
            broken.drained()
            silent += broken.shown() != core.rows(desk.wire.scope)
        except (ReplicaError, ValueError):
            silent += 1
        finally:
            broken.close()
            shutil.rmtree(home)
    core.close()
    return found, silent


def test_a_flipped_bit_in_the_replica_is_found_and_mended(scratch: Path, ledger: Ledger) -> None:
    """The file is rebuilt from the server; the outbox beside it is untouched, and lands."""
    found, silent = _flipped_replica(scratch)
    ledger.note("F10", "flipped bits in replica, outbox and journal", corrupt=silent, flips=FLIPS)
    assert silent == 0
    assert found == FLIPS


def test_a_replica_found_broken_in_use_is_made_anew_at_the_next_start(scratch: Path) -> None:
    """Its closing must not bless it with a checksum."""
    core, desk = _closed(scratch)
    desk.start()

    def fail(_: object) -> tuple[None, Delta]:
        raise sqlite3.DatabaseError("database disk image is malformed")

    with pytest.raises(ReplicaError, match="corrupt"):
        desk.replica.write(fail).result()
    desk.restart()
    assert desk.replica.rebuilt
    desk.close()
    core.close()


def test_without_the_checksum_flips_go_unseen(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted mistake: trusting SQLite's own check alone."""
    monkeypatch.setattr(sums, "fits", lambda path: True)
    found, silent = _flipped_replica(scratch)
    ledger.mistake("F10", silent > 0, f"no checksum: {silent} of {FLIPS} flips unseen in the replica")
    assert silent > 0
    assert found < FLIPS


def _commands(box: Outbox) -> dict[str, Any]:
    return {e.command.id: (e.command, e.at, e.send_at) for e in box._entries("fate = 'waiting' ORDER BY n")}


def _flipped_outbox(scratch: Path, flips_each: int, names: tuple[str, ...]) -> tuple[int, int, int]:
    """Flips, how many were found, and how many lost or changed a command in silence or out of order."""
    whole, killed = scratch / "whole", scratch / "killed"
    for home in (whole, killed):
        home.mkdir()
        box = Outbox(home / "outbox.db")
        for number in range(1, 19):
            args = {"step": "comment", "text": f"第{number}条"}
            box.add(
                Command(f"{number:08d}-0000-4000-8000-000000000000", "progress", number % 4, 0, args, number), number, 0
            )
        box.answers({f"{n:08d}-0000-4000-8000-000000000000": (Fate.LANDED, n, "", "", 0) for n in range(1, 7)})
        wanted = _commands(box)
        assert len(wanted) == 12
        if home is killed:  # as a kill leaves it: the commits lie in the write-ahead log
            for path in (scratch / "killed").glob("outbox*"):
                shutil.copy(path, scratch / path.name)
        box.close()
    shutil.rmtree(killed)
    killed.mkdir()
    for path in scratch.glob("outbox*"):
        shutil.move(path, killed)
    rng, found, bad, flips = random.Random(11), 0, 0, 0
    for name in names:
        home = killed if name.endswith("-wal") else whole
        for turn in range(flips_each):
            copy = scratch / f"{home.name}{name}{turn}"
            copy.mkdir()
            for path in home.glob("outbox*"):
                shutil.copy(path, copy)
            flip(copy / name, rng)
            flips += 1
            opened = Outbox(copy / "outbox.db")
            found += opened.recovered
            # One that was answered may wait again: it goes out under its old key and is answered as before.
            now = _commands(opened)
            bad += [item for item in now.items() if item[0] in wanted] != list(wanted.items()) or len(now) > 18
            opened.close()
            shutil.rmtree(copy)
    return flips, found, bad


def test_a_flipped_bit_in_the_outbox_loses_no_command(scratch: Path, ledger: Ledger) -> None:
    """Rows have marks and the unanswered ones a mirror: whatever bit flips, all twelve are there, as given."""
    flips, found, bad = _flipped_outbox(scratch, FLIPS // 2, ("outbox.db", "outbox.db-wal", "outbox.txt"))
    ledger.note("F10", lost=bad, flips=flips, recovered=found)
    assert bad == 0
    assert found > 0


def test_without_marks_flips_change_commands(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted mistake: rows without marks."""
    monkeypatch.setattr(salvage, "mark", lambda row: 0)
    flips, _, bad = _flipped_outbox(scratch, 80, ("outbox.db",))
    ledger.mistake("F10", bad > 0, f"no marks: {bad} of {flips} flips changed or lost a command")
    assert bad > 0
