"""Snapshots: a bucket as a ready SQLite file with indexes, zstd-compressed, kept on disk until it is too old; or a whole
scope as the very file its desks will read.

The file is of one moment: its rows, its digests and its seq come from one read transaction.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson
import zstandard
from sqlalchemy import MetaData
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from ..protocol.rows import COLUMNS, TABLES
from ..protocol.tables import case_table, desk_indexes, queue_indexes, record_indexes, record_table, tally_table
from ..protocol.version import SCHEMA
from . import feed
from .database import Database, Link
from .scope import Scope
from .tables import ENTITY_KEY, bucket_key

_BATCH = 5_000
_LEVEL = 3
_WHOLE_PATIENCE = 20  # times the changes after which a bucket is made anew: a whole scope is many, and dear to make


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A ready file. `sha256` is of the compressed file, `seq` the cursor that continues it."""

    path: Path
    seq: int
    epoch: str
    sha256: str
    made_at: int


class Snapshots:
    """Makes and keeps them. One is built at a time per bucket; others wait for it."""

    def __init__(self, database: Database, folder: Path, changes: int, seconds: int) -> None:
        self._database = database
        self._folder = folder
        self._changes = changes
        self._seconds = seconds
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, bucket: str, now: int) -> Snapshot:
        """The bucket's snapshot, new enough. Raises ValueError for what is no bucket."""
        return self._ready(bucket, (bucket_key(bucket),), False, now)

    def whole(self, scope: Scope, now: int) -> Snapshot:
        """A scope's file, new enough: all rows of its buckets once, with the indexes of a replica."""
        return self._ready(f"scope-{scope.id}", tuple(sorted(scope.keys)), True, now)

    def _ready(self, name: str, keys: tuple[int, ...], whole: bool, now: int) -> Snapshot:
        changes = self._changes * (_WHOLE_PATIENCE if whole else 1)
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            with self._database.read() as link:
                epoch, last, lowest = feed.epoch(link), feed.head(link), feed.floor(link)
            known = self._known(name, _shape(whole))
            if known and known.epoch == epoch and known.seq >= lowest and known.seq <= last \
                    and last - known.seq <= changes and now - known.made_at <= self._seconds:  # fmt: skip
                return known
            return self._build(name, keys, whole, now)

    def _known(self, bucket: str, shape: str = "") -> Snapshot | None:
        """The file kept for a bucket; with `shape`, only one that this version of the program would make alike."""
        note = self._folder / f"{bucket}.json"
        try:
            told = orjson.loads(note.read_bytes())
            if shape and told["shape"] != shape:
                return None
            found = Snapshot(
                self._folder / str(told["file"]), told["seq"], told["epoch"], told["sha256"], told["made_at"]
            )
        except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
            return None
        return found if found.path.exists() else None

    def _build(self, bucket: str, keys: tuple[int, ...], whole: bool, now: int) -> Snapshot:
        self._folder.mkdir(parents=True, exist_ok=True)
        plain = self._folder / f"{bucket}.{secrets.token_hex(4)}.draft"
        try:
            seq, epoch = self._fill(plain, bucket, keys, whole)
            packed = self._folder / f"{bucket}-{epoch}-{seq}.db.zst"
            digest = _pack(plain, packed)
        finally:
            plain.unlink(missing_ok=True)
        made = Snapshot(packed, seq, epoch, digest, now)
        note = self._folder / f"{bucket}.json"
        draft = note.with_suffix(f".{secrets.token_hex(4)}")
        told = {
            "file": packed.name,
            "seq": seq,
            "epoch": epoch,
            "sha256": digest,
            "made_at": now,
            "shape": _shape(whole),
        }
        draft.write_bytes(orjson.dumps(told))
        before = self._known(bucket)
        draft.replace(note)
        keep = {packed.name, before.path.name if before else ""}  # someone may still be fetching the last one
        for old in self._folder.glob(f"{bucket}-*.db.zst"):
            if old.name not in keep:
                old.unlink(missing_ok=True)
        for old in self._folder.glob("scope-*.db.zst"):  # of scopes that nobody asked for again
            if old.name not in keep and old.stat().st_mtime < time.time() - 3 * self._seconds:
                old.unlink(missing_ok=True)
        return made

    def _fill(self, path: Path, name: str, keys: tuple[int, ...], whole: bool) -> tuple[int, str]:
        tables, indexes = _statements(whole)
        target = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            target.execute("PRAGMA page_size=4096")
            target.execute("PRAGMA journal_mode=OFF")
            target.execute("PRAGMA synchronous=OFF")
            for table in tables:
                target.execute(table)
            target.execute("CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
            if self._database.path is not None:
                seq, epoch, digests = _copy_attached(target, self._database.path, keys)
            else:
                with self._database.read() as link:
                    seq, epoch = feed.head(link), feed.epoch(link)
                    digests = feed.digests(link, keys)
                    target.execute("BEGIN")
                    for entity in TABLES:
                        _copy_rows(link, target, entity, keys)
                    target.execute("COMMIT")
            target.executemany(
                "INSERT INTO meta VALUES (?, ?)",
                [("seq", str(seq)), ("epoch", epoch), ("schema", str(SCHEMA)), *_told(name, digests, whole)],
            )  # fmt: skip
            for index in indexes:
                target.execute(index)
            target.execute("ANALYZE")
        finally:
            target.close()
        return seq, epoch


def _told(name: str, digests: dict[str, list[object]], whole: bool) -> list[tuple[str, str]]:
    """What the file says of its rows: a bucket its count and sum, a scope those of all its buckets."""
    if whole:
        return [("scope", name.removeprefix("scope-")), ("digests", orjson.dumps(digests).decode())]
    count, total = digests[name]
    return [("bucket", name), ("count", str(count)), ("sum", str(total))]


@cache
def _statements(whole: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What makes a file's tables, and its indexes after them."""
    metadata = MetaData()
    case, record = case_table(metadata), record_table(metadata)
    tables = (case, tally_table(metadata), record)
    indexes = desk_indexes(case, record) if whole else (*queue_indexes(case), *record_indexes(record))
    dialect = sqlite.dialect()
    return (tuple(str(CreateTable(t).compile(dialect=dialect)) for t in tables),
            tuple(str(CreateIndex(i).compile(dialect=dialect)) for i in indexes))  # fmt: skip


@cache
def _shape(whole: bool) -> str:
    """A name for what files look like: a file that an older version kept is made anew, for no client would take it."""
    return hashlib.sha256(repr((SCHEMA, _statements(whole))).encode()).hexdigest()[:16]


def _copy_attached(
    target: sqlite3.Connection, source: Path, keys: tuple[int, ...]
) -> tuple[int, str, dict[str, list[object]]]:
    """Copies inside SQLite, without the interpreter lock; the server goes on answering meanwhile."""
    target.execute("ATTACH ? AS source", (str(source),))
    target.execute("BEGIN")
    try:
        link = _Attached(target)
        seq, epoch = feed.head(link), feed.epoch(link)
        digests = feed.digests(link, keys)
        marks = ",".join("?" * len(keys))
        for name, table in TABLES.items():
            listed = ", ".join(column for column, _ in COLUMNS[name])
            target.execute(
                f"INSERT INTO main.{table} SELECT {listed} FROM source.{table} WHERE id IN (SELECT id FROM "
                f"source.bucket_changes WHERE bucket IN ({marks}) AND entity = ? AND present = 1) ORDER BY id",
                (*keys, ENTITY_KEY[name]),
            )
        target.execute("COMMIT")
    finally:
        if target.in_transaction:
            target.execute("ROLLBACK")
        target.execute("DETACH source")
    return seq, epoch, digests


class _Attached(Link):
    """The feed's questions, asked of the attached server database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.postgres = False
        self._driver = connection


def _copy_rows(link: Link, target: sqlite3.Connection, entity: str, keys: tuple[int, ...]) -> None:
    names = [name for name, _ in COLUMNS[entity]]
    sql = (
        f"SELECT {', '.join('c.' + n for n in names)} FROM {TABLES[entity]} c WHERE c.id > ? AND EXISTS (SELECT 1 FROM "
        f"bucket_changes b WHERE b.bucket IN ({','.join('?' * len(keys))}) AND b.entity = ? AND b.id = c.id "
        "AND b.present = 1) ORDER BY c.id LIMIT ?"
    )
    if len(keys) == 1:  # one bucket is a small part of the table: its own list is the shorter way
        sql = (
            f"SELECT {', '.join('c.' + n for n in names)} FROM bucket_changes b JOIN {TABLES[entity]} c ON c.id = b.id "
            "WHERE b.id > ? AND b.bucket IN (?) AND b.entity = ? AND b.present = 1 ORDER BY b.id LIMIT ?"
        )
    insert = f"INSERT INTO {TABLES[entity]} VALUES ({', '.join('?' * len(names))})"
    last = -(2**62)
    while rows := link.all(sql, (last, *keys, ENTITY_KEY[entity], _BATCH)):
        target.executemany(insert, rows)
        last = rows[-1][0]


def _pack(source: Path, target: Path) -> str:
    draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
    mark = hashlib.sha256()
    with source.open("rb") as reader, draft.open("wb") as writer:
        packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compressobj(size=source.stat().st_size)
        while block := reader.read(1 << 20):
            piece = packer.compress(block)
            mark.update(piece)
            writer.write(piece)
        piece = packer.flush()
        mark.update(piece)
        writer.write(piece)
        writer.flush()
        os.fsync(writer.fileno())
    draft.replace(target)
    return mark.hexdigest()
