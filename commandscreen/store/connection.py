"""The one place that opens the replica's file: pragmas, read-only or not, and the guard of the screen's thread."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from sqlalchemy import Engine, NullPool, create_engine, event

_forbidden: set[int] = set()


class WrongThreadError(RuntimeError):
    """SQL was run on a thread that must never run any."""


def forbid_thread(ident: int) -> None:
    """From now on, SQL on this thread raises WrongThreadError; the screen's own thread is named here at start."""
    _forbidden.add(ident)


def allow_thread(ident: int) -> None:
    """Takes a thread off the list again."""
    _forbidden.discard(ident)


def pragmas(read_only: bool = False, durable: bool = False, bulk: bool = False) -> tuple[str, ...]:
    """What every connection is told, in order."""
    common = ("busy_timeout=5000", "trusted_schema=OFF", "cell_size_check=ON", "foreign_keys=ON", "cache_size=-16000",
              "mmap_size=268435456")  # fmt: skip
    if bulk:
        return (*common, "journal_mode=OFF", "synchronous=OFF")
    if read_only:
        return common
    # What left the scope is overwritten, not only let go of. A page of the feed changes some hundred pages of the file:
    # at SQLite's own thousand, every second commit would wait until they are written back and on the disk.
    return (*common, "secure_delete=ON", "journal_mode=WAL", f"synchronous={'FULL' if durable else 'NORMAL'}",
            "wal_autocheckpoint=4000")  # fmt: skip


def open_engine(path: Path, read_only: bool = False, durable: bool = False, bulk: bool = False) -> Engine:
    """An engine on a file of the desk. WAL and NORMAL: the replica is disposable, the server has it all.

    `durable` is for what nobody else has: every commit is on the disk before it returns. `bulk` is for a file that
    nobody uses yet: no journal, nothing waits for the disk.
    """

    def connect() -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}{'?mode=ro' if read_only else ''}"
        connection = sqlite3.connect(uri, uri=True, timeout=5, check_same_thread=False, isolation_level=None)
        for pragma in pragmas(read_only, durable, bulk):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "before_cursor_execute")
    def guard(*_: object) -> None:
        if threading.get_ident() in _forbidden:
            raise WrongThreadError("SQL on the screen's own thread")

    return engine
