"""When a meeting's steps were done. A chair without a line holds the meeting all the same and hands it in later: each step's
own time (`Command.client_time`, on the server's clock as that desk last knew it) is then believed, within bounds."""

from __future__ import annotations

from dataclasses import replace

from .clock import DAY, HOUR, MINUTE
from .command import Command, Ground
from .hours import midnight
from .meeting import Meeting, MeetingState, meeting_of
from .record import Record

LIVE = 2 * MINUTE  # so near to the server's own time, the server's clock says when
BACK_MOST = DAY  # what claims to be older counts as done when it arrives

# What is done while a meeting runs, and what is done just before it begins.
_RUNNING = frozenset({"meeting.attend", "meeting.next", "meeting.add", "meeting.note", "meeting.review",
                      "meeting.resolve", "meeting.end"})  # fmt: skip
_BEFORE = frozenset({"meeting.attend", "meeting.open"})


def done_at(command: Command, now: int) -> int:
    """When a command was given, UTC seconds: by its desk where it was kept back, else, and beyond the bounds, `now`."""
    return command.client_time if now - BACK_MOST <= command.client_time < now - LIVE else now


def step_at(meeting: Meeting, command: Command, ground: Ground) -> int:
    """The same for a step of a meeting: never before the meeting was booked, nor before the step that came before it."""
    booked = meeting.log[0].at if meeting.log else 0
    steps = (max(item.began_at, item.ended_at) for item in meeting.agenda)
    return min(ground.now, max(done_at(command, ground.now), booked, meeting.opened_at, *steps))


def handed_in(meeting: Meeting, at: int, now: int) -> int:
    """When the meeting was handed in, once one of its steps was kept back; 0 while all came as they were done."""
    return now if at < now else meeting.handed_in


def reopened(subject: Record | None, command: Command, ground: Ground) -> Record | None:
    """The meeting as it stood when a step was done that was kept back: one that the server ended meanwhile because its
    time was over still runs, one that it cancelled as never opened is still planned."""
    if subject is None or command.kind not in _RUNNING | _BEFORE:
        return subject
    meeting, at = meeting_of(subject), done_at(command, ground.now)
    if not meeting.shut_at or at == ground.now:
        return subject
    soon = ground.now + HOUR  # the steps that follow are on their way; without an end the server ends it again
    if meeting.state is MeetingState.ENDED and command.kind in _RUNNING and at < meeting.ended_at:
        agenda = tuple(replace(i, ended_at=0) if n == meeting.current else i for n, i in enumerate(meeting.agenda))
        meeting = replace(meeting, state=MeetingState.OPEN, ended_at=0, over=0, agenda=agenda, look_at=soon, shut_at=0)
    elif meeting.state is MeetingState.CANCELLED and command.kind in _BEFORE and at < midnight(meeting.at) + DAY:
        meeting = replace(meeting, state=MeetingState.PLANNED, look_at=soon)  # `open` looks whether the week is free
    else:
        return subject
    return meeting.record()
