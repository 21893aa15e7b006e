"""The server's database: one bounded pool, read and write transactions, migrations. Used from worker threads.

SQL is written once, with `?` marks, and runs through the driver on SQLite and PostgreSQL alike.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "trusted_schema=OFF",
            "cell_size_check=ON", "cache_size=-65536", "temp_store=MEMORY")  # fmt: skip
_MIGRATION_LOCK = 7_203_001
FEED_LOCK = 7_203_002


@lru_cache(maxsize=512)
def _pg(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


class Link:
    """One transaction's connection: driver-level statements that read the same on both databases."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.postgres = connection.dialect.name == "postgresql"
        self._driver: Any = connection.connection.driver_connection

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Every row of a query, as tuples."""
        cursor = self._driver.cursor()
        try:
            cursor.execute(_pg(sql) if self.postgres else sql, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
        finally:
            cursor.close()

    def one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        rows = self.all(sql, values)
        return rows[0] if rows else None

    def do(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Runs a statement; how many rows it touched."""
        cursor = self._driver.cursor()
        try:
            cursor.execute(_pg(sql) if self.postgres else sql, values)
            return int(cursor.rowcount)
        finally:
            cursor.close()

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement for each row."""
        cursor = self._driver.cursor()
        try:
            cursor.executemany(_pg(sql) if self.postgres else sql, rows)
        finally:
            cursor.close()

    def copy(self, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """PostgreSQL's fastest way in: COPY rows into a table of ours."""
        with self._driver.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as target:
            for row in rows:
                target.write_row(row)


class Database:
    """The pool and its two kinds of transaction. Errors are SQLAlchemy's or the driver's; see `transient`."""

    def __init__(self, url: str, workers: int = 8) -> None:
        self.url = _checked(url)
        self.postgres = self.url.get_backend_name() == "postgresql"
        options: dict[str, Any] = {"pool_size": workers, "max_overflow": 2, "pool_timeout": 10}
        if self.postgres:
            options |= {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}
        elif self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(self.url, **options)
        # SQLite has one writer anyway; queueing here costs less than its sleeping retries.
        self._gate = threading.Lock()
        if not self.postgres:
            _prepare_sqlite(self.engine)
        self._reader = (
            self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            if self.postgres
            else self.engine
        )
        self._writer = self.engine.execution_options(commandscreen_write=True)

    @property
    def path(self) -> Path | None:
        """The SQLite file, or None on PostgreSQL."""
        return None if self.postgres else Path(str(self.url.database))

    @contextmanager
    def read(self) -> Iterator[Link]:
        """A read transaction: everything it sees is of one moment."""
        with self._reader.connect() as connection, connection.begin():
            yield Link(connection)

    @contextmanager
    def write(self) -> Iterator[Link]:
        """A write transaction, committed at the end, rolled back on any error."""
        with (
            nullcontext() if self.postgres else self._gate,
            self._writer.connect() as connection,
            connection.begin(),
        ):
            yield Link(connection)

    def migrate(self) -> None:
        """Brings the tables to this version. Several processes may call it at once."""
        with self.write() as link:
            if link.postgres:
                link.do("SELECT pg_advisory_xact_lock(?)", (_MIGRATION_LOCK,))
            settings = AlembicConfig()
            settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            settings.attributes["connection"] = link.connection
            command.upgrade(settings, "head")
            if link.one("SELECT value FROM facts WHERE name = 'epoch'") is None:
                link.do("INSERT INTO facts(name, value) VALUES ('epoch', ?)", (secrets.token_hex(8),))
                link.do("INSERT INTO facts(name, value) VALUES ('floor', '0')")
                link.do("INSERT INTO counters(name, value) VALUES ('seq', 0)")
                link.do("INSERT INTO counters(name, value) VALUES ('case', 0)")

    def close(self) -> None:
        """Ends every connection."""
        self.engine.dispose()


def transient(error: Exception) -> bool:
    """Whether trying the same again may work: locks, deadlocks, serialisation, a database that is away."""
    name = type(error).__name__
    return name in ("OperationalError", "SerializationFailure", "DeadlockDetected", "TimeoutError", "InterfaceError",
                    "AdminShutdown", "LockNotAvailable", "QueryCanceled", "InternalError")  # fmt: skip


def deadlocked(error: Exception) -> bool:
    """Whether the database chose this transaction to give way to another one: the same again will do."""
    names = {type(error).__name__, type(getattr(error, "orig", None)).__name__}
    return not names.isdisjoint(("DeadlockDetected", "SerializationFailure"))


def duplicate_key(error: Exception) -> bool:
    """Whether a unique key was taken already."""
    return type(error).__name__ in ("IntegrityError", "UniqueViolation")


def renew(database: Database) -> str:
    """After a restore from backup: a new epoch, and seq and case ids past any number handed out before. The new epoch.

    The jump is drawn anew each time: two restores of one backup must not hand out the same ids, or a command kept for a
    case of one life would land on another case of the next.
    """
    epoch = secrets.token_hex(8)
    jump = 1_000_000 + secrets.randbelow(2**40)
    with database.write() as link:
        link.do("UPDATE facts SET value = ? WHERE name = 'epoch'", (epoch,))
        if link.postgres:
            link.do("SELECT pg_advisory_xact_lock(?)", (FEED_LOCK,))
            link.one("SELECT setval('feed_seq', nextval('feed_seq') + ?)", (jump,))
            link.one("SELECT setval('case_ids', nextval('case_ids') + ?)", (jump,))
        else:
            link.do("UPDATE counters SET value = value + ? WHERE name IN ('seq', 'case')", (jump,))
    return epoch


def _checked(text: str) -> URL:
    url = make_url(text)
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise ValueError("the database must be sqlite:///FILE or postgresql://…")


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _opened(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _began(connection: Connection) -> None:
        write = connection.get_execution_options().get("commandscreen_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
