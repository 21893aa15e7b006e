"""The queue's list model: the ids of all rows, and pages of the seen ones. UI thread only; it never asks for SQL."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

Ids = npt.NDArray[np.int64]
PAGE = 64
PAGES_KEPT = 40
_ROOT = QModelIndex()


class CaseQueueModel(QAbstractListModel):
    """Rows of cases in the order of an id array.

    `page_wanted(object)` asks for the rows of some ids (tuple of int), once per page. `row_role` is the role under
    which a row's value is handed out; None until it has come. `accessible` turns a value into the line a screen
    reader speaks.
    """

    page_wanted = Signal(object)

    def __init__(self, row_role: int, accessible: Callable[[Any], str], parent: Any = None) -> None:
        super().__init__(parent)
        self._role = row_role
        self._accessible = accessible
        self._ids: Ids = np.empty(0, np.int64)
        self._values: OrderedDict[int, Any] = OrderedDict()
        self._asked: set[int] = set()

    @property
    def ids(self) -> Ids:
        """The ids in order; treat as read-only."""
        return self._ids

    def id_at(self, row: int) -> int:
        """The case id of a row, or 0."""
        return int(self._ids[row]) if 0 <= row < len(self._ids) else 0

    def row_of(self, case_id: int) -> int:
        """The row of a case, or -1."""
        found = np.flatnonzero(self._ids == case_id)
        return int(found[0]) if len(found) else -1

    def set_ids(self, ids: Ids) -> None:
        """A new order: selection and current row follow their cases, values that are known stay."""
        if len(ids) == len(self._ids) and np.array_equal(ids, self._ids):
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        held = [self.id_at(index.row()) for index in old]
        self._ids = ids
        fresh = [self.index(row) if (row := self.row_of(case)) >= 0 else QModelIndex() for case in held]
        self.changePersistentIndexList(old, fresh)
        self._asked.clear()
        self.layoutChanged.emit()

    def rename(self, old: int, new: int) -> None:
        """A case has another id: its row, its value and what is selected stay as they are."""
        row = self.row_of(old)
        if row >= 0:
            self._ids = self._ids.copy()
            self._ids[row] = new
        if old in self._values:
            self._values[new] = self._values.pop(old)
        self._asked.discard(old)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row), [self._role])

    def set_values(self, values: Iterable[tuple[int, Any]]) -> None:
        """Rows that have come: (case id, value). Only those rows are told to repaint."""
        came = dict(values)
        for case, value in came.items():
            self._values[case] = value
            self._values.move_to_end(case)
        while len(self._values) > PAGE * PAGES_KEPT:
            gone, _ = self._values.popitem(last=False)
            self._asked.discard(gone)
        self._asked.difference_update(came)
        if came and len(self._ids):
            rows = np.flatnonzero(np.isin(self._ids, np.fromiter(came, np.int64, len(came))))
            if len(rows):
                self.dataChanged.emit(self.index(int(rows[0])), self.index(int(rows[-1])), [self._role])

    def forget(self, cases: Iterable[int] | None = None) -> None:
        """Marks rows as out of date without blanking them: they are asked for again when next seen."""
        if cases is None:
            self._asked.clear()
            stale = list(self._values)
        else:
            stale = [case for case in cases if case in self._values]
        if stale:
            self.page_wanted.emit(tuple(stale[-PAGE * 4 :]))

    def value(self, case_id: int) -> Any:
        """The value known for a case, or None."""
        return self._values.get(case_id)

    def _want(self, row: int) -> None:
        start = row - row % PAGE
        page = [int(case) for case in self._ids[start : start + PAGE]]
        missing = tuple(case for case in page if case not in self._values and case not in self._asked)
        if missing:
            self._asked.update(missing)
            self.page_wanted.emit(missing)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        case = self.id_at(index.row())
        if role == self._role:
            value = self._values.get(case)
            if value is None:
                self._want(index.row())
            return value
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            value = self._values.get(case)
            return self._accessible(value) if value is not None else ""
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        # Not editable: an editable item keeps the input method on, and a Chinese one would eat J, K and D.
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
