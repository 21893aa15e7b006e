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
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView
from sqlalchemy import Connection

from benchmarks.figure import Figure, figure, say
from benchmarks.peers_queue import SCREEN, Cells, SqlPeer
from commandscreen import theme as look
from commandscreen.domain.case import Source
from commandscreen.models.case_queue import CaseQueueModel
from commandscreen.protocol.rows import CASE_COLUMNS
from commandscreen.site.folder import demo_path, load
from commandscreen.store import queries, schema, search
from commandscreen.store.connection import open_engine
from commandscreen.store.filter import Filter, Sort
from commandscreen.views import rows
from commandscreen.views.queue import FIRST_ROWS
from commandscreen.widgets.case_row import HEIGHT, paint_case_row
from commandscreen.widgets.painted_list import ROW_ROLE, PaintedList

CASES = int(os.environ.get("BENCH_CASES", "2800000"))
NOW = 1_790_000_000
ROUNDS = 5
_TITLES = ("楼道灯不亮", "井盖破损", "垃圾堆放", "水管爆裂漏水", "乱停车占道", "路面塌陷", "噪声扰民", "树枝遮挡", "小广告张贴", "暖气不热")  # fmt: skip
_PLACES = ("鞍千路", "沙河街", "胜利路", "人民路", "站前街", "光明巷", "深沟寺", "解放路", "湖南街", "双山路")
_EMPTY = {"int": "0", "text": "''", "json": "'[]'"}
_VALUES = {
    "ask": "'null'",
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
        values = ", ".join(_VALUES.get(n, _EMPTY[kind]) for n, kind in CASE_COLUMNS)
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


def _screen(connection: Connection, wanted: Filter, sort: Sort) -> None:
    ids = queries.case_ids(connection, wanted, sort, NOW, FIRST_ROWS)
    shown = queries.briefs(connection, [int(i) for i in ids[:SCREEN]])
    if len(shown) != min(SCREEN, len(ids)) or not shown:
        raise RuntimeError("the queue showed nothing")


def _substrings() -> list[str]:
    """Fifty of 1–8 characters: common and rare ones, absent ones, some whose pairs all lie in rows that do not hold them."""
    rng = random.Random(7)
    texts = [t + str(rng.randrange(997)) + "号" for t in _TITLES] + [p + str(rng.randrange(89)) for p in _PLACES]
    found = ["龘龘", "不存在的词", "鞍", "路", "灯不热", "占道5号楼", "00", "立沙0012345"]
    while len(found) < 50:
        text, size = rng.choice(texts), rng.randint(1, 8)
        start = rng.randrange(max(1, len(text) - size + 1))
        found.append(text[start : start + size])
    return found


def _searches(connection: Connection) -> Iterator[Figure]:
    """The queue's own questions for a text, of all cases, newest first: its first rows, and how many there are.

    LIKE answers the same of the same three columns, by the better of its two plans: down the index of the order for
    words that many rows hold, every row as it lies and sorted after for the others.
    """
    ours: list[float] = []
    theirs: list[float] = []
    counted: list[float] = []
    counted_like: list[float] = []
    test = "(title LIKE ? OR place LIKE ? OR number LIKE ?)"
    for text in _substrings():
        wanted, marks = Filter(closed=None, text=text), (f"%{text}%",) * 3
        start = time.perf_counter()
        mine = queries.case_ids(connection, wanted, Sort.NEWEST, NOW, FIRST_ROWS)
        ours.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        total = queries.counts(connection, wanted, NOW).total
        counted.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        (count,) = connection.exec_driver_sql(f"SELECT count(*) FROM cases WHERE {test}", marks).one()
        counted_like.append((time.perf_counter() - start) * 1000)
        order = Sort.NEWEST.value if count > 20 * FIRST_ROWS else f"+{Sort.NEWEST.value}"
        start = time.perf_counter()
        sql = f"SELECT id FROM cases WHERE {test} ORDER BY {order} LIMIT {FIRST_ROWS}"
        likes = [int(row[0]) for row in connection.exec_driver_sql(sql, marks)]
        theirs.append((time.perf_counter() - start) * 1000)
        if mine.tolist() != likes or total != count:
            raise RuntimeError(f"search for {text} differs from LIKE")
    for name, what, mine_ms, their_ms in (
        ("queue.search", f"the newest {FIRST_ROWS} of", ours, theirs),
        ("queue.search_count", "how many there are of", counted, counted_like),
    ):
        one, other = sorted(mine_ms)[47], sorted(their_ms)[47]
        yield figure(name, one, f"ms p95, {what} 50 substrings among {CASES} cases", other / one, "LIKE")


class _Ours:
    """The queue's own list and model; rows come at once, from the same connection."""

    def __init__(self, connection: Connection, ids: np.ndarray[Any, Any], size: tuple[int, int]) -> None:
        site = load(demo_path())
        self._connection = connection
        self._model = CaseQueueModel(ROW_ROLE, lambda brief: str(brief.title))
        self._model.page_wanted.connect(self._fetch)

        def paint(painter: QPainter, box: QRect, brief: Any, theme: look.Theme, selected: bool, hovered: bool) -> None:
            paint_case_row(painter, box, rows.case_row(brief, site, NOW), theme, selected, hovered)

        self.view = PaintedList(HEIGHT, paint, lambda brief: brief)
        self.view.setModel(self._model)
        self._model.set_ids(ids)
        self.view.resize(*size)

    def _fetch(self, ids: tuple[int, ...]) -> None:
        self._model.set_values([(b.id, b) for b in queries.briefs(self._connection, ids)])

    def check(self) -> None:
        """Raises unless every row in view has its value."""
        for row in self.view.rows_seen():
            if self._model.value(self._model.id_at(row)) is None:
                raise RuntimeError("a row was not there")


def _moved(view: QAbstractItemView, top: Callable[[int], int], steps: int) -> list[float]:
    """Milliseconds of each move of the scroll bar to `top(step)`, until it is painted."""
    bar, times = view.verticalScrollBar(), []
    for step in range(steps):
        start = time.perf_counter()
        bar.setValue(top(step))
        QCoreApplication.processEvents()
        times.append((time.perf_counter() - start) * 1000)
    return times


def _scrolls(connection: Connection, ids: np.ndarray[Any, Any]) -> Iterator[Figure]:
    """Three rows at a time, each new; then whole new screens as the queue's panel is on a 4K screen at 150 %."""
    for name, size in (("queue.scroll", (1920, 1080)), ("queue.scroll_4k", (3840, 2160))):
        ours = _Ours(connection, ids, size)
        table = QTableView()
        table.setModel(Cells(ids, lambda page: queries.briefs(connection, page)))
        line = table.verticalHeader().defaultSectionSize()
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.resize(*size)
        for view in (ours.view, table):
            view.show()
            QCoreApplication.processEvents()
        mine, theirs = [], []
        for number in range(ROUNDS):
            start = number * 40 * 3 * HEIGHT
            mine += _moved(ours.view, lambda step, at=start: at + (step + 1) * 3 * HEIGHT, 40)
            ours.check()
            theirs += _moved(table, lambda step, at=number * 40, by=3 * line: (at + step + 1) * by, 40)
        ratio = statistics.median(theirs) / statistics.median(mine)
        unit = f"ms median, 3 rows, {size[0]}x{size[1]}"
        yield figure(name, statistics.median(mine), unit, ratio, f"QTableView, 14 cells a row of {line} pixels")
        for view in (ours.view, table):
            view.close()
    app = QApplication.instance()
    if isinstance(app, QApplication):
        look.apply(app, look.make(scale=1.5))
    panel = _Ours(connection, ids, (714, 1900))
    panel.view.show()
    QCoreApplication.processEvents()
    rng = random.Random(3)
    high = panel.view.row_pixels
    times = _moved(panel.view, lambda _: rng.randrange(len(ids) - 60) * high, 200)
    panel.check()
    yield figure(
        "queue.fling_p95_4k", sorted(times)[189], "ms p95, a new screen of the queue's panel, 3840x2160 at 150 %"
    )
    panel.view.close()


def _open() -> Iterator[Figure]:
    """The first rows of the open cases, from a file that is opened for it."""
    path = _made()

    def open_first() -> None:
        engine = open_engine(path, read_only=True)
        with engine.connect() as connection:
            _screen(connection, Filter(), Sort.REMAINING)
        engine.dispose()

    yield figure("queue.open", _ms(open_first), f"ms, open cases of {CASES}, second start")


def _orders(connection: Connection) -> Iterator[Figure]:
    """Other orders and filters of all cases, to their first rows."""
    peer = SqlPeer(_made())
    ours = _ms(lambda: _screen(connection, Filter(closed=None), Sort.OLDEST))
    theirs = _ms(lambda: peer.show("", "reported_at"))
    yield figure("queue.resort", ours, f"ms to the first rows, all {CASES} cases", theirs / ours, "QSqlTableModel")
    chosen = Filter(area=210304020, closed=None, sources=frozenset({Source.HOTLINE, Source.AI_VIDEO}))
    peer_filter = "township = 210304020 AND source IN ('hotline', 'ai_video')"
    ours = _ms(lambda: _screen(connection, chosen, Sort.REMAINING))
    theirs = _ms(lambda: peer.show(peer_filter))
    unit = f"ms to the first rows, two channels of a township among {CASES} cases"
    yield figure("queue.filter", ours, unit, theirs / ours, "QSqlTableModel")


def _down(connection: Connection) -> Iterator[Figure]:
    """The order of all cases, its middle, and scrolling through it. Its ids are asked for once: they cost memory."""
    whole = _ms(lambda: queries.case_ids(connection, Filter(closed=None), Sort.OLDEST, NOW), 3)
    yield figure("queue.order_all", whole, f"ms until the order of all {CASES} is known, on a reader")
    every = queries.case_ids(connection, Filter(closed=None), Sort.REMAINING, NOW)
    middle = [int(i) for i in every[len(every) // 2 : len(every) // 2 + SCREEN]]
    ours = _ms(lambda: queries.briefs(connection, middle))
    peer = SqlPeer(_made())
    theirs = _ms(lambda: peer.show("1", "due_at", len(every) // 2), 1)
    yield figure("queue.middle", ours, "ms, all cases, ids held", theirs / ours, "QSqlTableModel, one round")
    peer.close()
    yield from _scrolls(connection, every)


def parts() -> Iterator[Callable[[], Iterable[Figure]]]:
    """Each pair in turn, over one connection."""
    app = QApplication.instance() or QApplication([])
    look.apply(app, look.make())  # type: ignore[arg-type]
    yield _open
    engine = open_engine(_made(), read_only=True)
    with engine.connect() as connection:
        yield partial(_orders, connection)
        yield partial(_searches, connection)
        yield partial(_down, connection)
    engine.dispose()


if __name__ == "__main__":
    say(parts())
