"""Where the parts of the operator's screen lie: columns, drawers, and the room they leave each other (DESIGN §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from .. import theme as look

if TYPE_CHECKING:
    from .operator import OperatorView

COMPACT_BELOW = 1600  # logical pixels; narrower screens get the small layout
GUTTER = 8


class Arrangement:
    """Made once for a screen. `main` is the desk's page, `grid` its rows and `columns` the row of three panels."""

    def __init__(self, view: OperatorView, main: QWidget, grid: QVBoxLayout, columns: QHBoxLayout) -> None:
        self._view, self._main, self._grid, self._columns = view, main, grid, columns
        self._compact: bool | None = None

    def fit(self) -> None:
        """The screen has another size: widths, heights and places follow."""
        view, px = self._view, look.of(self._view).px
        compact = view.width() < px(COMPACT_BELOW)
        self._columns.setSpacing(px(GUTTER))
        self._grid.setSpacing(px(GUTTER))
        view.queue.setFixedWidth(px(352 if compact else 476))
        view.departments.setFixedWidth(px(306 if compact else 412))
        view.figures.setFixedHeight(px(40 if compact else 178))
        if compact != self._compact:
            self._compact = compact
            view.rail.set_words(not compact)
            for panel in (view.header, view.queue, view.map, view.departments, view.figures, view.meeting, view.intake):
                panel.set_compact(compact)
        self.make_room(view.case.is_open or view.intake.is_open)

    def make_room(self, drawer: bool) -> None:
        """The drawer stands beside the map, which gets narrower: it never covers the queue, and the grid stays seen."""
        view, px = self._view, look.of(self._view).px
        self.place_drawers()
        place = view.intake.place if view.intake.is_open else view.case.place
        left = place.left() - px(64 if not self._compact else 48)
        fits = left > px(476 + 200) or view.intake.is_open
        room = view.width() - place.left() if drawer and fits else px(GUTTER)
        beside = room != px(GUTTER)
        view.departments.setVisible(not drawer or not beside)
        view.figures.show_events(not beside)
        view.map.set_narrow(beside)
        self._grid.setContentsMargins(px(GUTTER), 0, room, px(GUTTER))

    def place_drawers(self) -> None:
        """Gives every drawer its place right of the queue."""
        view, px = self._view, look.of(self._view).px
        top = self._main.mapTo(view, self._main.rect().topLeft()).y()
        left = view.queue.mapTo(view, view.queue.rect().topRight()).x() + px(GUTTER)
        whole = view.width() - left - px(GUTTER)
        # On small screens the line of figures stays whole below the drawer.
        tall = view.height() - top - px(GUTTER) - (view.figures.height() + px(GUTTER) if self._compact else 0)

        def right(width: int) -> QRect:
            return QRect(view.width() - width - px(GUTTER), top, width, tall)

        view.photo_view.set_place(QRect(left, top, whole, tall))
        view.intake.set_place(right(min(whole, px(540 if self._compact else 760))))
        for sheet in view.sheets:
            sheet.set_place(right(min(whole, px(760))))
        view.case.set_place(right(whole if self._compact else min(whole, px(1024))))

    def palette(self) -> QRect:
        """Where the palette lies: over the map."""
        view, px = self._view, look.of(self._view).px
        width = min(px(760), view.width() - px(80))
        left = view.queue.mapTo(view, view.queue.rect().topRight()).x() + px(32)
        top = view.map.mapTo(view, view.map.rect().topLeft()).y() + px(46)
        height = min(px(520), view.height() - top - px(60))
        return QRect(min(left, view.width() - width - px(16)), top, width, height)
