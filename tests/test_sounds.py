"""The alarm sounds: what they are made of, and playing them where there may be no sound at all."""

import io
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from commandscreen.domain.alarm_sound import Tone
from commandscreen.player import Player
from commandscreen.sounding import Played, Sounding
from commandscreen.tones import RATE, samples, wav


def pitches(tone: Tone) -> list[tuple[float, float]]:
    """(hertz, seconds) of each stretch of sound, by counting its waves."""
    wave_ = samples(tone)
    loud = np.abs(wave_) > 1e-9
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(int)))
    starts, ends = edges[::2], edges[1::2]
    joined: list[list[int]] = []
    for start, end in zip(starts, ends, strict=True):  # a wave passes through nothing twice a turn
        if joined and start - joined[-1][1] < RATE * 0.02:
            joined[-1][1] = int(end)
        else:
            joined.append([int(start), int(end)])
    found = []
    for start, end in joined:
        part = wave_[start:end]
        crossings = int((np.diff(np.signbit(part).astype(int)) != 0).sum())
        found.append((crossings / 2 / ((end - start) / RATE), (end - start) / RATE))
    return found


def test_three_short_ones_at_880() -> None:
    told = pitches(Tone.CRITICAL)
    assert len(told) == 3
    for hertz, seconds in told:
        assert hertz == pytest.approx(880, rel=0.02)
        assert seconds == pytest.approx(0.12, abs=0.003)


def test_the_two_tones_and_the_one() -> None:
    half = round(RATE * 0.16)
    for part, hertz in (
        (samples(Tone.URGENT)[:half], 660),
        (samples(Tone.URGENT)[half:], 550),
        (samples(Tone.ORDINARY), 440),
    ):
        strength = np.abs(np.fft.rfft(part))
        assert np.fft.rfftfreq(len(part), 1 / RATE)[strength.argmax()] == pytest.approx(hertz, abs=5)


@pytest.mark.parametrize("tone", list(Tone))
def test_a_wav_anyone_can_play_without_clicks(tone: Tone) -> None:
    with wave.open(io.BytesIO(wav(tone))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert abs(int(data[0])) < 300 and abs(int(data[-1])) < 300
    assert 12_000 < np.abs(data).max() < 20_000
    assert file.getnframes() < RATE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays through winsound")
class TestPlayer:
    def test_a_machine_without_a_player_beeps(self, tmp_path: Path) -> None:
        beeps: list[int] = []
        player = Player(lambda: beeps.append(1), tmp_path, program=())
        player.play(Tone.CRITICAL)
        assert (player.means, beeps) == ("beep", [1])
        player.close()

    def test_a_program_gets_the_file(self, tmp_path: Path) -> None:
        out = tmp_path / "played"
        script = f"import shutil, sys; shutil.copy(sys.argv[1], {str(out)!r})"
        player = Player(lambda: None, tmp_path / "sounds", program=(sys.executable, "-c", script))
        player.play(Tone.URGENT)
        assert player._running is not None
        assert player._running.wait(20) == 0
        assert out.read_bytes() == wav(Tone.URGENT)
        player.close()

    def test_a_program_that_always_fails_is_given_up_for_the_beep(self, tmp_path: Path) -> None:
        beeps: list[int] = []
        player = Player(lambda: beeps.append(1), tmp_path, program=(sys.executable, "-c", "raise SystemExit(1)"))
        for _ in range(4):
            player.play(Tone.ORDINARY)
            if player._running is not None:
                player._running.wait(20)
            assert player.ended()
        assert len(beeps) == 4, "none of them is silent where a beep could be had"
        assert player.means == "beep"
        player.retry()
        assert player.means != "beep", "somebody listens: it gets another chance"
        player.close()

    def test_what_became_of_a_sound_is_told(self, qtbot, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
        told: list[object] = []
        for code, end in ((0, Played.ENDED), (1, Played.BEEPED)):
            program = (sys.executable, "-c", f"raise SystemExit({code})")
            sounding = Sounding(Player(lambda: None, tmp_path, program=program))
            sounding.told.connect(lambda tone, played: told.append((tone, played)))
            sounding.check(Tone.URGENT)
            qtbot.waitUntil(lambda end=end: bool(told) and told[-1] == (Tone.URGENT, end), timeout=20_000)
            assert told[0] == (Tone.URGENT, Played.SOUNDING)
            told.clear()
            sounding.close()
        nothing = Sounding(Player(lambda: None, tmp_path, program=()))
        nothing.told.connect(lambda tone, played: told.append((tone, played)))
        nothing.check(Tone.ORDINARY)
        assert told == [(Tone.ORDINARY, Played.BEEPED)]
        nothing.close()

    def test_neither_a_missing_program_nor_a_full_disk_is_an_error(self, tmp_path: Path) -> None:
        beeps: list[int] = []
        player = Player(lambda: beeps.append(1), tmp_path, program=("no-such-player",))
        player.play(Tone.ORDINARY)
        (tmp_path / "file").write_text("x")
        blocked = Player(lambda: beeps.append(1), tmp_path / "file", program=(sys.executable, "-c", ""))
        blocked.play(Tone.ORDINARY)
        assert beeps == [1, 1]

    def test_one_at_a_time_and_ended_with_the_desk(self, tmp_path: Path) -> None:
        program = (sys.executable, "-c", "import time; time.sleep(60)")
        player = Player(lambda: None, tmp_path, program=program)
        player.play(Tone.CRITICAL)
        first = player._running
        player.play(Tone.CRITICAL)
        assert player._running is first
        assert first is not None
        player.close()
        assert first.poll() is not None
