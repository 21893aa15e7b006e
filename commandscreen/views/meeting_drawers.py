"""The drawers over the board's page: forms, a task, the lines of the account, and the sheet of keys. UI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from .. import theme as look
from ..domain.receipt import Receipt
from ..domain.task import Task, TaskState
from ..store.board import Week
from ..widgets.help_sheet import HelpSheet
from .burden_form import BurdenForm
from .desk import Desk
from .hand_over import HandOverForm
from .meeting_hands import MeetingHands
from .meeting_keys import help_groups
from .plan import PlanForm
from .propose import ProposeForm
from .publish import PublishSheet
from .questions import Questions
from .report import ReportForm
from .split import SplitForm
from .task import TaskDrawer
from .trail import TrailDrawer


class MeetingDrawers(QObject):
    """Made once for a page. Signals: `closed()` when one of them was shut, `case_wanted(case id)`, `cause_wanted(class id)`,
    `photo_wanted(address)`."""

    closed = Signal()
    case_wanted = Signal(object)
    cause_wanted = Signal(object)
    photo_wanted = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, hands: MeetingHands, page: QWidget) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk
        self._rect = QRect()
        commands = hands.commands
        self.task = TaskDrawer(desk, questions, hands, page)
        self.publishing = PublishSheet(desk, questions, hands, page)
        self.form = ProposeForm(desk, questions, commands, page)
        self.plan = PlanForm(desk, commands, page)
        self.report = ReportForm(desk, questions, commands, page)
        self.split = SplitForm(desk, questions, commands, page)
        self.hand_over = HandOverForm(desk, commands, page)
        self.burden = BurdenForm(desk, commands, page)
        self.trail = TrailDrawer(desk, hands, page)
        self.sending = (self.form, self.plan, self.report, self.split, self.hand_over, self.burden)
        self.forms = (self.publishing, *self.sending)
        self.help = HelpSheet(self.tr("周例会按键"), help_groups(), page)
        self.task.case_wanted.connect(self.case_wanted.emit)
        self.task.cause_wanted.connect(self.cause_wanted.emit)
        self.task.photo_wanted.connect(self.photo_wanted.emit)
        self.task.hand_over_wanted.connect(self._begin_hand_over)
        self.trail.task_wanted.connect(self.open_task)
        for overlay in (*self.forms, self.task, self.trail, self.help):
            overlay.closed.connect(self.closed.emit)

    @property
    def any_form(self) -> bool:
        """Whether a form has the keys."""
        return any(form.is_open for form in self.forms)

    def refresh(self, week: Week) -> None:
        """What they show, as it is now."""
        self.task.refresh()
        self.plan.refresh(week)
        self.trail.refresh(week)

    def set_place(self, place: QRect) -> None:
        """Where they lie on the page."""
        self._rect = place
        for overlay in (*self.forms, self.task, self.trail):
            overlay.set_place(place)

    def open_task(self, number: object) -> None:
        """Opens a task's drawer."""
        if isinstance(number, int):
            self.trail.shut()
            self.task.show_task(number)
            self.task.open()

    def open_lines(self, name: str, week: Week) -> None:
        """The lines of the account behind a figure."""
        self.trail.show_lines(name, week, self._desk.now())
        self.trail.open()

    def note_line(self, week: Week | None) -> None:
        """A new line of the account by hand, of the kind that is looked at."""
        if week is not None:
            self.burden.begin(week.area, self.trail.name if self.trail.is_open else "")
            self.burden.open()

    def open_publish(self, tasks: Sequence[Task], week: Week) -> None:
        """One screen with recipients, near-duplicates, the list check and the hour."""
        self.publishing.show_tasks(tasks, week)
        self.publishing.open()

    def propose(self, week: Week | None, urgent: bool, source: int, title: str, cause: int = 0) -> None:
        """The form of a new task; `source` is the case it comes from, `cause` the class that is its root."""
        self.form.begin(week, urgent, source, title, cause)
        self.form.open()

    def edit(self, task: Task | None) -> None:
        """The form of a draft."""
        if task is not None and task.state in (TaskState.DRAFT, TaskState.RETURNED):
            self.form.edit(task)
            self.form.open()

    def plan_meeting(self, week: Week | None, attendance: bool) -> None:
        """Books or changes a meeting, or takes attendance."""
        self.plan.begin(week, attendance)
        self.plan.open()

    def begin(self, form: ReportForm | SplitForm, receipt: Receipt) -> None:
        """A form about a share."""
        form.begin(receipt)
        form.open()

    def _begin_hand_over(self, receipt: object) -> None:
        if isinstance(receipt, Receipt) and self.task.task is not None:
            self.hand_over.begin(receipt, self.task.task)
            self.hand_over.open()

    def tick(self) -> None:
        """Space in a form that has a list: who came, or who gets it."""
        if self.plan.is_open:
            self.plan.toggle()
        elif self.split.is_open:
            self.split.toggle()

    def focus(self) -> bool:
        """The keyboard to the drawer that is still open, if one is."""
        for drawer in (self.task, self.trail):
            if drawer.is_open:
                drawer.list.setFocus()
                return True
        return False

    def shut_one(self) -> bool:
        """Esc: shuts the innermost; False where none was open."""
        if self.help.isVisible():
            self.help.hide()
            self.closed.emit()
            return True
        found = next((o for o in (*self.forms, self.trail, self.task) if o.is_open), None)
        if found is not None:
            found.shut()
        return found is not None


def place_over(page: QWidget, top: int) -> QRect:
    """Drawers lie over the right of a page, and leave the lanes to be seen."""
    px = look.of(page).px
    width = min(px(820), page.width() - px(180))
    return QRect(page.width() - width - px(8), top, width, page.height() - top - px(8))
