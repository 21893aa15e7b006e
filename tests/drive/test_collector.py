"""Cyclic garbage goes on the UI thread alone, and what was loaded is left alone."""

import gc
import threading
from collections.abc import Iterator

import pytest

from commandscreen.collector import Collector


class Knot:
    """A cycle that says on which thread it was undone."""

    undone: list[str]

    def __init__(self, undone: list[str]) -> None:
        self.undone, self.me = undone, self

    def __del__(self) -> None:
        self.undone.append(threading.current_thread().name)


@pytest.fixture
def collector(qapp) -> Iterator[Collector]:  # type: ignore[no-untyped-def]
    gc.collect()
    gc.enable()  # the house's own rule for tests with a screen would hide what is looked at here
    made = Collector()
    yield made
    made.close()


def churn(undone: list[str]) -> None:
    """Enough cycles for Python's own collector to run many times."""
    for _ in range(5_000):
        Knot(undone)


def test_a_worker_that_allocates_undoes_nothing(collector: Collector, qtbot) -> None:  # type: ignore[no-untyped-def]
    undone: list[str] = []
    worker = threading.Thread(target=churn, args=(undone,), name="worker")
    worker.start()
    worker.join()
    assert undone == []
    qtbot.waitUntil(lambda: len(undone) == 5_000, timeout=5_000)
    assert set(undone) == {threading.current_thread().name}


def test_what_is_loaded_is_left_alone_and_what_comes_later_is_not(collector: Collector, qtbot) -> None:  # type: ignore[no-untyped-def]
    collector.settle()
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 10_000, timeout=10_000)
    undone: list[str] = []
    churn(undone)
    qtbot.waitUntil(lambda: len(undone) == 5_000, timeout=5_000)


def test_python_collects_again_afterwards(qapp) -> None:  # type: ignore[no-untyped-def]
    collector = Collector()
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
