"""Synchronisation: pages applied, a township's scope from a running server to its first rows, a whole city's first load.

`BENCH_CASES` sets the number of the city's cases (2.8 million).
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from benchmarks import city
from benchmarks.figure import Figure, figure, say
from commandscreen.domain.division import Level
from commandscreen.protocol.demo import demo_password
from commandscreen.protocol.rows import CASE_NAMES, WHOLE, case_values
from commandscreen.site import history
from commandscreen.site.folder import demo_path, load
from commandscreen.store import apply, queries
from commandscreen.store.delta import Delta
from commandscreen.store.filter import Filter, Sort
from commandscreen.store.replica import Replica
from commandscreen.sync.api import Api
from commandscreen.sync.engine import Engine
from commandscreen.sync.fetch import unpack
from commandscreen.sync.status import Refused
from commandscreen.sync.whole import Whole

ROUNDS = 5
CITY_ROUNDS = 3
PAGE, PAGES = 500, 120
HOME = 210304015
_VER, _CHANGED, _DUE, _URGES = map(CASE_NAMES.index, ("ver", "changed_at", "due_at", "urges"))


class _Pages:
    """A server that hands out pages as the wire has them, from memory."""

    def __init__(self, pages: list[bytes]) -> None:
        self._pages = pages
        self._next = 0

    def json(self, method: str, path: str, query: Any = None, body: object = None, wait: float = 0.0) -> dict[str, Any]:
        """The next page."""
        page: dict[str, Any] = orjson.loads(self._pages[self._next])
        self._next += 1
        return page


def _pages() -> tuple[list[bytes], list[str], int]:
    """Pages of new cases and of changes of those, half and half, and the buckets they lie in."""
    site = load(demo_path())
    rows = [list(case_values(c)) for c in history.cases(site, PAGE * PAGES // 2)][: PAGE * PAGES // 2]
    changed = [list(row) for row in rows]
    for number, row in enumerate(changed):  # as a hand-over changes them: a new deadline, the time, the step
        row[_VER] += 1
        row[_CHANGED] += 60 + number % 600
        row[_DUE] += 3_600
        row[_URGES] += 1
    seq, pages = 0, []
    everything = [*rows, *changed]
    for start in range(0, len(everything), PAGE):
        items = []
        for row in everything[start : start + PAGE]:
            seq += 1
            items.append({"seq": seq, "t": "case", "id": row[0], "op": "put", "ver": row[1], "row": row})
        more = start + PAGE < len(everything)
        pages.append(orjson.dumps({"epoch": "e", "scope_id": "s", "items": items, "cursor": seq, "more": more,
                                   "server_time": 1.0, "digest": None}))  # fmt: skip
    buckets = [f"t{d.code}" for d in site.divisions.values() if d.level is Level.TOWNSHIP]
    return pages, [*buckets, "city"], len(rows)


def feed() -> Iterator[Figure]:
    """Pages from JSON to the committed rows, as the engine takes them."""
    pages, buckets, cases = _pages()
    rates = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as home:
            replica = Replica(Path(home), lambda _: None)

            def begin(connection: Any) -> tuple[None, Delta]:
                apply.empty(connection, buckets)
                apply.remember(connection, epoch="e", scope_id="s", missing="")
                return None, Delta()

            replica.write(begin).result()
            engine = Engine(replica, _Pages(pages), Path(home))  # type: ignore[arg-type]
            start = time.perf_counter()
            while not engine.step().level:
                pass
            rates.append(2 * cases / (time.perf_counter() - start))
            (count,) = replica.write(
                lambda c: (tuple(c.exec_driver_sql("SELECT count(*) FROM cases").one()), Delta())
            ).result()
            replica.close()
            if count != cases:
                raise RuntimeError("pages were lost")
    yield figure("sync.feed", statistics.median(rates), "rows/s from JSON pages, half new, half changed")


def _load(url: str, account: str, home: Path, area: int) -> tuple[float, int]:
    """Seconds from an empty desk to the first rows read from a level replica; how many cases it holds."""
    api = Api(url)
    api.sign_in(account, demo_password(account))
    replica = Replica(home, lambda _: None)
    engine = Engine(replica, api, home, Whole(url, None, api.token, home))
    start = time.perf_counter()
    try:
        while True:
            with suppress(Refused):
                outcome = engine.step()
                if outcome.level or (outcome.total and outcome.loaded == outcome.total):
                    break
        now = int(time.time())

        def first(connection: Any) -> tuple[int, Delta]:
            ids = queries.case_ids(connection, Filter(area=area), Sort.REMAINING, now)
            shown = queries.briefs(connection, [int(i) for i in ids[:40]])
            return len(shown), Delta()

        if not replica.write(first).result():
            raise RuntimeError("nothing to show")
        took = time.perf_counter() - start
        count = replica.write(
            lambda c: (c.exec_driver_sql("SELECT count(*) FROM cases").scalar_one(), Delta())
        ).result()
        return took, int(count)
    finally:
        engine.close()
        api.close()
        replica.close()


def township(url: str, home: Path) -> Iterator[Figure]:
    """A township's scope from the server to its first rows."""
    times = []
    for number in range(ROUNDS + 1):  # the first has the server make the file
        took, count = _load(url, "zhoumin", home / f"town{number}", HOME)
        times.append(took)
    yield figure("sync.snapshot", statistics.median(times[1:]), f"s, a township of {count} cases, file ready")


def whole_city(url: str, home: Path) -> Iterator[Figure]:
    """All cases from the server to their first rows, against the file's unpacking alone."""
    api = Api(url)
    api.sign_in("city-operator", demo_password("city-operator"))
    packed, plain = home / "scope.part", home / "scope.db"
    start = time.perf_counter()
    while True:
        try:
            headers = api.download(f"/snapshots/{WHOLE}", packed, lambda share: None, 1 << 36)
            break
        except Refused as refused:
            if refused.problem.extra.get("reason") != "in-the-making":
                raise
    yield figure("sync.city_making", time.perf_counter() - start, "s for the server to make the file, once a day")
    ratios, times = [], []
    for number in range(CITY_ROUNDS):
        took, count = _load(url, "city-operator", home / f"city{number}", 2103)
        shutil.rmtree(home / f"city{number}")
        start = time.perf_counter()
        unpack(packed, plain, headers["X-Sha256"])
        with plain.open("rb+") as file:
            os.fsync(file.fileno())
        limit = time.perf_counter() - start
        size = plain.stat().st_size
        plain.unlink()
        times.append(took)
        ratios.append(took / limit)
    yield figure("sync.city", statistics.median(times),
                 f"s, {count} cases, {size >> 20} MB unpacked, to a checked replica and its first rows",
                 statistics.median(ratios), "limit: decompress, hash and fsync of the same bytes")  # fmt: skip


def parts() -> Iterator[Callable[[], Iterable[Figure]]]:
    """The feed from memory; the rest against a server process on a city's database."""
    yield feed
    with city.serving(city.database()) as url, tempfile.TemporaryDirectory() as scratch:
        yield partial(township, url, Path(scratch))
        yield partial(whole_city, url, Path(scratch))


if __name__ == "__main__":
    say(parts())
