"""The whole operator's screen under a stream of events: from event to pixel, frames missed, memory, and during a first sync."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson

from benchmarks.figure import Figure, figure, say

RATE = int(os.environ.get("BENCH_RATE", "2000"))
SECONDS = float(os.environ.get("BENCH_LIVE_SECONDS", "12"))
FRAME = 1 / 60

BUSY = """
import os, sys, time
from commandscreen.protocol import bundle
from commandscreen.site import history
os.nice(5)
site = bundle.decode(open(sys.argv[1], "rb").read())
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    for _ in history.cases(site, 20000): pass
"""
# What a server would send: pages of the feed as JSON, twenty a second, with the moment of their events.
FEED = """
import sys, time, orjson
from dataclasses import replace
from commandscreen.protocol import bundle
from commandscreen.protocol.rows import case_values
from commandscreen.site import history
site = bundle.decode(open(sys.argv[1], "rb").read())
cases = [replace(c, id=n) for n, c in enumerate(history.open_cases(site, int(sys.argv[2])), 1)]
size, seq, at, vers = int(sys.argv[3]) // 20, 1, 0, {c.id: c.ver for c in cases}
while True:
    began, items = time.monotonic(), []
    for number in range(size):
        case = cases[(at + number) % len(cases)]
        vers[case.id] += 1
        due = int(time.time()) + (-60 if (at + number) % 3 == 0 else 3600)
        row = case_values(replace(case, ver=vers[case.id], due_at=due, amber_at=due - 30))
        seq += 1
        items.append({"seq": seq, "t": "case", "id": case.id, "op": "put", "ver": vers[case.id], "row": row})
    at += size
    page = {"epoch": "e", "scope_id": "s", "items": items, "cursor": seq, "more": False, "server_time": began, "digest": None}
    sys.stdout.buffer.write(orjson.dumps(page) + b"\\n")
    sys.stdout.buffer.flush()
    time.sleep(max(0.0, 0.05 - (time.monotonic() - began)))
