"""What the writer does with what came from the server: pages, snapshots, purges, digests. Runs in its transactions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from sqlalchemy import Connection

from ..protocol.digest import MASK, Digest, row_hash, row_hashes
from ..protocol.rows import CASE, CASE_NAMES, CITY_BUCKET, TALLY, TALLY_NAMES
from . import search
from .delta import Delta

_CASE_SET = f"INSERT OR REPLACE INTO cases({','.join(CASE_NAMES)}) VALUES ({','.join('?' * len(CASE_NAMES))})"
_TALLY_SET = f"INSERT OR REPLACE INTO tallies({','.join(TALLY_NAMES)}) VALUES ({','.join('?' * len(TALLY_NAMES))})"
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


def _buckets_of(township: int, lead: int, assists: str, held: frozenset[str]) -> set[str]:
    names = {f"t{township}"}
    if lead:
        names.add(f"u{lead}")
    if assists != "[]":
        names |= {f"u{unit}" for unit in orjson.loads(assists)}
    return names & held


class Digests:
    """The buckets' digests while a page is applied; `store` writes them back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        rows = connection.exec_driver_sql("SELECT name, count, sum FROM buckets").fetchall()
        self.values = {str(n): [int(c), int(s, 16)] for n, c, s in rows}
        self.held = frozenset(self.values)

    def move(
        self, entity: str, row: int, old: tuple[int, Iterable[str]] | None, new: tuple[int, Iterable[str]] | None
    ) -> None:
        """A row's version and buckets before and after."""
        for change, sign in ((old, -1), (new, 1)):
            if change is not None:
                value = row_hash(entity, row, change[0])
                for name in change[1]:
                    entry = self.values[name]
                    entry[0] += sign
                    entry[1] = (entry[1] + sign * value) & MASK

    def store(self) -> None:
        """Writes them back."""
        self._connection.exec_driver_sql("UPDATE buckets SET count = ?, sum = ? WHERE name = ?",
                                         [(c, f"{s:016x}", n) for n, (c, s) in self.values.items()])  # fmt: skip

    def unlike(self, told: Mapping[str, Digest]) -> tuple[str, ...]:
        """The buckets whose digest is not what the server told."""
        mine = {name: Digest(count, total) for name, (count, total) in self.values.items()}
        return tuple(sorted(name for name, digest in told.items() if name in mine and mine[name] != digest))


def apply_page(connection: Connection, puts: Sequence[tuple[str, tuple[Any, ...]]], gone: Sequence[tuple[str, int]],
               cursor: int, server_time: float) -> tuple[Digests, Delta]:  # fmt: skip
    """Applies one page and moves the cursor with it. A row older than ours is left alone (invariant 6)."""
    digests = Digests(connection)
    case_puts = {row[0]: row for entity, row in puts if entity == CASE}
    case_gone = {row for entity, row in gone if entity == CASE}
    known = _known(connection, [*case_puts, *case_gone])
    fresh: list[tuple[Any, ...]] = []
    grids: set[int] = set()
    units: set[int] = set()
    for number, row in case_puts.items():
        old = known.get(number)
        if old is not None and old[0] > row[1]:
            continue
        names = _buckets_of(row[_AT["township"]], row[_AT["lead"]], row[_AT["assists"]], digests.held)
        before = (old[0], _buckets_of(old[1], old[2], old[3], digests.held)) if old else None
        digests.move(CASE, number, before, (row[1], names))
        fresh.append(row)
        grids.add(row[_AT["grid"]])
        units.update(u for u in (row[_AT["lead"]], old[2] if old else 0) if u)
    for number in case_gone - case_puts.keys():
        old = known.get(number)
        if old is not None:
            digests.move(CASE, number, (old[0], _buckets_of(old[1], old[2], old[3], digests.held)), None)
            grids.add(old[4])
    if fresh:
        connection.exec_driver_sql(_CASE_SET, fresh)
        search.index_new(
            connection, [(r[0], r[_AT["title"]], r[_AT["place"]], r[_AT["number"]]) for r in fresh if r[0] not in known]
        )
    leaving = [(n,) for n in case_gone - case_puts.keys() if n in known]
    if leaving:
        connection.exec_driver_sql("DELETE FROM cases WHERE id = ?", leaving)
    tallies = _apply_tallies(connection, [row for entity, row in puts if entity == TALLY], digests)
    digests.store()
    remember(connection, cursor=cursor, server_time=server_time)
    touched = frozenset(r[0] for r in fresh) | frozenset(n for (n,) in leaving)
    return digests, Delta(touched, frozenset(grids), frozenset(units), tallies)


def _known(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[int, int, int, str, int]]:
    """Version, township, lead, assists and grid of the rows we hold among some ids."""
    found: dict[int, tuple[int, int, int, str, int]] = {}
    for start in range(0, len(ids), 500):
        part = list(ids[start : start + 500])
        sql = f"SELECT id, ver, township, lead, assists, grid FROM cases WHERE id IN ({','.join('?' * len(part))})"
        for row in connection.exec_driver_sql(sql, tuple(part)):
            found[row[0]] = tuple(row[1:])
    return found


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


