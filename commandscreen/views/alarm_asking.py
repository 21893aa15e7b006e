"""What an alarm's command has to know: for how long, and why. Choices first, the site's phrases among them, then words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .. import theme as look
from ..domain.alarm import Alarm
from ..widgets.choice_list import Choice, ChoiceList
from ..widgets.command_bar import CommandBar
from . import alarm_words
from .alarms import Alarms
from .desk import Desk

_MINUTES = (15, 30, 60)


class AlarmAsking(QWidget):
    """`left()` when there is nothing to ask any more, answered or not."""

    left = Signal()

    def __init__(self, desk: Desk, alarms: Alarms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.of(self)
        self._desk, self._alarms = desk, alarms
        self._options: list[Callable[[], None]] = []
        self._answer: Callable[[str], None] | None = None
        self.setProperty("role", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.choices = ChoiceList()
        self.choices.chosen.connect(self._chosen)
        self.choices.left.connect(self.left.emit)
        column.addWidget(self.choices)
        self.bar = CommandBar()
        self.bar.setContentsMargins(theme.px(16), theme.px(4), theme.px(14), 0)
        self.bar.answered.connect(self._answered)
        self.bar.left.connect(self.left.emit)
        column.addWidget(self.bar)

    def shelve(self, alarm: Alarm) -> None:
        """For how long, then why."""
        site = self._desk.site
        most = site.settings.alarms.shelve_minutes if site else 60
        minutes = [m for m in _MINUTES if m <= most] or [most]
        title = self.tr("搁置多久：{what}").format(what=alarm_words.headline(site, alarm) if site else "")
        self._offer(title, [(self.tr("{n}分钟").format(n=m), partial(self._why_shelve, alarm, m)) for m in minutes])

    def _why_shelve(self, alarm: Alarm, minutes: int) -> None:
        def answer(why: str) -> None:
            self._alarms.give("shelve", alarm, minutes=minutes, reason=why)

        self._reason(alarm, self.tr("为何搁置"), "alarm.shelve", answer)

    def dismiss(self, alarm: Alarm) -> None:
        """Why what was recognised is nothing."""

        def answer(why: str) -> None:
            self._alarms.give("dismiss", alarm, reason=why)

        self._reason(alarm, self.tr("为何驳回"), "alarm.dismiss", answer)

    def _reason(self, alarm: Alarm, title: str, topic: str, answer: Callable[[str], None]) -> None:
        site = self._desk.site
        phrases = site.settings.phrases.get(topic, ()) if site else ()
        options: list[tuple[str, Callable[[], None]]] = [(phrase, partial(answer, phrase)) for phrase in phrases[:8]]

        def write() -> None:
            self._answer = answer
            self.bar.ask(f"{topic} {alarm.id}", self.tr("{title}，回车存入，Esc 放下").format(title=title))

        self._offer(title, [*options, (self.tr("写明原因"), write)])

    def _offer(self, title: str, options: list[tuple[str, Callable[[], None]]]) -> None:
        self._options = [act for _, act in options]
        self.choices.offer(title, [Choice(text) for text, _ in options])

    def _chosen(self, row: int) -> None:
        if row < len(self._options):
            self._options[row]()
        if not self.choices.isVisible() and not self.bar.asking:
            self.left.emit()

    def _answered(self, text: str) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(text)

    def leave(self) -> bool:
        """Esc inside: drops the question that is open; whether there was one."""
        if self.choices.isVisible():
            self.choices.leave()
            return True
        return False
