"""A command, what a decision stands on, and the reasons for which one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .case import Case
from .person import Actor
from .site import Site


class Reason(StrEnum):
    """Why a command is refused; views put the codes into words."""

    UNKNOWN_COMMAND = "unknown-command"
    UNKNOWN_CASE = "unknown-case"
    WRONG_STATE = "wrong-state"
    WRONG_ROLE = "wrong-role"
    OUT_OF_SCOPE = "out-of-scope"
    NOT_YOUR_UNIT = "not-your-unit"
    MISSING_ARGUMENT = "missing-argument"
    BAD_ARGUMENT = "bad-argument"
    UNKNOWN_GRID = "unknown-grid"
    UNKNOWN_CLASS = "unknown-class"
    UNKNOWN_UNIT = "unknown-unit"
    NOT_CHECKED = "not-checked"
    NOT_CALLED_BACK = "not-called-back"
    STALE_BASE = "stale-base"
    TOO_LATE = "too-late"
    UNKNOWN_DUTY = "unknown-duty"
    SAME_PERSON = "same-person"
    ALREADY_ASKED = "already-asked"
    NOT_ASKED = "not-asked"
    LIMIT_REACHED = "limit-reached"
    NOT_OVERDUE = "not-overdue"
    OVERDUE = "overdue"
    NOT_CALLED = "not-called"
    OUTSIDE_MEETING = "outside-meeting"  # only 紧急 with a written reason goes out outside a meeting
    OFF_LIST = "off-list"  # 清单外: may not reach a village
    LISTS_CHANGED = "lists-changed"  # since the meeting opened; check them again
    ENDED_CERTIFICATE = "ended-certificate"  # asks for one of those no longer issued
    NO_MEETING_DAY = "no-meeting-day"  # 无会日
    NO_MEETING_WEEK = "no-meeting-week"  # 无会周
    ALREADY_BOOKED = "already-booked"  # one a week, one a quarter
    NO_QUORUM = "no-quorum"
    CIRCLE_MISSING = "circle-missing"  # a joint committee needs members of all three circles
    ALREADY_CHAIRED = "already-chaired"
    NOT_CHAIR = "not-chair"
    ALREADY_PUBLISHED = "already-published"
    ALREADY_REPORTED = "already-reported"
    ALREADY_SENT = "already-sent"
    RECIPIENT_GONE = "recipient-gone"  # merged away, or no longer on the site


@dataclass(frozen=True, slots=True)
class Command:
    """A person's intent. `id` is a UUID and the idempotency key; `base` the version it was decided on, 0 = any."""

    id: str
    kind: str
    case_id: int = 0
    base: int = 0
    args: Mapping[str, Any] = field(default_factory=dict)
    client_time: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command that may not be carried out; `detail` names the argument or state concerned."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision stands on beside the case: site, actor, the server's time, the names for a new case.

    `other` is the case that the command names beside its own, such as the master of a merge.
    """

    site: Site
    actor: Actor
    now: int
    new_id: int = 0
    new_number: str = ""
    other: Case | None = None


class Bad(ValueError):
    """An argument that is not what the command needs; becomes a Refusal."""

    def __init__(self, name: str, reason: Reason = Reason.BAD_ARGUMENT) -> None:
        super().__init__(name)
        self.reason = reason
