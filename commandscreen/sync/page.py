"""What the server answers, read and checked before anything of it is kept; and commands as they travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.decide import Command
from ..protocol.digest import Digest
from ..protocol.rows import CASE, COLUMNS, RECORD, RowError, check_values
from ..store.layer import Rows
from ..store.outbox import Fate
from .status import ProtocolError


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the feed, checked."""

    epoch: str
    scope_id: str
    puts: tuple[tuple[str, tuple[Any, ...]], ...]
    gone: tuple[tuple[str, int], ...]
    cursor: int
    more: bool
    server_time: float
    digest: dict[str, Digest] | None

    @property
    def rows(self) -> Rows:
        """The cases and the records it touches."""
        named = [*((entity, row[0]) for entity, row in self.puts), *self.gone]
        cases, records = (
            frozenset(number for entity, number in named if entity == wanted) for wanted in (CASE, RECORD)
        )
        return cases, records


def read_page(document: dict[str, Any]) -> Page:
    """The page in an answer. Raises ProtocolError for anything that is not one; nothing is applied then."""
    try:
        puts, gone, last = [], [], -1
        for item in document["items"]:
            entity, number, seq = item["t"], item["id"], item["seq"]
            if entity not in COLUMNS or type(number) is not int or type(seq) is not int or seq < last:
                raise ProtocolError("an item out of order")
            last = seq
            if item["op"] == "put":
                values = check_values(COLUMNS[entity], item["row"])
                if values[0] != number:
                    raise ProtocolError("a row of another id")
                puts.append((entity, values))
            elif item["op"] == "del":
                gone.append((entity, number))
            else:
                raise ProtocolError("an unknown operation")
        told = document.get("digest")
        digest = {str(k): Digest.from_json(v) for k, v in told.items()} if isinstance(told, dict) else None
        cursor, more = document["cursor"], document["more"]
        if type(cursor) is not int or type(more) is not bool or cursor < last:
            raise ProtocolError("a cursor behind its items")
        return Page(str(document["epoch"]), str(document["scope_id"]), tuple(puts), tuple(gone), cursor, more,
                    float(document["server_time"]), digest)  # fmt: skip
    except ProtocolError:
        raise
    except (KeyError, TypeError, ValueError, RowError) as error:
        raise ProtocolError(f"page: {type(error).__name__} {error}") from error


_FATES = {
    "applied": Fate.LANDED, "duplicate": Fate.LANDED, "rejected": Fate.REFUSED, "conflict": Fate.CONFLICT,
    "retry": Fate.WAITING,
}  # fmt: skip


def wire(command: Command) -> dict[str, Any]:
    """A command as it is sent."""
    return {"id": command.id, "kind": command.kind, "case_id": command.case_id, "base": command.base,
            "args": dict(command.args), "client_time": command.client_time}  # fmt: skip


def read_results(document: Sequence[Any], sent: frozenset[str]) -> dict[str, tuple[Fate, int, str, str, int]]:
    """Fate, seq, code, detail and the server's version by command. Raises ProtocolError; a command the answer does not
    name is not in it: a 200 acknowledges no item by itself."""
    try:
        found = {}
        for item in document:
            name, fate = str(item["id"]), _FATES[item["status"]]
            if name not in sent:
                raise ProtocolError("an answer to a command that was not sent")
            problem = item.get("problem") or {}
            seq, theirs = item.get("seq", 0), item.get("ver", 0)
            if type(seq) is not int or type(theirs) is not int or (fate is Fate.LANDED and seq <= 0):
                raise ProtocolError("a result without its place")
            found[name] = fate, seq, str(problem.get("reason", "")), str(problem.get("detail", "")), theirs
        return found
    except ProtocolError:
        raise
    except (KeyError, TypeError, AttributeError) as error:
        raise ProtocolError(f"results: {type(error).__name__} {error}") from error


def read_names(document: Sequence[Any], reports: frozenset[str]) -> dict[str, int]:
    """The ids of the cases that reports have made. Raises ProtocolError where a report was carried out and its case has none:
    what was done to the case here could never follow."""
    found = {}
    for item in document:
        if item["id"] in reports and _FATES[item["status"]] is Fate.LANDED:
            number = item.get("case_id", 0)
            if type(number) is not int or number <= 0:
                raise ProtocolError("a new case without its id")
            found[str(item["id"])] = number
    return found


def read_scope(scope: dict[str, Any]) -> tuple[str, ...]:
    """The buckets in an answer that names a scope. Raises ProtocolError where there are none."""
    buckets = scope.get("buckets")
    if not isinstance(buckets, list) or not buckets or not all(isinstance(b, str) and " " not in b for b in buckets):
        raise ProtocolError("no scope")
    return tuple(dict.fromkeys(buckets))