"""
MINUTES = float(os.environ.get("BENCH_MEMORY_MINUTES", "2"))


def run() -> Iterator[Figure]:
    """One screen, one replica of the whole city; rows come as pages would, a transaction every 50 ms."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    from commandscreen import theme as look
    from commandscreen.bridge import Bridge
    from commandscreen.domain.division import Level
    from commandscreen.picture import settle
    from commandscreen.protocol.rows import CASE, case_values
    from commandscreen.site import history
    from commandscreen.site.folder import demo_path, load
    from commandscreen.store import apply
    from commandscreen.store.replica import Replica
    from commandscreen.sync.page import read_page
    from commandscreen.views.desk import Desk
    from commandscreen.views.operator import OperatorView
    from commandscreen.views.questions import Questions

    sys.setswitchinterval(1e-4)
    qt = QApplication.instance() or QApplication([])
    look.apply(qt, look.make())  # type: ignore[arg-type]
    site = load(demo_path())
    bridge, desk = Bridge(), Desk()
    with tempfile.TemporaryDirectory() as home:
        replica = Replica(Path(home), bridge.tell_delta)
        questions = Questions(bridge)
        questions.attach(replica.readers)
        began_at = int(time.time())
        cases = [replace(c, id=n) for n, c in enumerate(history.open_cases(site, began_at), 1)]
        buckets = [f"t{d.code}" for d in site.divisions.values() if d.level is Level.TOWNSHIP]

        def fill(connection):  # type: ignore[no-untyped-def]
            apply.empty(connection, [*buckets, "city"])
            return None, apply.apply_page(connection, [(CASE, case_values(c)) for c in cases], [], 0, 0.0)[1]

        replica.write(fill).result()
        view = OperatorView(desk, questions, None)
        bridge.changed.connect(view.take_delta)
        view.resize(1920, 1080)
        view.show()
        desk.set_site(site, next(p for p in site.people if p.account == "city-operator").actor())
        view.refresh()
        settle(3)
        view.map.map.settle()

        latencies: list[float] = []
        events: deque[tuple[int, float]] = deque()  # cursor and moment of each page committed, not painted yet
        painted = [0]  # the cursor that the map's colours have
        ask = questions.ask

        def asking(kind, question, done, failed=None):  # type: ignore[no-untyped-def]
            if kind != "map.worst":
                ask(kind, question, done, failed)
                return

            def put(connection):  # type: ignore[no-untyped-def]
                answer = question(connection)
                return int(apply.fact(connection, "cursor") or 0), answer

            def take(told):  # type: ignore[no-untyped-def]
                done(told[1])
                painted[0] = max(painted[0], told[0])

            ask(kind, put, take, failed)

        questions.ask = asking  # type: ignore[method-assign]

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    now = time.monotonic()
                    while events and events[0][0] <= painted[0]:
                        latencies.append(now - events.popleft()[1])
                return False

        watch = Watch()
        view.map.map.installEventFilter(watch)
        stop = threading.Event()
        source = subprocess.Popen(
            [sys.executable, "-c", FEED, str(demo_path()), str(began_at), str(RATE)], stdout=subprocess.PIPE
        )

        def stream() -> None:
            for line in source.stdout or ():
                if stop.is_set():
                    return
                page = read_page(orjson.loads(line))
                replica.write_rows(
                    lambda c, p=page: (None, apply.apply_page(c, p.puts, p.gone, p.cursor, 0.0)[1])
                ).result()
                events.append((page.cursor, page.server_time))

        def measure(seconds: float) -> tuple[float, int, int, int]:
            latencies.clear()
            missed, own, held, last, mine, queued = 0, 0, 0, time.monotonic(), time.thread_time(), _queued()
            end = last + seconds
            while time.monotonic() < end:
                qt.processEvents()
                now, used = time.monotonic(), time.thread_time()
                missed += now - last > FRAME
                own += used - mine > FRAME
                held += now - last - (_queued() - queued) > FRAME
                last, mine, queued = time.monotonic(), used, _queued()
                time.sleep(0.001)
            ordered = sorted(latencies)
            return (ordered[int(len(ordered) * 0.95)] if ordered else float("inf")), missed, own, held

        feeder = threading.Thread(target=stream, name="feeder")
        feeder.start()
        try:
            settle(2)
            p95, missed, own, held = measure(SECONDS)
            share = 600 / (SECONDS * 60)
            yield figure("live.event_to_pixel", p95 * 1000, f"ms p95, {len(latencies)} pages, from the feed's process")
            yield figure("live.missed", missed * share, "turns of the event loop over 16.7 ms in 600 frames")
            yield figure(
                "live.missed_held", held * share, "of these, without the time the kernel gave the processors to others"
            )
            yield figure("live.missed_own", own * share, "of these, turns that themselves computed for over 16.7 ms")
            busy = subprocess.Popen([sys.executable, "-c", BUSY, str(demo_path()), str(SECONDS)])
            during, *_ = measure(SECONDS)
            busy.wait()
            yield figure("live.during_sync", during * 1000, "ms p95", during / p95, "limit: the idle figure")
            measure(MINUTES * 30)
            before = _pss()
            measure(MINUTES * 30)
            after = _pss()
            yield figure("memory.operator", after, f"MB PSS after {MINUTES:g} minutes of {RATE} events/s")
            yield figure("memory.growth", after - before, f"MB in the second half of {MINUTES:g} minutes")
        finally:
            stop.set()
            source.kill()
            source.wait()
            feeder.join()
            questions.close()
            view.map.map.stop()
            replica.close()


def _queued() -> float:
    """Seconds this thread has been ready to run while the kernel gave the processors to others."""
    return int(Path("/proc/thread-self/schedstat").read_bytes().split()[1]) / 1e9


def _pss() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    say([run])
