"""The change feed: how rows get their place in it, and how pages are read from it.

State-based: one line per row and bucket holds the latest change, so that compaction only drops old tombstones.
seq order is commit order (invariant 2): numbers are drawn under `lock`, as the last thing a transaction does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..protocol.digest import MASK, row_hash
from ..protocol.problem import ProblemType
from ..protocol.rows import COLUMNS, TABLES
from .database import FEED_LOCK, Link
from .problems import Refused
from .scope import Scope
from .tables import ENTITY_KEY, bucket_name, signed, unsigned

# Up to here a page asks each bucket's own index; wider scopes walk the feed itself.
_NARROW = 24


@dataclass(frozen=True, slots=True)
class Change:
    """One row's change: version and bucket keys before and after; no buckets before for a new row."""

    entity: str
    id: int
    old_ver: int
    old: frozenset[int]
    ver: int
    new: frozenset[int]


@dataclass(frozen=True, slots=True)
class Published:
    """What a transaction put into the feed: its last seq, and which buckets have news."""

    seq: int
    keys: frozenset[int]


def lock(link: Link) -> None:
    """Takes the feed's place in the commit order; held to the end of the transaction.

    SQLite has it already, by BEGIN IMMEDIATE.
    """
    if link.postgres:
        link.all("SELECT pg_advisory_xact_lock(?)", (FEED_LOCK,))


def draw(link: Link, count: int) -> range:
    """The next `count` numbers. `lock` must be held."""
    if link.postgres:
        drawn = [row[0] for row in link.all("SELECT nextval('feed_seq') FROM generate_series(1, ?)", (count,))]
        return range(drawn[0], drawn[-1] + 1)
    row = link.one("UPDATE counters SET value = value + ? WHERE name = 'seq' RETURNING value", (count,))
    if row is None:
        raise RuntimeError("the feed's counter is missing")
    return range(row[0] - count + 1, row[0] + 1)


def publish(link: Link, changes: Sequence[Change]) -> Published:
    """Writes the feed's lines and the digests of what changed. `lock` must be held, and little may follow."""
    lines: list[tuple[int, int, int, int]] = []
    digests: dict[int, tuple[int, int]] = {}
    for change in changes:
        entity = ENTITY_KEY[change.entity]
        for key in change.old:
            count, total = digests.get(key, (0, 0))
            digests[key] = (count - 1, total - row_hash(change.entity, change.id, change.old_ver))
        for key in change.new:
            count, total = digests.get(key, (0, 0))
            digests[key] = (count + 1, total + row_hash(change.entity, change.id, change.ver))
            lines.append((key, entity, change.id, 1))
        # A client that keeps the row through another bucket must end with the row: leaving goes first.
        lines[:0] = [(key, entity, change.id, 0) for key in change.old - change.new]
    add_digests(link, digests)
    numbers = draw(link, len(lines))
    link.many(
        "INSERT INTO bucket_changes(bucket, entity, id, seq, present) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (bucket, entity, id) DO UPDATE SET seq = excluded.seq, present = excluded.present",
        [(key, entity, row, seq, here) for (key, entity, row, here), seq in zip(lines, numbers, strict=True)],
    )
    return Published(numbers[-1], frozenset(line[0] for line in lines))


def add_digests(link: Link, differences: dict[int, tuple[int, int]]) -> None:
    """Adds counts and 64-bit sums to the buckets' digests. `lock` must be held."""
    marks = ",".join("?" * len(differences))
    sql = f"SELECT bucket, count, sum FROM bucket_digests WHERE bucket IN ({marks})"
    known = {key: (count, unsigned(total)) for key, count, total in link.all(sql, tuple(differences))}
    link.many(
        "INSERT INTO bucket_digests(bucket, count, sum) VALUES (?, ?, ?) "
        "ON CONFLICT (bucket) DO UPDATE SET count = excluded.count, sum = excluded.sum",
        [
            (key, known.get(key, (0, 0))[0] + count, signed((known.get(key, (0, 0))[1] + total) & MASK))
            for key, (count, total) in differences.items()
        ],
    )


def epoch(link: Link) -> str:
    """The name of this life of the data."""
    row = link.one("SELECT value FROM facts WHERE name = 'epoch'")
    return str(row[0]) if row else ""


def floor(link: Link) -> int:
    """The oldest cursor that still misses nothing."""
    row = link.one("SELECT value FROM facts WHERE name = 'floor'")
    return int(row[0]) if row else 0


def head(link: Link) -> int:
    """The last seq committed, as this transaction sees it."""
    row = link.one("SELECT max(seq) FROM bucket_changes")
    return max(int(row[0] or 0) if row else 0, floor(link))


def page(link: Link, scope: Scope, cursor: int, limit: int) -> dict[str, Any]:
    """A page after `cursor`: items by seq, where the cursor goes, whether there is more, the digests at the end.

    Cursor 0 says that the client holds nothing. Raises Refused (cursor-expired) outside floor and head.
    """
    last, lowest = head(link), floor(link)
    if cursor and not lowest <= cursor <= last:
        raise Refused(ProblemType.CURSOR_EXPIRED, f"the feed holds {lowest} to {last}", floor=lowest, head=last)
    lines = _lines(link, sorted(scope.keys), cursor, limit + 1) if cursor < last else []
    more = len(lines) > limit
    lines = lines[:limit]
    answer: dict[str, Any] = {
        "epoch": epoch(link),
        "scope_id": scope.id,
        "items": _items(link, lines, scope),
        "cursor": lines[-1][0] if more else last,
        "more": more,
    }
    if not more:
        answer["digest"] = digests(link, scope.keys)
    return answer


