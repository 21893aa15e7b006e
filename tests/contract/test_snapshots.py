"""Snapshots: a snapshot and the changes after it are the full state; resuming, hashes, age."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from pathlib import Path
from typing import Any

import orjson
import zstandard
from servers import Client, Mirror, Server
from sites import CHANGDIAN, SHAHE

from commandscreen.domain.person import Role
from commandscreen.protocol.digest import Digest
from commandscreen.protocol.rows import CASE, CASE_NAMES


def _open(answer: Any, folder: Path) -> sqlite3.Connection:
    assert hashlib.sha256(answer.content).hexdigest() == answer.headers["x-sha256"]
    path = folder / f"{answer.headers['x-sha256'][:8]}.db"
    path.write_bytes(zstandard.ZstdDecompressor().decompress(answer.content, max_output_size=1 << 26))
    return sqlite3.connect(path)


def _load(client: Client, folder: Path) -> Mirror:
    mirror = Mirror(client)
    seqs = []
    for bucket in client.session["scope"]["buckets"]:
        answer = client.get(f"/v1/snapshots/{bucket}")
        answer.raise_for_status()
        seqs.append(int(answer.headers["x-seq"]))
        db = _open(answer, folder)
        meta = dict(db.execute("SELECT name, value FROM meta"))
        assert (meta["bucket"], meta["seq"], meta["epoch"]) == (
            bucket,
            answer.headers["x-seq"],
            client.session["epoch"],
        )
        digest = Digest()
        for kind, table in (("case", "cases"), ("tally", "tallies")):
            for row in db.execute(f"SELECT * FROM {table}"):
                mirror.rows[kind, row[0]] = list(row)
                digest = digest.plus(kind, row[0], row[1])
        assert digest.to_json() == [int(meta["count"]), meta["sum"]]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = {r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")}
        assert {"cases_open_due", "cases_township", "cases_grid", "cases_number"} <= names
        assert [r[1] for r in db.execute("PRAGMA table_info(cases)")] == list(CASE_NAMES)
        db.close()
    mirror.cursor = min(seqs)
    return mirror


def test_snapshot_and_changes_are_the_full_state(server: Server, people: Any, tmp_path: Path) -> None:
    clerk, leader = people(Role.INTAKE), people(Role.SHIFT_LEADER)
    for _ in range(4):
        clerk.report()
    people(Role.INTAKE, CHANGDIAN).report(grid=2103020030010101)
    stop = threading.Event()
    other = server.desk_of(Role.INTAKE)

    def busy() -> None:
        while not stop.is_set():
            made = other.report()
            other.command("file", made["case_id"], 1, condition="属实")

    thread = threading.Thread(target=busy)
    thread.start()
    try:
        mirrors = [_load(leader, tmp_path) for _ in range(3)]
        mirrors[0].pull()
    finally:
        stop.set()
        thread.join()
        other.close()
    fresh = Mirror(leader)
    fresh.pull()
    for mirror in mirrors:
        mirror.pull()
        assert mirror.rows == fresh.rows
        assert mirror.last["digest"] == fresh.last["digest"]
    assert {row[11] for (kind, _), row in fresh.rows.items() if kind == CASE} == {SHAHE}


def test_resuming_and_caching(server: Server, people: Any) -> None:
    people(Role.INTAKE).report()
    leader, path = people(Role.SHIFT_LEADER), f"/v1/snapshots/t{SHAHE}"
    whole = leader.get(path)
    tag = whole.headers["etag"]
    rest = leader.get(path, headers={"Range": "bytes=100-", "If-Range": tag})
    assert (rest.status_code, rest.content) == (206, whole.content[100:])
    assert leader.get(path, headers={"Range": "bytes=100-", "If-Range": '"other"'}).content == whole.content
    assert leader.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert leader.get(path, headers={"Range": "bytes=99999999-"}).status_code == 416
    assert leader.get(path, headers={"X-Epoch": "other"}).status_code == 409
    people(Role.INTAKE).report()
    assert leader.get(path).headers["etag"] == tag  # new enough: the feed brings the rest
    server.clock.push(2 * 86400)
    again = server.desk_of(Role.SHIFT_LEADER)
    try:
        newer = again.get(path)
        assert newer.headers["etag"] != tag
        assert int(newer.headers["x-seq"]) > int(whole.headers["x-seq"])
    finally:
        again.close()


def test_a_file_that_another_version_kept_is_made_anew(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    path = f"/v1/snapshots/t{SHAHE}"
    kept = clerk.get(path).headers["x-seq"]
    clerk.report()
    assert clerk.get(path).headers["x-seq"] == kept
    note = server.config.folder / "snapshots" / f"t{SHAHE}.json"
    told = orjson.loads(note.read_bytes())
    note.write_bytes(orjson.dumps(told | {"shape": "older"}))
    assert int(clerk.get(path).headers["x-seq"]) > int(kept)
    note.write_bytes(orjson.dumps({k: v for k, v in orjson.loads(note.read_bytes()).items() if k != "shape"}))
    assert clerk.get(path).status_code == 200
