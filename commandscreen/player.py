"""Plays the alarm sounds with what the machine has; a machine without a sound device is no error.

Windows plays through `winsound`; elsewhere the first of `pw-play`, `paplay`, `aplay` and `afplay` that is there is started as
a process of its own. Where there is none, or it fails, the system's own beep is asked for. ADR 0014 says why not QtMultimedia.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from .domain.alarm_sound import Tone
from .tones import wav

PROGRAMS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))


def find() -> tuple[str, ...]:
    """The command line of the first player that is installed; empty where there is none."""
    return next((p for p in PROGRAMS if shutil.which(p[0])), ())


class Player:
    """Plays one sound at a time, without waiting for it. UI thread. `folder` holds
    the files, `beep` is the last resort."""

    def __init__(self, beep: Callable[[], None], folder: Path, program: Sequence[str] | None = None) -> None:
        self._beep = beep
        self._folder = folder
        self._program = tuple(find() if program is None else program)
        self._running: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self.failed = False  # the last sound: its program failed, and the beep was asked for

    @property
    def means(self) -> str:
        """What it plays with: winsound, a program's name, or beep."""
        if sys.platform == "win32":
            return "winsound"
        return self._program[0] if self._program and self._failures < 3 else "beep"

    def retry(self) -> None:
        """Believes in its program again: somebody may have plugged a loudspeaker in."""
        self._failures = 0

    @property
    def sounding(self) -> bool:
        """Whether a program of ours is playing."""
        return self._running is not None

    def play(self, tone: Tone) -> None:
        """Begins a sound, unless one is still sounding."""
        if self._running is not None and not self.ended():
            return
        self.failed = False
        try:
            if sys.platform == "win32":
                import winsound

                winsound.PlaySound(str(self._file(tone)), winsound.SND_FILENAME | winsound.SND_ASYNC)
            elif self.means != "beep":
                command = [*self._program, str(self._file(tone))]
                quiet = subprocess.DEVNULL
                self._running = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603
            else:
                self._beep()
        except (OSError, RuntimeError, ValueError):
            self._fail()

    def ended(self) -> bool:
        """Whether the last sound is over. A program that failed, as without a device, is made up for by the beep."""
        if self._running is None:
            return True
        code = self._running.poll()
        if code is None:
            return False
        self._running = None
        if code:
            self._fail()
        else:
            self._failures = 0
        return True

    def _fail(self) -> None:
        self.failed = True
        self._failures += 1
        self._beep()

    def _file(self, tone: Tone) -> Path:
        data = wav(tone)
        path = self._folder / f"{tone.value}-{hashlib.sha256(data).hexdigest()[:8]}.wav"
        if not path.exists():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = path.with_suffix(".new")
            draft.write_bytes(data)
            draft.replace(path)
        return path

    def close(self) -> None:
        """Ends what still sounds."""
        if self._running is not None:
            with contextlib.suppress(OSError):
                self._running.kill()
            self._running.wait(2)
            self._running = None
