"""The queue's list model: the ids of all rows, and pages of the seen ones. UI thread only; it never asks for SQL."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

Ids = npt.NDArray[np.int64]
PAGE = 32  # rows; a screen shows a dozen or two
PAGES_KEPT = 80
SHORT = 20_000  # rows; looking a few cases up among them takes less than a millisecond
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
        self._stale: set[int] = set()
        self._places: dict[int, int] = {}  # where a case was last seen; a hint, looked at before it is believed

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
        self._places.clear()
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
        self._stale.discard(old)
        self._stale.add(new)
        if row >= 0:
            self._places[new] = row
            self.dataChanged.emit(self.index(row), self.index(row), [self._role])

    def set_values(self, values: Iterable[tuple[int, Any]]) -> None:
        """Rows that have come: (case id, value). Only those that differ are told to repaint."""
        came = dict(values)
        fresh = [case for case, value in came.items() if self._values.get(case) != value]
        for case, value in came.items():
            self._values[case] = value
            self._values.move_to_end(case)
        while len(self._values) > PAGE * PAGES_KEPT:
            gone, _ = self._values.popitem(last=False)
            self._asked.discard(gone)
            self._stale.discard(gone)
            self._places.pop(gone, None)
        self._asked.difference_update(came)  # and not from the stale ones: this answer may be older than that mark
        for row in sorted(self._rows_of(fresh)):
            self.dataChanged.emit(self.index(row), self.index(row), [self._role])

    def _rows_of(self, cases: Sequence[int]) -> list[int]:
        """Rows of some cases: all of them in a short list, in a long one those that were seen there."""
        if not len(cases) or not len(self._ids):
            return []
        if len(self._ids) <= SHORT:
            return [int(row) for row in np.flatnonzero(np.isin(self._ids, np.array(cases, np.int64)))]
        seen = ((self._places.get(case, -1), case) for case in cases)
        return [row for row, case in seen if self.id_at(row) == case]

    def forget(self, cases: Iterable[int] | None = None) -> None:
        """Marks rows as out of date without blanking them: they are asked for again when next seen."""
        if cases is None:
            self._stale.update(self._values, self._asked)
            self._asked.clear()
        else:
            self._stale.update(case for case in cases if case in self._values or case in self._asked)

    def renew(self, seen: range) -> None:
        """Asks for those of the rows in view that are out of date."""
        stale = tuple(case for row in seen if (case := self.id_at(row)) in self._stale)
        if stale:
            self._stale.difference_update(stale)
            self.page_wanted.emit(stale)

    def value(self, case_id: int) -> Any:
        """The value known for a case, or None."""
        return self._values.get(case_id)

    def _want(self, row: int) -> None:
        start = row - row % PAGE
        page = [int(case) for case in self._ids[start : start + PAGE]]
        missing = tuple(
            case for case in page if (case not in self._values or case in self._stale) and case not in self._asked
        )
        if missing:
            self._asked.update(missing)
            self._stale.difference_update(missing)
            self.page_wanted.emit(missing)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        case = self.id_at(index.row())
        if role == self._role:
            value = self._values.get(case)
            self._places[case] = index.row()
            if value is None or case in self._stale:
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
