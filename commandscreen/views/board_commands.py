"""Commands on the board's records: tried on a reader by the rules the server runs, then given or refused in words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal
from sqlalchemy import Connection

from ..domain import affairs
from ..domain.command import Command, Ground, Refusal
from ..domain.person import Actor
from ..domain.record import Record, RecordKind
from ..domain.site import Site
from ..store.records import ReplicaBook
from . import words
from .desk import Desk
from .questions import Questions
from .results import Results

# A meeting that runs is the same for all who sit in it: its own steps leave at once, not after the time to undo.
AT_ONCE = frozenset({"meeting.open", "meeting.next", "meeting.add", "meeting.note", "meeting.attend", "meeting.take",
                     "meeting.end"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A command that a person wants given: on a record (0 makes one), decided on its version, under a name to be said."""

    kind: str
    number: int = 0
    base: int = 0
    args: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rules on this desk say to it: the command that was given, or why it was not; and what it changes."""

    wanted: Wanted
    command: Command | None
    why: str = ""
    code: str = ""
    changed: tuple[Record, ...] = ()


class BoardCommands(QObject):
    """`commanded(Command)` for each that the rules allow, in order."""

    commanded = Signal(object)

    def __init__(self, desk: Desk, questions: Questions, results: Results, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._questions, self.results = desk, questions, results
        self._asked = 0

    def give(self, wanted: Sequence[Wanted], then: Callable[[Sequence[Tried]], None] | None = None,
             quiet: bool = False) -> None:  # fmt: skip
        """Gives commands, each on what those before it left. A refused one is said with its reason; `then` hears of all.
        `quiet` leaves the saying to `then`."""

        def tried(found: Sequence[Tried]) -> None:
            given = [t for t in found if t.command is not None]
            if given:
                names = {t.wanted.number: t.wanted.name for t in given if t.wanted.number}
                names |= {r.id: r.title for t in given for r in t.changed if r.id not in names}
                self.results.gave([t.command for t in given if t.command is not None], [], names)
                for t in given:
                    self.commanded.emit(t.command)
            for t in found:
                if t.command is None and not quiet:
                    self.results.deny_named(t.wanted.number, t.wanted.name, t.wanted.kind, t.why)
            if then is not None:
                then(found)

        self.weigh(wanted, tried)

    def weigh(self, wanted: Sequence[Wanted], done: Callable[[Sequence[Tried]], None]) -> None:
        """Asks the rules without giving anything."""
        site, actor, now = self._desk.site, self._desk.actor, self._desk.now()
        if site is None or actor is None or not wanted:
            return
        self._asked += 1  # a later key must never take the place of an earlier one
        self._questions.ask(f"board.try.{self._asked}", lambda c: _try(c, wanted, site, actor, now), done)


def _try(connection: Connection, wanted: Sequence[Wanted], site: Site, actor: Actor, now: int) -> list[Tried]:
    book = ReplicaBook(connection)
    found = []
    for each in wanted:
        command = Command(each.id, each.kind, each.number, each.base, dict(each.args), now)
        decided = affairs.decide(command, Ground(site, actor, now), book)
        if isinstance(decided, Refusal):
            kind = affairs.kind_of(command) or RecordKind.TASK
            why = words.record_refusal(kind.value, decided.reason.value)
            found.append(Tried(each, None, why, decided.reason.value))
        else:
            book.put(decided)
            found.append(Tried(each, command, changed=decided))
    return found
