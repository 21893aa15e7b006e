"""Cases that are held already and come again: only those indexes are touched whose columns differ.

SQLite's REPLACE takes a row out of every index and puts it in again, 64 µs a case with the desk's eleven; an UPDATE
touches the indexes of the columns it names, whatever their values. Most changes move a deadline and a time: 23 µs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from operator import itemgetter, ne
from typing import Any

from sqlalchemy import Connection

from ..protocol.rows import CASE_NAMES
from . import schema

_KEYS = {column.name for index in schema.indexes if index.table is schema.cases for column in index.columns}
INDEXED = tuple(name for name in CASE_NAMES if name in _KEYS)
_AT = {name: at for at, name in enumerate(CASE_NAMES)}
_indexed_of = itemgetter(*(_AT[name] for name in INDEXED))
Row = tuple[Any, ...]


@cache
def _statement(differs: tuple[bool, ...]) -> tuple[str, Callable[[Row], Row]]:
    names = [name for name in CASE_NAMES if name not in _KEYS and name != "id"]
    names += [name for name, other in zip(INDEXED, differs, strict=True) if other]
    sql = f"UPDATE cases SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"
    return sql, itemgetter(*(_AT[name] for name in names), _AT["id"])


def rewrite(connection: Connection, cases: Iterable[tuple[Row, Row]]) -> None:
    """Writes cases over those of the same id: pairs of what is held of the columns INDEXED, and the whole new row."""
    alike: defaultdict[tuple[bool, ...], list[Row]] = defaultdict(list)
    for held, row in cases:
        alike[tuple(map(ne, held, _indexed_of(row)))].append(row)
    for differs, rows in alike.items():
        sql, values_of = _statement(differs)
        connection.exec_driver_sql(sql, [values_of(row) for row in rows])
