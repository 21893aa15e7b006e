"""The sheet of all keys that `?` shows; any key or click closes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from .. import theme as look
from .keycap import Keycap
from .plain_label import PlainLabel

Group = tuple[str, Sequence[tuple[str, str]]]


def stacked(groups: Sequence[Group]) -> list[list[Group]]:
    """The groups in columns no taller than the tallest group needs, in their order: so the sheet stays narrow."""
    most = max((len(keys) for _, keys in groups), default=0)
    made: list[list[Group]] = []
    for group in groups:
        tall = sum(len(keys) + 2 for _, keys in made[-1]) if made else most
        if tall + len(group[1]) > most:
            made.append([])
        made[-1].append(group)
    return made


class HelpSheet(QFrame):
    """Groups of (keys, what they do); keys are separated by blanks."""

    closed = Signal()

    def __init__(self, title: str, groups: Sequence[Group], parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(18), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(14))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, size="section", bold=True))
        head.addStretch(1)
        head.addWidget(Keycap("Esc"))
        column.addLayout(head)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(36))
        for stack in stacked(groups):
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.px(12))
            grid.setVerticalSpacing(theme.px(7))
            row = 0
            for name, keys in stack:
                if row:
                    grid.setRowMinimumHeight(row, theme.px(8))
                    row += 1
                grid.addWidget(PlainLabel(name, bold=True), row, 0, 1, 2)
                for caps, words in keys:
                    row += 1
                    host = QWidget()
                    host.setProperty("role", "plain")
                    inner = QHBoxLayout(host)
                    inner.setContentsMargins(0, 0, 0, 0)
                    inner.setSpacing(theme.px(4))
                    for cap in caps.split():
                        inner.addWidget(Keycap(cap))
                    inner.addStretch(1)
                    grid.addWidget(host, row, 0)
                    grid.addWidget(PlainLabel(words, "secondary", "label"), row, 1)
                row += 1
            grid.setRowStretch(row, 1)
            columns.addLayout(grid)
        column.addLayout(columns)
        self.hide()

    def open(self) -> None:
        """Shows itself in the middle of its parent."""
        self.adjustSize()
        host = self.parentWidget()
        if host is not None:
            self.move((host.width() - self.width()) // 2, max(0, (host.height() - self.height()) // 2))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.hide()
        self.closed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()
        self.closed.emit()
