"""The contract's databases, servers and people: one suite, run on SQLite and on PostgreSQL."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from clusters import cluster, programs  # noqa: E402
from servers import Client, Server  # noqa: E402
from sites import SHAHE  # noqa: E402

from commandscreen.domain.person import Role  # noqa: E402
from commandscreen.server.database import Database  # noqa: E402


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """A running PostgreSQL."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed here: its half of the contract was not run")
    with cluster(found) as url:
        yield url


@pytest.fixture
def postgres_database(postgres_cluster: str) -> str:
    """An empty database of its own."""
    name = "c" + uuid.uuid4().hex[:12]
    with psycopg.connect(postgres_cluster + "/postgres", autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
    return f"{postgres_cluster}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'server.db'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database without a server."""
    found = Database(database_url, 12)
    found.migrate()
    yield found
    found.close()


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A running demo server on the small site."""
    running = Server(database_url, tmp_path / "files")
    try:
        yield running
    finally:
        running.stop()


class People:
    """Those who sign in during a test."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[tuple[Role, int, int], Client] = {}

    def __call__(self, role: Role, area: int = SHAHE, unit: int = 0) -> Client:
        key = (role, area, unit)
        if key not in self._known:
            self._known[key] = self._server.desk_of(role, area, unit)
        return self._known[key]

    def close(self) -> None:
        """Lets their connections go."""
        for client in self._known.values():
            client.close()


@pytest.fixture
def people(server: Server) -> Iterator[People]:
    """Clients by role, area and unit."""
    found = People(server)
    yield found
    found.close()
