"""The map of all grids: colour by worst open case, drill, pan and zoom, badges, names, one callout.

Takes values and emits signals; lives on the UI thread and owns two worker threads, ended by `stop`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QColor, QImage, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from commandscreen.domain.division import Division
from commandscreen.domain.grid import GridTable

from .annotations import Annotations
from .badge import Badge
from .callout import Callout, callout_box, draw_callout
from .camera import Box, Camera
from .chrome import MapButton, nice_length, scale_bar
from .dirt import rects_of
from .dress import DEDICATED_LINES, Dress
from .ground import Ground
from .ids_file import read_runs, write_runs
from .line_sets import BOUNDARY_LINES, LineSets, line_sets
from .lut import DUE, OVERDUE, ColourTable
from .marks import Marker, Marks
from .names import names_of
from .navigation import Navigation
from .piece import Piece, Source, lines_of
from .raster import segments_of, shapes_of
from .text_art import Style, TextArt, halo_of

CASES, WORKERS, BADGES, LABELS, BOUNDARIES, DEDICATED = (
    "cases",
    "workers",
    "badges",
    "labels",
    "boundaries",
    "dedicated",
)
DEFAULT_LAYERS = frozenset({CASES, WORKERS, BADGES, LABELS, BOUNDARIES})


class GridMap(Navigation):
    """The map widget.

    Signals: `grid_hovered(row | None)`, `grid_clicked(row | None)`, `grid_activated(row)` by double click or Enter,
    `badge_clicked(division_code)`, `drill_requested(division_code)` by double click above the grids,
    `view_changed()` whenever the camera moved. Rows are positions in the GridTable.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 200)
        self.setAccessibleName(self.tr("网格地图"))
        self.setAccessibleDescription(self.tr("方向键平移，加减号缩放，Home 看全辖区"))
        self.frames = 0
        self._colours: dict[str, str] = {}
        self._stale_colours: dict[str, str] = {}
        self._stale = False
        self._scale = 1.0
        self._locked = False
        self._layers = DEFAULT_LAYERS
        self._grids: GridTable | None = None
        self._divisions: Mapping[int, Division] = {}
        self._outlines: Mapping[int, tuple[object, ...]] = {}
        self._lines = LineSets({})
        self._water: tuple[object, ...] = ()
        self._unnamed = False
        self._box: Box = (0, 0, 1, 1)
        self._scope = 0
        self._fit_area: int | None = None
        self._status = np.zeros(0, np.uint8)
        self._ground: Ground | None = None
        self._table: ColourTable | None = None
        self._marks: Marks | None = None
        self._selected: int | None = None
        self._callout: Callout | None = None
        self.callout_place = QRectF()  # where it was painted last, device pixels; empty where it was not
        self._camera = Camera()
        self._art = TextArt()
        self._furniture: dict[tuple[int, int, int], tuple[QImage, QImage]] = {}
        self._annotations = Annotations(self._art, self._together)
        self._layout_timer = QTimer(self)
        self._layout_timer.setSingleShot(True)
        self._layout_timer.timeout.connect(self._lay_out)
        self._buttons = (MapButton("+", self), MapButton("-", self), MapButton("o", self))
        names = (self.tr("放大"), self.tr("缩小"), self.tr("回到辖区"))
        for button, name in zip(self._buttons, names, strict=True):
            button.setAccessibleName(name)
            button.setToolTip(name)
        self._buttons[0].clicked.connect(self.zoom_in)
        self._buttons[1].clicked.connect(self.zoom_out)
        self._buttons[2].clicked.connect(self.locate)
        self._art.set_font(self.font(), self.density * self._scale)

    # What is shown ----------------------------------------------------------------------------------------------

    @property
    def camera(self) -> Camera:
        """Where the map looks."""
        return self._camera

    @property
    def complete(self) -> bool:
        """Whether the picture is final: all pieces made, names laid out."""
        return (
            self._ground is not None and self._ground.complete(self._camera) and self._annotations.valid(self._camera)
        )

    @property
    def drawn(self) -> bool:
        """Whether every grid of the view can be shown sharply; names may still be missing."""
        return self._ground is not None and self._ground.complete(self._camera)

    @property
    def blur(self) -> float:
        """How many pixels of the view the coarsest pixel shown is wide: 1 for a sharp picture."""
        return self._ground.blur(self._camera) if self._ground is not None else 1.0

    def written(self) -> list[tuple[int, int, QImage]]:
        """Names and badges shown now: left, top (device pixels) and picture."""
        return self._annotations.written(self._camera)

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

    def set_alarms(self, rows: npt.NDArray[np.int32]) -> None:
        """Grids that carry a mark at every zoom, whatever their state."""
        if self._table is not None and self._ground is not None:
            changed = self._table.set_alarmed(rows)
            self._repaint(self._ground.patch(changed, round(10 * self.density)))

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

    def grid_at(self, point: QPointF) -> int | None:
        """The grid row under a point of the widget."""
        if self._ground is None:
            return None
        return self._ground.owner(self._camera, int(point.x() * self.density), int(point.y() * self.density))

    def stop(self) -> None:
        """Ends the worker threads. The map keeps showing what it has."""
        self._layout_timer.stop()
        if self._ground is not None:
            self._ground.stop()

    # Inside -----------------------------------------------------------------------------------------------------

    def _together(self, name: str, many: int) -> str:
        return self.tr("{name}等{n}处").format(name=name, n=many)

    def _shown_colours(self) -> dict[str, str]:
        colours = dict(self._colours)
        if self._stale:
            colours.update(self._stale_colours)
        return colours

    def _name(self) -> None:
        """Has the divisions named, which the first picture does not wait for."""
        if self._unnamed and self._grids is not None and self._ground is not None:
            self._unnamed = False
            self._annotations.labels = names_of(self._grids, self._ground.source.shapes, self._divisions)

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

    def _device_size(self) -> tuple[int, int]:
        return max(1, round(self.width() * self.density)), max(1, round(self.height() * self.density))

    def _move(self, camera: Camera, by_user: bool, turning: bool = False) -> None:
        """Every change of the camera comes through here; while a wheel is `turning` nothing is made for it yet."""
        if self._grids is None or not len(self._grids):
            return
        camera = camera.clamped(self._box)
        if by_user:
            self._fit_area = None
        if camera == self._camera:
            return
        self._camera = camera
        if self._ground is not None:
            (self._ground.pass_by if turning else self._ground.look_at)(camera)
        if not self._annotations.valid(camera):
            self._layout_timer.start(40)
        self._repaint()
        self.view_changed.emit()

    @Slot(object)
    def _repaint(self, part: QRegion | QRect | None = None) -> None:
        """Asks for a paint of the view or a part of it (device pixels)."""
        if part is None:
            self.update()
        elif self.density == 1.0:
            self.update(part)
        else:
            d = self.density
            region = QRegion()
            for r in [part] if isinstance(part, QRect) else rects_of(part):
                region += QRect(int(r.x() / d), int(r.y() / d), int(r.width() / d) + 2, int(r.height() / d) + 2)
            self.update(region)

    def _lay_out(self) -> None:
        if self._colours and self._grids is not None and self._ground is not None:
            if not self._annotations.placed and not self._ground.complete(self._camera):
                self._layout_timer.start(15)  # the first picture comes before its names
                return
            self._name()
            before = self._annotations.placed
            if not self._annotations.lay_out(self._camera, self._shown_colours(), self.density):
                self._layout_timer.start(1)
            if self._annotations.placed is not before:
                self._repaint()

    def _place_buttons(self) -> None:
        side = self._buttons[0].width()
        right, bottom = self.width() - 12 - side, self.height() - round(40 * self._scale) - side
        for i, button in enumerate(reversed(self._buttons)):
            button.move(right, bottom - i * (side + 4))

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

    def paintEvent(self, event: QPaintEvent) -> None:
        self.frames += 1
        painter = QPainter(self)
        if self._ground is None or self._table is None or self._marks is None or self._grids is None:
            painter.fillRect(self.rect(), QColor(self._colours.get("map_base", "#808080")))
            if self._colours:
                painter.setPen(QColor(self._colours["text_tertiary"]))
                painter.setFont(self._art.font(14 / self.density, False))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("没有网格数据"))
            return
        if self.density != 1.0:
            painter.scale(1 / self.density, 1 / self.density)
        camera, dress = self._camera, self._ground.dress
        dirty = self._dirty(event.region())
        self._ground.draw(painter, camera, dirty)
        self._marks.draw_dots(painter, camera, dress, self._layers)
        self._marks.draw_selected(painter, camera, self._selected, dress)
        self._annotations.draw(painter, camera, rects_of(dirty))
        self._draw_furniture(painter)
        self._draw_callout(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._colours["focus"]), 2 * self.density))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRect(1, 1, camera.width - 2, camera.height - 2))

    def _dirty(self, region: QRegion) -> QRegion:
        """What is to be painted, device pixels of the view."""
        d = self.density
        if d != 1.0:
            part = region.boundingRect()
            region = QRegion(
                int(part.x() * d) - 1, int(part.y() * d) - 1, int(part.width() * d) + 3, int(part.height() * d) + 3
            )
        return region.intersected(QRect(0, 0, self._camera.width, self._camera.height))

    def _draw_furniture(self, painter: QPainter) -> None:
        """The scale and the note: pictures kept for every level, width and look."""
        camera, d = self._camera, self._art.density
        key = camera.level, camera.width, self._art.stamp
        if key not in self._furniture:
            metres = nice_length(camera.scale / 100 * 120 * d)
            words = self.tr("{n}公里").format(n=metres // 1000) if metres >= 1000 else self.tr("{n}米").format(n=metres)
            style = Style(14, False, self._colours["map_label"], halo_of(self._colours))
            quiet = Style(14, False, self._colours["map_road_label"], halo_of(self._colours))
            source = self.tr("示意网格，不作区划依据　边界：天地图")
            note = self._art.picture(source if camera.width > 520 * d else self.tr("示意网格，不作区划依据"), quiet)
            if len(self._furniture) > 30:
                self._furniture.clear()
            self._furniture[key] = scale_bar(words, metres * 100 / camera.scale, style, self._art), note
        bar, note = self._furniture[key]
        base = round(camera.height - 17 * d)
        painter.drawImage(round(camera.width - 10 * d - bar.width()), round(base - bar.height() * 0.62), bar)
        painter.drawImage(round(10 * d), round(camera.height - 6 * d - note.height()), note)

    def _draw_callout(self, painter: QPainter) -> None:
        self.callout_place = QRectF()
        if self._callout is None or self._marks is None or not 0 <= self._callout.row < len(self._status):
            return
        east, north = (float(v[0]) for v in self._marks.centres(np.array([self._callout.row])))
        at = QPointF(*self._camera.to_view(east, north))
        view = self._camera.width, self._camera.height
        if -40 <= at.x() <= view[0] + 40 and -40 <= at.y() <= view[1] + 40:
            taken = self._annotations.boxes(self._camera)
            d = self._art.density
            taken.append((view[0] - 50 * d, view[1] - 160 * d, view[0], view[1]))
            box = callout_box(self._callout, self._art, view, at, taken)
            self.callout_place = QRectF(box)
            draw_callout(painter, self._callout, self._shown_colours(), self._art, box, at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_buttons()
        camera = self._camera.resized(*self._device_size())
        if self._grids is None or not len(self._grids):
            self._camera = camera
        elif self._fit_area is not None:
            area, self._camera = self._fit_area, camera
            self.fit(area)
            self._annotations.invalidate()
            self._layout_timer.start(0)
        else:
            self._move(camera, by_user=True)
        if self._ground is not None:
            self._ground.look_at(self._camera)

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
