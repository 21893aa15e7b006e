"""The queue's filter line: a field for words in cases, and a chip for each condition, which a click takes away."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from .. import theme as look
from ..store.filter import Filter
from ..widgets.field import Field
from . import rows, words
from .desk import Desk
from .empty_queue import Condition

TYPING_MS = 180


class FilterLine(QWidget):
    """Signals: `left()` when the keyboard goes back to the list, `dropped()` when Esc drops every condition."""

    left = Signal()
    dropped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._desk = desk
        self.setProperty("role", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        column.setSpacing(theme.px(5))
        self.field = Field()
        self.field.setMaxLength(60)
        self.field.setPlaceholderText(self.tr("案号、标题、地点里的字"))
        self.field.setAccessibleName(self.tr("筛选案件"))
        self.field.installEventFilter(self)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPING_MS)
        self._typed.timeout.connect(self._take_text)
        self.field.textEdited.connect(lambda _: self._typed.start())
        column.addWidget(self.field)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(theme.px(5))
        column.addLayout(self._chips)
        self.hide()

    def begin(self) -> None:
        """Opens the line and puts the keyboard there."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def put_away(self) -> None:
        """Empties the field and closes the line."""
        self.field.clear()
        self.hide()

    def show_filter(self) -> None:
        """The desk's filter as it stands now; the line closes where there is nothing to say."""
        wanted = self._desk.filter
        if self.field.text().strip() != wanted.text.strip():
            self.field.setText(wanted.text)
        while self._chips.count():
            item = self._chips.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        chips = self.conditions()
        for text, without in chips:
            button = QPushButton(f"{text} ×")
            button.setProperty("role", "mini")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, without=without: self._desk.set_filter(without))
            self._chips.addWidget(button)
        self._chips.addStretch(1)
        self.setVisible(bool(chips) or bool(wanted.text) or self.field.hasFocus())

    def conditions(self) -> list[Condition]:
        """What narrows the list beside the stage and the words in the field, each with the filter without it."""
        wanted = self._desk.filter
        found: list[Condition] = []
        if self._desk.title:
            found.append((self._desk.title, replace(Filter(), area=self._desk.area)))
        for kind in sorted(wanted.lamps):
            found.append((words.lamp(kind), replace(wanted, lamps=wanted.lamps - {kind})))
        for source in sorted(wanted.sources):
            found.append((words.source(source), replace(wanted, sources=wanted.sources - {source})))
        site = self._desk.site
        if site is not None and not self._desk.title:
            for unit in sorted(wanted.units):
                found.append((rows.unit_name(site, unit), replace(wanted, units=wanted.units - {unit})))
        return found

    def _take_text(self) -> None:
        self._desk.set_filter(replace(self._desk.filter, text=self.field.text().strip()), self._desk.title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.dropped.emit()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_text()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
