"""The sheet of preferences: quiet hours and hearing the alarms."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from commandscreen import settings as preferences
from commandscreen.domain.alarm_sound import Tone
from commandscreen.settings import Settings
from commandscreen.views.preferences import PreferencesView


def press(qtbot, sheet: PreferencesView, text: str) -> None:
    found = [b for b in sheet.findChildren(QPushButton) if b.text() == text]
    assert len(found) == 1, [b.text() for b in sheet.findChildren(QPushButton)]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_quiet_hours_are_chosen_and_kept(qtbot, tmp_path: Path) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    sheet = PreferencesView(Settings(), "", host)
    told: list[Settings] = []
    sheet.changed.connect(told.append)
    press(qtbot, sheet, "22:00–6:00")
    assert told[-1].quiet_hours == "22-6"
    preferences.save(tmp_path, told[-1])
    assert preferences.load(tmp_path).quiet_hours == "22-6"
    assert Settings(quiet_hours="x-y").checked().quiet_hours == ""


def test_each_sound_can_be_heard_and_what_plays_it_is_said(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    sheet = PreferencesView(Settings(), "", host)
    heard: list[Tone] = []
    sheet.sound_wanted.connect(heard.append)
    for text in ("特急", "紧急", "一般"):
        press(qtbot, sheet, text)
    assert heard == [Tone.CRITICAL, Tone.URGENT, Tone.ORDINARY]
    sheet.show_means("aplay")
    assert "aplay" in sheet._means.text()
    sheet.show_means("beep")
    assert "系统提示音" in sheet._means.text()
