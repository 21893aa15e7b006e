"""Rows on the wire and in both databases: the columns of each entity, and the way to and from domain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ..domain.case import Ask, AskKind, Call, Case, Due, FlowEntry, Mention, Source, State
from ..domain.record import Record, RecordKind

CASE, TALLY, RECORD = "case", "tally", "record"
ENTITIES = (CASE, TALLY, RECORD)

# Column order is the wire's and both databases' order. (name, kind); kinds: int, text, json.
CASE_COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "int"),
    ("ver", "int"),
    ("number", "text"),
    ("state", "text"),
    ("stage", "text"),
    ("source", "text"),
    ("class_id", "int"),
    ("title", "text"),
    ("body", "text"),
    ("place", "text"),
    ("grid", "int"),
    ("township", "int"),
    ("reporter", "text"),
    ("phone", "text"),
    ("lead", "int"),
    ("assists", "json"),
    ("handler", "text"),
    ("reported_at", "int"),
    ("filed_at", "int"),
    ("dispatched_at", "int"),
    ("signed_at", "int"),
    ("responded_at", "int"),
    ("fed_back_at", "int"),
    ("checked_at", "int"),
    ("closed_at", "int"),
    ("handle_limit", "text"),
    ("handle_due", "int"),
    ("handle_left", "int"),
    ("due_at", "int"),
    ("due_from", "int"),
    ("amber_at", "int"),
    ("due_what", "text"),
    ("urges", "int"),
    ("returns", "int"),
    ("reworks", "int"),
    ("extensions", "int"),
    ("duplicates", "int"),
    ("photos", "int"),
    ("satisfaction", "int"),
    ("late", "int"),
    ("changed_at", "int"),
    ("master", "int"),
    ("was", "text"),
    ("resume_at", "int"),
    ("extended", "int"),
    ("exempt", "int"),
    ("level", "int"),
    ("barred", "int"),
    ("reply_due", "int"),
    ("ask", "json"),
    ("calls", "json"),
    ("mentions", "json"),
    ("flow", "json"),
)
CASE_NAMES: tuple[str, ...] = tuple(name for name, _ in CASE_COLUMNS)

TALLY_COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "int"),
    ("ver", "int"),
    ("accepted", "int"),
    ("closed", "int"),
    ("late", "int"),
    ("called_back", "int"),
    ("satisfied", "int"),
)
TALLY_NAMES: tuple[str, ...] = tuple(name for name, _ in TALLY_COLUMNS)

RECORD_COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "int"),
    ("ver", "int"),
    ("kind", "text"),
    ("area", "int"),
    ("parent", "int"),
    ("at", "int"),
    ("due_at", "int"),
    ("state", "text"),
    ("title", "text"),
    ("changed_at", "int"),
    ("shares", "json"),
    ("doc", "json"),
)
RECORD_NAMES: tuple[str, ...] = tuple(name for name, _ in RECORD_COLUMNS)

CITY_BUCKET = "city"
WHOLE = "scope"  # in the place of a bucket's name: the snapshot of all of the caller's buckets


class RowError(ValueError):
    """A row that is not what the protocol says."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Running totals of a division since its records began; `id` is the city's or a township's code."""

    id: int
    ver: int = 0
    accepted: int = 0
    closed: int = 0
    late: int = 0
    called_back: int = 0
    satisfied: int = 0


def case_values(case: Case) -> tuple[Any, ...]:
    """The case as database values in `CASE_COLUMNS` order; json columns as text."""
    flow = [[e.at, str(e.kind), e.actor, e.post, e.unit, e.text, list(e.photos)] for e in case.flow]
    calls = [[c.unit, c.at, c.due_at, c.done_at] for c in case.calls]
    mentions = [[m.unit, m.at, m.done_at] for m in case.mentions]
    return (
        case.id, case.ver, case.number, case.state.value, case.stage.value, case.source.value,
        case.class_id, case.title, case.text, case.place, case.grid, case.township, case.reporter,
        case.phone, case.lead, orjson.dumps(case.assists).decode(), case.handler, case.reported_at,
        case.filed_at, case.dispatched_at, case.signed_at, case.responded_at, case.fed_back_at,
        case.checked_at, case.closed_at, case.limit, case.handle_due, case.handle_left, case.due_at,
        case.due_from, case.amber_at, case.due_what.value, case.urges, case.returns, case.reworks,
        case.extensions, case.duplicates, case.photos, case.satisfaction, int(case.late), case.changed_at,
        case.master, case.was.value if case.was else "", case.resume_at, case.extended, int(case.exempt), case.level,
        case.barred, case.reply_due, orjson.dumps(_ask_values(case.ask)).decode(), orjson.dumps(calls).decode(),
        orjson.dumps(mentions).decode(),
        orjson.dumps(flow).decode(),
    )  # fmt: skip


