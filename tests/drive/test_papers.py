"""Ctrl+P: the case in hand on paper, saved where the person says; what cannot be printed says why."""

import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_hands import CTRL, K, hands, pick, said
from test_more_hands import choices

from commandscreen.domain.case import FlowEntry, State
from commandscreen.site.pictures import png
from commandscreen.views.out_tray import as_pdf

sys.path.insert(0, str(Path(__file__).parents[1]))
import pdfs

__all__ = ["hands"]
PHOTO = "ab" * 32


@pytest.fixture
def printing(hands):
    """A desk whose papers are written by another thread, with one picture that can be had."""
    threads: list[threading.Thread] = []

    def run(task) -> None:
        thread = threading.Thread(target=task, args=(lambda address: png("pipe", 1) if address == PHOTO else b"",))
        threads.append(thread)
        thread.start()

    hands.view.papers.tray.wanted.connect(run)
    yield hands
    for thread in threads:
        thread.join()


def supervised(seat, case: int) -> None:
    now = seat.desk.now()
    more = (
        FlowEntry(now - 60, "urge", "郭督查", "supervisor", 0, "overdue 今天下班前<b>办结</b>"),
        FlowEntry(now - 30, "arrive", "王工", "handler", seat.cases[case].lead, "到场", (PHOTO, "cd" * 32)),
    )
    old = seat.cases[case]
    seat.put(
        replace(
            old, ver=old.ver + 1, flow=(*old.flow, *more), reply_due=now + 7200, reporter="王**", phone="138****5678"
        )
    )


def save(seat, row: str, path: Path) -> list[str]:
    """Ctrl+P, the line, the place; the pages' text."""
    QTest.keyClick(seat.view.queue.list, K.Key_P, CTRL)
    seat.until(lambda: bool(choices(seat)))
    box = seat.view.queue.choices
    found = next(n for n, c in enumerate(box.choices) if c.text == row and c.detail == "PDF")
    QTest.keyClick(box, Qt.Key(K.Key_1 + found))
    dialog = seat.view.papers.tray.dialog
    assert dialog.isVisible()
    assert dialog.selectedFiles()[0].endswith(".pdf")
    dialog.selectFile(str(path))
    dialog.accept()
    seat.until(path.exists)
    seat.until(lambda: "已写到" in said(seat))
    return ["".join(p.split()) for p in pdfs.pages(path.read_bytes())]


def test_a_case_file_tells_the_whole_case(printing, tmp_path: Path) -> None:
    case = pick(printing, State.HANDLING)
    supervised(printing, case)
    pages = save(printing, "案卷", tmp_path / "案卷.pdf")
    row = printing.cases[case]
    text = "".join(pages)
    for part in (row.number, row.title, "沙河街道指挥中心", "演示数据", "第1页共", "周敏打印于", "为何此时到期", "照片2张",
                 "138****5678", "已遮蔽", "<b>办结</b>", "照片不在本机"):  # fmt: skip
        assert "".join(part.split()) in text, part
    for entry in row.flow:
        assert entry.actor in text
    assert not list(tmp_path.glob("*.new"))


def test_a_supervision_order_needs_a_supervision(printing, tmp_path: Path) -> None:
    case = pick(printing, State.HANDLING)
    QTest.keyClick(printing.view.queue.list, K.Key_P, CTRL)
    printing.until(lambda: bool(choices(printing)))
    assert choices(printing).count("督办单") == 1
    QTest.keyClick(printing.view.queue.choices, Qt.Key(K.Key_1 + choices(printing).index("督办单")))
    printing.until(lambda: "先用 Shift U 督办" in said(printing))
    printing.until(printing.view.queue.list.hasFocus)
    supervised(printing, case)
    text = "".join(save(printing, "督办单", tmp_path / "督办单.pdf"))
    for part in ("第1次督办", "超期督办", "郭督查", "今天下班前<b>办结</b>", "承办单位回复", "签字", "回复时限"):
        assert part in text, part


def test_a_place_that_cannot_be_written_is_named(printing, tmp_path: Path) -> None:
    pick(printing, State.HANDLING)
    taken = tmp_path / "x.pdf"
    taken.mkdir()
    printing.view.papers.tray.write(taken / "none" / "a.pdf", as_pdf(lambda _: _nothing()))
    printing.until(lambda: "没有写成" in said(printing))


def _nothing():
    from commandscreen.views.paper import Sheet

    return Sheet("空", "", "", ())


def test_an_older_choice_is_not_taken_with_the_paper(printing) -> None:
    """The list is one: what a key offered before and a person left is gone when paper is offered."""
    case = pick(printing, State.HANDLING)
    QTest.keyClick(printing.view.queue.list, K.Key_U, Qt.KeyboardModifier.ShiftModifier)
    printing.until(lambda: len(choices(printing)) == 3)
    QTest.keyClick(printing.view.queue.choices, K.Key_Escape)
    printing.until(printing.view.queue.list.hasFocus)
    QTest.keyClick(printing.view.queue.list, K.Key_P, CTRL)
    printing.until(lambda: bool(choices(printing)))
    QTest.keyClick(printing.view.queue.choices, K.Key_Return)
    printing.view.papers.tray.dialog.reject()
    printing.qtbot.wait(50)
    assert [e.command.case_id for e in printing.replica.look_into_outbox(lambda box: box.listing())] == []
    assert case


def test_without_a_printer_it_says_so(printing, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    pick(printing, State.HANDLING)
    QTest.keyClick(printing.view.queue.list, K.Key_P, CTRL)
    printing.until(lambda: bool(choices(printing)))
    box = printing.view.queue.choices
    QTest.keyClick(box, Qt.Key(K.Key_1 + next(n for n, c in enumerate(box.choices) if c.detail == "打印")))
    printing.until(lambda: "没有打印机" in said(printing))


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)  # how Qt says it of the printer that is not there
@pytest.mark.parametrize("there", [True, False])
def test_a_printer_gets_the_pages_or_is_said_to_have_none(
    printing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: bool
) -> None:
    """The dialog's printer is led into a file: what reaches it is the case file."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["值班室"]))
    case = pick(printing, State.HANDLING)
    QTest.keyClick(printing.view.queue.list, K.Key_P, CTRL)
    printing.until(lambda: bool(choices(printing)))
    box = printing.view.queue.choices
    QTest.keyClick(box, Qt.Key(K.Key_1 + next(n for n, c in enumerate(box.choices) if c.detail == "打印")))
    dialog = printing.view.window().findChild(QPrintDialog)
    assert dialog.isVisible()
    printed = (tmp_path if there else tmp_path / "gone") / "printed.pdf"
    dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer().setOutputFileName(str(printed))
    dialog.accepted.emit(dialog.printer())  # `accept` would look for the printer at the system
    dialog.reject()
    if there:
        printing.until(lambda: "已送到打印机" in said(printing))
        text = "".join("".join(page.split()) for page in pdfs.pages(printed.read_bytes()))
        assert printing.cases[case].number in text
    else:
        printing.until(lambda: "没有接收" in said(printing))
