"""What the fault suite shares: paths, a fast scratch folder, the ledger and its table at the end of the run."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_TESTS / "faults"), str(_TESTS / "contract"), str(_TESTS)]

from fault_table import Ledger  # noqa: E402

_LEDGER = pytest.StashKey[Ledger]()
_NUMBER = re.compile(r"test_f(\d\d)_")


def pytest_configure(config: pytest.Config) -> None:
    """One ledger a run."""
    config.stash[_LEDGER] = Ledger()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here is one of the fault suite's, which `make soak` runs whole."""
    for item in items:
        if _NUMBER.match(item.path.name):
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def ledger(pytestconfig: pytest.Config) -> Ledger:
    """Where a test notes its figures."""
    return pytestconfig.stash[_LEDGER]


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: what is tested here is order and content, not the disk's speed."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="faults-", dir=memory))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Adds a test's time to its fault's line."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    number = _NUMBER.match(item.path.name)
    if number and report.when in ("setup", "call"):
        line = item.config.stash[_LEDGER].line(f"F{int(number[1])}")
        line.seconds += report.duration
        line.failed = line.failed or report.failed


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the table."""
    ledger = config.stash.get(_LEDGER, None)
    if ledger is not None and ledger.lines:
        terminalreporter.section("faults")
        for line in ledger.rendered():
            terminalreporter.write_line(line)
