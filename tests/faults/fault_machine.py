"""The protocol as a machine: random schedules of everything that can happen between desks and a server, by a seed."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fault_core import BUCKETS, FAULTS, Core, Desk, Wire, check

from commandscreen.server.scope import Scope
from commandscreen.store import apply
from commandscreen.store.delta import Delta
from commandscreen.store.outbox import Outbox
from commandscreen.sync.engine import Engine, Outcome

MISTAKES = ("no key", "no epoch", "no re-offer", "no left bucket", "no floor", "no rewind")
SCHEDULES_A_WORLD = 6


class NoReOffer(Engine):
    """A planted mistake: after a restore nothing is offered again."""

    def step(self, wait: float = 0.0) -> Outcome:
        """The real step, with an outbox that offers nothing."""
        kept = Outbox.offer_again
        Outbox.offer_again = lambda self: 0  # type: ignore[method-assign]
        try:
            return super().step(wait)
        finally:
            Outbox.offer_again = kept  # type: ignore[method-assign]


class NoRewind(Engine):
    """A planted mistake: after a snapshot the feed goes on where it was, not at the snapshot's own place."""

    def _load(self, missing: tuple[str, ...]) -> Outcome:
        before = int(self._fact("cursor") or 0)
        outcome = super()._load(missing)
        if before and len(missing) == 1:
            self._replica.write(lambda c: (apply.remember(c, cursor=before), Delta())).result()
        return outcome


@dataclass
class Played:
    """What some schedules came to. `bad` names the first schedule that broke a rule."""

    schedules: int = 0
    steps: int = 0
    commands: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    bad: str = ""


class World:
    """One server and two desks, for some schedules one after the other."""

    def __init__(self, home: Path, blank: Path, mistakes: frozenset[str]) -> None:
        self._make: type[Engine] = {"no re-offer": NoReOffer, "no rewind": NoRewind}.get(
            next(iter(mistakes), ""), Engine
        )
        self.core = Core(home / "server", blank, mistakes)
        self.desks = [Desk(home / f"desk{n}", Wire(self.core, n, scope), self._make)
                      for n, scope in enumerate((BUCKETS[:3], (BUCKETS[1], BUCKETS[3])))]  # fmt: skip
        self.wrong: Counter[str] = Counter()
        for desk in self.desks:
            desk.drained()

    def close(self) -> None:
        """Ends all."""
        for desk in self.desks:
            desk.close()
        self.core.close()

    def move(self, rng: random.Random) -> None:
        """One thing that happens."""
        core, desk = self.core, rng.choice(self.desks)
        what = rng.choices(_MOVES, _WEIGHTS)[0]
        if what == "step":
            desk.step()
        elif what == "give":
            shown = desk.shown()
            case_id = rng.choice(sorted(shown) or [1])
            kind = rng.choice(("progress", "progress", "progress", "file", "dispatch", "reroute", "report", "merge"))
            base = (
                int(shown[case_id][1])
                if kind in ("file", "dispatch", "reroute") and case_id > 0 and case_id in shown
                else 0
            )
            other = rng.choice(sorted(shown) or [2]) if kind == "merge" else rng.choice((1, 2))
            undone = rng.random() < 0.2
            desk.give(kind, 0 if kind == "report" else case_id, base, other, undo=10.0**9 if undone else 0.0)
            if undone:
                desk.take_back()
        elif what == "look":
            if not desk.layered():
                self.wrong["overlay"] += 1
        elif what == "fault":
            desk.wire.fault = rng.choice(FAULTS)
        elif what == "move":
            core.move(rng.randint(1, 8), rng.choice((0, 1, 2, 3)))
        elif what == "scope":
            desk.wire.scope = Scope.of(rng.sample(BUCKETS, rng.randint(1, 3)))
        elif what == "compact":
            core.compact()
        elif what == "back up":
            core.back_up()
        elif what == "restore":
            core.restore()
        elif what == "restart":
            desk.restart()
        elif what == "clock":
            core.now += rng.choice((1, 60, 3600))


_MOVES = ("look", "step", "give", "fault", "move", "scope", "compact", "back up", "restore", "restart", "clock")
_WEIGHTS = (4, 44, 20, 10, 10, 4, 4, 1.5, 1.5, 1, 4)


def play(home: Path, blank: Path, first: int, schedules: int, steps: int, mistakes: frozenset[str] = frozenset(),
         until_red: bool = False) -> Played:  # fmt: skip
    """Plays schedules `first` … by their numbers as seeds; with `until_red` it ends at the first that breaks a rule."""
    played = Played()
    world: World | None = None
    try:
        for number in range(first, first + schedules):
            if world is None or played.schedules % SCHEDULES_A_WORLD == 0:
                if world is not None:
                    played.commands += sum(len(desk.given) for desk in world.desks)
                    world.close()
                    world = None
                shutil.rmtree(home, ignore_errors=True)
                home.mkdir(parents=True)
                world = World(home, blank, mistakes)
            rng = random.Random(number)
            for _ in range(steps):
                world.move(rng)
            wrong = check(world.core, world.desks, most=150) + world.wrong
            world.wrong.clear()
            played.schedules += 1
            played.steps += steps
            if wrong and not played.bad:
                played.bad = f"schedule {number}: {dict(wrong)}"
            played.wrong += wrong
            if wrong:
                world.close()
                world = None
                if until_red:
                    break
    finally:
        if world is not None:
            played.commands += sum(len(desk.given) for desk in world.desks)
            world.close()
    return played
