"""Collects cyclic garbage on the UI thread alone. Python's own collector runs on whichever thread allocates: there it would
destroy widgets off the UI thread, which Qt forbids; and a full pass over a city's site holds a frame up for 0.1 s."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 250
SETTLE_MS = 2_000


class Collector(QObject):
    """Stands in for automatic collection from when it is made until `close`. UI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._automatic = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._settle)

    def collect(self) -> None:
        """One pass over the oldest generation whose count is past its threshold."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def settle(self) -> None:
        """What is loaded now stays: once the screen has come to rest, passes begin to leave it alone."""
        self._settling.start()

    def _settle(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Gives collection back to Python."""
        self._timer.stop()
        self._settling.stop()
        gc.unfreeze()
        if self._automatic:
            gc.enable()
