"""F14: three days of many desks in simulated time, with a watch for wedges; and a month's queue that drains in order."""

from __future__ import annotations

import heapq
import random
import time
from pathlib import Path

import pytest
from fault_core import BUCKETS, FAULTS, START, Core, Desk, Wire, check
from fault_table import Ledger, many

from commandscreen.domain.decide import Command
from commandscreen.store.delta import Delta
from commandscreen.store.outbox import Fate
from commandscreen.sync.engine import Engine
from commandscreen.sync.loop import BACKOFF_MAX
from commandscreen.sync.status import ApiError, Offline

DESKS, EACH = many(3, 50), many(15, 200)
DAYS, UNDO, PATIENCE = 3, 10.0, 60.0
QUEUED = many(500, 10_000)
DRAINED = 60.0


class StaysStuck(Engine):
    """A planted mistake: after one lost answer nothing is sent any more."""

    stuck = False

    def _push(self, wait: float) -> float:
        if self.stuck:
            return wait
        try:
            return super()._push(wait)
        except Offline:
            self.stuck = True
            raise


class Seat:
    """A desk in simulated time: when its person acts, when its engine steps, since when it has got nowhere."""

    def __init__(self, home: Path, core: Core, number: int, make: type[Engine]) -> None:
        scope = (BUCKETS[number % 2], BUCKETS[2 + number % 3])
        self.desk = Desk(home / f"desk{number}", Wire(core, number, scope, page=500), make)
        self.rng = random.Random(number)
        self.failures = 0
        self.moved = 0.0
        self.open = 0

    def some_case(self) -> int:
        """A case the desk shows, by chance."""
        sql = "SELECT id FROM cases WHERE id > 0 ORDER BY id"
        ids = self.desk.replica.write(lambda c: ([r[0] for r in c.exec_driver_sql(sql)], Delta())).result()
        return int(self.rng.choice(ids or [1]))

    def queue(self, now: float) -> int:
        """How many may leave now."""
        return len(self.desk.replica.look_into_outbox(lambda box: box.ready(now)))


def _three_days(
    home: Path, monkeypatch: pytest.MonkeyPatch, make: type[Engine], desks: int, each: int
) -> dict[str, int]:
    clock = [float(START)]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    core = Core(home / "server")
    core.seed(40)
    seats = [Seat(home, core, n, make) for n in range(desks)]
    rng = random.Random(14)
    events: list[tuple[float, int, int, str]] = []
    count = 0

    def at(when: float, seat: int, what: str) -> None:
        nonlocal count
        count += 1
        heapq.heappush(events, (when, count, seat, what))

    end = START + DAYS * 86_400
    for number, seat in enumerate(seats):
        seat.desk.drained()
        for _ in range(each):
            at(rng.uniform(START, end), number, "give")
        for _ in range(6):
            at(rng.uniform(START, end), number, "down")
        for turn in range(DAYS * 12):
            at(START + turn * 7_200 + number, number, "step")
    told = {"wedges": 0, "steps": 0}
    try:
        while events:
            clock[0], _, number, what = heapq.heappop(events)
            now, seat = clock[0], seats[number]
            core.now = int(now)
            desk = seat.desk
            if what == "give":
                kind = seat.rng.choice(("progress", "progress", "file", "report"))
                desk.give(kind, 0 if kind == "report" else seat.some_case(), undo=UNDO)
                at(now + UNDO + 0.1, number, "step")
            elif what == "down":
                desk.wire.down = True
                at(now + seat.rng.uniform(30, 1_200), number, "up")
            elif what == "up":
                desk.wire.down = False
                seat.moved = now
                at(now, number, "step")
            elif not desk.wire.down:
                if seat.rng.random() < 0.1:
                    desk.wire.fault = seat.rng.choice(FAULTS)
                told["steps"] += 1
                before = seat.queue(now)
                if before and not seat.open:
                    seat.moved = now
                try:
                    level, seat.failures = desk.engine.step().level, 0
                except ApiError:
                    level, seat.failures = False, seat.failures + 1
                seat.open = seat.queue(now)
                if seat.open < before:
                    seat.moved = now
                if seat.open and now - seat.moved > PATIENCE:
                    told["wedges"] += 1
                    continue
                wait = 0.05 if not seat.failures else min(BACKOFF_MAX, 0.25 * 2**seat.failures)
                if (not level or seat.open) and now < end + 600:
                    at(now + wait, number, "step")
        wrong = check(core, [seat.desk for seat in seats], most=40) if make is Engine else {}
        told["lost"], told["doubled"] = wrong.get("lost", 0), wrong.get("doubled", 0)
        told["other"] = sum(wrong.values()) - told["lost"] - told["doubled"]
        told["commands"] = sum(len(seat.desk.given) for seat in seats)
    finally:
        for seat in seats:
            seat.desk.close()
        core.close()
    return told


