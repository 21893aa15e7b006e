"""The layers of the map with their counts; and the legend line under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from .. import theme as look
from .alarm_mark import paint_alarm
from .keycap import Keycap
from .lamp import paint_lamp
from .plain_label import PlainLabel


class LayerBar(QWidget):
    """`changed(frozenset of names)`; layers are (name, word, on)."""

    changed = Signal(object)

    def __init__(self, title: str, layers: Sequence[tuple[str, str, bool]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self.setProperty("role", "plain")
        self.setFixedHeight(theme.px(36))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(8))
        icon = QLabel()
        icon.setPixmap(look.icon("stack-2", theme.color("text_secondary"), theme.px(17)))
        row.addWidget(icon)
        row.addWidget(PlainLabel(title, size="label", bold=True))
        row.addWidget(Keycap("L"))
        row.addSpacing(theme.px(6))
        self._boxes: dict[str, tuple[QCheckBox, str]] = {}
        for name, word, on in layers:
            box = QCheckBox(word)
            box.setChecked(on)
            box.setFont(theme.font("label"))
            box.toggled.connect(self._tell)
            self._boxes[name] = (box, word)
            row.addWidget(box)
            row.addSpacing(theme.px(6))
        row.addStretch(1)

    def set_count(self, name: str, count: int) -> None:
        """The number beside a layer's word."""
        box, word = self._boxes[name]
        box.setText(f"{word} {count}")

    def show_only(self, names: Sequence[str]) -> None:
        """Which layers have room; the others keep their setting."""
        for name, (box, _) in self._boxes.items():
            box.setVisible(name in names)

    def focus_first(self) -> None:
        """Puts the keyboard into the bar."""
        next(iter(self._boxes.values()))[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def on(self) -> frozenset[str]:
        """The layers that are on."""
        return frozenset(name for name, (box, _) in self._boxes.items() if box.isChecked())

    def _tell(self) -> None:
        self.changed.emit(self.on())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class Legend(QWidget):
    """Lamps and cell fills with their words; what does not fit is left out, last first."""

    def __init__(self, lamps: Sequence[tuple[str, str]], note: str, cells: Sequence[tuple[str, str]], alarms: str = "",
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._lamps, self._note, self._cells, self._alarms = tuple(lamps), note, tuple(cells), alarms
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("; ".join(word for _, word in (*lamps, *cells, *((("", alarms),) if alarms else ()))))

    def sizeHint(self) -> QSize:
        return QSize(100, look.of(self).px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, look.of(self).px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = look.of(self)
        px = theme.px
        painter = QPainter(self)
        font = theme.font("label")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        left = 0

        def word(text: str, tone: str = "text_secondary") -> None:
            nonlocal left
            painter.setPen(theme.color(tone))
            width = metrics.horizontalAdvance(text)
            painter.drawText(QRect(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            left += width + px(14)

        for kind, text in self._lamps:
            paint_lamp(painter, QRectF(left, (self.height() - px(14)) / 2, px(14), px(14)), kind, theme)
            left += px(20)
            word(text)
        if left + metrics.horizontalAdvance(self._note) + px(220) < self.width():
            painter.fillRect(QRect(left, px(4), 1, self.height() - px(8)), theme.color("line_default"))
            left += px(12)
            word(self._note, "text_tertiary")
        for kind, text in self._cells:
            if left + px(30) + metrics.horizontalAdvance(text) > self.width():
                break
            box = QRect(left, (self.height() - px(13)) // 2, px(20), px(13))
            painter.fillRect(box, theme.color(kind))
            if kind == "map_amber":
                painter.fillRect(box, QBrush(theme.color("lamp_amber"), Qt.BrushStyle.BDiagPattern))
            edge = {"map_red": "lamp_red", "map_amber": "lamp_amber"}.get(kind, "line_default")
            painter.setPen(QPen(theme.color(edge), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            left += px(26)
            word(text)
        if self._alarms and left + px(62) + metrics.horizontalAdvance(self._alarms) < self.width():
            for level in (1, 2, 3):
                paint_alarm(painter, QRectF(left, (self.height() - px(16)) / 2, px(16), px(16)), level, theme)
                left += px(19)
            left += px(3)
            word(self._alarms)
