"""The board: lanes × columns of painted cards, one widget; keys, marks and drag as in a list. Takes values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ... import theme as look
from .arrangement import Arrangement, Cell, Placed, arrange
from .card import Card, paint_card
from .frame import Column, Lane, paint_drop, paint_frame, paint_more
from .heard import HeardCards


class TaskBoard(QWidget):
    """Signals: `current_changed(card id)` 0 for none, `opened(card id)`, `marked(card ids)`, `moved(card id, column)` by
    dragging, `touched()` for every key or press, so that the owner holds back re-sorting.

    Cards stay where they are when others come; the current one stays current by its id. Arrows and J K move, Page Up and
    Down go by lanes, Home and End within a cell; Space or Ctrl+Space marks, Enter opens. `can_drop` asks whether a card
    may be let go over a column.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    marked = Signal(object)
    moved = Signal(object, object)
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._lanes: tuple[Lane, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._cards: dict[Cell, tuple[Card, ...]] = {}
        self._where: dict[int, tuple[Cell, int]] = {}
        self._first: dict[Cell, int] = {}
        self._title = ""
        self._more = "{n}"
        self._agenda = ""
        self._wide = ""
        self._laid: Arrangement | None = None
        self._hovered = 0
        self._pressed = QPoint()
        self._dragged = 0
        self._drag_at = QPoint()
        self.space_marks = True
        self.compact = False
        self.can_drop: Callable[[int, str], bool] = lambda _card, _column: True
        self.current = 0
        self.marks: tuple[int, ...] = ()
        self.heard = HeardCards(self)

    # What it shows --------------------------------------------------------------------------------------------------------

    def set_frame(self, lanes: Sequence[Lane], columns: Sequence[Column], more: str, title: str) -> None:
        """Lanes and columns, the words 另有{n}项, and the widget's own name."""
        self._lanes, self._columns, self._more, self._title = tuple(lanes), tuple(columns), more, title
        self._relay()

    def set_agenda(self, lane: str) -> None:
        """The lane the meeting is at; empty for none."""
        if lane != self._agenda:
            self._agenda = lane
            self.update()

    def set_cards(self, cards: Mapping[Cell, Sequence[Card]]) -> None:
        """Other cards per (lane, column)."""
        self._cards = {cell: tuple(found) for cell, found in cards.items()}
        self._where = {c.id: (cell, n) for cell, found in self._cards.items() for n, c in enumerate(found)}
        kept = tuple(m for m in self.marks if m in self._where)
        if kept != self.marks:
            self.marks = kept
            self.marked.emit(kept)
        if self.current and self.current not in self._where:
            self._set_current(0)
        self._relay()
        self._speak()

    def card(self, number: int) -> Card | None:
        """A card by its id."""
        place = self._where.get(number)
        return self._cards[place[0]][place[1]] if place else None

    def cell_of(self, number: int) -> Cell | None:
        """The cell a card stands in."""
        place = self._where.get(number)
        return place[0] if place else None

    @property
    def arrangement(self) -> Arrangement:
        """Where everything lies now."""
        if self._laid is None:
            theme = look.of(self)
            words = QFontMetrics(theme.font("label", bold=True))
            widest = max((words.horizontalAdvance(lane.text) for lane in self._lanes), default=0) + theme.px(12)
            head, label = (34, 60) if self.compact else (38, 88)
            label = min(max(theme.px(label), widest), theme.px(104))
            self._laid = arrange(self.rect().adjusted(1, 1, -1, -1), [lane.name for lane in self._lanes],
                                 [c.name for c in self._columns], self._cards, self._first, self._wide, theme.px(head),
                                 label, theme)  # fmt: skip
        return self._laid

    def spoken(self, number: int) -> str:
        """A card as a screen reader hears it: lane, column, the card, whether it is marked."""
        place = self._where.get(number)
        if place is None:
            return self._title
        (lane, column), index = place
        names = [x.text for x in self._lanes if x.name == lane] + [c.text for c in self._columns if c.name == column]
        tick = "✓" if number in self.marks else ""
        return " ".join(p for p in (*names, tick, self._cards[lane, column][index].spoken()) if p)

    # Moving ---------------------------------------------------------------------------------------------------------------

    def go(self, number: int) -> None:
        """Makes a card current and seen; 0 for none."""
        if number and number not in self._where:
            return
        self._set_current(number)
        self._show_current()
        self.update()

    def step(self, rows: int) -> None:
        """Up or down in the column, through its lanes."""
        order = [c.id for lane in self._lanes for c in self._cards.get((lane.name, self._column()), ())]
        if not order:
            self.turn(1)
            return
        at = order.index(self.current) + rows if self.current in order else 0
        self.go(order[max(0, min(len(order) - 1, at))])

    def turn(self, columns: int) -> None:
        """To the next column that has cards in the lane; the nearest height."""
        names = [c.name for c in self._columns]
        if not names:
            return
        place = self._where.get(self.current)
        lane, column = place[0] if place else (self._lanes[0].name, names[0 if columns > 0 else -1])
        index = place[1] if place else 0
        at = names.index(column) + (columns if place else 0)
        while 0 <= at < len(names):
            found = self._cards.get((lane, names[at]), ())
            if found:
                self.go(found[min(index, len(found) - 1)].id)
                return
            at += 1 if columns > 0 else -1
        if not place:
            self.go(next((c.id for cards in self._cards.values() for c in cards), 0))

    def hop(self, lanes: int) -> None:
        """To the next lane that has cards, in the same column where it can."""
        names = [lane.name for lane in self._lanes]
        place = self._where.get(self.current)
        if place is None:
            self.step(1)
            return
        at = names.index(place[0][0]) + lanes
        while 0 <= at < len(names):
            row = [self._cards.get((names[at], c.name), ()) for c in self._columns]
            mine = self._cards.get((names[at], place[0][1]), ())
            found = mine or next((cards for cards in row if cards), ())
            if found:
                self.go(found[0].id)
                return
            at += 1 if lanes > 0 else -1

    def mark(self, number: int) -> None:
        """Marks a card, or takes the mark away."""
        if number in self._where:
            self.set_marks(
                tuple(m for m in self.marks if m != number) if number in self.marks else (*self.marks, number)
            )
            self.marked.emit(self.marks)

    def set_marks(self, numbers: Sequence[int]) -> None:
        """These are marked, without telling anyone."""
        self.marks = tuple(n for n in numbers if n in self._where)
        self._speak()
        self.update()

    def widen(self, lane: str) -> None:
        """One lane takes the room it needs; again, or empty, and all share alike."""
        self._wide = "" if lane == self._wide else lane
        self._relay()

    def _column(self) -> str:
        place = self._where.get(self.current)
        return place[0][1] if place else (self._columns[0].name if self._columns else "")

    def _set_current(self, number: int) -> None:
        if number != self.current:
            self.current = number
            self._speak()
            self.current_changed.emit(number)

    def _show_current(self) -> None:
        """Moves the cell's window until the current card is in it."""
        place = self._where.get(self.current)
        if place is None:
            return
        cell, index = place
        for _ in range(len(self._cards[cell])):
            seen = [p.index for p in self.arrangement.cards if p.cell == cell]
            if not seen or index in seen:
                return
            self._first[cell] = index if index < seen[0] else seen[0] + 1
            self._relay()

    def _relay(self) -> None:
        self._laid = None
        self.heard.soon()
        self.update()

    def _speak(self) -> None:
        self.setAccessibleName(self.spoken(self.current))
        self.heard.soon()

    def press(self, number: object) -> None:
        """A screen reader opens a card."""
        if isinstance(number, int) and number in self._where:
            self.go(number)
            self.opened.emit(number)

    # Qt -------------------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(look.of(self).px(800), look.of(self).px(560))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._relay()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._relay()

    def focusInEvent(self, event: object) -> None:
        if not self.current:
            self.step(1)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        # Its own keys are not a window's shortcuts while it has the keyboard.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        if control:
            return event.key() == Qt.Key.Key_Space
        return event.key() in _KEYS and (event.key() != Qt.Key.Key_Space or self.space_marks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._own(event):
            event.ignore()
            return
        self.touched.emit()
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.mark(self.current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current:
                self.opened.emit(self.current)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_J):
            self.step(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_K):
            self.step(-1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turn(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.hop(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and (cell := self.cell_of(self.current)):
            self.go(self._cards[cell][0 if key == Qt.Key.Key_Home else -1].id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.touched.emit()
        self._pressed = event.position().toPoint()
        found = self.arrangement.card_at(self._pressed)
        cell = self.arrangement.more_at(self._pressed)
        if found is None and cell is not None:
            self.widen(cell[0])
        elif found is not None:
            on_tick = self._pressed.x() < found.box.left() + look.of(self).px(30) and found.card.id in self.marks
            self.go(found.card.id)
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier or on_tick:
                self.mark(found.card.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.arrangement.card_at(event.position().toPoint())
        if found is not None:
            self.opened.emit(found.card.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            start = self.arrangement.card_at(self._pressed)
            if far and start is not None and not self._dragged:
                self._dragged = start.card.id
            self._drag_at = at
            if self._dragged:
                self.update()
            return
        found = self.arrangement.card_at(at)
        hovered = found.card.id if found else 0
        over_more = self.arrangement.more_at(at) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over_more else Qt.CursorShape.ArrowCursor)
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragged = self._dragged, 0
        self.update()
        cell = self.arrangement.cell_at(event.position().toPoint()) if dragged else None
        if cell is None or dragged not in self._where or cell[1] == self._where[dragged][0][1]:
            return
        if self.can_drop(dragged, cell[1]):
            self.moved.emit(dragged, cell[1])

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = 0
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        cell = self.arrangement.cell_at(event.position().toPoint())
        if cell is None or not any(c == cell for c, _, _ in self.arrangement.more):
            event.ignore()
            return
        seen = [p.index for p in self.arrangement.cards if p.cell == cell]
        down = event.angleDelta().y() < 0
        last = len(self._cards.get(cell, ())) - 1
        if down and seen and seen[-1] < last:
            self._first[cell] = seen[0] + 1
        elif not down:
            self._first[cell] = max(0, seen[0] - 1)
        self._relay()

    # Painting ---------------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("bg_panel"))
        laid = self.arrangement
        columns = [(c, self._count(c.name)) for c in self._columns]
        paint_frame(painter, self.rect(), laid, columns, self._lanes, self._agenda, theme, self.compact)
        for place in laid.cards:
            if place.card.id != self._dragged:
                self._paint_card(painter, place, place.box, theme)
        paint_more(painter, laid, self._more, theme)
        if self._dragged:
            self._paint_drag(painter, laid, theme)
        painter.setPen(QPen(theme.color("line_subtle"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _count(self, column: str) -> int:
        return sum(len(self._cards.get((lane.name, column), ())) for lane in self._lanes)

    def _paint_card(self, painter: QPainter, place: Placed, box: QRect, theme: look.Theme) -> None:
        number = place.card.id
        paint_card(painter, box, place.card, theme, number in self.marks, number == self.current and self.hasFocus(),
                   number == self._hovered)  # fmt: skip

    def _paint_drag(self, painter: QPainter, laid: Arrangement, theme: look.Theme) -> None:
        place = next((p for p in laid.cards if p.card.id == self._dragged), None)
        if place is None:
            return
        cell = laid.cell_at(self._drag_at)
        if cell is not None and cell[1] != place.cell[1]:
            paint_drop(painter, laid.cells[cell], self.can_drop(self._dragged, cell[1]), theme)
        painter.setOpacity(0.9)
        self._paint_card(painter, place, place.box.translated(self._drag_at - self._pressed), theme)
        painter.setOpacity(1.0)


_KEYS = frozenset({
    Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_J, Qt.Key.Key_K,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End,
})  # fmt: skip
