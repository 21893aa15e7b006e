"""The long poll on a thread of its own: a command never waits for it, and what it brings late harms nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_push import CASES, MOVE, Commanded, Seat

from commandscreen.store.outbox import Fate
from commandscreen.sync.api import Api
from commandscreen.sync.ear import Ear
from commandscreen.sync.engine import Engine
from commandscreen.sync.loop import Loop
from commandscreen.sync.status import ApiError, Offline, Phase, SyncStatus

PATIENCE = 30.0
QUERY = {"epoch": "e1", "scope_id": "s", "cursor": 1}


class Held:
    """A line whose polls are answered when the test says so."""

    def __init__(self) -> None:
        self.asked: list[Mapping[str, Any]] = []
        self.opened, self.let = threading.Semaphore(0), threading.Semaphore(0)
        self.answer: dict[str, Any] | Exception = {}
        self.cuts = 0
        self.closed = False

    def json(self, method: str, path: str, query: Any = None, body: object = None, wait: float = 0.0) -> dict[str, Any]:
        self.asked.append(query)
        self.opened.release()
        assert self.let.acquire(timeout=PATIENCE)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def cut(self) -> None:
        self.cuts += 1
        self.answer = Offline("cut")
        self.let.release()

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def ear(held: Held) -> Iterator[Ear]:
    made = Ear(held)
    yield made
    made.close()
    assert held.closed
    assert not any(t.name == "sync-ear" for t in threading.enumerate())


def test_stirring_ends_the_waiting_and_leaves_the_poll_open(ear: Ear, held: Held) -> None:
    ear.stir()
    assert ear.listen(QUERY, 8, PATIENCE) is None, "what happened before it listened counts"
    assert held.opened.acquire(timeout=PATIENCE)
    other = threading.Thread(target=ear.stir)
    other.start()
    assert ear.listen(QUERY, 8, PATIENCE) is None
    other.join()
    held.answer = {"cursor": 5}
    held.let.release()
    assert ear.listen({**QUERY, "cursor": 4}, 8, PATIENCE) == {"cursor": 5}, "it is the same poll still"
    assert held.asked == [QUERY]


def test_a_poll_of_another_life_is_cut_and_never_heard(ear: Ear, held: Held) -> None:
    assert ear.listen(QUERY, 8, 0) is None
    assert held.opened.acquire(timeout=PATIENCE)
    assert ear.listen({**QUERY, "epoch": "e2"}, 8, 0) is None
    assert held.opened.acquire(timeout=PATIENCE), "asked anew"
    assert held.cuts == 1
    held.answer = {"cursor": 7}
    held.let.release()
    assert ear.listen({**QUERY, "epoch": "e2"}, 8, PATIENCE) == {"cursor": 7}


def test_the_error_of_a_dropped_poll_is_no_news(ear: Ear, held: Held) -> None:
    assert ear.listen(QUERY, 8, 0) is None
    assert held.opened.acquire(timeout=PATIENCE)
    ear.drop()
    assert not ear.listening
    assert ear.listen(QUERY, 8, 0) is None
    assert held.opened.acquire(timeout=PATIENCE)
    held.answer = {"cursor": 7}
    held.let.release()
    assert ear.listen(QUERY, 8, PATIENCE) == {"cursor": 7}


def test_an_error_of_the_poll_comes_out_where_it_is_listened_to(ear: Ear, held: Held) -> None:
    held.answer = Offline("gone")
    held.let.release()
    with pytest.raises(Offline):
        ear.listen(QUERY, 8, PATIENCE)
    held.answer = {"cursor": 2}
    held.let.release()
    assert ear.listen(QUERY, 8, PATIENCE) == {"cursor": 2}


def test_closing_does_not_wait_for_a_server_that_holds_its_answer() -> None:
    """On a real socket: it takes the request, never answers, and only a cut ends the call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        api = Api(f"http://127.0.0.1:{server.getsockname()[1]}")
        ear = Ear(api)
        assert ear.listen(QUERY, 3_600, 0) is None
        peer, _ = server.accept()
        with peer:
            assert peer.recv(4096).startswith(b"GET /v1/changes")
            ear.close()
    assert not any(t.name == "sync-ear" for t in threading.enumerate())


# The whole sync thread ------------------------------------------------------------------------------------------------------


