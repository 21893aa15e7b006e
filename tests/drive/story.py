"""What the driven story stands on: the real server with a clock of its own, a cable that can be cut, and desks with people at them."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from commandscreen.app import App
from commandscreen.domain.case import Case
from commandscreen.protocol.demo import demo_password
from commandscreen.settings import Settings
from commandscreen.store import queries
from commandscreen.store.delta import Delta
from commandscreen.store.outbox import Entry
from commandscreen.sync.status import Phase

ROOT = Path(__file__).parents[2]

# The product's own command line, in a process whose clock on the wall stands where a file says.
_ON_THAT_CLOCK = """
import sys, time
def told():
    with open(sys.argv[1]) as f:
        return float(f.read())
time.time = told
from commandscreen.cli import main
sys.exit(main(sys.argv[2:]))
"""


class Centre:
    """The central server as a process, killed and started again at will; its clock is put forward by the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir()
        self._clock = folder / "clock"
        self._began = float(int(time.time()))
        self.minute(0)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = f"sqlite:///{folder / 'centre.db'}"
        self._process: subprocess.Popen[bytes] | None = None

    def minute(self, number: float) -> None:
        """Puts the clock to so many minutes after the beginning, where it stands until it is put elsewhere."""
        draft = self._clock.with_suffix(".new")
        draft.write_text(str(self._began + number * 60))
        draft.replace(self._clock)

    def start(self) -> None:
        """Starts it and waits until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-c", _ON_THAT_CLOCK, str(self._clock), "serve", "--demo", "--database", self.database,
             "--listen", f"127.0.0.1:{self.port}", "--history", "300"],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(self.url + "/healthz", timeout=2):
                return
            time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        """As if the power went."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """One of the product's other commands, beside the server."""
        command = [sys.executable, str(ROOT / "main.py"), *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)


class Cable:
    """A line from a desk to the centre that can be cut and mended."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._whole = True
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = False
        threading.Thread(target=self._accept, name="cable", daemon=True).start()

    def _accept(self) -> None:
        while not self._closed:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._whole:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._to), 5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._ends |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), name="cable", daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        with self._lock:
            self._ends -= {one, other}

    def cut(self) -> None:
        """From now on nothing goes through, and what was under way is lost."""
        self._whole = False
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """The line is whole again."""
        self._whole = True

    def close(self) -> None:
        """Takes it away."""
        self._closed = True
        self.cut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


class Place:
    """A desk with a person at it: signed in through the sign-in page, worked with keys."""

    def __init__(self, qtbot: object, folder: Path, url: str, account: str) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._qtbot = qtbot
        self.screen = App(app, folder, Settings(reduce_motion=True, account=account), save=False)
        self.screen.window.resize(1600, 900)
        self.screen.window.show()
        self.screen.begin()
        self.screen.connect(url, None)
        self.screen.show_login()
        self.sit()
        page = self.screen.login
        QTest.keyClicks(page._password, demo_password(account))
        QTest.keyClick(page._password, Qt.Key.Key_Return)
        self.until(lambda: self.screen.status is not None and self.screen.status.phase is Phase.LIVE, 180)
        # Nobody waits ten seconds in a test; the undo time has tests of its own.
        self.screen.settings = replace(self.screen.settings, undo_seconds=0)

    def until(self, true: Callable[[], bool], seconds: float = 90) -> None:
        """Lets events run until something holds."""
        self._qtbot.waitUntil(true, timeout=round(seconds * 1000))  # type: ignore[attr-defined]

    def sit(self) -> None:
        """The keys go to this desk's window."""
        self.screen.window.activateWindow()
        self.until(self.screen.window.isActiveWindow)

    @property
    def view(self) -> object:
        return self.screen.operator

    def case(self, number: int) -> Case | None:
        """A case as this desk shows it."""
        seat = self.screen.seat
        assert seat is not None
        found: Case | None = seat.replica.write(lambda c: (queries.case(c, number), Delta())).result()
        return found

    def sees(self, number: int, true: Callable[[Case], bool]) -> None:
        """Waits until the case came here and is so."""

        def look() -> bool:
            case = self.case(number)
            return case is not None and true(case)

        self.until(look)

    def take(self, number: int) -> None:
        """Goes to the case in the queue."""
        self.sit()
        queue = self.screen.operator.queue
        self.until(lambda: queue.model.row_of(number) >= 0)
        queue.list.setCurrentIndex(queue.model.index(queue.model.row_of(number)))
        self.until(lambda: self.screen.desk.selected == number)
        queue.list.setFocus()

    def press(self, *keys: Qt.Key, on: QWidget | None = None, shift: bool = False, ctrl: bool = False) -> None:
        """Presses keys where the person is."""
        held = Qt.KeyboardModifier.NoModifier
        if shift:
            held |= Qt.KeyboardModifier.ShiftModifier
        if ctrl:
            held |= Qt.KeyboardModifier.ControlModifier
        for key in keys:
            QTest.keyClick(on or self.screen.operator.queue.list, key, held)

    def choose(self, text: str) -> None:
        """Takes a line of the list that is offered, by its digit."""
        box = self.screen.operator.queue.choices
        self.until(lambda: box.isVisible() and any(text in c.text for c in box.choices))
        row = next(n for n, c in enumerate(box.choices) if text in c.text)
        QTest.keyClick(box, Qt.Key(Qt.Key.Key_1 + row))

    def write(self, text: str) -> None:
        """Answers what the foot of the queue asks for."""
        bar = self.screen.operator.queue.bar
        self.until(lambda: bar.asking)
        bar.field.setText(text)  # what an input method would commit
        QTest.keyClick(bar.field, Qt.Key.Key_Return)

    def outbox(self) -> list[Entry]:
        """What became of this desk's commands, newest first."""
        seat = self.screen.seat
        assert seat is not None
        return list(seat.replica.look_into_outbox(lambda box: box.listing()))

    def leave(self) -> None:
        """Ends the session."""
        self.screen.window.close()
        self.screen.close()
        self.screen.window.deleteLater()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
