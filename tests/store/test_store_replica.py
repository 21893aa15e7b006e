"""The replica: one writer, whole transactions, broken files rebuilt, nothing outside the scope."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from commandscreen.domain.case import FINAL, Case, Lamp, Source, State, lamp
from commandscreen.protocol.rows import CASE, TALLY, Tally, case_values, tally_values
from commandscreen.store import apply, figures, queries, search
from commandscreen.store.connection import WrongThreadError, allow_thread, forbid_thread
from commandscreen.store.delta import Delta
from commandscreen.store.filter import Filter, Sort
from commandscreen.store.replica import Replica, ReplicaError
from commandscreen.store.similar import similar

NOW = 1_790_000_000
HERE, THERE = 210304015, 210304016


def case(number: int, **more: object) -> Case:
    made = Case(number, 1, f"立沙0311-{number:04d}", State.HANDLING, Source.HOTLINE, 1, f"新工社区{number}号楼管道渗漏", "", f"{number}号楼",
                HERE * 10**7 + 170_101, HERE, lead=3, reported_at=NOW - 900, due_at=NOW + 600, due_from=NOW - 900, amber_at=NOW + 300,
                changed_at=NOW - 5)  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def heard() -> list[Delta]:
    return []


@pytest.fixture
def replica(tmp_path: Path, heard: list[Delta]):
    made = Replica(tmp_path / "desk", heard.append)
    made.write(lambda c: (None, apply.empty(c, [f"t{HERE}", "u3", "city"]))).result()
    yield made
    made.close()


def page(replica: Replica, *cases: Case, gone: tuple[int, ...] = (), cursor: int = 1) -> None:
    rows = [(CASE, case_values(c)) for c in cases]
    replica.write(lambda c: (None, apply.apply_page(c, rows, [(CASE, g) for g in gone], cursor, 0.0)[1])).result()


def ask(replica: Replica, question):
    return replica.write(lambda c: (question(c), Delta())).result()


def digests(connection: Connection) -> dict[str, tuple[int, int]]:
    return {n: (c, int(s, 16)) for n, c, s in connection.exec_driver_sql("SELECT name, count, sum FROM buckets")}


def test_a_page_tells_what_it_touched_after_the_commit(replica: Replica, heard: list[Delta]) -> None:
    heard.clear()
    page(replica, case(1), case(2))
    assert heard == [Delta(frozenset({1, 2}), frozenset({case(1).grid}), frozenset({3}))]


def test_an_older_row_never_replaces_a_newer_one(replica: Replica) -> None:
    page(replica, case(1, ver=5, title="新"))
    page(replica, case(1, ver=4, title="旧"), cursor=2)
    found = ask(replica, lambda c: queries.case(c, 1))
    assert (found.ver, found.title) == (5, "新")


def test_the_cursor_moves_with_the_rows_or_not_at_all(replica: Replica) -> None:
    page(replica, case(1), cursor=7)

    def broken(connection: Connection):
        apply.apply_page(connection, [(CASE, case_values(case(2)))], [], 9, 0.0)
        raise KeyError("the power went")

    with pytest.raises(KeyError):
        replica.write(broken).result()
    assert ask(replica, lambda c: apply.fact(c, "cursor")) == "7"
    assert ask(replica, lambda c: queries.case(c, 2)) is None


@given(
    st.lists(
        st.tuples(
            st.integers(1, 12),
            st.integers(1, 6),
            st.sampled_from([HERE, THERE]),
            st.sampled_from([0, 3, 4]),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_digests_kept_step_by_step_equal_those_counted_anew(tmp_path_factory, steps) -> None:
    replica = Replica(tmp_path_factory.mktemp("desk"), lambda _: None)
    try:
        replica.write(lambda c: (None, apply.empty(c, [f"t{HERE}", "u3", "city"]))).result()
        for number, (case_id, ver, township, lead, goes) in enumerate(steps):
            if goes:
                page(replica, gone=(case_id,), cursor=number)
            else:
                page(replica, case(case_id, ver=ver, township=township, lead=lead), cursor=number)
        before = ask(replica, digests)
        replica.write(lambda c: (apply.recount(c), Delta())).result()
        assert ask(replica, digests) == before
    finally:
        replica.close()


def test_leaving_the_scope_leaves_nothing_behind(replica: Replica) -> None:
    page(replica, case(1), case(2, township=THERE, lead=3), case(3, township=THERE, lead=3, assists=(9,)))
    replica.write(lambda c: (None, apply.purge(c, [f"t{HERE}", "city"]))).result()
    assert ask(replica, lambda c: [i for (i,) in c.exec_driver_sql("SELECT id FROM cases")]) == [1]
    assert ask(replica, lambda c: sorted(digests(c))) == ["city", f"t{HERE}"]


LAMPS = st.builds(
    lambda state, due, amber: (state, due, min(amber, due)),
    st.sampled_from([s for s in State if s not in FINAL]), st.integers(NOW - 500, NOW + 500), st.integers(NOW - 900, NOW + 500),
)  # fmt: skip


@given(st.lists(LAMPS, min_size=1, max_size=30))
def test_lamps_in_sql_are_the_domains(tmp_path_factory, states) -> None:
    replica = Replica(tmp_path_factory.mktemp("desk"), lambda _: None)
    try:
        replica.write(lambda c: (None, apply.empty(c, [f"t{HERE}"]))).result()
        cases = [case(n, state=s, due_at=d, amber_at=a) for n, (s, d, a) in enumerate(states, 1)]
        page(replica, *cases)
        counts = ask(replica, lambda c: queries.counts(c, Filter(area=HERE), NOW))
        shown = [lamp(c.state, c.amber_at, c.due_at, NOW) for c in cases]
        for kind in (Lamp.OVERDUE, Lamp.DUE, Lamp.OK, Lamp.PAUSED):
            ids = ask(
                replica,
                lambda c, k=kind: queries.case_ids(c, Filter(area=HERE, lamps=frozenset({k})), Sort.REMAINING, NOW),
            )
            assert counts.lamps[kind] == shown.count(kind) == len(ids)
        assert counts.total == len(cases)
    finally:
        replica.close()


SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
TEXT = st.text('管道渗漏路灯不亮井盖新工社区32A a-"()*^.\x00É𠮷', min_size=1, max_size=12)


@given(st.lists(TEXT, min_size=1, max_size=25), st.lists(TEXT, min_size=1, max_size=10))
def test_the_index_finds_exactly_what_reading_every_row_finds(tmp_path_factory, titles, words) -> None:
    replica = Replica(tmp_path_factory.mktemp("desk"), lambda _: None)
    kept, search.FULL_TEXT_FROM = search.FULL_TEXT_FROM, 0
    try:
        replica.write(lambda c: (None, apply.empty(c, [f"t{HERE}"]))).result()
        page(replica, *[case(n, title=t, place="") for n, t in enumerate(titles[:12], 1)])
        half = max(1, len(titles[:12]) // 2)
        assert not replica.write(lambda c: (search.build_some(c, half), Delta())).result() or len(titles[:12]) < half
        page(replica, case(500, title="夹在中间来的", place=""), cursor=3)
        while not replica.write(lambda c: (search.build_some(c, 5), Delta())).result():
            continue
        page(replica, *[case(n + 100, title=t, place="") for n, t in enumerate(titles[12:], 1)], cursor=2)
        by_id = {
            500: "夹在中间来的",
            **dict(enumerate(titles[:12], 1)),
            **{n + 100: t for n, t in enumerate(titles[12:], 1)},
        }
        assert (
            len(ask(replica, lambda c: queries.case_ids(c, Filter(area=HERE, text="0311-05"), Sort.NEWEST, NOW))) == 1
        )
        for word in [w[:8] for w in words] + [t[1:4] for t in titles if len(t) > 3]:
            found = ask(replica, lambda c, w=word: queries.case_ids(c, Filter(area=HERE, text=w), Sort.NEWEST, NOW))
            seen = search.plain(word)
            assert sorted(map(int, found)) == sorted(
                i for i, t in by_id.items() if seen in t.translate(SMALL) or seen in f"立沙0311-{i:04d}"
            )
    finally:
        search.FULL_TEXT_FROM = kept
        replica.close()


@given(st.lists(st.tuples(TEXT, st.text(max_size=4), TEXT), min_size=1, max_size=12))
def test_words_are_each_texts_pairs_and_characters(texts) -> None:
    made = dict(search.words([(n, *three) for n, three in enumerate(texts)]))
    for number, three in enumerate(texts):
        grams = set()
        for text in map(search.plain, three):
            grams |= {text[i : i + 2] for i in range(len(text) - 1)} | set(text)
        private = {"".join(chr(0xE000 + ord(c)) if c < "\x80" and not c.isalnum() else c for c in g) for g in grams}
        assert set(made.get(number, "").split(" ")) - {""} == private


def test_a_second_screen_is_turned_away(replica: Replica, tmp_path: Path) -> None:
    with pytest.raises(ReplicaError) as refused:
        Replica(tmp_path / "desk", lambda _: None)
    assert refused.value.code == "replica-busy"


@pytest.mark.parametrize("harm", ["header", "empty", "text", "schema"])
def test_a_broken_file_is_put_aside_and_begun_anew(tmp_path: Path, harm: str) -> None:
    made = Replica(tmp_path, lambda _: None)
    made.write(lambda c: (None, apply.empty(c, [f"t{HERE}"]))).result()
    page(made, case(1))
    made.close()
    path = tmp_path / "replica.db"
    data = bytearray(path.read_bytes())
    if harm == "header":
        data[:40] = b"x" * 40
    elif harm == "text":
        data = bytearray("不是数据库".encode() * 500)
    elif harm == "schema":
        data[60:64] = (99).to_bytes(4, "big")
    else:
        data = bytearray()
    path.write_bytes(bytes(data))
    again = Replica(tmp_path, lambda _: None)
    try:
        assert again.rebuilt or harm == "empty"
        assert again.write(lambda c: (apply.fact(c, "epoch"), Delta())).result() == ""
    finally:
        again.close()


def test_flipped_bits_after_an_unclean_end_are_found_or_harmless(tmp_path: Path) -> None:
    made = Replica(tmp_path, lambda _: None)
    made.write(lambda c: (None, apply.empty(c, [f"t{HERE}", "u3"]))).result()
    page(made, *[case(n) for n in range(1, 300)])
    made.close()
    path = tmp_path / "replica.db"
    whole = path.read_bytes()
    rng = np.random.default_rng(4)
    for _ in range(40):
        data = bytearray(whole)
        data[int(rng.integers(100, len(data)))] ^= 1 << int(rng.integers(8))
        path.write_bytes(bytes(data))
        (tmp_path / "replica.open").write_text("1")
        for extra in tmp_path.glob("replica.db*-*"):
            extra.unlink()
        again = Replica(tmp_path, lambda _: None)
        try:
            ids = again.write(lambda c: ([i for (i,) in c.exec_driver_sql("SELECT id FROM cases")], Delta())).result()
            assert again.rebuilt or len(ids) == 299
        finally:
            again.close()


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_store_replica import HERE, apply, case, case_values, CASE
from commandscreen.store.replica import Replica
replica = Replica(Path(sys.argv[1]), lambda _: None)
replica.write(lambda c: (None, apply.empty(c, [f"t{HERE}", "u3"]))).result()
n = 0
while True:
    n += 1
    rows = [(CASE, case_values(case(n * 10 + i))) for i in range(10)]
    replica.write(lambda c: (None, apply.apply_page(c, rows, [], n, 0.0)[1])).result()
    print(n, flush=True)
"""


