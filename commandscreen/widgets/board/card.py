"""One task on the board, painted whole: title, proposer and recipients, deadline lamp, list item, progress."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF

from ... import theme as look
from ..fate_mark import paint_fate
from ..lamp import paint_lamp, paint_tick
from ..plain_label import plain

_TITLE, _LINE, _PAD = 24, 21, 6
GAP = 7
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class Card:
    """A task in the user's words. `lamp` is a domain Lamp's value, empty before it is published; `listed` says that `item`
    names a line of the lists, else it is the off-list mark; `done` of `of` recipients have finished, `of` 0 = no bar.
    `urgent` is the reason of one given outside a meeting; `fate` an outbox mark while a command on it is under way.
    """

    id: int
    title: str
    who: str
    due: str
    item: str
    lamp: str = ""
    word: str = ""
    listed: bool = True
    done: int = 0
    of: int = 0
    urgent: str = ""
    urgent_word: str = ""
    note: str = ""
    fate: str = ""
    finished: bool = False

    def __post_init__(self) -> None:
        for name in ("title", "who", "due", "item", "urgent", "note"):
            object.__setattr__(self, name, plain(getattr(self, name)))

    @property
    def height(self) -> int:
        """Logical pixels at scale 1."""
        extra = bool(self.urgent_word) + bool(self.note)
        return _PAD * 2 + _TITLE + _LINE * (2 + extra)

    def spoken(self) -> str:
        """The card as one line for a screen reader."""
        share = f"{self.done}/{self.of}" if self.of else ""
        urgent = f"{self.urgent_word} {self.urgent}".strip()
        parts = (self.word, self.title, self.who, self.due, self.item, share, urgent, self.note)
        return " ".join(part for part in parts if part)


def paint_card(painter: QPainter, box: QRect, card: Card, theme: look.Theme, marked: bool, current: bool,
               hovered: bool) -> None:  # fmt: skip
    """Paints a card into its box. `current` has the keyboard's ring; `marked` is chosen for publishing."""
    _paint_ground(painter, box, card, theme, marked, hovered)
    px = theme.px
    left, right, top = box.left() + px(10), box.right() - px(10), box.top() + px(_PAD)
    title_left = left
    if marked:
        tick = QRect(left, top + px(4), px(16), px(16))
        painter.fillRect(tick, theme.color("accent_fill"))
        painter.drawPixmap(tick, look.icon("check", theme.color("text_on_accent"), px(16)))
        title_left += px(24)
    title_right = right
    if card.fate:
        title_right -= px(22)
        paint_fate(painter, QRect(right - px(15), top + px(4), px(15), px(15)), card.fate, theme)
    _text(painter, QRect(title_left, top, title_right - title_left, px(_TITLE)), card.title, theme, "text_primary",
          bold=not card.finished, size="body")  # fmt: skip
    top += px(_TITLE)
    due = _paint_due(painter, QRect(left, top, right - left, px(_LINE)), card, theme)
    _text(painter, QRect(left, top, due - left - px(6), px(_LINE)), card.who, theme, "text_secondary")
    top += px(_LINE)
    if card.urgent_word:
        paint_lamp(painter, QRectF(left, top + px(3), px(14), px(14)), "due", theme)
        word_left = left + px(20)
        room = QRect(word_left, top, right - word_left, px(_LINE))
        width = _text(painter, room, card.urgent_word, theme, "text_warning", bold=True)
        rest = word_left + width + px(8)
        _text(painter, QRect(rest, top, right - rest, px(_LINE)), card.urgent, theme, "text_secondary")
        top += px(_LINE)
    if card.note:
        _text(painter, QRect(left, top, right - left, px(_LINE)), card.note, theme, "text_secondary")
        top += px(_LINE)
    item_right = _paint_item(painter, QRect(left, top, right - left, px(_LINE)), card, theme)
    if card.of:
        _paint_share(painter, QRect(item_right + px(10), top, right - item_right - px(10), px(_LINE)), card, theme)
    if current:
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -1, -1))


