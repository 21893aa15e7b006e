"""A push button whose words end in an ellipsis where there is no room, instead of losing both ends. Keeps its whole name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton

from .. import theme as look


class ElidedButton(QPushButton):
    """Drawn by the style like any other."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        font = QFont(self.font())
        font.setBold(True)  # the style sheet may draw it so
        room = self.width() - 2 * look.of(self).px(6)
        option.text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, QPainter(self), self)
