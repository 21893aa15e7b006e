"""A line of a form: what is asked, the field, and under it what is wrong or what the answer means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from .. import theme as look
from .plain_label import PlainLabel

LABEL_WIDTH = 72


class FormRow(QWidget):
    """`field` stands beside its label. A complaint takes the place of the hint, in red and with a mark."""

    def __init__(self, label: str, field: QWidget, needed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "plain")
        self.field = field
        self._label = label
        self._hint, self._complaint = "", ""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnMinimumWidth(0, theme.px(LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        name = PlainLabel(f"{label} *" if needed else label, "secondary", "label")
        name.setFixedHeight(theme.px(30))
        grid.addWidget(name, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(field, 0, 1)
        self._under = PlainLabel("", "tertiary", "label", elide=True)
        self._under.hide()
        grid.addWidget(self._under, 1, 1)

    @property
    def complaint(self) -> str:
        """What is said to be wrong, or an empty text."""
        return self._complaint

    def hint(self, text: str) -> None:
        """What the answer means, in small letters."""
        self._hint = text
        self._show()

    def complain(self, text: str) -> None:
        """Says what is wrong; an empty text takes it back."""
        if text != self._complaint:
            self._complaint = text
            self.field.setAccessibleDescription(text)
            self._show()

    def _show(self) -> None:
        text = f"× {self._complaint}" if self._complaint else self._hint
        look.set_state(self._under, "tone", "critical" if self._complaint else "tertiary")
        self._under.show_text(text)
        self._under.setVisible(bool(text))
