"""Which tasks of a week the board shows: by words, in characters or pinyin, and by one of a few named filters. Pure."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.case import Lamp
from ..domain.meeting import Meeting
from ..domain.person import Actor
from ..domain.pinyin import find
from ..domain.site import Site
from ..domain.task import Task
from . import board_rows


def passes(task: Task, text: str, name: str, site: Site, actor: Actor, meeting: Meeting | None, now: int) -> bool:
    """Whether a task is shown. `text` is looked for in title, proposer and list item; `name` is late, urgent, off_list,
    carried, agenda, ours, cause, or empty for all."""
    if text and find(text, task.title) is None:
        words = f"{board_rows.proposer(task, site)} {board_rows.item_words(task)}"
        if find(text, words) is None:
            return False
    tests: dict[str, Callable[[], bool]] = {
        "late": lambda: board_rows.lamp(task, now) in (Lamp.OVERDUE, Lamp.DUE), "urgent": lambda: task.urgent is not None,
        "off_list": lambda: task.item is None, "carried": lambda: task.carried > 0,
        "agenda": lambda: meeting is not None and (task.meeting == meeting.id or task.id in meeting.tasks),
        "cause": lambda: task.cause > 0,
        "ours": lambda: task.by == actor.id or (actor.unit > 0 and task.unit == actor.unit),
    }  # fmt: skip
    return tests[name]() if name in tests else True
