"""Cuts the power under an outbox: `fault_cuts.py FOLDER SYNCHRONOUS CUTS` prints what was kept, lost and broken as JSON.
A program of its own: what a dead machine leaves open must not be tidied up by anybody."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE.parents[1]), str(_HERE)]

import fault_power  # noqa: E402
from fault_power import Disk, PowerVFS  # noqa: E402

from commandscreen.domain.decide import Command  # noqa: E402
from commandscreen.store import connection, outbox  # noqa: E402
from commandscreen.store.outbox import Fate, Outbox  # noqa: E402

_DEAD: list[Any] = []  # machines without power, kept as they are


class Cut(Exception):
    """The power went."""


class Cutting(Disk):
    """Loses power at the n-th write or synchronisation, for good."""

    left = 1 << 60

    def tick(self) -> None:
        """One operation of the disk."""
        self.left -= 1
        if self.left <= 0:
            raise Cut


def _wire_up() -> None:
    for method in ("xWrite", "xSync", "xTruncate"):
        plain = getattr(fault_power._File, method)

        def ticking(self: Any, *values: Any, plain: Any = plain) -> None:
            self._disk.tick()
            plain(self, *values)

        setattr(fault_power._File, method, ticking)


def life(folder: Path, seed: int, synchronous: str) -> tuple[int, int, int]:
    """Commands kept, those lost, and whether the file is corrupt, after one cut."""
    rng = random.Random(seed)
    disk = Cutting()
    name = f"power{seed}{synchronous}"
    vfs = PowerVFS(name, disk)
    pragmas = [p.replace("synchronous=FULL", f"synchronous={synchronous}") for p in connection.pragmas(durable=True)]
    pragmas.append("wal_autocheckpoint=12")  # so that the cuts fall into checkpoints, too
    outbox.open_engine = lambda path, durable: fault_power.Engine(f"/{name}.db", name, pragmas)  # type: ignore[assignment]
    home = folder / name
    home.mkdir()
    kept: list[str] = []
    box = Outbox(home / "outbox.db")
    box._journal.keep = lambda kept: None  # type: ignore[method-assign]  # the outbox must stand on its own here
    _DEAD.append((vfs, box))
    for file in list(disk.now):  # the machine was at rest until here
        disk.sync(file)
    disk.left = rng.randint(1, 260)
    try:
        for number in range(1, 80):
            command = Command(f"{number:08d}", "progress", number % 5, 0, {"text": "字" * rng.randint(1, 400)}, number)
            box.add(command, 1.0, 0.0)
            kept.append(command.id)
            if rng.random() < 0.3:
                box.answered(rng.choice(kept), Fate.LANDED, number)
    except Exception:
        if disk.left > 0:
            raise
    left = folder / f"{name}-left"
    disk.draw(rng, left)
    link = sqlite3.connect(left / f"{name}.db")
    corrupt = 1
    try:
        corrupt = int(link.execute("PRAGMA integrity_check").fetchone()[0] != "ok")
        held = {row[0] for row in link.execute("SELECT id FROM outbox")}
        return len(kept), len(set(kept) - held), corrupt
    except sqlite3.Error:
        return len(kept), len(kept), corrupt
    finally:
        link.close()


if __name__ == "__main__":
    _wire_up()
    told = [life(Path(sys.argv[1]), seed, sys.argv[2]) for seed in range(int(sys.argv[3]))]
    print(json.dumps([sum(column) for column in zip(*told, strict=True)]), flush=True)
    os._exit(0)
