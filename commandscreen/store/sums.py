"""The checksum a closed replica leaves beside itself: SQLite sees no bit that flips inside a value, this does."""

from __future__ import annotations

import zlib
from contextlib import suppress
from pathlib import Path

# Reading this much takes a fifth of a second. A larger file, a city's, has only SQLite's own checks.
MOST = 256 * 2**20


def leave(path: Path) -> None:
    """Writes the checksum of a file nobody has open any more."""
    with suppress(OSError):
        if path.stat().st_size <= MOST and not Path(f"{path}-wal").exists():
            _beside(path).write_text(_sum(path), "ascii")


def condemn(path: Path) -> None:
    """Says of a file that it must not be used again."""
    with suppress(OSError):
        _beside(path).write_text("broken", "ascii")


def fits(path: Path) -> bool:
    """Whether the file is as it was left, or left no checksum. The checksum is good for one look: it is taken away."""
    beside = _beside(path)
    try:
        told = beside.read_bytes()
    except OSError:
        return True
    beside.unlink(missing_ok=True)
    return told == _sum(path).encode()


def _beside(path: Path) -> Path:
    return path.with_suffix(".sum")


def _sum(path: Path) -> str:
    value = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            value = zlib.crc32(block, value)
    return f"{path.stat().st_size} {value:08x}"
