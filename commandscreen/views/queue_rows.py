"""What a row of the queue shows of a case, and how it is painted and spoken."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QPainter

from .. import theme as look
from ..store.queries import CaseBrief
from ..widgets.case_row import CaseRow, paint_case_row
from ..widgets.painted_list import paint_mark
from . import alarm_words, rows
from .desk import Desk


class QueueRows:
    """`marked` are the ids of marked cases, `levels` the gravest alarm of each case that has one; `faded` where the data
    are too old for their lamps to be acted upon."""

    def __init__(self, desk: Desk, marked: Container[int]) -> None:
        self._desk = desk
        self.marked = marked
        self.levels: Mapping[int, int] = {}
        self.faded = False

    def key(self, brief: CaseBrief) -> tuple[object, ...]:
        """All that a row shows; countdowns are minutes."""
        return brief, self._desk.now() // 10, brief.id in self.marked, self.levels.get(brief.id, 0), self.faded

    def row(self, brief: CaseBrief) -> CaseRow:
        """The row in the user's words."""
        site = self._desk.site
        if site is None:
            raise RuntimeError("no site to name its places")
        row = rows.case_row(brief, site, self._desk.now())
        level = self.levels.get(brief.id, 0)
        return replace(row, alarm=level, alarm_word=alarm_words.level(level)) if level else row

    def paint(
        self, painter: QPainter, box: QRect, brief: CaseBrief, theme: look.Theme, selected: bool, hovered: bool
    ) -> None:
        """Paints it into its box, with the tick of a marked one."""
        if brief.id in self.marked:
            painter.fillRect(box.adjusted(0, 0, 0, -1), theme.color("bg_selected"))
        shown = theme.faded() if self.faded else theme
        paint_case_row(painter, box, self.row(brief), shown, selected, hovered)
        if brief.id in self.marked:
            paint_mark(painter, box, theme)

    def spoken(self, brief: CaseBrief) -> str:
        """The row as one line for a screen reader."""
        if self._desk.site is None:
            return ""
        spoken = self.row(brief).spoken()
        if brief.id not in self.marked:
            return spoken
        return QCoreApplication.translate("QueueRows", "已选 {row}").format(row=spoken)
