"""The board's rules as a table of data: which command may be given where, by whom, with what, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .admission import AdmissionState
from .burden import BurdenState
from .meeting import MeetingState
from .person import Role
from .receipt import ReceiptState
from .record import RecordKind
from .task import TaskState


class Whose(StrEnum):
    """Whose a command is, beside the post: how the actor has to stand to the record."""

    HOME = "home"  # people of the board's own area and of no unit: its centre
    BOARD = "board"  # those, and people of units that serve just this area
    PROPOSER = "proposer"  # the unit that proposed the task, or the centre where none did
    CHAIR = "chair"  # who chairs the meeting
    RECIPIENT = "recipient"  # people of the recipient's area
    ABOVE = "above"  # who handed it down: the proposer, or the recipient that split it off
    WITHIN = "within"  # anyone whose area lies in the board's, or is it
    SERVER = "server"  # the server itself, by time


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the table. `start` is None where no record exists yet; `end` empty where the state stays or follows
    from the rule (`ends` then lists what it may become). `needs` are the arguments without which it is refused, `takes`
    those it may have beside. `fresh`: a stale base is refused."""

    kind: str
    start: str | None
    end: str
    roles: frozenset[Role]
    whose: Whose
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    fresh: bool = False

    @property
    def record(self) -> RecordKind:
        """The kind of record it is about."""
        return RecordKind(self.kind.partition(".")[0])


_HEAD = frozenset({Role.CENTRE_HEAD, Role.GRID_CHIEF})  # a 一级网格长 only for the 大党委 of the community
_LEAD = _HEAD | {Role.SHIFT_LEADER}
_URGENT = frozenset({Role.CENTRE_HEAD, Role.SHIFT_LEADER})  # who may hand down outside a meeting
_ADMIT = frozenset({Role.CENTRE_HEAD})
_PROPOSE = _LEAD | {Role.HANDLER, Role.DISPATCHER}
_RECEIVE = frozenset({Role.INTAKE, Role.DISPATCHER, Role.SHIFT_LEADER, Role.CENTRE_HEAD, Role.GRID_CHIEF,
                      Role.GRID_LEAD, Role.GRID_WORKER})  # fmt: skip
_OVER = _PROPOSE | _RECEIVE
_NOTE = _LEAD | {Role.SUPERVISOR, Role.INTAKE, Role.DISPATCHER}
_SYSTEM = frozenset({Role.SYSTEM})

_M, _T, _R, _A, _B = MeetingState, TaskState, ReceiptState, AdmissionState, BurdenState
_PLAN = ("title", "minutes", "agenda", "members")
_TASK = ("text", "item", "fields", "source", "minutes")


def _acts(kind: str, starts: Iterable[str | None], end: str, roles: frozenset[Role], whose: Whose,
          needs: tuple[str, ...] = (), takes: tuple[str, ...] = (), fresh: bool = False) -> tuple[Act, ...]:  # fmt: skip
    return tuple(Act(kind, s, end, roles, whose, needs, takes, fresh) for s in starts)


