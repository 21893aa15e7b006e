"""Full-text search in Chinese: any substring, exact. LIKE below 100,000 rows, a bigram index above it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

FULL_TEXT_FROM = 100_000
BATCH = 10_000


def pairs(text: str) -> str:
    """The bigrams of a text as words, and its single characters, so that one character can be found too."""
    text = "".join(text.split()).lower()
    grams = {text[i : i + 2] for i in range(len(text) - 1)} | set(text)
    return " ".join("x" + gram.encode("utf-16-be").hex() for gram in sorted(grams))


def _query(text: str) -> str:
    text = "".join(text.split()).lower()
    grams = {text[i : i + 2] for i in range(len(text) - 1)} or {text}
    return " AND ".join("x" + gram.encode("utf-16-be").hex() for gram in sorted(grams))


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
    passed = [(i, _words(t, p, n)) for i, t, p, n in rows if i <= reached]
    if passed:
        connection.exec_driver_sql("INSERT INTO words(rowid, pairs) VALUES (?, ?)", passed)


def wanted(connection: Connection) -> bool:
    """Whether there are enough rows for the index, and it is not built yet."""
    if is_indexed(connection):
        return False
    last = connection.exec_driver_sql(
        "SELECT count(*) FROM (SELECT 1 FROM cases LIMIT ?)", (FULL_TEXT_FROM,)
    ).scalar_one()
    return bool(last >= FULL_TEXT_FROM)


def build_some(connection: Connection, count: int = BATCH) -> bool:
    """Indexes the next `count` cases by id; gives whether the index is complete. Until then LIKE answers."""
    after = _reached(connection)
    sql = "SELECT id, title, place, number FROM cases WHERE id > ? ORDER BY id LIMIT ?"
    batch = [(i, _words(t, p, n)) for i, t, p, n in connection.exec_driver_sql(sql, (after, count))]
    if batch:
        connection.exec_driver_sql("INSERT INTO words(rowid, pairs) VALUES (?, ?)", batch)
        after = batch[-1][0]
    connection.exec_driver_sql("INSERT OR REPLACE INTO facts(name, value) VALUES ('full_text_at', ?)", (str(after),))
    if len(batch) < count:
        connection.exec_driver_sql("INSERT OR REPLACE INTO facts(name, value) VALUES ('full_text', '1')")
    return len(batch) < count


def _words(title: str, place: str, number: str) -> str:
    return " ".join((pairs(title), pairs(place), pairs(number)))


def renew(connection: Connection) -> None:
    """After rows that came past the index, such as a snapshot's: what was indexed is indexed anew, bit by bit."""
    if is_indexed(connection) or _reached(connection) >= 0:
        clear(connection)


def _reached(connection: Connection) -> int:
    row = connection.exec_driver_sql("SELECT value FROM facts WHERE name = 'full_text_at'").fetchone()
    return int(row[0]) if row else -1


def condition(connection: Connection, text: str) -> tuple[str, list[object]]:
    """The SQL condition that finds a substring of number, title or place, exactly, with its values."""
    wanted = "".join(text.split()).lower()
    exact = "(instr(lower(title), ?) OR instr(lower(place), ?) OR instr(lower(number), ?))"
    values: list[object] = [wanted, wanted, wanted]
    if not is_indexed(connection):
        return exact, values
    return f"(id IN (SELECT rowid FROM words WHERE words MATCH ?) AND {exact})", [_query(wanted), *values]
