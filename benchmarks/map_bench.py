"""The map against its budgets, each figure with its peer in the same run: `python -m benchmarks.map_bench`.

Fails unless every counted frame painted exactly once and showed the expected pixels: a widget that silently paints
nothing would otherwise be the fastest of all.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"": (1920, 1080), "_4k": (3840, 2160)}
ROUNDS = 5
FRAME_MS = 1000 / 60
Figure = dict[str, Any]


def city() -> tuple[Any, Any, Any, Any]:
    """The demo city; where it is not built yet, a synthetic one of its size."""
    path = ROOT / "resources" / "site" / "anshan.site"
    if path.exists() and not os.environ.get("MAP_BENCH_SYNTHETIC"):
        from commandscreen.protocol.bundle import decode

        site = decode(path.read_bytes())
        return site.grids, site.outlines, site.divisions, site.water
    sys.path.insert(0, str(ROOT / "tests" / "widgets" / "map"))
    from cities import city as synthetic

    return synthetic()


def theme() -> dict[str, str]:
    """The dark theme's colours."""
    tokens = json.loads((ROOT / "resources" / "theme" / "tokens.json").read_text(encoding="utf-8"))
    return tokens["color"]["dark"]


def application() -> Any:
    """One application for all, with the shipped font, as the client sets it up."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(1e-4)
    from PySide6.QtGui import QFont, QFontDatabase
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    for weight in ("Regular", "Bold"):
        found = QFontDatabase.addApplicationFont(str(ROOT / "resources" / "fonts" / f"NotoSansSC-{weight}-gb2312.ttf"))
        families = QFontDatabase.applicationFontFamilies(found)
        if families:
            app.setFont(QFont(families[0]))
    return app


def percentile(values: list[float], share: float) -> float:
    return float(np.percentile(values, share * 100))


class Stage:
    """The three maps at one size, with the same city and the same day."""

    def __init__(self, suffix: str, data: tuple[Any, Any, Any, Any]) -> None:
        from benchmarks.peers_map import LoopMap, SceneMap
        from commandscreen.widgets.map.grid_map import GridMap

        self.app = application()
        self.suffix = suffix
        self.grids = data[0]
        colours = theme()
        shades = [colours[name] for name in ("map_cell", "map_green", "map_amber", "map_red")]
        self.random = np.random.default_rng(11)
        self.status = np.zeros(len(self.grids), np.uint8)
        size = SIZES[suffix]
        self.ours = GridMap()
        self.loop = LoopMap(self.grids, shades)
        self.scene = SceneMap(self.grids, shades)
        for widget in (self.ours, self.loop, self.scene):
            widget.resize(*size)
        self.ours.set_theme(colours)
        self.ours.set_site(*data)
        for widget in (self.ours, self.loop, self.scene):
            widget.show()
        self.ours.settle()
        self.loop.fit()
        self.scene.fit()
        opened = self.random.choice(len(self.grids), 3000, replace=False).astype(np.int32)
        self.change(np.sort(opened))
        self.quiet()

    def change(self, rows: np.ndarray) -> np.ndarray:
        """A thousand grids of a day: most get or lose an open case, a few become due or late."""
        new = self.random.choice([0, 1, 2, 3], len(rows), p=[0.6, 0.34, 0.05, 0.01]).astype(np.uint8)
        self.status[rows] = new
        self.ours.set_status(np.arange(len(self.status), dtype=np.int32), self.status)
        self.loop.status[:] = self.status
        self.scene.set_status(rows, new)
        return new

    def quiet(self) -> None:
        for _ in range(3):
            self.app.processEvents()

    def frame(self, widget: Any, act: Callable[[], None], by_region: bool = False) -> float:
        """Milliseconds of one change and its one paint: of all, or of the region the widget itself asked for."""
        target = widget.viewport() if hasattr(widget, "viewport") else widget
        before = widget.frames
        started = time.perf_counter()
        act()
        if by_region:
            self.app.processEvents()
        else:
            target.repaint()
        took = (time.perf_counter() - started) * 1000
        if widget.frames != before + 1:
            raise AssertionError(f"{type(widget).__name__} painted {widget.frames - before} times in one frame")
        return took

    def check_pixels(self) -> None:
        """Grids large enough, off every line and name, must show their state's colour."""
        ours = self.ours
        image = ours.grab().toImage()
        table = ours._table
        seen = 0
        for row in self.random.integers(0, len(self.grids), 4000).tolist():
            east, north = (float(v[0]) for v in ours._marks.centres(np.array([row])))
            x, y = ours.camera.to_view(east, north)
            if not (0 <= x < ours.camera.width and 0 <= y < ours.camera.height):
                continue
            if ours._ground.owner(ours.camera, int(x), int(y)) == row:
                seen += image.pixel(int(x), int(y)) == int(table.table[row + 1])
        if seen < 200:
            raise AssertionError(f"only {seen} of the sampled grids show their colour")

    def close(self) -> None:
        self.ours.stop()
        for widget in (self.ours, self.loop, self.scene):
            widget.close()
            widget.deleteLater()
        self.quiet()


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
    time.sleep(0.3)
    stage.quiet()
    for _ in range(ROUNDS * 4):
        rows = np.sort(stage.random.choice(len(stage.grids), 1000, replace=False)).astype(np.int32)
        new = stage.random.choice([0, 1, 2, 3], 1000, p=[0.6, 0.34, 0.05, 0.01]).astype(np.uint8)
        stage.status[rows] = new
        ours.append(stage.frame(stage.ours, lambda r=rows, n=new: stage.ours.update_status(r, n), True))
        stage.loop.status[:] = stage.status
        peer.append(stage.frame(stage.loop, stage.loop.update))
        stage.scene.set_status(rows, new)
        stage.quiet()
    stage.check_pixels()
    return compared(
        f"map.recolour_1000{stage.suffix}", statistics.median(ours), statistics.median(peer), "QPainter loop"
    )


