"""The sounds of one desk: what the alarms ask for, hearing them in the preferences, and the sound check. UI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QApplication

from .domain.alarm_sound import Chime, Tone
from .player import Player
from .settings import Settings
from .sounding import Sounding
from .views.sound_check import SoundCheck

if TYPE_CHECKING:
    from .views.operator import OperatorView
    from .views.preferences import PreferencesView


class SoundDesk(QObject):
    """Lives as long as the program; `serve` connects it to a screen that was built anew.

    `kept(Settings)` writes the outcome of a check down. `aloud` is False where pictures are taken: nothing sounds then
    by itself, and nobody is asked what they hear.
    """

    def __init__(self, folder: Path, aloud: bool, kept: Callable[[Settings], None]) -> None:
        super().__init__()
        self.chime = Chime()
        self.sounding = Sounding(Player(QApplication.beep, folder), self)
        self._aloud, self._kept = aloud, kept
        self._settings = Settings()
        self._asked = False
        self._operator: OperatorView | None = None
        self._sheet: PreferencesView | None = None
        self.check: SoundCheck | None = None
        self.sounding.told.connect(self._told)

    def serve(self, operator: OperatorView, sheet: PreferencesView, settings: Settings) -> None:
        """Another screen."""
        self._operator, self._settings = operator, settings
        operator.alarms.quiet_hours = settings.quiet_hours
        operator.alarms.chime = self.chime
        if self._aloud:
            operator.alarms.sounded.connect(self.sounding.play)
        check = self.check = SoundCheck(operator)
        check.sound_wanted.connect(self.sounding.check)
        check.checked.connect(self._checked)
        check.closed.connect(operator.queue.list.setFocus)
        self.sounding.told.connect(check.show_played)
        sheet.sound_wanted.connect(self.sounding.check)
        sheet.check_wanted.connect(self.open_check)
        sheet.show_means(self.sounding.means)
        self._sheet = sheet
        operator.sound_check_wanted.connect(self.open_check)

    def greet(self) -> None:
        """Somebody has sat down: where the sounds were never checked on this machine, that is done now."""
        if self.check is not None and self.check.isVisible():
            self.check.setFocus()  # whoever sat down anew gave the keys to the queue: Y would file a case there
        elif self._aloud and not self._asked and not self._settings.sound_checked_at:
            self._asked = True
            self.open_check()

    def open_check(self) -> None:
        """Shows the sound check, over the map."""
        operator, check = self._operator, self.check
        if operator is None or check is None:
            return
        if self._sheet is not None:
            self._sheet.hide()
        room = QRect(operator.map.mapTo(operator, operator.map.rect().topLeft()), operator.map.size())
        now = operator.alarms.now()
        check.open(room, self._settings.sound_heard, self._settings.sound_checked_at, now, self.sounding.means)

    def _told(self, _tone: Tone, _played: object) -> None:
        for shown in (self._sheet, self.check):
            if shown is not None:
                shown.show_means(self.sounding.means)

    def _checked(self, heard: str) -> None:
        now = self._operator.alarms.now() if self._operator is not None else 0
        self._settings = replace(self._settings, sound_heard=heard, sound_checked_at=now)
        self._kept(self._settings)

    def close(self) -> None:
        """Ends what still sounds."""
        self.sounding.close()
