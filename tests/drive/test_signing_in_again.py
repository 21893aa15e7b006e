"""A session that has ended: acting goes on, the outbox waits through a restart, and the password sends it all."""

import sqlite3
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from story import Centre, Place

from commandscreen.domain.case import Stage, State
from commandscreen.protocol.demo import demo_password
from commandscreen.store import queries
from commandscreen.store.connection import allow_thread
from commandscreen.store.delta import Delta
from commandscreen.store.filter import Filter, Sort
from commandscreen.store.outbox import Fate
from commandscreen.store.replica import ReplicaError
from commandscreen.sync import loop
from commandscreen.sync.status import Phase

K = Qt.Key


def end_sessions(centre: Centre) -> None:
    """As an administrator who ends everyone's session, or twelve hours without a word."""
    with sqlite3.connect(centre.database.removeprefix("sqlite:///")) as connection:
        connection.execute("DELETE FROM sessions")
    connection.close()


def test_a_session_ends_and_nothing_is_lost(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "LONG_POLL_SECONDS", 0.5)
    centre = Centre(tmp_path / "centre")
    centre.start()
    place = None
    try:
        place = Place(qtbot, tmp_path / "desk", centre.url, "zhoumin")
        screen = place.screen
        end_sessions(centre)
        place.until(lambda: screen.status.phase is Phase.UNAUTHORISED)
        wanted = Filter(area=screen.desk.area, stage=Stage.INTAKE)
        ids = screen.seat.replica.write(
            lambda c: (queries.case_ids(c, wanted, Sort.REMAINING, screen.desk.now()), Delta())
        ).result()
        case = int(ids[0])
        place.take(case)
        place.press(K.Key_Y)
        place.sees(case, lambda c: c.state is State.PENDING_DISPATCH)
        assert [e.fate for e in place.outbox()] == [Fate.WAITING]
        name = place.outbox()[0].command.id

        sheet = screen.operator.sign_in_again
        place.press(K.Key_F5)
        place.until(lambda: sheet.isVisible() and sheet.field.hasFocus())
        QTest.keyClicks(sheet.field, "wrong")
        QTest.keyClick(sheet.field, K.Key_Return)
        place.until(lambda: "口令不对" in sheet._words.text())
        assert [e.fate for e in place.outbox()] == [Fate.WAITING]
        with pytest.raises(ReplicaError):
            screen.client.sign_in("t210304015-leader", demo_password("t210304015-leader"))
        sheet.field.clear()
        QTest.keyClicks(sheet.field, demo_password("zhoumin"))
        QTest.keyClick(sheet.field, K.Key_Return)
        place.until(lambda: screen.status.phase is Phase.LIVE)
        place.until(lambda: not sheet.isVisible())
        place.until(lambda: [e.fate for e in place.outbox()] == [Fate.SETTLED])
        assert place.outbox()[0].command.id == name, "the very same command"
        place.sees(case, lambda c: c.state is State.PENDING_DISPATCH and c.flow[-1].actor == "周敏")
        assert sum(t.name == "sync" for t in threading.enumerate()) == 1, "the old loop has ended"
    finally:
        if place is not None:
            place.leave()
        centre.kill()
        allow_thread(threading.get_ident())
        qtbot.wait(10)


def test_the_tray_survives_a_restart(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "LONG_POLL_SECONDS", 0.5)
    centre = Centre(tmp_path / "centre")
    centre.start()
    places: list[Place] = []
    try:
        places.append(Place(qtbot, tmp_path / "desk", centre.url, "zhoumin"))
        first = places[0]
        wanted = Filter(area=first.screen.desk.area, stage=Stage.INTAKE)
        ids = first.screen.seat.replica.write(
            lambda c: (queries.case_ids(c, wanted, Sort.REMAINING, first.screen.desk.now()), Delta())
        ).result()
        case = int(ids[0])
        centre.kill()
        first.until(lambda: first.screen.status.phase is Phase.OFFLINE)
        first.take(case)
        first.press(K.Key_Y)
        first.sees(case, lambda c: c.state is State.PENDING_DISPATCH)
        name = first.outbox()[0].command.id
        box = first.screen.seat.replica
        box.commanding(lambda b: b.answered(name, Fate.CONFLICT, code="stale-base", theirs=9)).result()
        places.pop().leave()
        centre.start()
        places.append(Place(qtbot, tmp_path / "desk", centre.url, "zhoumin"))
        again = places[0]
        bar = again.screen.operator.queue.bar
        again.until(lambda: "未办成" in bar.words.text())
        again.sit()
        again.press(K.Key_E, ctrl=True)
        sent = again.screen.operator.sent
        again.until(lambda: sent.is_open and sent._again.isVisible())
        again.press(K.Key_Delete, on=sent.list)
        again.until(lambda: [e.fate for e in again.outbox()] == [Fate.DROPPED])
    finally:
        for place in places:
            place.leave()
        centre.kill()
        allow_thread(threading.get_ident())
        qtbot.wait(10)