def pan(stage: Stage) -> Figure:
    """Dragging 40 pixels a frame across the middle of the city, four times nearer than the whole."""
    fit = stage.ours.camera
    stage.ours._move(fit.zoomed(-16, fit.width / 2, fit.height / 2), True)
    stage.ours.settle()
    stage.scene.zoom(4.0, fit.width / 2, fit.height / 2)
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
    stage.ours.settle()
    stage.check_pixels()
    stage.ours.fit(None)
    stage.ours.settle()
    stage.scene.fit()
    stage.quiet()
    return compared(f"map.pan_p95{stage.suffix}", percentile(ours, 0.95), percentile(peer, 0.95), "QGraphicsView")


def zoom(stage: Stage) -> Figure:
    """Wheel notches into the city and out again, from the whole to four times nearer."""
    ours: list[float] = []
    peer: list[float] = []
    x, y = stage.ours.width() * 0.47, stage.ours.height() * 0.55
    from PySide6.QtCore import QPointF

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
    stage.ours.fit(None)
    stage.ours.settle()
    stage.check_pixels()
    stage.scene.fit()
    stage.quiet()
    return compared(f"map.zoom_p95{stage.suffix}", percentile(ours, 0.95), percentile(peer, 0.95), "QGraphicsView")


def missed(stage: Stage) -> Figure:
    """300 frames at 60 Hz over places never shown: everything the UI thread does in a frame counts."""
    from PySide6.QtCore import QPointF

    stage.ours.set_theme(theme())
    stage.ours._ground.store.reset(stage.ours._ground.source)
    stage.ours.fit(None)
    stage.ours.settle()
    stage.quiet()
    late, worst = 0, 0.0
    centre = QPointF(stage.ours.width() * 0.47, stage.ours.height() * 0.55)
    begin = time.perf_counter()
    for number in range(300):
        started = time.perf_counter()
        part = number % 100
        if part < 48 and part % 8 == 0:
            stage.ours.zoom_by(-4, centre)
        elif part >= 52 and part % 8 == 4:
            stage.ours.zoom_by(4, centre)
        else:
            stage.ours.pan_by(23 if number < 150 else -31, 9 if part < 50 else -7)
        before = stage.ours.frames
        stage.ours.repaint()
        if stage.ours.frames != before + 1:
            raise AssertionError("a frame was not painted exactly once")
        stage.app.processEvents()
        took = (time.perf_counter() - started) * 1000
        late += took > FRAME_MS
        worst = max(worst, took)
        wait = begin + (number + 1) / 60 - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        else:
            begin -= wait
    stage.ours.settle()
    stage.check_pixels()
    stage.ours.fit(None)
    return plain(f"map.missed{stage.suffix}", late, f"frames of 300, worst {worst:.1f} ms")


def first(data: tuple[Any, Any, Any, Any]) -> Figure:
    """From geometry to a full picture of the city, nothing cached; both build what they need."""
    from benchmarks.peers_map import LoopMap
    from commandscreen.widgets.map.grid_map import GridMap

    app = application()
    colours = theme()
    shades = [colours[name] for name in ("map_cell", "map_green", "map_amber", "map_red")]
    ours, peer = [], []
    for _ in range(ROUNDS):
        widget = GridMap()
        widget.resize(*SIZES[""])
        widget.set_theme(colours)
        widget.show()
        app.processEvents()
        started = time.perf_counter()
        widget.set_site(*data)
        while not widget._ground.complete(widget.camera):
            app.processEvents()
            time.sleep(0.0005)
        widget.repaint()
        ours.append((time.perf_counter() - started) * 1000)
        image = widget.grab().toImage()
        ground = int(widget._table.table[0])
        if sum(image.pixel(x, image.height() // 2) != ground for x in range(0, image.width(), 8)) < 20:
            raise AssertionError("the first picture is empty")
        widget.close()
        widget.deleteLater()
        bare = LoopMap.__new__(LoopMap)
        started = time.perf_counter()
        LoopMap.__init__(bare, data[0], shades)
        bare.resize(*SIZES[""])
        bare.fit()
        bare.show()
        bare.repaint()
        peer.append((time.perf_counter() - started) * 1000)
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
    """PSS a process gains by showing the whole city, ours and QGraphicsView's, three processes each."""
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
        widget.settle()
        widget.repaint()
    else:
        widget = SceneMap(data[0], [colours[n] for n in ("map_cell", "map_green", "map_amber", "map_red")])
        widget.resize(*SIZES[""])
        widget.show()
        widget.fit()
        widget.viewport().repaint()
        widget.zoom(16.0, 900, 500)
        widget.viewport().repaint()
        widget.fit()
        widget.viewport().repaint()
    gained = pss() - before
    if kind == "ours":
        widget.stop()
    return gained


def run() -> Iterator[Figure]:
    """Every `map.*` figure; needs a Qt platform (offscreen will do)."""
    data = city()
    application()
    yield first(data)
    yield memory()
    for suffix in SIZES:
        stage = Stage(suffix, data)
        yield recolour(stage)
        yield pan(stage)
        yield zoom(stage)
        yield missed(stage)
        if not suffix:
            yield pick(stage)
            yield alarms_visible(stage)
        stage.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        print(memory_of(sys.argv[2]))
    else:
        for figure in run():
            print(json.dumps(figure, ensure_ascii=False), flush=True)
