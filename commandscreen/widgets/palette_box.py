"""The command palette: one field, grouped results with the match underlined, keys at its foot. Opens over the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from .. import theme as look
from .field import Field
from .keycap import KeyHints, keycap_width, paint_keycap
from .lamp import TOKENS, paint_lamp
from .plain_label import PlainLabel, plain


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """A result: what `chosen` says, a lamp's value or an icon's name, text, the matched part of it, a lesser text,
    the key that does the same; `reason` says why an action is not allowed (it is then listed, not chosen)."""

    name: object
    mark: str
    text: str
    match: tuple[int, int] = (0, 0)
    detail: str = ""
    key: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        text = plain(self.text)
        if text != self.text:  # what matched no longer stands where it stood
            object.__setattr__(self, "match", (0, 0))
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "detail", plain(self.detail))


@dataclass(frozen=True, slots=True)
class PaletteGroup:
    """Results of one kind."""

    title: str
    items: tuple[PaletteItem, ...]


class _Results(QWidget):
    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.groups: tuple[PaletteGroup, ...] = ()
        self.current = 0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def items(self) -> list[PaletteItem]:
        return [item for group in self.groups for item in group.items]

    def boxes(self) -> list[tuple[QRect, PaletteGroup | PaletteItem]]:
        theme = look.of(self)
        top, found = theme.px(4), []
        for group in self.groups:
            box: tuple[QRect, PaletteGroup | PaletteItem] = (QRect(0, top, self.width(), theme.px(28)), group)
            found.append(box)
            top += theme.px(28)
            for item in group.items:
                found.append((QRect(0, top, self.width(), theme.px(42)), item))
                top += theme.px(42)
        return found

    def sizeHint(self) -> QSize:
        boxes = self.boxes()
        return QSize(400, (boxes[-1][0].bottom() if boxes else 0) + look.of(self).px(6))

    def current_box(self) -> QRect:
        rows = [box for box, thing in self.boxes() if isinstance(thing, PaletteItem)]
        return rows[self.current] if self.current < len(rows) else QRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        px = theme.px
        painter = QPainter(self)
        number = -1
        for box, thing in self.boxes():
            if isinstance(thing, PaletteGroup):
                painter.setFont(theme.font("label"))
                painter.setPen(theme.color("text_tertiary"))
                painter.drawText(box.adjusted(px(18), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, thing.title)
                continue
            number += 1
            if number == self.current:
                painter.fillRect(box, theme.color("bg_selected"))
                painter.fillRect(QRect(0, box.top(), px(3), box.height()), theme.color("accent"))
            self._paint_item(painter, box, thing, theme, number == self.current)

    def _paint_item(self, painter: QPainter, box: QRect, item: PaletteItem, theme: look.Theme, current: bool) -> None:
        px = theme.px
        mark = QRectF(px(20), box.center().y() - px(8), px(16), px(16))
        if item.mark in TOKENS:
            paint_lamp(painter, mark, item.mark, theme)
        else:
            painter.drawPixmap(mark.topLeft(), look.icon(item.mark, theme.color("text_secondary"), px(16)))
        left = px(46)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        right = box.right() - px(16)
        if item.key or current:
            key = item.key or "Enter"
            width = keycap_width(key, theme, self)
            paint_keycap(painter, QRect(right - width, box.center().y() - px(10), width, px(20)), key, theme)
            right -= width + px(12)
        start, end = item.match
        tone = "text_tertiary" if item.reason else "text_primary"
        for part, strong in ((item.text[:start], False), (item.text[start:end], True), (item.text[end:], False)):
            if not part:
                continue
            font = theme.font("body", bold=strong)
            painter.setFont(font)
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(part, Qt.TextElideMode.ElideRight, max(0, right - left))
            width = metrics.horizontalAdvance(shown)
            painter.setPen(theme.color(tone))
            painter.drawText(QRect(left, box.top(), width + 2, box.height()), flags, shown)
            if strong:
                painter.fillRect(QRect(left, box.center().y() + px(12), width, px(2)), theme.color("accent"))
            left += width
        font = theme.font("label")
        painter.setFont(font)
        painter.setPen(theme.color("text_tertiary"))
        detail = item.reason or item.detail
        room = right - left - px(12)
        painter.drawText(QRect(left + px(12), box.top(), room, box.height()), flags,
                         QFontMetrics(font).elidedText(detail, Qt.TextElideMode.ElideRight, max(0, room)))  # fmt: skip

    def _row_at(self, event: QMouseEvent) -> int:
        rows = [box for box, thing in self.boxes() if isinstance(thing, PaletteItem)]
        point = event.position().toPoint()
        return next((i for i, box in enumerate(rows) if box.contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        if row >= 0 and row != self.current:
            self.current = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        if row >= 0:
            self.pressed.emit(row)


class PaletteBox(QFrame):
    """`query_changed(text)`, `chosen(name)` and `closed()`; results come by `set_groups`."""

    query_changed = Signal(str)
    chosen = Signal(object)
    closed = Signal()

    def __init__(self, hint: str, empty: str, keys: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._moved = False
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(theme.px(18), theme.px(12), theme.px(18), theme.px(12))
        top.setSpacing(theme.px(12))
        glass = QLabel()
        glass.setPixmap(look.icon("search", theme.color("text_secondary"), theme.px(18)))
        top.addWidget(glass)
        self.field = Field()
        self.field.setProperty("role", "bare")
        self.field.setMaxLength(80)
        self.field.setAccessibleName(hint)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        top.addWidget(self.field, 1)
        top.addWidget(PlainLabel(hint, "tertiary", "label"))
        column.addLayout(top)
        line = QFrame()
        line.setProperty("role", "line")
        column.addWidget(line)
        self._results = _Results()
        self._results.pressed.connect(self._choose)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._results)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)
        self._none = PlainLabel(empty, "tertiary", "label")
        self._none.setContentsMargins(theme.px(18), theme.px(8), 0, theme.px(8))
        column.addWidget(self._none)
        foot = QWidget()
        foot.setProperty("role", "panelFooter")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setFixedHeight(theme.px(36))
        inner = QHBoxLayout(foot)
        inner.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        inner.addWidget(KeyHints(keys))
        column.addWidget(foot)
        self.hide()

    def _typed(self, text: str) -> None:
        self._moved = False
        self.query_changed.emit(text)

    def open(self, text: str = "") -> None:
        """Shows itself with a text typed in, ready for more."""
        self.show()
        self.raise_()
        self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.deselect()
        self.field.end(False)
        self.query_changed.emit(text)

    def close_box(self) -> None:
        """Hides itself and tells so."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def set_groups(self, groups: Sequence[PaletteGroup]) -> None:
        """Results for the text in the field; the current row stays on its item if it is still there."""
        held = self._results.items()
        name = held[self._results.current].name if self._moved and self._results.current < len(held) else None
        self._results.groups = tuple(g for g in groups if g.items)
        items = self._results.items()
        self._results.current = next((i for i, item in enumerate(items) if item.name == name), 0) if name else 0
        self._results.setFixedHeight(self._results.sizeHint().height())
        self._none.setVisible(not items)
        self._results.update()

    def items(self) -> list[PaletteItem]:
        """The results in order."""
        return self._results.items()

    def _choose(self, row: int) -> None:
        items = self._results.items()
        if 0 <= row < len(items) and not items[row].reason:
            self.hide()
            self.chosen.emit(items[row].name)
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            count = len(self._results.items())
            if key == Qt.Key.Key_Escape:
                self.close_box()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self._results.current)
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and count:
                step = 1 if key == Qt.Key.Key_Down else -1
                self._results.current = (self._results.current + step) % count
                self._moved = True
                box = self._results.current_box()
                self._scroll.ensureVisible(0, box.center().y(), 0, box.height())
                self._results.update()
                return True
        return super().eventFilter(watched, event)
