"""Pushing the outbox by random schedules: nothing lost, nothing doubled, nothing dropped in silence."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import SHAHE, tiny_site
from test_sync_engine import Desk, FakeServer

from commandscreen.domain.case import Case, Source, State
from commandscreen.domain.decide import Command, Ground, Refusal, decide
from commandscreen.domain.person import Actor, Role
from commandscreen.protocol.problem import Problem, ProblemType
from commandscreen.store.outbox import Fate, Outbox
from commandscreen.sync import engine as engine_module
from commandscreen.sync.engine import Engine
from commandscreen.sync.page import wire
from commandscreen.sync.status import ApiError, Offline, ProtocolError, Refused

SITE = tiny_site()
GRID = int(SITE.grids.code[SITE.grids.span(SHAHE)[0]])
ACTOR = Actor(7, "周敏", frozenset({Role.INTAKE, Role.DISPATCHER}), SHAHE)
CLASS = min(SITE.classes)
NOW = 1_790_000_000
CASES = 4


class Commanded(FakeServer):
    """A server that carries commands out by the real rules, and remembers every key."""

    keys_kept = True

    def __init__(self) -> None:
        super().__init__()
        self.scope = [f"t{SHAHE}", "city"]
        self.answers: dict[str, dict[str, Any]] = {}
        self.saved: tuple[dict[int, Case], dict[str, dict[str, Any]]] | None = None
        for number in range(1, CASES + 1):
            self.put(
                Case(
                    number, 1, f"n{number}", State.REPORTED, Source.HOTLINE, CLASS, f"案{number}", "", "地", GRID, SHAHE
                )
            )

    def commands(self, items: Sequence[Mapping[str, Any]], epoch: str) -> list[Any]:
        fault, self.fault = self.fault, ""
        if fault == "lost request":
            raise Offline("lost")
        if fault == "busy":
            raise Refused(Problem(ProblemType.UNAVAILABLE))
        if epoch != self.epoch:
            raise Refused(Problem(ProblemType.EPOCH_CHANGED))
        found = [self._carry(item) for item in items]
        if fault == "lost reply":
            raise Offline("lost")
        if fault == "nonsense":
            raise ProtocolError("not a list")
        return found[: len(found) // 2] if fault == "half" else found

    def _carry(self, item: Mapping[str, Any]) -> dict[str, Any]:
        if self.keys_kept and item["id"] in self.answers:
            return self.answers[item["id"]]
        case = self.cases[item["case_id"]]
        command = Command(item["id"], item["kind"], case.id, item["base"], item["args"])
        decided = decide(case, command, Ground(SITE, ACTOR, NOW))
        if isinstance(decided, Refusal):
            status = "conflict" if decided.reason == "stale-base" else "rejected"
            answer = {"id": item["id"], "status": status, "seq": 0, "ver": case.ver,
                      "problem": {"reason": decided.reason.value, "detail": decided.detail}}  # fmt: skip
        else:
            self.put(decided)
            answer = {"id": item["id"], "status": "applied", "seq": self.seq, "ver": decided.ver, "problem": None}
        self.answers[item["id"]] = answer
        return answer

    def back_up(self) -> None:
        self.saved = dict(self.cases), dict(self.answers)

    def restore(self) -> None:
        """Comes back from the backup: what it took since then is gone, keys and all."""
        if self.saved is not None:
            cases, self.answers = dict(self.saved[0]), dict(self.saved[1])
            for number, old in cases.items():
                if self.cases[number] != old:
                    self.cases[number] = old
        super().restore()


class Seat(Desk):
    """A desk whose person gives commands."""

    issued = 0
    undo = 0.0

    def start(self) -> None:
        super().start()
        self.replica.stand(SITE, ACTOR).result()

    def give(self, kind: str, case_id: int, base: int) -> str:
        self.issued += 1
        name = f"00000000-0000-4000-8000-{self.issued:012d}"
        args = {"step": "comment", "text": name} if kind == "progress" else {"condition": name}
        self.replica.command(Command(name, kind, case_id, base, args, NOW), self.undo).result()
        return name

    def entries(self) -> dict[str, Fate]:
        return {e.command.id: e.fate for e in self.replica.look_into_outbox(lambda box: box.listing())}

    def until_settled(self, name: str) -> None:
        """Waits until the sync thread of the test has seen a command through."""
        deadline = time.monotonic() + 30
        while self.entries()[name] is not Fate.SETTLED:
            assert time.monotonic() < deadline, self.entries()
            time.sleep(0.01)

    def drained(self) -> None:
        for _ in range(60):
            self.level()
            if not {Fate.WAITING, Fate.LANDED} & set(self.entries().values()):
                return
        raise AssertionError("the outbox never drained")


MOVE = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(["progress", "progress", "file"]), st.integers(1, CASES)),
    st.tuples(st.just("give"), st.sampled_from(["progress", "progress", "file"]), st.integers(1, CASES)),
    st.tuples(st.just("fault"), st.sampled_from(["lost request", "lost reply", "nonsense", "busy", "half"])),
    st.tuples(st.just("step")),
    st.tuples(st.just("step")),
    st.tuples(st.just("touch"), st.integers(1, CASES)),
    st.tuples(st.just("restart")),
    st.tuples(st.just("back_up")),
    st.tuples(st.just("restore")),
)


def play(home: Path, schedule: Sequence[tuple[Any, ...]], server: Commanded, make: type[Engine] = Engine) -> None:
    """Plays a schedule to its end, then checks what must hold."""
    seat = Seat(home, server, make)
    given_: list[tuple[str, str, int]] = []
    try:
        seat.level()
        for move in schedule:
            if move[0] == "give":
                base = seat.rows()[move[2]] if move[1] == "file" and move[2] in seat.rows() else 0
                given_.append((seat.give(move[1], move[2], base), move[1], move[2]))
            elif move[0] == "fault":
                server.fault = move[1]
            elif move[0] == "touch":
                server.put(server.cases[move[1]])
            elif move[0] == "back_up":
                server.back_up()
            elif move[0] == "restore":
                server.restore()
            elif move[0] == "restart":
                seat.restart()
            else:
                try:
                    seat.engine.step()
                except ApiError:
                    continue
        server.fault = ""
        seat.drained()
        fates = seat.entries()
        for name, kind, case_id in given_:
            effects = sum(entry.text == name for entry in server.cases[case_id].flow)
            assert effects <= 1, f"{kind} was carried out {effects} times"
            refused = fates.get(name) in (Fate.REFUSED, Fate.CONFLICT)
            assert effects == 1 or refused, f"{kind} is lost: {fates.get(name)}"
        assert seat.rows() == {i: c.ver for i, c in server.mine().items()}
    finally:
        seat.replica.close()


@settings(max_examples=80)
@given(st.lists(MOVE, max_size=30))
def test_every_command_lands_once_or_is_told(tmp_path_factory: pytest.TempPathFactory, schedule: Any) -> None:
    play(tmp_path_factory.mktemp("seat"), schedule, Commanded())


class Narrow(Commanded):
    """A server that takes no more than three commands at a time, and one of them never."""

    poison = ""

    def commands(self, items: Sequence[Mapping[str, Any]], epoch: str) -> list[Any]:
        if len(items) > 3 or any(item["id"] == self.poison for item in items):
            raise Refused(Problem(ProblemType.TOO_LARGE))
        return super().commands(items, epoch)


def test_one_command_the_server_cannot_read_holds_up_no_other(tmp_path: Path) -> None:
    server = Narrow()
    seat = Seat(tmp_path, server)
    try:
        seat.level()
        names = [seat.give("progress", 1 + n % CASES, 0) for n in range(20)]
        server.poison = names[7]
        seat.drained()
        fates = seat.entries()
        assert [n for n in names if fates[n] is Fate.REFUSED] == [names[7]]
        told = [entry.text for case in server.cases.values() for entry in case.flow]
        assert sorted(told) == sorted(n for n in names if n != names[7])
        for case in server.cases.values():
            assert [e.text for e in case.flow] == sorted(e.text for e in case.flow), "in the order given"
    finally:
        seat.replica.close()


class Fails(Commanded):
    """A server that breaks on some commands, and says so item by item."""

    broken: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def _carry(self, item: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.append(item["id"])
        if item["id"] in self.broken:
            return {"id": item["id"], "status": "retry", "problem": {"type": "urn:commandscreen:problem:internal"}}
        return super()._carry(item)


def test_a_command_the_server_breaks_on_stops_neither_the_others_nor_the_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes again after growing pauses, holds back its own case alone, and a person is told; it lands when it can."""
    clock = [float(NOW)]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    server = Fails()
    seat = Seat(tmp_path, server)
    try:
        seat.level()
        bad = seat.give("progress", 1, 0)
        behind, other = seat.give("progress", 1, 0), seat.give("progress", 2, 0)
        server.broken = frozenset({bad})
        for _ in range(3):
            assert seat.engine.step().level, "the news goes on"
        assert [seat.entries()[n] for n in (bad, other)] == [Fate.WAITING, Fate.SETTLED]
        server.put(server.cases[3])
        seat.engine.step()
        assert seat.rows()[3] == server.cases[3].ver
        entry = seat.replica.look_into_outbox(lambda box: box._entries("id = ?", (bad,)))[0]
        assert not entry.needs_attention, "not before it has failed for a while"
        for _ in range(200):
            clock[0] += 1.0
            seat.engine.step()
        assert server.asked.count(bad) < 14, "its pauses grow"
        entry = seat.replica.look_into_outbox(lambda box: box._entries("id = ?", (bad,)))[0]
        assert (entry.fate, entry.code, entry.needs_attention) == (Fate.WAITING, "not-answered", True)
        server.broken = frozenset()
        clock[0] += 120.0
        seat.drained()
        assert [seat.entries()[n] for n in (bad, behind, other)] == [Fate.SETTLED] * 3
        assert not seat.replica.look_into_outbox(lambda box: box._entries("id = ?", (bad,)))[0].needs_attention
    finally:
        seat.replica.close()


