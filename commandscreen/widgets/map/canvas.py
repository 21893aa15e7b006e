"""What the map shows and how it is painted: the grids' picture, names, furniture, callout, under one camera. UI thread."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from commandscreen.domain.division import Division
from commandscreen.domain.grid import GridTable

from .annotations import Annotations
from .callout import Callout, callout_box, draw_callout
from .camera import Box, Camera
from .chrome import MapButton
from .dirt import rects_of
from .furniture import Furniture
from .ground import Ground
from .lut import ColourTable
from .marks import Marks
from .names import names_of
from .navigation import Navigation
from .text_art import TextArt

FRAME = 3  # pixels at the edge that show the focus


class Canvas(Navigation):
    """The picture and its camera; `GridMap` says what is in it.

    Signals are documented in `GridMap`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.frames = 0
        self._colours: dict[str, str] = {}
        self._stale_colours: dict[str, str] = {}
        self._stale = False
        self._scale = 1.0
        self._layers: frozenset[str] = frozenset()
        self._grids: GridTable | None = None
        self._divisions: Mapping[int, Division] = {}
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
        self._told = QRect()  # the callout with its line, where it was painted last
        self.callout_place = QRectF()  # where it was painted last, device pixels; empty where it was not
        self._camera = Camera()
        self._art = TextArt()
        self._furniture = Furniture(self._art, self._length_words, self._note_words)
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

    def grid_at(self, point: QPointF) -> int | None:
        """The grid row under a point of the widget."""
        if self._ground is None:
            return None
        return self._ground.owner(self._camera, int(point.x() * self.density), int(point.y() * self.density))

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

    def _length_words(self, metres: int) -> str:
        return self.tr("{n}公里").format(n=metres // 1000) if metres >= 1000 else self.tr("{n}米").format(n=metres)

    def _note_words(self, wide: bool) -> str:
        return self.tr("示意网格，不作区划依据　边界：天地图") if wide else self.tr("示意网格，不作区划依据")

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
        before, self._camera = self._camera, camera
        slides = self._slides(before)
        if self._ground is not None:
            (self._ground.pass_by if turning else self._ground.look_at)(camera)
        if not self._annotations.valid(camera):
            self._layout_timer.start(40)
        if slides:
            self._slide(before.left - camera.left, before.top - camera.top)
        else:
            self._repaint()
        self.view_changed.emit()

    def _slides(self, before: Camera) -> bool:
        """Whether most of what was shown can be moved to where it belongs now, pixel by pixel."""
        now = self._camera
        return (
            self.density == 1.0
            and (before.level, before.width, before.height) == (now.level, now.width, now.height)
            and abs(before.left - now.left) < now.width // 2
            and abs(before.top - now.top) < now.height // 2
        )

    def _slide(self, dx: int, dy: int) -> None:
        """Moves the painted picture; what came into view, and what keeps its place over the map, is painted."""
        self.scroll(dx, dy, self.rect())
        region = QRegion()
        first, *others = (button.geometry() for button in self._buttons)
        for button in others:
            first |= button
        for still in (first, *self._furniture.places(self._camera, self._colours)):
            region += still.united(still.translated(dx, dy))
        told = self._callout_box()  # it keeps inside the view
        region += self._told.translated(dx, dy)
        region += _round_about(*told) if told is not None else QRect()
        if self.hasFocus():
            wide, high = self.width(), self.height()
            for x, y in {(0, 0), (dx, dy)}:
                edge = QRegion(x, y, wide, high)
                region += edge.subtracted(QRegion(x + FRAME, y + FRAME, wide - 2 * FRAME, high - 2 * FRAME))
        self.update(region)

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
        self._furniture.draw(painter, camera, self._colours)
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

    def _draw_callout(self, painter: QPainter) -> None:
        self.callout_place, self._told = QRectF(), QRect()
        found = self._callout_box()
        if found is not None and self._callout is not None:
            box, at = found
            self.callout_place, self._told = QRectF(box), _round_about(box, at)
            draw_callout(painter, self._callout, self._shown_colours(), self._art, box, at)

    def _callout_box(self) -> tuple[QRectF, QPointF] | None:
        """Where the callout stands in the view and the middle of its grid, device pixels; None without one."""
        if self._callout is None or self._marks is None or not 0 <= self._callout.row < len(self._status):
            return None
        east, north = (float(v[0]) for v in self._marks.centres(np.array([self._callout.row])))
        at = QPointF(*self._camera.to_view(east, north))
        view = self._camera.width, self._camera.height
        if not (-40 <= at.x() <= view[0] + 40 and -40 <= at.y() <= view[1] + 40):
            return None
        taken = self._annotations.boxes(self._camera)
        d = self._art.density
        taken.append((view[0] - 50 * d, view[1] - 160 * d, view[0], view[1]))
        return callout_box(self._callout, self._art, view, at, taken), at

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


def _round_about(box: QRectF, at: QPointF) -> QRect:
    """The pixels of a callout and of its line to the grid."""
    return box.united(QRectF(at.x(), at.y(), 1, 1)).toAlignedRect().adjusted(-4, -4, 4, 4)
