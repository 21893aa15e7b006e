"""What the writer does with what came from the server: pages, snapshots, purges, digests. Runs in its transactions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from sqlalchemy import Connection

from ..domain.record import RecordKind
from ..protocol.digest import MASK, Digest, hashes, row_hash, row_hashes
from ..protocol.rows import (
    CASE,
    CASE_NAMES,
    CITY_BUCKET,
    COLUMNS,
    RECORD,
    RECORD_NAMES,
    TABLES,
    TALLY,
    TALLY_NAMES,
    shares_of,
)
from . import gather, search
from .delta import Delta
from .recount import by_township
from .rewriting import INDEXED, rewrite

# Not OR REPLACE: for that SQLite looks a row up in every index, two and a half times the work.
_CASE_NEW = f"INSERT INTO cases({','.join(CASE_NAMES)}) VALUES ({','.join('?' * len(CASE_NAMES))})"
_TALLY_SET = f"INSERT OR REPLACE INTO tallies({','.join(TALLY_NAMES)}) VALUES ({','.join('?' * len(TALLY_NAMES))})"
_RECORD_SET = f"INSERT OR REPLACE INTO records({','.join(RECORD_NAMES)}) VALUES ({','.join('?' * len(RECORD_NAMES))})"
_KIND, _SHARES = RECORD_NAMES.index("kind"), RECORD_NAMES.index("shares")
_AT = {name: i for i, name in enumerate(CASE_NAMES)}


def fact(connection: Connection, name: str, default: str = "") -> str:
    """A remembered value: epoch, scope_id, cursor, person, site …"""
    row = connection.exec_driver_sql("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else default


def remember(connection: Connection, **facts: object) -> None:
    """Remembers values."""
    connection.exec_driver_sql("INSERT OR REPLACE INTO facts(name, value) VALUES (?, ?)",
                               [(k, str(v)) for k, v in facts.items()])  # fmt: skip


def bucket_names(connection: Connection) -> frozenset[str]:
    """The buckets this replica holds."""
    return frozenset(str(r[0]) for r in connection.exec_driver_sql("SELECT name FROM buckets"))


_PLACES = "township, lead, assists, calls, mentions"  # the columns that say in which buckets a case lies
_places_of = itemgetter(*(_AT[name] for name in _PLACES.split(", ")))
_GRID, _LEAD = _AT["grid"], _AT["lead"]


def _buckets_of(places: Sequence[Any], held: frozenset[str]) -> frozenset[str]:
    """As `protocol.rows.case_buckets` has it, of the columns `_PLACES`."""
    township, lead, assists, *asked = places
    names = {f"t{township}"}
    if lead:
        names.add(f"u{lead}")
    if assists != "[]":
        names |= {f"u{unit}" for unit in orjson.loads(assists)}
    for named in asked:
        if named != "[]":
            names |= {f"u{one[0]}" for one in orjson.loads(named)}
    return held & names


class Digests:
    """The buckets' digests while a page is applied; `store` writes them back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        rows = connection.exec_driver_sql("SELECT name, count, sum FROM buckets").fetchall()
        self.values = {str(n): [int(c), int(s, 16)] for n, c, s in rows}
        self.held = frozenset(self.values)
        self._moved: set[str] = set()

    def move(
        self, entity: str, row: int, old: tuple[int, Iterable[str]] | None, new: tuple[int, Iterable[str]] | None
    ) -> None:
        """A row's version and buckets before and after."""
        for change, sign in ((old, -1), (new, 1)):
            if change is not None and change[1]:
                self.add(sign * row_hash(entity, row, change[0]), change[1], sign)

    def add(self, value: int, names: Iterable[str], count: int) -> None:
        """Adds a row's hash, or the difference of two, to some buckets, and `count` to the rows they hold."""
        for name in names:
            entry = self.values[name]
            entry[0] += count
            entry[1] = (entry[1] + value) & MASK
            self._moved.add(name)

    def store(self) -> None:
        """Writes back those that moved."""
        if not self._moved:
            return
        self._connection.exec_driver_sql("UPDATE buckets SET count = ?, sum = ? WHERE name = ?",
                                         [(c, f"{s:016x}", n) for n in self._moved for c, s in [self.values[n]]])  # fmt: skip
        self._moved.clear()

    def unlike(self, told: Mapping[str, Digest]) -> tuple[str, ...]:
        """The buckets whose digest is not what the server told."""
        mine = {name: Digest(count, total) for name, (count, total) in self.values.items()}
        return tuple(sorted(name for name, digest in told.items() if name in mine and mine[name] != digest))


