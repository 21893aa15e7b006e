"""A desk at the weekly meeting, without a line to the server: the demo city's board in a replica, the real page in front, and
what its hands command goes into the outbox and shows through the overlay."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from commandscreen import theme as look
from commandscreen.bridge import Bridge
from commandscreen.domain.clock import CST
from commandscreen.domain.command import Command
from commandscreen.domain.record import Record
from commandscreen.domain.site import Site
from commandscreen.domain.task import Task, TaskState
from commandscreen.protocol.rows import RECORD, record_values
from commandscreen.site import board_history
from commandscreen.site.folder import demo_path, load
from commandscreen.store import apply
from commandscreen.store.connection import allow_thread, forbid_thread
from commandscreen.store.outbox import Entry
from commandscreen.store.replica import Replica
from commandscreen.views.desk import Desk
from commandscreen.views.operator import OperatorView
from commandscreen.views.questions import Questions

NOW = int(datetime(2026, 11, 26, 9, 5, tzinfo=CST).timestamp())  # a Thursday, in working hours


@cache
def city() -> Site:
    """The demo city, read once."""
    return load(demo_path())


@cache
def board() -> tuple[Record, ...]:
    """The demo city's board, played once."""
    return tuple(board_history.records(city(), NOW))


class BoardSeat:
    """One person in front of the page. `undo` is the time to take back, seconds."""

    def __init__(self, qtbot, folder: Path, account: str, undo: float = 10.0, now: int = NOW) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look.apply(app, look.make("dark", reduce_motion=True))
        self.qtbot, self.site = qtbot, city()
        self._left = False
        self.actor = next(p for p in self.site.people if p.account == account).actor()
        self.bridge = Bridge()
        self.replica = Replica(folder / account, self.bridge.tell_delta)
        forbid_thread(threading.get_ident())
        rows = [(RECORD, record_values(r)) for r in board()]
        shares = sorted({s for r in board() for s in r.shares})

        def begin(connection):
            apply.empty(connection, [*shares, "city"])
            return None, apply.apply_page(connection, rows, [], 0, 0.0)[1]

        self.replica.write(begin).result()
        self.replica.stand(self.site, self.actor).result()
        self.questions = Questions(self.bridge)
        self.questions.attach(self.replica.readers)
        self.desk = Desk()
        self.desk.set_skew(now - time.time())
        self.view = OperatorView(self.desk, self.questions, None)
        self.replica.told = self._told
        self.page = self.view.meeting
        self.given: list[Command] = []
        self.page.commands.commanded.connect(lambda c: self._give(c, undo))
        self.view.results.undo_wanted.connect(
            lambda ids: self.replica.commanding(lambda box: box.take_back(ids, time.time()))
        )
        self.bridge.changed.connect(self.view.take_delta)
        self.view.resize(1920, 1080)
        self.view.show()
        self.view.activateWindow()

    def sit(self) -> None:
        """Opens the page and waits for the board."""
        self.view.open_page("meeting")
        self.desk.set_site(self.site, self.actor)
        self.until(lambda: self.page.week is not None and bool(self.page.week.tasks))

    def _give(self, command: Command, undo: float) -> None:
        self.given.append(command)
        self.replica.command(command, undo)

    def _told(self, entries: Sequence[Entry]) -> None:
        self.bridge.post(lambda: self.view.results.take(entries))

    def until(self, true: Callable[[], bool], timeout: int = 8000) -> None:
        """Lets events run until something holds."""
        self.qtbot.waitUntil(true, timeout=timeout)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the keyboard is."""
        QTest.keyClick(self.focused, key, modifiers)

    def write(self, text: str) -> None:
        """Types into what has the keyboard. An input method hands Chinese over whole."""
        held = self.focused
        if hasattr(held, "insertPlainText"):
            held.insertPlainText(text)
        elif hasattr(held, "insert"):
            held.insert(text)
            held.textEdited.emit(held.text())
        else:
            raise AssertionError(f"{held} takes no text")

    @property
    def focused(self) -> QWidget:
        """What has the keyboard."""
        held = QApplication.focusWidget()
        return held if held is not None else self.page.board

    def task(self, title: str) -> Task | None:
        """A task of the week by a part of its title."""
        assert self.page.week is not None
        return next((t for t in self.page.week.tasks if title in t.title), None)

    def at(self, title: str) -> Task:
        """Goes to a task's card."""
        found = self.task(title)
        assert found is not None, title
        self.page.board.setFocus()
        self.page.board.go(found.id)
        return found

    def drafts(self) -> list[Task]:
        """Tasks still to be handed down."""
        assert self.page.week is not None
        return [t for t in self.page.week.tasks if t.state is TaskState.DRAFT]

    def put(self, *records: Record) -> None:
        """Rows that came with a page of the feed."""
        rows = [(RECORD, record_values(r)) for r in records]
        with self.qtbot.waitSignal(self.bridge.changed, timeout=5000):
            self.replica.write_rows(lambda c: (None, apply.apply_page(c, rows, [], 1, 0.0)[1])).result()

    def said(self) -> str:
        """The line at the foot of the page."""
        return self.page.command_bar.words.text()

    def close(self) -> None:
        """Gets up."""
        if self._left:
            return
        self._left = True
        self.questions.close()
        self.view.map.map.stop()
        self.view.close()
        self.view.deleteLater()
        self.replica.close()
        allow_thread(threading.get_ident())
        self.qtbot.wait(10)


Sit = Callable[[str], BoardSeat]
