"""What the board asks a replica for: meetings, tasks, receipts and the 减负 account as domain values. On a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from ..domain.admission import Admission, AdmissionState, admission_of
from ..domain.burden import Burden, burden_of
from ..domain.clock import CST, DAY
from ..domain.division import code_range
from ..domain.meeting import Meeting, MeetingKind, meeting_of
from ..domain.receipt import Receipt, ReceiptState, receipt_of
from ..domain.record import Record, RecordKind
from ..domain.site import Site
from ..domain.task import Task, TaskState, task_of
from . import records
from .copied import Copied, copied

WEEK = 7 * DAY
_CLOSED = (TaskState.DONE, TaskState.WITHDRAWN)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Week:
    """A board as one week's meeting sees it. `meeting` is None where none is planned; `meetings` are all that are known,
    newest first; `tasks` what the board shows and `past` what was published before, for near-duplicates; `mine` the
    receipts of one's own area and of what lies in it; `copied` what is copied to a county. `pending` are ids of records
    with commands under way."""

    area: int
    start: int
    meeting: Meeting | None
    meetings: tuple[Meeting, ...]
    tasks: tuple[Task, ...]
    past: tuple[Task, ...]
    mine: tuple[Receipt, ...]
    admissions: tuple[Admission, ...]
    burden: tuple[Burden, ...]
    pending: frozenset[int]
    copied: tuple[Copied, ...] = ()


def monday(at: int) -> int:
    """The local Monday 00:00 of an instant's week."""
    local = datetime.fromtimestamp(at, CST)
    return int((datetime(local.year, local.month, local.day, tzinfo=CST) - timedelta(days=local.weekday())).timestamp())


