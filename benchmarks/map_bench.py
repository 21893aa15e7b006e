"""The map against its budgets, each figure with its peer in the same run: `python -m benchmarks.map_bench`.

Fails unless every counted frame painted exactly once and showed the expected pixels: a widget that silently paints
nothing would otherwise be the fastest of all.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figure import say
from benchmarks.map_stage import ROOT, SHADES, SIZES, Judge, Stage, application, city, theme

ROUNDS = 5
REST = 3.0  # seconds of rest before memory is weighed
FRAME_MS = 1000 / 60
Figure = dict[str, Any]


def percentile(values: list[float], share: float) -> float:
    return float(np.percentile(values, share * 100))


def compared(name: str, value: float, peer: float, against: str, unit: str = "ms") -> Figure:
    """A figure with its peer's over it."""
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "ratio": round(peer / value, 2),
        "against": f"{against} {peer:.4g} {unit}",
    }


def plain(name: str, value: float, unit: str) -> Figure:
    """A figure that stands alone."""
    return {"name": name, "value": round(value, 3), "unit": unit, "ratio": None, "against": None}


def recolour(stage: Stage) -> Figure:
    """1,000 grids change while the whole city is shown."""
    ours, peer = [], []
    stage.quiet()
    for _ in range(ROUNDS * 4):
        rows = np.sort(stage.random.choice(len(stage.grids), 1000, replace=False)).astype(np.int32)
        new = stage.random.choice([0, 1, 2, 3], 1000, p=[0.6, 0.34, 0.05, 0.01]).astype(np.uint8)
        stage.status[rows] = new
        ours.append(stage.frame(stage.ours, lambda r=rows, n=new: stage.ours.update_status(r, n)))
        stage.loop.status[:] = stage.status
        peer.append(stage.frame(stage.loop, stage.loop.update))
        stage.scene.set_status(rows, new)
        stage.quiet()
    for widget in (stage.ours, stage.loop, stage.scene):
        stage.judge.settled(widget)
    return compared(
        f"map.recolour_1000{stage.suffix}", statistics.median(ours), statistics.median(peer), "QPainter loop"
    )


def home(stage: Stage) -> None:
    """Both maps show the whole city, at rest, and are judged."""
    stage.ours.fit(None)
    stage.scene.fit()
    stage.rest()
    stage.judge.settled(stage.ours)
    stage.judge.settled(stage.scene)


