"""Commands: each is decided, applied, published, audited and answered in one transaction, and its id kept for good."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from ..domain import affairs
from ..domain.case import Case
from ..domain.clock import CST
from ..domain.decide import Command, Ground, Reason, Refusal, decide, echo
from ..domain.person import Actor
from ..domain.privacy import mask_name, mask_phone
from ..domain.record import Record
from ..domain.site import Site
from ..domain.workflow import Kind
from ..protocol.problem import Problem, ProblemType
from ..protocol.rows import CASE, CASE_NAMES, case_buckets, case_from_values, case_values, record_values
from . import attachments, audit, callers, feed, ledger, tallies
from .database import Database, Link, deadlocked, duplicate_key, transient
from .feed import Change, Published
from .ledger import Ledger, Taken
from .scope import Scope
from .tables import bucket_key

log = logging.getLogger("commandscreen.server")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WHOLE = 2**53
_DEPTH, _NODES = 6, 2000
_TRIES = 3
# Statuses of RFC 9110 that say most about a refusal; anything else is 422.
_REASON_STATUS = {
    Reason.STALE_BASE: 412, Reason.UNKNOWN_CASE: 404, Reason.WRONG_ROLE: 403, Reason.OUT_OF_SCOPE: 403,
    Reason.NOT_YOUR_UNIT: 403, Reason.SAME_PERSON: 403, Reason.WRONG_STATE: 409,
    Reason.NOT_CHAIR: 403, Reason.OUTSIDE_MEETING: 403, Reason.ALREADY_CHAIRED: 409, Reason.ALREADY_PUBLISHED: 409,
    Reason.ALREADY_REPORTED: 409, Reason.ALREADY_BOOKED: 409, Reason.ALREADY_SENT: 409, Reason.LISTS_CHANGED: 409,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item's answer, and what it put into the feed."""

    answer: dict[str, Any]
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a command is about, as it stands: for the audit log, and for an answer to those who may see it."""

    name: str
    ver: int
    row: tuple[Any, ...] | None


class _Malformed(ValueError):
    pass


def carry_out(database: Database, site: Site, actor: Actor, scope: Scope, item: object, now: int) -> Outcome:
    """Carries out one item of a request, or a command of the server's own. Never raises for what the item holds."""
    try:
        command = item if isinstance(item, Command) else parse(item)
    except _Malformed as error:
        given = item.get("id") if isinstance(item, dict) else None
        name = given[:64] if isinstance(given, str) else ""
        return Outcome(_answer(name, "rejected", problem=Problem(ProblemType.BAD_REQUEST, str(error)).to_json()))
    for _ in range(_TRIES):
        try:
            with database.write() as link:
                outcome = _within(link, site, actor, scope, command, now)
            return outcome
        except Exception as error:
            if duplicate_key(error) or deadlocked(error):
                continue  # the key was carried out at the same moment, or two waited for each other's rows
            if transient(error):
                break
            # One item we fail on must neither be lost nor hold up those after it.
            log.exception("command %s failed: %s", command.id, type(error).__name__)
            return Outcome(_answer(command.id, "retry", problem=Problem(ProblemType.INTERNAL).to_json()))
    return Outcome(_answer(command.id, "retry", problem=Problem(ProblemType.UNAVAILABLE).to_json()))


def parse(item: object) -> Command:
    """The command of a wire item. Raises ValueError with what is wrong."""
    if not isinstance(item, dict):
        raise _Malformed("a command is an object")
    name, kind = item.get("id"), item.get("kind")
    if not isinstance(name, str) or not _UUID.fullmatch(name.lower()):
        raise _Malformed("id must be a UUID")
    if not isinstance(kind, str) or not 0 < len(kind) <= 40 or not kind.isascii() or not kind.isprintable():
        raise _Malformed("kind must be a word")
    args = item.get("args", {})
    if not isinstance(args, dict):
        raise _Malformed("args must be an object")
    _bounded(args)
    numbers = []
    for field in ("case_id", "base", "client_time"):
        value = item.get(field, 0)
        if type(value) is not int or not 0 <= value < _WHOLE:
            raise _Malformed(f"{field} must be a whole number from 0 on")
        numbers.append(value)
    return Command(name.lower(), kind, numbers[0], numbers[1], args, numbers[2])


def _bounded(args: Mapping[str, Any]) -> None:
    layer: list[Any] = [args]
    for _ in range(_DEPTH):
        layer = [inner for value in layer for inner in _inside(value)]
        if not layer:
            return
        if len(layer) > _NODES:
            raise _Malformed("args hold too much")
    raise _Malformed("args are nested too deep")


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def stored(link: Link, actor: Actor, command_id: str) -> dict[str, Any] | None:
    """What became of a command of this person, or None where it never arrived."""
    if not _UUID.fullmatch(command_id):
        return None
    row = link.one("SELECT person, answer FROM commands WHERE id = ?", (command_id,))
    if row is None or row[0] != actor.id:
        return None
    found: dict[str, Any] = orjson.loads(row[1])
    return {"id": command_id, **found}