def apply_page(connection: Connection, puts: Sequence[tuple[str, tuple[Any, ...]]], gone: Sequence[tuple[str, int]],
               cursor: int, server_time: float) -> tuple[Digests, Delta]:  # fmt: skip
    """Applies one page and moves the cursor with it. A row older than ours is left alone (invariant 6)."""
    digests = Digests(connection)
    case_puts = {row[0]: row for entity, row in puts if entity == CASE}
    case_gone = {row for entity, row in gone if entity == CASE} - case_puts.keys()
    known = _known(connection, [*case_puts, *case_gone])
    coming = [row for row in case_puts.values() if row[0] not in known or known[row[0]].ver <= row[1]]
    fresh = [row for row in coming if row[0] not in known]
    changed = [(known[row[0]].indexed, row) for row in coming if row[0] in known]
    leaving = [(number,) for number in case_gone if number in known]
    grids = {row[_GRID] for row in coming} | {known[number].grid for (number,) in leaving}
    units = {row[_LEAD] for row in coming} | {known[row[0]].places[1] for _, row in changed}
    units.discard(0)
    told = dict(zip(map(itemgetter(0), coming), _hashed((row[0], row[1]) for row in coming), strict=True))
    here = dict(zip(known, _hashed((number, old.ver) for number, old in known.items()), strict=True))
    for row in fresh:
        digests.add(told[row[0]], _buckets_of(_places_of(row), digests.held), 1)
    for _, row in changed:
        old, places = known[row[0]], _places_of(row)
        names = _buckets_of(places, digests.held)
        if old.places == places:
            digests.add(told[row[0]] - here[row[0]], names, 0)
        else:
            digests.add(-here[row[0]], _buckets_of(old.places, digests.held), -1)
            digests.add(told[row[0]], names, 1)
    for (number,) in leaving:
        digests.add(-here[number], _buckets_of(known[number].places, digests.held), -1)
    rewrite(connection, changed)
    if fresh:
        connection.exec_driver_sql(_CASE_NEW, fresh)
        search.index_new(connection, [(r[0], r[_AT["title"]], r[_AT["place"]], r[_AT["number"]]) for r in fresh])
    if gone:
        remember(connection, left=fact(connection, "left") or "rows")
    if leaving:
        connection.exec_driver_sql("DELETE FROM cases WHERE id = ?", leaving)
    tallies = _apply_tallies(connection, [row for entity, row in puts if entity == TALLY], digests)
    records = _apply_records(connection, puts, gone, digests)
    digests.store()
    remember(connection, cursor=cursor, server_time=server_time)
    touched = frozenset(row[0] for row in coming) | frozenset(number for (number,) in leaving)
    return digests, Delta(touched, frozenset(grids), frozenset(units), tallies, records)


class _Known(NamedTuple):
    """What is held of a case: its version, `_PLACES`, grid and the indexed columns."""

    ver: int
    places: tuple[Any, ...]
    grid: int
    indexed: tuple[Any, ...]


def _known(connection: Connection, ids: Sequence[int]) -> dict[int, _Known]:
    """What is held of the rows we hold among some ids."""
    found: dict[int, _Known] = {}
    places = _PLACES.split(", ")
    columns = ("id", "ver", "grid", *places, *INDEXED)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        for row in gather.rows(connection, columns, f"FROM cases WHERE id IN ({','.join('?' * len(part))})", part):
            found[row[0]] = _Known(row[1], tuple(row[3 : 3 + len(places)]), row[2], tuple(row[3 + len(places) :]))
    return found


def _hashed(cases: Iterable[tuple[int, int]]) -> list[int]:
    """`row_hash` of some cases by id and version."""
    flat = np.array([*cases], np.int64).reshape(-1, 2)
    hashed: list[int] = hashes(CASE, flat[:, 0], flat[:, 1]).tolist()
    return hashed


def _apply_tallies(connection: Connection, rows: Sequence[tuple[Any, ...]], digests: Digests) -> bool:
    changed = []
    for row in rows:
        old = connection.exec_driver_sql("SELECT ver FROM tallies WHERE id = ?", (row[0],)).fetchone()
        if old is not None and old[0] > row[1]:
            continue
        names = {CITY_BUCKET} & digests.held
        digests.move(TALLY, row[0], (old[0], names) if old else None, (row[1], names))
        changed.append(row)
    if changed:
        connection.exec_driver_sql(_TALLY_SET, changed)
    return bool(changed)


