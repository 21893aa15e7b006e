"""The three maps of the benchmark side by side, one frame at a time, each frame's pixels judged by `truth.py`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.truth import Rect, Truth, presented

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"": (1920, 1080), "_4k": (3840, 2160)}
TRIED = 60  # pixels looked at in every frame
SHADES = ("map_cell", "map_green", "map_amber", "map_red")


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


class Judge:
    """Says of a widget's presented pixels whether they are what geometry and the day's states demand."""

    def __init__(self, data: tuple[Any, Any, Any, Any]) -> None:
        from commandscreen.widgets.map.raster import shapes_of

        self.truth = Truth(data[0], data[3])
        self.status = np.zeros(len(data[0]), np.uint8)
        shapes = shapes_of(data[0])
        self._middle = (shapes.west.astype(float) + shapes.east) / 2, (shapes.south.astype(float) + shapes.north) / 2
        self._size = shapes.east.astype(float) - shapes.west, shapes.north.astype(float) - shapes.south
        colours = theme()
        self._shade = [0xFF000000 | int(colours[name][1:], 16) for name in SHADES]
        tones = [0xFF000000 | int(colours[name][1:], 16) for name in ("map_cell", "map_cell2", "map_cell3")]
        lines = [
            0xFF000000 | int(colours.get(name, colours["lamp_amber"])[1:], 16) for name in ("map_amber", "map_hatch")
        ]
        self._tones, self._hatch = frozenset(tones), lines
        self.random = np.random.default_rng(5)
        self.judged: dict[str, int] = {}

    def look(self, widget: Any) -> list[tuple[int, int, int]]:
        """Some of the pixels a widget shows now: x, y, colour."""
        image = presented(widget)
        wide, high = widget.width(), widget.height()
        points = self.random.integers((0, 0), (wide, high), (TRIED // 4, 2)).tolist()
        # most grids are a few pixels: look where larger ones lie, or nothing could be judged at city view
        to_world = self._to_world(widget)
        (west, north), (east, south) = to_world(0, 0), to_world(1, 1)
        across, along = 1 / (east - west), 1 / (south - north)
        x, y = (self._middle[0] - west) * across, (self._middle[1] - north) * along
        size = np.minimum(self._size[0] * across, self._size[1] * -along)
        near = np.flatnonzero((x > 0) & (x < wide) & (y > 0) & (y < high) & (size > 5))
        if len(near):
            some = near[self.random.integers(0, len(near), TRIED)]
            jitter = self.random.uniform(-0.2, 0.2, (2, TRIED)) * size[some]
            points += np.stack((x[some] + jitter[0], y[some] + jitter[1]), axis=1).astype(int).tolist()
        return [(x, y, image.pixel(x, y)) for x, y in points if 0 <= x < wide and 0 <= y < high]

    @staticmethod
    def _to_world(widget: Any) -> Any:
        return widget.camera.to_world if hasattr(widget, "camera") else widget.to_world

    def frame(self, widget: Any, pixels: list[tuple[int, int, int]] | None = None, least: int = 0) -> int:
        """Judges a frame; raises AssertionError for a pixel that is not the expected one."""
        pixels = self.look(widget) if pixels is None else pixels
        kind = type(widget).__name__
        ours = hasattr(widget, "camera")
        judged, wrong = self.truth.judge(
            pixels,
            self._to_world(widget),
            self._ours if ours else self._peers,
            self._covered(widget) if ours else [],
            (1.0 + 1.2 * widget.blur) if ours else 0.75,
        )
        if wrong or judged < least:
            raise AssertionError(
                f"{kind}: of {judged} judged pixels not as they must be: {wrong}, {getattr(widget, 'camera', None)}, {getattr(widget, 'blur', 1)}"
            )
        self.judged[kind] = self.judged.get(kind, 0) + judged
        return judged

    def settled(self, widget: Any) -> None:
        """Judges a picture that stands still, until two hundred pixels were judged."""
        judged = sum(self.frame(widget) for _ in range(60))
        if judged < 200:
            raise AssertionError(f"{type(widget).__name__}: only {judged} pixels could be judged")

    def _peers(self, row: int) -> Callable[[int], bool]:
        wanted = self._shade[int(self.status[row])]
        return lambda colour: colour == wanted

    def _ours(self, row: int) -> Callable[[int], bool]:
        status = int(self.status[row])
        if status == 0:
            return lambda colour: colour in self._tones
        if status == 2:  # hatched where there is room: any mixture of its two colours
            low, high = self._hatch
            return lambda colour: all(
                min(low >> s & 255, high >> s & 255) <= colour >> s & 255 <= max(low >> s & 255, high >> s & 255)
                for s in (0, 8, 16)
            )
        return lambda colour: colour == self._shade[status]

    def _covered(self, widget: Any) -> list[Rect]:
        """What is written or marked over the map: names, scale, note, buttons, squares of late grids."""
        wide, high = widget.width(), widget.height()
        found: list[Rect] = [(0, high - 40, 420, high), (wide - 300, high - 40, wide, high), (wide - 50, 0, wide, high)]
        for left, top, image in widget.written():
            found.append((left, top, left + image.width(), top + image.height()))
        late = np.flatnonzero(self.status == 3)
        for east, north in zip(self._middle[0][late].tolist(), self._middle[1][late].tolist(), strict=True):
            x, y = widget.camera.to_view(east, north)
            r = 6 * widget.blur
            found.append((x - r, y - r, x + r, y + r))
        return found


class Stage:
    """The three maps at one size, with the same city and the same day."""

    def __init__(self, suffix: str, data: tuple[Any, Any, Any, Any], judge: Judge) -> None:
        from benchmarks.peers_map import LoopMap, SceneMap
        from commandscreen.widgets.map.grid_map import GridMap

        self.app = application()
        self.suffix = suffix
        self.grids = data[0]
        self.judge = judge
        colours = theme()
        shades = [colours[name] for name in SHADES]
        self.random = np.random.default_rng(11)
        self.status = judge.status
        self.status[:] = 0
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
        self.rest()
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
        """Whatever waits to be done."""
        for _ in range(3):
            self.app.processEvents()

    def rest(self) -> None:
        """Until our picture is whole."""
        until = time.monotonic() + 60
        while not self.ours.complete:
            if time.monotonic() > until:
                raise AssertionError("our map never came to rest")
            self.app.processEvents()
            time.sleep(0.002)
        self.quiet()

    def frame(self, widget: Any, act: Callable[[], None], least: int = 0) -> float:
        """Milliseconds of one change and the one paint it asks for, whose pixels are judged."""
        from PySide6.QtCore import QCoreApplication, QEvent

        before = widget.frames
        started = time.perf_counter()
        act()
        QCoreApplication.sendPostedEvents(widget.window(), QEvent.Type.UpdateRequest)
        took = (time.perf_counter() - started) * 1000
        if widget.frames != before + 1:
            raise AssertionError(f"{type(widget).__name__} painted {widget.frames - before} times in one frame")
        self.judge.frame(widget, least=least)
        return took

    def close(self) -> None:
        self.ours.stop()
        for widget in (self.ours, self.loop, self.scene):
            widget.close()
            widget.deleteLater()
        self.quiet()