class NoKeys(Commanded):
    """A seeded mistake: the server does not know a key again."""

    keys_kept = False


class TrustsTheStatus(Engine):
    """A seeded mistake: a 200 acknowledges every item of the batch."""

    def _push(self, wait: float) -> float:
        box = self._replica.look_into_outbox
        ready = box(lambda b: b.ready(1e12))
        if ready:
            self._server.commands([wire(c) for c in ready], self._fact("epoch"))
            self._replica.commanding(lambda b: [b.answered(c.id, Fate.LANDED, 1) for c in ready]).result()
        return wait


class DropsBeforeTheReply(Engine):
    """A seeded mistake: the outbox is emptied before the answer is there."""

    def _push(self, wait: float) -> float:
        ready = self._replica.look_into_outbox(lambda b: b.ready(1e12))
        if ready:
            self._replica.commanding(lambda b: [b.answered(c.id, Fate.LANDED, 1) for c in ready]).result()
            self._server.commands([wire(c) for c in ready], self._fact("epoch"))
        return wait


class NoReOffer(Engine):
    """A seeded mistake: after a restore nothing is offered again."""

    def step(self, wait: float = 0.0) -> Any:
        kept = Outbox.offer_again
        Outbox.offer_again = lambda self: 0  # type: ignore[method-assign]
        try:
            return super().step(wait)
        finally:
            Outbox.offer_again = kept  # type: ignore[method-assign]


