"""Documents of records: values put down as plain JSON without what says nothing, and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LOG_MAX = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record's own log. `at` is UTC seconds, `kind` the command's second word, `text` may be empty."""

    at: int
    kind: str
    name: str
    text: str = ""


def lines(values: Sequence[Sequence[Any]]) -> tuple[Line, ...]:
    """A log as it was put down."""
    return tuple(Line(int(at), str(kind), str(name), str(text)) for at, kind, name, text in values)


def listed(log: Sequence[Line]) -> list[list[Any]]:
    """A log to put down: its first line and its newest, so that a row stays small."""
    kept = log if len(log) <= LOG_MAX else (log[0], *log[-LOG_MAX + 1 :])
    return [[line.at, line.kind, line.name, line.text] for line in kept]


def spare(doc: Mapping[str, Any]) -> dict[str, Any]:
    """The document without zeros, empty texts and empty lists: rows travel to every desk of an area."""
    return {name: value for name, value in doc.items() if value or value is True}
