"""A database filled with the demo's board reads like a lived one, and goes on by the same rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from centre import city
from servers import Mirror, Server
from sites import CITY, SHAHE

from commandscreen.domain.person import Role
from commandscreen.domain.record import RecordKind
from commandscreen.protocol.digest import Digest
from commandscreen.protocol.rows import RECORD, record_from_values
from commandscreen.server.fill_records import fill_records, open_case, without
from commandscreen.server.sweep import sweep
from commandscreen.site import board_history


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server on the small site with a centre."""
    running = Server(database_url, tmp_path / "files", site=city())
    yield running
    running.stop()


def test_the_demo_board_reads_like_a_lived_one(server: Server, people: Any) -> None:
    database, now = server.desk.database, server.desk.now()
    case = people(Role.INTAKE).report()["case_id"]
    found = open_case(database, SHAHE)
    assert found is not None and found.id == case
    assert without(database, RecordKind.MEETING)
    board = board_history.records(server.site, now, found)
    fill_records(database, board)
    assert not without(database, RecordKind.MEETING)
    mirror = Mirror(people(Role.CENTRE_HEAD, CITY))
    mirror.pull(200)
    held = {i: record_from_values(row) for (kind, i), row in mirror.rows.items() if kind == RECORD}
    assert held == {r.id: r for r in board}
    wanted: dict[str, Digest] = {}
    for record in board:
        for bucket in record.shares:
            wanted[bucket] = wanted.get(bucket, Digest()).plus(RECORD, record.id, record.ver)
    for bucket in (f"a{CITY}",):
        assert mirror.last["digest"][bucket] == wanted[bucket].to_json()
    tasks = [r for r in board if r.kind is RecordKind.TASK and r.parent == case]
    assert [t.title for t in tasks] == ["老旧小区消防管网排查"], "the emergency comes from the case"
    assert sweep(database, server.site, now) == [], "nothing is due at once"
    mine = next(r for r in board if r.kind is RecordKind.RECEIPT and r.area > 10**10 and r.state == "sent")
    answer = people(Role.GRID_CHIEF, mine.area).command("receipt.sign", mine.id, mine.ver)
    assert answer["status"] == "applied", answer


def test_a_case_that_ends_says_so_on_its_tasks(server: Server, people: Any) -> None:
    database = server.desk.database
    case = people(Role.INTAKE).report()["case_id"]
    fill_records(database, board_history.records(server.site, server.desk.now(), open_case(database, SHAHE)))
    head = people(Role.CENTRE_HEAD, SHAHE)
    ended = head.command("force_close", case, 1, reason="另案办理")
    assert ended["status"] == "applied", ended
    mirror = Mirror(people(Role.CENTRE_HEAD, CITY))
    mirror.pull()
    found = [record_from_values(row) for (kind, _), row in mirror.rows.items() if kind == RECORD]
    (task,) = [r for r in found if r.kind is RecordKind.TASK and r.parent == case]
    assert task.doc["source_state"] == "closed" and task.doc["log"][-1][1] == "source"
