"""From exec to the first painted window, against a bare PySide6 window; and to a screen with data, warm."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, figure, say

ROUNDS = 5
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class W(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
w = W(); w.resize(1600, 900); w.show(); app.exec()
"""
OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from commandscreen.app import App
from commandscreen.settings import Settings
from commandscreen.window import Window
class Painted(Window):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, qt.quit)
import commandscreen.app as module
module.Window = Painted
qt = QApplication(sys.argv)
app = App(qt, Path(sys.argv[1]), Settings(), False)
app.window.resize(1600, 900); app.window.show(); qt.exec()
import os; os._exit(0)
"""
READY = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from commandscreen.app import App
from commandscreen.picture import settle
from commandscreen.settings import Settings
start = time.monotonic()
qt = QApplication(sys.argv)
app = App(qt, Path(sys.argv[1]), Settings(), False)
app.window.resize(1920, 1080); app.window.show()
app.begin(); app.show_operator(); app.start_demo(speed=0, history=int(sys.argv[2]))
wait = sys.argv[3] == "level"
while True:
    settle(0.01)
    ready = app.seat is not None and len(app.operator.queue.model.ids) and app.operator.queue.model.value(app.operator.queue.model.id_at(0)) is not None
    ready = ready and bool(app.operator.map.map._status.any())
    level = app.status is not None and app.status.phase.value == "live"
    if ready and (level or not wait):
        break
print(time.monotonic() - start, flush=True)
app.window.close(); app.close()
"""


def _run(code: str, *arguments: str) -> tuple[float, str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True, check=True,
                          cwd=Path(__file__).parent.parent, timeout=300)  # fmt: skip
    return time.monotonic() - start, done.stdout


def run() -> Iterator[Figure]:
    """Rounds of both in turn."""
    with tempfile.TemporaryDirectory() as home:
        for code in (BARE, OURS):
            _run(code, home)
        bare, ours = [], []
        for _ in range(ROUNDS):
            bare.append(_run(BARE, home)[0])
            ours.append(_run(OURS, home)[0])
        ratio = statistics.median(o / b for o, b in zip(ours, bare, strict=True))
        yield figure("start.window", statistics.median(ours) * 1000, "ms", ratio, "limit: bare PySide6 window")
        cases = os.environ.get("BENCH_START_CASES", "200000")
        _run(READY, home, cases, "level")
        took = [float(_run(READY, home, cases, "seen")[1].split()[-1]) for _ in range(3)]
        yield figure("start.ready", statistics.median(took), "s")


if __name__ == "__main__":
    say([run])
