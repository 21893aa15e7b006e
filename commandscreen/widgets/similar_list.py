"""Cases like the one at hand: how alike, what and where, what became of it, and a way to open it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .. import theme as look
from .plain_label import PlainLabel


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """One similar case in words."""

    case_id: int
    kind: str
    score: str
    title: str
    under: str
    state: str


class SimilarList(QWidget):
    """`opened(case id)`."""

    opened = Signal(object)

    def __init__(self, open_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._open_text = open_text
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_cases(self, cases: Sequence[SimilarCase], none_text: str) -> None:
        """Shows cases, the most alike first, or the line that says there are none."""
        while self._column.count():
            item = self._column.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for case in cases:
            self._column.addWidget(self._row(case))
        if not cases:
            self._column.addWidget(PlainLabel(none_text, "tertiary", "label"))

    def _row(self, case: SimilarCase) -> QWidget:
        theme = look.of(self)
        host = QWidget()
        host.setProperty("role", "plain")
        row = QHBoxLayout(host)
        row.setContentsMargins(0, theme.px(5), 0, theme.px(5))
        row.setSpacing(theme.px(10))
        tag = PlainLabel(case.kind)
        tag.setProperty("role", "tag")
        tag.setFixedHeight(theme.px(22))
        row.addWidget(tag)
        row.addWidget(PlainLabel(case.score, bold=True))
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(PlainLabel(case.title, size="label", elide=True))
        text.addWidget(PlainLabel(case.under, "tertiary", "label", elide=True))
        row.addLayout(text, 1)
        row.addWidget(PlainLabel(case.state, "secondary", "label"))
        button = QPushButton(self._open_text)
        button.setProperty("role", "link")
        button.setAccessibleName(f"{self._open_text} {case.title}")
        button.clicked.connect(lambda _=False, case_id=case.case_id: self.opened.emit(case_id))
        row.addWidget(button)
        return host
