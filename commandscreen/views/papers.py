"""Ctrl+P: the case in hand as a file or a 督办单, into a PDF where the person says, or to a printer. UI thread.

Reading, laying out and writing happen on a thread that the composition root lends: `wanted` carries the task to it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ..domain.case import Case
from ..store import queries
from . import sheets
from .case import CaseView
from .desk import Desk
from .hands import Hands, Option
from .paper import Sheet, paint, pdf
from .questions import Questions
from .sheets import Fetch, Letterhead

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Make = Callable[[Fetch], Sheet | None]


class Papers(QObject):
    """Signals: `wanted(task)`, where `task(fetch)` runs on another thread and `fetch(address)` gives a picture's bytes."""

    wanted = Signal(object)
    _done = Signal(str, str)
    _printed = Signal(str)

    def __init__(self, desk: Desk, questions: Questions, case: CaseView, hands: Hands, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._questions, self._case, self._hands, self._window = desk, questions, case, hands, parent
        self._results = hands.results
        self._folder = ""
        self.dialog: QFileDialog | None = None
        self._done.connect(self._say)
        self._printed.connect(self._say_printed)

    def offer(self) -> None:
        """What can be put on paper of the case in hand."""
        number = self._desk.selected
        if number:
            self._questions.ask("paper", lambda c: queries.case(c, number), self._offer)

    def _offer(self, case: Case | None) -> None:
        site, actor = self._desk.site, self._desk.actor
        if case is None or site is None or actor is None:
            return
        now, own = self._desk.now(), site.divisions.get(actor.area)
        centre = self.tr("{place}指挥中心").format(place=own.name if own else site.name)
        head = Letterhead(centre, actor.name, now, site.demo)
        facts, why = self._case.fact_rows(case, site), self._case.why_rows(case, site)

        def file(fetch: Fetch) -> Sheet:
            return sheets.case_file(case, site, head, facts, why, fetch)

        def order(_: Fetch) -> Sheet | None:
            return sheets.supervision(case, site, head)

        names = (self.tr("案卷"), self.tr("督办单"))
        printer = self.tr("打印")
        options = [
            Option(names[0], partial(self._save, f"{names[0]} {case.number}.pdf", file), "PDF"),
            Option(names[1], partial(self._save, f"{names[1]} {case.number}.pdf", order), "PDF"),
            Option(names[0], partial(self._print, file), printer), Option(names[1], partial(self._print, order), printer),
        ]  # fmt: skip
        if not sheets.supervised(case):
            why_not = self.tr("先用 Shift U 督办")
            refuse = Option(names[1], partial(self._results.say, why_not, "warning"), why_not)
            options = [options[0], options[2], refuse]
        self._hands.choose(case, self.tr("出纸"), options)

    # To a file ----------------------------------------------------------------------------------------------------------

    def _save(self, name: str, make: Make) -> None:
        folder = self._folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._window, self.tr("存到哪里"), folder, "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile("".join("_" if c in '\\/:*?"<>|' else c for c in name))
        dialog.fileSelected.connect(lambda path: self._write(Path(path), make))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _write(self, path: Path, make: Make) -> None:
        self._folder = str(path.parent)
        self._results.say(self.tr("正在写 {name}").format(name=path.name))

        def task(fetch: Fetch) -> None:
            try:
                sheet = make(fetch)
                if sheet is not None:
                    draft = path.with_name(path.name + ".new")
                    draft.write_bytes(pdf(sheet))
                    draft.replace(path)
                self._done.emit("", str(path))
            except OSError as error:
                self._done.emit(error.strerror or str(error), str(path))
            except Exception as error:  # ours; it is said, and then goes where our errors go
                self._done.emit(type(error).__name__, str(path))
                raise

        self.wanted.emit(task)

    # To a printer -------------------------------------------------------------------------------------------------------

    def _print(self, make: Make) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self._results.say(self.tr("本机没有打印机，可先存成 PDF"), "warning")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self._window)
        dialog.accepted.connect(lambda: self._to_printer(printer, make))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _to_printer(self, printer: QPrinter, make: Make) -> None:
        def task(fetch: Fetch) -> None:
            sheet = make(fetch)
            if sheet is not None:
                paint(sheet, printer)
            self._printed.emit(printer.printerName())

        self.wanted.emit(task)

    @Slot(str)
    def _say_printed(self, name: str) -> None:
        self._results.say(self.tr("已送到打印机 {name}").format(name=name))

    @Slot(str, str)
    def _say(self, trouble: str, where: str) -> None:
        if trouble:
            self._results.say(
                self.tr("没有写成 {path}：{why}。换个位置再存").format(path=where, why=trouble), "critical"
            )
        else:
            self._results.say(self.tr("已写到 {path}").format(path=where))
