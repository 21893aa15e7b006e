"""Full-text search in Chinese: any substring, exact. LIKE below 100,000 rows, a bigram index above it.

A text's words are its pairs of neighbouring characters and its single ones. They are made for many rows at once with
numpy: text by text in Python they took ten times as long as SQLite needs to index them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

FULL_TEXT_FROM = 100_000
BATCH = 5_000
TABLE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING "
    "fts5(pairs, content='', detail=none, columnsize=0, tokenize='ascii')"
)
_HASH_MB = 64  # what one go keeps in memory between two segments of the index
_FIELDS = 3
_PRIVATE = 0xE000  # the tokenizer takes ASCII marks for gaps: they are indexed as private characters
_BLANK_END = 0x3001


def _ascii() -> npt.NDArray[np.uint32]:
    table = np.arange(128, dtype=np.uint32)
    for code in range(128):
        if chr(code).isupper():
            table[code] = code + 32
        elif not chr(code).isalnum():
            table[code] = code + _PRIVATE
    return table


_ASCII = _ascii()
_BLANK = np.array([chr(code).isspace() for code in range(_BLANK_END)] + [False])


def words(rows: Sequence[tuple[int, str, str, str]]) -> list[tuple[int, str]]:
    """The words of cases (id, title, place, number) as the index takes them; rows without any character are left out.

    Words never reach over the end of a text. Small and capital ASCII letters are one, as SQLite's `lower` has it.
    """
    texts = list(chain.from_iterable(row[1:] for row in rows))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    field = np.repeat(np.arange(len(texts)), lengths)
    seen = ~_BLANK[np.minimum(codes, _BLANK_END)]
    codes, field = codes[seen], field[seen]
    if not len(codes):
        return []
    codes = np.where(codes < 128, _ASCII[np.minimum(codes, 127)], codes)
    out = np.full((len(codes), 5), ord(" "), np.uint32)  # each character: its pair, a space, itself, a space
    out[:, 0] = out[:, 3] = codes
    inner = field[:-1] == field[1:]
    out[:-1, 1][inner] = codes[1:][inner]
    row = field // _FIELDS
    ends = np.flatnonzero(row[:-1] != row[1:])
    out[ends, 4] = ord("\n")
    lines = out.tobytes().decode("utf-32-le", "surrogatepass").split("\n")
    return [(rows[at][0], line) for at, line in zip(row[[*ends, -1]].tolist(), lines, strict=True)]


def plain(text: str) -> str:
    """A text as it is looked for: without blanks, ASCII letters small."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in "".join(text.split()))


def is_indexed(connection: Connection) -> bool:
    """Whether the bigram index is in use."""
    return connection.exec_driver_sql("SELECT 1 FROM facts WHERE name = 'full_text'").fetchone() is not None


def clear(connection: Connection) -> None:
    """Empties the index."""
    connection.exec_driver_sql("INSERT INTO words(words) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM facts WHERE name IN ('full_text', 'full_text_at')")


def index_new(connection: Connection, rows: Sequence[tuple[int, str, str, str]]) -> None:
    """Adds new cases (id, title, place, number) that the index has already passed. Their words never change afterwards."""
    if not rows:
        return
    reached = 2**62 if is_indexed(connection) else _reached(connection)
    _add(connection, [row for row in rows if row[0] <= reached])


def wanted(connection: Connection) -> bool:
    """Whether there are enough rows for the index, and it is not built yet."""
    if is_indexed(connection):
        return False
    last = connection.exec_driver_sql(
        "SELECT count(*) FROM (SELECT 1 FROM cases LIMIT ?)", (FULL_TEXT_FROM,)
    ).scalar_one()
    return bool(last >= FULL_TEXT_FROM)


def build_some(connection: Connection, count: int = BATCH) -> bool:
    """Indexes the next `count` cases by id; gives whether the index is complete. Until then LIKE answers.

    Inside a transaction of the caller's: without one, each row would be a segment of the index of its own.
    """
    batch = _batch(connection, _reached(connection), count)
    _add(connection, batch)
    if batch:
        _remember(connection, "full_text_at", str(batch[-1][0]))
    if len(batch) < count:
        _remember(connection, "full_text", "1")
    return len(batch) < count


def build(connection: Connection, told: Callable[[int], None] = lambda done: None) -> None:
    """Indexes every case in one go, inside a transaction of the caller's: what a file of its own is loaded with."""
    clear(connection)
    run_sql = connection.exec_driver_sql
    run_sql("INSERT INTO words(words, rank) VALUES ('automerge', 0)")
    run_sql("INSERT INTO words(words, rank) VALUES ('hashsize', ?)", (_HASH_MB << 20,))
    after, done = -(2**62), 0
    while batch := _batch(connection, after, 4 * BATCH):
        _add(connection, batch)
        after, done = batch[-1][0], done + len(batch)
        told(done)
    run_sql("INSERT INTO words(words) VALUES ('optimize')")
    run_sql("INSERT INTO words(words, rank) VALUES ('automerge', 4)")
    run_sql("INSERT INTO words(words, rank) VALUES ('hashsize', ?)", (1 << 20,))
    _remember(connection, "full_text", "1")


def _batch(connection: Connection, after: int, count: int) -> list[tuple[int, str, str, str]]:
    sql = "SELECT id, title, place, number FROM cases WHERE id > ? ORDER BY id LIMIT ?"
    return [(i, t, p, n) for i, t, p, n in connection.exec_driver_sql(sql, (after, count))]


def _add(connection: Connection, rows: Sequence[tuple[int, str, str, str]]) -> None:
    made = words(rows)
    if made:
        connection.exec_driver_sql("INSERT INTO words(rowid, pairs) VALUES (?, ?)", made)


def _remember(connection: Connection, name: str, value: str) -> None:
    connection.exec_driver_sql("INSERT OR REPLACE INTO facts(name, value) VALUES (?, ?)", (name, value))


def renew(connection: Connection) -> None:
    """After rows that came past the index, such as a snapshot's: what was indexed is indexed anew, bit by bit."""
    if is_indexed(connection) or _reached(connection) >= 0:
        clear(connection)


def _reached(connection: Connection) -> int:
    row = connection.exec_driver_sql("SELECT value FROM facts WHERE name = 'full_text_at'").fetchone()
    return int(row[0]) if row else -1


def exact(text: str) -> tuple[str, list[object]]:
    """The SQL condition that looks for a substring in a row's number, title and place themselves, with its values."""
    looked_for = plain(text)
    # `lower` copies the text first: twice the time, and only letters need it.
    small = "lower({})" if any("a" <= c <= "z" for c in looked_for) else "{}"
    columns = " OR ".join(f"instr({small.format(c)}, ?)" for c in ("title", "place", "number"))
    return f"({columns})", [looked_for] * _FIELDS


def named(connection: Connection, text: str, most: int) -> str | None:
    """The rows that the index names for a text, those that hold it among them, as a JSON list; None from `most` on."""
    sql = "SELECT count(*), json_group_array(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"
    count, packed = connection.exec_driver_sql(sql, (query(text), most)).one()
    return str(packed) if count < most else None


def query(text: str) -> str:
    """What the index is asked for a text."""
    codes = [int(_ASCII[ord(c)]) if ord(c) < 128 else ord(c) for c in plain(text)]
    known = "".join(map(chr, codes))
    grams = {known[i : i + 2] for i in range(len(known) - 1)} or {known}
    return " AND ".join(f'"{gram}"' for gram in sorted(grams))
