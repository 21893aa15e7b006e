"""F11: a program two schema versions back may read no more, but what its person did is accepted."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from fault_core import SITE, Desk
from fault_table import Ledger
from servers import Server
from sites import SHAHE, account_of

from commandscreen.domain.person import Actor, Role
from commandscreen.protocol.demo import demo_password
from commandscreen.protocol.problem import ProblemType
from commandscreen.protocol.version import SCHEMA, SCHEMA_HEADER, SCHEMA_OLDEST
from commandscreen.server import calls
from commandscreen.store import apply
from commandscreen.store.delta import Delta
from commandscreen.store.outbox import Fate
from commandscreen.sync.api import Api
from commandscreen.sync.status import ApiError, Refused

BACK = [v for v in (SCHEMA_OLDEST - 2, SCHEMA_OLDEST - 1) if v > 0]


def _landed(scratch: Path, schema: int, fresh: bool) -> tuple[int, int, list[str]]:
    """Commands given, those the server did, and what the client was refused with. `fresh`: it holds no replica yet."""
    server = Server(f"sqlite:///{scratch / 'server.db'}", scratch / "files")
    account = account_of(Role.INTAKE, SHAHE)
    person = next(p for p in SITE.people if p.account == account)
    api = Api(server.url)
    wire = SimpleNamespace(actor=Actor(person.id, person.name, person.roles, person.area, person.unit), fault="", down=False,
                           now=server.desk.now(), json=api.json, commands=api.commands, snapshot=api.snapshot,
                           keep=api.keep)  # fmt: skip
    desk = Desk(scratch / "desk", wire)  # type: ignore[arg-type]
    refused: list[str] = []
    try:
        api.sign_in(account, demo_password(account))
        if not fresh:
            desk.drained()
        api._http.headers[SCHEMA_HEADER] = str(schema)  # the server was brought up to date, this program was not
        names = [desk.give("report", 0) for _ in range(130)]
        for _ in range(6):
            try:
                desk.engine.step()
            except ApiError as error:
                refused.append(error.problem.type.value if isinstance(error, Refused) else "offline")
        with server.desk.database.read() as link:
            titles = {row[0] for row in link.all("SELECT title FROM cases")}
        if not set(names) & titles:
            assert {e.fate for e in desk.entries().values()} == {Fate.WAITING}, "kept until the program is renewed"
        assert not desk.replica.write(lambda c: (apply.fact(c, "data_at") if fresh else "", Delta())).result()
        return len(names), len(set(names) & titles), refused
    finally:
        desk.close()
        api.close()
        server.stop()


@pytest.mark.parametrize("fresh", [False, True], ids=["with a replica", "without one"])
@pytest.mark.parametrize("schema", BACK)
def test_an_old_program_s_outbox_is_accepted(scratch: Path, ledger: Ledger, schema: int, fresh: bool) -> None:
    """Every command lands, and the feed says that the program must be renewed."""
    given, landed, refused = _landed(scratch, schema, fresh)
    ledger.note("F11", "clients two schema versions back", lost=given - landed, pairs=1, commands=given)
    assert landed == given
    assert set(refused) == {ProblemType.UPGRADE_REQUIRED.value}


def test_an_even_older_program_keeps_its_outbox(scratch: Path) -> None:
    """Nothing of it lands, and nothing of it is lost."""
    given, landed, refused = _landed(scratch, SCHEMA_OLDEST - 3, fresh=False)
    assert (given, landed) == (130, 0)
    assert set(refused) == {ProblemType.UPGRADE_REQUIRED.value}


def test_a_server_that_takes_only_its_own_schema_is_found(
    scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted mistake."""
    monkeypatch.setattr(calls, "_COMMANDS_OLDEST", SCHEMA)
    given, landed, _ = _landed(scratch, BACK[0], fresh=False)
    ledger.mistake("F11", landed < given, f"commands of the server's schema only: {landed} of {given} landed")
    assert landed < given
