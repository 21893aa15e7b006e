"""抄送本地: what went to one's own townships and villages past one's desk; nothing is asked here, everything is seen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ..store.copied import Copied
from ..widgets.keycap import KeyHints
from ..widgets.painted_list import PaintedList
from ..widgets.panel_frame import PanelFrame
from ..widgets.receipt_row import HEIGHT, ReceiptRow, paint_receipt_row
from ..widgets.state_pane import StatePane
from . import board_rows
from . import format as fmt
from .desk import Desk
from .row_list import RowList


class CopiedView(PanelFrame):
    """`opened(task id)` by Enter or double click."""

    opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        self.title.show_text(self.tr("抄送本地"))
        self._desk = desk
        self.model = RowList(self)
        self.list = PaintedList(HEIGHT, paint_receipt_row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("抄送本地"))
        self.list.activated_row.connect(lambda _: self._open())
        self.body.addWidget(self.list, 1)
        if self.footer is not None:
            self.footer.addWidget(KeyHints([("J K", self.tr("上下")), ("Enter", self.tr("看收件方"))]), 1)

    def take(self, found: tuple[Copied, ...]) -> None:
        """Each task with how far the area's own recipients are."""
        site, now = self._desk.site, self._desk.now()
        if site is None:
            return
        rows = []
        for each in found:
            words = [board_rows.proposer(each.task, site), self.tr("直达本地{n}个").format(n=each.total)]
            if each.unsigned:
                words.append(self.tr("未签收{n}").format(n=each.unsigned))
            if each.late:
                words.append(self.tr("超期{n}").format(n=each.late))
            lamp = board_rows.lamp(each.task, now)
            late, done = each.late > 0, each.reported == each.total  # its own are what a county answers for
            shown = "overdue" if late else "ok" if done else lamp.value if lamp else ""
            due = board_rows.due_words(each.task, now) if late or not done else fmt.date(each.task.due)
            rows.append((each.task.id, ReceiptRow(shown, each.task.title, " · ".join(words), "", due, 0, each.reported,
                                                  each.total)))  # fmt: skip
        self.model.put(rows)
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))
        self.sub.show_text(self.tr("{n}项，知悉即可，由收件方签收和回报").format(n=len(rows)))
        empty = StatePane(
            "inbox", self.tr("没有抄送本地的任务"), self.tr("会上直达本地乡镇、村的任务抄送到这里，断网时也看得到。")
        )
        self.cover(None if rows else empty)

    def act(self, name: str) -> None:
        """No key of the local tasks does anything here: it is not this desk that is asked."""

    def _open(self) -> None:
        key = self.model.key_at(self.list.currentIndex().row())
        if key:
            self.opened.emit(key)
