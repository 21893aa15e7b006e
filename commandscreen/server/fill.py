"""Fills a server's database with many past cases at once: rows, feed, digests and totals as commands would leave them.

Through the driver, in batches of one transaction each; a broken-off fill leaves whole batches behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np

from ..domain.case import Case
from ..domain.clock import CST
from ..protocol.digest import MASK, row_hash, row_hashes
from ..protocol.rows import CASE, CASE_NAMES, CITY_BUCKET, TALLY, case_values
from . import audit, feed, tallies
from .commands import serial_name
from .database import Database, Link
from .tables import ENTITY_KEY, bucket_key

_BATCH = 20_000
_CASE = ENTITY_KEY[CASE]
_CITY = bucket_key(CITY_BUCKET)


def empty(database: Database) -> bool:
    """Whether the database holds no case yet."""
    with database.read() as link:
        return link.one("SELECT id FROM cases LIMIT 1") is None


def fill(database: Database, cases: Iterable[Case], progress: Callable[[int], None] = lambda done: None) -> int:
    """Adds new cases whose ids are not taken; how many. `progress` hears the sum after each batch.

    Reporter and phone must be masked already. Numbers of later cases follow those of the newest days.
    """
    source = iter(cases)
    done = 0
    while batch := list(islice(source, _BATCH)):
        with database.write() as link:
            _batch(link, batch)
        done += len(batch)
        progress(done)
    with database.write() as link:
        feed.lock(link)
        last = link.one("SELECT max(id) FROM cases")
        top = int(last[0] or 0) if last else 0
        if top and link.postgres:
            link.all("SELECT setval('case_ids', greatest(?, (SELECT last_value FROM case_ids)))", (top,))
        elif top:
            link.do("UPDATE counters SET value = max(value, ?) WHERE name = 'case'", (top,))
        audit.append(link, 0, 0, "fill", str(done), "applied")
    return done


def _batch(link: Link, batch: Sequence[Case]) -> None:
    _insert(link, "cases", CASE_NAMES, map(case_values, batch))
    members: dict[int, list[int]] = defaultdict(list)
    totals: dict[int, list[int]] = defaultdict(lambda: [0] * 5)
    serials: dict[str, int] = {}
    newest = max(case.reported_at for case in batch) - 2 * 86400
    for position, case in enumerate(batch):
        members[case.township].append(position)
        for unit in {case.lead, *case.assists} - {0}:
            members[-unit].append(position)
        total = totals[case.township]
        for index, count in enumerate(tallies.counts(case)):
            total[index] += count
        if case.reported_at >= newest:
            serial = case.number.rpartition("-")[2]
            if serial.isascii() and serial.isdigit():
                name = serial_name(case.township, datetime.fromtimestamp(case.reported_at, CST))
                serials[name] = max(int(serial), serials.get(name, 0))
    ids = np.array([case.id for case in batch], np.int64)
    vers = np.array([case.ver for case in batch], np.int64)
    digests = {
        key: (len(rows), row_hashes(CASE, ids[rows], vers[rows]) & MASK) for key, rows in sorted(members.items())
    }
    feed.lock(link)
    for key, total in totals.items():
        for change in tallies.add(link, key, total):
            seq = feed.draw(link, 1)[0]
            link.do(_UPSERT, (_CITY, ENTITY_KEY[TALLY], change.id, seq, 1))
            count, summed = digests.get(_CITY, (0, 0))
            gone = row_hash(TALLY, change.id, change.old_ver) if change.old else 0
            here = row_hash(TALLY, change.id, change.ver)
            digests[_CITY] = (count + (0 if change.old else 1), summed + here - gone)
    feed.add_digests(link, digests)
    if serials:
        link.many(
            "INSERT INTO counters(name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = "
            "CASE WHEN counters.value > excluded.value THEN counters.value ELSE excluded.value END",
            sorted(serials.items()),
        )
    numbers = iter(feed.draw(link, sum(map(len, members.values()))))
    lines = (
        (key, _CASE, int(ids[position]), next(numbers), 1)
        for key, positions in sorted(members.items())
        for position in positions
    )
    _insert(link, "bucket_changes", ("bucket", "entity", "id", "seq", "present"), lines)


_UPSERT = (
    "INSERT INTO bucket_changes(bucket, entity, id, seq, present) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (bucket, entity, id) DO UPDATE SET seq = excluded.seq, present = excluded.present"
)


def _insert(link: Link, table: str, names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    if link.postgres:
        link.copy(table, names, rows)
    else:
        marks = ", ".join("?" * len(names))
        link.many(f"INSERT INTO {table}({', '.join(names)}) VALUES ({marks})", rows)