def test_three_days_without_a_wedge(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """No desk ever has work queued and gets nowhere for a minute while its line is up."""
    found = _three_days(scratch, monkeypatch, Engine, DESKS, EACH)
    ledger.note("F14", "three simulated days of many desks", lost=found["lost"], doubled=found["doubled"],
                corrupt=found["other"] + found["wedges"], desks=DESKS, commands=found["commands"], steps=found["steps"],
                note=f"{found['wedges']} wedges")  # fmt: skip
    assert found["wedges"] == 0
    assert (found["lost"], found["doubled"], found["other"]) == (0, 0, 0), found
    assert found["commands"] == DESKS * EACH


def test_a_wedge_is_found(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted mistake: one lost answer stops the queue for good."""
    found = _three_days(scratch, monkeypatch, StaysStuck, 2, 15)
    ledger.mistake("F14", found["wedges"] > 0, f"stuck after a lost answer: {found['wedges']} wedges")
    assert found["wedges"] > 0


def _drain(scratch: Path, make: type[Engine]) -> tuple[tuple[float, float], list[str], dict[int, list[str]]]:
    """Seconds to drain a month's queue, by the clock and of the processor, on both sides; the commands' names by order given;
    what each case shows."""
    core = Core(scratch / "server")
    core.seed(90)
    desk = Desk(scratch / "desk", Wire(core, 0, page=500), make)
    try:
        desk.drained()
        desk.wire.down = True
        names = [f"{n:08x}-0100-4000-8000-000000000000" for n in range(QUEUED)]
        commands = [
            Command(
                name, "progress", 1 + n % 90, 0, {"step": "comment", "text": name}, core.now - 30 * 86_400 + n * 259
            )
            for n, name in enumerate(names)
        ]

        for start in range(0, QUEUED, 500):  # a month of days without a server
            part = commands[start : start + 500]
            desk.replica.commanding(
                lambda box, part=part: [box.add(c, float(c.client_time), 0.0) for c in part]
            ).result()
        desk.restart()
        desk.wire.down = False
        began, worked = time.monotonic(), time.process_time()
        for _ in range(3 * QUEUED // 100 + 20):
            outcome = desk.step()
            if outcome and outcome.level and not desk._open():
                break
        took = time.monotonic() - began, time.process_time() - worked
        assert make is not Engine or {e.fate for e in desk.entries().values()} == {Fate.SETTLED}
        return took, names, core.order()
    finally:
        desk.close()
        core.close()


def test_a_month_s_queue_drains_in_order(scratch: Path, ledger: Ledger) -> None:
    """Thirty days offline: every command lands once, in the order given."""
    took, names, order = _drain(scratch, Engine)
    ledger.note(
        "F14",
        queued=QUEUED,
        note=f"{QUEUED:,} queued commands drained in {took[0]:.1f} s, {took[1]:.1f} s of processor (real server core, in one process)",
    )
    assert took[1] <= DRAINED, "by the processor's time: others may use the machine as well"
    assert sorted(text for texts in order.values() for text in texts) == names
    assert all(texts == sorted(texts) for texts in order.values())


def test_sending_the_newest_first_is_found(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted mistake: a queue that is not one."""
    monkeypatch.setattr("test_f14_long_run.QUEUED", 400)

    class Backwards(Engine):
        def _send(self, ready, epoch):  # type: ignore[no-untyped-def]
            return super()._send(ready[::-1], epoch)

    _, _, order = _drain(scratch, Backwards)
    wrong = sum(texts != sorted(texts) for texts in order.values())
    ledger.mistake("F14", wrong > 0, f"newest first: {wrong} cases out of order")
    assert wrong > 0
