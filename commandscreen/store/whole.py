"""A whole scope's file becomes a replica: checked row by row, completed, on the disk before it takes the old one's place.

Runs in a process of its own; nothing here touches the replica in use.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import orjson
from sqlalchemy import Connection, create_engine

from ..protocol.digest import Digest
from . import apply, schema
from .apply import SnapshotError
from .connection import open_engine


def complete(path: Path, buckets: Iterable[str], scope_id: str, epoch: str, seq: int) -> None:
    """Turns an unpacked scope file into a replica at `path`, level with `seq`.

    Raises SnapshotError unless tables, indexes, rows and what the file says of them are what the protocol says; OSError
    and database errors where the disk refuses.
    """
    engine = open_engine(path, bulk=True)
    with engine.connect() as connection:
        told = _checked(connection, frozenset(buckets), scope_id, epoch, seq)
        connection.exec_driver_sql("DROP TABLE meta")
        schema.create(connection)
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql(
            "INSERT INTO buckets(name, count, sum) VALUES (?, 0, '0')", [(name,) for name in sorted(told)]
        )
        apply.recount(connection)
        counted = connection.exec_driver_sql("SELECT name, count, sum FROM buckets").fetchall()
        if {name: Digest(count, int(total, 16)) for name, count, total in counted} != told:
            raise SnapshotError("the rows are not those its digests tell")
        apply.remember(connection, epoch=epoch, scope_id=scope_id, cursor=seq, missing="", lowest="")
        connection.exec_driver_sql("COMMIT")
    engine.dispose()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _checked(connection: Connection, buckets: frozenset[str], scope_id: str, epoch: str, seq: int) -> dict[str, Digest]:
    """The file's digests, once its schema and its own words are found right."""
    wanted = _expected()
    found = {
        (kind, name): sql
        for kind, name, sql in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master")
        if not name.startswith(("sqlite_autoindex_", "sqlite_stat")) and name != "meta"
    }
    if found != wanted:
        odd = sorted(name for _, name in {*found.items() ^ wanted.items()})
        raise SnapshotError(f"another schema: {str(odd)[:200]}")
    meta = {str(n): str(v) for n, v in connection.exec_driver_sql("SELECT name, value FROM meta")}
    if (meta.get("scope"), meta.get("epoch"), meta.get("seq")) != (scope_id, epoch, str(seq)):
        raise SnapshotError("of another scope, epoch or place")
    try:
        told = {str(name): Digest.from_json(value) for name, value in orjson.loads(meta["digests"]).items()}
    except (KeyError, ValueError, AttributeError) as error:
        raise SnapshotError("without digests") from error
    if told.keys() != buckets:
        raise SnapshotError("of other buckets")
    return told


def _expected() -> dict[tuple[str, str], str]:
    """The tables and indexes as this program itself makes them: neither a trigger nor a view nor anything else."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        schema.create(connection)
        shared = {str(table.name) for table in (schema.cases, schema.tallies, schema.records)}
        rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        found = {(k, n): s for k, n, table, s in rows if table in shared and not n.startswith("sqlite_autoindex_")}
    engine.dispose()
    return found
