"""Keycaps: a key's name in a small frame, alone, as a hint line, or on a button that the key also presses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStyle, QStyleOptionButton, QWidget

from .. import theme as look
from .plain_label import PlainLabel


def keycap_width(text: str, theme: look.Theme, widget: QWidget) -> int:
    """The width a keycap takes, logical pixels."""
    widget.ensurePolished()
    from PySide6.QtGui import QFontMetrics

    return max(theme.px(18), QFontMetrics(theme.font("keycap")).horizontalAdvance(text) + theme.px(10))


def paint_keycap(painter: QPainter, box: QRect, text: str, theme: look.Theme, colour: str = "text_secondary") -> None:
    """Draws a keycap in a box."""
    painter.save()
    painter.setFont(theme.font("keycap"))
    painter.setPen(QPen(theme.color("line_strong"), 1))
    painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 2, 2)
    painter.setPen(theme.color(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Keycap(QWidget):
    """One keycap."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        theme = look.of(self)
        return QSize(keycap_width(self._text, theme, self), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        self.setFixedSize(self.sizeHint())
        paint_keycap(QPainter(self), self.rect(), self._text, look.of(self))


class KeycapButton(QPushButton):
    """A button that shows the key which also presses it. `role` is primary, mini or empty."""

    def __init__(self, text: str, key: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.key = key
        self.setProperty("role", role)
        self.setAccessibleName(f"{text} {key}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        theme = look.of(self)
        hint = super().sizeHint()
        return QSize(hint.width() + keycap_width(self.key, theme, self) + theme.px(8), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        width, height = keycap_width(self.key, theme, self), theme.px(20)
        room = self.width() - width - theme.px(8) - 2 * theme.px(6)
        text = self.text()
        if self.fontMetrics().horizontalAdvance(text) > room:
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        text_width = self.fontMetrics().horizontalAdvance(text)
        left = (self.width() - text_width - theme.px(8) - width) // 2
        on_fill = self.property("role") == "primary" and self.isEnabled()
        colour = "text_on_accent" if on_fill else ("text_primary" if self.isEnabled() else "text_disabled")
        painter.setPen(theme.color(colour))
        painter.setFont(self.font())
        painter.drawText(QRect(left, 0, text_width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        cap = QRect(left + text_width + theme.px(8), (self.height() - height) // 2, width, height)
        paint_keycap(painter, cap, self.key, theme, colour)


class KeyHints(QWidget):
    """A footer line of keys and what they do: [("J K", "上下"), …]; what does not fit is left out, last first."""

    def __init__(self, hints: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._groups: list[QWidget] = []
        self.set_hints(hints)

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Other hints."""
        while self._row.count():
            item = self._row.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        theme = look.of(self)
        self._row.setSpacing(theme.px(12))
        self._groups = []
        for keys, words in hints:
            group = QWidget()
            group.setProperty("role", "plain")
            inner = QHBoxLayout(group)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(theme.px(4))
            for key in keys.split():
                inner.addWidget(Keycap(key))
            inner.addWidget(PlainLabel(words, "tertiary", "label"))
            self._row.addWidget(group)
            self._groups.append(group)
        self._row.addStretch(1)
        self._fit()

    def _fit(self) -> None:
        room, spacing = self.width(), self._row.spacing()
        for group in self._groups:
            room -= group.sizeHint().width()
            group.setVisible(room >= 0)
            room -= spacing

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self._fit()