GIVE = ("give", "progress", 1)


@pytest.mark.parametrize(
    ("server", "engine", "schedule"),
    [
        (NoKeys, Engine, [GIVE, ("fault", "lost reply"), ("step",)]),
        (Commanded, TrustsTheStatus, [("give", "file", 1), ("touch", 1), ("step",)]),
        (Commanded, DropsBeforeTheReply, [GIVE, ("fault", "lost request"), ("step",)]),
        (Commanded, NoReOffer, [("back_up",), GIVE, ("step",), ("step",), ("restore",)]),
    ],
)
def test_each_seeded_mistake_is_found(tmp_path: Path, server: Any, engine: Any, schedule: Any) -> None:
    play(tmp_path / "right", schedule, Commanded())
    with pytest.raises(AssertionError):
        play(tmp_path / "wrong", schedule, server(), engine)


@pytest.mark.parametrize(
    "answer",
    [
        [{"id": "someone else's", "status": "applied", "seq": 3}],
        [{"id": "a", "status": "applied", "seq": 0}],
        [{"id": "a", "status": "done"}],
        [7],
        [{"id": "a", "status": "applied", "seq": "3"}],
    ],
)
def test_an_answer_that_makes_no_sense_settles_nothing(answer: list[Any]) -> None:
    with pytest.raises(ProtocolError):
        engine_module.read_results(answer, frozenset({"a"}))
