"""News asks at once after a quiet time, then at its pace; the last of it is never forgotten."""

from PySide6.QtCore import QObject

from commandscreen.views.pace import Pace


def test_a_burst_asks_first_and_once_more(qtbot) -> None:
    asked: list[int] = []
    host = QObject()
    pace = Pace(40, lambda: asked.append(1), host)
    for _ in range(50):
        pace.ask()
    assert asked == [1]
    qtbot.waitUntil(lambda: len(asked) == 2)
    qtbot.wait(120)
    assert asked == [1, 1]
    pace.ask()
    assert asked == [1, 1, 1]


def test_a_person_does_not_wait(qtbot) -> None:
    asked: list[int] = []
    host = QObject()
    pace = Pace(40, lambda: asked.append(1), host)
    pace.ask()
    pace.ask()
    pace.now()
    assert asked == [1, 1]
    qtbot.wait(120)
    assert asked == [1, 1], "what was asked for meanwhile is answered by it"
