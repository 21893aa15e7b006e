"""F6: the net between the real client and the real server is cut, hangs or crawls: all converges, nothing is lost."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fault_core import SITE, Desk, check
from fault_kills import DropsBeforeTheReply
from fault_proxy import KINDS, Proxy
from fault_table import WHOLE, Ledger, many
from servers import Server
from sites import SHAHE, account_of

from commandscreen.domain.person import Actor, Role
from commandscreen.protocol.demo import demo_password
from commandscreen.server.scope import Scope
from commandscreen.store.outbox import Fate
from commandscreen.sync import api as api_module
from commandscreen.sync import loop as loop_module
from commandscreen.sync.api import Api
from commandscreen.sync.ear import Ear
from commandscreen.sync.engine import Engine
from commandscreen.sync.loop import Loop

CUTS = many(18, 200)
ROUNDS = many(1, 5)
HEALS = 5.0  # seconds of waiting after the net is whole again that the loop may choose


class Reading:
    """What `check` asks of a server, from the running one's own database."""

    def __init__(self, server: Server) -> None:
        from fault_core import Core

        self.database = server.desk.database
        self.told = lambda: Core.told(self)  # type: ignore[arg-type]
        self.order = lambda: Core.order(self)  # type: ignore[arg-type]
        self.rows = lambda scope: Core.rows(self, scope)  # type: ignore[arg-type]


def _partitions(scratch: Path, monkeypatch: pytest.MonkeyPatch, make: type[Engine], cuts: int) -> dict[str, Any]:
    # A request that hangs is given up after ten seconds; here after one, so that two hundred of them take minutes.
    monkeypatch.setattr(api_module, "READ_SECONDS", 1.0)
    server = Server(f"sqlite:///{scratch / 'server.db'}", scratch / "files")
    proxy = Proxy(int(server.url.rpartition(":")[2]), 6)
    account = account_of(Role.INTAKE, SHAHE)
    person = next(p for p in SITE.people if p.account == account)
    actor = Actor(person.id, person.name, person.roles, person.area, person.unit)
    api = Api(f"http://127.0.0.1:{proxy.port}")
    rng = random.Random(6)
    desk = None
    slowest = 0.0
    try:
        api.sign_in(account, demo_password(account))
        wire = SimpleNamespace(actor=actor, now=server.desk.now(), json=api.json, commands=api.commands, fault="", down=False,
                               snapshot=api.snapshot, keep=api.keep, scope=Scope.of((f"t{SHAHE}",)))  # fmt: skip
        desk = Desk(scratch / "desk", wire, make)  # type: ignore[arg-type]
        for _ in range(4):
            desk.give("report", 0)
        desk.drained()
        begun = 0
        while begun < cuts:
            proxy.fault = KINDS[begun % len(KINDS)]
            before = proxy.cuts
            for _ in range(rng.randint(1, 3)):
                desk.give("progress", rng.choice(sorted(n for n in desk.shown() if n > 0)))
            for _ in range(rng.randint(1, 2)):
                desk.step()
            begun += max(1, proxy.cuts - before)
            proxy.heal()
            healed = time.monotonic()
            if make is Engine:
                desk.drained()
            else:
                for _ in range(8):
                    desk.step()
            slowest = max(slowest, time.monotonic() - healed)
        wrong = check(Reading(server), [desk], most=100)  # type: ignore[arg-type]
        told = [e.fate for e in desk.entries().values()]
        return {"cuts": begun, "slowest": slowest, "commands": len(desk.given), "wrong": wrong,
                "settled": sum(f is Fate.SETTLED for f in told)}  # fmt: skip
    finally:
        if desk is not None:
            desk.close()
        api.close()
        proxy.close()
        server.stop()


