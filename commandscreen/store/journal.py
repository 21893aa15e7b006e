"""A mirror of the commands that have no answer yet, as lines of text, for the day the outbox's own file is broken.

Append-only, a checksum before every line, written through. The outbox writes here after it has kept a command and
before it lets one go, so that what stands here and not there was lost there. Used on the writer thread.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from ..domain.decide import Command

_DEAD_MOST = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """A command without an answer: its number in the outbox, when it was given and when it may leave."""

    n: int
    command: Command
    at: float
    send_at: float


class Journal:
    """One file. Nothing here raises for a disk that refuses: the outbox has it all, and the next write catches up."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: dict[str, Kept] = {}
        self._dead = 0
        self._behind = False

    def read(self) -> list[Kept]:
        """The commands without an answer, in the order given. A line whose checksum does not fit is passed over."""
        self._open = {}
        try:
            lines = self._path.read_bytes().split(b"\n")
        except OSError:
            return []
        for line in lines:
            document = _checked(line)
            if document is None:
                continue
            if "command" in document:
                try:
                    command = Command(**document["command"])
                    self._open[command.id] = Kept(int(document["n"]), command, float(document["at"]),
                                                  float(document["send_at"]))  # fmt: skip
                except (TypeError, KeyError, ValueError):
                    continue
            else:
                self._open.pop(str(document.get("done")), None)
        return sorted(self._open.values(), key=lambda kept: kept.n)

    def renew(self, entries: Iterable[Kept]) -> None:
        """Begins anew with these commands."""
        self._open = {kept.command.id: kept for kept in entries}
        self._rewrite()

    def keep(self, kept: Kept) -> None:
        """Adds a command the outbox has kept."""
        self._open[kept.command.id] = kept
        self._append([_line(asdict(kept))])

    def done(self, command_ids: Iterable[str]) -> None:
        """Strikes out commands: answered, taken back or dismissed."""
        gone = [name for name in command_ids if self._open.pop(name, None) is not None]
        if not gone:
            return
        self._dead += len(gone)
        if self._open and self._dead < _DEAD_MOST:
            self._append([_line({"done": name}) for name in gone])
        else:
            self._rewrite()

    def _append(self, lines: list[bytes]) -> None:
        if self._behind:
            self._rewrite()
            return
        try:
            with self._path.open("ab") as file:
                file.write(b"".join(lines))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self._behind = True

    def _rewrite(self) -> None:
        draft = self._path.with_name(self._path.name + ".draft")
        try:
            with draft.open("wb") as file:
                file.writelines(_line(asdict(kept)) for kept in self._open.values())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError:
            self._behind = True
            return
        self._behind, self._dead = False, 0


def _line(document: dict[str, Any]) -> bytes:
    # A newline before as well: a line that was cut short must not swallow the next one.
    text = orjson.dumps(document)
    return b"\n%08x %s\n" % (zlib.crc32(text), text)


def _checked(line: bytes) -> dict[str, Any] | None:
    mark, _, text = line.partition(b" ")
    try:
        if int(mark, 16) != zlib.crc32(text):
            return None
        document = orjson.loads(text)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None
