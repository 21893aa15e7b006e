"""A large scope comes as one file, made into a replica by a process of its own: equal rows, nothing lost, refused if odd."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from servers import START, Client, Server
from sites import CHANGDIAN, CITY, SHAHE, YOUHAO

from commandscreen.domain.decide import Command
from commandscreen.domain.person import Actor, Role
from commandscreen.protocol.rows import CASE_NAMES, WHOLE
from commandscreen.store import apply, whole
from commandscreen.store.apply import SnapshotError
from commandscreen.store.delta import Delta
from commandscreen.store.replica import Replica
from commandscreen.sync import engine as engine_module
from commandscreen.sync.api import Api
from commandscreen.sync.engine import Engine
from commandscreen.sync.fetch import unpack
from commandscreen.sync.whole import Whole

ROOT = Path(__file__).parents[2]
GRIDS = {SHAHE: 2103040150170203, YOUHAO: 2103040090010101, CHANGDIAN: 2103020030010101}


@pytest.fixture
def leader(people: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A person of the whole city, with cases in every township; any scope is large."""
    monkeypatch.setattr(engine_module, "LARGE_SCOPE", 0)
    for township, grid in GRIDS.items():
        clerk = people(Role.INTAKE, township)
        for number in range(3):
            assert clerk.report(grid=grid, title=f"第{number}件")["status"] == "applied"
    found: Client = people(Role.INTAKE, CITY)
    return found


class Seat:
    """A replica with its engine."""

    def __init__(self, server: Server, client: Client, folder: Path) -> None:
        self.heard: list[Delta] = []
        self.replica = Replica(folder, self.heard.append)
        token = client.session["token"]
        self.api = Api(server.url, None, token)
        self.whole = Whole(server.url, None, token, folder)
        self.engine = Engine(self.replica, self.api, folder, self.whole)
        self.repaired: tuple[str, ...] = ()

    def until(self, true: Callable[[], bool]) -> None:
        """Steps until something is so."""
        deadline = time.monotonic() + 60
        while not true():
            assert time.monotonic() < deadline
            self.repaired += self.engine.step().repaired

    def level(self) -> None:
        """Steps until nothing more is waiting."""
        done = False
        deadline = time.monotonic() + 60
        while not done:
            assert time.monotonic() < deadline
            outcome = self.engine.step()
            self.repaired += outcome.repaired
            done = outcome.level

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the replica."""
        return self.replica.write(lambda c: ([tuple(r) for r in c.exec_driver_sql(sql)], Delta())).result()

    def fact(self, name: str) -> str:
        """What it remembers."""
        return self.replica.write(lambda c: (apply.fact(c, name), Delta())).result()

    def close(self) -> None:
        """Ends it."""
        self.engine.close()
        self.api.close()
        self.replica.close()


@pytest.fixture
def seat(server: Server, leader: Client, tmp_path: Path) -> Iterator[Seat]:
    """The leader's desk."""
    made = Seat(server, leader, tmp_path / "desk")
    yield made
    made.close()


def rows_of(client: Client) -> dict[int, list[Any]]:
    """The cases a client sees, by the feed alone."""
    found: dict[int, list[Any]] = {}
    cursor, more = 0, True
    while more:
        page = client.page(cursor)
        for item in page["items"]:
            if item["t"] == "case":
                found[item["id"]] = item["row"]
        cursor, more = page["cursor"], page["more"]
    return found


