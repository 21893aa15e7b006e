"""A drawer with a form: title, rows of label and field, a line for what is amiss, and the button that sends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from .. import theme as look
from ..widgets.drawer import Drawer
from ..widgets.keycap import KeycapButton
from ..widgets.plain_label import PlainLabel
from ..widgets.segment import Segment


class FormDrawer(Drawer):
    """`sent()` when its button is pressed."""

    sent = Signal()

    def __init__(self, title: str, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        theme = look.of(self)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(18), theme.px(12), theme.px(16), theme.px(6))
        self.title = PlainLabel(title, size="section", bold=True, elide=True)
        head.addWidget(self.title, 1)
        close = KeycapButton(self.tr("放下"), "Esc")
        close.clicked.connect(self.shut)
        head.addWidget(close)
        self.body.addLayout(head)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("role", "plain")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(theme.px(18), theme.px(6), theme.px(16), theme.px(6))
        self.column.setSpacing(theme.px(12))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px(14))
        self.grid.setVerticalSpacing(theme.px(12))
        self.grid.setColumnStretch(1, 1)
        self.column.addLayout(self.grid)
        self.column.addStretch(1)
        area.setWidget(inner)
        self.body.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(18), theme.px(8), theme.px(16), theme.px(14))
        foot.setSpacing(theme.px(10))
        self.said = PlainLabel("", "warning", "label")
        self.said.setWordWrap(True)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot.addWidget(self.said, 1)
        self.button = KeycapButton(button, "Ctrl Enter", "primary")
        self.button.clicked.connect(self.sent)
        foot.addWidget(self.button)
        self.body.addLayout(foot)

    def add_row(self, text: str, field: QWidget) -> PlainLabel:
        """A label and its field; gives the label."""
        row = self.grid.rowCount()
        label = PlainLabel(text, "secondary", "label")
        self.grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(field, Segment):
            self.grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            self.grid.addWidget(field, row, 1)
        return label

    def complain(self, text: str, field: QWidget | None = None) -> None:
        """Says what is amiss, and where; empty takes it back."""
        self.said.show_text(text)
        if field is not None:
            field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # a field keeps it from the page's shortcut, and has no use for it
            self.shut()
        else:
            super().keyPressEvent(event)
