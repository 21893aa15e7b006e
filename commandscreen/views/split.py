"""分解: a recipient splits its share on to its villages, or a village to its grids; a list of them, each ticked or not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from ..domain.division import Level, contains
from ..domain.receipt import Receipt
from ..store import board as store
from ..widgets.keycap import KeycapButton
from ..widgets.painted_list import PaintedList
from ..widgets.plain_label import PlainLabel
from ..widgets.receipt_row import HEIGHT, ReceiptRow, paint_receipt_row
from . import board_rows, board_words
from .board_commands import BoardCommands, Tried, Wanted
from .desk import Desk
from .form_drawer import FormDrawer
from .questions import Questions
from .row_list import RowList


class SplitForm(FormDrawer):
    """All below are ticked at first but those that have it already; Space ticks one, Ctrl+A all or none."""

    def __init__(self, desk: Desk, questions: Questions, commands: BoardCommands, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self._desk, self._questions, self._commands = desk, questions, commands
        self._receipt: Receipt | None = None
        self._places: list[tuple[int, str]] = []
        self._taken: frozenset[int] = frozenset()
        self.ticked: tuple[int, ...] = ()
        self.title.show_text(self.tr("分解到下级"))
        self._task = PlainLabel("", bold=True, elide=True)
        self.add_row(self.tr("任务"), self._task)
        row = QWidget()
        row.setProperty("role", "plain")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.of(self).px(10))
        self._count = PlainLabel("", elide=True)
        line.addWidget(self._count, 1)
        self.every = KeycapButton(self.tr("全选、全不选"), "Ctrl A", "mini")
        self.every.clicked.connect(self.turn_all)
        line.addWidget(self.every)
        self.add_row(self.tr("交给"), row)
        self.add_row("", PlainLabel(self.tr("下级各报一次，数字自动合计，不再向您要"), "tertiary", "label", elide=True))
        self.model = RowList(self)
        self.list = PaintedList(HEIGHT, paint_receipt_row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("下级，空格选中"))
        self.list.setMinimumHeight(look.of(self).px(320))
        self.list.activated_row.connect(lambda _: self.toggle())
        self.list.marked_row.connect(lambda _: self.toggle())
        self.column.insertWidget(1, self.list, 1000)
        self.sent.connect(self.send)

    def begin(self, receipt: Receipt) -> None:
        """A share to be split."""
        self._receipt, self._taken = receipt, frozenset()
        self._task.show_text(receipt.title)
        self.complain("")
        self._places = self._below()
        self.put(tuple(code for code, _ in self._places))
        self._questions.ask("split.taken", lambda c: store.receipts(c, receipt.task), self._known)

    def open(self) -> None:
        """Slides in with the keyboard in the list."""
        super().open()
        self.list.setFocus()

    def put(self, ticked: Sequence[int]) -> None:
        """These are ticked."""
        self.ticked = tuple(ticked)
        self._show()

    def _known(self, found: Sequence[Receipt]) -> None:
        """Who has the task already is not given it twice."""
        receipt = self._receipt
        if receipt is not None and found and found[0].task == receipt.task:
            self._taken = frozenset(r.area for r in found)
            self.put(tuple(code for code in self.ticked if code not in self._taken))

    def _show(self) -> None:
        rows = []
        for code, name in self._places:
            taken = code in self._taken
            state = self.tr("已经收到") if taken else self.tr("交给") if code in self.ticked else self.tr("不交")
            rows.append((code, ReceiptRow("done" if code in self.ticked else "", name, "", state)))
        self.model.put(rows)
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))
        kind = "grid" if self._places and len(str(self._places[0][0])) == 16 else "all"
        words = board_words.group(kind, len(self.ticked))
        self._count.show_text(words if self._places else self.tr("没有可以交给的下级"))
        self.button.setText(self.tr("交给{n}个").format(n=len(self.ticked)) if self.ticked else self.tr("分解"))
        self.button.setEnabled(bool(self.ticked))
        self.every.setEnabled(any(code not in self._taken for code, _ in self._places))

    def toggle(self) -> None:
        """Space: the one in hand gets it, or does not."""
        code = self.model.key_at(self.list.currentIndex().row())
        if code is None or code in self._taken:
            return
        self.put([c for c in self.ticked if c != code] if code in self.ticked else [*self.ticked, code])

    def turn_all(self) -> None:
        """Ctrl+A: all, or where all are ticked none."""
        free = [code for code, _ in self._places if code not in self._taken]
        self.put([] if len(self.ticked) == len(free) else free)
        self.list.setFocus()

    def _below(self) -> list[tuple[int, str]]:
        """Villages of a township, grids of a village: code and name."""
        site, receipt = self._desk.site, self._receipt
        if site is None or receipt is None:
            return []
        if len(str(receipt.area)) == 9:
            return [(d.code, d.name) for d in site.divisions.values()
                    if d.level is Level.COMMUNITY and contains(receipt.area, d.code)]  # fmt: skip
        if len(str(receipt.area)) != 12:
            return []
        first, end = site.grids.span(receipt.area)
        codes = [int(code) for code in site.grids.code[first:end]]
        return [(code, board_rows.area_name(code, site)) for code in codes]

    def send(self) -> None:
        """Ctrl+Enter: splits it."""
        receipt = self._receipt
        if receipt is None or not self.ticked:
            self.complain(self.tr("至少交给一个下级"))
            return
        args = {"to": [str(code) for code in self.ticked]}
        self._commands.give(
            [Wanted("receipt.split", receipt.id, receipt.ver, args, receipt.title)], self._given, quiet=True
        )

    def _given(self, tried: Sequence[Tried]) -> None:
        if tried[0].command is None:
            self.complain(tried[0].why)
        else:
            self.shut()
