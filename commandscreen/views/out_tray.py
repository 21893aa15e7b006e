"""Where paper leaves: asks where a file goes or which printer, has it made, and says what became of it. UI thread.

Making, laying out and writing happen on a thread that the composition root lends: `wanted` carries the task to it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from .paper import Sheet, paint, pdf
from .results import Results
from .sheets import Fetch

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Make = Callable[[Fetch], Sheet | None]
Write = Callable[[Path, Fetch], None]


def as_pdf(make: Make) -> Write:
    """Writes what is made as PDF, whole or not at all."""

    def write(path: Path, fetch: Fetch) -> None:
        sheet = make(fetch)
        if sheet is not None:
            draft = path.with_name(path.name + ".new")
            draft.write_bytes(pdf(sheet))
            draft.replace(path)

    return write


class OutTray(QObject):
    """Signals: `wanted(task)`, where `task(fetch)` runs on another thread and `fetch(address)` gives a picture's bytes."""

    wanted = Signal(object)
    _written = Signal(str, str)
    _printed = Signal(str, bool)

    def __init__(self, results: Results, window: QWidget) -> None:
        super().__init__(window)
        self._results, self._window = results, window
        self._folder = ""
        self.dialog: QFileDialog | None = None
        self._written.connect(self._say_written)
        self._printed.connect(self._say_printed)

    def save(self, name: str, write: Write) -> None:
        """Asks where a file of this name goes; its suffix says what it is."""
        folder = self._folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kind = name.rpartition(".")[2]
        dialog = QFileDialog(self._window, self.tr("存到哪里"), folder, f"{kind.upper()} (*.{kind})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile("".join("_" if c in '\\/:*?"<>|' else c for c in name))
        dialog.fileSelected.connect(lambda path: self.write(Path(path), write))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def write(self, path: Path, write: Write) -> None:
        """Writes a file on the lent thread, and says where it is or why it is not."""
        self._folder = str(path.parent)
        self._results.say(self.tr("正在写 {name}").format(name=path.name))

        def task(fetch: Fetch) -> None:
            try:
                write(path, fetch)
                self._written.emit("", str(path))
            except OSError as error:
                self._written.emit(error.strerror or str(error), str(path))
            except Exception as error:  # ours; it is said, and then goes where our errors go
                self._written.emit(type(error).__name__, str(path))
                raise

        self.wanted.emit(task)

    def print(self, make: Make) -> None:
        """Asks for a printer; a machine without one is told to save instead."""
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
            try:
                if sheet is not None:
                    paint(sheet, printer)
            except OSError:
                self._printed.emit(printer.printerName(), False)
            else:
                self._printed.emit(printer.printerName(), True)

        self.wanted.emit(task)

    @Slot(str, bool)
    def _say_printed(self, name: str, well: bool) -> None:
        if well:
            self._results.say(self.tr("已送到打印机 {name}").format(name=name))
        else:
            self._results.say(self.tr("打印机 {name} 没有接收，可先存成 PDF").format(name=name), "critical")

    @Slot(str, str)
    def _say_written(self, trouble: str, where: str) -> None:
        if trouble:
            self._results.say(
                self.tr("没有写成 {path}：{why}。换个位置再存").format(path=where, why=trouble), "critical"
            )
        else:
            self._results.say(self.tr("已写到 {path}").format(path=where))