def _paint_ground(painter: QPainter, box: QRect, card: Card, theme: look.Theme, marked: bool, hovered: bool) -> None:
    ground = "bg_selected" if marked else ("bg_hover" if hovered else "bg_panel" if card.finished else "bg_raised")
    painter.setPen(QPen(theme.color("accent" if marked else "line_subtle" if card.finished else "line_default"), 1))
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), theme.px(2), theme.px(2))


def _paint_due(painter: QPainter, box: QRect, card: Card, theme: look.Theme) -> int:
    """The deadline at the right, its lamp before it; where it begins."""
    tone = {"overdue": "text_critical", "due": "text_warning"}.get(card.lamp, "text_secondary")
    width = QFontMetrics(theme.font("label")).horizontalAdvance(card.due)
    _text(painter, box, card.due, theme, tone, right=True)
    left = box.right() - width
    if card.lamp:
        size = theme.px(13)
        left -= size + theme.px(7)
        paint_lamp(painter, QRectF(left, box.top() + (box.height() - size) / 2, size, size), card.lamp, theme)
    return left


def _paint_item(painter: QPainter, box: QRect, card: Card, theme: look.Theme) -> int:
    """The list item with its tick, or the off-list mark in a frame; where it ends."""
    px = theme.px
    size = px(13)
    middle = box.top() + (box.height() - size) / 2
    painter.save()
    if card.listed:
        if card.item:
            paint_tick(painter, QRectF(box.left(), middle, size, size), theme.color("text_tertiary"))
            left = box.left() + size + px(7)
            width = _text(
                painter, QRect(left, box.top(), box.width() // 2, box.height()), card.item, theme, "text_tertiary"
            )
            right = left + width
        else:
            right = box.left() - px(10)
    else:
        width = QFontMetrics(theme.font("label")).horizontalAdvance(card.item)
        frame = QRect(box.left(), box.top() + 1, min(box.width() - 1, size + width + px(21)), box.height() - 3)
        painter.setPen(QPen(theme.color("text_warning"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 2, 2)
        paint_off_list(painter, QRectF(box.left() + px(7), middle, size, size), theme)
        text = QRect(
            box.left() + px(7) + size + px(6), box.top(), frame.right() - box.left() - size - px(16), box.height() - 1
        )
        _text(painter, text, card.item, theme, "text_warning")
        right = frame.right()
    painter.restore()
    return right


def paint_off_list(painter: QPainter, box: QRectF, theme: look.Theme) -> None:
    """The split diamond: two halves that do not meet."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text_warning"))
    middle, gap = box.center(), box.width() * 0.1

    for side in (-1, 1):
        tip = box.left() if side < 0 else box.right()
        near = middle.x() + side * gap
        painter.drawPolygon(QPolygonF([QPointF(tip, middle.y()), QPointF(near, box.top() + box.height() * 0.08),
                                       QPointF(near, box.bottom() - box.height() * 0.08)]))  # fmt: skip
    painter.restore()


def _paint_share(painter: QPainter, box: QRect, card: Card, theme: look.Theme) -> None:
    text = f"{card.done}/{card.of}"
    width = QFontMetrics(theme.font("label")).horizontalAdvance(text)
    _text(painter, box, text, theme, "text_secondary", right=True)
    bar = QRect(box.left(), box.center().y() - theme.px(1), box.width() - width - theme.px(10), theme.px(4))
    if bar.width() < theme.px(16):
        return
    painter.fillRect(bar, theme.color("line_default"))
    painter.fillRect(QRect(bar.left(), bar.top(), round(bar.width() * min(card.done, card.of) / card.of), bar.height()),
                     theme.color("text_secondary"))  # fmt: skip


def _text(painter: QPainter, box: QRect, text: str, theme: look.Theme, tone: str, bold: bool = False,
          size: str = "label", right: bool = False) -> int:  # fmt: skip
    """One line cut to its box; the width it takes."""
    font = theme.font(size, bold=bold)
    painter.setFont(font)
    painter.setPen(theme.color(tone))
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, box.width()))
    painter.drawText(box, _RIGHT if right else _LEFT, shown)
    return metrics.horizontalAdvance(shown)
