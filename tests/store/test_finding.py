"""A list asked for a text is the same list whichever way its rows are found: as if every row had been read."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from commandscreen.domain.case import FINAL, Case, Source, State
from commandscreen.protocol.rows import CASE, case_values
from commandscreen.store import apply, finding, queries, schema, search
from commandscreen.store.connection import open_engine
from commandscreen.store.filter import Filter, Sort

NOW = 1_790_000_000
HERE, THERE = 210304015, 210304016
CHINESE = st.text("管道渗漏路灯不亮井盖新工社区32Aa%_", max_size=10)
CASES = st.lists(st.tuples(CHINESE, CHINESE, st.integers(0, 9), st.integers(0, 9), st.booleans(), st.booleans()),
                 min_size=1, max_size=30)  # fmt: skip
WORDS = st.text("管道渗漏路灯不亮井盖新工社区32Aa%_", min_size=1, max_size=8)
ORDERS = {
    Sort.REMAINING: lambda c: (c.due_at, c.id),
    Sort.NEWEST: lambda c: (-c.reported_at, -c.id),
    Sort.OLDEST: lambda c: (c.reported_at, c.id),
    Sort.CHANGED: lambda c: (-c.changed_at, -c.id),
}


@contextlib.contextmanager
def replica(path: Path, cases: list[Case], indexed: bool) -> Iterator[Connection]:
    engine = open_engine(path / "replica.db")
    with engine.connect() as connection:
        schema.create(connection)
        apply.empty(connection, [f"t{HERE}", f"t{THERE}"])
        apply.apply_page(connection, [(CASE, case_values(c)) for c in cases], [], 1, 0.0)
        if indexed:
            search.build(connection)
        yield connection
    engine.dispose()


def case(number: int, title: str, place: str, due: int, reported: int, here: bool, closed: bool) -> Case:
    return Case(number, 1, f"立沙{number:04d}", State.CLOSED if closed else State.HANDLING, Source.HOTLINE, 1, title, "", place,
                (HERE if here else THERE) * 10**7 + 170_101, HERE if here else THERE, reported_at=NOW - reported, due_at=NOW + due,
                changed_at=NOW - (due + reported) % 7, closed_at=NOW if closed else 0)  # fmt: skip


def like(connection: Connection, word: str) -> set[int]:
    mark = "%" + "".join("\\" + c if c in "%_\\" else c for c in word) + "%"
    sql = "SELECT id FROM cases WHERE title LIKE ? ESCAPE '\\' OR place LIKE ? ESCAPE '\\' OR number LIKE ? ESCAPE '\\'"
    return {row[0] for row in connection.exec_driver_sql(sql, (mark,) * 3)}


@given(CASES, st.lists(WORDS, min_size=1, max_size=6), st.sampled_from([1, 3, 10**6]), st.sampled_from([1, 4, 10**6]),
       st.sampled_from([1, 5, 10**6]), st.booleans(), st.integers(0, 3), st.sampled_from(list(ORDERS)))  # fmt: skip
def test_every_way_gives_the_list_that_reading_each_row_gives(
    tmp_path_factory, drawn, words, few, walked, common, indexed, cut, sort
) -> None:
    cases = [case(n, *values) for n, values in enumerate(drawn, 1)]
    assert State.CLOSED in FINAL
    bounds = mock.patch.multiple(finding, FEW=few, WALKED=walked, COMMON=common)
    with bounds, replica(tmp_path_factory.mktemp("desk"), cases, indexed) as connection:
        words += [title[cut : cut + 4] for title, *_ in drawn[:4] if len(title) > cut]
        for word in words:
            held = like(connection, word)
            for wanted in (
                Filter(closed=None, text=word),
                Filter(area=HERE, text=word),
                Filter(closed=True, text=word),
            ):
                right = [c for c in cases if c.id in held and wanted.closed in (None, c.closed_at > 0)
                         and wanted.area in (None, c.township)]  # fmt: skip
                assert queries.counts(connection, wanted, NOW).total == len(right)
                ordered = [c.id for c in sorted(right, key=ORDERS[sort])]
                for most in (-1, 1, 2, 5):
                    found = queries.case_ids(connection, wanted, sort, NOW, most)
                    assert found.tolist() == (ordered if most < 0 else ordered[:most])


@pytest.mark.parametrize("word", ["管", "管道", "管道不漏", "道路", "1号", "龘", "立沙0003"])
def test_pairs_in_other_places_are_no_hit(tmp_path: Path, word: str) -> None:
    cases = [case(n, t, p, 0, n, True, False) for n, (t, p) in enumerate(
        [("管道", "不漏"), ("道不漏", "管道"), ("管道不漏", ""), ("道", "路"), ("楼1", "号"), ("1 号", "")], 1)]  # fmt: skip
    with replica(tmp_path, cases, indexed=True) as connection:
        found = queries.case_ids(connection, Filter(text=word), Sort.OLDEST, NOW, 50)
        assert set(found.tolist()) == like(connection, word)
