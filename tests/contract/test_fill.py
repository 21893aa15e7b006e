"""Filling with past cases leaves the same feed, digests and totals as commands would; migrations make the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from servers import GRID, START, Mirror, Server
from sites import CHANGDIAN, CITY, SHAHE

from commandscreen.domain.case import Case, Source, State
from commandscreen.domain.person import Role
from commandscreen.protocol.digest import Digest
from commandscreen.protocol.rows import CASE, Tally, case_buckets
from commandscreen.server import fill as filling
from commandscreen.server import tallies
from commandscreen.server.database import Database
from commandscreen.server.tables import metadata


def _past(count: int) -> Iterator[Case]:
    base = Case(
        1,
        3,
        "",
        State.CLOSED,
        Source.HOTLINE,
        301,
        "漏水",
        "",
        "楼",
        GRID,
        SHAHE,
        lead=1,
        filed_at=START,
        closed_at=START,
    )
    for number in range(1, count + 1):
        away = number % 3 == 0
        yield replace(
            base, id=number, number=f"立沙0311-{number:04d}", ver=number % 7 + 1, reported_at=START - 60,
            grid=2103020030010101 if away else GRID, township=CHANGDIAN if away else SHAHE,
            assists=(2,) if number % 2 else (), late=number % 5 == 0, satisfaction=number % 6,
        )  # fmt: skip


def test_a_filled_database_reads_like_a_lived_one(server: Server, people: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(filling, "_BATCH", 100)
    told: list[int] = []
    assert filling.empty(server.desk.database)
    assert filling.fill(server.desk.database, _past(250), told.append) == 250
    assert told == [100, 200, 250]
    assert not filling.empty(server.desk.database)
    mirror = Mirror(people(Role.CENTRE_HEAD, CITY))
    mirror.pull(90)
    cases = {i: row for (kind, i), row in mirror.rows.items() if kind == CASE}
    assert set(cases) == set(range(1, 251))
    wanted: dict[str, Digest] = {}
    for case in _past(250):
        for bucket in case_buckets(case):
            wanted[bucket] = wanted.get(bucket, Digest()).plus(CASE, case.id, case.ver)
    for (kind, row_id), row in mirror.rows.items():
        if kind != CASE:
            wanted["city"] = wanted.get("city", Digest()).plus(kind, row_id, row[1])
    assert mirror.last["digest"][f"t{SHAHE}"] == wanted[f"t{SHAHE}"].to_json()
    assert mirror.last["digest"]["city"] == wanted["city"].to_json()
    handler = people(Role.HANDLER, SHAHE, 2).page(limit=500)
    assert handler["digest"]["u2"] == wanted["u2"].to_json()
    totals = [sum(values) for values in zip(*(tallies.counts(c) for c in _past(250)), strict=True)]
    assert mirror.rows["tally", CITY][2:] == totals
    made = people(Role.INTAKE).report()
    assert (made["case_id"], made["row"][2]) == (251, "立沙0311-0251")


def test_totals_from_before_are_carried_over(server: Server, people: Any) -> None:
    leader = people(Role.SHIFT_LEADER)
    mirror = Mirror(leader)
    mirror.pull()
    with server.desk.database.write() as link:
        tallies.carry_over(link, {SHAHE: Tally(SHAHE, 1, 9, 8, 1, 5, 4), CHANGDIAN: Tally(CHANGDIAN, 1, 1, 1, 0, 0, 0)})
    mirror.pull()
    assert mirror.rows["tally", CITY][2:] == [10, 9, 1, 5, 4]
    digest = Digest()
    for (kind, row_id), row in mirror.rows.items():
        digest = digest.plus(kind, row_id, row[1])
    assert mirror.last["digest"]["city"] == digest.to_json()


def test_migrations_make_what_the_code_expects(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.migrate()  # a second start changes nothing