def _apply_records(connection: Connection, puts: Sequence[tuple[str, tuple[Any, ...]]], gone: Sequence[tuple[str, int]],
                   digests: Digests) -> frozenset[RecordKind]:  # fmt: skip
    """Puts and drops records; the kinds concerned."""
    rows = {row[0]: row for entity, row in puts if entity == RECORD}
    leaving = {number for entity, number in gone if entity == RECORD} - rows.keys()
    known: dict[int, tuple[int, str, str]] = {}
    ids = [*rows, *leaving]
    for start in range(0, len(ids), 500):
        part = tuple(ids[start : start + 500])
        sql = f"SELECT id, ver, kind, shares FROM records WHERE id IN ({','.join('?' * len(part))})"
        known |= {row[0]: tuple(row[1:]) for row in connection.exec_driver_sql(sql, part)}

    def before(number: int) -> tuple[int, frozenset[str]] | None:
        old = known.get(number)
        return (old[0], digests.held.intersection(shares_of(old[2]))) if old else None

    fresh = [row for number, row in rows.items() if number not in known or known[number][0] <= row[1]]
    for row in fresh:
        digests.move(RECORD, row[0], before(row[0]), (row[1], digests.held.intersection(shares_of(row[_SHARES]))))
    doomed = [(number,) for number in leaving if number in known]
    for (number,) in doomed:
        digests.move(RECORD, number, before(number), None)
    if fresh:
        connection.exec_driver_sql(_RECORD_SET, fresh)
    if doomed:
        connection.exec_driver_sql("DELETE FROM records WHERE id = ?", doomed)
    return frozenset(RecordKind(k) for k in {*(row[_KIND] for row in fresh), *(known[n][1] for (n,) in doomed)})


def _records_outside(connection: Connection, kept: frozenset[str]) -> list[tuple[int]]:
    rows = connection.exec_driver_sql("SELECT id, shares FROM records")
    return [(number,) for number, shares in rows if kept.isdisjoint(shares_of(shares))]


def purge(connection: Connection, keep: Iterable[str]) -> Delta:
    """Drops every row that lies in none of the buckets to keep, in one transaction; forgets the other buckets."""
    kept = frozenset(keep)
    townships = sorted(int(b[1:]) for b in kept if b[0] == "t")
    marks = ",".join(map(str, townships)) or "0"
    doomed: list[tuple[int]] = []
    for number, *places in connection.exec_driver_sql(
        f"SELECT id, {_PLACES} FROM cases WHERE township NOT IN ({marks})"
    ):
        if not _buckets_of(places, kept):
            doomed.append((number,))
    if doomed:
        connection.exec_driver_sql("DELETE FROM cases WHERE id = ?", doomed)
        search.renew(connection)  # the index cannot forget single rows: it is made anew of those that stay
    outside = _records_outside(connection, kept)
    if outside:
        connection.exec_driver_sql("DELETE FROM records WHERE id = ?", outside)
    if CITY_BUCKET not in kept:
        connection.exec_driver_sql("DELETE FROM tallies")
    connection.exec_driver_sql("DELETE FROM buckets")
    connection.exec_driver_sql("INSERT INTO buckets(name, count, sum) VALUES (?, 0, '0')", [(b,) for b in sorted(kept)])
    recount(connection)
    remember(connection, left="scope")
    return Delta(everything=True)


def forget_bucket(connection: Connection, name: str) -> Delta:
    """Drops a bucket's rows that lie in no other bucket of ours, before it is loaded again."""
    if name == CITY_BUCKET:
        connection.exec_driver_sql("DELETE FROM tallies")
        return Delta(tallies=True)
    held = bucket_names(connection)
    doomed: list[tuple[int]] = []
    if name[0] != "a":  # a whole area shares records alone
        for number, *places in connection.exec_driver_sql(f"SELECT id, {_PLACES} FROM cases"):
            if _buckets_of(places, held) <= {name}:
                doomed.append((number,))
    if doomed:
        connection.exec_driver_sql("DELETE FROM cases WHERE id = ?", doomed)
    outside = _records_outside(connection, held - {name})
    if outside:
        connection.exec_driver_sql("DELETE FROM records WHERE id = ?", outside)
    return Delta(everything=True)


def empty(connection: Connection, buckets: Iterable[str]) -> Delta:
    """Starts anew: no rows, the named buckets, cursor 0."""
    connection.exec_driver_sql("DELETE FROM cases")
    connection.exec_driver_sql("DELETE FROM tallies")
    connection.exec_driver_sql("DELETE FROM records")
    connection.exec_driver_sql("DELETE FROM buckets")
    search.clear(connection)
    connection.exec_driver_sql(
        "INSERT INTO buckets(name, count, sum) VALUES (?, 0, '0')", [(b,) for b in sorted(set(buckets))]
    )
    remember(connection, cursor=0, left="scope")
    return Delta(everything=True)


