"""The threads that make pieces: two of them, because a city's first picture is worth two cores.

`Makers` lives on the UI thread; pieces belong to it once `made` has told of them.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from .dress import Dress
from .lut import ColourTable
from .piece import Piece, Place, Source, lines_of, make_piece
from .raster import Pixels, scan

THREADS = 2
IDLE = 1.0  # seconds without a wish after which memory goes back to the system


def give_back() -> None:
    """Returns freed memory to the system: glibc keeps what numpy let go, four times the map's own share.

    (Keeping it from doing so, by a fixed M_MMAP_THRESHOLD, doubles the time of a raster.)
    """
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):  # not glibc
        return


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """A piece to be made; `old` lends its ids when only the look changed."""

    place: Place
    source: Source
    dress: Dress
    table: ColourTable
    old: Piece | None = None


class _Lines:
    """Half of a piece's work, for whichever thread is free: the lines over it."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._drawn: Pixels | None = None
        self._done = threading.Event()

    def draw(self) -> None:
        try:
            self._drawn = lines_of(self._wish.place, self._wish.source, self._wish.dress)
        finally:
            self._done.set()

    def drawn(self) -> Pixels | None:
        self._done.wait()
        return self._drawn


class _Desk:
    """Hands wishes to the threads; a newer list replaces an older one. An idle thread draws another one's lines."""

    def __init__(self, deliver: Callable[[object], None]) -> None:
        self._deliver = deliver
        self._change = threading.Condition()
        self._wishes: list[Wish] = []
        self._busy: list[Wish] = []
        self._lines: list[_Lines] = []
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
        while True:
            wish, lines = self._next()
            if lines is not None:
                lines.draw()
            elif wish is not None:
                piece = self._make(wish)
                if self._ended():
                    return
                try:
                    self._deliver((wish, piece))
                except RuntimeError:  # the map went while the piece was made
                    return
                del piece
            elif self._ended():
                return
            else:
                give_back()
            del wish, lines

    def _next(self) -> tuple[Wish | None, _Lines | None]:
        """What to do: a wish, somebody's lines, or neither when it is time to give memory back or to end."""
        with self._change:
            while not self._wishes and not self._lines and not self._stopping:
                if not self._change.wait(IDLE if self._spent else None) and not self._busy:
                    self._spent = False
                    return None, None
            if self._lines:  # somebody waits for them, even at the end
                return None, self._lines.pop(0)
            if self._stopping:
                return None, None
            wish = self._wishes.pop(0)
            self._busy.append(wish)
            self._spent = True
            return wish, None

    def _make(self, wish: Wish) -> Piece:
        if wish.old is not None:
            return make_piece(wish.place, wish.source, wish.dress, wish.table, wish.old)
        lines = _Lines(wish)
        with self._change:
            self._lines.append(lines)
            self._change.notify()
        piece = Piece(wish.place, wish.source, scan(wish.source.shapes, wish.source.window(wish.place)))
        with self._change:
            mine = lines in self._lines
            if mine:
                self._lines.remove(lines)
        if mine:
            lines.draw()
        piece.wear(wish.dress, lines.drawn())
        piece.colour(wish.table)
        return piece


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
