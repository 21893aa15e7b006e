"""The board's own bar: which meeting, board or own tasks, search and filter, and what can be begun."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QPushButton

from .. import theme as look
from ..widgets.elided_button import ElidedButton
from ..widgets.field import Field
from ..widgets.keycap import KeycapButton
from ..widgets.plain_label import PlainLabel, plain
from ..widgets.segment import Segment

BOARD, MINE = "board", "mine"


class _Search(Field):
    """Esc empties it and gives the keyboard back; Enter and Down go on to what was found."""

    leave = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.leave.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.leave.emit()
        else:
            super().keyPressEvent(event)


class WeekBar(QFrame):
    """Signals: `meeting_chosen(id)`, `page_chosen(board|mine)`, `text_changed(str)`, `filter_chosen(name)`, `left()` when the
    search is done, `pressed(name)` for propose, urgent, plan, print."""

    meeting_chosen = Signal(object)
    page_chosen = Signal(str)
    text_changed = Signal(str)
    filter_chosen = Signal(str)
    left = Signal()
    pressed = Signal(str)

    def __init__(self, parent: QFrame | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        self._week = ElidedButton()
        self._week.setProperty("role", "crumb")
        self._week.setProperty("current", "true")
        self._week.clicked.connect(self.open_weeks)
        row.addWidget(self._week)
        self.pages = Segment([(BOARD, self.tr("看板")), (MINE, self.tr("本地任务"))], BOARD)
        self.pages.chosen.connect(self.page_chosen.emit)
        row.addWidget(self.pages)
        self.search = _Search()
        self.search.setPlaceholderText(self.tr("找任务、部门、清单项"))
        self.search.setAccessibleName(self.tr("找任务、部门、清单项"))
        self.search.setMaximumWidth(theme.px(240))
        self.search.textChanged.connect(self.text_changed.emit)
        self.search.leave.connect(self.left.emit)
        row.addWidget(self.search, 1)
        self._filter = QComboBox()
        self._filter.setAccessibleName(self.tr("筛选任务"))
        for name, text in (("", self.tr("全部任务")), ("late", self.tr("超期和临期")), ("urgent", self.tr("会外紧急")),
                           ("off_list", self.tr("清单外")), ("agenda", self.tr("本次议程")), ("carried", self.tr("结转的")),
                           ("cause", self.tr("来自问题池")),
                           ("ours", self.tr("本单位提出"))):  # fmt: skip
            self._filter.addItem(text, name)
        self._filter.activated.connect(lambda _: self.filter_chosen.emit(str(self._filter.currentData())))
        row.addWidget(self._filter)
        self.said = PlainLabel("", "secondary", "label", elide=True)
        row.addWidget(self.said, 1)
        self.buttons: dict[str, KeycapButton] = {}
        for name, text, key in (("plan", self.tr("排会"), "H"), ("propose", self.tr("提任务"), "I"),
                                ("urgent", self.tr("会外紧急"), "Shift I"), ("print", self.tr("打印"), "Ctrl P")):  # fmt: skip
            button = KeycapButton(text, key)
            button.clicked.connect(lambda _=False, name=name: self.pressed.emit(name))
            self.buttons[name] = button
            row.addWidget(button)
        self._choices: tuple[tuple[int, str], ...] = ()
        self._words = ""

    def set_meetings(self, current: str, choices: Sequence[tuple[int, str]]) -> None:
        """The meeting in front and those that can be gone to, (id, words)."""
        text = plain(current).replace("&", "&&") + (" ▾" if choices else "")
        if text != self._week.text():
            self._week.setText(text)
            self._week.setAccessibleName(current)
        self._choices = tuple(choices)

    def set_mine(self, shown: bool, count: int, copied: bool = False) -> None:
        """Whether there are tasks of one's own area, and how many wait for a hand; or how many are copied to it."""
        self.pages.setVisible(shown)
        button = self.pages.findChildren(QPushButton)[1]
        if copied:
            button.setText(self.tr("抄送 {n}").format(n=count))
        else:
            button.setText(self.tr("本地任务 {n}").format(n=count) if count else self.tr("本地任务"))

    def set_filter(self, name: str, words: str = "") -> None:
        """Shows a filter without telling anyone; `words` name the classes that tasks of the pool are narrowed to."""
        self._words = words
        self._filter.setCurrentIndex(max(0, self._filter.findData(name)))

    def show_hidden(self, count: int) -> None:
        """How many tasks the search and the filter leave out."""
        self.said.show_text(f"{self._words} {self.tr('筛去{n}项').format(n=count)}".strip() if count else self._words)

    def set_allowed(self, allowed: dict[str, bool]) -> None:
        """Which of the buttons this person may press; the others stay seen."""
        for name, may in allowed.items():
            self.buttons[name].setEnabled(may)

    def set_compact(self, compact: bool) -> None:
        """The remark gives way where there is little room."""
        self.said.setVisible(not compact)
        self.buttons["plan"].setVisible(not compact)  # its key and the bar below have it

    def open_weeks(self) -> None:
        """The list of meetings."""
        if not self._choices:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, name in self._choices[:40]:
            action = menu.addAction(plain(name).replace("&", "&&"))
            action.triggered.connect(lambda _=False, number=number: self.meeting_chosen.emit(number))
        menu.popup(self._week.mapToGlobal(QPoint(0, self._week.height())))
