"""F5: eight writers and a poller: the feed's numbers are in commit order, on both databases. The contract's own test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import test_feed
from clusters import cluster, programs
from fault_table import Ledger, many
from test_feed import WRITERS, _missed

from commandscreen.server.database import Database

EACH = many(25, 400)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """An empty PostgreSQL database's address, on a server of its own."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed here: its half was not run")
    with cluster(found) as url:
        yield url


def _database(kind: str, request: pytest.FixtureRequest, folder: Path) -> Database:
    url = f"sqlite:///{folder / 'server.db'}"
    if kind == "postgresql":
        address, name = str(request.getfixturevalue("postgres")), "f" + uuid.uuid4().hex[:12]
        with psycopg.connect(address + "/postgres", autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name}")
        url = f"{address}/{name}"
    database = Database(url, 12)
    database.migrate()
    return database


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_commit_is_missed(
    kind: str, request: pytest.FixtureRequest, scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number is drawn last, under a lock."""
    monkeypatch.setattr(test_feed, "EACH", EACH)
    database = _database(kind, request, scratch)
    try:
        missed, order = _missed(database, right=True)
    finally:
        database.close()
    ledger.note("F5", "commit order: 8 writers and a poller", lost=len(missed), commits=WRITERS * EACH)
    assert not missed
    assert order == sorted(order)


def test_a_number_drawn_first_is_missed(
    request: pytest.FixtureRequest, scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted mistake: a plain sequence on PostgreSQL."""
    monkeypatch.setattr(test_feed, "EACH", EACH)
    database = _database("postgresql", request, scratch)
    try:
        missed, _ = _missed(database, right=False)
    finally:
        database.close()
    ledger.mistake("F5", bool(missed), f"plain sequence: {len(missed)} of {WRITERS * EACH} commits never seen")
    assert missed