def _within(link: Link, site: Site, actor: Actor, scope: Scope, command: Command, now: int) -> Outcome:
    body = _body(command)
    known = link.one("SELECT person, body, answer FROM commands WHERE id = ?", (command.id,))
    if known is not None:
        if known[0] != actor.id or bytes(known[1]) != body:
            problem = Problem(ProblemType.KEY_REUSED, "this id belongs to another command").to_json()
            return Outcome(_answer(command.id, "rejected", problem=problem))
        return Outcome(_repeated(link, scope, command, orjson.loads(known[2])))
    if affairs.kind_of(command) is not None:
        return _on_record(link, Ground(site, actor, now), scope, command, body)
    case = _case(link, command.case_id) if command.case_id else None
    if case is not None and not _keys(case) & scope.keys:
        decided: Case | Refusal = Refusal(Reason.OUT_OF_SCOPE, str(case.id))
    elif case is None and command.case_id:
        decided = Refusal(Reason.UNKNOWN_CASE, str(command.case_id))
    else:
        ground = Ground(site, actor, now, other=_other(link, scope, case, command))
        decided = affairs.bar(command, ground, Ledger(link)) or decide(case, command, ground)
    if isinstance(decided, Refusal):
        return _refused(link, actor, command, body, _seen(case, scope), decided, now)
    return _applied(link, ground, scope, command, body, case, decided)


def _on_record(link: Link, ground: Ground, scope: Scope, command: Command, body: bytes) -> Outcome:
    book = Ledger(link)
    subject = book.record(command.case_id) if command.case_id else None
    visible = bool(ledger.keys(subject) & scope.keys)
    decided: tuple[Record, ...] | Refusal
    if subject is not None and not visible:
        decided = Refusal(Reason.OUT_OF_SCOPE, str(subject.id))
    else:
        decided = affairs.decide(command, ground, book)
    before: dict[int, Record] = {}
    if not isinstance(decided, Refusal):
        try:
            before = book.before(decided)
        except Taken as taken:
            decided = Refusal(Reason.BAD_ARGUMENT, str(taken))
    if isinstance(decided, Refusal):
        seen = _Seen(str(subject.id), subject.ver, record_values(subject) if visible else None) if subject else None
        return _refused(link, ground.actor, command, body, seen, decided, ground.now)
    if not decided:
        raise RuntimeError(f"{command.kind} decided nothing")
    changes = book.keep(decided, before)
    after = next((r for r in decided if r.id == command.case_id), decided[0])
    feed.lock(link)
    audit.append(link, ground.now, ground.actor.id, command.kind, str(after.id), "applied")
    published = feed.publish(link, changes)
    answer = _answer(command.id, "applied", seq=published.seq, ver=after.ver, case_id=after.id)
    _keep(link, ground.actor, command, body, answer, ground.now)
    if ledger.keys(after) & scope.keys:
        answer["row"] = record_values(after)
    return Outcome(answer, published)


def _seen(case: Case | None, scope: Scope) -> _Seen | None:
    if case is None:
        return None
    return _Seen(case.number, case.ver, case_values(case) if _keys(case) & scope.keys else None)


def _other(link: Link, scope: Scope, case: Case | None, command: Command) -> Case | None:
    """The case a merge names, or the master of what was merged; None where it is nobody's here."""
    named = command.args.get("master") if command.kind == Kind.MERGE else case.master if case else 0
    found = _case(link, named) if type(named) is int and 0 < named < _WHOLE else None
    return found if found is not None and _keys(found) & scope.keys else None


def _applied(link: Link, ground: Ground, scope: Scope, command: Command, body: bytes,
             before: Case | None, after: Case) -> Outcome:  # fmt: skip
    actor, now = ground.actor, ground.now
    if before is None:
        after = _named(link, ground.site, after, now)
        if after.reporter or after.phone:
            link.do(
                "INSERT INTO contacts(case_id, reporter, phone, caller) VALUES (?, ?, ?, ?)",
                (after.id, after.reporter, after.phone, callers.digest(link, after.phone)),
            )
            after = replace(after, reporter=mask_name(after.reporter), phone=mask_phone(after.phone))
        link.do(_INSERT, case_values(after))
    else:
        values = case_values(after)
        link.do(_UPDATE, (*values[1:], after.id))
    master = echo(after, command.kind, ground)
    if master is not None:
        link.do(_UPDATE, (*case_values(master)[1:], master.id))
    attachments.refer(link, after.id, after.flow[len(before.flow) if before else 0 :], actor.id)
    book = Ledger(link)
    records = affairs.follow(before, after, command, ground, book)
    noted = book.keep(records, book.before(records)) if records else []
    # From here on the transaction holds its place in the commit order.
    feed.lock(link)
    more = [b - a for a, b in zip(tallies.counts(before), tallies.counts(after), strict=True)]
    changes = [*tallies.add(link, after.township, more), *noted, _change(before, after)]
    if master is not None:
        changes.append(_change(ground.other, master))
    audit.append(link, now, actor.id, command.kind, after.number, "applied")
    published = feed.publish(link, changes)
    answer = _answer(command.id, "applied", seq=published.seq, ver=after.ver, case_id=after.id)
    _keep(link, actor, command, body, answer, now)
    if _keys(after) & scope.keys:
        answer["row"] = case_values(after)
    return Outcome(answer, published)


