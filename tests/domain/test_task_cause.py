"""A task's root cause: a class of the site or none, kept through everything that happens to the task."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from boards import BUREAU, DAY, HEAD, Board  # noqa: E402
from sites import SHAHE, tiny_site  # noqa: E402

from commandscreen.domain.command import Reason  # noqa: E402
from commandscreen.domain.record import RecordKind  # noqa: E402
from commandscreen.domain.task import TaskState, task_of  # noqa: E402

CLASSES = sorted(tiny_site().classes)
_WHOLE = st.sampled_from([0, *CLASSES]) | st.integers(-3, 2**54)
_OTHER = (
    st.booleans() | st.text(max_size=4) | st.none() | st.floats(allow_nan=False) | st.lists(st.integers(), max_size=1)
)


@given(_WHOLE)
def test_a_cause_is_a_class_of_the_site_or_none(cause: int) -> None:
    board = Board()
    draft = {"lane": "society", "title": "源头治理", "to": [str(SHAHE)], "due": board.now + DAY, "cause": cause}
    if cause == 0 or cause in CLASSES:
        made = board.task(board.give(BUREAU, "task.propose", **draft))
        assert made.cause == cause and task_of(made.record()) == made
    else:
        wanted = Reason.UNKNOWN_CLASS if 0 < cause < 2**53 else Reason.BAD_ARGUMENT
        assert board.refused(BUREAU, "task.propose", **draft) is wanted


@given(_OTHER)
def test_what_is_no_whole_number_is_no_cause(cause: object) -> None:
    board = Board()
    draft = {"lane": "society", "title": "源头治理", "to": [str(SHAHE)], "due": board.now + DAY, "cause": cause}
    assert board.refused(BUREAU, "task.propose", **draft) is Reason.BAD_ARGUMENT


def test_a_record_from_before_has_none() -> None:
    board = Board()
    record = board.held[board.propose(cause=CLASSES[0])]
    old = replace(record, doc={name: value for name, value in record.doc.items() if name != "cause"})
    assert task_of(record).cause == CLASSES[0] and task_of(old).cause == 0
    assert "cause" not in board.held[board.propose()].doc


def test_it_stays_through_change_publishing_and_carrying_over() -> None:
    board = Board()
    task = board.propose(cause=CLASSES[-1])
    board.give(BUREAU, "task.edit", task, title="改了名", cause=CLASSES[0])
    first = board.open_meeting()
    board.give(HEAD, "task.schedule", task, meeting=first)
    board.give(HEAD, "meeting.end", first)
    board.now += 7 * DAY
    second = board.open_meeting()
    board.give(HEAD, "meeting.carry", second, meeting=first)
    board.give(HEAD, "meeting.publish", second, tasks=[task])
    found = board.task(task)
    assert (found.title, found.state, found.carried) == ("改了名", TaskState.ACTIVE, 1)
    assert found.cause == CLASSES[-1], "an edit leaves where it came from as it is"


def test_a_resolution_of_a_meeting_may_have_one() -> None:
    board = Board()
    meeting = board.open_meeting()
    board.give(HEAD, "meeting.resolve", meeting, number=0, lane="party", title="决议", to=[str(SHAHE)],
               due=board.now + DAY, cause=CLASSES[1])  # fmt: skip
    assert [task_of(r).cause for r in board.of(RecordKind.TASK)] == [CLASSES[1]]
