"""The three alarm sounds as WAV files, synthesised: sine tones with soft edges, mono, 16 bit. No file is shipped."""

from __future__ import annotations

import io
import wave
from functools import cache

import numpy as np
import numpy.typing as npt

from .domain.alarm_sound import Tone

RATE = 22_050
LEVEL = 0.5  # of full scale: how loud it is in the room is the loudspeaker's matter, at most 75 dB(A)
_EDGE = 0.008  # seconds of fading in and out, against clicks


def _sine(hertz: float, seconds: float) -> npt.NDArray[np.float64]:
    t = np.arange(round(RATE * seconds)) / RATE
    edge = np.clip(np.minimum(t, seconds - t) / _EDGE, 0, 1)
    tone: npt.NDArray[np.float64] = np.sin(2 * np.pi * hertz * t) * edge * LEVEL
    return tone


def _rest(seconds: float) -> npt.NDArray[np.float64]:
    return np.zeros(round(RATE * seconds))


def samples(tone: Tone) -> npt.NDArray[np.float64]:
    """A tone's samples, −1 to 1, at `RATE`. 1: three of 120 ms at 880 Hz, 80 ms apart; 2: 160 ms at 660 Hz, then at 550;
    3: 120 ms at 440 Hz."""
    if tone is Tone.CRITICAL:
        beep = _sine(880, 0.12)
        return np.concatenate([beep, _rest(0.08), beep, _rest(0.08), beep])
    if tone is Tone.URGENT:
        return np.concatenate([_sine(660, 0.16), _sine(550, 0.16)])
    return _sine(440, 0.12)


@cache
def wav(tone: Tone) -> bytes:
    """A tone as a WAV file."""
    body = io.BytesIO()
    with wave.open(body, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples(tone), -1, 1) * 32_767).astype("<i2").tobytes())
    return body.getvalue()
