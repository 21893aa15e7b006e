"""问题池: every class of the pool with its cases, as a tree; from a class straight to its cases in the queue, to a task that
goes to its root, and to the tasks of the board that do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from .. import theme as look
from ..store import board, classes
from ..store.classes import ClassCount
from ..widgets.drawer import Drawer
from ..widgets.keycap import KeycapButton, KeyHints
from ..widgets.painted_list import PaintedList
from ..widgets.plain_label import PlainLabel
from ..widgets.receipt_row import HEIGHT, paint_receipt_row
from . import class_tree
from .desk import Desk
from .questions import Questions
from .row_list import RowList

_KEYS = {Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_G, Qt.Key.Key_H, Qt.Key.Key_L, Qt.Key.Key_Left, Qt.Key.Key_Right,
         Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_I, Qt.Key.Key_T}  # fmt: skip


class PoolView(Drawer):
    """Lies over the map. Signals: `left()` when a class was chosen or the sheet was put away, `task_wanted(ClassNode)` for a
    task that goes to the root of a class, `tasks_wanted(ClassNode)` for those of the board that do."""

    left = Signal()
    task_wanted = Signal(object)
    tasks_wanted = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._desk, self._questions = desk, questions
        self._counts: dict[int, ClassCount] = {}
        self._tasks: dict[int, int] = {}
        self._opened: set[class_tree.Key] = set()
        self._nodes: list[class_tree.ClassNode] = []
        self._span = (0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(10))
        head.setSpacing(theme.px(10))
        head.addWidget(PlainLabel(self.tr("问题池"), size="section", bold=True))
        self._sub = PlainLabel("", "secondary", "label", elide=True)
        head.addWidget(self._sub, 1)
        away = KeycapButton(self.tr("关闭"), "Esc")
        away.clicked.connect(self.shut)
        head.addWidget(away)
        self.body.addLayout(head)
        self.model = RowList(self)
        self.list = PaintedList(HEIGHT, paint_receipt_row, lambda row: row)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("问题池"))
        self.list.activated_row.connect(lambda _: self.show_cases())
        self.list.installEventFilter(self)
        self.body.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(8), theme.px(14), theme.px(10))
        foot.setSpacing(theme.px(8))
        hints = [("J K", self.tr("上下")), ("L H", self.tr("展开、收起")), ("Enter", self.tr("看案件"))]
        foot.addWidget(KeyHints(hints), 1)
        self.buttons: dict[str, KeycapButton] = {}
        for name, text, key, act in (("tasks", self.tr("看任务"), "T", self.show_tasks),
                                     ("propose", self.tr("提任务"), "I", self.propose)):  # fmt: skip
            button = self.buttons[name] = KeycapButton(text, key)
            button.clicked.connect(act)
            foot.addWidget(button)
        self.body.addLayout(foot)
        self.closed.connect(self.left)

    def open(self) -> None:
        """Shows itself with the keyboard, and counts anew."""
        super().open()
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Counts the cases of the desk's area again."""
        area, now, site, actor = self._desk.area, self._desk.now(), self._desk.site, self._desk.actor
        if area and self.is_open and site is not None and actor is not None:
            self._span = classes.window(now)
            own = actor.area
            self._questions.ask(
                "pool", lambda c: (classes.counts(c, area, now), board.by_cause(c, site, own, now)), self._take
            )

    def _take(self, found: tuple[dict[int, ClassCount], dict[int, int]]) -> None:
        self._counts, self._tasks = found
        counts = self._counts
        self._show()
        if self._desk.site is not None:
            total = sum(count.total for count in counts.values())
            self._sub.show_text(self.tr("{n}类，近26周{m}件").format(n=len(self._desk.site.classes), m=total))

    def _show(self) -> None:
        site = self._desk.site
        if site is None:
            return
        current = self.model.key_at(self.list.currentIndex().row())
        self._nodes = class_tree.nodes(site, self._counts, self._opened, self._tasks)
        self.model.put([(node.key, node.row) for node in self._nodes])
        row = max(0, self.model.row_of(current))
        if self._nodes:
            self.list.setCurrentIndex(self.model.index(row))

    @property
    def current(self) -> class_tree.ClassNode | None:
        """The class or group the keyboard is on."""
        row = self.list.currentIndex().row()
        return self._nodes[row] if 0 <= row < len(self._nodes) else None

    def unfold(self) -> None:
        """Opens the group; where it is open, goes to its first class."""
        node = self.current
        if node is None or not node.row.group:
            return
        if node.key in self._opened:
            self.list.step(1)
        else:
            self._opened.add(node.key)
            self._show()

    def fold(self) -> None:
        """Closes the group; on a class or a closed group, goes to what it belongs to."""
        node = self.current
        if node is None:
            return
        if node.key in self._opened:
            self._opened.discard(node.key)
            self._show()
        elif len(node.key) > 1:
            self.list.go(self.model.row_of(node.key[:-1]))

    def show_cases(self) -> None:
        """The counted cases of the class or group, in the queue."""
        node = self.current
        if node is None:
            return
        self._desk.set_filter(classes.cases(self._desk.area, node.classes, self._span), " / ".join(node.key))
        self.shut()

    def propose(self) -> None:
        """I: a task that goes to the root of the class."""
        if self.current is not None:
            self.task_wanted.emit(self.current)

    def show_tasks(self) -> None:
        """T: the tasks of the board that came from the class or group."""
        if self.current is not None:
            self.tasks_wanted.emit(self.current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Its keys are its own while it has the keyboard: L opens a group here and the map's layers elsewhere.
        if isinstance(event, QKeyEvent) and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            key = event.key()
            if event.type() == QEvent.Type.ShortcutOverride and key in _KEYS:
                event.accept()
                return True
            acts = {Qt.Key.Key_L: self.unfold, Qt.Key.Key_Right: self.unfold, Qt.Key.Key_H: self.fold,
                    Qt.Key.Key_Left: self.fold, Qt.Key.Key_Escape: self.shut, Qt.Key.Key_I: self.propose,
                    Qt.Key.Key_T: self.show_tasks}  # fmt: skip
            if event.type() == QEvent.Type.KeyPress and key in acts:
                acts[Qt.Key(key)]()
                return True
        return super().eventFilter(watched, event)