ACTS: tuple[Act, ...] = (
    # The meeting.
    *_acts("meeting.plan", (None,), _M.PLANNED, _LEAD, Whose.HOME, ("at",), ("what", *_PLAN)),
    *_acts("meeting.edit", (_M.PLANNED,), "", _LEAD, Whose.HOME, (), ("at", *_PLAN), fresh=True),
    *_acts("meeting.cancel", (_M.PLANNED,), _M.CANCELLED, _LEAD, Whose.HOME, ("reason",)),
    *_acts("meeting.attend", (_M.PLANNED, _M.OPEN), "", _LEAD, Whose.HOME, ("keys",), ("here",)),
    *_acts("meeting.carry", (_M.PLANNED, _M.OPEN), "", _LEAD, Whose.HOME, ("meeting",)),
    *_acts("meeting.open", (_M.PLANNED,), _M.OPEN, _HEAD, Whose.HOME),
    *_acts("meeting.take", (_M.OPEN,), "", _LEAD, Whose.HOME, ("reason",)),
    *_acts("meeting.next", (_M.OPEN,), "", _LEAD, Whose.CHAIR),
    *_acts("meeting.add", (_M.OPEN,), "", _LEAD, Whose.CHAIR, (), ("minutes",)),
    *_acts("meeting.note", (_M.OPEN,), "", _LEAD, Whose.HOME, ("text",), ("number",)),
    *_acts("meeting.review", (_M.OPEN,), "", _LEAD, Whose.CHAIR, ("task", "proper"), ("text",)),
    *_acts("meeting.resolve", (_M.OPEN,), "", _LEAD, Whose.CHAIR, ("number", "lane", "title", "to", "due"),
           (*_TASK[:4], "cause")),
    *_acts("meeting.recheck", (_M.OPEN, _M.ENDED), "", _LEAD, Whose.CHAIR),
    *_acts("meeting.publish", (_M.OPEN, _M.ENDED), "", _LEAD, Whose.CHAIR, ("tasks",)),
    *_acts("meeting.end", (_M.OPEN,), _M.ENDED, _LEAD, Whose.CHAIR),
    *_acts("meeting.due", (_M.PLANNED,), _M.CANCELLED, _SYSTEM, Whose.SERVER),
    *_acts("meeting.due", (_M.OPEN,), _M.ENDED, _SYSTEM, Whose.SERVER),
    # The task.
    *_acts("task.propose", (None,), _T.DRAFT, _PROPOSE, Whose.BOARD, ("lane", "title", "to", "due"),
           (*_TASK, "cause", "meeting")),
    *_acts("task.edit", (_T.DRAFT, _T.RETURNED), _T.DRAFT, _PROPOSE, Whose.PROPOSER, (),
           ("lane", "title", "to", "due", *_TASK), fresh=True),
    *_acts("task.schedule", (_T.DRAFT,), "", _LEAD, Whose.HOME, ("meeting",)),
    *_acts("task.unschedule", (_T.DRAFT,), "", _LEAD, Whose.HOME),
    *_acts("task.send_back", (_T.DRAFT,), _T.RETURNED, _LEAD, Whose.HOME, ("reason",)),
    *_acts("task.keep", (_T.DRAFT, _T.RETURNED), _T.OWN, _PROPOSE, Whose.BOARD, (), ("text",)),
    *_acts("task.finish", (_T.OWN,), _T.DONE, _PROPOSE, Whose.PROPOSER, ("text",)),
    *_acts("task.publish", (_T.DRAFT,), _T.ACTIVE, _URGENT, Whose.HOME, ("urgent", "reason")),
    *_acts("task.withdraw", (_T.DRAFT, _T.RETURNED, _T.WAITING, _T.ACTIVE, _T.OWN), _T.WITHDRAWN, _PROPOSE,
           Whose.PROPOSER, ("reason",)),
    *_acts("task.accept", (_T.REVIEW,), _T.DONE, _PROPOSE, Whose.PROPOSER, (), ("text",)),
    *_acts("task.accept", (_T.ACTIVE,), _T.DONE, _PROPOSE, Whose.PROPOSER, ("reason",)),
    *_acts("task.note", (_T.DRAFT, _T.WAITING, _T.ACTIVE, _T.REVIEW, _T.RETURNED, _T.OWN), "", _PROPOSE, Whose.BOARD,
           ("text",)),
    *_acts("task.due", (_T.WAITING,), "", _SYSTEM, Whose.SERVER),
    # A recipient's share.
    *_acts("receipt.sign", (_R.SENT,), _R.SIGNED, _RECEIVE, Whose.RECIPIENT),
    *_acts("receipt.progress", (_R.SIGNED, _R.BACK), "", _RECEIVE, Whose.RECIPIENT, ("share",), ("text",)),
    *_acts("receipt.report", (_R.SIGNED, _R.BACK), _R.REPORTED, _RECEIVE, Whose.RECIPIENT, ("text",),
           ("fields", "photos"), fresh=True),
    *_acts("receipt.attach", (_R.SIGNED, _R.BACK, _R.REPORTED), "", _RECEIVE, Whose.RECIPIENT, ("photos",), ("text",)),
    *_acts("receipt.ask", (_R.SENT, _R.SIGNED, _R.BACK), "", _RECEIVE, Whose.RECIPIENT, ("until", "reason")),
    *_acts("receipt.split", (_R.SIGNED, _R.BACK), "", _RECEIVE, Whose.RECIPIENT, ("to",), ("due",)),
    *_acts("receipt.grant", (_R.SENT, _R.SIGNED, _R.BACK), "", _OVER, Whose.ABOVE, (), ("until",)),
    *_acts("receipt.deny", (_R.SENT, _R.SIGNED, _R.BACK), "", _OVER, Whose.ABOVE, ("reason",)),
    *_acts("receipt.accept", (_R.REPORTED,), _R.ACCEPTED, _OVER, Whose.ABOVE, (), ("text",), fresh=True),
    *_acts("receipt.send_back", (_R.REPORTED,), _R.BACK, _OVER, Whose.ABOVE, ("reason",), ("fields",), fresh=True),
    *_acts("receipt.hand_over", (_R.SENT, _R.SIGNED, _R.BACK), "", _OVER, Whose.ABOVE, ("to",), ("reason",)),
    # 申请准入.
    *_acts("admission.ask", (None,), _A.ASKED, _PROPOSE, Whose.BOARD, ("task", "title", "reason")),
    *_acts("admission.grant", (_A.ASKED,), _A.GRANTED, _ADMIT, Whose.HOME, (), ("text",), fresh=True),
    *_acts("admission.deny", (_A.ASKED,), _A.DENIED, _ADMIT, Whose.HOME, ("reason",), fresh=True),
    # 减负.
    *_acts("burden.note", (None,), _B.COUNTED, _NOTE, Whose.WITHIN, ("what", "title", "at"),
           ("area", "body", "minutes", "people", "count")),
    *_acts("burden.strike", (_B.COUNTED,), _B.STRUCK, _LEAD, Whose.HOME, ("reason",)),
)  # fmt: skip

_BY_KEY = {(a.kind, a.start): a for a in ACTS}
KINDS: frozenset[str] = frozenset(a.kind for a in ACTS)


def act(kind: str, start: str | None) -> Act | None:
    """The line for a command in a state, or None where the table has none."""
    return _BY_KEY.get((kind, start))


def allowed(kind: RecordKind, state: str | None, roles: frozenset[Role]) -> tuple[Act, ...]:
    """The lines these roles may use on a kind of record in a state, in the table's order."""
    return tuple(a for a in ACTS if a.record is kind and a.start == state and a.roles & roles)