def recount(connection: Connection) -> None:
    """Computes every bucket's digest from the rows themselves."""
    held = bucket_names(connection)
    totals = {name: [0, 0] for name in held}
    for township, (count, hashed) in by_township(connection).items():
        if f"t{township}" in held:
            totals[f"t{township}"] = [count, hashed]
    for name in sorted(held - {CITY_BUCKET}):
        number = int(name[1:])
        found: Sequence[Any]
        if name[0] == "u":
            sql = f"SELECT id, ver, {_PLACES} FROM cases WHERE lead = ? OR assists <> '[]' OR calls <> '[]' OR mentions <> '[]'"
            rows = connection.exec_driver_sql(sql, (number,))
            found = [(i, ver) for i, ver, *places in rows if _buckets_of(places, frozenset({name}))]
        else:
            found = ()
        if found:
            flat = np.array([tuple(pair) for pair in found], np.int64)
            totals[name] = [len(found), row_hashes(CASE, flat[:, 0], flat[:, 1])]
    for number, ver, shares in connection.exec_driver_sql("SELECT id, ver, shares FROM records"):
        for name in held.intersection(shares_of(shares)):
            total = totals[name]
            total[:] = total[0] + 1, (total[1] + row_hash(RECORD, number, ver)) & MASK
    if CITY_BUCKET in held:
        tallies = [(int(i), int(v)) for i, v in connection.exec_driver_sql("SELECT id, ver FROM tallies")]
        value = sum(row_hash(TALLY, i, v) for i, v in tallies) & MASK
        totals[CITY_BUCKET] = [len(tallies), value]
    connection.exec_driver_sql("UPDATE buckets SET count = ?, sum = ? WHERE name = ?",
                               [(c, f"{s:016x}", n) for n, (c, s) in totals.items()])  # fmt: skip


class SnapshotError(ValueError):
    """A snapshot file that is not what the protocol says."""


_EXPECTED = {table: tuple(name for name, _ in COLUMNS[entity]) for entity, table in TABLES.items()}


def check_snapshot(connection: Connection, name: str) -> None:
    """Refuses an attached file with triggers, views or other columns than the protocol's."""
    for kind, table in connection.exec_driver_sql(f"SELECT type, name FROM {name}.sqlite_master"):
        if kind not in ("table", "index") or (kind == "table" and table not in (*_EXPECTED, "meta", "sqlite_stat1")):
            raise SnapshotError(f"unexpected {kind} {table}")
    for table, columns in _EXPECTED.items():
        found = tuple(r[1] for r in connection.exec_driver_sql(f"PRAGMA {name}.table_info({table})"))
        if found and found != columns:
            raise SnapshotError(f"unexpected columns in {table}")


def attach(connection: Connection, path: Path, name: str = "came") -> None:
    """Opens a snapshot file beside the replica, read-only. Outside a transaction."""
    connection.exec_driver_sql(f"ATTACH DATABASE ? AS {name}", (f"{path.absolute().as_uri()}?mode=ro&immutable=1",))


def detach(connection: Connection, name: str = "came") -> None:
    """Lets go of a snapshot file. After a full disk the connection is another one, which never had it."""
    if any(row[1] == name for row in connection.exec_driver_sql("PRAGMA database_list").fetchall()):
        connection.exec_driver_sql(f"DETACH DATABASE {name}")


def take_snapshot(connection: Connection, name: str = "came") -> int:
    """Copies the attached file's rows where they are newer than ours; the number of cases."""
    check_snapshot(connection, name)
    tables = {r[0] for r in connection.exec_driver_sql(f"SELECT name FROM {name}.sqlite_master")}
    count = 0
    for table, names in _EXPECTED.items():
        if table in tables:
            newer = (
                f"{name}.{table}.ver >= coalesce((SELECT ver FROM main.{table} AS m WHERE m.id = {name}.{table}.id), 0)"
            )
            columns = ",".join(names)
            sql = f"INSERT OR REPLACE INTO main.{table}({columns}) SELECT {columns} FROM {name}.{table} WHERE {newer}"
            copied = connection.exec_driver_sql(sql).rowcount
            count = copied if table == TABLES[CASE] else count
    if count:
        search.renew(connection)
    return count