def purge(connection: Connection, keep: Iterable[str]) -> Delta:
    """Drops every row that lies in none of the buckets to keep, in one transaction; forgets the other buckets."""
    kept = frozenset(keep)
    townships = sorted(int(b[1:]) for b in kept if b[0] == "t")
    units = {int(b[1:]) for b in kept if b[0] == "u"}
    marks = ",".join(map(str, townships)) or "0"
    doomed: list[tuple[int]] = []
    for number, lead, assists in connection.exec_driver_sql(
        f"SELECT id, lead, assists FROM cases WHERE township NOT IN ({marks})"
    ):
        if lead not in units and not units.intersection(orjson.loads(assists)):
            doomed.append((number,))
    if doomed:
        connection.exec_driver_sql("DELETE FROM cases WHERE id = ?", doomed)
    if CITY_BUCKET not in kept:
        connection.exec_driver_sql("DELETE FROM tallies")
    connection.exec_driver_sql("DELETE FROM buckets")
    connection.exec_driver_sql("INSERT INTO buckets(name, count, sum) VALUES (?, 0, '0')", [(b,) for b in sorted(kept)])
    recount(connection)
    return Delta(everything=True)


def forget_bucket(connection: Connection, name: str) -> Delta:
    """Drops a bucket's rows that lie in no other bucket of ours, before it is loaded again."""
    if name == CITY_BUCKET:
        connection.exec_driver_sql("DELETE FROM tallies")
        return Delta(tallies=True)
    held = bucket_names(connection)
    doomed: list[tuple[int]] = []
    for number, township, lead, assists in connection.exec_driver_sql("SELECT id, township, lead, assists FROM cases"):
        if _buckets_of(township, lead, assists, held) <= {name}:
            doomed.append((number,))
    if doomed:
        connection.exec_driver_sql("DELETE FROM cases WHERE id = ?", doomed)
    return Delta(everything=True)


def empty(connection: Connection, buckets: Iterable[str]) -> Delta:
    """Starts anew: no rows, the named buckets, cursor 0."""
    connection.exec_driver_sql("DELETE FROM cases")
    connection.exec_driver_sql("DELETE FROM tallies")
    connection.exec_driver_sql("DELETE FROM buckets")
    search.clear(connection)
    connection.exec_driver_sql(
        "INSERT INTO buckets(name, count, sum) VALUES (?, 0, '0')", [(b,) for b in sorted(set(buckets))]
    )
    remember(connection, cursor=0)
    return Delta(everything=True)


def recount(connection: Connection) -> None:
    """Computes every bucket's digest from the rows themselves."""
    held = bucket_names(connection)
    totals = {name: [0, 0] for name in held}
    for name in sorted(held - {CITY_BUCKET}):
        number = int(name[1:])
        found: Sequence[Any]
        if name[0] == "t":
            found = connection.exec_driver_sql("SELECT id, ver FROM cases WHERE township = ?", (number,)).fetchall()
        else:
            found = [
                (i, ver)
                for i, ver, lead, assists in connection.exec_driver_sql(
                    "SELECT id, ver, lead, assists FROM cases WHERE lead = ? OR assists <> '[]'", (number,)
                )
                if lead == number or number in orjson.loads(assists)
            ]
        if found:
            flat = np.array([tuple(pair) for pair in found], np.int64)
            totals[name] = [len(found), row_hashes(CASE, flat[:, 0], flat[:, 1])]
    if CITY_BUCKET in held:
        rows = [(int(i), int(v)) for i, v in connection.exec_driver_sql("SELECT id, ver FROM tallies")]
        value = sum(row_hash(TALLY, i, v) for i, v in rows) & MASK
        totals[CITY_BUCKET] = [len(rows), value]
    connection.exec_driver_sql("UPDATE buckets SET count = ?, sum = ? WHERE name = ?",
                               [(c, f"{s:016x}", n) for n, (c, s) in totals.items()])  # fmt: skip


class SnapshotError(ValueError):
    """A snapshot file that is not what the protocol says."""


_EXPECTED = {"cases": CASE_NAMES, "tallies": TALLY_NAMES}


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


def take_snapshot(connection: Connection, name: str = "came") -> int:
    """Copies the attached file's rows where they are newer than ours; the number of cases."""
    check_snapshot(connection, name)
    columns = ",".join(CASE_NAMES)
    tables = {r[0] for r in connection.exec_driver_sql(f"SELECT name FROM {name}.sqlite_master")}
    count = 0
    if "cases" in tables:
        newer = f"{name}.cases.ver >= coalesce((SELECT ver FROM main.cases AS m WHERE m.id = {name}.cases.id), 0)"
        sql = f"INSERT OR REPLACE INTO main.cases({columns}) SELECT {columns} FROM {name}.cases WHERE {newer}"
        count = connection.exec_driver_sql(sql).rowcount
    if count:
        search.renew(connection)
    if "tallies" in tables:
        columns = ",".join(TALLY_NAMES)
        connection.exec_driver_sql(
            f"INSERT OR REPLACE INTO main.tallies({columns}) SELECT {columns} FROM {name}.tallies"
        )
    return count
