"""Whom a task would reach, by name: counties with their townships and villages, each opened by Enter or a double click."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from ..domain.division import Level, ancestor
from ..domain.site import Site
from ..widgets.painted_list import PaintedList
from ..widgets.receipt_row import HEIGHT, ReceiptRow, paint_receipt_row
from . import board_rows
from .row_list import RowList

FLAT_MOST = 12  # so few need no groups


class ReachList(PaintedList):
    """`show_codes` gives it the recipients of one task."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, paint_receipt_row, parent=parent)
        self.rows = RowList(self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("收件方"))
        self.activated_row.connect(lambda _: self.toggle())
        self._codes: tuple[int, ...] = ()
        self._site: Site | None = None
        self._opened: set[int] = set()

    def show_codes(self, codes: Iterable[int], site: Site) -> None:
        """Other recipients; equal ones stay as they are opened."""
        found = tuple(sorted(codes))
        if found != self._codes or site is not self._site:
            self._codes, self._site, self._opened = found, site, set()
            self._show()

    def toggle(self) -> None:
        """Opens or shuts the group in hand."""
        code = self.rows.key_at(self.currentIndex().row())
        if code is not None:
            self._opened ^= {code}
            self._show()
            self.setCurrentIndex(self.rows.index(max(0, self.rows.row_of(code))))

    def _show(self) -> None:
        if len(self._codes) <= FLAT_MOST:
            found = [self._row(code, 0) for code in self._codes]
        else:
            found = self._groups(self._codes, (Level.COUNTY, Level.TOWNSHIP), 0)
        self.rows.put(found)

    def _groups(self, codes: tuple[int, ...], levels: tuple[Level, ...], depth: int) -> list[tuple[int, ReceiptRow]]:
        """Counties over what is in them; villages under their township where that is not asked itself."""
        if not levels:
            return [self._row(code, depth) for code in codes]
        inside: dict[int, list[int]] = {}
        for code in codes:
            inside.setdefault(ancestor(code, levels[0]), []).append(code)
        rows: list[tuple[int, ReceiptRow]] = []
        for upper, members in inside.items():
            if members == [upper]:
                rows.append(self._row(upper, depth))
                continue
            open_ = upper in self._opened
            asked = self.tr("{n}个收件方").format(n=len(members))
            rows.append((upper, ReceiptRow("", self._name(upper), "", asked, "", depth, 0, 0, True, open_)))
            if open_:
                rows += self._groups(tuple(members), levels[1:], depth + 1)
        return rows

    def _row(self, code: int, depth: int) -> tuple[int, ReceiptRow]:
        return -code, ReceiptRow("", self._name(code), "", "", "", depth)

    def _name(self, code: int) -> str:
        return board_rows.area_name(code, self._site) if self._site is not None else str(code)
