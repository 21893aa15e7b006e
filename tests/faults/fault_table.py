"""The table at the end of a run: what each fault test did, and what was lost, doubled or broken. Also how much to do."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

WHOLE = bool(os.environ.get("COMMANDSCREEN_SOAK"))


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
