"""What sounds when: the design's three tones, muting, floods and quiet hours. Pure; the clock is given."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from .alarm import Alarm
from .clock import MINUTE

CRITICAL_EVERY, URGENT_EVERY = 4.0, 30.0
MUTE_SECONDS = 2 * MINUTE
FRESH_SECONDS = 60  # an ordinary alarm older than this does not sound when a desk opens


class Tone(StrEnum):
    """The sounds of the three levels."""

    CRITICAL = "critical"  # three of 120 ms at 880 Hz
    URGENT = "urgent"  # 660 then 550 Hz
    ORDINARY = "ordinary"  # one of 440 Hz


def in_quiet_hours(hours: str, minute: int) -> bool:
    """Whether a local minute of the day lies in quiet hours such as `22-6`; an empty text has none."""
    start, dash, end = hours.partition("-")
    if not dash:
        return False
    first, last = int(start) * 60, int(end) * 60
    return first <= minute < last if first <= last else minute >= first or minute < last


class Chime:
    """Tells, asked often, which tone is due. One desk has one."""

    def __init__(self) -> None:
        self._rung: dict[int, int] = {}  # id → the instant it was raised, as it sounded
        self._last: dict[Tone, float] = {}
        self._muted_until = 0.0
        self._muted: frozenset[int] = frozenset()

    def mute(self, now: float, unseen: Sequence[Alarm]) -> None:
        """Silent for two minutes; a 特急 that comes after this breaks through."""
        self._muted_until = now + MUTE_SECONDS
        self._muted = frozenset(a.id for a in unseen)

    def unmute(self) -> None:
        """Sounds again."""
        self._muted_until = 0.0

    def muted(self, now: float) -> bool:
        """Whether it is muted."""
        return now < self._muted_until

    def due(self, now: float, unseen: Sequence[Alarm], flood: bool = False, quiet: bool = False) -> Tone | None:
        """The tone to play now, or None. A 特急 sounds in floods and quiet hours; 紧急 then once; 一般 not at all."""
        fresh = [a for a in unseen if self._rung.get(a.id) != a.at]
        if self.muted(now):
            if not any(a.level == 1 and a.id not in self._muted for a in unseen):
                self._rung.update({a.id: a.at for a in fresh})
                return None
            self.unmute()
        self._rung = {a.id: a.at for a in unseen}
        if any(a.level == 1 for a in unseen):
            return self._every(Tone.CRITICAL, CRITICAL_EVERY, now, any(a.level == 1 for a in fresh))
        if any(a.level == 2 for a in unseen):
            new = any(a.level == 2 for a in fresh)
            return self._every(Tone.URGENT, float("inf") if quiet else URGENT_EVERY, now, new)
        new = any(a.level == 3 and now - a.at < FRESH_SECONDS for a in fresh)
        return Tone.ORDINARY if new and not flood and not quiet else None

    def _every(self, tone: Tone, seconds: float, now: float, new: bool) -> Tone | None:
        if not new and now - self._last.get(tone, float("-inf")) < seconds:
            return None
        self._last[tone] = now
        return tone
