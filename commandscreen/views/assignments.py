"""本地任务: what was handed to one's own area — signed for, reported once, split further down, or given more time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ..domain.case import Lamp
from ..domain.clock import CST, DAY
from ..domain.receipt import Receipt, ReceiptState
from ..store.board import Week
from ..widgets.keycap import KeyHints
from ..widgets.painted_list import PaintedList
from ..widgets.panel_frame import PanelFrame
from ..widgets.receipt_row import HEIGHT, ReceiptRow, paint_receipt_row
from ..widgets.state_pane import StatePane
from . import board_rows
from . import format as fmt
from .acting import Option
from .asking import Asking
from .desk import Desk
from .meeting_hands import MeetingHands
from .row_list import RowList

_OPEN = (ReceiptState.SENT, ReceiptState.SIGNED, ReceiptState.BACK)
_MORE_DAYS = (1, 3, 7)
_SHARES = (10, 25, 50, 75, 90)


class AssignmentsView(PanelFrame):
    """Signals: `opened(Receipt)`, `report_wanted(Receipt)`, `split_wanted(Receipt)`."""

    opened = Signal(object)
    report_wanted = Signal(object)
    split_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        self.title.show_text(self.tr("本地任务"))
        self._desk = desk
        self._hands: MeetingHands | None = None
        self._asking: Asking | None = None
        self._week: Week | None = None
        self._shown: list[tuple[Receipt, ReceiptRow]] = []
        self.model = RowList(self)
        self.list = PaintedList(HEIGHT, paint_receipt_row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("本地任务"))
        self.list.activated_row.connect(lambda _: self._open())
        self.body.addWidget(self.list, 1)
        if self.footer is not None:
            self.footer.addWidget(KeyHints([
                ("J K", self.tr("上下")), ("Y", self.tr("签收")), ("B", self.tr("回报")), ("N", self.tr("进度")),
                ("X", self.tr("申请延时")),
                ("D", self.tr("分解")), ("V", self.tr("验收下级")), ("R", self.tr("退回下级")), ("Enter", self.tr("打开")),
            ]), 1)  # fmt: skip

    def attach(self, hands: MeetingHands, asking: Asking) -> None:
        """Who carries out what is asked here."""
        self._hands, self._asking = hands, asking

    @property
    def waiting(self) -> int:
        """How many of one's own shares wait for a hand: to be signed, reported, or mended."""
        return sum(r.state in _OPEN for r in self._own())

    def _own(self) -> list[Receipt]:
        actor = self._desk.actor
        found = self._week.mine if self._week else ()
        return [r for r in found if actor is not None and r.area == actor.area]

    def take(self, week: Week) -> None:
        """Own shares by their deadline, each with what was split off it; finished ones last."""
        self._week = week
        site, now = self._desk.site, self._desk.now()
        if site is None:
            return
        own = sorted(self._own(), key=lambda r: (r.state not in _OPEN, r.due, r.id))
        mine = {r.id for r in own}
        below: dict[int, list[Receipt]] = {}
        loose: list[Receipt] = []
        for receipt in week.mine:
            if receipt.id in mine:
                continue
            (below.setdefault(receipt.over, []) if receipt.over in mine else loose).append(receipt)
        self._shown = []
        for receipt in own:
            self._shown.append(
                (receipt, board_rows.receipt_row(receipt, site, now, receipt.id in week.pending, 0, True, True))
            )
            for part in below.get(receipt.id, ()):
                self._shown.append((part, board_rows.receipt_row(part, site, now, part.id in week.pending, 1)))
        # What went straight to a village of this township: seen here, signed for there.
        late = sorted(loose, key=lambda r: (r.state not in _OPEN, r.due, r.id))
        self._shown += [(r, board_rows.receipt_row(r, site, now, r.id in week.pending, 0, True)) for r in late]
        self.model.put([(r.id, row) for r, row in self._shown])
        if self._shown and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))
        overdue = sum(board_rows.receipt_lamp(r, now) is Lamp.OVERDUE for r in own)
        unsigned = sum(r.state is ReceiptState.SENT for r in own)
        self.sub.show_text(self.tr("待签收{s} 办理中{n} 超期{o}").format(
            s=unsigned, n=self.waiting - unsigned, o=overdue))  # fmt: skip
        empty = StatePane(
            "inbox", self.tr("没有布置到本地的任务"), self.tr("会上发布给本地的任务会到这里，断网时也能签收和回报。")
        )
        self.cover(None if self._shown else empty)

    @property
    def current(self) -> Receipt | None:
        """The share in hand."""
        row = self.list.currentIndex().row()
        return self._shown[row][0] if 0 <= row < len(self._shown) else None

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def act(self, name: str) -> None:
        """Y signs, B reports, X asks for time (or answers one below), D splits, V and R judge what came from below."""
        receipt, hands, actor = self.current, self._hands, self._desk.actor
        if receipt is None or hands is None or actor is None or not self.isVisible():
            return
        own = receipt.area == actor.area
        acts: dict[str, Callable[[], None]] = {
            "sign": lambda: hands.on_receipts("receipt.sign", [receipt]),
            "report": lambda: self.report_wanted.emit(receipt),
            "split": lambda: self.split_wanted.emit(receipt),
            "progress": lambda: self._tell(receipt),
            "time": lambda: self._ask_time(receipt) if own else hands.answer_ask(receipt),
            "accept": lambda: hands.accept_receipts([receipt]),
            "back": lambda: hands.send_receipts_back([receipt]),
        }  # fmt: skip
        if name in acts:
            acts[name]()

    def _tell(self, receipt: Receipt) -> None:
        """N: how much is done, by one's own word."""
        asking, hands = self._asking, self._hands
        if asking is None or hands is None:
            return
        asking.choose(self.tr("{title} 办到几成").format(title=receipt.title), [
            Option(f"{share}%", partial(hands.on_receipts, "receipt.progress", [receipt], share=share)) for share in _SHARES
        ])  # fmt: skip

    def _ask_time(self, receipt: Receipt) -> None:
        """X on one's own: until when, then why."""
        asking, hands = self._asking, self._hands
        if asking is None or hands is None:
            return
        options = []
        for days in _MORE_DAYS:
            until = _evening(max(receipt.due, self._desk.now()) + days * DAY)
            text = self.tr("延到{date} {day}").format(date=fmt.date(until), day=fmt.weekday(until))
            options.append(Option(text, partial(self._ask_why, asking, hands, receipt, until)))
        asking.choose(self.tr("{title} 延到哪天").format(title=receipt.title), options)

    def _ask_why(self, asking: Asking, hands: MeetingHands, receipt: Receipt, until: int) -> None:
        asking.ask(f"time {receipt.id}", self.tr("为何要延时，回车提交，Esc 放下"),
                   lambda why: hands.on_receipts("receipt.ask", [receipt], until=until, reason=why))  # fmt: skip


def _evening(at: int) -> int:
    """17:00 of an instant's local day, of the next one after that hour."""
    local = datetime.fromtimestamp(at, CST)
    evening = local.replace(hour=17, minute=0, second=0, microsecond=0)
    return int((evening if evening >= local else evening + timedelta(days=1)).timestamp())
