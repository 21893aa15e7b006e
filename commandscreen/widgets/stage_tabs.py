"""The queue's tabs: each stage with its count; the current one underlined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .. import theme as look


class StageTabs(QWidget):
    """Tabs by name; `chosen(name)` tells a person's choice. Names are spread over the width the panel gives."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = tuple(tabs)
        self._counts: Mapping[str, int] = {}
        self._current = tabs[0][0]
        self._hovered = ""
        self._stretch = 100
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Counts by name; a name that is missing shows none."""
        if counts != self._counts:
            self._counts = dict(counts)
            self._speak()
            self.update()

    def set_current(self, name: str) -> None:
        """Shows a tab without telling anyone."""
        self._current = name
        self._speak()
        self.update()

    def _speak(self) -> None:
        words = ", ".join(f"{text} {self._counts.get(name, '')}" for name, text in self._tabs)
        self.setAccessibleName(words)

    def _boxes(self) -> list[tuple[str, str, str, QRect]]:
        theme = look.of(self)
        plain = QFontMetrics(theme.font("label"))
        bold = QFontMetrics(theme.font("label", bold=True))
        gap = theme.px(4 if self.width() > theme.px(420) else 3)
        margin = theme.px(10 if self.width() > theme.px(420) else 6)
        needed = sum(bold.horizontalAdvance(f"{text}{self._counts.get(name, '')}") + gap for name, text in self._tabs)
        self._stretch = max(72, min(100, round(100 * (self.width() - 2 * margin - theme.px(14)) / max(1, needed))))
        plain, bold = QFontMetrics(self._font(False)), QFontMetrics(self._font(True))
        widths = []
        for name, text in self._tabs:
            metrics = bold if name == self._current else plain
            count = str(self._counts.get(name, ""))
            widths.append(metrics.horizontalAdvance(text) + gap + metrics.horizontalAdvance(count))
        room = self.width() - 2 * margin - sum(widths)
        space = max(theme.px(3), min(theme.px(22), room // max(1, len(widths) - 1)))
        left, found = margin, []
        for (name, text), width in zip(self._tabs, widths, strict=True):
            found.append((name, text, str(self._counts.get(name, "")), QRect(left, 0, width, self.height())))
            left += width + space
        return found

    def _font(self, bold: bool) -> QFont:
        """The tabs' font, narrower where a language's words would not fit."""
        font = look.of(self).font("label", bold)
        font.setStretch(self._stretch)
        return font

    def sizeHint(self) -> QSize:
        return QSize(100, look.of(self).px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("line_subtle"))
        for name, text, count, box in self._boxes():
            current = name == self._current
            painter.setFont(self._font(current))
            painter.setPen(theme.color("text_primary" if current or name == self._hovered else "text_secondary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
            if current:
                painter.fillRect(QRect(box.left() - theme.px(2), self.height() - theme.px(3), box.width() + theme.px(4),
                                       theme.px(3)), theme.color("accent"))  # fmt: skip
        if self.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for name, _, _, box in self._boxes():
            if box.adjusted(-4, 0, 4, 0).contains(event.position().toPoint()):
                self.chosen.emit(name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = next((n for n, _, _, b in self._boxes() if b.contains(event.position().toPoint())), "")
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = ""
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = [name for name, _ in self._tabs]
        self.chosen.emit(names[(names.index(self._current) + step) % len(names)])
