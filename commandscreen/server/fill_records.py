"""Fills a server's database with records at once: rows, feed and digests as commands would leave them."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.case import FINAL, Case
from ..domain.record import Record, RecordKind
from ..protocol.rows import CASE_NAMES, RECORD_NAMES, case_from_values, record_values
from . import audit, feed
from .database import Database
from .ledger import change


def without(database: Database, kind: RecordKind) -> bool:
    """Whether the database holds no record of a kind yet."""
    with database.read() as link:
        return link.one("SELECT id FROM records WHERE kind = ? LIMIT 1", (kind.value,)) is None


def open_case(database: Database, township: int) -> Case | None:
    """The oldest open case of a township, or None."""
    marks = ", ".join("?" * len(FINAL))
    sql = f"SELECT {', '.join(CASE_NAMES)} FROM cases WHERE township = ? AND state NOT IN ({marks}) ORDER BY id LIMIT 1"
    with database.read() as link:
        row = link.one(sql, (township, *sorted(state.value for state in FINAL)))
    return case_from_values(row) if row else None


def fill_records(database: Database, records: Sequence[Record]) -> None:
    """Adds records whose ids are not taken, in one transaction."""
    if not records:
        return
    marks = ", ".join("?" * len(RECORD_NAMES))
    with database.write() as link:
        link.many(f"INSERT INTO records({', '.join(RECORD_NAMES)}) VALUES ({marks})", map(record_values, records))
        feed.lock(link)
        audit.append(link, 0, 0, "fill-records", str(len(records)), "applied")
        feed.publish(link, [change(None, record) for record in records])
