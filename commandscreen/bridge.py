"""The one QObject between worker threads and the screen: carries deltas, merged, and calls, in order. Lives on the UI
thread; `tell_*` and `post` may be called from any thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from .store.delta import Delta

MERGE_MS = 50


class Bridge(QObject):
    """`changed(Delta)` at most twenty times a second, at once after a rest; `status_changed(SyncStatus)`."""

    changed = Signal(object)
    status_changed = Signal(object)
    _posted = Signal(object)
    _status = Signal(object)
    _heard = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._delta = Delta()
        self._waiting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._last = time.monotonic() - MERGE_MS / 1000
        self._timer.timeout.connect(self._flush)
        queued = Qt.ConnectionType.QueuedConnection
        self._posted.connect(self._call, queued)
        self._status.connect(self.status_changed, queued)
        self._heard.connect(self._begin, queued)

    def tell_delta(self, delta: Delta) -> None:
        """News of a commit."""
        with self._lock:
            self._delta = self._delta | delta
            first, self._waiting = not self._waiting, True
        if first:
            self._heard.emit()

    def tell_status(self, status: object) -> None:
        """How synchronisation stands."""
        self._status.emit(status)

    def post(self, call: Callable[[], None]) -> None:
        """Runs something on the UI thread, in the order of the posts."""
        self._posted.emit(call)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()

    @Slot()
    def _begin(self) -> None:
        rest = MERGE_MS - round((time.monotonic() - self._last) * 1000)
        if rest <= 0:
            self._flush()
        else:
            self._timer.start(rest)

    @Slot()
    def _flush(self) -> None:
        with self._lock:
            delta, self._delta, self._waiting = self._delta, Delta(), False
        self._last = time.monotonic()
        if delta:
            self.changed.emit(delta)
