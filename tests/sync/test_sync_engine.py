"""Synchronisation by random schedules: lost replies, repeats, nonsense, new epochs, other scopes, stale snapshots."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from commandscreen.domain.case import Case, Source, State
from commandscreen.protocol.digest import Digest
from commandscreen.protocol.problem import Problem, ProblemType
from commandscreen.protocol.rows import CASE, CASE_NAMES, case_buckets, case_values
from commandscreen.protocol.tables import case_table, tally_table
from commandscreen.store import apply
from commandscreen.store.delta import Delta
from commandscreen.store.replica import Replica
from commandscreen.sync.engine import Engine, read_page
from commandscreen.sync.status import ApiError, Offline, ProtocolError, Refused

TOWNS = (210304015, 210304016, 210304017)


class FakeServer:
    """A server as a tree in memory: rows, the latest change of each row and bucket, an epoch, a scope; faults on demand."""

    def __init__(self) -> None:
        self.cases: dict[int, Case] = {}
        self.feed: dict[tuple[str, int], tuple[int, bool]] = {}
        self.seq, self.floor, self.epoch = 0, 0, "e1"
        self.scope = [f"t{TOWNS[0]}", "u3", "city"]
        self.fault = ""
        self.stored: dict[str, tuple[dict[int, Case], int, str]] = {}

    def put(self, case: Case) -> None:
        old = self.cases.get(case.id)
        case = replace(case, ver=old.ver + 1 if old else 1)
        self.cases[case.id] = case
        before = case_buckets(old) if old else frozenset()
        for bucket in sorted(before - case_buckets(case)):
            self.seq += 1
            self.feed[bucket, case.id] = (self.seq, False)
        for bucket in sorted(case_buckets(case)):
            self.seq += 1
            self.feed[bucket, case.id] = (self.seq, True)

    def compact(self) -> None:
        gone = [k for k, (_, here) in self.feed.items() if not here]
        for key in gone:
            del self.feed[key]
        if gone:
            self.floor = self.seq

    def restore(self) -> None:
        """Began a new life: numbers jump past any handed out."""
        self.epoch += "x"
        self.seq += 1_000
        self.stored.clear()

    def scope_id(self) -> str:
        return "+".join(sorted(self.scope))

    def seen(self, bucket: str) -> dict[int, Case]:
        return {i: self.cases[i] for (b, i), (_, here) in self.feed.items() if b == bucket and here}

    def mine(self) -> dict[int, Case]:
        return {i: c for b in self.scope for i, c in self.seen(b).items()}

    def digest(self, bucket: str) -> Digest:
        found = Digest()
        for i, c in self.seen(bucket).items():
            found = found.plus(CASE, i, c.ver)
        return found

    def json(self, method: str, path: str, query: Any = None, body: object = None, wait: float = 0.0) -> dict[str, Any]:
        fault, self.fault = self.fault, ""
        if fault == "lost request":
            raise Offline("lost")
        answer = self._answer(path, query or {})
        if fault == "lost reply":
            raise Offline("lost")
        if fault == "nonsense":
            return {"items": [{"seq": "x"}], "cursor": None}
        if fault == "busy":
            raise Refused(Problem(ProblemType.UNAVAILABLE))
        return answer

    def _answer(self, path: str, query: dict[str, Any]) -> dict[str, Any]:
        if path == "/meta":
            return {"epoch": self.epoch}
        if path == "/scope":
            return {"buckets": list(self.scope), "scope_id": self.scope_id()}
        if query["epoch"] != self.epoch:
            raise Refused(Problem(ProblemType.EPOCH_CHANGED))
        if query["scope_id"] != self.scope_id():
            raise Refused(Problem(ProblemType.SCOPE_CHANGED))
        if query["cursor"] < self.floor:
            raise Refused(Problem(ProblemType.CURSOR_EXPIRED))
        lines = sorted(
            (seq, b, i, here) for (b, i), (seq, here) in self.feed.items() if b in self.scope and seq > query["cursor"]
        )
        page, more = lines[:3], len(lines) > 3
        items = []
        mine = self.mine()
        for seq, _, i, _here in page:
            if i in mine:
                items.append(
                    {"seq": seq, "t": CASE, "id": i, "op": "put", "ver": mine[i].ver, "row": list(case_values(mine[i]))}
                )
            else:
                items.append({"seq": seq, "t": CASE, "id": i, "op": "del", "ver": 0, "row": None})
        answer: dict[str, Any] = {"epoch": self.epoch, "scope_id": self.scope_id(), "items": items, "more": more,
                                  "cursor": page[-1][0] if more else max(self.seq, query["cursor"]), "server_time": 1.0}  # fmt: skip
        if not more:
            answer["digest"] = {b: self.digest(b).to_json() for b in self.scope}
        return answer

    def snapshot(self, bucket: str, folder: Path) -> tuple[Path, int, str]:
        fault, self.fault = self.fault, ""
        if fault in ("lost request", "lost reply", "busy"):
            raise Offline("lost")
        if fault == "nonsense":
            raise ProtocolError("another checksum")
        if bucket not in self.stored or self.stored[bucket][1] < self.floor or fault != "":
            self.stored[bucket] = (self.seen(bucket), self.seq, self.epoch)
        rows, seq, epoch = self.stored[bucket]
        path = folder / f"{bucket}.db"
        connection = sqlite3.connect(path)
        metadata = MetaData()
        for table in (case_table(metadata), tally_table(metadata)):
            connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
        marks = ",".join("?" * len(CASE_NAMES))
        connection.executemany(f"INSERT INTO cases VALUES ({marks})", [case_values(c) for c in rows.values()])
        connection.commit()
        connection.close()
        return path, seq, epoch


def make(number: int, town: int = 0, lead: int = 0) -> Case:
    return Case(
        number,
        1,
        f"n{number}",
        State.REPORTED,
        Source.MEDIA,
        1,
        f"案{number}",
        "",
        "地",
        TOWNS[town] * 10**7,
        TOWNS[town],
        lead=lead,
    )


STEP = st.one_of(
    st.tuples(st.just("put"), st.integers(1, 9), st.integers(0, 2), st.sampled_from([0, 3, 4])),
    st.tuples(st.just("fault"), st.sampled_from(["lost request", "lost reply", "nonsense", "busy"])),
    st.tuples(st.just("step")),
    st.tuples(st.just("step")),
    st.tuples(st.just("scope"), st.sets(st.sampled_from(["u3", "u4", *(f"t{t}" for t in TOWNS)]), min_size=1)),
    st.tuples(st.just("compact")),
    st.tuples(st.just("restore")),
    st.tuples(st.just("restart")),
    st.tuples(st.just("lie"), st.integers(1, 9)),
)


class Desk:
    """A replica and an engine that can be restarted."""

    def __init__(self, home: Path, server: FakeServer, engine: type[Engine] = Engine) -> None:
        self.home, self.server, self.make = home, server, engine
        self.start()

    def start(self) -> None:
        self.replica = Replica(self.home, lambda _: None)
        self.engine = self.make(self.replica, self.server, self.home)

    def restart(self) -> None:
        self.replica.close()
        self.start()

    def rows(self) -> dict[int, int]:
        return self.replica.write(
            lambda c: (dict(map(tuple, c.exec_driver_sql("SELECT id, ver FROM cases"))), Delta())
        ).result()

    def level(self) -> None:
        for _ in range(200):
            try:
                if self.engine.step().level:
                    return
            except ApiError:
                continue
        raise AssertionError("never level")


def play(desk: Desk, schedule: list[tuple[Any, ...]]) -> None:
    server = desk.server
    for move in schedule:
        if move[0] == "put":
            server.put(make(*move[1:]))
        elif move[0] == "fault":
            server.fault = move[1]
        elif move[0] == "scope":
            server.scope = [*sorted(move[1]), "city"]
        elif move[0] == "compact":
            server.compact()
        elif move[0] == "restore":
            server.restore()
        elif move[0] == "restart":
            desk.restart()
        elif move[0] == "lie":
            desk.replica.write(
                lambda c, n=move[1]: (c.exec_driver_sql("DELETE FROM cases WHERE id = ?", (n,)), Delta())
            ).result()
        else:
            try:
                desk.engine.step()
            except ApiError:
                continue
    server.fault = ""


def check(desk: Desk) -> None:
    desk.level()
    assert desk.rows() == {i: c.ver for i, c in desk.server.mine().items()}


@settings(max_examples=120)
@given(st.lists(STEP, max_size=40))
def test_after_any_schedule_the_replica_is_the_servers_scope(tmp_path_factory, schedule) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"), FakeServer())
    try:
        play(desk, [m for m in schedule if m[0] != "lie"])
        check(desk)
    finally:
        desk.replica.close()


def test_rows_that_vanished_are_found_by_the_next_change_of_their_bucket(tmp_path: Path) -> None:
    """The digest is kept beside the rows: a row lost from the file shows when the digest is counted anew."""
    server = FakeServer()
    for number in range(1, 6):
        server.put(make(number))
    desk = Desk(tmp_path, server)
    try:
        desk.level()
        desk.replica.write(lambda c: (c.exec_driver_sql("DELETE FROM cases WHERE id = 2"), Delta())).result()
        desk.replica.write(lambda c: (apply.recount(c), Delta())).result()
        server.put(make(1))
        check(desk)
    finally:
        desk.replica.close()


class CursorFirst(Engine):
    """A seeded mistake: the cursor is stored before the rows."""

    def _pull(self, wait: float):  # type: ignore[no-untyped-def]
        cursor = int(self._fact("cursor") or 0)
        query = {"cursor": cursor, "limit": 3, "epoch": self._fact("epoch"), "scope_id": self._fact("scope_id")}
        page = read_page(FakeServer._answer(self._server, "/changes", query))  # type: ignore[arg-type]
        self._replica.write(lambda c: (apply.remember(c, cursor=page.cursor), Delta())).result()
        if page.puts and self._server.fault:  # type: ignore[attr-defined]
            self._server.fault = ""  # type: ignore[attr-defined]
            raise Offline("the power went")
        return super()._pull(wait)


class NeverDeletes(Engine):
    """A seeded mistake: what left the buckets stays, and digests are not compared."""

    def _pull(self, wait: float):  # type: ignore[no-untyped-def]
        kept, apply_page = apply.apply_page, apply.apply_page

        def without(connection, puts, gone, cursor, server_time):  # type: ignore[no-untyped-def]
            digests, delta = kept(connection, puts, [], cursor, server_time)
            digests.unlike = lambda told: ()  # type: ignore[method-assign]
            return digests, delta

        apply.apply_page = without
        try:
            return super()._pull(wait)
        finally:
            apply.apply_page = apply_page


def test_a_cursor_ahead_of_its_rows_is_caught(tmp_path: Path) -> None:
    server = FakeServer()
    server.put(make(1))
    desk = Desk(tmp_path, server, CursorFirst)
    try:
        desk.level()
        server.put(make(2))
        server.fault = "lost reply"
        with pytest.raises(Offline):
            desk.engine.step()
        rows = desk.rows()
        assert 2 not in rows, "the hole is there"
        assert rows != {i: c.ver for i, c in server.mine().items()}
    finally:
        desk.replica.close()


def test_a_row_that_should_have_left_is_caught(tmp_path: Path) -> None:
    server = FakeServer()
    server.put(make(1))
    desk = Desk(tmp_path, server, NeverDeletes)
    try:
        desk.level()
        server.put(make(1, town=1))
        with pytest.raises(AssertionError):
            check(desk)
    finally:
        desk.replica.close()


def test_a_wrong_digest_rebuilds_the_bucket_and_is_reported(tmp_path: Path) -> None:
    server = FakeServer()
    for number in range(1, 8):
        server.put(make(number))
    desk = Desk(tmp_path, server)
    try:
        desk.level()
        desk.replica.write(
            lambda c: (c.exec_driver_sql(f"UPDATE buckets SET sum = '1' WHERE name = 't{TOWNS[0]}'"), Delta())
        ).result()
        server.put(make(3))
        outcome = desk.engine.step()
        assert outcome.repaired == (f"t{TOWNS[0]}",)
        check(desk)
    finally:
        desk.replica.close()


def test_a_page_that_would_empty_the_desk_is_not_believed(tmp_path: Path) -> None:
    server = FakeServer()
    for number in range(1, 61):
        server.put(make(number))
    desk = Desk(tmp_path, server)
    try:
        desk.level()
        answer = server._answer

        def lying(path: str, query: dict[str, Any]) -> dict[str, Any]:
            document = answer(path, query)
            if path == "/changes":
                document["items"] = [
                    {"seq": server.seq + n, "t": CASE, "id": n, "op": "del", "ver": 0, "row": None}
                    for n in range(1, 51)
                ]
                document["cursor"] = server.seq + 60
                document.pop("digest", None)
                server._answer = answer  # type: ignore[method-assign]
            return document

        server._answer = lying  # type: ignore[method-assign]
        desk.engine.step()
        check(desk)
        assert len(desk.rows()) == 60
    finally:
        desk.replica.close()


@pytest.mark.parametrize("extra", ["CREATE TRIGGER x AFTER INSERT ON cases BEGIN SELECT 1; END", "CREATE VIEW v AS SELECT 1",
                                   "CREATE TABLE evil(x)", "ALTER TABLE cases ADD COLUMN more TEXT"])  # fmt: skip
def test_a_snapshot_with_more_than_rows_is_refused(tmp_path: Path, extra: str) -> None:
    server = FakeServer()
    server.put(make(1))
    plain = server.snapshot

    def poisoned(bucket: str, folder: Path) -> tuple[Path, int, str]:
        path, seq, epoch = plain(bucket, folder)
        connection = sqlite3.connect(path)
        connection.execute(extra)
        connection.commit()
        connection.close()
        return path, seq, epoch

    server.snapshot = poisoned  # type: ignore[method-assign]
    desk = Desk(tmp_path, server)
    try:
        with pytest.raises(ProtocolError):
            for _ in range(4):
                desk.engine.step()
        assert desk.rows() == {}
    finally:
        desk.replica.close()


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=6), lambda x: st.lists(x, max_size=3) | st.dictionaries(
    st.sampled_from(["items", "cursor", "more", "epoch", "scope_id", "server_time", "seq", "t", "id", "op", "row", "digest"]), x, max_size=8))  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(["items", "cursor", "more", "epoch", "scope_id", "server_time", "digest"]), JSON)
)
def test_any_answer_is_a_page_or_a_protocol_error(document) -> None:
    try:
        read_page(document)
    except ProtocolError:
        return
    assert isinstance(document["cursor"], int)
