"""What the queue, the map and the departments ask; each a function of a connection that gives plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from sqlalchemy import Connection

from ..domain.case import Case, Due, Lamp, Source, Stage, State
from ..protocol.rows import CASE_NAMES, Tally, case_from_values
from . import finding, gather
from .filter import Filter, Sort, where
from .gather import Ids

_OPEN = "closed_at = 0"
_LATE = "(state <> 'suspended' AND due_at > 0 AND due_at <= ?)"
_NEAR = "(state <> 'suspended' AND due_at > ? AND amber_at <= ?)"


@dataclass(frozen=True, slots=True)
class CaseBrief:
    """What a row of the queue needs of a case."""

    id: int
    number: str
    state: State
    stage: Stage
    source: Source
    title: str
    grid: int
    lead: int
    assists: int
    due_at: int
    due_from: int
    amber_at: int
    due_what: Due
    closed_at: int
    urges: int
    returns: int
    reworks: int
    duplicates: int
    photos: int
    pending: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Open cases by stage and by lamp under a filter without its stage, and all of them."""

    stages: dict[Stage, int]
    lamps: dict[Lamp, int]
    total: int
    shown: int = 0


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Open cases of a division by lamp."""

    code: int
    overdue: int
    due: int
    ok: int

    @property
    def total(self) -> int:
        """All open ones."""
        return self.overdue + self.due + self.ok


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """A unit's open and overdue cases, and its median first response over the period asked for, seconds or None."""

    unit: int
    open: int
    overdue: int
    response: float | None


def case_ids(connection: Connection, wanted: Filter, sort: Sort, now: int, most: int = -1) -> Ids:
    """The ids of a filter's cases in order: int64[n]; the first `most` of them, or all."""
    if wanted.text.strip():
        return finding.ids(connection, wanted, sort, now, most)
    sql, values = where(wanted, now)
    return gather.ids(connection, f"FROM cases WHERE {sql} ORDER BY {sort.value} LIMIT ?", (*values, most))


def counts(connection: Connection, wanted: Filter, now: int) -> Counts:
    """The numbers on the queue's tabs and lamps."""
    sql, values = finding.condition(connection, wanted, now, stage=False)
    # One row of sums: grouped by stage, SQLite would sort every case it counts.
    lit = (f"sum({_LATE})", f"sum({_NEAR})", "sum(state = 'suspended')")
    sums = (*(f"sum(stage = '{stage.value}')" for stage in Stage), *lit)
    (row,) = gather.rows(connection, sums, f"FROM cases WHERE {sql}", (now, now, now, *values))
    numbers = [int(n or 0) for n in row]
    stages = {stage: count for stage, count in zip(Stage, numbers[:-3], strict=True) if count}
    late, near, paused = numbers[-3:]
    total = sum(stages.values())
    done = stages.get(Stage.DONE, 0)
    lamps = {Lamp.OVERDUE: late if wanted.closed is not True else 0, Lamp.DUE: near, Lamp.PAUSED: paused}
    lamps[Lamp.OK] = total - done - late - near - paused
    shown = total if wanted.stage is None else stages.get(wanted.stage, 0)
    return Counts(stages, lamps, total, shown)


_BRIEF = (
    "id", "number", "state", "stage", "source", "title", "grid", "lead", "assists", "due_at", "due_from", "amber_at",
    "due_what", "closed_at", "urges", "returns", "reworks", "duplicates", "photos",
    "EXISTS (SELECT 1 FROM held WHERE held.id = cases.id)",
    "iif(mentions = '[]', 0, (SELECT count(*) FROM json_each(mentions) m WHERE json_extract(m.value, '$[2]') = 0))",
)  # fmt: skip


def briefs(connection: Connection, ids: Sequence[int]) -> list[CaseBrief]:
    """Rows of the queue by id, in no order; ids that are gone are left out."""
    found: list[CaseBrief] = []
    for start in range(0, len(ids), 500):
        part = tuple(int(i) for i in ids[start : start + 500])
        found += map(
            brief, gather.rows(connection, _BRIEF, f"FROM cases WHERE id IN ({','.join('?' * len(part))})", part)
        )
    return found


def brief(row: Sequence[Any]) -> CaseBrief:
    """A row of the brief's columns."""
    values = list(row)
    values[2:5] = State(values[2]), Stage(values[3]), Source(values[4])
    values[8] = len(orjson.loads(str(values[8])))
    values[12] = Due(values[12])
    return CaseBrief(*values)


def case(connection: Connection, number: int) -> Case | None:
    """One whole case, or None."""
    sql = f"SELECT {','.join(CASE_NAMES)} FROM cases WHERE id = ?"
    row = connection.exec_driver_sql(sql, (number,)).fetchone()
    return case_from_values(tuple(row)) if row else None