class Holding(Commanded):
    """A server that holds a long poll until a command has come."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = threading.Condition()
        self.open_polls = self.polls = 0
        self.open_then: list[int] = []  # how many polls were open as each batch of commands came

    def json(self, method: str, path: str, query: Any = None, body: object = None, wait: float = 0.0) -> dict[str, Any]:
        with self.turn:
            if path == "/changes" and query.get("wait"):
                before = self.seq
                self.open_polls += 1
                self.polls += 1
                self.turn.notify_all()
                self.turn.wait_for(lambda: self.seq > before or self.open_polls < 1, PATIENCE)
                self.open_polls -= 1
            return super().json(method, path, query, body, wait)

    def commands(self, items: Any, epoch: str) -> list[Any]:
        with self.turn:
            self.open_then.append(self.open_polls)
            found = super().commands(items, epoch)
            self.turn.notify_all()
            return found

    def cut(self) -> None:
        with self.turn:
            self.open_polls = 0
            self.turn.notify_all()

    def close(self) -> None:
        """A line may be closed."""


@pytest.mark.parametrize("undo", [0.0, 0.2])
def test_a_command_leaves_while_the_poll_is_open(tmp_path: Path, undo: float) -> None:
    server = Holding()
    seat = Seat(tmp_path, server)
    told: list[SyncStatus] = []
    engine = Engine(seat.replica, server, tmp_path, ear=Ear(server))
    loop = Loop(engine, told.append)
    loop.start()
    try:
        with server.turn:
            assert server.turn.wait_for(lambda: server.open_polls == 1, PATIENCE)
        polls = server.polls
        seat.undo = undo
        name = seat.give("progress", 1, 0)
        loop.stir()
        with server.turn:
            assert server.turn.wait_for(lambda: bool(server.open_then), PATIENCE), "it waits for the poll"
        assert server.open_then == [1], "the poll was open as it came"
        assert server.polls == polls, "and is the one that was open before"
        seat.until_settled(name)
        assert all(s.phase is not Phase.OFFLINE for s in told)
    finally:
        loop.stop()
        seat.replica.close()


class LateEar:
    """An ear in step with the test: `hear` lets the server answer the open poll, and a later `listen` brings it."""

    def __init__(self, server: Commanded) -> None:
        self.server = server
        self.query: Mapping[str, Any] | None = None
        self.told: dict[str, Any] | ApiError | None = None

    def hear(self) -> None:
        if self.query is not None:
            try:
                self.told = self.server.json("GET", "/changes", self.query)
            except ApiError as error:
                self.told = error
            self.query = None

    def listen(self, query: Mapping[str, Any], wait: float, seconds: float) -> dict[str, Any] | None:
        if self.query is not None and any(self.query[k] != query[k] for k in ("epoch", "scope_id")):
            self.drop()
        if self.query is None and self.told is None:
            self.query = query
        told, self.told = self.told, None
        if isinstance(told, ApiError):
            raise told
        return told

    @property
    def listening(self) -> bool:
        return self.query is not None or self.told is not None

    def drop(self) -> None:
        self.query = self.told = None

    def stir(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing was opened."""


@settings(max_examples=30)
@given(st.lists(st.one_of(MOVE, st.just(("hear",)), st.just(("wait",))), max_size=40))
def test_every_command_lands_once_though_pages_come_late(
    tmp_path_factory: pytest.TempPathFactory, schedule: Any
) -> None:
    server = Commanded()
    seat = Seat(tmp_path_factory.mktemp("seat"), server)
    ear = LateEar(server)

    def listen() -> None:
        seat.engine._ear = ear  # type: ignore[assignment]

    given_: list[tuple[str, int]] = []
    try:
        seat.level()
        listen()
        for move in schedule:
            try:
                if move[0] == "give":
                    base = seat.rows()[move[2]] if move[1] == "file" and move[2] in seat.rows() else 0
                    given_.append((seat.give(move[1], move[2], base), move[2]))
                elif move[0] == "fault":
                    server.fault = move[1]
                elif move[0] == "touch":
                    server.put(server.cases[move[1]])
                elif move[0] == "restart":
                    seat.restart()
                    listen()
                elif move[0] == "hear":
                    ear.hear()
                elif move[0] in ("back_up", "restore"):
                    getattr(server, move[0])()
                else:
                    seat.engine.step(8.0 if move[0] == "wait" else 0.0)
            except ApiError:
                continue
        server.fault = ""
        for _ in range(60):  # by the ear alone
            try:
                seat.engine.step(8.0)
            except ApiError:
                continue
            ear.hear()
        fates = seat.entries()
        assert not {Fate.WAITING, Fate.LANDED} & set(fates.values()), "the outbox never drained"
        for name, case_id in given_:
            effects = sum(entry.text == name for entry in server.cases[case_id].flow)
            assert effects == 1 or (not effects and fates.get(name) in (Fate.REFUSED, Fate.CONFLICT)), name
        assert seat.rows() == {i: c.ver for i, c in server.mine().items()}
        assert len(seat.rows()) == CASES
    finally:
        seat.replica.close()