def _change(before: Case | None, after: Case) -> Change:
    held = _keys(before) if before else frozenset()
    return Change(CASE, after.id, before.ver if before else 0, held, after.ver, _keys(after))


def _refused(link: Link, actor: Actor, command: Command, body: bytes, seen: _Seen | None, refusal: Refusal,
             now: int) -> Outcome:  # fmt: skip
    feed.lock(link)
    audit.append(link, now, actor.id, command.kind[:40], seen.name if seen else "", refusal.reason.value)
    row = seen.row if seen else None
    answer = _answer(
        command.id,
        "conflict" if refusal.reason is Reason.STALE_BASE else "rejected",
        ver=seen.ver if seen and row else 0,
        case_id=command.case_id,
        problem=_problem(refusal),
    )
    _keep(link, actor, command, body, answer, now)
    answer["row"] = row
    return Outcome(answer)


def _repeated(link: Link, scope: Scope, command: Command, answer: dict[str, Any]) -> dict[str, Any]:
    """The stored answer again: a success as `duplicate`, a refusal as it was; the row as it stands now."""
    row: tuple[Any, ...] | None = None
    if answer["case_id"] and affairs.kind_of(command) is not None:
        record = Ledger(link).record(answer["case_id"])
        row = record_values(record) if record and ledger.keys(record) & scope.keys else None
    elif answer["case_id"]:
        seen = _seen(_case(link, answer["case_id"]), scope)
        row = seen.row if seen else None
    status = "duplicate" if answer["status"] == "applied" else answer["status"]
    return {"id": command.id, **answer, "status": status, "row": row}


def _keep(link: Link, actor: Actor, command: Command, body: bytes, answer: dict[str, Any], now: int) -> None:
    kept = {k: v for k, v in answer.items() if k not in ("id", "row")}
    link.do(
        "INSERT INTO commands(id, person, case_id, at, body, answer) VALUES (?, ?, ?, ?, ?, ?)",
        (command.id, actor.id, answer["case_id"], now, body, orjson.dumps(kept).decode()),
    )


def _named(link: Link, site: Site, case: Case, now: int) -> Case:
    day = datetime.fromtimestamp(now, CST)
    if link.postgres:
        row = link.one("SELECT nextval('case_ids')")
    else:
        row = link.one("UPDATE counters SET value = value + 1 WHERE name = 'case' RETURNING value")
    serial = link.one(
        "INSERT INTO counters(name, value) VALUES (?, 1) "
        "ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
        (serial_name(case.township, day),),
    )
    if row is None or serial is None:
        raise RuntimeError("the counters gave no number")
    short = site.settings.area_short.get(str(case.township), str(case.township))
    return replace(case, id=row[0], number=f"{short}{day:%m%d}-{serial[0]:04d}")


def serial_name(township: int, day: datetime) -> str:
    """The counter of a township's cases on a local day."""
    return f"serial.{township}.{day:%Y%m%d}"


def _case(link: Link, case_id: int) -> Case | None:
    row = link.one(_SELECT + (" FOR UPDATE" if link.postgres else ""), (case_id,))
    return case_from_values(row) if row else None


def _keys(case: Case) -> frozenset[int]:
    return frozenset(bucket_key(b) for b in case_buckets(case))


def _body(command: Command) -> bytes:
    canonical = [command.kind, command.case_id, command.base, command.args]
    return hashlib.sha256(orjson.dumps(canonical, option=orjson.OPT_SORT_KEYS)).digest()


def _problem(refusal: Refusal) -> dict[str, Any]:
    return {
        "type": f"urn:commandscreen:problem:{refusal.reason.value}",
        "title": refusal.reason.value.replace("-", " "),
        "status": _REASON_STATUS.get(refusal.reason, 422),
        "detail": refusal.detail,
        "reason": refusal.reason.value,
    }


def _answer(command_id: str, status: str, seq: int = 0, ver: int = 0, case_id: int = 0,
            problem: dict[str, Any] | None = None) -> dict[str, Any]:  # fmt: skip
    return {
        "id": command_id,
        "status": status,
        "seq": seq,
        "ver": ver,
        "case_id": case_id,
        "row": None,
        "problem": problem,
    }


_SELECT = f"SELECT {', '.join(CASE_NAMES)} FROM cases WHERE id = ?"
_INSERT = f"INSERT INTO cases({', '.join(CASE_NAMES)}) VALUES ({', '.join('?' * len(CASE_NAMES))})"
_UPDATE = f"UPDATE cases SET {', '.join(f'{n} = ?' for n in CASE_NAMES[1:])} WHERE id = ?"

__all__ = ["Outcome", "carry_out", "parse", "serial_name", "stored"]