def cases(connection: Connection, numbers: Sequence[int]) -> list[Case]:
    """Whole cases, in the order asked for; those that are not there are left out."""
    found: dict[int, Case] = {}
    for start in range(0, len(numbers), 500):
        part = tuple(numbers[start : start + 500])
        sql = f"SELECT {','.join(CASE_NAMES)} FROM cases WHERE id IN ({','.join('?' * len(part))})"
        for row in connection.exec_driver_sql(sql, part):
            found[row[0]] = case_from_values(tuple(row))
    return [found[n] for n in dict.fromkeys(numbers) if n in found]


_WORST = ("grid", f"max(CASE WHEN {_LATE} THEN 3 WHEN {_NEAR} THEN 2 ELSE 1 END)")


def last_closed(connection: Connection, area: int) -> int:
    """When a case of an area was last closed, UTC seconds; 0 where none was."""
    sql, values = where(Filter(area=area, closed=True), 0)
    row = connection.exec_driver_sql(f"SELECT max(closed_at) FROM cases WHERE {sql}", tuple(values)).fetchone()
    return int(row[0] or 0) if row else 0


def grid_worst(connection: Connection, area: int, now: int) -> tuple[Ids, npt.NDArray[np.uint8]]:
    """Grids with open cases in an area: their 16-digit codes and 1 open, 2 near-due, 3 overdue."""
    sql, values = where(Filter(area=area), now)
    rows = gather.rows(connection, _WORST, f"FROM cases WHERE {sql} GROUP BY grid", (now, now, now, *values))
    flat = np.array(rows, np.int64).reshape(-1, 2)
    return flat[:, 0].copy(), flat[:, 1].astype(np.uint8)


def worst_of(connection: Connection, grids: Iterable[int], now: int) -> dict[int, int]:
    """Some grids by their 16-digit codes: 0 no open case, 1 open, 2 near-due, 3 overdue."""
    found = dict.fromkeys(grids, 0)
    codes = list(found)
    for start in range(0, len(codes), 500):
        part = codes[start : start + 500]
        rest = f"FROM cases WHERE grid IN ({','.join('?' * len(part))}) AND {_OPEN} GROUP BY grid"
        found.update(map(tuple, gather.rows(connection, _WORST, rest, (now, now, now, *part))))
    return found


def place_counts(connection: Connection, area: int, digits: int, now: int) -> list[PlaceCount]:
    """Open cases of an area's divisions with codes of `digits` digits, those with none left out."""
    sql, values = where(Filter(area=area), now)
    factor = 10 ** (16 - digits)
    sums = (f"grid / {factor}", f"sum({_LATE})", f"sum({_NEAR})", "count(*)")
    rest = f"FROM cases WHERE {sql} GROUP BY grid / {factor}"
    rows = gather.rows(connection, sums, rest, (now, now, now, *values))
    return [PlaceCount(int(c), int(late), int(near), int(n) - int(late) - int(near)) for c, late, near, n in rows]


def unit_loads(connection: Connection, units: Iterable[int], now: int, since: int) -> dict[int, UnitLoad]:
    """What units carry now, and how fast they signed what was dispatched to them since `since`."""
    wanted = tuple(sorted(units))
    if not wanted:
        return {}
    marks = ",".join("?" * len(wanted))
    load = {
        int(u): (int(n), int(late or 0))
        for u, n, late in gather.rows(
            connection, ("lead", "count(*)", f"sum({_LATE})"),
            f"FROM cases WHERE lead IN ({marks}) AND {_OPEN} GROUP BY lead", (now, *wanted),
        )
    }  # fmt: skip
    times: dict[int, list[int]] = {}
    for unit, took in gather.rows(
        connection, ("lead", "signed_at - dispatched_at"),
        f"FROM cases WHERE responded_at >= ? AND lead IN ({marks}) AND signed_at > 0", (since, *wanted),
    ):  # fmt: skip
        times.setdefault(int(unit), []).append(max(0, int(took)))
    return {
        unit: UnitLoad(unit, *load.get(unit, (0, 0)), float(np.median(times[unit])) if unit in times else None)
        for unit in wanted
    }


def closed_leads(connection: Connection, class_id: int, area: int, since: int) -> dict[int, int]:
    """How many cases of a class, reported since then in an area and closed, each unit led."""
    sql, values = where(Filter(area=area, closed=True), since)
    rows = connection.exec_driver_sql(
        f"SELECT lead, count(*) FROM cases WHERE {sql} AND class_id = ? AND reported_at >= ? AND lead > 0 GROUP BY lead",
        (*values, class_id, since),
    )
    return {int(unit): int(count) for unit, count in rows}


def tallies(connection: Connection) -> dict[int, Tally]:
    """The public totals by division."""
    rows = connection.exec_driver_sql("SELECT id, ver, accepted, closed, late, called_back, satisfied FROM tallies")
    return {int(r[0]): Tally(*(int(v) for v in r)) for r in rows}


def nearest_open(connection: Connection, area: int, now: int) -> Ids:
    """Ids of an area's open cases in order of their deadline: what the palette and `next overdue` walk through."""
    return case_ids(connection, Filter(area=area), Sort.REMAINING, now)