def test_cuts_lose_nothing_and_heal(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut in the request's or the answer's body, half-open, slow, byte by byte, refused."""
    found = _partitions(scratch, monkeypatch, Engine, CUTS)
    wrong = found["wrong"]
    ledger.note("F6", "partitions through a proxy, real HTTP", lost=wrong["lost"], doubled=wrong["doubled"],
                corrupt=wrong["differs"] + wrong["repaired"] + wrong["wedged"], cuts=found["cuts"],
                commands=found["commands"], note=f"level again at most {found['slowest']:.1f} s after the net healed")  # fmt: skip
    assert not wrong
    assert found["settled"] == found["commands"]


class Pauses(threading.Event):
    """The event that the sync thread pauses on, with every pause it chose: when it began, and for how long."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[tuple[float, float]] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.chosen.append((time.monotonic(), timeout or 0.0))
        return super().wait(timeout)

    def after(self, moment: float) -> float:
        """Seconds of the pauses that lie after a moment, as they were chosen."""
        return sum(max(0.0, begun + length - max(begun, moment)) for begun, length in self.chosen)


def _under_the_loop(scratch: Path, rounds: int, kinds: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """The real sync thread with its long poll and its pauses: by kind of fault, the most seconds it chose to pause after the
    net was whole again until every command was settled, and the most that passed."""
    server = Server(f"sqlite:///{scratch / 'server.db'}", scratch / "files")
    proxy = Proxy(int(server.url.rpartition(":")[2]), 6)
    account = account_of(Role.INTAKE, SHAHE)
    person = next(p for p in SITE.people if p.account == account)
    actor = Actor(person.id, person.name, person.roles, person.area, person.unit)
    url = f"http://127.0.0.1:{proxy.port}"
    api = Api(url)
    found: dict[str, tuple[float, float]] = {}
    desk = loop = None
    try:
        api.sign_in(account, demo_password(account))
        wire = SimpleNamespace(actor=actor, now=server.desk.now(), json=api.json, commands=api.commands, fault="", down=False,
                               snapshot=api.snapshot, keep=api.keep, scope=Scope.of((f"t{SHAHE}",)))  # fmt: skip
        desk = Desk(scratch / "desk", wire)  # type: ignore[arg-type]
        desk.give("report", 0)
        desk.drained()
        case_id = min(n for n in desk.shown() if n > 0)
        engine = Engine(desk.replica, api, desk.home, ear=Ear(Api(url, token=api.token)))
        loop = Loop(engine, lambda _: None)
        pauses = loop._wake = Pauses()
        loop.start()
        for kind in kinds * rounds:
            proxy.fault, before = kind, len(pauses.chosen)
            if kind == "refused":
                proxy.drop()
            desk.give("progress", case_id)
            loop.stir()
            patience = time.monotonic() + (20 if kind in _BREAKS else 1)
            while (
                time.monotonic() < patience and len(pauses.chosen) < before + 5
            ):  # until its pauses are as long as they get
                time.sleep(0.02)
            proxy.heal()
            healed = time.monotonic()
            while desk._open():
                assert time.monotonic() < healed + 60, f"{kind}: still not settled"
                time.sleep(0.02)
            chose, passed = pauses.after(healed), time.monotonic() - healed
            old = found.get(kind, (0.0, 0.0))
            found[kind] = max(old[0], chose), max(old[1], passed)
        return found
    finally:
        if loop is not None:
            loop.stop()
        if desk is not None:
            desk.close()
        api.close()
        proxy.close()
        server.stop()


_BREAKS = ("cut request", "cut answer", "refused")


def test_the_sync_thread_is_soon_level_after_the_net_heals(scratch: Path, ledger: Ledger) -> None:
    """Of the time after the healing, the pauses are what the program chose: a busy machine changes them not. A request that
    hangs in a half-open connection is given up after its own time-out besides, which no pause can shorten."""
    found = _under_the_loop(scratch, ROUNDS, KINDS if WHOLE else ("cut answer", "half-open", "loris"))
    for kind, (chose, passed) in found.items():
        ledger.note(
            "F6", heals=ROUNDS, note=f"{kind}: paused {chose:.1f} s after the net healed, level after {passed:.1f} s"
        )
    assert all(found[kind][0] > 0 for kind in _BREAKS if kind in found), "the faults were felt"
    assert all(chose <= HEALS for chose, _ in found.values()), found


def test_pauses_that_grow_too_long_are_found(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted mistake: a back-off as others have it, up to a quarter of an hour."""
    monkeypatch.setattr(loop_module, "BACKOFF_MAX", 900.0)
    chose, _ = _under_the_loop(scratch, 1, ("refused",))["refused"]
    ledger.mistake("F6", chose > HEALS, f"pauses that double for ever: {chose:.1f} s")
    assert chose > HEALS


def test_letting_go_before_the_reply_is_found(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted mistake."""
    wrong = _partitions(scratch, monkeypatch, DropsBeforeTheReply, 12)["wrong"]
    ledger.mistake("F6", wrong["lost"] > 0, f"letting go before the reply: {wrong['lost']} lost in 12 cuts")
    assert wrong["lost"] > 0
