"""The whole operator's screen under a stream of events: from event to pixel, frames missed, memory, and during a first sync."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.figure import Figure, figure, say

RATE = int(os.environ.get("BENCH_RATE", "2000"))
SECONDS = float(os.environ.get("BENCH_LIVE_SECONDS", "12"))
FRAME = 1 / 60

BUSY = """
import sys, time
from commandscreen.protocol import bundle
from commandscreen.site import history
site = bundle.decode(open(sys.argv[1], "rb").read())
end = time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    for _ in history.cases(site, 20000): pass
"""


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
        cases = [replace(c, id=n) for n, c in enumerate(history.open_cases(site, int(time.time())), 1)]
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
        commits: list[float] = []
        shown: list[float] = []
        take = view.map._show_some

        def taken(*answer):  # type: ignore[no-untyped-def]
            take(*answer)
            shown.extend(commits)
            commits.clear()

        view.map._show_some = taken  # type: ignore[method-assign]

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint and shown:
                    now = time.monotonic()
                    latencies.extend(now - at for at in shown)
                    shown.clear()
                return False

        watch = Watch()
        view.map.map.installEventFilter(watch)
        stop = threading.Event()

        def stream() -> None:
            cursor, at, versions = 1, 0, {c.id: c.ver for c in cases}
            while not stop.is_set():
                began = time.monotonic()
                part = [cases[(at + i) % len(cases)] for i in range(RATE // 20)]
                at += len(part)
                rows = []
                for number, case in enumerate(part):
                    versions[case.id] += 1
                    due = int(time.time()) + (-60 if (at + number) % 3 == 0 else 3600)
                    rows.append(
                        (CASE, case_values(replace(case, ver=versions[case.id], due_at=due, amber_at=due - 30)))
                    )
                cursor += 1
                replica.write(lambda c, r=rows, n=cursor: (None, apply.apply_page(c, r, [], n, 0.0)[1])).result()
                commits.append(began)
                stop.wait(max(0.0, 0.05 - (time.monotonic() - began)))

        def measure(seconds: float) -> tuple[float, int]:
            latencies.clear()
            missed, last = 0, time.monotonic()
            end = last + seconds
            while time.monotonic() < end:
                qt.processEvents()
                now = time.monotonic()
                missed += now - last > FRAME
                last = time.monotonic()
                time.sleep(0.001)
            ordered = sorted(latencies)
            return (ordered[int(len(ordered) * 0.95)] if ordered else float("inf")), missed

        feeder = threading.Thread(target=stream, name="feeder")
        feeder.start()
        try:
            settle(2)
            p95, missed = measure(SECONDS)
            yield figure("live.event_to_pixel", p95 * 1000, "ms p95")
            yield figure(
                "live.missed", missed * 600 / (SECONDS * 60), "turns of the event loop over 16.7 ms in 600 frames"
            )
            busy = subprocess.Popen([sys.executable, "-c", BUSY, str(demo_path()), str(SECONDS)])
            during, _ = measure(SECONDS)
            busy.wait()
            yield figure("live.during_sync", during * 1000, "ms p95", during / p95, "limit: the idle figure")
            yield figure("memory.operator", _pss(), "MB")
            before = _pss()
            measure(float(os.environ.get("BENCH_GROWTH_SECONDS", "60")))
            yield figure("memory.growth", _pss() - before, "MB in a minute of 2,000 events/s")
        finally:
            stop.set()
            feeder.join()
            questions.close()
            view.map.map.stop()
            replica.close()


def _pss() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    say(run())
