"""The audit log: who did what when with which outcome, each line chained to the one before by SHA-256."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from .database import Link

_FIRST = bytes(32)


def append(link: Link, at: int, person: int, action: str, subject: str, outcome: str) -> None:
    """Adds a line. The feed's lock must be held (`feed.lock`): the chain has one end."""
    last = link.one("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1")
    n, before = (last[0] + 1, bytes(last[1])) if last else (1, _FIRST)
    mark = _hash(before, (n, at, person, action, subject, outcome))
    link.do(
        "INSERT INTO audit(n, at, person, action, subject, outcome, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (n, at, person, action, subject, outcome, mark),
    )


def end(link: Link) -> tuple[int, str]:
    """The last line's number and hash: kept elsewhere, they show whether lines were cut off at the end."""
    row = link.one("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1")
    return (int(row[0]), bytes(row[1]).hex()) if row else (0, _FIRST.hex())


def check(link: Link) -> int:
    """The number of the first line that does not fit the chain, or 0 where every line does."""
    before, expected = _FIRST, 1
    for n, at, person, action, subject, outcome, mark in link.all(
        "SELECT n, at, person, action, subject, outcome, hash FROM audit ORDER BY n"
    ):
        before = _hash(before, (n, at, person, action, subject, outcome))
        if n != expected or before != bytes(mark):
            return int(n)
        expected += 1
    return 0


def _hash(before: bytes, line: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(before + orjson.dumps(line)).digest()
