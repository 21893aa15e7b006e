"""Ctrl+P on the board: minutes and task list into a PDF, the list into XLSX, or to a printer. UI thread.

Laying out and writing happen on a thread that the composition root lends: `wanted` carries the task to it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ..store.board import Week
from . import board_rows, minutes
from .asking import Asking
from .desk import Desk
from .hands import Option
from .paper import Sheet, paint, pdf
from .results import Results
from .sheets import Letterhead

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Write = Callable[[Path], None]


class BoardPapers(QObject):
    """Signals: `wanted(task)`, where `task(fetch)` runs on another thread."""

    wanted = Signal(object)
    _done = Signal(str, str)

    def __init__(self, desk: Desk, asking: Asking, results: Results, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._asking, self._results, self._window = desk, asking, results, parent
        self._folder = ""
        self.dialog: QFileDialog | None = None
        self._done.connect(self._say)

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
        options = [
            Option(names[1], partial(self._save, f"{names[1]} {name}", "pdf", partial(_pdf, listed)), "PDF"),
            Option(names[1], partial(self._save, f"{names[1]} {name}", "xlsx",
                                     lambda path: minutes.write_xlsx(path, names[1], heads, rows)), "XLSX"),
            Option(names[1], partial(self._print, listed), self.tr("打印")),
        ]  # fmt: skip
        if week.meeting is not None:
            told = minutes.minutes(week.meeting, (*week.past, *week.tasks), site, head)
            name = board_rows.week_name(week.meeting.at).replace(" ", "-")
            options[:0] = [
                Option(names[0], partial(self._save, f"{names[0]} {name}", "pdf", partial(_pdf, told)), "PDF"),
                Option(names[0], partial(self._print, told), self.tr("打印")),
            ]
        self._asking.choose(self.tr("出纸"), options)

    def _save(self, name: str, kind: str, write: Write) -> None:
        folder = self._folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._window, self.tr("存到哪里"), folder, f"{kind.upper()} (*.{kind})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile("".join("_" if c in '\\/:*?"<>|' else c for c in f"{name}.{kind}"))
        dialog.fileSelected.connect(lambda path: self.write(Path(path), write))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def write(self, path: Path, write: Write) -> None:
        """Writes a file on the lent thread, and says where it is or why it is not."""
        self._folder = str(path.parent)
        self._results.say(self.tr("正在写 {name}").format(name=path.name))

        def task(_fetch: object) -> None:
            try:
                write(path)
                self._done.emit("", str(path))
            except OSError as error:
                self._done.emit(error.strerror or str(error), str(path))

        self.wanted.emit(task)

    def _print(self, sheet: Sheet) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self._results.say(self.tr("本机没有打印机，可先存成 PDF"), "warning")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self._window)
        dialog.accepted.connect(lambda: self._to_printer(printer, sheet))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _to_printer(self, printer: QPrinter, sheet: Sheet) -> None:
        def task(_fetch: object) -> None:
            paint(sheet, printer)
            self._done.emit("", printer.printerName())

        self.wanted.emit(task)

    @Slot(str, str)
    def _say(self, why: str, where: str) -> None:
        if why:
            self._results.say(self.tr("没有写成 {where}：{why}").format(where=where, why=why), "critical")
        else:
            self._results.say(self.tr("已写到 {where}").format(where=where))


def _pdf(sheet: Sheet, path: Path) -> None:
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(pdf(sheet))
    draft.replace(path)
