"""How often a panel asks: at once when it was quiet, then no more often than its pace. UI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Pace(QObject):
    """Runs `act` on demand, with at least `gap_ms` milliseconds between two runs that news asked for."""

    def __init__(self, gap_ms: int, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(gap_ms)
        self._timer.timeout.connect(self._again)

    def ask(self) -> None:
        """News has come."""
        if self._timer.isActive():
            self._wanted = True
        else:
            self.now()

    def now(self) -> None:
        """A person asked, or everything changed: no waiting."""
        self._wanted = False
        self._timer.start()
        self._act()

    def _again(self) -> None:
        if self._wanted:
            self.now()
