"""Questions about alarms, on a reader: those to be shown, and what they cost the operators."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ..domain.alarm import LIVE, Alarm, Standing, alarm_of
from ..domain.record import RecordKind
from ..protocol.rows import record_from_values
from . import records

HISTORY_SECONDS = 24 * 3600
_LIVE_MOST, _MOST = 2_000, 2_000


class AlarmReader:
    """Reads alarms and remembers them, so that of thousands only those whose row is another one are read anew. May be
    asked on any reader, on two at once too: what it remembers is replaced, never changed."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[Any, ...], Alarm | None]] = {}

    def shown(self, connection: Connection, now: int) -> tuple[Alarm, ...]:
        """Every alarm that is to be seen however old, and the others of the last day."""
        live, kind = ", ".join("?" * len(LIVE)), RecordKind.ALARM.value
        ask = f"SELECT {records.ALL} FROM records WHERE kind = ? AND "
        rows = connection.exec_driver_sql(
            f"{ask} state IN ({live}) ORDER BY at DESC, id LIMIT ?", (kind, *(s.value for s in LIVE), _LIVE_MOST)
        ).fetchall()
        rest = connection.exec_driver_sql(
            f"{ask} at > ? AND state = ? ORDER BY at DESC, id LIMIT ?",
            (kind, now - HISTORY_SECONDS, Standing.CLOSED.value, _MOST),
        ).fetchall()
        before, known = self._known, {}
        for row in map(tuple, [*rows, *rest]):
            held = before.get(row[0])
            known[row[0]] = held if held is not None and held[0] == row else (row, _read(row))
        self._known = known
        return tuple(alarm for _, alarm in known.values() if alarm is not None)

    def forget(self) -> None:
        """Another replica."""
        self._known = {}


def counts(connection: Connection, area: int, since: int) -> tuple[tuple[str, int], ...]:
    """How many alarms each source raised in an area since an instant: a case's by its type, a channel's by its device."""
    sql = (
        "SELECT CASE WHEN json_extract(doc, '$.source') LIKE 'case %' THEN json_extract(doc, '$.kind') "
        "ELSE json_extract(doc, '$.source') END AS name, COUNT(*) FROM records "
        "WHERE kind = ? AND at > ? AND state <> ? AND CAST(area AS TEXT) LIKE ? GROUP BY name ORDER BY 2 DESC, 1"
    )
    rows = connection.exec_driver_sql(sql, (RecordKind.ALARM.value, since, Standing.GUARD.value, f"{str(area)[:9]}%"))
    return tuple((str(name), int(n)) for name, n in rows)


def levels(connection: Connection, area: int, since: int) -> tuple[int, int, int]:
    """How many alarms of each level there were in an area since an instant."""
    sql = (
        "SELECT json_extract(doc, '$.level'), COUNT(*) FROM records "
        "WHERE kind = ? AND at > ? AND state <> ? AND CAST(area AS TEXT) LIKE ? GROUP BY 1"
    )
    rows = connection.exec_driver_sql(sql, (RecordKind.ALARM.value, since, Standing.GUARD.value, f"{str(area)[:9]}%"))
    found = {int(level): int(n) for level, n in rows}
    return found.get(1, 0), found.get(2, 0), found.get(3, 0)


def began(connection: Connection, area: int, since: int) -> int:
    """The instant of the first of them: before it nothing was counted; `since` where there is none."""
    sql = "SELECT MIN(at) FROM records WHERE kind = ? AND at > ? AND CAST(area AS TEXT) LIKE ?"
    found = connection.exec_driver_sql(sql, (RecordKind.ALARM.value, since, f"{str(area)[:9]}%")).scalar()
    return int(found) if found else since


def _read(row: tuple[Any, ...]) -> Alarm | None:
    try:
        return alarm_of(record_from_values(row))
    except (ValueError, KeyError, TypeError):
        return None  # of a newer server: better a line too few than a desk that shows nothing
