"""A short list of ready row values for a painted list: changes in place, and knows each row by a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ..widgets.painted_list import ROW_ROLE


class RowList(QAbstractListModel):
    """Rows are (key, value) and a value has `spoken()`. Meant for some hundreds of rows, not for the queue."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[Any, ...] = ()
        self._rows: tuple[Any, ...] = ()

    def put(self, rows: Sequence[tuple[Any, Any]]) -> None:
        """Other rows; where the keys stay, only what differs is painted anew."""
        keys, values = tuple(k for k, _ in rows), tuple(v for _, v in rows)
        if keys == self._keys:
            changed = [n for n, value in enumerate(values) if value != self._rows[n]]
            self._rows = values
            for n in changed:
                self.dataChanged.emit(self.index(n), self.index(n))
            return
        self.beginResetModel()
        self._keys, self._rows = keys, values
        self.endResetModel()

    def key_at(self, row: int) -> Any:
        """A row's key, or None."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def row_of(self, key: Any) -> int:
        """Where a key stands, or -1."""
        return self._keys.index(key) if key in self._keys else -1

    def value(self, row: int) -> Any:
        """A row's value, or None."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = ROW_ROLE) -> object:
        value = self.value(index.row()) if index.isValid() else None
        if value is None:
            return None
        if role == ROW_ROLE:
            return value
        return value.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None
