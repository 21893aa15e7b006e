"""One file takes another's place, so that a crash at any moment leaves one of the two, whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

# What the new file says of itself, or has to find out anew.
_OWN = frozenset({"epoch", "scope_id", "cursor", "missing", "lowest", "whole", "full_text", "full_text_at", "left"})


def carry_facts(path: Path, facts: Iterable[tuple[str, str]]) -> None:
    """Writes what the old replica remembered into the new file, except what the new one knows better."""
    kept = [(name, value) for name, value in facts if name not in _OWN]
    with closing(sqlite3.connect(path, timeout=5)) as connection, connection:
        connection.executemany("INSERT OR IGNORE INTO facts(name, value) VALUES (?, ?)", kept)


def put_in_place(path: Path, target: Path) -> None:
    """Renames a file that is on the disk over another one that nobody has open. Raises OSError."""
    for suffix in ("-wal", "-shm"):  # a log of the old file must never meet the new one
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    path.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
