"""The hands at the board: keys and buttons turned into commands on the meeting and on tasks. UI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from ..domain import board
from ..domain.admission import Admission
from ..domain.burden import Burden
from ..domain.meeting import Meeting, MeetingState
from ..domain.receipt import Receipt, ReceiptState
from ..domain.task import Column, Task, TaskState
from ..store.board import Week
from . import board_words
from .acting import Option
from .asking import Asking
from .board_commands import BoardCommands, Wanted
from .desk import Desk

ADD_MINUTES = 2


class MeetingHands(QObject):
    """`week` gives the board in front, `chosen` the tasks that are marked or else the current one."""

    def __init__(self, desk: Desk, commands: BoardCommands, asking: Asking, week: Callable[[], Week | None],
                 chosen: Callable[[], Sequence[Task]], parent: QObject | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self.commands, self._asking, self._week, self._chosen = desk, commands, asking, week, chosen

    # What may be done -------------------------------------------------------------------------------------------------------

    def may(self, kind: str, state: str | None) -> bool:
        """Whether this person's post may give a command on a record in a state; the area is looked at when it is given."""
        actor, line = self._desk.actor, board.act(kind, state)
        return actor is not None and line is not None and bool(line.roles & actor.roles)

    @property
    def pending(self) -> frozenset[int]:
        """Records that show more than the server has confirmed."""
        week = self._week()
        return week.pending if week else frozenset()

    @property
    def meeting(self) -> Meeting | None:
        """The meeting in front."""
        week = self._week()
        return week.meeting if week else None

    @property
    def open(self) -> bool:
        """Whether it is under way."""
        return self.meeting is not None and self.meeting.state is MeetingState.OPEN

    @property
    def home(self) -> bool:
        """Whether this person sits in the board's own centre."""
        week, actor = self._week(), self._desk.actor
        return week is not None and actor is not None and actor.area == week.area and not actor.unit

    @property
    def chairs(self) -> bool:
        """Whether this person chairs the meeting that is under way."""
        actor, meeting = self._desk.actor, self.meeting
        return actor is not None and meeting is not None and meeting.chair == actor.id

    # The meeting ------------------------------------------------------------------------------------------------------------

    def _on_meeting(self, kind: str, **args: Any) -> None:
        meeting = self.meeting
        if meeting is not None:
            name = meeting.title or board_words.meeting_kind(meeting.kind)
            self.commands.give([Wanted(kind, meeting.id, meeting.ver, args, name)])

    def open_meeting(self) -> None:
        """开会; 接主持 where somebody else has opened it."""
        if self.open and not self.chairs:
            self._asking.ask(
                "take",
                self.tr("为何接主持，回车记下，Esc 放下"),
                lambda text: self._on_meeting("meeting.take", reason=text),
            )
        else:
            self._on_meeting("meeting.open")

    def next_item(self) -> None:
        """Space: the next item of the agenda."""
        if self.open:
            self._on_meeting("meeting.next")

    def add_minutes(self) -> None:
        """+: two more minutes for the item."""
        if self.open:
            self._on_meeting("meeting.add", minutes=ADD_MINUTES)

    def end(self) -> None:
        """F10: ends the meeting."""
        if self.open:
            self._on_meeting("meeting.end")

    def note(self) -> None:
        """N: a point of the meeting while it runs, else a note on the task in hand."""
        if self.open:
            self._asking.ask(
                "note", self.tr("记要点，回车记下，Esc 放下"), lambda text: self._on_meeting("meeting.note", text=text)
            )
            return
        for task in self._chosen()[:1]:
            self._asking.ask(f"note {task.id}", self.tr("给任务写备注，回车记下，Esc 放下"),
                             self._then("task.note", [task], "text"))  # fmt: skip

    def attend(self, keys: Sequence[str], here: bool) -> None:
        """Who came, or did not."""
        self._on_meeting("meeting.attend", keys=list(keys), here=here)

    def cancel(self) -> None:
        """Cancels a meeting that is planned."""
        self._asking.ask(
            "cancel",
            self.tr("为何取消会议，回车取消，Esc 放下"),
            lambda text: self._on_meeting("meeting.cancel", reason=text),
        )

    def recheck(self) -> None:
        """L: goes on under the lists as they are now, where they have changed since the meeting opened."""
        if self.meeting is not None and self.meeting.opened_at:
            self._on_meeting("meeting.recheck")

    def strike(self, line: Burden) -> None:
        """A line of the account that was booked by mistake."""

        def strike(reason: str) -> None:
            self.commands.give([Wanted("burden.strike", line.id, line.ver, {"reason": reason}, line.title)])

        self._asking.ask(f"strike {line.id}", self.tr("为何划去这一条，回车划去，Esc 放下"), strike)

    def carry(self) -> None:
        """Takes over what the last meeting left undone."""
        week, meeting = self._week(), self.meeting
        if week is None or meeting is None:
            return
        before = [m for m in week.meetings if m.kind is meeting.kind and m.area == meeting.area and m.at < meeting.at
                  and m.state is MeetingState.ENDED]  # fmt: skip
        if before:
            self._on_meeting("meeting.carry", meeting=max(before, key=lambda m: m.at).id)
        else:
            self.commands.results.say(self.tr("前面没有开过会，没有可结转的"))

    # Tasks ------------------------------------------------------------------------------------------------------------------

    def _on_task(self, kind: str, tasks: Sequence[Task], **args: Any) -> None:
        self.commands.give([Wanted(kind, t.id, t.ver, args, t.title) for t in tasks])

    def _then(self, kind: str, tasks: Sequence[Task], name: str) -> Callable[[str], None]:
        """What happens with the text a person writes: the command, with it under a name."""
        kept = list(tasks)
        return lambda text: self._on_task(kind, kept, **{name: text})

    def schedule(self) -> None:
        """M: onto the meeting's agenda, or off it."""
        meeting = self.meeting
        drafts = [t for t in self._chosen() if t.state is TaskState.DRAFT]
        if meeting is None:
            self.commands.results.say(self.tr("先排会，再把任务排入议程"))
        elif drafts and all(t.meeting == meeting.id for t in drafts):
            self._on_task("task.unschedule", drafts)
        else:
            self._on_task("task.schedule", [t for t in drafts if t.meeting != meeting.id], meeting=meeting.id)

    def send_back(self) -> None:
        """R: back to the department; for a task under review, the recipients are sent back one by one in its drawer."""
        asked = self.admission_of(self._chosen()[0]) if self._chosen() else None
        if asked is not None and self.may("admission.deny", "asked"):
            self._asking.ask(f"deny {asked.id}", self.tr("不予准入的理由，回车存入，Esc 放下"),
                             lambda text: self._on_admission("admission.deny", asked, reason=text))  # fmt: skip
            return
        tasks = [t for t in self._chosen() if t.state is TaskState.DRAFT]
        if tasks:
            self._asking.ask("back", self.tr("退回提出部门的原因，回车退回，Esc 放下"),
                             self._then("task.send_back", tasks, "reason"),
                             (self.tr("不在村（社区）职责内"), self.tr("已有同类任务，请合并"),
                              self.tr("请写明依据清单哪一项")))  # fmt: skip

    def keep(self) -> None:
        """E: the department does it by itself; finishing one that it did."""
        tasks = self._chosen()
        own = [t for t in tasks if t.state is TaskState.OWN]
        if own:
            self._finish(own)
        else:
            self._on_task("task.keep", tasks)

    def admit(self) -> None:
        """Q: asks that an off-list task be let in."""
        for task in self._chosen()[:1]:
            self._asking.ask(f"admit {task.id}", self.tr("为何要准入村（社区）清单，回车提交，Esc 放下"),
                             partial(self._ask_admission, task))  # fmt: skip

    def _ask_admission(self, task: Task, reason: str) -> None:
        args = {"task": task.id, "title": task.title, "reason": reason}
        self.commands.give([Wanted("admission.ask", 0, 0, args, task.title)])

    def admission_of(self, task: Task | None) -> Admission | None:
        """The request about a task that waits for an answer."""
        week = self._week()
        return next((a for a in week.admissions if a.task == task.id), None) if week and task else None

    def _on_admission(self, kind: str, asked: Admission, **args: Any) -> None:
        self.commands.give([Wanted(kind, asked.id, asked.ver, args, asked.title)])

    def accept(self) -> None:
        """V: accepts tasks; before all have reported a reason is needed; lets in what asked for admission."""
        tasks = self._chosen()
        asked = self.admission_of(tasks[0]) if tasks else None
        if asked is not None:
            self._on_admission("admission.grant", asked)
            return
        ready = [t for t in tasks if t.state is TaskState.REVIEW]
        early = [t for t in tasks if t.state is TaskState.ACTIVE]
        if ready:
            self._on_task("task.accept", ready)
        elif early:
            self._accept_early(early)
        else:
            self.commands.results.say(self.tr("选中的任务不在待验收"))

    def withdraw(self) -> None:
        """Del: takes tasks back."""
        tasks = self._chosen()
        if tasks:
            self._asking.ask("withdraw", self.tr("为何撤回任务，回车撤回，Esc 放下"),
                             self._then("task.withdraw", tasks, "reason"))  # fmt: skip

    def review(self) -> None:
        """X: the meeting reviews a task that was given outside one."""
        flagged = [t for t in self._chosen() if t.flagged]
        if not flagged or not self.open:
            self.commands.results.say(self.tr("会外紧急在会上复核：开会后选中带标记的任务，再按 X"))
            return
        task = flagged[0]
        review = partial(self._on_meeting, "meeting.review", task=task.id)
        self._asking.choose(self.tr("{title}：{why}").format(title=task.title, why=task.urgent.reason if task.urgent else ""), [
            Option(self.tr("确属紧急"), partial(review, proper=True)),
            Option(self.tr("不属紧急，下不为例"), partial(review, proper=False)),
        ])  # fmt: skip

    def drop(self, task: Task, column: str) -> None:
        """A card let go over another column: the command that leads there."""
        if column == Column.DONE and task.state in (TaskState.REVIEW, TaskState.ACTIVE):
            if task.state is TaskState.REVIEW:
                self._on_task("task.accept", [task])
            else:
                self._accept_early([task])
        elif column == Column.DONE and task.state is TaskState.OWN:
            self._finish([task])

    def _accept_early(self, tasks: Sequence[Task]) -> None:
        self._asking.ask("accept", self.tr("还没全回报，为何验收，回车验收，Esc 放下"),
                         self._then("task.accept", tasks, "reason"))  # fmt: skip

    def _finish(self, tasks: Sequence[Task]) -> None:
        self._asking.ask("finish", self.tr("怎样办完的，回车存入，Esc 放下"), self._then("task.finish", tasks, "text"))

    @staticmethod
    def can_drop(task: Task, column: str) -> bool:
        """Whether a card may be let go over a column: to be published, or to be finished."""
        if task.state is TaskState.DRAFT:
            return column == Column.DOING
        return column == Column.DONE and task.state in (TaskState.REVIEW, TaskState.ACTIVE, TaskState.OWN)

    # Recipients ---------------------------------------------------------------------------------------------------------------

    def on_receipts(self, kind: str, found: Sequence[Receipt], **args: Any) -> None:
        """The same command on receipts, each decided on the version that is seen."""
        self.commands.give([Wanted(kind, r.id, r.ver, args, r.title) for r in found])

    def accept_receipts(self, found: Sequence[Receipt]) -> None:
        """V: accepts what was reported."""
        ready = [r for r in found if r.state is ReceiptState.REPORTED]
        if ready:
            self.on_receipts("receipt.accept", ready)
        else:
            self.commands.results.say(self.tr("选中的没有已回报待验收的"))

    def send_receipts_back(self, found: Sequence[Receipt]) -> None:
        """R: a report goes back, with what is missing."""
        ready = [r for r in found if r.state is ReceiptState.REPORTED]
        if ready:
            self._asking.ask("receipt back", self.tr("退回补报，缺什么，回车退回，Esc 放下"),
                             lambda text: self.on_receipts("receipt.send_back", ready, reason=text))  # fmt: skip

    def answer_ask(self, receipt: Receipt) -> None:
        """X: grants or denies more time."""
        if receipt.ask is None:
            self.commands.results.say(self.tr("没有等答复的延时申请"))
            return
        self._asking.choose(self.tr("{who}申请延时：{why}").format(who=receipt.ask.name, why=receipt.ask.reason), [
            Option(board_words.step("receipt.grant"), lambda: self.on_receipts("receipt.grant", [receipt])),
            Option(board_words.step("receipt.deny"), lambda: self._asking.ask(
                f"deny {receipt.id}", self.tr("不同意延时的理由，回车存入，Esc 放下"),
                lambda text: self.on_receipts("receipt.deny", [receipt], reason=text))),
        ])  # fmt: skip
