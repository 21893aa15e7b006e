"""The rows of the alarm list: put into words when they are painted, so that thousands of them cost what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from ..domain.alarm import Alarm
from ..domain.alarm_flood import Group
from ..domain.site import Site
from ..widgets.alarm_row import AlarmRow
from ..widgets.painted_list import ROW_ROLE
from . import alarm_words

Line = tuple[Alarm, Group | None]  # the group on its first alarm, whose others follow
_WORDED_MOST = 400


class AlarmRows(QAbstractListModel):
    """`put` gives it another list. UI thread."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()
        self._site: Site | None = None
        self._now = 0
        self._grouped = False
        self._places: dict[int, int] = {}
        self._worded: dict[int, AlarmRow] = {}

    def put(self, lines: Sequence[Line], site: Site, now: int, grouped: bool) -> None:
        """Another list; the rows change in place where their number stays. `grouped`: one without a group belongs to
        the group above."""
        same = len(lines) == len(self.lines)
        if not same:
            self.beginResetModel()
        self.lines, self._site, self._now, self._grouped = lines, site, now, grouped
        self._places = {alarm.id: row for row, (alarm, _) in enumerate(lines)}
        self._worded.clear()
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def line(self, row: int) -> Line | None:
        """The alarm of a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def row_of(self, number: int) -> int:
        """Where an alarm stands, -1 where it is not listed."""
        return self._places.get(number, -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = ROW_ROLE) -> object:
        spoken = role == Qt.ItemDataRole.AccessibleTextRole
        if not index.isValid() or not (spoken or role == ROW_ROLE):
            return None
        row = self._row(index.row())
        return row.spoken() if row is not None and spoken else row

    def _row(self, number: int) -> AlarmRow | None:
        line, site = self.line(number), self._site
        if line is None or site is None:
            return None
        if number not in self._worded:
            if len(self._worded) >= _WORDED_MOST:
                self._worded.clear()
            alarm, group = line
            inner = self._grouped and group is None
            self._worded[number] = alarm_words.row(alarm, site, self._now, inner, group)
        return self._worded[number]
