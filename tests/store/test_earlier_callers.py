"""Earlier cases of whoever calls, in a replica: by an index, however many cases there are."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from commandscreen.store import callers, schema

NOW = 1_795_500_000


@pytest.fixture
def replica(tmp_path: Path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'desk.db'}")
    with engine.begin() as connection:
        schema.create(connection)
        blank = {c.name: 0 if isinstance(c.type, sa.BigInteger | sa.Integer) else "" for c in schema.cases.columns}
        rows = [
            blank | {"id": n, "state": "closed", "title": f"案{n}", "reported_at": NOW - n * 60, "reporter": "王**" if n % 2 else "",
                     "phone": f"138****{n % 50:04d}" if n % 3 else ""}
            for n in range(1, 2001)
        ]  # fmt: skip
        connection.execute(schema.cases.insert(), rows)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_those_the_server_named_come_first_and_are_not_counted_twice(replica) -> None:
    count, found = callers.earlier(replica, "王秀英", "13800000007", NOW, (107, 3))
    assert [(e.id, e.sure) for e in found[:3]] == [(3, True), (107, True), (7, False)]
    alone, _ = callers.earlier(replica, "王秀英", "13800000007", NOW)
    assert alone == count + 1, "107 bears the masked number as well"
    assert all(e.reporter in ("", "王**") for e in found)


def test_half_a_number_finds_nothing(replica) -> None:
    assert callers.earlier(replica, "王秀英", "138", NOW) == (0, ())


def test_no_question_reads_the_whole_table(replica) -> None:
    asked = []
    sa.event.listen(replica.engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
    callers.earlier(replica, "王秀英", "13800000007", NOW, (5, 6))
    assert len(asked) == 2
    for text, values in asked:
        plan = " ".join(
            str(row[3]) for row in replica.connection.driver_connection.execute("EXPLAIN QUERY PLAN " + text, values)
        )
        assert "SCAN cases" not in plan, plan
    assert "cases_phone" in plan
    assert isinstance(replica.connection.driver_connection, sqlite3.Connection)
