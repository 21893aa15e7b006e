"""Who called before: found by the number however it is written, within one's scope alone, logged without the number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from servers import Server
from sites import CHANGDIAN

from commandscreen.domain.intake import whole_number
from commandscreen.domain.person import Role
from commandscreen.server import audit, callers
from commandscreen.server import database as database_module
from commandscreen.server.database import Database

NUMBER = "13812345678"


def ask(desk: Any, phone: object = NUMBER) -> Any:
    return desk.post("/v1/callers", json={"phone": phone})


@pytest.mark.parametrize(
    ("written", "number"),
    [("138 1234 5678", NUMBER), ("+8613812345678", NUMBER), ("１３８１２３４５６７８", NUMBER), ("0412-5551234", "04125551234"), ("（0412）5551234", "04125551234"), ("5551234-801", "5551234-801"), ("12345", ""), ("", "")],
)  # fmt: skip
def test_a_number_is_one_however_it_is_written(written: str, number: str) -> None:
    assert whole_number(written) == number


def test_a_caller_s_cases_are_found_and_each_look_is_logged(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    first = clerk.report(reporter="王秀英", phone="138 1234 5678")["case_id"]
    second = clerk.report(reporter="李强", phone="+8613812345678", source="single_window")["case_id"]
    clerk.report(reporter="王秀英", phone="13800005678")
    clerk.report(reporter="王秀英")
    assert ask(clerk).json() == {"count": 2, "cases": [second, first]}
    assert ask(clerk, "13999999999").json() == {"count": 0, "cases": []}
    with server.desk.database.read() as link:
        assert audit.check(link) == 0
        log = link.all("SELECT subject, outcome FROM audit WHERE action = 'caller' ORDER BY n")
        kept = link.all("SELECT caller FROM contacts WHERE case_id IN (?, ?)", (first, second))
    assert [outcome for _, outcome in log] == ["2", "0"]
    assert kept[0] == kept[1]
    assert log[0][0] == kept[0][0][:16], "the log can be compared with the contacts, and holds no number"
    assert NUMBER not in str([tuple(row) for row in log])


def test_no_row_and_no_snapshot_holds_number_or_digest(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    clerk.report(reporter="王秀英", phone=NUMBER)
    with server.desk.database.read() as link:
        digest = link.one("SELECT caller FROM contacts")[0]
    told = str(clerk.page())
    assert "138****5678" in told
    assert NUMBER not in told
    assert digest[:8] not in told


def test_nobody_learns_of_cases_outside_the_scope(server: Server, people: Any) -> None:
    people(Role.INTAKE).report(phone=NUMBER)
    assert ask(people(Role.INTAKE, CHANGDIAN)).json() == {"count": 0, "cases": []}


def test_only_those_who_write_reports_down_may_ask(server: Server, people: Any) -> None:
    assert ask(people(Role.DISPATCHER)).status_code == 403
    for wrong in ("", "138", 13812345678, None, "打不通"):
        assert ask(people(Role.INTAKE), wrong).status_code == 400


def test_a_search_through_numbers_ends(server: Server, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callers, "LOOKS_MAX", 3)
    clerk = people(Role.INTAKE)
    answers = [ask(clerk, f"1380000{n:04d}") for n in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_migration_gives_old_contacts_their_digest(database_url: str) -> None:
    """Numbers that were kept before are found as if they had just been reported."""
    database = Database(database_url, 2)
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(database_module.__file__).parent / "migrations"))
    old = [(1, "138 1234 5678"), (2, "+8613812345678"), (3, "打不通"), (4, "")]
    with database.write() as link:
        settings.attributes["connection"] = link.connection
        command.upgrade(settings, "0005")
        link.many("INSERT INTO contacts(case_id, reporter, phone) VALUES (?, '', ?)", old)
    database.migrate()
    with database.read() as link:
        wanted = callers.digest(link, NUMBER)
        kept = [row[0] for row in link.all("SELECT caller FROM contacts ORDER BY case_id")]
    database.close()
    assert len(wanted) == 64
    assert kept == [wanted, wanted, "", ""]
