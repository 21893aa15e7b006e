"""The threads that make pieces: two of them, because a city's first picture is worth two cores.

`Makers` lives on the UI thread; pieces belong to it once `made` has told of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from .dress import Dress
from .lut import ColourTable
from .piece import Piece, Place, Source, lines_of, make_piece
from .raster import Longs, Pixels, Runs, joined, portions, scan_some

THREADS = 2
POLITE = 10  # how much less than the UI thread a maker counts (nice) once the first picture is shown
IDLE = 1.0  # seconds without a wish after which memory goes back to the system


def give_back() -> None:
    """Returns freed memory to the system: glibc keeps what numpy let go, four times the map's own share.

    (Keeping it from doing so, by a fixed M_MMAP_THRESHOLD, doubles the time of a raster.)
    """
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # not glibc
        return


def step_back() -> None:
    """Lets the UI thread go before this one where both want a core."""
    if sys.platform == "linux":  # elsewhere the call would mean the whole process
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITE)
    elif sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetThreadPriority(ctypes.c_void_p(kernel.GetCurrentThread()), -1)


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """A piece to be made; `old` lends its ids when only the look changed."""

    place: Place
    source: Source
    dress: Dress
    table: ColourTable
    old: Piece | None = None


class _Share:
    """A piece's work in parts, for whichever thread is free: the lines over it, its polygons by portions."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._window = wish.source.window(wish.place)
        self._rows: list[Longs] = []
        self._found: list[Runs | None] = []
        self._lines: Pixels | None = None
        self._lock = threading.Condition()
        self._open: list[int] | None = None  # not cut into parts yet
        self._left = 0

    @property
    def open(self) -> bool:
        """Whether a part waits for somebody."""
        return self._open is None or bool(self._open)

    def _cut(self) -> list[int]:
        self._rows = portions(self._wish.source.shapes, self._window)
        self._found = [None] * len(self._rows)
        self._left = len(self._rows) + 1
        # the maker begins at the front; who helps begins with the lines, which are the longest part
        return [*range(len(self._rows)), -1]

    def help(self, first: bool) -> bool:
        """Does one part, the first or the last; False when none is left to begin."""
        with self._lock:
            if self._open is None:
                self._open = self._cut()
            if not self._open:
                return False
            part = self._open.pop(0 if first else -1)
        try:
            if part < 0:
                self._lines = lines_of(self._wish.place, self._wish.source, self._wish.dress)
            else:
                self._found[part] = scan_some(self._wish.source.shapes, self._window, self._rows[part])
        finally:
            with self._lock:
                self._left -= 1
                self._lock.notify_all()
        return True

    def piece(self) -> Piece:
        """The piece, once all parts are done."""
        with self._lock:
            self._lock.wait_for(lambda: not self._left)
        runs = joined([part for part in self._found if part is not None])
        piece = Piece(self._wish.place, self._wish.source, runs)
        piece.wear(self._wish.dress, self._lines)
        piece.colour(self._wish.table)
        return piece


class _Desk:
    """Hands wishes to the threads; a newer list replaces an older one. An idle thread helps another one."""

    def __init__(self, deliver: Callable[[object], None]) -> None:
        self._deliver = deliver
        self._change = threading.Condition()
        self._wishes: list[Wish] = []
        self._busy: list[Wish] = []
        self._shares: list[_Share] = []
        self._polite = False
        self._stopping = False
        self._spent = False  # whether pieces were made since memory was given back
        self._threads: list[threading.Thread] = []

    def want(self, wishes: list[Wish]) -> None:
        with self._change:
            if self._stopping:
                return
            busy = {(wish.place, id(wish.source), id(wish.dress)) for wish in self._busy}
            self._wishes = [w for w in wishes if (w.place, id(w.source), id(w.dress)) not in busy]
            self._change.notify_all()

    def start(self) -> None:
        if not self._threads and not self._stopping:
            self._threads = [threading.Thread(target=self._run, name="map-tiles", daemon=True) for _ in range(THREADS)]
            for thread in self._threads:
                thread.start()

    def step_back(self) -> None:
        self._polite = True

    def busy(self) -> list[Wish]:
        with self._change:
            return list(self._busy)

    def waiting(self) -> list[Wish]:
        with self._change:
            return list(self._wishes)

    def heard_of(self, wish: Wish) -> None:
        with self._change:
            self._busy.remove(wish)

    def _ended(self) -> bool:
        with self._change:
            return self._stopping

    def stop(self) -> None:
        with self._change:
            self._stopping = True
            self._wishes = []
            self._change.notify_all()
        for thread in self._threads:
            thread.join()
        self._threads = []

    def _run(self) -> None:
        stepped_back = False
        while True:
            wish, share = self._next()
            if self._polite and not stepped_back:
                step_back()
                stepped_back = True
            if wish is not None:
                piece = self._make(wish, share)
                if self._ended():
                    return
                try:
                    self._deliver((wish, piece))
                except RuntimeError:  # the map went while the piece was made
                    return
                del piece
                _ = wish.source.shapes.area  # the first picture went without; no frame is to wait for it
            elif share is not None:
                share.help(first=False)
            elif self._ended():
                return
            else:
                give_back()
            del wish, share

    def _next(self) -> tuple[Wish | None, _Share | None]:
        """What to do: a wish, by its share unless only its look is new; a part of somebody's share; or neither, when
        it is time to give memory back or to end."""
        with self._change:
            while True:
                self._shares = [share for share in self._shares if share.open]
                if self._shares:  # somebody waits for it, even at the end
                    return None, self._shares[0]
                if self._stopping:
                    return None, None
                if self._wishes:
                    break
                if not self._change.wait(IDLE if self._spent else None) and not self._busy:
                    self._spent = False
                    return None, None
            wish = self._wishes.pop(0)
            self._busy.append(wish)
            self._spent = True
            if wish.old is not None:
                return wish, None
            share = _Share(wish)
            self._shares.append(share)
            self._change.notify()
            return wish, share

    @staticmethod
    def _make(wish: Wish, share: _Share | None) -> Piece:
        if share is None:
            return make_piece(wish.place, wish.source, wish.dress, wish.table, wish.old)
        while share.help(first=True):
            pass
        return share.piece()


class Makers(QObject):
    """Signals: `made(piece)`, on the UI thread."""

    made = Signal(object)
    _finished = Signal(object)  # crosses the threads

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finished.connect(self._hear)
        self._desk = _Desk(self._finished.emit)

    def start(self) -> None:
        """Starts the threads; without it they start with the first wish."""
        self._desk.start()

    def step_back(self) -> None:
        """Lets the UI thread go first from now on: what is shown matters more than what is to come."""
        self._desk.step_back()

    def want(self, wishes: list[Wish]) -> None:
        """Has pieces made, in this order; drops earlier wishes that nobody works at yet."""
        if wishes:
            self._desk.start()
        self._desk.want(wishes)

    def busy(self) -> list[Wish]:
        """What is being made now, or was made and has not been told of yet."""
        return self._desk.busy()

    def waiting(self) -> list[Wish]:
        """What nobody has begun yet."""
        return self._desk.waiting()

    def stop(self) -> None:
        """Ends the threads and waits for them (one piece each at most)."""
        self._desk.stop()

    @Slot(object)
    def _hear(self, news: tuple[Wish, Piece]) -> None:
        wish, piece = news
        self._desk.heard_of(wish)
        self.made.emit(piece)
