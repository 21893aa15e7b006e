"""The day plays the board: whatever it says next, the rules carry it out, until every open task has come to its end."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

import numpy as np  # noqa: E402
from centre import city  # noqa: E402
from sites import CITY  # noqa: E402
from test_board_history import DAY, HOUR, MONDAY  # noqa: E402

from commandscreen.domain import affairs  # noqa: E402
from commandscreen.domain.command import Command, Ground, Refusal  # noqa: E402
from commandscreen.domain.record import RecordKind  # noqa: E402
from commandscreen.domain.task import Column, task_of  # noqa: E402
from commandscreen.site import board_history  # noqa: E402
from commandscreen.site.board_book import BoardBook  # noqa: E402
from commandscreen.site.board_day import BoardDay  # noqa: E402


class Stand:
    """Finds a person for a place, as the demo city's own cast would."""

    def __init__(self, people) -> None:  # type: ignore[no-untyped-def]
        self._people = people

    def clerk(self, township: int, _: str):  # type: ignore[no-untyped-def]
        return next(p for p in self._people if p.area == township and not p.unit and "dispatcher" in p.roles)

    def worker(self, grid: int, _: int):  # type: ignore[no-untyped-def]
        return next(p for p in self._people if p.area == grid // 10_000 and "grid_chief" in p.roles)


def test_the_day_carries_every_open_task_to_its_end() -> None:
    site, now = city(), MONDAY + HOUR
    book = BoardBook(site, "day")
    book.put(board_history.records(site, now))
    people = {p.account: p.actor() for p in site.people}
    day = BoardDay(site, Stand(site.people), 500.0, np.random.default_rng(1))  # type: ignore[arg-type]
    for record in book.all():
        day.take(record.id, record)
    for turn in range(4000):
        now += 60
        steps = day.steps(60.0, now, 20)
        if not steps:
            break
        for account, said in steps:
            command = Command(f"{turn} {said['case_id']}", said["kind"], said["case_id"], said["base"], said["args"])
            made = affairs.decide(command, Ground(site, people[account], now), book)
            assert not isinstance(made, Refusal), (said, made)
            book.put(made)
            for record in made:
                day.take(record.id, record)
    tasks = [task_of(r) for r in book.all() if r.kind is RecordKind.TASK and r.area == CITY]
    left = [t.title for t in tasks if t.column in (Column.DOING, Column.REVIEW) and t.unit]
    assert not left, left
    assert now < MONDAY + 30 * DAY
