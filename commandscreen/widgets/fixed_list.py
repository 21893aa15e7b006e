"""A list whose rows are all of one height, so that no row is ever measured: millions of rows lie where arithmetic says.

QListView keeps a place for each row and asks for each row's size to find it; laying out 2.8 million took it seven
seconds. Everything else of it, such as its accessible rows, its selection and its keys, is kept.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHoverEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from .. import theme as look

_ACTION = QAbstractItemView.CursorAction
_HINT = QAbstractItemView.ScrollHint


class FixedList(QListView):
    """`row_height` is in logical pixels at scale 1; `hovered_row` is the row under the pointer, or -1."""

    def __init__(self, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = row_height
        self.hovered_row = -1
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_row_height(self, height: int) -> None:
        """Another row height, logical pixels at scale 1."""
        self._height = height
        self.doItemsLayout()

    @property
    def row_pixels(self) -> int:
        """The height of a row at the person's scale."""
        return look.of(self).px(self._height)

    def rows_seen(self) -> range:
        """The rows that are in view, if only by a part."""
        return self._rows_in(0, self.viewport().height())

    def _rows_in(self, top: int, bottom: int) -> range:
        model, high, offset = self.model(), self.row_pixels, self.verticalScrollBar().value()
        count = model.rowCount() if model is not None else 0
        return range(max(0, (top + offset) // high), min(count, (bottom + offset - 1) // high + 1))

    # Where rows lie -----------------------------------------------------------------------------------------------------

    def verticalOffset(self) -> int:
        return int(self.verticalScrollBar().value())

    def horizontalOffset(self) -> int:
        return 0

    def visualRect(self, index: Any) -> QRect:
        if not index.isValid():
            return QRect()
        high = self.row_pixels
        return QRect(0, index.row() * high - self.verticalScrollBar().value(), self.viewport().width(), high)

    def indexAt(self, point: QPoint) -> QModelIndex:
        model = self.model()
        row = (point.y() + self.verticalScrollBar().value()) // self.row_pixels
        if model is None or point.y() < 0 or not 0 <= row < model.rowCount():
            return QModelIndex()
        return model.index(row, 0)

    def scrollTo(self, index: Any, hint: QAbstractItemView.ScrollHint = _HINT.EnsureVisible) -> None:
        if not index.isValid():
            return
        self.executeDelayedItemsLayout()
        bar, high, seen = self.verticalScrollBar(), self.row_pixels, self.viewport().height()
        top = index.row() * high
        low = top + high - seen
        if hint == _HINT.PositionAtTop or (hint == _HINT.EnsureVisible and top < bar.value()):
            bar.setValue(top)
        elif hint == _HINT.PositionAtCenter:
            bar.setValue(top - (seen - high) // 2)
        elif hint == _HINT.PositionAtBottom or low > bar.value():
            bar.setValue(low)

    def sizeHintForRow(self, _row: int) -> int:
        return self.row_pixels

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        model, high, seen = self.model(), self.row_pixels, self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setSingleStep(high)
        bar.setPageStep(seen)
        bar.setRange(0, max(0, (model.rowCount() if model is not None else 0) * high - seen))
        QAbstractItemView.updateGeometries(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)

    # Keys and selection ---------------------------------------------------------------------------------------------------

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        model = self.model()
        count = model.rowCount() if model is not None else 0
        if model is None or not count:
            return QModelIndex()
        row = self.currentIndex().row()
        page = max(1, self.viewport().height() // self.row_pixels)
        steps = {_ACTION.MoveUp: -1, _ACTION.MovePrevious: -1, _ACTION.MoveDown: 1, _ACTION.MoveNext: 1,
                 _ACTION.MovePageUp: -page, _ACTION.MovePageDown: page, _ACTION.MoveHome: -count,
                 _ACTION.MoveEnd: count}  # fmt: skip
        row = 0 if row < 0 else row + steps.get(action, 0)
        return model.index(max(0, min(count - 1, row)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        model, chosen = self.model(), self.selectionModel()
        box = rect.normalized()
        rows = self._rows_in(box.top(), box.bottom() + 1)
        picked = QItemSelection(model.index(rows[0], 0), model.index(rows[-1], 0)) if rows else QItemSelection()
        chosen.select(picked, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for number in range(selection.count()):
            part = selection.at(number)
            region += self.visualRect(part.topLeft()).united(self.visualRect(part.bottomRight()))
        return region

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        QAbstractItemView.selectionChanged(self, selected, deselected)

    def currentChanged(self, current: Any, previous: Any) -> None:
        QAbstractItemView.currentChanged(self, current, previous)
        if current.isValid() and self.hasFocus() and QAccessible.isActive():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)

    def viewportEvent(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.HoverEnter, QEvent.Type.HoverMove) and isinstance(event, QHoverEvent):
            self._hover(self.indexAt(event.position().toPoint()).row())
        elif kind in (QEvent.Type.HoverLeave, QEvent.Type.Leave):
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            model, before = self.model(), self.hovered_row
            self.hovered_row = row
            for one in (before, row):
                if model is not None and one >= 0:
                    self.viewport().update(self.visualRect(model.index(one, 0)))
