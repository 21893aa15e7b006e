"""起因: from a class of the problem pool to a task that goes to its root, to the board's tasks that do, and back. UI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ..store import classes
from .class_tree import ClassNode
from .desk import Desk
from .operator_keys import MEETING

if TYPE_CHECKING:
    from .operator import OperatorView


class Causes(QObject):
    """Made once for a screen whose panels stand already."""

    def __init__(self, view: OperatorView, desk: Desk) -> None:
        super().__init__(view)
        self._view, self._desk = view, desk
        view.pool.task_wanted.connect(self.propose)
        view.pool.tasks_wanted.connect(self.show_tasks)
        view.meeting.cause_wanted.connect(self.show_cases)

    def propose(self, node: ClassNode) -> None:
        """提任务 with the class as its root cause and its name as a title to begin with."""
        view, name = self._view, node.key[-1]
        if not view.meeting.hands.may("task.propose", None):
            view.results.say(self.tr("提任务由中心主任、值班长、派遣、一级网格长和部门经办人办理"), "warning")
        elif node.row.group:
            view.results.say(
                self.tr("{name}下有{n}类，按 L 展开，选定一类再提任务").format(name=name, n=len(node.classes))
            )
        else:
            view.open_page(MEETING)
            view.meeting.propose(title=name, cause=min(node.classes))

    def show_tasks(self, node: ClassNode) -> None:
        """This week's board with only the tasks that came from a class or group."""
        if node.tasks:
            self._view.open_page(MEETING)
            self._view.meeting.acts.show_causes(node.classes, node.key[-1])
        else:
            self._view.results.say(self.tr("看板上没有从{name}提出的任务").format(name=node.key[-1]))

    def show_cases(self, number: int) -> None:
        """A class's cases in the queue, as the pool counts them."""
        kind = self._desk.site.classes.get(number) if self._desk.site else None
        if kind is None:
            self._view.results.say(self.tr("起因的问题类别已不在类别表里"), "warning")
            return
        self._view.show_desk()
        span = classes.window(self._desk.now())
        self._desk.set_filter(classes.cases(self._desk.area, frozenset({number}), span), kind.path)
