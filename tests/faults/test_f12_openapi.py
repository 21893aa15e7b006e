"""F12: requests made from the server's own description, right and wrong ones: never an error of ours."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from fault_table import Ledger, many
from hypothesis import HealthCheck, Phase, given, seed, settings
from servers import Client, Server
from sites import CITY, SHAHE, account_of

from commandscreen.domain.person import Role
from commandscreen.server import calls

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.generation import GenerationMode

EXAMPLES = many(8, 120)
# These would end the sessions the test works with, or change their passwords.
_SPARED = {("DELETE", "/v1/sessions"), ("POST", "/v1/password"), ("GET", "/v1/stream")}


@contextmanager
def _serving(scratch: Path) -> Iterator[tuple[Server, list[str]]]:
    server = Server(f"sqlite:///{scratch / 'server.db'}", scratch / "files")
    clients: list[Client] = []
    try:
        for role, area in ((Role.INTAKE, SHAHE), (Role.CENTRE_HEAD, CITY), (Role.ADMIN, CITY)):
            clients.append(Client(server.url, account_of(role, area)))
        clients[0].report()
        yield server, [c.session["token"] for c in clients]
    finally:
        for client in clients:
            client.close()
        server.stop()


def _try_all(server: Server, tokens: list[str], examples: int) -> tuple[Counter[int], list[str]]:
    """Sends examples of every operation; the statuses, and the first lines of what failed on our side."""
    http = requests.Session()
    http.trust_env = False
    http.mount("http://", requests.adapters.HTTPAdapter(max_retries=0))
    statuses: Counter[int] = Counter()
    bad: list[str] = []
    number = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = schemathesis.openapi.from_dict(http.get(server.url + "/openapi.json", timeout=10).json())
        for found in schema.get_all_operations():
            operation = found.ok()
            if (operation.method.upper(), operation.path) in _SPARED:
                continue
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

                @seed(12)
                @settings(max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
                          suppress_health_check=list(HealthCheck))  # fmt: skip
                @given(case=operation.as_strategy(generation_mode=mode))
                def send(case: Any) -> None:
                    nonlocal number
                    number += 1
                    query = dict(case.query or {})
                    query.pop("wait", None)
                    case.query = query
                    values = case.as_transport_kwargs(base_url=server.url)
                    values["headers"] = {
                        **(values.get("headers") or {}),
                        "Authorization": f"Bearer {tokens[number % 3]}",
                    }
                    try:
                        answer = http.request(**values, timeout=30, allow_redirects=False)
                    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, UnicodeError):
                        return
                    statuses[answer.status_code] += 1
                    if answer.status_code >= 500 and answer.status_code != 503:
                        bad.append(f"{values['method']} {answer.url} {answer.status_code} {answer.text[:200]}")

                try:
                    send()
                except Exception as error:
                    if "Unsatisfiable" not in type(error).__name__ and "SkipTest" not in type(error).__name__:
                        raise
    http.close()
    return statuses, bad


def test_no_request_makes_the_server_fail(scratch: Path, ledger: Ledger) -> None:
    """As three people: whatever comes, 2xx to 4xx."""
    with _serving(scratch) as (server, tokens):
        statuses, bad = _try_all(server, tokens, EXAMPLES)
    ledger.note("F12", "schemathesis over the served OpenAPI", corrupt=len(bad), requests=statuses.total(),
                accepted=sum(c for s, c in statuses.items() if s < 300))  # fmt: skip
    assert not bad, bad[:5]
    assert sum(c for s, c in statuses.items() if s < 300) > 0
    assert sum(c for s, c in statuses.items() if s >= 400) > 0


def test_a_route_that_fails_is_found(scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted mistake: a number of the query is read without a check."""
    monkeypatch.setattr(
        calls, "whole", lambda request, name, default, low, high: int(request.query_params.get(name, default))
    )
    monkeypatch.setattr("commandscreen.server.app.log.exception", lambda *_: None)
    with _serving(scratch) as (server, tokens):
        _, bad = _try_all(server, tokens, 15)
    ledger.mistake("F12", bool(bad), f"an unchecked number: {len(bad)} answers 500")
    assert bad
