"""One row of the alarm list, painted as a whole: mark, standing, time, what and where, and how often."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from .. import theme as look
from .alarm_mark import paint_alarm
from .plain_label import plain

HEIGHT = 58


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """What a row shows, in the user's words. `standing` is a domain Standing's value; `inner` rows belong to the group
    of the row above; `tail` stands at the right: how many, or how long."""

    level: int
    standing: str
    word: str
    time: str
    title: str
    under: str
    tail: str = ""
    inner: bool = False

    def __post_init__(self) -> None:
        for name in ("title", "under", "tail"):
            object.__setattr__(self, name, plain(getattr(self, name)))

    def spoken(self) -> str:
        """The row for a screen reader."""
        return " ".join(p for p in (str(self.level), self.word, self.time, self.title, self.under, self.tail) if p)


_TONES = {"raised": "text_primary", "gone": "text_warning"}


def paint_alarm_row(
    painter: QPainter, box: QRect, row: AlarmRow, theme: look.Theme, selected: bool, hovered: bool
) -> None:
    """Paints one row into its box."""
    px = theme.px
    left = box.left() + px(34 if row.inner else 12)
    hollow = row.standing != "raised"
    size = px(20 if row.inner else 24)
    paint_alarm(painter, QRectF(left, box.top() + (box.height() - size) / 2, size, size), row.level, theme, hollow)
    left += px(36)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    small, body = theme.font("label"), theme.font("body", bold=row.standing == "raised")
    word_width = QFontMetrics(small).horizontalAdvance(row.word)
    right = box.right() - px(12)
    painter.setFont(small)
    painter.setPen(theme.color(_TONES.get(row.standing, "text_tertiary")))
    painter.drawText(QRect(right - word_width, box.top() + px(7), word_width + 1, px(22)), flags, row.word)
    tail = QFontMetrics(small).elidedText(row.tail, Qt.TextElideMode.ElideRight, box.width() // 3)
    tail_width = QFontMetrics(small).horizontalAdvance(tail)
    painter.setPen(theme.color("text_secondary"))
    painter.drawText(QRect(right - tail_width, box.top() + px(30), tail_width + 1, px(20)), flags, tail)
    time_width = QFontMetrics(small).horizontalAdvance(row.time)
    painter.setPen(theme.color("text_secondary"))
    painter.drawText(QRect(left, box.top() + px(7), time_width + 1, px(22)), flags, row.time)
    painter.setFont(body)
    painter.setPen(
        theme.color("text_primary" if row.standing in ("raised", "gone", "acked", "shelved") else "text_secondary")
    )
    room = right - word_width - px(10) - (left + time_width + px(10))
    title = QFontMetrics(body).elidedText(row.title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRect(left + time_width + px(10), box.top() + px(6), room, px(24)), flags, title)
    painter.setFont(small)
    painter.setPen(theme.color("text_tertiary"))
    room = right - tail_width - px(10) - left
    painter.drawText(QRect(left, box.top() + px(30), room, px(20)), flags,
                     QFontMetrics(small).elidedText(row.under, Qt.TextElideMode.ElideRight, room))  # fmt: skip
