"""Ctrl+P on the board: minutes and task list into a PDF, the list into XLSX, or to a printer. UI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ..store.board import Week
from . import board_rows, minutes
from .acting import Option
from .asking import Asking
from .desk import Desk
from .out_tray import OutTray, as_pdf
from .results import Results
from .sheets import Letterhead


class BoardPapers(QObject):
    """Offers the papers of a week; they leave through `tray`."""

    def __init__(self, desk: Desk, asking: Asking, results: Results, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._asking = desk, asking
        self.tray = OutTray(results, parent)

    def offer(self, week: Week) -> None:
        """What can be put on paper of a week."""
        site, actor = self._desk.site, self._desk.actor
        if site is None or actor is None:
            return
        own = site.divisions.get(actor.area)
        centre = self.tr("{place}指挥中心").format(place=own.name if own else site.name)
        head = Letterhead(centre, actor.name, self._desk.now(), site.demo)
        listed = minutes.task_list(week, week.tasks, site, head)
        heads, rows = minutes.task_heads(), minutes.task_rows(week.tasks, site)
        name = board_rows.week_name(week.start).replace(" ", "-")
        names = (self.tr("会议纪要"), self.tr("任务清单"))
        save, to_printer = self.tray.save, self.tray.print
        options = [
            Option(names[1], partial(save, f"{names[1]} {name}.pdf", as_pdf(lambda _: listed)), "PDF"),
            Option(names[1], partial(save, f"{names[1]} {name}.xlsx",
                                     lambda path, _: minutes.write_xlsx(path, names[1], heads, rows)), "XLSX"),
            Option(names[1], partial(to_printer, lambda _: listed), self.tr("打印")),
        ]  # fmt: skip
        if week.meeting is not None:
            told = minutes.minutes(week.meeting, (*week.past, *week.tasks), site, head)
            name = board_rows.week_name(week.meeting.at).replace(" ", "-")
            options[:0] = [
                Option(names[0], partial(save, f"{names[0]} {name}.pdf", as_pdf(lambda _: told)), "PDF"),
                Option(names[0], partial(to_printer, lambda _: told), self.tr("打印")),
            ]
        self._asking.choose(self.tr("出纸"), options)