def _lines(link: Link, keys: Sequence[int], cursor: int, count: int) -> Sequence[Sequence[Any]]:
    if len(keys) <= _NARROW:
        part = (
            "SELECT * FROM (SELECT seq, entity, id, present FROM bucket_changes "
            "WHERE bucket = ? AND seq > ? ORDER BY seq LIMIT ?) AS b"
        )
        sql = " UNION ALL ".join([part] * len(keys)) + " ORDER BY 1 LIMIT ?"
        return _numbers(link, sql, [value for key in keys for value in (key, cursor, count)] + [count])
    marks = ",".join("?" * len(keys))
    # The plus sign keeps the planner on the seq index.
    sql = (
        "SELECT seq, entity, id, present FROM bucket_changes "
        f"WHERE seq > ? AND +bucket IN ({marks}) ORDER BY seq LIMIT ?"
    )
    return _numbers(link, sql, [cursor, *keys, count])


def _numbers(link: Link, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
    """Lines of the feed. SQLite packs them into one value: for every row it steps to, the driver lets go of the
    interpreter lock and has to win it back from the other workers."""
    if link.postgres:
        return link.all(sql, values)
    packed = link.all(f"SELECT json_group_array(json_array(seq, entity, id, present)) FROM ({sql})", values)
    found: list[list[int]] = orjson.loads(packed[0][0])
    return found


def _items(link: Link, lines: Sequence[Sequence[Any]], scope: Scope) -> list[dict[str, Any]]:
    wanted: dict[int, set[int]] = {number: set() for number in ENTITY_KEY.values()}
    gone: dict[int, set[int]] = {number: set() for number in ENTITY_KEY.values()}
    for _, entity, row, present in lines:
        (wanted if present else gone)[entity].add(row)
    rows: dict[str, dict[int, tuple[int, orjson.Fragment]]] = {}
    for name, number in ENTITY_KEY.items():
        if gone[number]:
            wanted[number] |= _still_seen(link, number, gone[number], scope)
        rows[name] = _fetch_json(link, name, wanted[number])
    names = {number: name for name, number in ENTITY_KEY.items()}
    items = []
    for seq, entity, row_id, _ in lines:
        name = names[entity]
        row = rows[name].get(row_id)
        if row is None:
            items.append({"seq": seq, "t": name, "id": row_id, "op": "del", "ver": 0, "row": None})
        else:
            items.append({"seq": seq, "t": name, "id": row_id, "op": "put", "ver": row[0], "row": row[1]})
    return items


def _fetch_json(link: Link, entity: str, ids: Iterable[int]) -> dict[int, tuple[int, orjson.Fragment]]:
    """Versions and rows by id; the rows as the JSON that travels, made by the database: fifty columns less to carry."""
    wanted = list(ids)
    if not wanted:
        return {}
    size = 1 << (len(wanted) - 1).bit_length()
    wanted += wanted[-1:] * (size - len(wanted))
    rest = f"FROM {TABLES[entity]} WHERE id IN ({','.join('?' * size)})"
    if link.postgres:
        rows = link.all(f"SELECT id, ver, json_build_array({_NAMES[entity]})::text {rest}", wanted)
        return {row[0]: (row[1], orjson.Fragment(row[2])) for row in rows}
    # One value again. JSON holds no control characters: they can part the rows and what is in them.
    array = f"id || char(31) || ver || char(31) || json_array({_NAMES[entity]})"
    packed = link.all(f"SELECT CAST(group_concat({array}, char(30)) AS BLOB) {rest}", wanted)[0][0] or b""
    parts = (one.split(b"\x1f") for one in packed.split(b"\x1e") if one)
    return {int(number): (int(ver), orjson.Fragment(row)) for number, ver, row in parts}


def _still_seen(link: Link, entity: int, ids: set[int], scope: Scope) -> set[int]:
    sql = (
        "SELECT DISTINCT id FROM bucket_changes WHERE entity = ? AND present = 1 "
        f"AND id IN ({','.join('?' * len(ids))}) AND bucket IN ({','.join('?' * len(scope.keys))})"
    )
    return {row[0] for row in link.all(sql, [entity, *ids, *scope.keys])}


_NAMES = {entity: ", ".join(name for name, _ in columns) for entity, columns in COLUMNS.items()}


def digests(link: Link, keys: Iterable[int]) -> dict[str, list[object]]:
    """The digests of buckets as they travel; an empty bucket has one, too."""
    wanted = sorted(keys)
    sql = f"SELECT bucket, count, sum FROM bucket_digests WHERE bucket IN ({','.join('?' * len(wanted))})"
    known = {key: (count, unsigned(total)) for key, count, total in link.all(sql, wanted)}
    return {bucket_name(key): [known.get(key, (0, 0))[0], f"{known.get(key, (0, 0))[1]:016x}"] for key in wanted}


def compact(link: Link, now: int, keep_seconds: int) -> int:
    """Drops tombstones older than `keep_seconds` and raises the floor; how many went. Marks the time of the head."""
    lock(link)
    link.do("INSERT INTO feed_marks(at, seq) VALUES (?, ?) ON CONFLICT (at) DO UPDATE SET seq = excluded.seq",
            (now, head(link)))  # fmt: skip
    row = link.one("SELECT max(seq) FROM feed_marks WHERE at <= ?", (now - keep_seconds,))
    upto = int(row[0] or 0) if row else 0
    gone = link.do("DELETE FROM bucket_changes WHERE present = 0 AND seq <= ?", (upto,)) if upto else 0
    if gone:
        link.do("UPDATE facts SET value = ? WHERE name = 'floor'", (str(max(upto, floor(link))),))
    link.do("DELETE FROM feed_marks WHERE at < ?", (now - 2 * keep_seconds,))
    return gone