def test_one_file_holds_what_the_feed_tells(
    leader: Client, seat: Seat, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    buckets: list[int] = []
    monkeypatch.setattr(apply, "take_snapshot", lambda _: buckets.append(1))
    seat.level()
    assert not buckets, "it came as one file, not bucket by bucket"
    assert seat.repaired == ()
    assert {r[0]: list(r) for r in seat.ask(f"SELECT {','.join(CASE_NAMES)} FROM cases")} == rows_of(leader)
    people(Role.INTAKE, YOUHAO).report(grid=GRIDS[YOUHAO], title="后来的")
    seat.until(lambda: len(seat.ask("SELECT id FROM cases")) == 10)
    assert seat.repaired == (), "digests go on from those that were counted"
    assert any(d.everything for d in seat.heard)


def test_what_was_said_here_is_shown_over_the_new_file(server: Server, leader: Client, seat: Seat) -> None:
    person = leader.session["person"]
    actor = Actor(person["id"], person["name"], frozenset(Role(r) for r in person["roles"]), person["area"])
    seat.replica.stand(server.site, actor).result()
    seat.level()
    case = seat.ask("SELECT id, ver FROM cases ORDER BY id")[0]
    said = Command(str(uuid.uuid4()), "file", case[0], case[1], {"condition": "属实"}, START)
    seat.replica.command(said, 3600).result()
    seat.replica.write(lambda c: (apply.remember(c, mine="7"), Delta())).result()
    assert len(seat.ask("SELECT id FROM held")) == 1
    seat.replica.write(lambda c: (apply.remember(c, epoch=""), Delta())).result()  # as if the server had a new life
    seat.level()
    assert [r[0] for r in seat.ask("SELECT id FROM held")] == [case[0]], "the overlay lies on the new rows"
    assert seat.fact("mine") == "7"
    assert [e.command.id for e in seat.replica.look_into_outbox(lambda box: box.listing())] == [said.id]


def test_the_old_rows_are_shown_until_the_new_ones_are_there(seat: Seat, server: Server) -> None:
    seat.level()
    seat.replica.write(lambda c: (apply.remember(c, epoch=""), Delta())).result()
    seat.engine.step()
    assert seat.fact("missing")
    assert len(seat.ask("SELECT id FROM cases")) == 9
    seat.level()
    assert len(seat.ask("SELECT id FROM cases")) == 9


def test_a_file_of_another_kind_is_refused_and_buckets_are_the_way(seat: Seat) -> None:
    seat.whole._job["url"] += "/nowhere"  # a server that knows no whole scopes
    seen: list[str] = []
    deadline = time.monotonic() + 60
    while not (done := seat.engine.step()).level:
        seen.append(f"{done.loaded}/{done.total}")
        assert time.monotonic() < deadline
    assert not seat.whole.usable
    assert len(seat.ask("SELECT id FROM cases")) == 9
    assert seat.fact("whole") == ""


ODD = {
    "a row more": "INSERT INTO cases SELECT 999, ver, number, state, stage, source, "
    + ", ".join(CASE_NAMES[6:])
    + " FROM cases LIMIT 1",
    "a row less": "DELETE FROM cases WHERE id = (SELECT min(id) FROM cases)",
    "another version": "UPDATE cases SET ver = ver + 1 WHERE id = (SELECT min(id) FROM cases)",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON cases BEGIN DELETE FROM cases; END",
    "a view": "CREATE VIEW v AS SELECT 1",
    "another column": "ALTER TABLE cases ADD COLUMN more TEXT",
    "no index": "DROP INDEX cases_grid",
    "another place": "UPDATE meta SET value = '1' WHERE name = 'seq'",
    "no digests": "DELETE FROM meta WHERE name = 'digests'",
}


@pytest.mark.parametrize("what", [*ODD, ""])
def test_only_a_file_that_is_what_it_says_becomes_a_replica(
    server: Server, leader: Client, tmp_path: Path, what: str
) -> None:
    packed, plain = tmp_path / "scope.part", tmp_path / "scope.db"
    api = Api(server.url, None, leader.session["token"])
    headers = api.download(f"/snapshots/{WHOLE}", packed, lambda share: None, 1 << 30)
    api.close()
    unpack(packed, plain, headers["X-Sha256"])
    scope = leader.session["scope"]
    if what:
        with closing(sqlite3.connect(plain)) as db, db:
            db.execute(ODD[what])
    job = plain, scope["buckets"], scope["scope_id"], headers["X-Epoch"], int(headers["X-Seq"])
    if not what:
        whole.complete(*job)
        return
    with pytest.raises(SnapshotError):
        whole.complete(*job)


def test_a_broken_download_goes_on_where_it_ended(server: Server, leader: Client, tmp_path: Path) -> None:
    api = Api(server.url, None, leader.session["token"])
    target = tmp_path / "scope.part"
    headers = api.download(f"/snapshots/{WHOLE}", target, lambda share: None, 1 << 30)
    whole_file = target.read_bytes()
    for kept, mark in ((len(whole_file) // 2, headers["ETag"]), (len(whole_file), headers["ETag"]), (5, '"other"')):
        target.write_bytes(whole_file[:kept])
        target.with_suffix(".etag").write_text(mark, "utf-8")
        shares: list[float] = []
        api.download(f"/snapshots/{WHOLE}", target, shares.append, 1 << 30)
        assert target.read_bytes() == whole_file
        if kept == len(whole_file) // 2:
            sent = api._http.get(
                server.url + f"/v1/snapshots/{WHOLE}",
                headers={"Authorization": f"Bearer {api.token}", "Range": f"bytes={kept}-", "If-Range": mark},
                timeout=10,
            )
            assert (sent.status_code, len(sent.content)) == (206, len(whole_file) - kept)
    api.close()


KILLED = """
import sys
from pathlib import Path
from commandscreen.store.replica import Replica
from commandscreen.sync import engine
from commandscreen.sync.api import Api
from commandscreen.sync.whole import Whole
engine.LARGE_SCOPE = 0
url, token, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
replica = Replica(folder, lambda _: None)
one = engine.Engine(replica, Api(url, None, token), folder, Whole(url, None, token, folder))
print("begun", flush=True)
while not one.step().level:
    pass
print("level", flush=True)
while True:
    one.step(1.0)
"""


def test_killed_at_any_moment_it_is_whole_again(server: Server, leader: Client, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    box = Replica(folder, lambda _: None)
    said = Command(str(uuid.uuid4()), "note", 1, 1, {"text": "看过了"}, START)
    box.command(said, 36_000).result()
    box.close()
    rng = random.Random(5)
    for turn in range(10):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, server.url, leader.session["token"], str(folder)],
            stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        if turn < 9:
            time.sleep(rng.uniform(0.0, 1.6))
        else:
            assert child.stdout.readline() == b"level\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        with closing(sqlite3.connect(folder / "replica.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if turn % 3 == 2:
            shutil.rmtree(folder / "incoming", ignore_errors=True)
            for file in folder.glob("replica.db*"):
                file.unlink()
    seat = Seat(server, leader, folder)
    try:
        seat.level()
        assert seat.repaired == ()
        assert len(seat.ask("SELECT id FROM cases")) == 9
        assert [e.command.id for e in seat.replica.look_into_outbox(lambda b: b.listing())] == [said.id]
    finally:
        seat.close()
