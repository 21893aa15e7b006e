"""News of commits: the first after a rest at once, what follows closely as one."""

from PySide6.QtCore import QCoreApplication

from commandscreen import bridge as module
from commandscreen.bridge import Bridge
from commandscreen.store.delta import Delta


def test_the_first_news_comes_at_once_and_what_follows_is_merged(qtbot, monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    bridge = Bridge()
    heard: list[Delta] = []
    bridge.changed.connect(heard.append)
    one, two, three = (Delta(frozenset({n})) for n in (1, 2, 3))
    bridge.tell_delta(one)
    QCoreApplication.processEvents()
    assert heard == [one]
    bridge.tell_delta(two)
    QCoreApplication.processEvents()
    bridge.tell_delta(three)
    assert heard == [one]
    qtbot.waitUntil(lambda: len(heard) > 1)
    assert heard == [one, two | three]
    now[0] += 1
    bridge.tell_delta(one)
    QCoreApplication.processEvents()
    assert heard[2:] == [one]
