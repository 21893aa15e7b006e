"""The queue's head: lamps with their counts, which filter; the order; the button of the filter line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy

from .. import theme as look
from ..domain.case import Lamp
from ..store.filter import Sort
from ..widgets.lamp import Lamp as LampWidget
from ..widgets.panel_frame import PanelFrame
from ..widgets.plain_label import PlainLabel
from . import words
from .desk import Desk


class QueueHead(QObject):
    """Puts its parts into a panel's head. `filter_wanted()` when the filter line is asked for."""

    filter_wanted = Signal()

    def __init__(self, desk: Desk, panel: PanelFrame) -> None:
        super().__init__(panel)
        theme = look.of(panel)
        self._desk, self._panel = desk, panel
        self.lamps: dict[Lamp, PlainLabel] = {}
        for number, kind in enumerate((Lamp.OVERDUE, Lamp.DUE, Lamp.OK)):
            count = PlainLabel("", size="label", bold=True)
            host = QPushButton()
            host.setProperty("role", "flat")
            host.setAccessibleName(words.lamp(kind))
            host.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            inner = QHBoxLayout(host)
            inner.setContentsMargins(theme.px(2), 0, theme.px(2), 0)
            inner.setSpacing(theme.px(5))
            inner.addWidget(LampWidget(kind.value, 14))
            inner.addWidget(count)
            host.setFixedHeight(theme.px(28))
            host.setMinimumWidth(theme.px(40))
            host.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            host.clicked.connect(lambda _=False, kind=kind: self.toggle(kind))
            panel.header.insertWidget(2 + number, host)
            self.lamps[kind] = count
        self._sort = QComboBox()
        self._sort.setAccessibleName(self.tr("排序"))
        for sort, text in ((Sort.REMAINING, self.tr("按剩余时间")), (Sort.NEWEST, self.tr("最新上报")),
                           (Sort.OLDEST, self.tr("最早上报")), (Sort.CHANGED, self.tr("最近变动"))):  # fmt: skip
            self._sort.addItem(text, sort)
        self._sort.activated.connect(lambda index: desk.set_sort(self._sort.itemData(index)))
        panel.header.addWidget(self._sort)
        self._filter = QPushButton()
        self._filter.setProperty("role", "flat")
        self._filter.setFixedSize(theme.px(30), theme.px(28))
        self._filter.setAccessibleName(self.tr("筛选 /"))
        self._filter.clicked.connect(self.filter_wanted)
        panel.header.addWidget(self._filter)

    def set_compact(self, compact: bool) -> None:
        """On small screens the order's words are shorter."""
        long = (self.tr("按剩余时间"), self.tr("最新上报"), self.tr("最早上报"), self.tr("最近变动"))
        short = (self.tr("剩余"), self.tr("最新"), self.tr("最早"), self.tr("变动"))
        for index, text in enumerate(short if compact else long):
            self._sort.setItemText(index, text)

    def show_counts(self, counts: Mapping[Lamp, int]) -> None:
        """How many cases have each lamp."""
        for kind, label in self.lamps.items():
            label.show_text(str(counts.get(kind, 0)))

    def show_filter(self) -> None:
        """The desk's order and whether anything narrows the list."""
        theme = look.of(self._panel)
        self._sort.setCurrentIndex(self._sort.findData(self._desk.sort))
        tone = "accent" if self._desk.filter.conditions else "text_secondary"
        self._filter.setIconSize(QSize(theme.px(17), theme.px(17)))
        self._filter.setIcon(look.icon("filter", theme.color(tone), theme.px(17)))

    def toggle(self, kind: Lamp) -> None:
        """A lamp is clicked: only its cases, or no longer."""
        chosen = self._desk.filter.lamps ^ {kind}
        self._desk.set_filter(replace(self._desk.filter, lamps=chosen), self._desk.title)
