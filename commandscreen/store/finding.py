"""How a list that is asked for a text finds its rows: three ways, and the cheapest is chosen by bounded counts.

A text of few hits is collected: the index names the rows, they are looked at and put in order. A filter of few rows is
looked through row by row. Where both are many, the head of the list is found by walking down the list's own order
until enough rows hold the text; a common word stands in the first rows. Collecting its million hits to show two
hundred took a second.
"""

from __future__ import annotations

from sqlalchemy import Connection

from . import gather, search
from .filter import Filter, Sort, where
from .gather import Ids

FEW = 20_000  # rows that are fetched, looked at and sorted in some 30 ms
WALKED = 100_000  # rows of an order that are looked at before a walk is given up
COMMON = 400_000  # hits: from here on every row is read, for less than it costs to fetch these one by one


def ids(connection: Connection, wanted: Filter, sort: Sort, now: int, most: int) -> Ids:
    """The ids of the cases of a filter with a text, in order: int64[n]; the first `most` of them, all for -1."""
    sql, values = where(wanted, now)
    named = _named(connection, wanted)
    if named is None and most >= 0:
        found = _walked(connection, wanted, sql, values, sort, most)
        if len(found) == most:
            return found
    sql, values = _with_text(connection, wanted, sql, values, named)
    # Rows that are looked at one by one are read as they lie and sorted after: the plus keeps the order's index out.
    return gather.ids(connection, f"FROM cases WHERE {sql} ORDER BY +{sort.value} LIMIT ?", (*values, most))


def condition(connection: Connection, wanted: Filter, now: int, stage: bool = True) -> tuple[str, list[object]]:
    """The SQL condition of a filter, its text included, with its values."""
    sql, values = where(wanted, now, stage)
    if not wanted.text.strip():
        return sql, values
    return _with_text(connection, wanted, sql, values, _named(connection, wanted))


def _named(connection: Connection, wanted: Filter) -> str | None:
    """The rows that may hold the text, where they are few and known."""
    return search.named(connection, wanted.text, FEW) if search.is_indexed(connection) else None


def _walked(connection: Connection, wanted: Filter, sql: str, values: list[object], sort: Sort, most: int) -> Ids:
    """Those of the head of the order that hold a text, `most` at most."""
    exact, looked_for = search.exact(wanted.text)
    head = f"SELECT id, title, place, number FROM cases WHERE {sql} ORDER BY {sort.value} LIMIT {WALKED}"
    return gather.ids(connection, f"FROM ({head}) WHERE {exact} LIMIT ?", (*values, *looked_for, most))


def _with_text(
    connection: Connection, wanted: Filter, sql: str, values: list[object], named: str | None
) -> tuple[str, list[object]]:
    exact, looked_for = search.exact(wanted.text)
    if named is not None:
        return f"{sql} AND id IN (SELECT value FROM json_each(?)) AND {exact}", [*values, named, *looked_for]
    if search.is_indexed(connection) and not _is_small(connection, sql, values):
        query = search.query(wanted.text)
        counted = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
        if connection.exec_driver_sql(counted, (query, COMMON)).scalar_one() < COMMON:
            collected = "id IN (SELECT rowid FROM words WHERE words MATCH ?)"
            return f"{sql} AND {collected} AND {exact}", [*values, query, *looked_for]
    return f"{sql} AND {exact}", [*values, *looked_for]


def _is_small(connection: Connection, sql: str, values: list[object]) -> bool:
    counted = f"SELECT count(*) FROM (SELECT 1 FROM cases WHERE {sql} LIMIT {FEW})"
    return int(connection.exec_driver_sql(counted, tuple(values)).scalar_one()) < FEW
