"""分解: a recipient splits its share on to its villages, or a village to its grids."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ..domain.division import Level, contains
from ..domain.pinyin import find
from ..domain.receipt import Receipt
from ..widgets.plain_label import PlainLabel
from ..widgets.recipient_field import RecipientField
from ..widgets.type_ahead import Offer
from . import board_rows, board_words
from .board_commands import BoardCommands, Tried, Wanted
from .desk import Desk
from .form_drawer import FormDrawer

CHOSEN, ALL = "chosen", "all"
OFFERS = 8


class SplitForm(FormDrawer):
    """To all below, or to those named."""

    def __init__(self, desk: Desk, commands: BoardCommands, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self._desk, self._commands = desk, commands
        self._receipt: Receipt | None = None
        self.title.show_text(self.tr("分解到下级"))
        self.button.setText(self.tr("分解"))
        self._task = PlainLabel("", bold=True, elide=True)
        self.add_row(self.tr("任务"), self._task)
        self.to = RecipientField([(ALL, self.tr("全部下级")), (CHOSEN, self.tr("指定"))], CHOSEN,
                                 self.tr("村、社区或网格"), self._places, self._count)  # fmt: skip
        self.add_row(self.tr("交给"), self.to)
        self.add_row("", PlainLabel(self.tr("下级各报一次，数字自动合计，不再向您要"), "tertiary", "label", elide=True))
        self.sent.connect(self.send)

    def begin(self, receipt: Receipt) -> None:
        """A share to be split."""
        self._receipt = receipt
        self._task.show_text(receipt.title)
        self.complain("")
        self.to.put(ALL)

    def _below(self) -> list[tuple[int, str]]:
        """Villages of a township, grids of a village: code and name."""
        site, receipt = self._desk.site, self._receipt
        if site is None or receipt is None:
            return []
        if len(str(receipt.area)) == 9:
            return [(d.code, d.name) for d in site.divisions.values()
                    if d.level is Level.COMMUNITY and contains(receipt.area, d.code)]  # fmt: skip
        first, end = site.grids.span(receipt.area)
        codes = [int(code) for code in site.grids.code[first:end]]
        return [(code, board_rows.area_name(code, site)) for code in codes]

    def _places(self, text: str) -> list[Offer]:
        return [Offer(code, name) for code, name in self._below() if find(text, name)][:OFFERS]

    def _count(self, scope: str, codes: Sequence[int]) -> str:
        below = self._below()
        number = len(codes) if scope == CHOSEN else len(below)
        return board_words.group("grid" if below and len(str(below[0][0])) == 16 else "all", number)

    def send(self) -> None:
        """Ctrl+Enter: splits it."""
        receipt = self._receipt
        codes = self.to.codes if self.to.scope == CHOSEN else [code for code, _ in self._below()]
        if receipt is None or not codes:
            self.complain(self.tr("指定交给哪些村、社区或网格"))
            return
        args = {"to": [str(code) for code in codes]}
        self._commands.give(
            [Wanted("receipt.split", receipt.id, receipt.ver, args, receipt.title)], self._given, quiet=True
        )

    def _given(self, tried: Sequence[Tried]) -> None:
        if tried[0].command is None:
            self.complain(tried[0].why)
        else:
            self.shut()
