"""转交: a recipient's share goes to another, as to the successor of a village that was merged away, with all that was done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ..domain.division import Level, ancestor, contains
from ..domain.pinyin import find
from ..domain.receipt import Receipt
from ..domain.task import Task
from ..widgets.field import Field
from ..widgets.plain_label import PlainLabel
from ..widgets.type_ahead import Offer, TypeAhead
from . import board_rows
from .board_commands import BoardCommands, Tried, Wanted
from .desk import Desk
from .form_drawer import FormDrawer

OFFERS = 8


class HandOverForm(FormDrawer):
    """From whom, to whom of the same kind, and why; the successor the site names stands there already."""

    def __init__(self, desk: Desk, commands: BoardCommands, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self._desk, self._commands = desk, commands
        self._receipt: Receipt | None = None
        self._task: Task | None = None
        self.title.show_text(self.tr("转交"))
        self.button.setText(self.tr("转交"))
        self._name = PlainLabel("", bold=True, elide=True)
        self.add_row(self.tr("任务"), self._name)
        self._from = PlainLabel("", elide=True)
        self.add_row(self.tr("原收件方"), self._from)
        self.to = TypeAhead(self.tr("转给哪里，写名字或拼音首字母"), self._places)
        self.add_row(self.tr("转给"), self.to)
        self.reason = Field()
        self.reason.setMaxLength(200)
        self.reason.setAccessibleName(self.tr("事由"))
        self.reason.setPlaceholderText(self.tr("如：已撤并、管辖调整"))
        self.add_row(self.tr("事由"), self.reason)
        self.add_row(
            "", PlainLabel(self.tr("签收、进展、附件和期限都随着转过去，不用重办"), "tertiary", "label", elide=True)
        )
        self.sent.connect(self.send)

    def begin(self, receipt: Receipt, task: Task) -> None:
        """A share that goes to somebody else."""
        site = self._desk.site
        if site is None:
            return
        self._receipt, self._task = receipt, task
        self.complain("")
        self._name.show_text(receipt.title)
        gone = board_rows.gone(receipt.area, site)
        name = board_rows.area_name(receipt.area, site)
        self._from.show_text(self.tr("{name}（已撤并）").format(name=name) if gone else name)
        heir = site.settings.merged.get(str(receipt.area), "")
        known = heir.isdigit() and int(heir) in site.divisions
        self.to.put(int(heir) if known else 0, board_rows.area_name(int(heir), site) if known else "")
        self.reason.setText(self.tr("已撤并") if gone else "")

    def open(self) -> None:
        """Slides in with the keyboard where something is still to be written."""
        super().open()
        (self.reason if self.to.value else self.to.field).setFocus()

    def _places(self, text: str) -> list[Offer]:
        """Divisions or grids of the same kind that the rules would take."""
        site, receipt, task = self._desk.site, self._receipt, self._task
        if site is None or receipt is None or task is None:
            return []
        digits = len(str(receipt.area))
        within = task.area
        if digits > 9 and receipt.over:
            within = ancestor(receipt.area, Level.TOWNSHIP)
        if digits == 16:
            first, end = site.grids.span(ancestor(receipt.area, Level.COMMUNITY))
            names = [(int(c), board_rows.area_name(int(c), site), "") for c in site.grids.code[first:end]]
        else:
            names = [(d.code, d.name, board_rows.area_name(d.parent, site)) for d in site.divisions.values()
                     if len(str(d.code)) == digits and contains(within, d.code)]  # fmt: skip
        return [Offer(c, name, upper) for c, name, upper in names if c != receipt.area and find(text, name)][:OFFERS]

    def send(self) -> None:
        """Ctrl+Enter: hands it over."""
        receipt = self._receipt
        if receipt is None or not self.to.value:
            self.complain(self.tr("写明转给哪里，并从列出的里面选"), self.to.field)
            return
        args = {"to": str(self.to.value), "reason": self.reason.text().strip()}
        wanted = Wanted("receipt.hand_over", receipt.id, receipt.ver, args, receipt.title)
        self._commands.give([wanted], self._given, quiet=True)

    def _given(self, tried: Sequence[Tried]) -> None:
        if tried[0].command is None:
            self.complain(tried[0].why, self.to.field)
        else:
            self.shut()
