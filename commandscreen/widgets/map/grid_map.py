"""The map of all grids: colour by worst open case, drill, pan and zoom, badges, names, one callout.

Takes values and emits signals; lives on the UI thread and owns two worker threads, ended by `stop`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from commandscreen.domain.division import Division
from commandscreen.domain.grid import GridTable

from .badge import Badge
from .callout import Callout
from .camera import Camera
from .canvas import Canvas
from .dress import DEDICATED_LINES, Dress
from .ground import Ground
from .ids_file import read_runs, write_runs
from .line_sets import BOUNDARY_LINES, LineSets, line_sets
from .lut import DUE, OVERDUE, ColourTable
from .marks import Marker, Marks
from .piece import Piece, Source, lines_of
from .raster import segments_of, shapes_of

CASES, WORKERS, BADGES, LABELS, BOUNDARIES, DEDICATED = (
    "cases",
    "workers",
    "badges",
    "labels",
    "boundaries",
    "dedicated",
)
DEFAULT_LAYERS = frozenset({CASES, WORKERS, BADGES, LABELS, BOUNDARIES})


class GridMap(Canvas):
    """The map widget.

    Signals: `grid_hovered(row | None)`, `grid_clicked(row | None)`, `grid_activated(row)` by double click or Enter,
    `badge_clicked(division_code)`, `drill_requested(division_code)` by double click above the grids,
    `view_changed()` whenever the camera moved. Rows are positions in the GridTable.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 200)
        self.setAccessibleName(self.tr("网格地图"))
        self.setAccessibleDescription(self.tr("方向键平移，加减号缩放，Home 看全辖区"))
        self._locked = False
        self._layers = DEFAULT_LAYERS
        self._outlines: Mapping[int, tuple[object, ...]] = {}
        self._lines = LineSets({})
        self._water: tuple[object, ...] = ()

    # What is shown ----------------------------------------------------------------------------------------------

    def set_site(
        self,
        grids: GridTable,
        outlines: Mapping[int, tuple[object, ...]],
        divisions: Mapping[int, Division],
        water: Sequence[object] = (),
    ) -> None:
        """Another city. Outlines are rings and water lines, int32[v,2] in centimetres; shows everything."""
        if self._ground is not None:
            self._ground.stop()
            self._ground.deleteLater()
            self._ground = None
        self._grids, self._divisions, self._outlines = grids, divisions, outlines
        self._selected, self._callout, self._scope = None, None, 0
        self._annotations.scope = 0
        self._status = np.zeros(len(grids), np.uint8)
        self._water = tuple(water)
        if not len(grids):
            self._table = self._marks = None
            self.update()
            return
        shapes = shapes_of(grids)
        self._lines = line_sets(grids, shapes, outlines, self._water)
        self._box = int(shapes.west.min()), int(shapes.south.min()), int(shapes.east.max()), int(shapes.north.max())
        if self._colours:
            self._table = ColourTable(grids.code, self._shown_colours(), self.density)
        source = Source(shapes, self._box[0], self._box[3])
        self._marks = Marks(shapes, source.outlines)
        if self._table is not None:
            self._ground = Ground(source, self._box, self._table, self._dress(), self)
            self._ground.changed.connect(self._repaint)
        self._camera = Camera(self._box[0], self._box[3], 40, 0, 0, *self._device_size())
        self._annotations.labels, self._annotations.badges = (), ()
        self._unnamed = True
        self._fit_area = 0
        self.fit(None)
        if self._ground is not None:
            self._ground.keep_overview(self._camera)

    def set_theme(self, colours: Mapping[str, str], stale: Mapping[str, str] | None = None) -> None:
        """Takes a theme's colours by token name, and those that replace them while data is stale."""
        first = not self._colours
        self._colours, self._stale_colours = dict(colours), dict(stale or {})
        for button in self._buttons:
            button.set_colours(self._colours)
        if first and self._grids is not None and len(self._grids):
            # the site came first: now it can be coloured
            scope, status = self._scope, self._status
            self.set_site(self._grids, self._outlines, self._divisions, self._water)
            self.set_status(np.arange(len(status), dtype=np.int32), status)
            self.set_scope(scope)
            return
        self._restyle()

    def set_scale(self, scale: float) -> None:
        """The person's own size of words, 1.0 to 1.5: names, badges, callout, scale, note and buttons follow it."""
        if scale != self._scale:
            self._scale = scale
            for button in self._buttons:
                button.set_scale(scale)
            self._place_buttons()
            self._restyle()

    def set_stale(self, stale: bool) -> None:
        """Whether the data is too old to act upon: its colours lose their strength."""
        if stale != self._stale:
            self._stale = stale
            self._restyle()

    def set_scope(self, area_code: int) -> None:
        """The division whose grids keep their full tone; 0 for all. Does not move the map."""
        self._scope = area_code
        self._annotations.scope = area_code
        self._annotations.invalidate()
        self._layout_timer.start(0)
        if self._table is not None and self._grids is not None:
            first, last = self._grids.span(area_code) if area_code else (0, len(self._grids))
            self._table.set_scope(first, last)
            self._redress()
        self._describe()

    @property
    def status(self) -> npt.NDArray[np.uint8]:
        """The state of each grid; treat as read-only."""
        return self._status

    def set_status(self, rows: npt.NDArray[np.int32], status: npt.NDArray[np.uint8]) -> None:
        """Replaces all states (0 none, 1 open, 2 due, 3 overdue); rows not named have none."""
        self._status[:] = 0
        self._status[rows] = status
        if self._table is not None and CASES in self._layers:
            self._table.set_status(rows, status)
        self._describe()
        self._repaint()

    def update_status(self, rows: npt.NDArray[np.int32], status: npt.NDArray[np.uint8]) -> None:
        """Changes the states of some grids; only their pixels are painted anew."""
        self._status[rows] = status
        if self._table is not None and self._ground is not None and CASES in self._layers:
            self._table.update_status(rows, status)
            self._repaint(self._ground.patch(rows, round(10 * self.density)))

    def set_badges(self, badges: Sequence[Badge]) -> None:
        """Replaces all badges."""
        if tuple(badges) != self._annotations.badges:
            self._annotations.badges = tuple(badges)
            self._annotations.invalidate()
            self._layout_timer.start(0)

    def set_markers(self, markers: Sequence[Marker]) -> None:
        """Replaces the dots; a marker shows while its kind is among the layers."""
        if self._marks is not None:
            self._marks.set_markers(tuple(markers))
            self._repaint()

    def select_grid(self, row: int | None) -> None:
        """Draws one grid's edge in the colour of focus."""
        if row != self._selected:
            self._selected = row
            self._repaint()

    def set_callout(self, callout: Callout | None) -> None:
        """Shows the words of a grid, or none."""
        if callout != self._callout:
            self._callout = callout
            self._repaint()

    def set_view_lock(self, locked: bool) -> None:
        """A locked view stays where the user put it: `centre_on` no longer moves it."""
        self._locked = locked

    def set_layers(self, layers: frozenset[str]) -> None:
        """What to show: of the names above, and the kinds of markers."""
        before, self._layers = self._layers, layers
        self._annotations.layers = layers
        self._annotations.invalidate()
        self._layout_timer.start(0)
        if (CASES in before) != (CASES in layers) and self._table is not None:
            rows = np.flatnonzero(self._status).astype(np.int32) if CASES in layers else np.zeros(0, np.int32)
            self._table.set_status(rows, self._status[rows])
        if {BOUNDARIES, DEDICATED} & (before ^ layers):
            self._redress()
        self._repaint()

    def fit(self, area_code: int | None) -> None:
        """Shows a whole division, or the city, and keeps doing so when resized until the user moves the map."""
        if self._grids is None or not len(self._grids):
            return
        box = self._box
        if area_code:
            first, last = self._grids.span(area_code)
            if first == last:
                return
            box = self._grids.bounds(area_code)
        self._move(self._camera.fitted(box, round(22 * self.density)), by_user=False)
        self._fit_area = area_code or 0

    def centre_on(self, row: int) -> None:
        """Brings a grid into the view, and close enough to be seen, unless the view is locked."""
        if self._locked or self._marks is None or self._table is None or not 0 <= row < len(self._status):
            return
        east, north = (float(v[0]) for v in self._marks.centres(np.array([row])))
        x, y = self._camera.to_view(east, north)
        camera = self._camera
        margin_x, margin_y = camera.width * 0.12, camera.height * 0.12
        inside = margin_x < x < camera.width - margin_x and margin_y < y < camera.height - margin_y
        near = camera.scale * self.density / 100 <= 16
        if not (inside and near):
            self._move(camera.centred(east, north, None if near else round(40 - 8 * np.log2(self.density))), True)

    def settle(self) -> None:
        """Finishes the picture here and now: every piece, every name. For pictures and tests; takes a while."""
        if self._ground is not None:
            self._ground.settle(self._camera)
            self._name()
            self._annotations.lay_out(self._camera, self._shown_colours(), self.density, budget=60.0)
            self.update()

    def save_ids(self, path: Path) -> None:
        """Writes the pixel runs of the present view's pieces for `load_ids`. Raises OSError."""
        if self._ground is None:
            return
        write_runs(path, self._ground.source, self._ground.shown(self._camera))

    def load_ids(self, path: Path) -> bool:
        """Takes pieces an earlier run saved; False if there are none for this geometry."""
        if self._ground is None:
            return False
        ground, used = self._ground, False
        for place, runs in read_runs(path, ground.source).items():
            if ground.wanted(self._camera, place):
                piece = Piece(place, ground.source, runs)
                piece.wear(ground.dress, lines_of(place, ground.source, ground.dress))
                piece.colour(ground.table)
                ground.put(piece)
                used = True
        self._repaint()
        return used

    def stop(self) -> None:
        """Ends the worker threads. The map keeps showing what it has."""
        self._layout_timer.stop()
        if self._ground is not None:
            self._ground.stop()

    # Inside -----------------------------------------------------------------------------------------------------

    def _dress(self) -> Dress:
        hidden = () if BOUNDARIES in self._layers else BOUNDARY_LINES
        lines = self._lines.without(*hidden, *(() if DEDICATED in self._layers else (DEDICATED_LINES,)))
        rings = [np.asarray(ring) for ring in self._outlines.get(self._scope, ())]
        return Dress(self._shown_colours(), lines, segments_of(rings, closed=True), self.density)

    def _redress(self) -> None:
        if self._ground is not None:
            self._ground.dress = self._dress()
            self._ground.look_at(self._camera)
            self._repaint()

    def _restyle(self) -> None:
        self._art.set_font(self.font(), self.density * self._scale)
        self._annotations.forget_art()
        if self._table is not None:
            self._table.paint(self._shown_colours(), self.density)
            self._redress()
        self._layout_timer.start(0)
        self._repaint()

    def _describe(self) -> None:
        """Says in words what the picture says in colour."""
        if self._grids is None:
            return
        first, last = self._grids.span(self._scope) if self._scope else (0, len(self._grids))
        counts = np.bincount(self._status[first:last], minlength=4)
        name = self._divisions[self._scope].name if self._scope in self._divisions else self.tr("全市")
        words = self.tr("{area}，{n}个网格，超期{late}，临期{due}，在办{open}。方向键平移，加减号缩放，Home 看全辖区")
        self.setAccessibleDescription(
            words.format(area=name, n=last - first, late=counts[OVERDUE], due=counts[DUE], open=counts[1])
        )

    # Qt ---------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.FontChange):
            self._camera = self._camera.resized(*self._device_size())
            self._restyle()
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)


__all__ = ["BADGES", "BOUNDARIES", "CASES", "DEDICATED", "DEFAULT_LAYERS", "LABELS", "WORKERS", "Badge", "Callout"]
__all__ += ["GridMap", "Marker"]
