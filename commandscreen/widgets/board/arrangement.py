"""Where lanes, columns and cards lie on the board: plain arithmetic in device-independent pixels, no painting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from ... import theme as look
from .card import GAP, Card

Cell = tuple[str, str]
MORE = 24
_INSET = 7


@dataclass(frozen=True, slots=True)
class Placed:
    """A card that is seen, and where."""

    cell: Cell
    index: int
    card: Card
    box: QRect


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What lies where. `more` holds the 另有n项 lines: their cell, place and the number of cards not seen."""

    lanes: Mapping[str, QRect]
    columns: Mapping[str, QRect]
    cells: Mapping[Cell, QRect]
    cards: tuple[Placed, ...]
    more: tuple[tuple[Cell, QRect, int], ...]

    def card_at(self, point: QPoint) -> Placed | None:
        """The card under a point."""
        return next((p for p in self.cards if p.box.contains(point)), None)

    def more_at(self, point: QPoint) -> Cell | None:
        """The cell whose 另有n项 line lies under a point."""
        return next((cell for cell, box, _ in self.more if box.contains(point)), None)

    def cell_at(self, point: QPoint) -> Cell | None:
        """The cell under a point."""
        return next((cell for cell, box in self.cells.items() if box.contains(point)), None)


def arrange(size: QRect, lanes: Sequence[str], columns: Sequence[str], cards: Mapping[Cell, Sequence[Card]],
            first: Mapping[Cell, int], wide: str, head: int, label: int, theme: look.Theme) -> Arrangement:  # fmt: skip
    """Lays the board out. `first` is the index of the first card shown per cell; the lane `wide` takes what it needs
    before the others; `head` and `label` are the column heads' height and the lane labels' width."""
    px = theme.px
    heights = _heights([_need(lane, columns, cards, theme) for lane in lanes],
                       [_one(lane, columns, cards, theme) for lane in lanes], size.height() - head,
                       lanes.index(wide) if wide in lanes else -1, theme)  # fmt: skip
    width = (size.width() - label) / max(1, len(columns))
    lefts = [round(size.left() + label + width * n) for n in range(len(columns) + 1)]
    column_boxes = {c: QRect(lefts[n], size.top(), lefts[n + 1] - lefts[n], head) for n, c in enumerate(columns)}
    lane_boxes: dict[str, QRect] = {}
    cells: dict[Cell, QRect] = {}
    placed: list[Placed] = []
    more: list[tuple[Cell, QRect, int]] = []
    top = size.top() + head
    for lane, height in zip(lanes, heights, strict=True):
        lane_boxes[lane] = QRect(size.left(), top, size.width(), height)
        for n, column in enumerate(columns):
            cell = (lane, column)
            box = QRect(lefts[n], top, lefts[n + 1] - lefts[n], height)
            cells[cell] = box
            inner = box.adjusted(px(_INSET), px(_INSET), -px(_INSET), -px(3))
            seen, hidden = _fill(inner, cell, cards.get(cell, ()), first.get(cell, 0), theme)
            placed += seen
            if hidden:
                more.append((cell, QRect(inner.left(), box.bottom() - px(MORE), inner.width(), px(MORE)), hidden))
        top += height
    return Arrangement(lane_boxes, column_boxes, cells, tuple(placed), tuple(more))


def _need(lane: str, columns: Sequence[str], cards: Mapping[Cell, Sequence[Card]], theme: look.Theme) -> int:
    """The height at which all cards of a lane are seen."""
    most = max((sum(theme.px(c.height + GAP) for c in cards.get((lane, column), ())) for column in columns), default=0)
    return most + theme.px(_INSET + 3)


def _one(lane: str, columns: Sequence[str], cards: Mapping[Cell, Sequence[Card]], theme: look.Theme) -> int:
    """The height at which any one card of a lane stands above its 另有n项 line."""
    cells = [cards.get((lane, column), ()) for column in columns]
    tallest = max((theme.px(c.height) + (theme.px(MORE - 3) if len(found) > 1 else 0) for found in cells for c in found),
                  default=0)  # fmt: skip
    return tallest + theme.px(_INSET + 3)


def _heights(needs: Sequence[int], ones: Sequence[int], room: int, wide: int, theme: look.Theme) -> list[int]:
    """Equal shares; a lane that needs less gives to those that need more, the wide one first. They fill the room. None
    is lower than one of its cards with the line under it, as long as there is room for that."""
    count = len(needs)
    if not count:
        return []
    heights = [max(one, min(theme.px(110), room // count)) for one in ones]
    if sum(heights) > room:
        heights = list(ones) if sum(ones) <= room else [room // count] * count
    spare = room - sum(heights)
    if wide >= 0:
        extra = max(0, min(needs[wide] - heights[wide], spare))
        heights[wide] += extra
        spare -= extra
    wanting = [n for n in range(count) if heights[n] < needs[n]]
    while spare > 0 and wanting:
        share = max(1, spare // len(wanting))
        for n in list(wanting):
            extra = min(share, needs[n] - heights[n], spare)
            heights[n] += extra
            spare -= extra
            if heights[n] >= needs[n]:
                wanting.remove(n)
    for n in range(count):
        heights[n] += spare // count + (1 if n < spare % count else 0)
    return heights


def _fill(inner: QRect, cell: Cell, cards: Sequence[Card], first: int, theme: look.Theme) -> tuple[list[Placed], int]:
    """The cards from `first` on that fit whole, and how many are not seen; one is always shown."""
    px = theme.px
    total = sum(px(c.height + GAP) for c in cards) - (px(GAP) if cards else 0)
    if total <= inner.height():
        first, bottom = 0, inner.bottom() + 1
    else:
        first, bottom = max(0, min(first, len(cards) - 1)), inner.bottom() + 1 - px(MORE - 3)
    top = inner.top()
    seen: list[Placed] = []
    for index in range(first, len(cards)):
        height = px(cards[index].height)
        if top + height > bottom and seen:
            break
        seen.append(Placed(cell, index, cards[index], QRect(inner.left(), top, inner.width(), height)))
        top += height + px(GAP)
    return seen, len(cards) - len(seen)
