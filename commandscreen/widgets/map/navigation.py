"""How hands move the map: wheel, drag, keys, clicks. A part of `GridMap`, on the UI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from commandscreen.domain.division import Level, ancestor, level_of
from commandscreen.domain.grid import GridTable, community_of

from .annotations import Annotations
from .camera import NOTCH, PER_DOUBLING, Box, Camera

DRAG_FROM = 4  # logical pixels the pointer moves before a press becomes a drag
GRIDS_BELOW = 16.0  # metres a logical pixel: nearer than that a double click means the grid


class Navigation(QWidget):
    """Event handlers over what `GridMap` keeps; every movement ends in `_move`.

    Signals are documented in `GridMap`.
    """

    grid_hovered = Signal(object)
    grid_clicked = Signal(object)
    grid_activated = Signal(object)
    badge_clicked = Signal(object)
    drill_requested = Signal(object)
    view_changed = Signal()

    _camera: Camera
    _box: Box
    _scope: int
    _grids: GridTable | None
    _selected: int | None
    _annotations: Annotations

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._press: QPointF | None = None
        self._dragging = False
        self._wheel = 0
        self._hovered: int | None = None

    @property
    def density(self) -> float:
        """Device pixels a logical one."""
        return self.devicePixelRatioF()

    if TYPE_CHECKING:  # what `GridMap` does itself

        def fit(self, area_code: int | None) -> None: ...
        def grid_at(self, point: QPointF) -> int | None: ...
        def _move(self, camera: Camera, by_user: bool, turning: bool = False) -> None: ...
        def _repaint(self) -> None: ...

    def zoom_in(self) -> None:
        """One step nearer, about the middle."""
        self.zoom_by(-NOTCH, QPointF(self.width() / 2, self.height() / 2))

    def zoom_out(self) -> None:
        """One step farther, about the middle."""
        self.zoom_by(NOTCH, QPointF(self.width() / 2, self.height() / 2))

    def zoom_by(self, levels: int, about: QPointF) -> None:
        """Levels coarser (finer if negative) about a point of the widget."""
        coarsest = self._camera.fitted(self._box, 0).level + PER_DOUBLING
        device = about * self.density
        self._move(self._camera.zoomed(levels, device.x(), device.y(), coarsest), by_user=True, turning=True)

    def locate(self) -> None:
        """Back to the whole of what is in scope."""
        self.fit(self._scope or None)

    def pan_by(self, dx: int, dy: int) -> None:
        """Moves the view by device pixels: right and down for positive numbers."""
        self._move(self._camera.panned(dx, dy), by_user=True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / 120)  # a touchpad sends parts of a notch
        self._wheel -= notches * 120
        if notches:
            self.zoom_by(-notches * NOTCH, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._press = event.position()
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is not None:
            way = event.position() - self._press
            if not self._dragging and max(abs(way.x()), abs(way.y())) >= DRAG_FROM:
                self._dragging = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._dragging:
                dx, dy = round(way.x() * self.density), round(way.y() * self.density)
                if dx or dy:
                    self._press = event.position()
                    self.pan_by(-dx, -dy)
            return
        badge = self._annotations.badge_at(event.position() * self.density, self._camera)
        row = None if badge else self.grid_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if badge else Qt.CursorShape.ArrowCursor)
        if row != self._hovered:
            self._hovered = row
            self.grid_hovered.emit(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        dragged, self._press, self._dragging = self._dragging, None, False
        self.unsetCursor()
        if dragged or event.button() != Qt.MouseButton.LeftButton:
            return
        badge = self._annotations.badge_at(event.position() * self.density, self._camera)
        if badge is not None:
            self.badge_clicked.emit(badge.division_code)
        else:
            self.grid_clicked.emit(self.grid_at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        badge = self._annotations.badge_at(event.position() * self.density, self._camera)
        if badge is not None:
            self.drill_requested.emit(badge.division_code)
            return
        row = self.grid_at(event.position())
        if row is None or self._grids is None:
            return
        community = community_of(int(self._grids.code[row]))
        scope = level_of(self._scope) if self._scope else Level.CITY
        inside = not self._scope or str(community).startswith(str(self._scope))
        near = self._camera.scale * self.density / 100 <= GRIDS_BELOW
        if (scope is Level.COMMUNITY or (near and inside and scope is Level.TOWNSHIP)) and inside:
            self.grid_activated.emit(row)
            return
        target = Level(min(scope + 1, Level.COMMUNITY)) if inside else scope
        self.drill_requested.emit(ancestor(community, target))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step_x, step_y = self._camera.width // 8, self._camera.height // 8
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus | Qt.Key.Key_Underscore:
                self.zoom_out()
            case Qt.Key.Key_Left:
                self.pan_by(-step_x, 0)
            case Qt.Key.Key_Right:
                self.pan_by(step_x, 0)
            case Qt.Key.Key_Up:
                self.pan_by(0, -step_y)
            case Qt.Key.Key_Down:
                self.pan_by(0, step_y)
            case Qt.Key.Key_PageUp:
                self.pan_by(0, -step_y * 6)
            case Qt.Key.Key_PageDown:
                self.pan_by(0, step_y * 6)
            case Qt.Key.Key_Home:
                self.locate()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._selected is not None:
                self.grid_activated.emit(self._selected)
            case _:
                event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        if self._hovered is not None:
            self._hovered = None
            self.grid_hovered.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._repaint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._repaint()
