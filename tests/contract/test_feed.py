"""The feed: order under concurrent writers, leaving buckets, digests, cursors, waiting."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from servers import GRID, Mirror, Server
from sites import CHANGDIAN, CITY, LISHAN, SHAHE

from commandscreen.domain.person import Role
from commandscreen.protocol.digest import Digest
from commandscreen.protocol.rows import CASE, CASE_NAMES, case_from_values, case_values
from commandscreen.server import feed
from commandscreen.server.database import Database, Link, renew
from commandscreen.server.feed import Change
from commandscreen.server.scope import Scope
from commandscreen.server.tables import bucket_key

WRITERS, EACH = 8, 40


def _missed(database: Database, right: bool) -> tuple[set[int], list[int]]:
    """Rows a poller never saw while 8 writers commit, and the seqs it saw. `right` False draws the number first."""
    key, scope, done = SHAHE, Scope.of({f"t{SHAHE}"}), threading.Event()
    failed: list[BaseException] = []

    def naive(link: Link, row: int, pause: float) -> None:
        seq = feed.draw(link, 1)[0]
        time.sleep(pause)
        link.do("INSERT INTO bucket_changes(bucket, entity, id, seq, present) VALUES (?, 1, ?, ?, 0)", (key, row, seq))

    def late(link: Link, row: int, pause: float) -> None:
        time.sleep(pause)
        feed.lock(link)
        feed.publish(link, [Change(CASE, row, 0, frozenset(), 1, frozenset({key}))])

    def write(number: int) -> None:
        rng = random.Random(number)
        try:
            for row in range(number * EACH + 1, (number + 1) * EACH + 1):
                with database.write() as link:
                    (late if right else naive)(link, row, rng.random() * 0.004)
        except BaseException as error:
            failed.append(error)

    seen: set[int] = set()
    order: list[int] = []

    def poll() -> None:
        cursor, last = 0, False
        try:
            while True:
                ended = done.is_set()
                with database.read() as link:
                    page = feed.page(link, scope, cursor, 50)
                seen.update(item["id"] for item in page["items"])
                order.extend(item["seq"] for item in page["items"])
                cursor = page["cursor"]
                if last and not page["more"]:
                    return
                last = ended
        except BaseException as error:
            failed.append(error)

    poller = threading.Thread(target=poll)
    writers = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    poller.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    poller.join()
    assert not failed
    return set(range(1, WRITERS * EACH + 1)) - seen, order


def test_no_row_is_missed_under_eight_writers(database: Database) -> None:
    missed, order = _missed(database, right=True)
    assert not missed
    assert order == sorted(order)
    assert len(order) == len(set(order))


def test_a_number_drawn_first_loses_rows(postgres_database: str) -> None:
    """The proof that the test above can fail: a plain sequence, as most would write it."""
    database = Database(postgres_database, 12)
    try:
        database.migrate()
        missed, _ = _missed(database, right=False)
    finally:
        database.close()
    assert missed


def test_eight_clients_and_a_mirror_end_alike(server: Server, people: Any) -> None:
    watcher = Mirror(people(Role.CENTRE_HEAD, CITY))
    desks = [server.desk_of(Role.INTAKE) for _ in range(8)]
    answers: list[dict[str, Any]] = []

    def work(desk: Any) -> None:
        for _ in range(5):
            made = desk.report()
            answers.append(made)
            answers.append(desk.command("file", made["case_id"], 1, condition="属实"))

    threads = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        watcher.pull(limit=7)
    watcher.pull()
    for desk in desks:
        desk.close()
    assert [a["status"] for a in answers] == ["applied"] * 80
    assert len({a["seq"] for a in answers}) == 80
    numbers = {row[2] for (kind, _), row in watcher.rows.items() if kind == "case"}
    assert numbers == {f"立沙0311-{n:04d}" for n in range(1, 41)}
    assert all(row[1] == 2 for (kind, _), row in watcher.rows.items() if kind == "case")
    assert watcher.rows["tally", SHAHE][2:] == [40, 0, 0, 0, 0]
    assert watcher.rows["tally", CITY][2:] == [40, 0, 0, 0, 0]
    _digests_fit(watcher)


def _digests_fit(mirror: Mirror) -> None:
    found: dict[str, Digest] = {bucket: Digest() for bucket in mirror.last["digest"]}
    for (kind, row_id), row in mirror.rows.items():
        bucket = "city" if kind == "tally" else f"t{row[11]}"
        found[bucket] = found[bucket].plus(kind, row_id, row[1])
    assert {b: d.to_json() for b, d in found.items()} == mirror.last["digest"]


def _move_lead(server: Server, case_id: int, unit: int) -> None:
    """What a later command will do: hand the case to another unit."""
    with server.desk.database.write() as link:
        row = link.one(f"SELECT {', '.join(CASE_NAMES)} FROM cases WHERE id = ?", (case_id,))
        assert row is not None
        before = case_from_values(row)
        after = replace(before, lead=unit, ver=before.ver + 1)
        values = case_values(after)
        link.do("UPDATE cases SET lead = ?, ver = ? WHERE id = ?", (unit, after.ver, case_id))
        assert values[14] == unit
        feed.lock(link)
        old = frozenset({before.township, -before.lead})
        published = feed.publish(link, [Change(CASE, case_id, before.ver, old, after.ver, frozenset({SHAHE, -unit}))])
    server.desk.news.tell(published)


def test_leaving_a_bucket(server: Server, people: Any) -> None:
    operator, first, second = people(Role.SHIFT_LEADER), people(Role.HANDLER, SHAHE, 1), people(Role.HANDLER, SHAHE, 2)
    made = people(Role.INTAKE).report()["case_id"]
    people(Role.INTAKE).command("file", made, 1, condition="属实")
    assert operator.command("dispatch", made, 2, lead=1)["status"] == "applied"
    mirrors = [Mirror(who) for who in (operator, first, second)]
    for mirror in mirrors:
        mirror.pull()
    assert [("case", made) in m.rows for m in mirrors] == [True, True, False]
    _move_lead(server, made, 2)
    left = first.page(mirrors[1].cursor)
    assert [(i["op"], i["id"], i["row"]) for i in left["items"] if i["t"] == "case"] == [("del", made, None)]
    for mirror in mirrors:
        mirror.pull()
    assert [("case", made) in m.rows for m in mirrors] == [True, False, True]
    assert mirrors[1].last["digest"]["u1"] == [0, "0" * 16]
    with server.desk.database.read() as link:  # someone who sees it through the township as well keeps it
        page = feed.page(link, Scope.of({f"t{SHAHE}", "u1"}), mirrors[1].cursor - 3, 500)
        assert {i["op"] for i in page["items"] if i["t"] == "case"} == {"put"}


def test_pages_never_split_or_skip(server: Server, people: Any) -> None:
    desk = people(Role.INTAKE)
    for _ in range(12):
        desk.report()
    whole = Mirror(desk)
    whole.pull()
    for limit in (1, 2, 5):
        small = Mirror(desk)
        small.pull(limit)
        assert small.rows == whole.rows
        assert small.order == whole.order
    _digests_fit(whole)


def test_wide_scope_reads_the_same_as_narrow_ones(server: Server, people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    people(Role.INTAKE).report()
    people(Role.INTAKE, CHANGDIAN).report(grid=2103020030010101)
    city = people(Role.CENTRE_HEAD, CITY)
    narrow = city.page()
    monkeypatch.setattr(feed, "_NARROW", 0)
    wide = city.page()
    assert narrow["items"] == wide["items"]
    assert len([i for i in wide["items"] if i["t"] == "case"]) == 2


def test_an_empty_page_moves_the_cursor(server: Server, people: Any) -> None:
    other = people(Role.SHIFT_LEADER, CHANGDIAN)
    before = Mirror(other)
    before.pull()
    made = people(Role.INTAKE).report()
    page = other.page(before.cursor)
    assert page["items"] == []
    assert page["cursor"] == made["seq"] > before.cursor


def test_waiting_ends_with_news_of_the_scope(server: Server, people: Any) -> None:
    desk = people(Role.SHIFT_LEADER)
    mirror = Mirror(desk)
    mirror.pull()
    found: list[dict[str, Any]] = []
    thread = threading.Thread(target=lambda: found.append(desk.page(mirror.cursor, wait=20)))
    began = time.monotonic()
    thread.start()
    while not len(server.desk.news):
        time.sleep(0.01)
    made = people(Role.INTAKE).report()
    thread.join(15)
    assert time.monotonic() - began < 15
    assert [i["id"] for i in found[0]["items"] if i["t"] == "case"] == [made["case_id"]]


def test_waiting_hears_of_other_processes(server: Server, people: Any) -> None:
    desk = people(Role.SHIFT_LEADER)
    made = people(Role.INTAKE).report()["case_id"]
    mirror = Mirror(desk)
    mirror.pull()
    found: list[dict[str, Any]] = []
    thread = threading.Thread(target=lambda: found.append(desk.page(mirror.cursor, wait=20)))
    thread.start()
    while not len(server.desk.news):
        time.sleep(0.01)
    with server.desk.database.write() as link:  # no `tell`: as another server on the same database would
        feed.lock(link)
        feed.publish(link, [Change(CASE, made, 1, frozenset({SHAHE}), 1, frozenset({SHAHE}))])
    thread.join(15)
    assert [i["id"] for i in found[0]["items"]] == [made]


def test_stream_says_there_is_news(server: Server, people: Any) -> None:
    desk = people(Role.SHIFT_LEADER)
    made = people(Role.INTAKE).report()
    with desk.http.get(server.url + "/v1/stream", stream=True, timeout=10) as answer:
        lines = answer.iter_lines()
        assert next(lines) == b"event: news"
        assert next(lines) == b'data: {"seq":%d}' % made["seq"]


def test_epoch_scope_and_cursor_are_checked(server: Server, people: Any) -> None:
    desk = people(Role.SHIFT_LEADER)
    page = desk.page()
    right = desk.page(page["cursor"], epoch=page["epoch"], scope_id=page["scope_id"])
    assert right["items"] == []

    def problem(**values: Any) -> tuple[int, str]:
        answer = desk.get("/v1/changes", **values)
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.status_code, answer.json()["type"].rpartition(":")[2]

    assert problem(epoch="other") == (409, "epoch-changed")
    assert problem(scope_id="other") == (409, "scope-changed")
    assert problem(cursor=page["cursor"] + 1) == (410, "cursor-expired")
    renew(server.desk.database)
    assert problem(epoch=page["epoch"], cursor=page["cursor"]) == (409, "epoch-changed")
    people(Role.INTAKE).report()
    assert desk.page()["cursor"] > page["cursor"] + 1_000_000


def test_compaction_raises_the_floor(server: Server, people: Any) -> None:
    made = people(Role.INTAKE).report()["case_id"]
    people(Role.INTAKE).command("file", made, 1, condition="属实")
    people(Role.SHIFT_LEADER).command("dispatch", made, 2, lead=1)
    handler = people(Role.HANDLER, SHAHE, 1)
    old = handler.page()["cursor"]
    _move_lead(server, made, 2)
    now = server.desk.now()
    with server.desk.database.write() as link:
        assert feed.compact(link, now, 3600) == 0
    with server.desk.database.write() as link:
        assert feed.compact(link, now + 3601, 3600) == 1
        assert feed.floor(link) > old
    answer = handler.get("/v1/changes", cursor=old)
    assert answer.status_code == 410
    assert answer.json()["floor"] > old
    fresh = Mirror(handler)
    fresh.pull()
    assert ("case", made) not in fresh.rows


def test_bucket_names_go_there_and_back() -> None:
    assert [bucket_key(b) for b in ("city", f"t{SHAHE}", "u7")] == [0, SHAHE, -7]
    for wrong in ("", "t", "x1", "t1", f"t{LISHAN}", "u-1", "u0", "t٢١٠٣٠٤٠١٥", "u" + "9" * 40, "../../etc"):
        with pytest.raises(ValueError, match="not a bucket"):
            bucket_key(wrong)
    assert GRID // 10**7 == SHAHE
