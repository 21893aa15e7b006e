"""A server's database with a whole city's cases for benchmarks: a part filled as the demo is, then copied by SQLite itself.

Filling 2.8 million cases one by one takes ten minutes; copies with other ids, numbers and times take one. The file is
kept in the system's temporary folder for the next time.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from commandscreen.protocol.digest import hashes
from commandscreen.protocol.rows import CASE, CASE_NAMES
from commandscreen.server import tables
from commandscreen.server.database import Database
from commandscreen.server.fill import fill
from commandscreen.server.tables import ENTITY_KEY
from commandscreen.site import history
from commandscreen.site.folder import demo_path, load

CASES = int(os.environ.get("BENCH_CASES", "2800000"))
_PART = 200_000
_KEPT_SECONDS = 12 * 3600


def database() -> Path:
    """The path of a server's SQLite database with about CASES cases, in a folder of its own."""
    folder = Path(tempfile.gettempdir()) / f"commandscreen-bench-city-{CASES}"
    path = folder / "city.db"
    if path.exists() and time.time() - path.stat().st_mtime < _KEPT_SECONDS:
        return path
    folder.mkdir(exist_ok=True)
    for old in folder.glob("city.db*"):
        if old.is_file():
            old.unlink()
    draft = folder / "draft.db"
    for old in folder.glob("draft.db*"):
        old.unlink()
    _say(f"filling {min(CASES, _PART)} cases")
    server = Database(f"sqlite:///{draft}")
    server.migrate()
    site = load(demo_path())
    fill(server, history.cases(site, min(CASES, _PART)))
    server.close()
    with closing(sqlite3.connect(draft, isolation_level=None)) as link:
        _multiply(link, max(1, round(CASES / _PART)))
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    draft.replace(path)
    return path


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """A demo server on a database, as a process of its own; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "commandscreen", "serve", "--demo", "--database", f"sqlite:///{path}",
               "--listen", f"127.0.0.1:{port}"]  # fmt: skip
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parent.parent)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 600
        while True:
            try:
                with urllib.request.urlopen(url + "/healthz", timeout=5):
                    break
            except OSError:
                if child.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("the server did not start") from None
                time.sleep(0.1)
        yield url
    finally:
        child.terminate()
        child.wait()


def _multiply(link: sqlite3.Connection, times: int) -> None:
    """Copies the closed cases `times` - 1 times, each a month earlier, with feed and digests as if they had been filled."""
    link.execute("PRAGMA synchronous=OFF")
    (top,) = link.execute("SELECT max(id) FROM cases").fetchone()
    (last,) = link.execute("SELECT max(seq) FROM bucket_changes").fetchone()
    times_of = {n for n in CASE_NAMES if n.endswith("_at") or n in ("due_from", "handle_due")}
    entity = ENTITY_KEY[CASE]
    link.execute("BEGIN")
    for copy in range(1, times):
        _say(f"copy {copy} of {times - 1}")
        values = []
        for name in CASE_NAMES:
            if name == "id":
                values.append(f"id + {copy * top}")
            elif name == "number":
                values.append(f"number || '-{copy}'")
            elif name in times_of:
                values.append(f"CASE WHEN {name} > 0 THEN {name} - {copy * 30 * 86400} ELSE 0 END")
            else:
                values.append(name)
        link.execute(
            f"INSERT INTO cases({', '.join(CASE_NAMES)}) SELECT {', '.join(values)} FROM cases "
            f"WHERE id <= {top} AND closed_at > 0"
        )
        link.execute(
            "INSERT INTO bucket_changes(bucket, entity, id, seq, present) "
            f"SELECT bucket, entity, id + {copy * top}, seq + {copy * last}, 1 FROM bucket_changes WHERE entity = {entity} "
            f"AND id <= {top} AND id IN (SELECT id FROM cases WHERE id <= {top} AND closed_at > 0)"
        )
    _say("digests")
    rows = link.execute(
        "SELECT b.bucket, b.id, c.ver FROM bucket_changes b JOIN cases c ON c.id = b.id "
        f"WHERE b.entity = {entity} AND b.present = 1"
    )
    totals: dict[int, list[int]] = {}
    while some := rows.fetchmany(500_000):
        flat = np.array(some, np.int64)
        buckets, where = np.unique(flat[:, 0], return_inverse=True)
        sums = np.zeros(len(buckets), np.uint64)
        np.add.at(sums, where, hashes(CASE, flat[:, 1], flat[:, 2]))
        for bucket, count, total in zip(buckets.tolist(), np.bincount(where).tolist(), sums.tolist(), strict=True):
            entry = totals.setdefault(bucket, [0, 0])
            entry[0], entry[1] = entry[0] + count, (entry[1] + total) % 2**64
    link.executemany(
        "UPDATE bucket_digests SET count = ?, sum = ? WHERE bucket = ?",
        [(count, tables.signed(total), bucket) for bucket, (count, total) in totals.items() if bucket],
    )
    link.execute(f"UPDATE counters SET value = max(value, {times * top}) WHERE name = 'case'")
    link.execute(f"UPDATE counters SET value = max(value, {times * last}) WHERE name = 'seq'")
    link.execute("COMMIT")


def _say(text: str) -> None:
    print(f"city: {text}", file=sys.stderr, flush=True)
