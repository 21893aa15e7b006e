"""What can still be read of an outbox: its rows by number, each checked against its own mark."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Found:
    """What a file held. `broken`: SQLite or a row's mark says so; `marked`: its rows have marks. `rows` are those that
    are right: their number, then the outbox's columns."""

    broken: bool
    marked: bool
    rows: list[tuple[Any, ...]]


def mark(row: Sequence[Any]) -> int:
    """A row's checksum over its number and every column: SQLite itself sees no bit that flips inside a value."""
    return zlib.crc32(orjson.dumps(list(row)))


def read(path: Path, columns: str) -> Found:
    """Reads a file that may be broken. Raises OperationalError where another program holds it."""
    broken, marked, rows = False, True, []
    try:
        connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    except sqlite3.Error:
        return Found(True, True, [])
    try:
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            broken = True
        names = {row[1] for row in connection.execute("PRAGMA table_info(outbox)")}
        if not names:
            return Found(broken, True, [])
        marked = "mark" in names
        wanted = f"SELECT n, {columns}, {'mark' if marked else '0'} FROM outbox"
        for row in _rows(connection, wanted, broken):
            try:
                right = not marked or mark(row[:-1]) == row[-1]
            except (TypeError, ValueError):
                right = False
            if right:
                rows.append(tuple(row[:-1]))
            else:
                broken = True
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise
        broken = True
    except (sqlite3.Error, UnicodeDecodeError):
        broken = True
    finally:
        connection.close()
    return Found(broken, marked, rows)


def _rows(connection: sqlite3.Connection, wanted: str, broken: bool) -> list[tuple[Any, ...]]:
    if not broken:
        return connection.execute(wanted + " ORDER BY n").fetchall()
    found: list[tuple[Any, ...]] = []
    number = 0
    try:
        last = int(connection.execute("SELECT max(n) FROM outbox").fetchone()[0] or 0)
    except (sqlite3.Error, TypeError, ValueError):
        last = 0
    while number < min(last, 1_000_000):  # one by one: a page that cannot be read takes only its own rows along
        number += 1
        try:
            found += connection.execute(wanted + " WHERE n = ?", (number,)).fetchall()
        except (sqlite3.Error, UnicodeDecodeError):
            continue
    return found


def put_aside(path: Path) -> None:
    """Renames a broken file and what belongs to it, for whoever wants to look at it."""
    for suffix in ("", "-wal", "-shm"):
        old = Path(f"{path}{suffix}")
        if old.exists():
            old.replace(Path(f"{path}.broken{suffix}"))
