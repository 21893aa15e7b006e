"""The alarm line: the alarm that nobody has acknowledged, with the two keys for it. Only its edge blinks, never the text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from .. import theme as look
from .alarm_mark import AlarmMark
from .keycap import KeycapButton
from .plain_label import PlainLabel

BLINK_MS = 500  # 1 Hz, half on
_EDGES = {1: "lamp_red", 2: "lamp_amber", 3: "line_strong"}
_TINTS = {1: "tint_red", 2: "tint_amber", 3: "bg_raised"}


@dataclass(frozen=True, slots=True)
class AlarmText:
    """What the line shows, in the user's words. `gone` says that the cause is over; `shelvable` that S may be pressed."""

    level: int
    word: str
    time: str
    text: str
    group: str = ""
    gone: bool = False
    shelvable: bool = True

    def spoken(self) -> str:
        """The line for a screen reader."""
        return " ".join(p for p in (self.word, self.time, self.text, self.group) if p)


class AlarmLine(QFrame):
    """Signals: `ack_wanted()`, `shelve_wanted()`, `pressed()` for the list. Hidden while there is nothing to acknowledge."""

    ack_wanted = Signal()
    shelve_wanted = Signal()
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.shown_text: AlarmText | None = None
        self._lit = True
        self._compact = False
        self.setProperty("role", "plain")
        self.setFixedHeight(theme.px(36))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), 0, theme.px(6), 0)
        row.setSpacing(theme.px(9))
        self._mark = AlarmMark(3, 24)
        row.addWidget(self._mark)
        self._word = PlainLabel("", bold=True)
        row.addWidget(self._word)
        self._time = PlainLabel("", "secondary")
        row.addWidget(self._time)
        self._text = PlainLabel("", elide=True)
        row.addWidget(self._text, 1)
        self._group = PlainLabel("", "secondary", "label")
        row.addWidget(self._group)
        self.ack = KeycapButton(self.tr("确认"), "A", "mini")
        self.ack.clicked.connect(self.ack_wanted.emit)
        row.addWidget(self.ack)
        self.shelve = KeycapButton(self.tr("搁置"), "S", "mini")
        self.shelve.clicked.connect(self.shelve_wanted.emit)
        row.addWidget(self.shelve)
        self._blink = QTimer(self)
        self._blink.setInterval(BLINK_MS)
        self._blink.timeout.connect(self._turn)
        self.hide()

    def show_alarm(self, told: AlarmText | None) -> None:
        """Another alarm; None when all are acknowledged."""
        if told == self.shown_text:
            return
        self.shown_text = told
        self.setVisible(told is not None)
        moving = told is not None and told.level < 3 and not look.of(self).reduce_motion
        self._lit = True
        if moving and not self._blink.isActive():
            self._blink.start()
        elif not moving:
            self._blink.stop()
        if told is None:
            return
        self._mark.show_level(told.level, told.gone)
        self._word.show_text(told.word)
        self._time.show_text(told.time[:5] if self._compact else told.time)
        self._text.show_text(told.text)
        self._group.show_text(told.group)
        self._group.setVisible(bool(told.group))
        self.shelve.setVisible(told.shelvable)
        self.setAccessibleName(told.spoken())
        self.update()

    def set_compact(self, compact: bool) -> None:
        """The small layout: a lower line, and the time without seconds."""
        self.setFixedHeight(look.of(self).px(34 if compact else 36))
        self._compact = compact
        if self.shown_text is not None:
            self._time.show_text(self.shown_text.time[:5] if compact else self.shown_text.time)

    @property
    def blinking(self) -> bool:
        """Whether the edge blinks."""
        return self._blink.isActive()

    def _turn(self) -> None:
        self._lit = not self._lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, told = look.of(self), self.shown_text
        if told is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = theme.px(2)
        inside = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setBrush(theme.color(_TINTS[told.level]))
        edge = theme.color(_EDGES[told.level] if self._lit else "line_default")
        painter.setPen(QPen(edge, width))
        painter.drawRoundedRect(inside, theme.px(3), theme.px(3))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and look.of(self).reduce_motion:
            self._blink.stop()
            self._lit = True