def test_kill_nine_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    for attempt in range(6):
        home = tmp_path / str(attempt)
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(home), str(Path(__file__).parent)], stdout=subprocess.PIPE,
                                 env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline()
        time.sleep(0.05 + attempt * 0.03)
        child.send_signal(signal.SIGKILL)
        said = [int(line) for line in child.stdout.read().split()]
        child.wait()
        child.stdout.close()
        last = said[-1] if said else 1
        again = Replica(home, lambda _: None)
        try:
            assert not again.rebuilt
            cursor = int(again.write(lambda c: (apply.fact(c, "cursor"), Delta())).result())
            count = again.write(
                lambda c: (c.exec_driver_sql("SELECT count(*) FROM cases").scalar_one(), Delta())
            ).result()
            assert cursor >= last
            assert count == cursor * 10, "rows and cursor are of one moment"
        finally:
            again.close()


FULL = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_store_replica import HERE, apply, case, case_values, CASE
from commandscreen.store.delta import Delta
from commandscreen.store.replica import Replica, ReplicaError
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
replica = Replica(Path(sys.argv[1]), lambda _: None)
replica.write(lambda c: (None, apply.empty(c, [f"t{HERE}", "u3"]))).result()
resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, resource.RLIM_INFINITY))
done = 0
try:
    for n in range(1, 2000):
        rows = [(CASE, case_values(case(n * 10 + i, title="长" * 80))) for i in range(10)]
        replica.write(lambda c: (None, apply.apply_page(c, rows, [], n, 0.0)[1])).result()
        done = n
