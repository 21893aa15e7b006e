"""Signing in: expiry, lock-out, no telling who exists; the setup code, accounts, one-time passwords; stopping."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from servers import Client, Server
from sites import SHAHE, account_of

from commandscreen.domain.person import Role
from commandscreen.server.identity import setup_code
from commandscreen.server.sessions import pause

ACCOUNT = account_of(Role.INTAKE, SHAHE)


def _sign_in(server: Server, account: object, password: object) -> requests.Response:
    return requests.post(server.url + "/v1/sessions", json={"account": account, "password": password}, timeout=20)


def test_a_session_slides_and_ends(server: Server) -> None:
    client = Client(server.url, ACCOUNT)
    assert client.get("/v1/scope").status_code == 200
    server.clock.push(11 * 3600)
    assert client.get("/v1/scope").status_code == 200  # in use: lasts on
    server.clock.push(11 * 3600)
    assert client.get("/v1/scope").status_code == 200
    server.clock.push(12 * 3600 + 1)
    assert client.get("/v1/scope").status_code == 401
    client.close()
    again = Client(server.url, ACCOUNT)
    assert again.http.delete(server.url + "/v1/sessions", timeout=10).status_code == 204
    assert again.get("/v1/scope").status_code == 401
    again.close()
    with server.desk.database.read() as link:
        kept = repr(link.all("SELECT * FROM sessions")) + repr(link.all("SELECT * FROM audit"))
    assert again.session["token"] not in kept


def test_wrong_passwords_lock_and_tell_nothing(server: Server) -> None:
    answers = {}
    for account in (ACCOUNT, "nobody.here"):
        for attempt in range(1, 6):
            answer = _sign_in(server, account, "wrong password")
            assert answer.status_code == 401, attempt
            answers.setdefault(attempt, set()).add(answer.text)
            server.clock.push(3)
        answer = _sign_in(server, account, "wrong password")
        assert answer.status_code == 429
        assert 800 < int(answer.headers["retry-after"]) <= 900
    assert all(len(texts) == 1 for texts in answers.values())  # the same words whether the account exists or not
    with pytest.raises(requests.HTTPError):
        Client(server.url, ACCOUNT)  # the right password has to wait, too
    server.clock.push(901)
    Client(server.url, ACCOUNT).close()
    assert _sign_in(server, ACCOUNT, "wrong").status_code == 401  # counted from one again


def test_pauses_grow() -> None:
    assert [pause(n, 5) for n in range(1, 8)] == [0, 0, 0, 2, 900, 900, 900]


def test_bad_sign_ins(server: Server) -> None:
    for account, password in ((None, "x"), (1, "x"), ("", "x"), ("a b", "x"), ("a\x00", "x"), ("x" * 65, "x"),
                              (ACCOUNT, None), (ACCOUNT, 7), (ACCOUNT, "x" * 201), ({}, []), ("a\u202eb", "x")):  # fmt: skip
        answer = _sign_in(server, account, password)
        assert answer.status_code == 400, (account, password)
    assert _sign_in(server, "' OR 1=1 --".replace(" ", ""), "x").status_code == 401


@pytest.fixture
def real(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A real server, with no account at all."""
    running = Server(database_url, tmp_path / "files", demo=False)
    try:
        yield running
    finally:
        running.stop()


def test_the_first_administrator(real: Server) -> None:
    old = setup_code(real.desk.database)
    code = setup_code(real.desk.database)  # a second start voids the first code
    assert old and code and old != code
    assert _sign_in(real, account_of(Role.ADMIN, 2103), "demo").status_code == 401

    def setup(code: object, password: object = "a long Password 1") -> int:
        body = {"code": code, "account": "root1", "password": password, "name": "管理员"}
        return requests.post(real.url + "/v1/setup", json=body, timeout=20).status_code

    assert [setup("wrong"), setup(old), setup(None), setup(code, "short"), setup(code, "a" * 20)] == [
        403,
        403,
        400,
        400,
        400,
    ]
    assert setup(code) == 201
    assert setup(code) == 403
    assert setup_code(real.desk.database) is None
    admin = Client(real.url, "root1", "a long Password 1")
    assert admin.get("/v1/scope").json()["buckets"] == ["city"]
    made = admin.post("/v1/people", json={"from_site": True}).json()["made"]
    assert {m["account"] for m in made} == {p.account for p in real.site.people}
    assert admin.post("/v1/people", json={"from_site": True}).json()["made"] == []
    for wrong in ({"people": 1}, {"people": [1]}, {"people": [{"account": "x", "name": "y", "roles": ["king"], "area": 2103}]},
                  {"people": [{"account": "x", "name": "y", "roles": ["intake"], "area": 1}]},
                  {"people": [{"account": "x", "name": "y", "roles": ["handler"], "area": 2103, "unit": 99}]}):  # fmt: skip
        assert admin.post("/v1/people", json=wrong).status_code == 400
    admin.close()
    once = next(m["password"] for m in made if m["account"] == ACCOUNT)
    clerk = Client(real.url, ACCOUNT, once)
    assert clerk.session["must_change"] is True
    for path in ("/v1/scope", "/v1/changes", f"/v1/snapshots/t{SHAHE}"):
        answer = clerk.get(path)
        assert (answer.status_code, answer.json()["reason"]) == (403, "password-change-required")
    assert clerk.post("/v1/commands", json=[{}]).status_code == 403
    assert clerk.post("/v1/password", json={"old": "wrong", "new": "my Own password"}).status_code == 403
    assert clerk.post("/v1/password", json={"old": once, "new": "my Own password"}).status_code == 204
    assert clerk.get("/v1/scope").status_code == 401  # signed in anew after a change
    clerk.close()
    assert _sign_in(real, ACCOUNT, once).status_code == 401
    clerk = Client(real.url, ACCOUNT, "my Own password")
    assert clerk.report()["status"] == "applied"
    assert clerk.post("/v1/people", json={"from_site": True}).status_code == 403
    clerk.close()
    with real.desk.database.read() as link:
        kept = [row[0] for row in link.all("SELECT password FROM people")]
    assert all(k.startswith(("$argon2id$", "sha256$")) for k in kept)


def test_stopping_lets_those_who_wait_go(database_url: str, tmp_path: Path) -> None:
    server = Server(database_url, tmp_path / "files")
    found: list[Any] = []
    try:
        first, second = Client(server.url, ACCOUNT), Client(server.url, ACCOUNT)
        cursor = first.page()["cursor"]

        def wait() -> None:
            found.append(first.get("/v1/changes", cursor=cursor, wait=25).status_code)

        def listen() -> None:
            with second.http.get(server.url + "/v1/stream", stream=True, timeout=30) as answer:
                found.append(sum(1 for _ in answer.iter_lines()) >= 0)

        threads = [threading.Thread(target=wait), threading.Thread(target=listen)]
        for thread in threads:
            thread.start()
        while not len(server.desk.news):
            time.sleep(0.01)
    finally:
        began = time.monotonic()
        server.stop()
    for thread in threads:
        thread.join(10)
    first.close()
    second.close()
    assert time.monotonic() - began < 12
    assert sorted(map(str, found)) == ["200", "True"]
