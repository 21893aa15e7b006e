"""A list whose rows are painted whole: fixed height, no editing, keys J K G, scroll and selection kept by the model."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from .. import theme as look
from .fixed_list import FixedList
from .row_strips import RowStrips
from .state_pane import paint_skeleton

DRAG_TYPE = "application/x-commandscreen-rows"
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Painter = Callable[[QPainter, QRect, Any, look.Theme, bool, bool], None]


def paint_mark(painter: QPainter, box: QRect, theme: look.Theme) -> None:
    """The tick of a marked row, over its lower left corner."""
    size = theme.px(16)
    tick = QRect(box.left() + theme.px(13), box.bottom() - size - theme.px(12), size, size)
    painter.fillRect(tick, theme.color("accent_fill"))
    painter.drawPixmap(tick, look.icon("check", theme.color("text_on_accent"), size))


class PaintedList(FixedList):
    """`activated_row(index)` by Enter or double click, `current_row_changed(index)` for each move of the current row,
    `touched()` for every key or click, so that the owner can hold back re-sorting, `marked_row(index)` by Ctrl with Space
    or a click, and for each row that Shift with an arrow passes. A row is dragged as the text `drag_text(index)`.

    `key(value)` tells all that a row's painter shows of a value; with it, rows are kept as pictures. `ground` is the
    token of the colour the list lies on: it paints its own ground, so that scrolling copies what is there.
    """

    activated_row = Signal(object)
    current_row_changed = Signal(object)
    touched = Signal()
    marked_row = Signal(object)

    def __init__(self, row_height: int, paint_row: Painter, key: Callable[[Any], Hashable] | None = None,
                 ground: str = "bg_panel", parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(row_height, parent)
        self._paint_row, self._key, self._ground = paint_row, key, ground
        self._strips = RowStrips()
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.doubleClicked.connect(self.activated_row.emit)
        self.drag_text: Callable[[QModelIndex], str] | None = None
        self._pressed = QPoint()

    def step(self, rows: int) -> None:
        """Moves the current row, staying within the list."""
        model = self.model()
        if model is None or not model.rowCount():
            return
        row = self.currentIndex().row()
        self.go(0 if row < 0 else row + rows)

    def go(self, row: int) -> None:
        """Makes a row current and visible; it is clamped to the list."""
        model = self.model()
        if model is None or not model.rowCount():
            return
        self.touched.emit()
        index = model.index(max(0, min(row, model.rowCount() - 1)), 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        self.current_row_changed.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touched.emit()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.marked_row.emit(self.currentIndex())
        elif shift and plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.currentIndex().isValid():
            self.marked_row.emit(self.currentIndex())
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated_row.emit(self.currentIndex())
        elif plain and key == Qt.Key.Key_J and not shift:
            self.step(1)
        elif plain and key == Qt.Key.Key_K and not shift:
            self.step(-1)
        elif plain and key == Qt.Key.Key_G:
            self.go(10**9 if shift else 0)
        elif key in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)
        index = self.indexAt(self._pressed)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and index.isValid():
            self.marked_row.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if event.buttons() & Qt.MouseButton.LeftButton and self.drag_text is not None and far:
            text = self.drag_text(self.indexAt(self._pressed))
            if text:
                drag = QDrag(self)
                data = QMimeData()
                data.setData(DRAG_TYPE, text.encode())
                drag.setMimeData(data)
                drag.exec(Qt.DropAction.CopyAction)
            return
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme, model, chosen = look.of(self), self.model(), self.selectionModel()
        wide, high, offset = self.viewport().width(), self.row_pixels, self.verticalOffset()
        count = model.rowCount() if model is not None else 0
        region = event.region()  # after scrolling often the first and last rows alone: its bounds would be the whole
        boxes = [QRect(box) for box in region]  # type: ignore[attr-defined]
        seen = {row for box in boxes for row in self._rows_in(box.top(), box.bottom() + 1)}
        for row in sorted(seen):
            index = model.index(row, 0)
            place = QRect(0, row * high - offset, wide, high)
            selected = chosen is not None and chosen.isSelected(index)
            self._draw(painter, place, index.data(ROW_ROLE), theme, selected, row == self.hovered_row)
        below = count * high - offset
        if below < self.viewport().height():
            painter.fillRect(QRect(0, below, wide, self.viewport().height() - below), theme.color(self._ground))

    def _draw(
        self, painter: QPainter, box: QRect, value: Any, theme: look.Theme, selected: bool, hovered: bool
    ) -> None:
        if value is None or self._key is None:
            self._paint_whole(painter, box, value, theme, selected, hovered)
            return
        ratio = self.devicePixelRatioF()
        key = (self._key(value), box.width(), box.height(), ratio, selected, hovered)
        picture = self._strips.strip(
            key, box.size(), ratio, lambda p, b: self._paint_whole(p, b, value, theme, selected, hovered)
        )
        if picture is None:
            self._paint_whole(painter, box, value, theme, selected, hovered)
        else:
            painter.drawPixmap(box.topLeft(), picture)

    def _paint_whole(
        self, painter: QPainter, box: QRect, value: Any, theme: look.Theme, selected: bool, hovered: bool
    ) -> None:
        ground = "bg_selected" if selected else "bg_hover" if hovered else self._ground
        painter.fillRect(box, theme.color(ground))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("line_subtle"))
        if selected:
            painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.color("accent"))
        if value is None:
            paint_skeleton(painter, box, theme)
            return
        painter.save()
        painter.setClipRect(box)
        self._paint_row(painter, box, value, theme, selected, hovered)
        painter.restore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        changes = (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange)
        if event.type() in changes and hasattr(self, "_strips"):
            self._strips.clear()
            self.doItemsLayout()
