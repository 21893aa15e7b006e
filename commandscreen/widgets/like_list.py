"""Cases like the one being written down, each with what can be done instead of filing it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .. import theme as look
from .plain_label import PlainLabel


@dataclass(frozen=True, slots=True)
class LikeCase:
    """One case in words. `acts` are (name, word) of what may be done with it; `bar` is 0–1, how alike it is."""

    case_id: int
    kind: str
    score: str
    title: str
    under: str
    acts: tuple[tuple[str, str], ...] = ()
    bar: float = 0.0


class _Bar(QWidget):
    """How alike, as a bar under the figure: red is reserved, so it is plain."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        theme = look.of(self)
        self.setFixedSize(theme.px(40), theme.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("bg_hover"))
        painter.fillRect(QRect(0, 0, round(self.width() * self._share), self.height()), theme.color("text_secondary"))


class LikeList(QWidget):
    """`wanted(name, case id)` when one of a case's acts is chosen. On small screens a case takes one line."""

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown: tuple[tuple[LikeCase, ...], str] = ((), "")
        self._compact = False

    @property
    def cases(self) -> tuple[LikeCase, ...]:
        """What is shown."""
        return self._shown[0]

    def set_compact(self, compact: bool) -> None:
        """One line a case, or two."""
        if compact != self._compact:
            self._compact = compact
            (cases, none_text), self._shown = self._shown, ((), "")
            self.set_cases(cases, none_text)

    def set_cases(self, cases: Sequence[LikeCase], none_text: str = "") -> None:
        """Shows cases, the most alike first, or the line that says there are none. Equal ones are left as they stand."""
        if (tuple(cases), none_text) == self._shown:
            return
        self._shown = (tuple(cases), none_text)
        while self._column.count():
            item = self._column.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for case in cases:
            self._column.addWidget(self._row(case))
        if not cases and none_text:
            self._column.addWidget(PlainLabel(none_text, "tertiary", "label", elide=True))

    def _row(self, case: LikeCase) -> QWidget:
        theme = look.of(self)
        host = QWidget()
        host.setProperty("role", "plain")
        row = QHBoxLayout(host)
        row.setContentsMargins(0, theme.px(0 if self._compact else 3), 0, theme.px(0 if self._compact else 3))
        row.setSpacing(theme.px(10))
        if case.kind:
            tag = PlainLabel(case.kind)
            tag.setProperty("role", "tag")
            tag.setFixedHeight(theme.px(22))
            row.addWidget(tag)
        if case.score:
            score = QVBoxLayout()
            score.setSpacing(theme.px(2))
            score.addStretch(1)
            score.addWidget(PlainLabel(case.score, bold=True, size="label"))
            score.addWidget(_Bar(case.bar))
            score.addStretch(1)
            row.addLayout(score)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(PlainLabel(case.title, size="label", elide=True))
        if not self._compact:
            text.addWidget(PlainLabel(case.under, "tertiary", "label", elide=True))
        row.addLayout(text, 1)
        for name, word in case.acts:
            button = QPushButton(word)
            button.setProperty("role", "link")
            button.setAccessibleName(f"{word} {case.title}")
            button.clicked.connect(lambda _=False, name=name, case_id=case.case_id: self.wanted.emit(name, case_id))
            row.addWidget(button)
        return host
