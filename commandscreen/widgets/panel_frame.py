"""A panel: header with title, sub-line and a right-hand slot; body; optional footer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from .. import theme as look
from .plain_label import PlainLabel


class PanelFrame(QFrame):
    """`header`, `body` and `footer` are layouts to add to. `cover(widget)` shows a state in the body's place."""

    def __init__(self, title: str, footer: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QWidget()
        top.setObjectName("panelTop")
        top.setProperty("role", "panelHeader")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top.setFixedHeight(theme.px(42))
        self.header = QHBoxLayout(top)
        self.header.setContentsMargins(theme.px(12), 0, theme.px(10), 0)
        self.header.setSpacing(theme.px(8))
        self.title = PlainLabel(title, bold=True)
        self.sub = PlainLabel("", "tertiary", "label")
        self.header.addWidget(self.title)
        self.header.addWidget(self.sub)
        self.header.addStretch(1)
        self._notice = PlainLabel("")
        self._notice.setProperty("role", "chip")
        self._notice.setProperty("tone", "warning")
        self._notice.setFixedHeight(theme.px(22))
        self._notice.hide()
        self.header.addWidget(self._notice)
        column.addWidget(top)
        self._stack_host = QWidget()
        self._stack_host.setProperty("role", "plain")
        self._stack = QStackedLayout(self._stack_host)
        self._inner = QWidget()
        self._inner.setProperty("role", "plain")
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._stack.addWidget(self._inner)
        column.addWidget(self._stack_host, 1)
        self._cover: QWidget | None = None
        self.footer: QHBoxLayout | None = None
        if footer:
            bottom = QWidget()
            bottom.setProperty("role", "panelFooter")
            bottom.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            bottom.setFixedHeight(theme.px(34))
            self.footer = QHBoxLayout(bottom)
            self.footer.setContentsMargins(theme.px(10), 0, theme.px(10), 0)
            self.footer.setSpacing(theme.px(10))
            column.addWidget(bottom)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def note(self, text: str) -> None:
        """A small warning in the header: how old the panel's data is; empty for none."""
        self._notice.show_text(text)
        self._notice.setVisible(bool(text))

    def cover(self, widget: QWidget | None) -> None:
        """Shows a state pane instead of the body; None shows the body again."""
        if self._cover is not None and self._cover is not widget:
            self._stack.removeWidget(self._cover)
            self._cover.deleteLater()
        self._cover = widget
        if widget is not None and self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget or self._inner)

    @property
    def covered(self) -> bool:
        """Whether a state stands in the body's place."""
        return self._cover is not None
