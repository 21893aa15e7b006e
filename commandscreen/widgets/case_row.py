"""One row of the queue, painted as a whole: lamp, countdown, title, channel and place, stage and unit, badges."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from .. import theme as look
from .alarm_mark import paint_alarm
from .lamp import lamp_picture
from .plain_label import plain
from .text_face import face

HEIGHT = 74


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What a row shows, in the user's words. `lamp` is a domain Lamp's value; `share` the part of the limit that is
    used, 0–1, or None without a bar; `icon` a channel's icon; `badges` the small words at the right; `alarm` the level of
    the case's gravest alarm, 0 without one."""

    lamp: str
    word: str
    countdown: str
    share: float | None
    title: str
    icon: str
    where: str
    short_where: str
    stage: str
    badges: tuple[str, ...] = ()
    alarm: int = 0
    alarm_word: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "where", "short_where", "stage"):
            object.__setattr__(self, name, plain(getattr(self, name)))

    def spoken(self) -> str:
        """The row as one line for a screen reader."""
        return " ".join(
            part
            for part in (self.alarm_word, self.word, self.countdown, self.title, self.where, self.stage, *self.badges)
            if part
        )


def paint_case_row(
    painter: QPainter, box: QRect, row: CaseRow, theme: look.Theme, selected: bool, hovered: bool
) -> None:
    """Paints one row into its box; narrow boxes drop the channel's word and the second badge."""
    narrow = box.width() < theme.px(420)
    px = theme.px
    left, top = box.left() + px(12), box.top()
    painter.drawPixmap(left, top + px(9), lamp_picture(row.lamp, px(18), theme))
    clock_left, clock_width = left + px(26 if narrow else 28), px(62)
    tone = {"overdue": "text_critical", "due": "text_warning"}.get(row.lamp, "text_secondary")
    small = face(theme, "label")
    painter.setPen(theme.color(tone))
    painter.setFont(small.font)
    small.paint(painter, QRect(clock_left, top + px(6), clock_width, px(20)), row.word)
    painter.setPen(theme.color(tone if row.lamp in ("overdue", "due") else "text_primary"))
    large = face(theme, "section" if len(row.countdown) <= 5 else "body", bold=True)
    painter.setFont(large.font)
    large.paint(painter, QRect(clock_left, top + px(25), clock_width + px(8), px(26)), row.countdown)
    if row.share is not None:
        bar = QRect(clock_left, top + px(56), px(56), px(4))
        painter.fillRect(bar, theme.color("line_subtle"))
        colour = {"overdue": "lamp_red", "due": "lamp_amber"}.get(row.lamp, "lamp_green")
        painter.fillRect(QRect(bar.left(), bar.top(), max(px(2), round(bar.width() * min(1.0, row.share))), bar.height()),
                         theme.color(colour))  # fmt: skip
    text_left = clock_left + clock_width + px(12 if narrow else 14)
    right = box.right() - px(8)
    bold = face(theme, "body", bold=True)
    painter.setFont(bold.font)
    painter.setPen(theme.color("text_primary"))
    room = right - text_left - (px(26) if row.alarm else 0)
    bold.paint(painter, QRect(text_left, top + px(5), room, px(23)), row.title, elide=True)
    if row.alarm:
        paint_alarm(painter, QRectF(right - px(20), top + px(6), px(20), px(20)), row.alarm, theme)
    painter.setFont(small.font)
    badges_left = _paint_badges(painter, row.badges[: 1 if narrow else 2], right, top + px(30), theme)
    secondary = theme.color("text_secondary")
    painter.setPen(secondary)
    painter.drawPixmap(text_left, top + px(32), look.icon(row.icon, secondary, px(15)))
    where = row.short_where if narrow else row.where
    room = badges_left - text_left - px(24)
    small.paint(painter, QRect(text_left + px(20), top + px(29), room, px(20)), where, elide=True)
    painter.setPen(theme.color("text_tertiary"))
    small.paint(painter, QRect(text_left, top + px(48), right - text_left, px(20)), row.stage, elide=True)


def _paint_badges(painter: QPainter, badges: tuple[str, ...], right: int, top: int, theme: look.Theme) -> int:
    """Badges from the right to the left, in the painter's font, the label's; where they begin."""
    for text in reversed(badges):
        width = face(theme, "label").advance(text) + theme.px(12)
        box = QRect(right - width, top, width, theme.px(20))
        painter.fillRect(box, theme.color("bg_hover"))
        painter.setPen(theme.color("text_secondary"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        right -= width + theme.px(6)
    return right
