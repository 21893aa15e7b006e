"""Plays sounds and says what became of each: a player that fails, as without a sound device, is heard of and the system's
beep asked for at once. UI thread."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from .domain.alarm_sound import Tone
from .player import Player

LOOK_MS = 100


class Played(StrEnum):
    """What became of a sound."""

    SOUNDING = "sounding"
    ENDED = "ended"  # the player says that it played it; whether it was heard, only a person can say
    BEEPED = "beeped"  # there is no player, or it failed: the system was asked for its beep, which tells nothing


class Sounding(QObject):
    """`told(Tone, Played)` for each sound, once or twice."""

    told = Signal(object, object)

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._tone = Tone.ORDINARY
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def means(self) -> str:
        """What it plays with: winsound, a program's name, or beep."""
        return self._player.means

    @Slot(object)
    def check(self, tone: Tone) -> None:
        """Plays for someone who listens to it: a program that was given up gets another chance."""
        self._player.retry()
        self.play(tone)

    @Slot(object)
    def play(self, tone: Tone) -> None:
        """Begins a sound, unless one is still sounding."""
        if self._timer.isActive() and not self._player.ended():
            return
        self._tone = tone
        self._player.play(tone)
        if self._player.sounding:
            self.told.emit(tone, Played.SOUNDING)
            self._timer.start()
        else:
            self._timer.stop()
            self.told.emit(tone, Played.BEEPED if self._player.means == "beep" else Played.ENDED)

    @Slot()
    def _look(self) -> None:
        if self._player.ended():
            self._timer.stop()
            self.told.emit(self._tone, Played.BEEPED if self._player.failed else Played.ENDED)

    def close(self) -> None:
        """Ends what still sounds."""
        self._timer.stop()
        self._player.close()
