"""The replica: its file, the one writer thread, the readers, and the news of each commit."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, OperationalError

from ..domain.decide import Command
from ..domain.person import Actor
from ..domain.site import Site
from . import apply, salvage, schema, sums
from .connection import open_engine
from .delta import Delta
from .layer import NO_ROWS, Layer, Rows, Stance
from .outbox import Entry, Outbox
from .overlay import Wanted
from .readers import Readers
from .rewrite import Rewriting
from .swap import carry_facts, put_in_place

T = TypeVar("T")
# Rewriting this much holds the writer up for well under a second: so much is asked of it for single rows that left.
REWRITE_MOST = 32 * 2**20


class ReplicaError(RuntimeError):
    """Something the environment did to the replica; `code` is what views put into words."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}")
        self.code = code


class Replica:
    """The replica and its outbox in a folder. `heard(Delta)` is called on the writer thread after each commit that
    touched rows, `told(entries)` after each change of the outbox.

    Opening checks the file after an unclean end and starts anew when it is broken: the server has it all. Raises
    ReplicaError `replica-busy` when another program holds it, `disk-full`, `disk` for other refusals.
    """

    def __init__(self, folder: Path, heard: Callable[[Delta], None]) -> None:
        self.path = folder / "replica.db"
        self._mark = folder / "replica.open"
        self._heard = heard
        self.told: Callable[[Sequence[Entry]], None] = lambda _: None
        self._stance: Stance | None = None
        self._layer = Layer()
        self._rewriting = Rewriting()
        self._changes = self._showings = 0  # transactions so far
        self.rebuilt = self._broken = False
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = _claim(folder / "replica.lock")
        try:
            self._prepare()
            self._writer_engine = open_engine(self.path)
            self._writer = ThreadPoolExecutor(1, "writer")
            self._connection = self._writer.submit(self._writer_engine.connect).result()
            self.outbox = self._writer.submit(Outbox, folder / "outbox.db").result()
            self.readers = Readers(open_engine(self.path, read_only=True))
        except (sqlite3.Error, DatabaseError, OSError) as error:
            self._lock.close()
            raise explained(error) from error

    def _prepare(self) -> None:
        unclean = self._mark.exists()
        self.path.with_name("replica.rewritten").unlink(missing_ok=True)
        self._mark.write_text(str(os.getpid()), "utf-8")
        if self.path.exists() and not (sums.fits(self.path) and _sound(self.path, thorough=unclean)):
            salvage.put_aside(self.path)
            self.rebuilt = True
        engine = open_engine(self.path)
        with engine.begin() as connection:
            schema.create(connection)
        engine.dispose()

    def write(self, change: Callable[[Connection], tuple[T, Delta]]) -> Future[T]:
        """Runs a change on the writer thread inside one transaction; tells its delta after the commit.

        The future raises ReplicaError when the disk refuses; nothing of the change is then kept.
        """
        return self._writer.submit(self._write, change)

    def write_rows(self, change: Callable[[Connection], tuple[T, Delta]], rows: Rows | None = None) -> Future[T]:
        """Like `write`, for changes of the server's own rows: the overlay is lifted before and laid again after.

        `rows` are the only ones it touches, where that is known: then the rest of the overlay stays where it is.
        """

        def settled() -> T:
            answer = self._write(lambda c: self._layer.run(c, change, self._wanted, self._stance, rows))
            self._settle()
            return answer

        return self._writer.submit(settled)

    def _wanted(self, connection: Connection) -> Wanted:
        names = self.outbox.names()
        commands = self.outbox.overlay(int(apply.fact(connection, "cursor") or 0))
        return [(command, names.get(command.id, 0)) for command in commands]

    def _settle(self) -> None:
        try:
            cursor = int(apply.fact(self._connection, "cursor") or 0)
            self._connection.rollback()
        except (DatabaseError, sqlite3.Error) as error:
            raise self._suspected(explained(error)) from error
        broken = self._layer.broken
        if self._boxed(lambda box: box.settle(cursor, time.time()) | box.note_broken(broken)):
            self.told(self._boxed(Outbox.listing))

    def swap(self, path: Path) -> Future[None]:
        """Puts a finished file in the replica's place, with the outbox's effects and what else was remembered.

        The old one stands until the new one does: a crash on the way leaves one of them, whole. The future raises
        ReplicaError where the disk refuses.
        """

        def run() -> None:
            try:
                facts = self._connection.exec_driver_sql("SELECT name, value FROM facts").fetchall()
                self._connection.rollback()
                carry_facts(path, [(str(name), str(value)) for name, value in facts])
                self._exchange(path)
            except (DatabaseError, sqlite3.Error, OSError) as error:
                raise explained(error) from error
            self._broken = False
            self._lay_anew(Delta(everything=True))
            self._settle()

        return self._writer.submit(run)

    def _exchange(self, path: Path) -> None:
        self.readers.pause()
        try:
            self._connection.close()
            put_in_place(path, self.path)
        finally:
            self._connection = self._writer_engine.connect()
            self.readers.resume()

    def _lay_anew(self, told: Delta) -> None:
        self._layer.forget()
        nothing: Callable[[Connection], tuple[None, Delta]] = lambda _: (None, told)  # noqa: E731
        self._write(lambda c: self._layer.run(c, nothing, self._wanted, self._stance, None))

    def stand(self, site: Site, actor: Actor) -> Future[None]:
        """From now on the outbox shows: the rules need the site and the person. Lays the overlay anew after a crash."""

        def take() -> None:
            self._stance = site, actor

        self._writer.submit(take)  # before the rows are written: what lies over them then is by this stance
        return self.write_rows(lambda _: (None, Delta()))

    def commanding(self, act: Callable[[Outbox], T]) -> Future[T]:
        """Runs something on the outbox, on the writer thread, then shows what that changed.

        What it adds is on the disk before anything is shown. The future raises ReplicaError when the disk refused the
        act; where only the replica cannot show it, the act stands, and the next write of rows shows it.
        """

        def run() -> T:
            answer = self._boxed(act)

            self.told(self._boxed(Outbox.listing))
            with suppress(ReplicaError):
                wanted = self._boxed(lambda _: self._wanted(self._connection))
                self._connection.rollback()
                if not self._layer.holds(wanted):
                    nothing: Callable[[Connection], tuple[None, Delta]] = lambda _: (None, Delta())  # noqa: E731
                    self._write(lambda c: self._layer.run(c, nothing, self._wanted, self._stance, NO_ROWS), shows=True)
                    broken = self._layer.broken
                    if self._boxed(lambda box: box.note_broken(broken)):
                        self.told(self._boxed(Outbox.listing))
            return answer

        return self._writer.submit(run)

    def look_into_outbox(self, look: Callable[[Outbox], T]) -> T:
        """Looks into the outbox without changing it; waits for the answer."""
        return self._writer.submit(self._boxed, look).result()

    def tell_outbox(self) -> None:
        """Has the outbox told as it stands, as after a change of the screen."""
        self._writer.submit(lambda: self.told(self._boxed(Outbox.listing)))

    def _boxed(self, act: Callable[[Outbox], T]) -> T:
        try:
            return act(self.outbox)
        except (DatabaseError, sqlite3.Error, OSError) as error:
            raise explained(error) from error

    def command(self, command: Command, undo: float) -> Future[None]:
        """Keeps a command for good and shows it as if it had landed; it leaves after `undo` seconds."""
        return self.commanding(lambda box: box.add(command, time.time(), undo))

    def own_photo(self, address: str) -> Path:
        """Where a picture taken at this desk waits until the server has it."""
        return self.path.parent / "photos" / address

    def bulk(self, task: Callable[[Connection], object]) -> None:
        """Runs something on the writer thread outside a transaction, such as attaching a file; waits for it."""

        def run() -> None:
            try:
                task(self._connection)
                self._connection.rollback()
            except (DatabaseError, sqlite3.Error) as error:
                raise self._suspected(explained(error)) from error

        self._writer.submit(run).result()

    def scrub(self) -> bool:
        """After rows left the scope: rewrites the file, empties the write-ahead log, where they still lie, and removes
        broken files put aside. `secure_delete` alone is not enough: where SQLite balances its pages, copies of cells
        stay in the gaps. A file over REWRITE_MOST is rewritten only when the scope itself changed, and beside the writer:
        a person goes on acting meanwhile, and only the caller waits, on the sync thread.
        False where a reader was in the way, or the disk refused; to be tried again then."""

        def large() -> bool:
            try:
                left = apply.fact(self._connection, "left")
                self._connection.rollback()
                return left == "scope" and self.path.stat().st_size > REWRITE_MOST
            except (DatabaseError, sqlite3.Error, OSError):
                return False

        def run() -> bool:
            try:
                left = apply.fact(self._connection, "left")
                self._connection.rollback()
                if left and self.path.stat().st_size <= REWRITE_MOST:
                    self._connection.exec_driver_sql("VACUUM")
                    apply.remember(self._connection, left="")
                self._connection.exec_driver_sql("PRAGMA busy_timeout=100")
                row = self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._connection.exec_driver_sql("PRAGMA busy_timeout=5000")
                self._connection.rollback()
                for suffix in ("", "-wal", "-shm"):
                    Path(f"{self.path}.broken{suffix}").unlink(missing_ok=True)
            except (DatabaseError, sqlite3.Error, OSError):
                return False
            return row is not None and row[0] == 0

        return (not self._writer.submit(large).result() or self._rewrite()) and self._writer.submit(run).result()

    def _rewrite(self) -> bool:
        """Writes the file anew beside the old one, and puts it in its place unless the server's rows changed meanwhile. What
        a person did meanwhile is laid over it."""
        rows, shown = self._writer.submit(lambda: (self._changes, self._showings)).result()
        draft = self.path.with_name("replica.rewritten")
        if not self._rewriting.copy(self.path, draft):
            return False

        def take_its_place() -> bool:
            try:
                if self._changes != rows:
                    return False
                self._exchange(draft)
                apply.remember(self._connection, left="")
                self._connection.rollback()
                if self._showings != shown:
                    self._lay_anew(Delta())
            except (DatabaseError, sqlite3.Error, OSError, ReplicaError):
                return False
            finally:
                draft.unlink(missing_ok=True)
            return True

        return self._writer.submit(take_its_place).result()

    def hurry(self) -> None:
        """The program ends: a rewriting under way is given up, and done at the next start. From any thread."""
        self._rewriting.give_up()

    def _write(self, change: Callable[[Connection], tuple[T, Delta]], shows: bool = False) -> T:
        """One transaction; `shows` says that it only lays what a person did over the server's rows."""
        connection = self._connection
        self._changes += not shows
        self._showings += shows
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            answer, delta = change(connection)
            connection.exec_driver_sql("COMMIT")
        except BaseException as error:
            self._layer.forget()
            try:
                connection.exec_driver_sql("ROLLBACK")
            except DatabaseError:
                connection.invalidate()
            connection.rollback()
            if isinstance(error, DatabaseError | sqlite3.Error | OSError | orjson.JSONDecodeError | UnicodeDecodeError):
                raise self._suspected(explained(error)) from error
            raise
        connection.rollback()
        if delta:
            self._heard(delta)
        return answer

    def _suspected(self, error: ReplicaError) -> ReplicaError:
        """A file found broken while it is in use is made anew at the next start."""
        self._broken = self._broken or error.code == "corrupt"
        return error

    def close(self) -> None:
        """Waits for what is being written, then lets go of everything."""
        self.readers.stop()

        def end() -> None:
            self._connection.close()
            self.outbox.close()

        self._writer.submit(end).result()
        self._writer.shutdown(wait=True)
        self._writer_engine.dispose()
        (sums.condemn if self._broken else sums.leave)(self.path)
        self._mark.unlink(missing_ok=True)
        self._lock.close()


