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
from .piece import Piece, Place, Source, make_piece

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


class _Desk:
    """Hands wishes to the threads; a newer list replaces an older one."""

    def __init__(self, deliver: Callable[[object], None]) -> None:
        self._deliver = deliver
        self._change = threading.Condition()
        self._wishes: list[Wish] = []
        self._busy: list[Wish] = []
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
            with self._change:
                while not self._wishes and not self._stopping:
                    if not self._change.wait(IDLE if self._spent else None) and not self._busy:
                        self._spent = False
                        break
                if self._stopping:
                    return
                wish = self._wishes.pop(0) if self._wishes else None
                if wish is not None:
                    self._busy.append(wish)
                    self._spent = True
            if wish is None:
                give_back()
                continue
            piece = make_piece(wish.place, wish.source, wish.dress, wish.table, wish.old)
            if self._ended():
                return
            try:
                self._deliver((wish, piece))
            except RuntimeError:  # the map went while the piece was made
                return
            del wish, piece


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

    def stop(self) -> None:
        """Ends the threads and waits for them (one piece each at most)."""
        self._desk.stop()

    @Slot(object)
    def _hear(self, news: tuple[Wish, Piece]) -> None:
        wish, piece = news
        self._desk.heard_of(wish)
        self.made.emit(piece)
