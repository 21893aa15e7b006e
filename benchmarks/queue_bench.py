"""The queue's questions over a city's cases in one replica file, against QSqlTableModel and LIKE on the same rows.

`BENCH_CASES` sets the number of cases (2.8 million); the file is made once and kept in the system's temporary folder.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from sqlalchemy import Connection

from benchmarks.figure import Figure, figure, say
from commandscreen.domain.case import Source
from commandscreen.protocol.rows import CASE_COLUMNS
from commandscreen.store import queries, schema, search
from commandscreen.store.connection import open_engine
from commandscreen.store.filter import Filter, Sort

CASES = int(os.environ.get("BENCH_CASES", "2800000"))
NOW = 1_790_000_000
ROUNDS = 5
SCREEN = 40
_TITLES = ("楼道灯不亮", "井盖破损", "垃圾堆放", "水管爆裂漏水", "乱停车占道", "路面塌陷", "噪声扰民", "树枝遮挡", "小广告张贴", "暖气不热")  # fmt: skip
_PLACES = ("鞍千路", "沙河街", "胜利路", "人民路", "站前街", "光明巷", "深沟寺", "解放路", "湖南街", "双山路")
_VALUES = {
    "id": "n", "ver": "1", "number": "printf('立沙%07d', n)",
    "state": "CASE WHEN n % 500 = 0 THEN 'handling' ELSE 'closed' END",
    "stage": "CASE WHEN n % 500 = 0 THEN 'handle' ELSE 'done' END",
    "source": "CASE n % 3 WHEN 0 THEN 'hotline' WHEN 1 THEN 'grid_app' ELSE 'ai_video' END",
    "class_id": "n % 3329 + 1", "grid": "(210304000 + n % 96) * 10000000 + 10101", "township": "210304000 + n % 96",
    "title": "t.v || (n % 997) || '号'", "place": "p.v || (n % 89) || '号楼'", "lead": "n % 200 + 1", "assists": "'[]'",
    "flow": "'[]'", "reported_at": f"{NOW} - (n * 7919) % 31536000", "due_what": "'handle'",
    "closed_at": f"CASE WHEN n % 500 = 0 THEN 0 ELSE {NOW} - (n * 7907) % 31000000 END",
    "due_at": f"{NOW} - 500000 + (n * 6101) % 1000000", "amber_at": f"{NOW} - 560000 + (n * 6101) % 1000000",
}  # fmt: skip


def _made() -> Path:
    path = Path(tempfile.gettempdir()) / f"commandscreen-bench-{CASES}-{schema.VERSION}.db"
    if path.exists():
        return path
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    engine = open_engine(draft)
    with engine.connect() as connection:
        run_sql = connection.exec_driver_sql
        schema.create(connection)
        connection.commit()
        for index in schema.indexes:
            run_sql(f"DROP INDEX {index.name}")
        for table, words in (("t", _TITLES), ("p", _PLACES)):
            run_sql(f"CREATE TEMP TABLE {table}(i INTEGER PRIMARY KEY, v TEXT)")
            run_sql(f"INSERT INTO {table} VALUES (?, ?)", list(enumerate(words)))
        values = ", ".join(_VALUES.get(n, "0" if kind == "int" else "''") for n, kind in CASE_COLUMNS)
        run_sql(
            f"INSERT INTO cases WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {CASES}) "
            f"SELECT {values} FROM s JOIN t ON t.i = n % 10 JOIN p ON p.i = n / 10 % 10"
        )
        connection.commit()
        schema.create(connection)
        run_sql("ANALYZE")
        connection.commit()
        run_sql("BEGIN")
        search.build(connection)
        run_sql("COMMIT")
        connection.commit()
    engine.dispose()
    with sqlite3.connect(draft) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    draft.replace(path)
    return path


def _ms(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


class _Peer:
    """QSqlTableModel on the same file, shown as its users do: select, then read a screen of rows."""

    def __init__(self, path: Path) -> None:
        database = QSqlDatabase.addDatabase("QSQLITE", "peer")
        database.setConnectOptions("QSQLITE_OPEN_READONLY")
        database.setDatabaseName(str(path))
        if not database.open():
            raise RuntimeError(database.lastError().text())
        self._model = QSqlTableModel(None, database)
        self._model.setTable("cases")

    def show(self, condition: str, column: str = "due_at", row: int = 0) -> None:
        """A selection in an order, and the screen of rows from `row` on."""
        model = self._model
        model.setFilter(condition)
        model.setSort(model.record().indexOf(column), Qt.SortOrder.AscendingOrder)
        if not model.select():
            raise RuntimeError(model.lastError().text())
        while model.rowCount() < row + SCREEN and model.canFetchMore():
            model.fetchMore()
        if model.rowCount() < min(SCREEN, row + 1):
            raise RuntimeError("the peer showed nothing")
        for line in range(row, min(row + SCREEN, model.rowCount())):
            for cell in range(12):
                model.data(model.index(line, cell))


def _screen(connection: Connection, wanted: Filter, sort: Sort) -> None:
    ids = queries.case_ids(connection, wanted, sort, NOW)
    rows = queries.briefs(connection, [int(i) for i in ids[:SCREEN]])
    if len(rows) != min(SCREEN, len(ids)) or not rows:
        raise RuntimeError("the queue showed nothing")


def _substrings() -> list[str]:
    rng = random.Random(7)
    texts = [t + str(rng.randrange(997)) + "号" for t in _TITLES] + [p + str(rng.randrange(89)) for p in _PLACES]
    found = ["龘龘", "不存在的词", "鞍", "路"]
    while len(found) < 50:
        text, size = rng.choice(texts), rng.randint(1, 8)
        start = rng.randrange(max(1, len(text) - size + 1))
        found.append(text[start : start + size])
    return found


def _hits(connection: Connection, text: str, like: bool) -> tuple[float, list[int]]:
    """Milliseconds and ids of the first fifty cases that hold a text."""
    if like:
        mark = f"%{text}%"
        sql, values = "(title LIKE ? OR place LIKE ? OR number LIKE ?)", [mark, mark, mark]
    else:
        sql, found = search.condition(connection, text)
        values = [str(v) for v in found]
    start = time.perf_counter()
    rows = connection.exec_driver_sql(f"SELECT id FROM cases WHERE {sql} ORDER BY id DESC LIMIT 50", tuple(values))
    ids = [int(r[0]) for r in rows]
    return (time.perf_counter() - start) * 1000, ids


def run() -> Iterator[Figure]:
    """Each pair in turn. The ids of the whole city are asked for once: their order is what costs memory."""
    _ = QCoreApplication.instance() or QCoreApplication([])
    path = _made()

    def open_first() -> None:
        engine = open_engine(path, read_only=True)
        with engine.connect() as connection:
            _screen(connection, Filter(), Sort.REMAINING)
        engine.dispose()

    yield figure("queue.open", _ms(open_first), f"ms, open cases of {CASES}, second start")
    peer = _Peer(path)
    engine = open_engine(path, read_only=True)
    with engine.connect() as connection:
        ours = _ms(lambda: _screen(connection, Filter(), Sort.NEWEST))
        theirs = _ms(lambda: peer.show("closed_at = 0", "reported_at"))
        yield figure("queue.resort", ours, "ms, open cases", theirs / ours, "QSqlTableModel")
        chosen = Filter(area=210304020, sources=frozenset({Source.HOTLINE, Source.GRID_APP, Source.AI_VIDEO}))
        peer_filter = "closed_at = 0 AND township = 210304020 AND source IN ('hotline', 'grid_app', 'ai_video')"
        ours = _ms(lambda: _screen(connection, chosen, Sort.REMAINING))
        theirs = _ms(lambda: peer.show(peer_filter))
        yield figure("queue.filter", ours, "ms, open cases of a township", theirs / ours, "QSqlTableModel")
        every = queries.case_ids(connection, Filter(closed=None), Sort.REMAINING, NOW)
        middle = [int(i) for i in every[len(every) // 2 : len(every) // 2 + SCREEN]]
        ours = _ms(lambda: queries.briefs(connection, middle))
        theirs = _ms(lambda: peer.show("1", "due_at", len(every) // 2), 1)
        yield figure("queue.middle", ours, "ms, all cases, ids held", theirs / ours, "QSqlTableModel, one round")
        mine, likes = [], []
        for text in _substrings():
            took, found = _hits(connection, text, like=False)
            took_like, found_like = _hits(connection, text, like=True)
            if found != found_like:
                raise RuntimeError(f"search for {text} differs from LIKE")
            mine.append(took)
            likes.append(took_like)
        ours, theirs = sorted(mine)[47], sorted(likes)[47]
        yield figure("queue.search", ours, "ms p95, newest 50 of 50 substrings", theirs / ours, "LIKE")
    engine.dispose()


if __name__ == "__main__":
    say(run())
