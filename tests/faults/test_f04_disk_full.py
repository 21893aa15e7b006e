"""F4: the disk is full at random moments: what was kept stays, what was refused is nowhere, and the screen says so."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_core import Core, Desk, Wire, check
from fault_table import Ledger, many

from commandscreen.store.outbox import Outbox
from commandscreen.store.replica import ReplicaError
from commandscreen.sync.loop import Loop
from commandscreen.sync.status import Phase, SyncStatus
from commandscreen.views import words

EVENTS = many(30, 300)


class Small:
    """A small disk: a tmpfs of 4 MiB where mounting is allowed, else a limit on the size of this process's files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.mounted = False
        if sys.platform == "linux" and os.geteuid() == 0:
            made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True,
                                  check=False)  # fmt: skip
            self.mounted = made.returncode == 0

    def fill(self, left: int) -> None:
        """Leaves so many bytes free."""
        if self.mounted:
            free = shutil.disk_usage(self.folder).free
            (self.folder / "ballast").write_bytes(b"\0" * max(0, free - left))
            return
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        largest = max((p.stat().st_size for p in self.folder.rglob("*") if p.is_file()), default=0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + left, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    def empty(self) -> None:
        """Gives the space back."""
        if self.mounted:
            (self.folder / "ballast").unlink(missing_ok=True)
            return
        import resource

        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))

    def close(self) -> None:
        """Takes the disk away."""
        self.empty()
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=False)


@pytest.fixture
def small(scratch: Path) -> Iterator[Small]:
    """A disk to fill."""
    disk = Small(scratch / "small")
    yield disk
    disk.close()


def _events(scratch: Path, small: Small, events: int) -> dict[str, int]:
    core = Core(scratch / "server")
    core.seed(30, "案" * 60)
    home = small.folder / "desk"
    desk = Desk(home, Wire(core, 0))
    rng = random.Random(4)
    told = {"refused": 0, "other": 0, "ghosts": 0, "lost": 0, "corrupt": 0}
    refused: list[str] = []
    try:
        desk.drained()
        for _ in range(events):
            small.fill(rng.choice((0, 4_000, 20_000, 60_000, 120_000, 240_000)))
            for _ in range(rng.randint(1, 6)):
                attempt = f"{desk.next:08x}-{desk.wire.actor.id:04d}-4000-8000-000000000000"
                try:
                    if rng.random() < 0.6:
                        desk.give("progress", rng.randint(1, 30))
                    elif rng.random() < 0.1:
                        core.now += 1
                        desk.engine._start_anew()
                    else:
                        core.move(rng.randint(1, 30), rng.choice((0, 1, 2)))
                        desk.step()
                except ReplicaError as error:
                    told["refused"] += 1
                    told["other"] += error.code != "disk-full"
                    if attempt not in desk.given and attempt not in desk.entries():
                        refused.append(attempt)
                        desk.next += 1
                    elif attempt not in desk.given:
                        told["ghosts"] += 1  # refused to its person's face, and kept all the same
                        desk.given.append(attempt)
                        desk.next += 1
            small.empty()
            if rng.random() < 0.3:
                desk.restart()
            held = desk.entries()
            told["lost"] += sum(1 for name in desk.given if name not in held)
            told["ghosts"] += sum(1 for name in refused if name in held)
            with sqlite3.connect(home / "outbox.db") as link:
                told["corrupt"] += link.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
            link.close()
            if rng.random() < 0.2:
                desk.drained()
        wrong = check(core, [desk])
        told["lost"] += sum(wrong.values())
    finally:
        small.empty()
        desk.close()
        core.close()
    return told | {"commands": len(desk.given)}


def test_a_full_disk_loses_nothing_and_makes_no_ghosts(scratch: Path, small: Small, ledger: Ledger) -> None:
    """Every refusal is `disk-full`; integrity holds; once there is space, all goes on."""
    found = _events(scratch, small, EVENTS)
    ledger.note("F4", "disk full", lost=found["lost"], doubled=found["ghosts"], corrupt=found["corrupt"] + found["other"],
                events=EVENTS, refusals=found["refused"], commands=found["commands"],
                note=f"on {'a tmpfs of 4 MiB' if small.mounted else 'RLIMIT_FSIZE'}; “doubled” counts ghosts")  # fmt: skip
    assert found["refused"] > EVENTS // 4
    assert {name: found[name] for name in ("lost", "ghosts", "corrupt", "other")} == dict.fromkeys(
        ("lost", "ghosts", "corrupt", "other"), 0
    )


def test_the_sync_thread_goes_on_and_says_so() -> None:
    """The state the screen shows is `disk-full`, and there are words for it."""
    heard: list[SyncStatus] = []
    enough = threading.Event()

    class Full:
        """An engine on a full disk."""

        def step(self, wait: float = 0.0) -> None:
            """One step."""
            if len(heard) > 1:
                enough.set()
            raise ReplicaError("disk-full")

        def stir(self) -> None:
            """Waits for nothing."""

        def close(self) -> None:
            """Nothing was started."""

    loop = Loop(Full(), heard.append)  # type: ignore[arg-type]
    loop.start()
    assert enough.wait(20)
    loop.stop()
    assert (heard[-1].phase, heard[-1].code) == (Phase.TROUBLE, "disk-full")
    assert heard[-1].attempt > 1
    assert "disk-full" in words._PROBLEMS


def test_keeping_in_memory_when_the_disk_refuses_is_found(
    scratch: Path, small: Small, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted mistake: an outbox that swallows the refusal."""
    plain = Outbox.add

    def add(self: Outbox, *values: object) -> None:
        try:
            plain(self, *values)  # type: ignore[arg-type]
        except Exception:
            return

    monkeypatch.setattr(Outbox, "add", add)
    found = _events(scratch, small, 20)
    ledger.mistake("F4", found["lost"] > 0, f"a swallowed refusal: {found['lost']} lost")
    assert found["lost"] > 0
