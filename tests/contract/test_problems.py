"""Bad input: each kind gets a problem document, never a 5xx, never a traceback."""

from __future__ import annotations

import hashlib
import socket
from typing import Any

import pytest
from servers import Server
from sites import SHAHE

from commandscreen.domain.person import Role
from commandscreen.protocol.problem import MEDIA_TYPE
from commandscreen.protocol.version import SCHEMA
from commandscreen.server import patience
from commandscreen.server.desk import Desk

JPEG = b"\xff\xd8\xff\xe0 picture"


def _is_problem(answer: Any, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == MEDIA_TYPE
    document = answer.json()
    assert document["type"] == f"urn:commandscreen:problem:{code}"
    assert document["status"] == status
    assert "Traceback" not in answer.text
    assert answer.headers["x-request-id"]


def test_hostile_bodies(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    for body in (b"", b"{", b"nonsense", b"[NaN]", b"[Infinity]", b'["\xff"]', b'["\\ud800"]', b"[" * 100_000, b"null",
                 b"{}", b"[]", b"7", b"\x00", "［］".encode(), b'{"a":' * 5000):  # fmt: skip
        _is_problem(clerk.post("/v1/commands", data=body), 400, "bad-request")
    _is_problem(clerk.post("/v1/commands", data=b"[" + b"1," * 200 + b"1]"), 413, "too-large")
    _is_problem(clerk.post("/v1/commands", data=b'["' + b"x" * 10_000_000 + b'"]'), 413, "too-large")
    chunks = (b"x" * 65536 for _ in range(40))
    _is_problem(clerk.post("/v1/commands", data=chunks), 413, "too-large")


@pytest.mark.parametrize(
    "query",
    ["cursor=-1", "cursor=x", "cursor=1.5", "cursor=" + "9" * 30, "cursor=%00", "cursor=٣", "limit=0", "limit=501",
     "limit=", "wait=26", "wait=-1", "wait=nan"],
)  # fmt: skip
def test_bad_queries(server: Server, people: Any, query: str) -> None:
    _is_problem(people(Role.INTAKE).get("/v1/changes?" + query), 400, "bad-request")


def test_addresses_methods_and_headers(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    _is_problem(clerk.get("/v1/nothing"), 404, "not-found")
    _is_problem(clerk.get("/v1/snapshots/t1"), 404, "not-found")
    _is_problem(clerk.get("/v1/snapshots/%2e%2e%2fserver.db"), 404, "not-found")
    _is_problem(clerk.get("/v1/commands/not-a-uuid"), 404, "not-found")
    _is_problem(clerk.get("/v1/commands/" + "\x00" * 36), 404, "not-found")
    _is_problem(clerk.post("/v1/changes"), 405, "bad-request")
    _is_problem(clerk.get("/v1/changes", headers={"X-Commandscreen-Schema": "0"}), 426, "upgrade-required")
    _is_problem(clerk.get("/v1/changes", headers={"X-Commandscreen-Schema": "new"}), 400, "bad-request")
    _is_problem(clerk.post("/v1/commands", json=[1], headers={"X-Epoch": "other"}), 409, "epoch-changed")
    for value in ("", "Bearer", "Bearer ", "Basic abc", "Bearer " + "x" * 5000, "Bearer wrong"):
        answer = clerk.get("/v1/changes", headers={"Authorization": value})
        _is_problem(answer, 401, "unauthenticated")
        assert answer.headers["www-authenticate"] == "Bearer"


def test_attachments(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    name = hashlib.sha256(JPEG).hexdigest()

    def put(name: str, data: bytes) -> Any:
        return clerk.http.put(f"{server.url}/v1/attachments/{name}", data=data, timeout=20)

    _is_problem(put("x", JPEG), 400, "bad-request")
    _is_problem(put("0" * 64, JPEG), 400, "bad-request")
    _is_problem(put(name.upper(), JPEG), 400, "bad-request")
    for data in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"GIF89a", b"%PDF"):
        _is_problem(put(hashlib.sha256(data).hexdigest(), data), 415, "unsupported-media")
    _is_problem(put(name, b"\xff\xd8\xff" + bytes(20 * 1024 * 1024)), 413, "too-large")
    _is_problem(clerk.get(f"/v1/attachments/{name}"), 404, "not-found")
    assert put(name, JPEG).status_code == 201
    assert put(name, JPEG).json() == {"sha256": name, "media": "image/jpeg", "size": len(JPEG)}
    got = clerk.get(f"/v1/attachments/{name}")
    assert (got.content, got.headers["content-type"]) == (JPEG, "image/jpeg")
    assert got.headers["x-content-type-options"] == "nosniff"
    _is_problem(people(Role.SHIFT_LEADER).get(f"/v1/attachments/{name}"), 404, "not-found")
    clerk.report(photos=[name])
    leader = people(Role.SHIFT_LEADER)
    leader.post(f"/v1/attachments/{name}/looks", json={"reason": "核对"}).raise_for_status()
    assert leader.get(f"/v1/attachments/{name}").content == JPEG


def test_an_error_of_ours_is_a_problem_too(server: Server, people: Any, monkeypatch: Any, caplog: Any) -> None:
    clerk = people(Role.INTAKE)

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("with a secret in it")

    monkeypatch.setattr(Desk, "ask", broken)
    answer = clerk.get("/v1/changes")
    _is_problem(answer, 500, "internal")
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "secret" not in answer.text


def test_a_database_that_is_away(server: Server, people: Any, monkeypatch: Any) -> None:
    clerk = people(Role.INTAKE)

    def away(*_: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr(Desk, "ask", away)
    answer = clerk.get("/v1/changes")
    _is_problem(answer, 503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0


def test_raw_nonsense_on_the_socket(server: Server, people: Any) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    for data in (
        b"\x00\x01\x02\r\n\r\n",
        b"GET /v1/meta HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"GET " + b"x" * 70_000,
    ):
        with socket.create_connection((host, int(port)), timeout=5) as raw:
            raw.sendall(data)
            assert raw.recv(100).startswith(b"HTTP/1.1 4")
    assert people(Role.INTAKE).get("/v1/meta").status_code == 200


def test_what_it_says_of_itself(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    meta = clerk.get("/v1/meta").json()
    assert meta["site"]["name"] == "鞍山市"
    assert (meta["schema"], meta["demo"], meta["epoch"]) == (SCHEMA, True, clerk.session["epoch"])
    assert clerk.get("/healthz").text == "ok\n"
    clerk.report()
    text = clerk.get("/metrics").text
    assert 'commandscreen_commands_total{status="applied"} 1' in text
    assert 'route="/v1/sessions",status="201"' in text
    assert str(SHAHE) not in text
    document = clerk.get("/openapi.json").json()
    wanted = {"/v1/sessions", "/v1/meta", "/v1/scope", "/v1/changes", "/v1/stream", "/v1/commands", "/healthz",
              "/v1/commands/{command_id}", "/v1/snapshots/{bucket}", "/v1/attachments/{sha256}", "/v1/setup",
              "/v1/people", "/v1/password", "/metrics", "/v1/attachments/{sha256}/looks", "/v1/callers"}  # fmt: skip
    assert set(document["paths"]) == wanted

    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {v for k, v in value.items() if k == "$ref"}.union(*map(references, value.values()))
        return set().union(*map(references, value)) if isinstance(value, list) else set()

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) <= known


def test_a_head_sent_byte_by_byte_is_not_waited_for(server: Server, people: Any, monkeypatch: Any) -> None:
    clerk = people(Role.INTAKE)
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.3)
    host, port = server.url.removeprefix("http://").split(":")
    whole = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    for before in (b"", whole):  # the first request of a connection, and a later one
        with socket.create_connection((host, int(port)), timeout=10) as raw:
            if before:
                raw.sendall(before)
                answer = raw.recv(4000)
                assert answer.startswith(b"HTTP/1.1 200")
                while not answer.endswith(b"ok\n"):  # head and body may come apart
                    answer += raw.recv(4000)
            raw.sendall(whole[:10])
            assert raw.recv(100) == b""
    assert clerk.get("/v1/changes", cursor=0, wait=1).status_code == 200
    cursor = clerk.page()["cursor"]
    assert clerk.get("/v1/changes", cursor=cursor, wait=1).status_code == 200  # waiting for an answer is something else