def board_area(meetings: Iterable[Meeting], site: Site, area: int) -> int:
    """Whose board a person of an area looks at: the nearest area, its own or above, that holds weekly meetings."""
    held = {m.area for m in meetings if m.kind is MeetingKind.WEEKLY}
    path = [d.code for d in site.path(area // 10_000 if len(str(area)) == 16 else area)]
    return next((code for code in reversed(path) if code in held), path[0] if path else area)


def week(connection: Connection, site: Site, own: int, area: int, meeting_id: int, now: int) -> Week:
    """The board of an area (0 = whoever's is nearest to `own`) at a meeting (0 = this week's, or the next one)."""
    meetings = _all(records.of_kind(connection, RecordKind.MEETING), meeting_of)
    area = area or board_area(meetings, site, own)
    here = [m for m in meetings if m.area == area and m.kind is MeetingKind.WEEKLY]
    chosen = next((m for m in meetings if m.id == meeting_id), None) or _this(here, now)
    if chosen is not None:
        area = chosen.area
    start = monday(chosen.at if chosen else now)
    every = _all(records.find(connection, "kind = 'task' AND area = ? ORDER BY at, id", (area,)), task_of)
    now_here = chosen is None or start >= monday(now)
    shown = tuple(t for t in every if _shown(t, start, chosen, now_here))
    past = tuple(t for t in every if t.published_at)
    level = len(str(own))
    mine = _alive(connection, _all(_receipts_within(connection, own), receipt_of)) if level >= 9 else ()
    burden = _all(records.find(connection, "kind = 'burden' AND area = ? ORDER BY at, id", (area,)), burden_of)
    admissions = _all(records.of_kind(connection, RecordKind.ADMISSION, (AdmissionState.ASKED.value,)), admission_of)
    told = copied(connection, every, own, now) if level == 6 else ()
    pending = records.is_pending(connection)
    return Week(area, start, chosen, meetings, shown, past, mine, admissions, burden, pending, told)


def _this(meetings: Sequence[Meeting], now: int) -> Meeting | None:
    """The meeting of the week that `now` lies in, else the next one, else the last one."""
    start = monday(now)
    inside = [m for m in meetings if start <= m.at < start + WEEK and m.state.value != "cancelled"]
    later = [m for m in meetings if m.at >= start + WEEK and m.state.value != "cancelled"]
    if inside:
        return max(inside, key=lambda m: m.at)
    return min(later, key=lambda m: m.at) if later else max(meetings, key=lambda m: m.at, default=None)


def _shown(task: Task, start: int, meeting: Meeting | None, now_here: bool) -> bool:
    """Whether a week's board shows a task: what is open now, with what was finished this week and the one before; of a
    past week what was open in it."""
    if task.state is TaskState.WITHDRAWN or task.column is None:
        return False
    if meeting is not None and meeting.kind is not MeetingKind.WEEKLY:
        return task.meeting == meeting.id or task.id in meeting.tasks
    end = start + WEEK
    if now_here:
        return task.state is not TaskState.DONE or task.done_at >= start - WEEK
    return task.at < end and (not task.done_at or task.done_at >= start)


def receipts(connection: Connection, task: int) -> tuple[Receipt, ...]:
    """A task's receipts, by area."""
    sql = "kind = 'receipt' AND parent = ? ORDER BY area, id"
    return _all(records.find(connection, sql, (task,)), receipt_of)


def _receipts_within(connection: Connection, area: int) -> tuple[Record, ...]:
    parts, values = ["area = ?"], [area]
    for digits in (9, 12, 16):
        if digits > len(str(area)):
            low, high = code_range(area, digits)
            parts.append("(area >= ? AND area < ?)")
            values += [low, high]
    return records.find(connection, f"kind = 'receipt' AND ({' OR '.join(parts)}) ORDER BY at DESC, id", values)


def _alive(connection: Connection, found: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """Shares still to be worked on, and finished ones; those of tasks taken back or over are left out."""
    tasks = tasks_by_id(connection, {r.task for r in found})
    running = {n for n, t in tasks.items() if t.state in (TaskState.ACTIVE, TaskState.REVIEW)}
    return tuple(r for r in found if r.task in running or r.state is ReceiptState.ACCEPTED)


def task_by_id(connection: Connection, number: int) -> Task | None:
    """One task."""
    found = records.by_id(connection, (number,)).get(number)
    return task_of(found) if found is not None and found.kind is RecordKind.TASK else None


def tasks_of_case(connection: Connection, case: int) -> tuple[Task, ...]:
    """Tasks that came from a case, oldest first."""
    return _all(records.find(connection, "kind = 'task' AND parent = ? ORDER BY at, id", (case,)), task_of)


def tasks_by_id(connection: Connection, numbers: Iterable[int]) -> dict[int, Task]:
    """Tasks by id; those that are not there are left out."""
    found = records.by_id(connection, numbers)
    return {n: task_of(r) for n, r in found.items() if r.kind is RecordKind.TASK}


def by_cause(connection: Connection, site: Site, own: int, now: int) -> dict[int, int]:
    """How many tasks of this week's board have a class of the problem pool as their root cause, by class id."""
    return dict(Counter(t.cause for t in week(connection, site, own, 0, 0, now).tasks if t.cause))


def counts(connection: Connection, site: Site, own: int, now: int) -> tuple[Week, dict[tuple[str, str], int]]:
    """The board of this week with the numbers of the strip: tasks per (lane, column)."""
    found = week(connection, site, own, 0, 0, now)
    numbers: dict[tuple[str, str], int] = {}
    for task in found.tasks:
        if task.column is not None:
            key = (task.lane.value, task.column.value)
            numbers[key] = numbers.get(key, 0) + 1
    return found, numbers


def _all(found: Iterable[Record], of: Callable[[Record], T]) -> tuple[T, ...]:
    """Values of records; one that a newer server wrote in another shape is left out, not guessed at."""
    values = []
    for record in found:
        try:
            values.append(of(record))
        except (ValueError, KeyError, TypeError):
            continue
    return tuple(values)
