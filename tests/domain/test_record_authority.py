"""What people may not do with records that are not theirs, and what a board may not say of what its people do not see."""

from __future__ import annotations

import sys
import uuid
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from boards import BUREAU, DAY, HEAD, LIST, OTHER, STREET, Board  # noqa: E402
from sites import CITY, SHAHE  # noqa: E402

from commandscreen.domain.affairs import bar  # noqa: E402
from commandscreen.domain.agenda import agenda_given  # noqa: E402
from commandscreen.domain.case import Case  # noqa: E402
from commandscreen.domain.command import Command, Ground, Reason, Refusal  # noqa: E402
from commandscreen.domain.decide import decide  # noqa: E402
from commandscreen.domain.person import Actor, Role  # noqa: E402
from commandscreen.domain.record import RecordKind  # noqa: E402
from commandscreen.domain.task import TaskState  # noqa: E402

GRID = 2103040150170203
CHANNEL = Actor(30, "接入", frozenset({Role.CHANNEL}), CITY)
CLERK = Actor(31, "受理员", frozenset({Role.INTAKE}), SHAHE)


def _case(board: Board) -> Case:
    args = {"source": "hotline", "title": "王某家漏水", "place": "32栋", "grid": GRID, "class_id": 301}
    made = decide(
        None, Command(str(uuid.uuid4()), "report", 0, 0, args), Ground(board.site, CLERK, board.now, 7, "立沙-7")
    )
    assert isinstance(made, Case), made
    board.cases[made.id] = made
    return made


def _draft(board: Board) -> dict[str, object]:
    return {"lane": "society", "title": "排班", "to": [str(SHAHE)], "due": board.now + 10 * DAY, "item": LIST}


def test_a_unit_learns_nothing_of_a_case_that_is_not_its_own() -> None:
    board = Board()
    case = _case(board)
    assert board.refused(BUREAU, "task.propose", source=case.id, **_draft(board)) is Reason.OUT_OF_SCOPE
    board.cases[case.id] = replace(case, assists=(BUREAU.unit,))
    assert board.task(board.give(BUREAU, "task.propose", source=case.id, **_draft(board))).source_name == case.number
    assert board.refused(OTHER, "task.propose", source=case.id, **_draft(board)) is Reason.OUT_OF_SCOPE
    assert board.task(board.give(HEAD, "task.propose", source=case.id, **_draft(board))).source_name == case.number


def test_what_an_alarm_says_stays_off_the_board() -> None:
    board = Board()
    event = {"type": "ai_event", "title": "王某家漏水", "place": "32栋", "grid": GRID, "class_id": 301, "source": "cam"}
    made = board.decide(CHANNEL, "alarm.raise", **event)
    board.keep(made)
    for actor in (HEAD, BUREAU):
        assert board.refused(actor, "task.propose", source=made[0].id, **_draft(board)) is Reason.UNKNOWN_CASE


def test_a_unit_learns_nothing_of_a_record_below_its_board() -> None:
    board = Board()
    own = board.give(STREET, "task.propose", 0, lane="society", title="街道自己的事", to=[f"{SHAHE}/community"],
                     due=board.now + DAY)  # fmt: skip
    assert board.refused(BUREAU, "task.propose", source=own, **_draft(board)) is Reason.OUT_OF_SCOPE
    assert board.task(board.give(HEAD, "task.propose", source=own, **_draft(board))).source == own
    beside = board.propose(OTHER)
    assert board.task(board.give(BUREAU, "task.propose", source=beside, **_draft(board))).source == beside


def test_a_unit_leaves_other_units_drafts_alone() -> None:
    board = Board()
    task = board.propose(BUREAU)
    asking = {"task": task, "title": "新事项", "reason": "要做"}
    assert board.refused(OTHER, "task.keep", task) is Reason.NOT_YOUR_UNIT
    assert board.refused(OTHER, "admission.ask", **asking) is Reason.NOT_YOUR_UNIT
    assert board.task(task).state is TaskState.DRAFT and board.task(task).to
    board.give(HEAD, "admission.ask", 0, **asking)
    assert board.task(board.give(BUREAU, "task.keep", task)).state is TaskState.OWN
    assert board.task(board.give(HEAD, "task.keep", board.propose(BUREAU))).state is TaskState.OWN


def test_a_camera_does_not_confirm_its_own_alarm() -> None:
    board = Board()
    event = {"type": "ai_event", "title": "积水", "place": "32栋", "grid": GRID, "class_id": 301, "source": "cam"}
    made = board.decide(CHANNEL, "alarm.raise", **event)
    board.keep(made)
    args = {"source": "ai_video", "title": "积水", "place": "32栋", "grid": GRID, "class_id": 301, "alarm": made[0].id}
    command = Command(str(uuid.uuid4()), "report", 0, 0, args)
    refused = bar(command, Ground(board.site, CHANNEL, board.now), board)
    assert isinstance(refused, Refusal) and refused.reason is Reason.WRONG_ROLE
    assert bar(command, Ground(board.site, CLERK, board.now), board) is None
    assert board.of(RecordKind.ALARM)[0].state == "raised"


def test_an_agenda_item_may_leave_out_what_comes_last() -> None:
    site = Board().site
    for item in (["", "事项", 10], ["", "事项", 10, "甲"], ["", "事项", 10, "甲", 0]):
        assert agenda_given([item], (), site)[0].title == "事项"
