"""The queue's peers: QSqlTableModel on the same file, and a QTableView of the same rows in fourteen cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel

from commandscreen.store.queries import CaseBrief

SCREEN = 40
_ROOT = QModelIndex()


class SqlPeer:
    """QSqlTableModel, shown as its users do: select, then read a screen of rows."""

    def __init__(self, path: Path) -> None:
        database = QSqlDatabase.addDatabase("QSQLITE", f"peer-{id(self)}")
        database.setConnectOptions("QSQLITE_OPEN_READONLY")
        database.setDatabaseName(str(path))
        if not database.open():
            raise RuntimeError(database.lastError().text())
        self._model = QSqlTableModel(None, database)
        self._model.setTable("cases")

    def close(self) -> None:
        """Lets go of the rows it fetched."""
        self._model.clear()

    def show(self, condition: str, column: str = "due_at", row: int = 0) -> None:
        """A selection in an order, and the screen of rows from `row` on."""
        model = self._model
        model.setFilter(condition)
        model.setSort(model.record().indexOf(column), Qt.SortOrder.AscendingOrder)
        if not model.select():
            raise RuntimeError(model.lastError().text())
        while model.rowCount() < row + SCREEN and model.canFetchMore():
            model.fetchMore()
        if model.rowCount() < min(SCREEN, row + 1):
            raise RuntimeError("the peer showed nothing")
        for line in range(row, min(row + SCREEN, model.rowCount())):
            for cell in range(12):
                model.data(model.index(line, cell))


class Cells(QAbstractTableModel):
    """Ids of all rows and cached rows, as ours, but a cell each: what QTableView draws."""

    def __init__(self, ids: np.ndarray[Any, Any], fetch: Callable[[list[int]], list[CaseBrief]]) -> None:
        super().__init__()
        self._ids, self._fetch = ids, fetch
        self._rows: dict[int, tuple[str, ...]] = {}

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 14

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = index.row()
        if row not in self._rows:
            start = row - row % 64
            page = [int(i) for i in self._ids[start : start + 64]]
            known = {brief.id: brief for brief in self._fetch(page)}
            for offset, number in enumerate(page):
                b = known[number]
                self._rows[start + offset] = tuple(map(str, (
                    b.number, b.title, b.state.value, b.stage.value, b.source.value, b.grid, b.lead, b.assists, b.due_at,
                    b.urges, b.returns, b.reworks, b.duplicates, b.photos,
                )))  # fmt: skip
        return self._rows[row][index.column()]