class _Claim:
    """An advisory lock on a file for as long as the process holds it; the system lets go of it after a kill."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a+b")
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
            else:
                import fcntl

                fcntl.flock(self._file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise ReplicaError("replica-busy") from error

    def close(self) -> None:
        self._file.close()


def _claim(path: Path) -> _Claim:
    return _Claim(path)


def _sound(path: Path, thorough: bool) -> bool:
    """Whether the file can be read and is of our schema; a thorough look runs SQLite's quick_check."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=5)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, schema.VERSION):
                return False
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if version:  # a name of a table or column may be what broke
                for table, columns in schema.columns():
                    connection.execute(f"SELECT {columns} FROM {table} LIMIT 0")
            return not thorough or connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise
        return False
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # a name in the file's own schema may be the broken one
        return False


def explained(error: BaseException) -> ReplicaError:
    """What the environment did, by the words of its error."""
    text = str(getattr(error, "orig", error))
    if "full" in text or "No space" in text or "too large" in text:
        return ReplicaError("disk-full", text)
    if isinstance(error, OperationalError) and "locked" in text:
        return ReplicaError("replica-busy", text)
    if (
        "malformed" in text
        or "no such column" in text
        or "no such table" in text
        or "not a database" in text
        or isinstance(error, ValueError)
    ):
        return ReplicaError("corrupt", text)
    return ReplicaError("disk", text)
