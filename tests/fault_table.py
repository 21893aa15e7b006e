"""The table at the end of a run: what each fault test did, and what was lost, doubled or broken. Also how much to do.

A test notes into a ledger of its own, which travels in its reports, so that tests may run in several processes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest

WHOLE = bool(os.environ.get("COMMANDSCREEN_SOAK"))
_NUMBER = re.compile(r"test_f(\d\d)_")
_PROPERTY = "faults"


def many(short: int, whole: int) -> int:
    """How many: few in `make test`, all in `make soak`."""
    return whole if WHOLE else short


@dataclass
class Line:
    """One fault's figures; they add up over its tests. `seeded` counts mistakes planted, `found` those seen red."""

    fault: str
    what: str = ""
    did: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    doubled: int = 0
    corrupt: int = 0
    found: int = 0
    seeded: int = 0
    seconds: float = 0.0
    failed: bool = False
    notes: list[str] = field(default_factory=list)


class Ledger:
    """Every fault's line, by number."""

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}

    def line(self, fault: str) -> Line:
        """The line of a fault, made where it is not there yet."""
        return self.lines.setdefault(fault, Line(fault))

    def note(self, fault: str, what: str = "", *, lost: int = 0, doubled: int = 0, corrupt: int = 0,
             note: str = "", **did: int) -> None:  # fmt: skip
        """Adds figures to a fault's line; `did` are counts by name, such as `kills=40`."""
        line = self.line(fault)
        line.what = what or line.what
        for name, count in did.items():
            line.did[name] = line.did.get(name, 0) + count
        line.lost += lost
        line.doubled += doubled
        line.corrupt += corrupt
        if note:
            line.notes.append(note)

    def mistake(self, fault: str, found: bool, note: str = "") -> None:
        """Says whether the suite saw a seeded mistake."""
        line = self.line(fault)
        line.seeded += 1
        line.found += found
        if note:
            line.notes.append(note)

    def add(self, other: dict[str, Any]) -> None:
        """Takes in a line that came from elsewhere, as a dict of its fields."""
        line = self.line(other["fault"])
        self.note(line.fault, other["what"], lost=other["lost"], doubled=other["doubled"], corrupt=other["corrupt"],
                  **other["did"])  # fmt: skip
        line.found += other["found"]
        line.seeded += other["seeded"]
        line.notes += other["notes"]

    def rendered(self) -> list[str]:
        """The table as lines of text."""
        head = ("fault", "what", "done", "lost", "doubled", "corrupt", "seeded found", "s")
        rows = [head]
        for line in sorted(self.lines.values(), key=lambda one: int(one.fault[1:])):
            did = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in line.did.items())
            mark = " FAILED" if line.failed else ""
            rows.append((line.fault, line.what + mark, did, str(line.lost), str(line.doubled), str(line.corrupt),
                         f"{line.found}/{line.seeded}", f"{line.seconds:.1f}"))  # fmt: skip
        widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
        told = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        told.insert(1, "  ".join("-" * width for width in widths))
        told += [f"{line.fault}: {note}" for line in self.lines.values() for note in line.notes]
        total = sum(line.seconds for line in self.lines.values())
        return [*told, f"{'whole' if WHOLE else 'short'} form, {total:.0f} s"]


_ALL = Ledger()


@pytest.fixture
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """Where a test notes its figures."""
    made = Ledger()
    yield made
    request.node.user_properties += [(_PROPERTY, asdict(line)) for line in made.lines.values()]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The fault suite's tests are those that carry a fault's number; `make soak` runs them whole."""
    for item in items:
        if _NUMBER.match(item.path.name):
            item.add_marker(pytest.mark.faults)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Adds a test's figures and time to its fault's line."""
    number = _NUMBER.match(report.location[0].rpartition("/")[2])
    if not number:
        return
    line = _ALL.line(f"F{int(number[1])}")
    line.seconds += report.duration
    line.failed = line.failed or report.failed
    if report.when == "teardown":
        for name, told in report.user_properties:
            if name == _PROPERTY and isinstance(told, dict):
                _ALL.add(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the table."""
    if _ALL.lines:
        terminalreporter.section("faults")
        for text in _ALL.rendered():
            terminalreporter.write_line(text)