def case_from_values(values: Sequence[Any]) -> Case:
    """The case of a database row in `CASE_COLUMNS` order. Raises RowError for anything else."""
    if len(values) != len(CASE_COLUMNS):
        raise RowError(f"a case has {len(CASE_COLUMNS)} columns, not {len(values)}")
    row = dict(zip(CASE_NAMES, values, strict=True))
    try:
        flow = tuple(
            FlowEntry(int(at), str(kind), str(actor), str(post), int(unit), str(text), tuple(photos))
            for at, kind, actor, post, unit, text, photos in orjson.loads(row["flow"])
        )
        return Case(
            id=row["id"], ver=row["ver"], number=row["number"], state=State(row["state"]), source=Source(row["source"]),
            class_id=row["class_id"], title=row["title"], text=row["body"], place=row["place"], grid=row["grid"],
            township=row["township"], reporter=row["reporter"], phone=row["phone"], lead=row["lead"],
            assists=tuple(orjson.loads(row["assists"])), handler=row["handler"], reported_at=row["reported_at"],
            filed_at=row["filed_at"], dispatched_at=row["dispatched_at"], signed_at=row["signed_at"],
            responded_at=row["responded_at"], fed_back_at=row["fed_back_at"], checked_at=row["checked_at"],
            closed_at=row["closed_at"], limit=row["handle_limit"], handle_due=row["handle_due"],
            handle_left=row["handle_left"], due_at=row["due_at"], due_from=row["due_from"], amber_at=row["amber_at"],
            due_what=Due(row["due_what"]), urges=row["urges"], returns=row["returns"], reworks=row["reworks"],
            extensions=row["extensions"], duplicates=row["duplicates"], photos=row["photos"],
            satisfaction=row["satisfaction"], late=bool(row["late"]), changed_at=row["changed_at"],
            master=row["master"], was=State(row["was"]) if row["was"] else None, resume_at=row["resume_at"],
            extended=row["extended"], exempt=bool(row["exempt"]), level=row["level"], barred=row["barred"],
            reply_due=row["reply_due"], ask=_ask(orjson.loads(row["ask"])),
            calls=tuple(Call(*map(int, call)) for call in orjson.loads(row["calls"])),
            mentions=tuple(Mention(*map(int, one)) for one in orjson.loads(row["mentions"])), flow=flow,
        )  # fmt: skip
    except (ValueError, TypeError, orjson.JSONDecodeError) as error:
        raise RowError(str(error)[:200]) from error


def _ask_values(ask: Ask | None) -> list[Any] | None:
    return [ask.kind.value, ask.at, ask.by, ask.name, ask.value, ask.reason, ask.seen_by] if ask else None


def _ask(values: Any) -> Ask | None:
    if values is None:
        return None
    kind, at, by, name, value, reason, seen_by = values
    return Ask(AskKind(kind), int(at), int(by), str(name), int(value), str(reason), int(seen_by))


def tally_values(tally: Tally) -> tuple[int, ...]:
    """The tally as database values in `TALLY_COLUMNS` order."""
    return (tally.id, tally.ver, tally.accepted, tally.closed, tally.late, tally.called_back, tally.satisfied)


def record_values(record: Record) -> tuple[Any, ...]:
    """The record as database values in `RECORD_COLUMNS` order; json columns as text."""
    return (
        record.id, record.ver, record.kind.value, record.area, record.parent, record.at, record.due_at, record.state,
        record.title, record.changed_at, orjson.dumps(record.shares).decode(), orjson.dumps(dict(record.doc)).decode(),
    )  # fmt: skip


def record_from_values(values: Sequence[Any]) -> Record:
    """The record of a database row in `RECORD_COLUMNS` order. Raises RowError for anything else."""
    if len(values) != len(RECORD_COLUMNS):
        raise RowError(f"a record has {len(RECORD_COLUMNS)} columns, not {len(values)}")
    row = dict(zip(RECORD_NAMES, values, strict=True))
    try:
        doc = orjson.loads(row["doc"])
        if not isinstance(doc, dict):
            raise RowError("doc is no object")
        return Record(
            id=row["id"], ver=row["ver"], kind=RecordKind(row["kind"]), area=row["area"], parent=row["parent"],
            at=row["at"], due_at=row["due_at"], state=row["state"], title=row["title"], changed_at=row["changed_at"],
            shares=shares_of(row["shares"]), doc=doc,
        )  # fmt: skip
    except (ValueError, TypeError, orjson.JSONDecodeError) as error:
        raise RowError(str(error)[:200]) from error


def shares_of(text: str) -> tuple[str, ...]:
    """The buckets in a record's `shares` column. Raises ValueError."""
    return tuple(str(name) for name in orjson.loads(text))


def check_values(columns: Sequence[tuple[str, str]], values: object) -> tuple[Any, ...]:
    """The values of one wire row, refused with RowError unless count, types and ranges are the protocol's.

    Rows travel as arrays in column order; json columns travel as text, so that a page is stored without re-encoding.
    """
    if not isinstance(values, list) or len(values) != len(columns):
        raise RowError("a row of another length")
    for (name, kind), value in zip(columns, values, strict=True):
        if kind == "int":
            if type(value) is not int or not -(2**63) <= value < 2**63:
                raise RowError(f"{name} is no whole number")
        elif type(value) is not str:
            raise RowError(f"{name} is no text")
    return tuple(values)


COLUMNS: Mapping[str, tuple[tuple[str, str], ...]] = {
    CASE: CASE_COLUMNS, TALLY: TALLY_COLUMNS, RECORD: RECORD_COLUMNS,
}  # fmt: skip
# The table that holds an entity, the same in both databases and in snapshots.
TABLES: Mapping[str, str] = {CASE: "cases", TALLY: "tallies", RECORD: "records"}


def township_bucket(code: int) -> str:
    """The bucket of a township's share."""
    return f"t{code}"


def unit_bucket(unit: int) -> str:
    """The bucket of a unit's share: what it leads, assists in, was called to or mentioned in."""
    return f"u{unit}"


def case_buckets(case: Case) -> frozenset[str]:
    """Every bucket a case belongs to."""
    units = {unit_bucket(u) for u in (case.lead, *case.assists, *case.asked) if u}
    return frozenset({township_bucket(case.township), *units})