def pan(stage: Stage) -> Figure:
    """Dragging 40 pixels a frame across the middle of the city, four times nearer than the whole.

    QGraphicsView scrolls what it has and paints only what came into view, as it does in any program.
    """
    from PySide6.QtCore import QPointF

    middle = stage.ours.width() / 2, stage.ours.height() / 2
    stage.ours.zoom_by(-16, QPointF(*middle))
    stage.rest()
    stage.scene.zoom(4.0, *middle)
    stage.quiet()
    ours: list[float] = []
    peer: list[float] = []
    for turn in range(ROUNDS):
        for step in range(20):
            dx, dy = (40, 12) if (turn + step // 10) % 2 else (-40, -12)
            ours.append(stage.frame(stage.ours, lambda x=dx, y=dy: stage.ours.pan_by(x, y)))
            stage.quiet()
            time.sleep(0.005)
        for step in range(20):
            dx, dy = (40, 12) if (turn + step // 10) % 2 else (-40, -12)
            peer.append(stage.frame(stage.scene, lambda x=dx, y=dy: stage.scene.pan(x, y)))
            stage.quiet()
    home(stage)
    return compared(f"map.pan_p95{stage.suffix}", percentile(ours, 0.95), percentile(peer, 0.95), "QGraphicsView")


def zoom(stage: Stage) -> Figure:
    """Wheel notches into the city and out again, from the whole to four times nearer."""
    from PySide6.QtCore import QPointF

    ours: list[float] = []
    peer: list[float] = []
    x, y = stage.ours.width() * 0.47, stage.ours.height() * 0.55
    for _ in range(ROUNDS):
        for step in range(8):
            levels = -4 if step < 4 else 4
            ours.append(stage.frame(stage.ours, lambda n=levels: stage.ours.zoom_by(n, QPointF(x, y))))
            stage.quiet()
            time.sleep(0.02)
        for step in range(8):
            factor = 2**0.5 if step < 4 else 2**-0.5
            peer.append(stage.frame(stage.scene, lambda f=factor: stage.scene.zoom(f, x, y)))
            stage.quiet()
    home(stage)
    return compared(f"map.zoom_p95{stage.suffix}", percentile(ours, 0.95), percentile(peer, 0.95), "QGraphicsView")


def missed(stage: Stage) -> Figure:
    """300 frames at 60 Hz over places never shown: everything the UI thread does in a frame counts."""
    from PySide6.QtCore import QPointF

    ours = stage.ours
    ours._ground.forget()
    ours._ground.look_at(ours.camera)
    stage.rest()
    late, own, worst = 0, 0, 0.0
    seen = []
    centre = QPointF(ours.width() * 0.47, ours.height() * 0.55)
    begin = time.perf_counter()
    for number in range(300):
        started, worked = time.perf_counter(), time.thread_time()
        part = number % 100
        if part < 48 and part % 8 == 0:
            ours.zoom_by(-4, centre)
        elif part >= 52 and part % 8 == 4:
            ours.zoom_by(4, centre)
        else:
            ours.pan_by(23 if number < 150 else -31, 9 if part < 50 else -7)
        before = ours.frames
        ours.repaint()
        if ours.frames != before + 1:
            raise AssertionError("a frame was not painted exactly once")
        blur, written = ours.blur, ours.written()
        stage.app.processEvents()
        took = (time.perf_counter() - started) * 1000
        late += took > FRAME_MS
        own += (time.thread_time() - worked) * 1000 > FRAME_MS
        worst = max(worst, took)
        # what arrived just now may be painted already or not
        seen.append((ours.camera, blur, written + ours.written(), stage.judge.look(ours)))
        wait = begin + (number + 1) / 60 - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        else:
            begin -= wait
    for camera, blur, written, pixels in seen:
        stage.judge.frame(_Then(camera, blur, written, ours.width(), ours.height()), pixels)
    home(stage)
    return plain(
        f"map.missed{stage.suffix}", late, f"frames of 300, {own} by the thread's own time, worst {worst:.1f} ms"
    )


class _Then:
    """What the judge must know of a frame that has passed."""

    def __init__(self, camera: Any, blur: float, written: list[Any], width: int, height: int) -> None:
        self.camera, self.blur, self._written = camera, blur, written
        self._size = width, height

    def width(self) -> int:
        return self._size[0]

    def height(self) -> int:
        return self._size[1]

    def written(self) -> list[Any]:
        return self._written


def first(data: tuple[Any, Any, Any, Any], judge: Judge) -> Figure:
    """From geometry to a full picture of the city, nothing cached; both build what they need."""
    from benchmarks.peers_map import LoopMap
    from commandscreen.widgets.map.grid_map import GridMap

    app = application()
    colours = theme()
    shades = [colours[name] for name in SHADES]
    judge.status[:] = 0
    ours, peer = [], []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        widget = GridMap()
        widget.resize(*SIZES[""])
        widget.set_theme(colours)
        widget.set_site(*data)
        widget.show()
        while not (widget.drawn and widget.frames):
            app.processEvents()
            time.sleep(0.0005)
        widget.repaint()
        ours.append((time.perf_counter() - started) * 1000)
        judge.settled(widget)
        widget.close()
        widget.deleteLater()
        app.processEvents()
        started = time.perf_counter()
        bare = LoopMap(data[0], shades)
        bare.resize(*SIZES[""])
        bare.fit()
        bare.show()
        while not bare.frames:
            app.processEvents()
        peer.append((time.perf_counter() - started) * 1000)
        judge.settled(bare)
        bare.close()
        bare.deleteLater()
        app.processEvents()
    return compared("map.first", statistics.median(ours), statistics.median(peer), "QPainter loop")


def pick(stage: Stage) -> Figure:
    """The pointer to the grid under it, anywhere in the view."""
    from PySide6.QtCore import QPointF

    shapes = stage.ours._ground.source.shapes
    points = [QPointF(int(x), int(y)) for x, y in stage.random.integers((0, 0), SIZES[""], (4000, 2)).tolist()]
    rounds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for point in points:
            stage.ours.grid_at(point)
        rounds.append((time.perf_counter() - started) / len(points) * 1e6)
    for point in points[:300]:
        expected = shapes.at(*stage.ours.camera.to_world(point.x() + 0.5, point.y() + 0.5))
        if stage.ours.grid_at(point) != expected:
            raise AssertionError(f"picked {stage.ours.grid_at(point)} where {expected} lies")
    return plain("map.pick", statistics.median(rounds), "µs")


def alarms_visible(stage: Stage) -> Figure:
    """How many of 1,000 late grids show red where they lie, whole city, names and badges off."""
    from commandscreen.widgets.map.grid_map import BOUNDARIES, CASES, DEFAULT_LAYERS

    rows = np.sort(stage.random.choice(len(stage.grids), 1000, replace=False)).astype(np.int32)
    stage.ours.set_status(rows, np.full(len(rows), 3, np.uint8))
    stage.ours.set_layers(frozenset({CASES, BOUNDARIES}))
    stage.ours.settle()
    image = stage.ours.grab().toImage()
    colours = theme()
    red = {0xFF000000 | int(colours[name][1:], 16) for name in ("lamp_red", "map_red")}
    seen = 0
    for row in rows.tolist():
        east, north = (float(v[0]) for v in stage.ours._marks.centres(np.array([row])))
        x, y = (int(v) for v in stage.ours.camera.to_view(east, north))
        seen += any(image.pixel(x + i, y + j) in red for i in (-2, 0, 2) for j in (-2, 0, 2))
    stage.ours.set_layers(DEFAULT_LAYERS)
    return plain("map.alarms_visible", 100 * seen / len(rows), "%")


def memory() -> Figure:
    """PSS a process holds at rest with the whole city shown, after a look round, ours and QGraphicsView's; three
    processes each."""
    gained: dict[str, list[float]] = {"ours": [], "scene": []}
    for _ in range(3):
        for kind, found in gained.items():
            out = subprocess.run(
                [sys.executable, "-m", "benchmarks.map_bench", "--memory", kind],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
                timeout=120,
            )
            found.append(float(out.stdout.strip().splitlines()[-1]))
    return compared(
        "map.memory", statistics.median(gained["ours"]), statistics.median(gained["scene"]), "QGraphicsView", "MB"
    )


def pss() -> float:
    """Proportional set size of this process, MB (Linux)."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no Pss line")


def memory_of(kind: str) -> float:
    """MB this process gains by one map with the whole city."""
    from benchmarks.peers_map import SceneMap
    from commandscreen.widgets.map.grid_map import GridMap

    app = application()
    data = city()
    colours = theme()
    before = pss()
    if kind == "ours":
        widget: Any = GridMap()
        widget.resize(*SIZES[""])
        widget.set_theme(colours)
        widget.set_site(*data)
        widget.show()
        for _ in range(3000):
            app.processEvents()
            if widget.complete:
                break
            time.sleep(0.002)
        # a user looks round: the cache fills to its bound
        for row in range(0, len(data[0]), len(data[0]) // 24):
            widget.centre_on(row)
            widget.settle()
            widget.repaint()
            app.processEvents()
        widget.fit(None)
    else:
        widget = SceneMap(data[0], [colours[n] for n in SHADES])
        widget.resize(*SIZES[""])
        widget.show()
        widget.fit()
        widget.viewport().repaint()
        widget.zoom(16.0, 900, 500)
        widget.viewport().repaint()
        widget.fit()
        widget.viewport().repaint()
    until = time.monotonic() + REST
    while time.monotonic() < until:
        app.processEvents()
        time.sleep(0.01)
    gained = pss() - before
    Judge(data).settled(widget)
    if kind == "ours":
        widget.stop()
    return gained


def parts() -> Iterator[Callable[[], list[Figure]]]:
    """The parts, each a `map.*` figure; needs a Qt platform (offscreen will do)."""
    data = city()
    application()
    judge = Judge(data)
    yield lambda: [first(data, judge)]
    yield lambda: [memory()]
    for suffix in SIZES:
        stage = Stage(suffix, data, judge)
        for one in (recolour, pan, zoom, missed, *(() if suffix else (pick, alarms_visible))):
            yield partial(_alone, one, stage)
        stage.close()


def _alone(one: Callable[[Stage], Figure], stage: Stage) -> list[Figure]:
    return [one(stage)]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        print(memory_of(sys.argv[2]))
    else:
        say(parts())
