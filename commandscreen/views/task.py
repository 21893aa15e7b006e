"""A task's drawer: what it asks, how far its recipients are, county by county, and what can be done about them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from ..domain.receipt import Receipt, ReceiptState
from ..domain.task import Task
from ..store import board as store
from ..widgets.drawer import Drawer
from ..widgets.fact_grid import FactGrid
from ..widgets.keycap import KeycapButton
from ..widgets.painted_list import PaintedList
from ..widgets.photo_strip import Photo, PhotoStrip
from ..widgets.plain_label import PlainLabel
from ..widgets.receipt_row import HEIGHT, paint_receipt_row
from ..widgets.segment import Segment
from . import board_rows, board_words, meeting_lines, receipt_tree
from . import format as fmt
from .desk import Desk
from .meeting_hands import MeetingHands
from .questions import Questions
from .receipt_tree import Node
from .row_list import RowList

_UNREPORTED = (ReceiptState.SENT, ReceiptState.SIGNED, ReceiptState.BACK)


class TaskDrawer(Drawer):
    """Signals: `case_wanted(case id)` the case it came from, `cause_wanted(class id)` the cases of its root cause,
    `photo_wanted(address)`, `hand_over_wanted(Receipt)`."""

    case_wanted = Signal(object)
    cause_wanted = Signal(object)
    hand_over_wanted = Signal(object)
    photo_wanted = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, hands: MeetingHands, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._questions, self._hands = desk, questions, hands
        self.task: Task | None = None
        self._receipts: Sequence[Receipt] = ()
        self._nodes: Sequence[Node] = ()
        self._opened: set[int] = set()
        self._wanted = "all"
        self._head()
        self._facts = FactGrid()
        host = QWidget()
        host.setProperty("role", "plain")
        theme = look.of(self)
        inner = QHBoxLayout(host)
        inner.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(10))
        inner.addWidget(self._facts)
        self.body.addWidget(host)
        self._filter_row()
        self.model = RowList(self)
        self.list = PaintedList(HEIGHT, paint_receipt_row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("收件方"))
        self.list.activated_row.connect(lambda _: self.toggle())
        self.list.current_row_changed.connect(lambda _: self._show_photos())
        self.body.addWidget(self.list, 1)
        self.photos = PhotoStrip()
        self.photos.wanted.connect(self.photo_wanted.emit)
        self.photos.hide()
        self.body.addWidget(self.photos)
        self._foot()

    def _head(self) -> None:
        theme = look.of(self)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(8))
        head.setSpacing(theme.px(10))
        self._title = PlainLabel("", size="section", bold=True, elide=True)
        head.addWidget(self._title, 1)
        self._state = PlainLabel("")
        self._state.setProperty("role", "chip")
        self._state.setFixedHeight(theme.px(24))
        head.addWidget(self._state)
        close = KeycapButton(self.tr("关闭"), "Esc")
        close.clicked.connect(self.shut)
        head.addWidget(close)
        self.body.addLayout(head)

    def _filter_row(self) -> None:
        theme = look.of(self)
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(16), theme.px(4), theme.px(14), theme.px(6))
        row.setSpacing(theme.px(10))
        self.segment = Segment([
            ("all", self.tr("全部")), ("sent", self.tr("未签收")), ("signed", self.tr("办理中")),
            ("reported", self.tr("已回报")), ("late", self.tr("超期")), ("asked", self.tr("要延时")),
        ], "all")  # fmt: skip
        self.segment.chosen.connect(self.show_only)
        row.addWidget(self.segment)
        self._counts = PlainLabel("", "secondary", "label", elide=True)
        self._counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._counts, 1)
        self.body.addLayout(row)

    def _foot(self) -> None:
        theme = look.of(self)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(12))
        foot.setSpacing(theme.px(8))
        self._log = PlainLabel("", "tertiary", "label", elide=True)
        foot.addWidget(self._log, 1)
        self.buttons: dict[str, KeycapButton] = {}
        for name, text, key in (("case", self.tr("来源案件"), "O"), ("cause", self.tr("同类案件"), "U"),
                                ("hand", self.tr("转交"), "T"), ("time", self.tr("批复延时"), "X"),
                                ("back", self.tr("退回补报"), "R"), ("accept", self.tr("验收"), "V")):  # fmt: skip
            button = KeycapButton(text, key, "primary" if name == "accept" else "")
            button.clicked.connect(lambda _=False, name=name: self.act(name))
            foot.addWidget(button)
            self.buttons[name] = button
        for name in ("case", "cause"):  # shown once it is known that the task has one
            self.buttons[name].hide()
        self.body.addLayout(foot)

    # What it shows ------------------------------------------------------------------------------------------------------------

    def show_task(self, number: int) -> None:
        """Shows a task; its recipients come from the reader."""
        if self.task is None or self.task.id != number:
            self.task, self._receipts, self._opened, self._wanted = None, (), set(), "all"
            self.segment.set_current("all")
        self._ask(number)

    def refresh(self) -> None:
        """Asks anew for the task that is shown."""
        if self.is_open and self.task is not None:
            self._ask(self.task.id)

    def open(self) -> None:
        """Slides in and takes the keyboard."""
        super().open()
        self.list.setFocus()

    def _ask(self, number: int) -> None:
        self._questions.ask(
            "task.drawer", lambda c: (store.task_by_id(c, number), store.receipts(c, number)), self._take
        )

    def _take(self, found: tuple[Task | None, tuple[Receipt, ...]]) -> None:
        task, receipts = found
        site, now = self._desk.site, self._desk.now()
        if task is None or site is None:
            return
        self.task, self._receipts = task, receipts
        self._title.show_text(task.title)
        self._state.show_text(board_words.task_state(task.state))
        late = board_rows.lamp(task, now)
        look.set_state(
            self._state, "tone", {"overdue": "critical", "due": "warning"}.get(late.value if late else "", "")
        )
        self._facts.set_facts(self._fact_rows(task, now))
        counts = task.counts
        self._counts.show_text(self.tr("共{n} 签收{s} 回报{r} 验收{a}").format(
            n=counts.total, s=counts.signed, r=counts.reported, a=counts.accepted))  # fmt: skip
        last = task.log[-1] if task.log else None
        step = board_words.task_step(last.kind, task.urgent is not None) if last else ""
        self._log.show_text(f"{fmt.moment(last.at, now)} {last.name} {step} {last.text}".strip() if last else "")
        self.buttons["case"].setVisible(bool(task.source))
        self.buttons["cause"].setVisible(task.cause in site.classes)
        self._show_rows()

    def _fact_rows(self, task: Task, now: int) -> list[tuple[str, str]]:
        site = self._desk.site
        if site is None:
            return []
        line = next(
            (d.text for d in site.duties if task.item and (d.list, d.number) == (task.item.list, task.item.number)), ""
        )
        rows = [
            (self.tr("提出"), f"{board_rows.proposer(task, site)} {task.name}".strip()),
            (self.tr("收件"), board_rows.recipients(task, site)),
            (self.tr("期限"), _due(task, now)),
            (self.tr("依据"), f"{board_rows.item_words(task)} {line}".strip()),
        ]
        if task.text:
            rows.append((self.tr("要求"), task.text))
        if task.fields:
            rows.append((self.tr("回报"), self.tr("、").join(f.label for f in task.fields)))
        if task.copied:
            rows.append((self.tr("抄送"), meeting_lines.told_words(task.copied)))
        if task.source_name:
            rows.append((self.tr("来源"), task.source_name))
        if task.cause:
            rows.append((self.tr("起因"), board_rows.cause(task.cause, site)))
        if task.urgent is not None:
            seen = self.tr("会上已复核") if task.urgent.reviewed_at else self.tr("下次会复核")
            rows.append((self.tr("会外紧急"), f"{task.urgent.reason} · {task.urgent.name} · {seen}"))
        if task.reason:
            rows.append((self.tr("事由"), task.reason))
        return rows

    def show_only(self, wanted: str) -> None:
        """Only some of the recipients."""
        self._wanted = wanted
        self.segment.set_current(wanted)
        self._show_rows()
        self.list.setFocus()

    def _show_rows(self) -> None:
        site = self._desk.site
        if site is None:
            return
        key = self.model.key_at(self.list.currentIndex().row())
        pending = self._hands.pending
        self._nodes = receipt_tree.nodes(self._receipts, site, self._desk.now(), pending, self._opened, self._wanted)
        self.model.put([(n.key, n.row) for n in self._nodes])
        row = self.model.row_of(key)
        if self._nodes:
            self.list.setCurrentIndex(self.model.index(max(0, row)))
        self._show_photos()

    def _current(self) -> Node | None:
        row = self.list.currentIndex().row()
        return self._nodes[row] if 0 <= row < len(self._nodes) else None

    def _show_photos(self) -> None:
        node = self._current()
        receipt = node.receipt if node else None
        photos = receipt.photos if receipt else ()
        self.photos.setVisible(bool(photos))
        if receipt is not None and photos:
            caption = f"{fmt.moment(receipt.reported_at, self._desk.now())} {receipt.reported_by}"
            self.photos.set_photos([Photo(p, caption) for p in photos])
        reported = receipt is not None and receipt.state.value == "reported"
        self.buttons["accept"].setEnabled(reported)
        self.buttons["back"].setEnabled(reported)
        self.buttons["hand"].setEnabled(receipt is not None and receipt.state in _UNREPORTED)
        self.buttons["time"].setEnabled(receipt is not None and receipt.ask is not None)

    # What people do -----------------------------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Enter: opens or shuts a group."""
        node = self._current()
        if node is not None:
            self._opened ^= {node.key}
            self._show_rows()

    def chosen(self) -> list[Receipt]:
        """The share in hand; of a group, those in it that wait for acceptance."""
        node = self._current()
        if node is None:
            return []
        if node.receipt is not None:
            return [node.receipt]
        inside = [r for r in self._receipts if not r.over and str(r.area).startswith(str(node.key))]
        return [r for r in inside if r.state.value == "reported"]

    def act(self, name: str) -> None:
        """V accepts, R sends back, X answers a request for time, T hands over, O goes to the case, U to those of its cause."""
        found = self.chosen()
        if name == "case" and self.task is not None and self.task.source:
            self.case_wanted.emit(self.task.source)
        elif name == "cause" and self.task is not None and self.task.cause:
            self.cause_wanted.emit(self.task.cause)
        elif name == "accept":
            self._hands.accept_receipts(found)
        elif name == "back":
            self._hands.send_receipts_back(found)
        elif name == "hand" and found:
            if found[0].state in _UNREPORTED:
                self.hand_over_wanted.emit(found[0])
            else:
                self._hands.commands.results.say(self.tr("已经回报的不能转交，可先退回补报"))
        elif name == "time" and found:
            self._hands.answer_ask(found[0])

    def take_photo(self, address: str, image: QImage) -> None:
        """A picture that came, shrunk to what the strip shows; null where it could not be had."""
        self.photos.set_image(address, image)


def _due(task: Task, now: int) -> str:
    """12月5日 09:05, with how late it is where it is."""
    day = fmt.date(task.due)
    more = board_rows.due_words(task, now)
    return f"{day} {fmt.clock(task.due)}" + (f" {more}" if more != day else "")
