"""Full-text search in Chinese: any substring, exact. LIKE below 100,000 rows, a bigram index above it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

FULL_TEXT_FROM = 100_000


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
    connection.exec_driver_sql("DELETE FROM facts WHERE name = 'full_text'")


def index_new(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Adds new cases (id, title, place) where the index is in use. Their words never change afterwards."""
    if rows and is_indexed(connection):
        connection.exec_driver_sql("INSERT INTO words(rowid, pairs) VALUES (?, ?)",
                                   [(i, pairs(t) + " " + pairs(p)) for i, t, p in rows])  # fmt: skip


def build(connection: Connection) -> bool:
    """Builds the index when there are enough rows; gives whether it is in use."""
    count = connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one()
    if count < FULL_TEXT_FROM:
        return False
    clear(connection)
    batch: list[tuple[int, str]] = []
    for number, title, place in connection.exec_driver_sql("SELECT id, title, place FROM cases"):
        batch.append((number, pairs(title) + " " + pairs(place)))
        if len(batch) == 20_000:
            connection.exec_driver_sql("INSERT INTO words(rowid, pairs) VALUES (?, ?)", batch)
            batch = []
    if batch:
        connection.exec_driver_sql("INSERT INTO words(rowid, pairs) VALUES (?, ?)", batch)
    connection.exec_driver_sql("INSERT OR REPLACE INTO facts(name, value) VALUES ('full_text', '1')")
    return True


def condition(connection: Connection, text: str) -> tuple[str, list[object]]:
    """The SQL condition that finds a substring of number, title or place, exactly, with its values."""
    wanted = "".join(text.split()).lower()
    exact = "(instr(lower(title), ?) OR instr(lower(place), ?) OR instr(lower(number), ?))"
    values: list[object] = [wanted, wanted, wanted]
    if not is_indexed(connection):
        return exact, values
    numbers = "SELECT id FROM cases WHERE number = ?"
    return f"(id IN (SELECT rowid FROM words WHERE words MATCH ? UNION {numbers}) AND {exact})", [
        _query(wanted),
        wanted,
        *values,
    ]
