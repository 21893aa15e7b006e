"""What a panel shows instead of its content: empty, loading, error, filtered away, not yours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from .. import theme as look
from .keycap import KeycapButton
from .plain_label import PlainLabel

SKELETON_DELAY_MS = 300


@dataclass(frozen=True, slots=True)
class StateAction:
    """A button of a state: its words, its key, what `chosen` says."""

    text: str
    key: str
    name: str
    primary: bool = False


class StatePane(QWidget):
    """Icon, headline, what still works and what to do, actions, and a small line such as an error's number.

    `chosen(name)` tells which action was pressed.
    """

    chosen = Signal(str)

    def __init__(self, icon: str, headline: str, text: str, actions: Sequence[StateAction] = (), small: str = "",
                 tone: str = "text_secondary", parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "plain")
        self.setAccessibleName(f"{headline} {text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(36), theme.px(24), theme.px(36), theme.px(24))
        column.setSpacing(theme.px(10))
        column.addStretch(2)
        picture = QLabel()
        picture.setPixmap(look.icon(icon, theme.color(tone), theme.px(30)))
        column.addWidget(picture)
        head = PlainLabel(headline, size="section", bold=True)
        head.setWordWrap(True)
        column.addWidget(head)
        body = PlainLabel(text, "secondary")
        body.setWordWrap(True)
        column.addWidget(body)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for action in actions:
            role = "primary" if action.primary else ""
            button = KeycapButton(action.text, action.key, role) if action.key else QPushButton(action.text)
            button.setProperty("role", role)
            button.clicked.connect(lambda _=False, name=action.name: self.chosen.emit(name))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        if small:
            column.addWidget(PlainLabel(small, "tertiary", "label"))
        column.addStretch(3)


class Skeleton(QWidget):
    """Still grey bars in the shape of rows; nothing for the first 300 ms, so that a fast load does not flicker."""

    def __init__(self, row_height: int = 74, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row_height
        self._shown = False
        self.setProperty("role", "plain")
        self.setAccessibleName(self.tr("正在读取"))
        QTimer.singleShot(SKELETON_DELAY_MS, self, self._show)

    def _show(self) -> None:
        self._shown = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shown:
            return
        theme = look.of(self)
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        for top in range(0, self.height(), theme.px(self._row)):
            paint_skeleton(painter, QRect(0, top, self.width(), theme.px(self._row)), theme)


def paint_skeleton(painter: QPainter, box: QRect, theme: look.Theme) -> None:
    """One row of grey bars."""
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("line_subtle"))
    grey = theme.color("bg_hover")
    left, top = box.left() + theme.px(14), box.top() + theme.px(14)
    painter.fillRect(QRect(left, top, theme.px(18), theme.px(18)), grey)
    painter.fillRect(QRect(left + theme.px(32), top, theme.px(50), theme.px(40)), grey)
    room = box.width() - theme.px(130)
    painter.fillRect(QRect(left + theme.px(98), top, round(room * 0.8), theme.px(14)), grey)
    painter.fillRect(QRect(left + theme.px(98), top + theme.px(26), round(room * 0.55), theme.px(12)), grey)
