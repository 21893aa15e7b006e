"""The contract's databases: SQLite always; PostgreSQL where it can be had."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from servers import Client, Server  # noqa: E402

from commandscreen.domain.person import Role  # noqa: E402


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'server.db'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A running demo server on the small site."""
    running = Server(database_url, tmp_path / "files")
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def people(server: Server) -> Iterator[People]:
    """Clients by role, closed at the end."""
    found = People(server)
    yield found
    found.close()


class People:
    """Those who sign in during a test."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[tuple[Role, int, int], Client] = {}

    def __call__(self, role: Role, area: int = 210304015, unit: int = 0) -> Client:
        key = (role, area, unit)
        if key not in self._known:
            self._known[key] = self._server.desk_of(role, area, unit)
        return self._known[key]

    def close(self) -> None:
        for client in self._known.values():
            client.close()
