"""The SQL tables that both databases and every snapshot file share, made from the protocol's columns."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

from .rows import CASE_COLUMNS, RECORD_COLUMNS, TALLY_COLUMNS


def _columns(columns: Sequence[tuple[str, str]]) -> list[Column[object]]:
    made: list[Column[object]] = []
    for name, kind in columns:
        sql_type: BigInteger | Text = BigInteger() if kind == "int" else Text()
        if name == "id":
            sql_type = BigInteger().with_variant(Integer(), "sqlite")  # only INTEGER is SQLite's own row id
        made.append(Column(name, sql_type, primary_key=name == "id", autoincrement=False, nullable=False))
    return made


def case_table(metadata: MetaData, name: str = "cases") -> Table:
    """The cases, without indexes; each side adds those its own queries need."""
    return Table(name, metadata, *_columns(CASE_COLUMNS))


def tally_table(metadata: MetaData, name: str = "tallies") -> Table:
    """The running totals."""
    return Table(name, metadata, *_columns(TALLY_COLUMNS))


def record_table(metadata: MetaData, name: str = "records") -> Table:
    """The records: meetings, tasks, receipts, alarms."""
    return Table(name, metadata, *_columns(RECORD_COLUMNS))


def record_indexes(records: Table) -> tuple[Index, ...]:
    """The indexes of the records' own questions: by what they hang on, by date, by what is due."""
    c = records.c
    return (
        Index("records_parent", c.parent, c.kind),
        Index("records_at", c.kind, c.at, c.area),
        Index("records_state", c.kind, c.state),
        Index("records_due", c.due_at),
    )


def queue_indexes(cases: Table) -> tuple[Index, ...]:
    """The indexes a desk's queries need, made after bulk loads: by township, grid and unit over open and closed."""
    c = cases.c
    return (
        Index("cases_open_due", c.closed_at, c.due_at),
        Index("cases_township", c.township, c.closed_at, c.due_at),
        Index("cases_grid", c.grid, c.closed_at),
        Index("cases_lead", c.lead, c.closed_at, c.due_at),
        Index("cases_number", c.number),
        Index("cases_reported", c.reported_at),
    )


def desk_indexes(cases: Table, records: Table) -> tuple[Index, ...]:
    """All indexes of a replica, those a person's figures, orders and drills need as well."""
    c = cases.c
    return (
        *queue_indexes(cases),
        *record_indexes(records),
        Index("cases_due", c.due_at),
        Index("cases_changed", c.changed_at),
        Index("cases_closed", c.closed_at),
        Index("cases_responded", c.responded_at),
        Index("cases_phone", c.phone, c.reported_at, sqlite_where=c.phone != ""),
    )
