"""What is begun on the board's page: publishing, forms, paper, and each button by its name. UI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ..domain.meeting import PUBLISH
from ..domain.task import Column, Task, TaskState
from .week_bar import BOARD

if TYPE_CHECKING:
    from .meeting import MeetingView


class MeetingActs(QObject):
    """Made once for a page."""

    def __init__(self, page: MeetingView) -> None:
        super().__init__(page)
        self._page = page

    def publishable(self) -> list[Task]:
        """What Ctrl+Enter would publish: the marked drafts; at 确认发布 with none marked, all drafts of the agenda."""
        meeting = self._page.hands.meeting
        drafts = [t for t in self._page.chosen() if t.state is TaskState.DRAFT] if self._page.board.marks else []
        if (
            not drafts
            and self._page.week is not None
            and meeting is not None
            and meeting.item
            and meeting.item.lane == PUBLISH
        ):
            drafts = [t for t in self._page.week.tasks if t.state is TaskState.DRAFT and t.id in meeting.tasks]
        return drafts

    def can_drop(self, number: int, column: str) -> bool:
        task = next((t for t in self._page.shown if t.id == number), None)
        return task is not None and self._page.hands.can_drop(task, column)

    def moved(self, number: object, column: object) -> None:
        task = next((t for t in self._page.shown if t.id == number), None)
        if task is None:
            return
        if task.state is TaskState.DRAFT and column == Column.DOING:
            self._page.board.set_marks((task.id,))
            self._page.show_side()
            self.open_publish()
        else:
            self._page.hands.drop(task, str(column))

    def open_publish(self) -> None:
        """Ctrl+Enter: one screen with recipients, near-duplicates, the list check and the hour."""
        tasks = self.publishable() or [t for t in self._page.chosen() if t.state is TaskState.DRAFT]
        if self._page.week is None or not tasks:
            self._page.commands.results.say(self.tr("先选中待布置的任务：空格或 Ctrl+空格"))
        else:
            self._page.drawers.open_publish(tasks, self._page.week)

    def propose(self, urgent: bool = False, source: int = 0, title: str = "", cause: int = 0) -> None:
        """The form of a new task; `source` is the case it comes from, `cause` the class that is its root."""
        self._page.drawers.propose(self._page.week, urgent, source, title, cause)

    def show_causes(self, classes: frozenset[int], words: str) -> None:
        """This week's board with only the tasks that came from some classes, called `words`."""
        page = self._page
        page.top.search.clear()
        page.filter("cause", classes, words)
        page.choose_meeting(0)
        page.show_page(BOARD)

    def edit(self) -> None:
        """The form of the draft in hand."""
        self._page.drawers.edit(self._page.current)

    def print(self) -> None:
        """Ctrl+P: minutes and task list as PDF and XLSX."""
        if self._page.week is not None:
            self._page.papers.offer(self._page.week)

    def plan_meeting(self, attendance: bool = False) -> None:
        """Books or changes a meeting, or takes attendance."""
        self._page.drawers.plan_meeting(self._page.week, attendance)

    def note_line(self) -> None:
        """Shift+N: a line of the 减负 account by hand."""
        if self._page.hands.may("burden.note", None):
            self._page.drawers.note_line(self._page.week)
        else:
            self._page.commands.results.say(self.tr("记台账由中心主任、值班长、督查、受理和派遣办理"))

    def press(self, name: str) -> None:
        """A button of the page, by its name."""
        hands = self._page.hands
        acts: dict[str, Callable[[], None]] = {
            "next": hands.next_item, "note": hands.note, "add": hands.add_minutes, "end": self.open_or_end,
            "open": hands.open_meeting, "attend": partial(self.plan_meeting, True), "carry": hands.carry,
            "plan": self.plan_meeting, "publish": self.open_publish, "preview": self.open_publish, "back": hands.send_back,
            "keep": hands.keep, "admit": hands.admit, "grant": hands.accept, "deny": hands.send_back,
            "propose": self.propose, "urgent": partial(self.propose, True), "print": self.print, "minutes": self.print,
            "line": self.note_line,
        }  # fmt: skip
        acts[name]()

    def open_or_end(self) -> None:
        """F10: opens the meeting, takes its chair, or ends it."""
        if self._page.hands.open and self._page.hands.chairs:
            self._page.hands.end()
        else:
            self._page.hands.open_meeting()
