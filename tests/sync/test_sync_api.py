"""The HTTP side against servers that misbehave, and the loop's states."""

from __future__ import annotations

import http.server
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from commandscreen.protocol.problem import Problem, ProblemType
from commandscreen.sync import api as api_module
from commandscreen.sync.api import Api
from commandscreen.sync.engine import Outcome
from commandscreen.sync.loop import Loop
from commandscreen.sync.status import ApiError, Offline, Phase, ProtocolError, Refused, SyncStatus

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer, context: ssl.SSLContext | None = None) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answer(self)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if context else ''}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def reply(status: int, body: bytes, **headers: str) -> Answer:
    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def error_of(answer: Answer) -> ApiError:
    with serving(answer) as url:
        api = Api(url)
        try:
            with pytest.raises(ApiError) as found:
                api.json("GET", "/meta")
            return found.value
        finally:
            api.close()


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1,2", b"[]", b'"text"', b"\xff\xfe", b"NaN"])
def test_nonsense_is_a_protocol_error(body: bytes) -> None:
    assert isinstance(error_of(reply(200, body)), ProtocolError)


def test_failures_have_their_kinds() -> None:
    assert error_of(reply(500, b"<h1>oops</h1>")).code == "internal"
    assert isinstance(error_of(reply(302, b"", Location="http://example.invalid/")), ApiError)
    assert error_of(reply(401, b"{}")).code == "unauthenticated"
    refused = error_of(reply(503, b"{}", Retry_After="7"))
    assert isinstance(refused, Refused)
    assert refused.retry_after == 7.0


def test_a_body_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_module, "TOTAL_SECONDS", 0.4)
    monkeypatch.setattr(api_module, "READ_SECONDS", 0.3)

    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(60):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)

    assert isinstance(error_of(drip), Offline)


def test_a_body_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_module, "JSON_MAX", 100_000)
    assert isinstance(error_of(reply(200, b" " * 1_000_000)), ProtocolError)


def test_a_certificate_of_nobody_is_not_trusted_and_the_right_one_is(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with serving(reply(200, b'{"epoch": "e"}'), context) as url:
        stranger = Api(url)
        with pytest.raises(Offline) as found:
            stranger.json("GET", "/meta")
        assert found.value.code == "certificate"
        stranger.close()
        friend = Api(url, tmp_path / "ca.pem")
        assert friend.json("GET", "/meta") == {"epoch": "e"}
        friend.close()


def test_nobody_listening_is_offline() -> None:
    api = Api("http://127.0.0.1:9")
    with pytest.raises(Offline):
        api.json("GET", "/meta")
    api.close()


class Scripted:
    """An engine that does what it is told, then stays level."""

    def __init__(self, *script: object) -> None:
        self.script = list(script)
        self.steps = 0

    def step(self, wait: float = 0.0) -> Outcome:
        self.steps += 1
        move = self.script.pop(0) if self.script else None
        if isinstance(move, Exception):
            raise move
        if isinstance(move, Outcome):
            return move
        time.sleep(0.01)
        return Outcome(True, time.time())

    def stir(self) -> None:
        self.stirred = True

    def close(self) -> None:
        self.closed = True


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 8
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_loop_tells_how_it_stands() -> None:
    told: list[SyncStatus] = []
    engine = Scripted(
        Outcome(False, loaded=1, total=2), Outcome(True, 5.0), Offline("gone"), Offline("gone"), Outcome(True, 6.0)
    )
    loop = Loop(engine, told.append)  # type: ignore[arg-type]
    loop.start()
    until(lambda: any(s.phase is Phase.OFFLINE for s in told))
    loop.wake()
    until(lambda: told[-1].phase is Phase.LIVE and engine.steps > 5)
    loop.stop()
    phases = [s.phase for s in told]
    assert phases[0] is Phase.LOADING
    assert Phase.LIVE in phases[: phases.index(Phase.OFFLINE)]
    assert engine.closed
    assert not any(t.name == "sync" for t in threading.enumerate())


def test_the_loop_comes_back_by_itself_within_five_seconds() -> None:
    told: list[SyncStatus] = []
    loop = Loop(Scripted(*[Offline("gone")] * 4), told.append)  # type: ignore[arg-type]
    loop.start()
    started = time.monotonic()
    until(lambda: bool(told) and told[-1].phase is Phase.LIVE)
    loop.stop()
    assert time.monotonic() - started < 8
    waits = [s.retry_at for s in told if s.phase is Phase.OFFLINE]
    assert len(waits) >= 2


@pytest.mark.parametrize(("kind", "phase"), [(ProblemType.UNAUTHENTICATED, Phase.UNAUTHORISED), (ProblemType.UPGRADE_REQUIRED, Phase.UPGRADE),
                                             (ProblemType.UNAVAILABLE, Phase.OFFLINE)])  # fmt: skip
def test_refusals_are_told_apart(kind: ProblemType, phase: Phase) -> None:
    told: list[SyncStatus] = []
    loop = Loop(Scripted(Refused(Problem(kind))), told.append)  # type: ignore[arg-type]
    loop.start()
    until(lambda: bool(told))
    loop.stop()
    assert told[0].phase is phase
    assert told[0].code == kind.value


def test_a_clock_four_hundred_days_off_orders_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[SyncStatus] = []
    monkeypatch.setattr("commandscreen.sync.loop.time.time", lambda: 1_000_000_000.0)
    loop = Loop(Scripted(Outcome(True, 1_034_560_000.0), Outcome(True, 1_034_560_001.0)), told.append)  # type: ignore[arg-type]
    loop.start()
    until(lambda: bool(told))
    loop.stop()
    assert told[0].phase is Phase.LIVE
    assert told[0].skew == pytest.approx(34_560_000.0)
