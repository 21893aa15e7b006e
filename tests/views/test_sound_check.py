"""The sound check: three sounds, a person's answer to each, and no claim that a machine heard anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from commandscreen import settings as preferences
from commandscreen.domain.alarm_sound import Tone
from commandscreen.settings import Settings
from commandscreen.views.sound_check import SoundCheck

K = Qt.Key
NOW = 1_790_000_000


@pytest.fixture
def check(qtbot):
    host = QWidget()
    host.resize(1366, 768)
    qtbot.addWidget(host)
    host.show()
    made = SoundCheck(host)
    made.host, made.asked, made.told = host, [], []
    made.sound_wanted.connect(made.asked.append)
    made.checked.connect(made.told.append)
    made.open(QRect(420, 90, 620, 600), "", 0, NOW, "aplay")
    return made


def said(check: SoundCheck) -> str:
    return " ".join([check._question.text(), *(s.text() for s in check.states), check._means.text()])


def test_each_is_played_and_answered_and_the_outcome_is_kept(check: SoundCheck, tmp_path: Path) -> None:
    assert "还没有检查过" in said(check)
    assert not check.yes.isVisible()
    QTest.keyClick(check, K.Key_Y)
    assert check.told == [], "there was nothing to hear yet"
    for key, tone, level in (
        (K.Key_1, Tone.CRITICAL, "特急"),
        (K.Key_2, Tone.URGENT, "紧急"),
        (K.Key_3, Tone.ORDINARY, "一般"),
    ):
        QTest.keyClick(check, key)
        assert check.asked[-1] is tone
        assert f"听到{level}的声音了吗" in said(check)
        check.show_played(tone, "ended")
        assert "已播放" in said(check), "played is not heard"
        QTest.keyClick(check, K.Key_Y)
    assert check.told == ["123"]
    assert "三级都听到" in said(check)
    preferences.save(tmp_path, Settings(sound_heard="123", sound_checked_at=NOW))
    assert preferences.load(tmp_path).sound_heard == "123"


def test_what_was_not_heard_is_said_and_can_be_tried_again(check: SoundCheck) -> None:
    for key, answer in ((K.Key_1, K.Key_Y), (K.Key_2, K.Key_N), (K.Key_3, K.Key_Y)):
        QTest.keyClick(check, key)
        QTest.keyClick(check, answer)
    assert check.told == ["13"]
    assert "有没听到的" in said(check)
    QTest.mouseClick(check.buttons[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(check.yes, Qt.MouseButton.LeftButton)
    assert check.told == ["13", "123"]


def test_a_machine_without_a_player_is_not_said_to_sound(check: SoundCheck) -> None:
    check.open(QRect(420, 90, 620, 600), "13", NOW - 3_600, NOW, "beep")
    assert "有没听到的" in said(check)
    assert "没有播放程序" in said(check)
    QTest.keyClick(check, K.Key_1)
    check.show_played(Tone.CRITICAL, "beeped")
    assert "放不出" in said(check)


def test_it_stays_in_its_room_and_escape_leaves_it_unanswered(check: SoundCheck) -> None:
    assert QRect(420, 90, 620, 600).contains(check.geometry())
    QTest.keyClick(check, K.Key_Escape)
    assert not check.isVisible()
    assert check.told == []
