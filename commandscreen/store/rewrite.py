"""A large replica is written anew beside itself: only what lives in it, none of what was let go of. On the caller's thread."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from .connection import open_engine


class Rewriting:
    """One at a time. Writers go on meanwhile; what they change is not in the copy."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._under_way: sqlite3.Connection | None = None
        self._given_up = False

    def copy(self, path: Path, draft: Path) -> bool:
        """Writes `draft`, to the disk; False where the disk refused or it was given up. Nothing stays then."""
        draft.unlink(missing_ok=True)
        engine = open_engine(path, read_only=True)
        try:
            with engine.connect() as connection:
                with self._turn:
                    if self._given_up:
                        return False
                    self._under_way = connection.connection.driver_connection
                try:
                    connection.exec_driver_sql("VACUUM INTO ?", (str(draft),))
                finally:
                    with self._turn:
                        self._under_way = None
            file = os.open(draft, os.O_RDWR)
            try:
                os.fsync(file)
            finally:
                os.close(file)
            return True
        except (DatabaseError, sqlite3.Error, OSError):
            draft.unlink(missing_ok=True)
            return False
        finally:
            engine.dispose()

    def give_up(self) -> None:
        """Ends what is under way, for good. From any thread."""
        with self._turn:
            self._given_up = True
            if self._under_way is not None:
                self._under_way.interrupt()