except ReplicaError as error:
    print(error.code, done)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
rows = [(CASE, case_values(case(999_999)))]
replica.write(lambda c: (None, apply.apply_page(c, rows, [], done + 1, 0.0)[1])).result()
print(replica.write(lambda c: (c.exec_driver_sql("SELECT count(*) FROM cases").scalar_one(), Delta())).result())
replica.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_FSIZE stands in for a full disk on Linux")
def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path / "d"), str(Path(__file__).parent)], capture_output=True, text=True,
                          timeout=100, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, check=False)  # fmt: skip
    code, pages, count = done.stdout.split()
    assert code in ("disk-full", "disk"), done.stderr
    assert int(count) == int(pages) * 10 + 1


def test_sql_on_the_screens_thread_is_an_error(replica: Replica) -> None:
    from commandscreen.store.connection import open_engine

    engine = open_engine(replica.path, read_only=True)
    forbid_thread(threading.get_ident())
    try:
        with engine.connect() as connection, pytest.raises(WrongThreadError):
            connection.exec_driver_sql("SELECT 1")
    finally:
        allow_thread(threading.get_ident())
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")


def test_of_each_kind_only_the_newest_question_is_answered(replica: Replica) -> None:
    gate, answers, failures = threading.Event(), [], []
    entered = threading.Event()

    def slow(_: Connection) -> int:
        entered.set()
        gate.wait(5)
        return 0

    replica.readers.ask("a", slow, answers.append)
    assert entered.wait(5)
    for number in range(1, 6):
        replica.readers.ask("a", lambda _, n=number: n, answers.append)
    replica.readers.ask(
        "b", lambda c: c.exec_driver_sql("SELECT nothing FROM nowhere"), answers.append, failures.append
    )
    gate.set()
    deadline = time.monotonic() + 5
    while (len(answers) < 2 or not failures) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert answers == [0, 5]
    assert len(failures) == 1


