"""A transaction that the database ended for another one's sake is tried again at once."""

import sys
import uuid
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from sites import SHAHE, tiny_site

from commandscreen.domain.person import Actor, Role
from commandscreen.server import commands
from commandscreen.server.database import Database
from commandscreen.server.scope import scope_of


class DeadlockDetected(Exception):
    """As the driver of PostgreSQL names it."""


class Wrapped(Exception):
    """As SQLAlchemy hands it on."""

    def __init__(self) -> None:
        super().__init__()
        self.orig = DeadlockDetected()


Wrapped.__name__ = "OperationalError"


@pytest.mark.parametrize("error", [DeadlockDetected, Wrapped])
def test_a_deadlocks_victim_goes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    database, site = Database(f"sqlite:///{tmp_path / 'x.db'}", 2), tiny_site()
    database.migrate()
    within, tries = commands._within, []

    def victim(*given: Any) -> commands.Outcome:
        tries.append(1)
        if len(tries) == 1:
            raise error
        return within(*given)

    monkeypatch.setattr(commands, "_within", victim)
    actor = Actor(1, "韩冰", frozenset({Role.CENTRE_HEAD}), SHAHE)
    item = {"id": str(uuid.uuid4()), "kind": "burden.note",
            "args": {"what": "document", "title": "文件", "at": 1_773_190_800}}  # fmt: skip
    outcome = commands.carry_out(database, site, actor, scope_of(actor, site), item, 1_773_190_800)
    database.close()
    assert outcome.answer["status"] == "applied" and len(tries) == 2
