"""A desk to be driven: the demo city's open cases in a replica, the real screen, no server."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

sys.path[:0] = [str(Path(__file__).parent)]

from board_seat import BoardSeat, Sit  # noqa: E402

from commandscreen import theme as look  # noqa: E402
from commandscreen.bridge import Bridge  # noqa: E402
from commandscreen.domain.case import Case  # noqa: E402
from commandscreen.domain.site import Site  # noqa: E402
from commandscreen.protocol.rows import CASE, TALLY, case_values, tally_values  # noqa: E402
from commandscreen.site import history  # noqa: E402
from commandscreen.site.folder import demo_path, load  # noqa: E402
from commandscreen.store import apply  # noqa: E402
from commandscreen.store.connection import allow_thread, forbid_thread  # noqa: E402
from commandscreen.store.replica import Replica  # noqa: E402
from commandscreen.views.desk import Desk  # noqa: E402
from commandscreen.views.operator import OperatorView  # noqa: E402
from commandscreen.views.questions import Questions  # noqa: E402

HOME = history.HOME
MOMENT = 20  # s by which a shared case may be older than its desk


@cache
def demo() -> Site:
    """The demo city, read once."""
    return load(demo_path())


@cache
def cases_of(now: int) -> list[Case]:
    """The home township's open cases with the ids the city gives them. Led through the rules, so a moment's are shared."""
    cases = (replace(c, id=n) for n, c in enumerate(history.open_cases(demo(), now), 1))
    return [c for c in cases if c.township == HOME]


@dataclass
class Seat:
    """A screen in front of a replica; `put` changes cases as the feed would."""

    site: Site
    desk: Desk
    view: OperatorView
    replica: Replica
    bridge: Bridge
    qtbot: object
    cases: dict[int, Case]
    cursor: int = 0

    def put(self, *cases: Case) -> None:
        """Rows that came with a page; waits until the screen has heard of them."""
        self.cursor += 1
        self.cases.update({c.id: c for c in cases})
        rows = [(CASE, case_values(c)) for c in cases]
        with self.qtbot.waitSignal(self.bridge.changed, timeout=5000):  # type: ignore[attr-defined]
            self.replica.write(lambda c: (None, apply.apply_page(c, rows, [], self.cursor, 0.0)[1])).result()

    def until(self, true: Callable[[], bool], timeout: int = 8000) -> None:
        """Lets events run until something holds."""
        self.qtbot.waitUntil(true, timeout=timeout)  # type: ignore[attr-defined]

    @property
    def shown(self) -> list[int]:
        """The case ids of the queue in order."""
        return [int(i) for i in self.view.queue.model.ids]

    def key(self, *keys: object) -> None:
        """Presses keys in the queue's list."""
        for key in keys:
            self.qtbot.keyClick(self.view.queue.list, key)  # type: ignore[attr-defined]


@pytest.fixture
def seat(qtbot, tmp_path: Path) -> Iterator[Seat]:  # type: ignore[no-untyped-def]
    """周敏 of 沙河街道 in front of 47 open cases, three of them overdue."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.apply(app, look.make("dark", reduce_motion=True))
    site = demo()
    bridge = Bridge()
    replica = Replica(tmp_path / "desk", bridge.tell_delta)
    forbid_thread(threading.get_ident())
    desk = Desk()
    cases = {c.id: c for c in cases_of(desk.now() // MOMENT * MOMENT)}
    tallies = history.opening_tallies(site)

    def begin(connection):  # type: ignore[no-untyped-def]
        apply.empty(connection, [f"t{HOME}", "city"])
        rows = [(CASE, case_values(c)) for c in cases.values()] + [(TALLY, tally_values(t)) for t in tallies.values()]
        return None, apply.apply_page(connection, rows, [], 0, 0.0)[1]

    replica.write(begin).result()
    questions = Questions(bridge)
    questions.attach(replica.readers)
    view = OperatorView(desk, questions, None)
    bridge.changed.connect(view.take_delta)
    view.resize(1920, 1080)
    view.show()
    actor = next(p for p in site.people if p.account == "zhoumin").actor()
    desk.set_site(site, actor)
    made = Seat(site, desk, view, replica, bridge, qtbot, cases)
    view.refresh()
    made.until(lambda: len(view.queue.model.ids) == 47)
    made.until(lambda: view.queue.model.value(view.queue.model.id_at(0)) is not None)
    view.queue.list.setFocus()
    yield made
    questions.close()
    view.map.map.stop()
    view.close()
    view.deleteLater()
    replica.close()
    allow_thread(threading.get_ident())
    qtbot.wait(10)


@pytest.fixture
def sit(qtbot, tmp_path: Path) -> Iterator[Sit]:  # type: ignore[no-untyped-def]
    """Seats at the weekly meeting by account; each is closed at the end."""
    seats: list[BoardSeat] = []

    def make(account: str) -> BoardSeat:
        seats.append(BoardSeat(qtbot, tmp_path, account))
        seats[-1].sit()
        return seats[-1]

    yield make
    for seat in seats:
        seat.close()