def test_figures_events_and_likeness(replica: Replica) -> None:
    from commandscreen.domain.case import FlowEntry

    day = figures.midnight(NOW)
    flow = (FlowEntry(NOW - 30, "report", "王"), FlowEntry(NOW - 5, "file", "李"))
    page(
        replica,
        case(1, reported_at=day + 60, responded_at=day + 360, flow=flow),
        case(2, reported_at=day - 86400 + 60),
        case(3, state=State.CLOSED, reported_at=day - 5 * 86400, closed_at=NOW - 10, satisfaction=5),
        case(4, state=State.CLOSED, reported_at=day - 5 * 86400, closed_at=NOW - 10, satisfaction=2, late=True),
    )
    found = ask(replica, lambda c: figures.day_figures(c, HERE, NOW))
    assert (found.accepted, found.accepted_before, found.closed, found.closed_on_time) == (1, 1, 2, 1)
    assert (found.response, found.satisfaction, found.called_back) == (300.0, 0.5, 2)
    assert len(found.accepted_days) == 14
    events = ask(replica, lambda c: figures.events(c, HERE, 5, NOW))
    assert [e.kind for e in events] == ["file", "report"]
    alike = ask(replica, lambda c: similar(c, case(1, reported_at=day + 60)))
    assert next(s.id for s in alike) == 2
    hot = ask(replica, lambda c: figures.hot_grids(c, HERE, NOW, least=4))
    assert hot == [(case(1).grid, 4)]


def test_totals_come_and_go_with_their_bucket(replica: Replica) -> None:
    rows = [(TALLY, tally_values(Tally(2103, 2, 10, 9, 1, 5, 4)))]
    replica.write(lambda c: (None, apply.apply_page(c, rows, [], 1, 0.0)[1])).result()
    assert ask(replica, queries.tallies)[2103].accepted == 10
    replica.write(lambda c: (None, apply.purge(c, [f"t{HERE}"]))).result()
    assert ask(replica, queries.tallies) == {}
