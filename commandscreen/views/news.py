"""News of the store on its way to the panels of the operator's screen: at once, a little later, or when it shows again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ..store.delta import Delta

if TYPE_CHECKING:
    from .operator import OperatorView

TICK_MS = 15_000
LATE_MS = 1_000


class News(QObject):
    """Made once for a screen whose panels stand already."""

    def __init__(self, view: OperatorView) -> None:
        super().__init__(view)
        self._view = view
        self._waiting = Delta()  # of a hidden screen
        self._late = Delta()
        self._late_timer = QTimer(self)
        self._late_timer.setSingleShot(True)
        self._late_timer.setInterval(LATE_MS)
        self._late_timer.timeout.connect(self._refresh_late)
        self._pulse = QTimer(self)
        self._pulse.setInterval(TICK_MS)
        self._pulse.timeout.connect(self._tick)
        self._pulse.start()

    def take(self, delta: Delta) -> None:
        """Passes news on; a hidden screen keeps it for when it is shown."""
        view = self._view
        if not view.isVisible():
            self._waiting = self._waiting | delta
            return
        view.meeting.take_delta(delta)
        for panel in (view.queue, view.alarms, view.map, view.case, view.results):
            panel.refresh(delta)
        self._late = self._late | delta
        if delta.everything:
            self._refresh_late()
        elif not self._late_timer.isActive():
            self._late_timer.start()

    def shown(self) -> None:
        """The screen is seen again: what it has missed."""
        if self._waiting:
            waiting, self._waiting = self._waiting, Delta()
            self.take(waiting)

    def _refresh_late(self) -> None:
        """Figures and departments are looked at a few times a minute by people, not twenty times a second."""
        late, self._late = self._late, Delta()
        self._late_timer.stop()
        if late:
            self._view.departments.refresh(late)
            self._view.figures.refresh(late)

    def _tick(self) -> None:
        """Lamps turn with time alone: counts, colours and countdowns are looked at again."""
        view = self._view
        if view.isVisible():
            view.queue.refresh()
            view.queue.tick()
            view.map.refresh()
            view.departments.refresh()
