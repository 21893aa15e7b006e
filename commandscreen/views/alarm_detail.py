"""What there is to know of one alarm: where, what the camera saw, who has to do what by when, and what was done with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from .. import theme as look
from ..domain.alarm import Alarm
from ..domain.site import Site
from ..widgets.fact_grid import FactGrid
from ..widgets.frame_picture import FramePicture
from ..widgets.plain_label import PlainLabel
from . import alarm_words
from . import format as fmt
from .decoding import decode

_LOG_LINES = 12


class AlarmDetail(QScrollArea):
    """`photo_wanted(address)` for the frame of the alarm that is shown; `take_photo` brings it."""

    photo_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._address = ""
        self._page = QWidget()
        self._page.setProperty("role", "plain")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        column.setSpacing(theme.px(10))
        self._title = PlainLabel("", bold=True)
        self._title.setWordWrap(True)
        column.addWidget(self._title)
        self._where = PlainLabel("", "secondary", "label")
        self._where.setWordWrap(True)
        column.addWidget(self._where)
        self.frame = FramePicture()
        column.addWidget(self.frame)
        self.facts = FactGrid()
        column.addWidget(self.facts)
        column.addWidget(PlainLabel(self.tr("经过"), "tertiary", "label"))
        self.log = FactGrid()
        column.addWidget(self.log)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._page)

    def show_alarm(self, alarm: Alarm | None, site: Site | None, now: int) -> None:
        """Another alarm, or none."""
        self._page.setVisible(alarm is not None)
        if alarm is None or site is None:
            return
        self._title.show_text(alarm_words.headline(site, alarm))
        self._where.show_text(f"{alarm_words.level(alarm.level)}  {alarm_words.where(site, alarm)}")
        self.facts.set_facts(alarm_words.facts(alarm, site.settings.alarms.types.get(alarm.kind), now))
        self.log.set_facts([(fmt.moment(line.at, now), alarm_words.log_line(line)) for line in alarm.log[-_LOG_LINES:]])
        self._show_frame(alarm.photos[0] if alarm.photos else "")

    def _show_frame(self, address: str) -> None:
        self.frame.setVisible(bool(address))
        if address != self._address:
            self._address = address
            self.frame.set_image(decode(b"", QSize(1, 1)))
            if address:
                self.photo_wanted.emit(address)

    def take_photo(self, address: str, data: bytes) -> None:
        """A picture that came."""
        if address == self._address:
            self.frame.set_image(decode(data, QSize(800, 600)))
