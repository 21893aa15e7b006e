"""The sound check on the real screen: asked for at the first run, its keys before the desk's, the alarm line never covered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_alarm_line import desk, kept, line, make, put  # noqa: F401

from commandscreen.domain.alarm import Standing
from commandscreen.domain.alarm_sound import Tone
from commandscreen.settings import Settings
from commandscreen.sound_desk import SoundDesk
from commandscreen.views import actions
from commandscreen.views.preferences import PreferencesView

K = Qt.Key


@pytest.fixture
def sounds(desk, tmp_path, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    monkeypatch.setattr("commandscreen.player.find", lambda: ())
    kept_: list[Settings] = []
    made = SoundDesk(tmp_path, True, kept_.append)
    made.kept = kept_
    made.heard = []
    monkeypatch.setattr(made.sounding._player, "play", made.heard.append)
    made.sheet = PreferencesView(Settings(), "", desk.view)
    made.serve(desk.view, made.sheet, Settings())
    yield made
    made.close()


def test_the_first_run_asks_once_and_keeps_the_answers(desk, sounds) -> None:  # noqa: F811
    sounds.greet()
    check = sounds.check
    assert check.isVisible()
    for other in (desk.view.queue, desk.view.header):
        box = other.rect().translated(other.mapTo(desk.view, other.rect().topLeft()))
        assert not check.geometry().intersects(box)
    desk.view.queue.list.setFocus()  # as when the server has answered and somebody sits down anew
    assert "按键在别处" in check._question.text()
    sounds.greet()
    assert check.hasFocus()
    assert "按键在别处" not in check._question.text()
    before = list(desk.given)
    for key in (K.Key_1, K.Key_2, K.Key_3):
        QTest.keyClick(check, key)
        QTest.keyClick(check, K.Key_Y)
    assert desk.given == before, "Y files no case while it asks"
    assert sounds.heard == [Tone.CRITICAL, Tone.URGENT, Tone.ORDINARY]
    assert [s.sound_heard for s in sounds.kept] == ["123"]
    assert sounds.kept[0].sound_checked_at > 0
    QTest.keyClick(check, K.Key_Escape)
    assert not check.isVisible()
    assert desk.view.queue.list.hasFocus()
    sounds.greet()
    assert not check.isVisible(), "once"


def test_alarms_are_acknowledged_over_it_and_it_comes_back_from_palette_and_settings(desk, sounds) -> None:  # noqa: F811
    actions.run(desk.view, desk.desk, "sound_check")
    check = sounds.check
    assert check.isVisible()
    put(desk, make(desk, 1, 2))
    desk.until(lambda: line(desk) != "")
    QTest.keyClick(check, K.Key_A)
    desk.until(lambda: kept(desk, 1).standing is Standing.ACKED)
    check.shut()
    sounds.sheet.open()
    sounds.sheet.check_wanted.emit()
    assert check.isVisible()
    assert not sounds.sheet.isVisible()


def test_where_pictures_are_taken_nobody_is_asked_and_nothing_sounds(desk, tmp_path) -> None:  # noqa: F811
    made = SoundDesk(tmp_path, False, lambda _: None)
    made.serve(desk.view, PreferencesView(Settings(), "", desk.view), Settings())
    played: list[Tone] = []
    made.sounding._player.play = played.append  # type: ignore[method-assign]
    made.greet()
    assert made.check is not None
    assert not made.check.isVisible()
    desk.view.alarms.sounded.emit(Tone.CRITICAL)
    assert played == []
    made.close()


def test_a_queue_that_comes_back_leaves_the_keyboard_to_the_check(desk, sounds) -> None:  # noqa: F811
    """At a first run the cases come after the check has opened: its Y must file none of them."""
    sounds.greet()
    desk.view.queue._lent = True
    desk.view.queue.cover(None)
    assert sounds.check.hasFocus()
    QTest.keyClick(desk.view.focusWidget(), K.Key_Y)
    assert desk.given == []
