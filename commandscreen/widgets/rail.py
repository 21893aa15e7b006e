"""The rail at the left edge: the pages that exist, and settings at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from .. import theme as look


class _Item(QPushButton):
    def __init__(self, icon: str, text: str, key: str) -> None:
        super().__init__()
        self._icon, self._text = icon, text
        self.words = True
        self.setAccessibleName(f"{text} {key}")
        self.setToolTip(f"{text}  {key}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        theme = look.of(self)
        return QSize(theme.px(64 if self.words else 48), theme.px(62 if self.words else 48))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.color("bg_raised"))
            painter.fillRect(QRect(0, 0, theme.px(3), self.height()), theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.color("bg_hover"))
        tone = theme.color("text_primary" if self.isChecked() else "text_secondary")
        size = theme.px(22)
        top = theme.px(9) if self.words else (self.height() - size) // 2
        painter.drawPixmap((self.width() - size) // 2, top, look.icon(self._icon, tone, size))
        if self.words:
            painter.setFont(theme.font("label", bold=self.isChecked()))
            painter.setPen(tone)
            painter.drawText(
                QRect(0, theme.px(33), self.width(), theme.px(22)), Qt.AlignmentFlag.AlignCenter, self._text
            )
        if self.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


class Rail(QFrame):
    """`chosen(name)`; pages are (name, icon, word, key). The last of `foot` stand at the bottom."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[tuple[str, str, str, str]], foot: Sequence[tuple[str, str, str, str]],
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("role", "rail")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.of(self).px(8), 0, look.of(self).px(8))
        column.setSpacing(look.of(self).px(2))
        self._items: dict[str, _Item] = {}
        for group in (pages, foot):
            for name, icon, text, key in group:
                item = _Item(icon, text, key)
                item.clicked.connect(lambda _=False, name=name: self._press(name))
                self._items[name] = item
                column.addWidget(item)
            if group is pages:
                column.addStretch(1)
        self._current = pages[0][0]
        self.set_current(self._current)

    def set_words(self, shown: bool) -> None:
        """Icons with or without their words."""
        for item in self._items.values():
            item.words = shown
            item.setFixedSize(item.sizeHint())
        self.setFixedWidth(look.of(self).px(64 if shown else 48))

    def set_current(self, name: str) -> None:
        """Marks a page without telling anyone."""
        self._current = name
        for key, item in self._items.items():
            item.setChecked(key == name)

    def _press(self, name: str) -> None:
        self.set_current(self._current)
        self.chosen.emit(name)
