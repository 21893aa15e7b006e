"""The replica's tables: the protocol's rows, and what the client keeps beside them."""

from __future__ import annotations

from sqlalchemy import Connection, MetaData
from sqlalchemy.schema import CreateIndex, CreateTable, DropIndex

from ..protocol.tables import case_table, desk_indexes, record_table, tally_table
from . import overlay, search

VERSION = 7

metadata = MetaData()
cases = case_table(metadata)
tallies = tally_table(metadata)
records = record_table(metadata)
indexes = desk_indexes(cases, records)

EXTRA = (
    "CREATE TABLE IF NOT EXISTS facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS buckets(name TEXT PRIMARY KEY, count INTEGER NOT NULL, sum TEXT NOT NULL) "
    "WITHOUT ROWID",
    search.TABLE,
    *overlay.TABLES,
)


def columns() -> list[tuple[str, str]]:
    """Every table that is read by its columns' names, and these."""
    own = [(table.name, ", ".join(table.columns.keys())) for table in (cases, tallies, records)]
    return [*own, ("facts", "name, value"), ("buckets", "name, count, sum"), ("held", "id, row"),
            ("held_records", "id, row")]  # fmt: skip


def drop_indexes(connection: Connection) -> None:
    """Before a large load: indexes are made in one go afterwards, several times faster than row by row."""
    for index in indexes:
        connection.execute(DropIndex(index, if_exists=True))


def make_indexes(connection: Connection) -> None:
    """Makes the indexes that are not there."""
    for index in indexes:
        connection.execute(CreateIndex(index, if_not_exists=True))


def create(connection: Connection) -> None:
    """Makes what is not there yet."""
    for table in (cases, tallies, records):
        connection.execute(CreateTable(table, if_not_exists=True))
    for statement in EXTRA:
        connection.exec_driver_sql(statement)
    make_indexes(connection)
    connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")
