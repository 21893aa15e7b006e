"""A case that comes again is the case that came, in its row and in every index."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from commandscreen.domain.case import Case, Source, State
from commandscreen.protocol.rows import CASE, CASE_NAMES, case_values
from commandscreen.store import apply, schema
from commandscreen.store.connection import open_engine
from commandscreen.store.rewriting import INDEXED

NOW = 1_790_000_000
HERE = 210304015
TIMES = st.integers(NOW, NOW + 3)
CHANGES = st.fixed_dictionaries({}, optional={
    "lead": st.integers(0, 3), "due_at": TIMES, "changed_at": TIMES, "closed_at": st.sampled_from([0, NOW]),
    "responded_at": TIMES, "reported_at": TIMES, "title": st.text("管道漏", max_size=3), "urges": st.integers(0, 2),
    "number": st.text("立沙12", min_size=1, max_size=3), "grid": st.integers(HERE * 10**7, HERE * 10**7 + 3),
    "state": st.sampled_from([State.HANDLING, State.CHECKING]), "assists": st.sampled_from([(), (2,), (2, 3)]),
})  # fmt: skip


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), CHANGES), min_size=1, max_size=4), min_size=2, max_size=5))
def test_rows_and_indexes_hold_what_came_last(tmp_path_factory, pages) -> None:
    engine = open_engine(Path(tmp_path_factory.mktemp("desk")) / "replica.db")
    held: dict[int, Case] = {}
    with engine.connect() as connection:
        schema.create(connection)
        apply.empty(connection, [f"t{HERE}", "u2", "u3"])
        for cursor, page in enumerate(pages, 1):
            for number, changes in page:
                old = held.get(number) or Case(
                    number, 0, "立沙1", State.HANDLING, Source.HOTLINE, 1, "管", "", "", HERE * 10**7, HERE
                )
                held[number] = replace(old, ver=old.ver + 1, **changes)
            rows = [(CASE, case_values(held[number])) for number in dict.fromkeys(n for n, _ in page)]
            apply.apply_page(connection, rows, [], cursor, 0.0)
        found = connection.exec_driver_sql(f"SELECT {', '.join(CASE_NAMES)} FROM cases ORDER BY id").fetchall()
        assert [tuple(row) for row in found] == [case_values(held[number]) for number in sorted(held)]
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    engine.dispose()


def test_the_columns_of_every_index_of_the_cases_are_known(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "replica.db")
    with engine.connect() as connection:
        schema.create(connection)
        indexes = connection.exec_driver_sql("SELECT name FROM pragma_index_list('cases')").scalars().all()
        columns = {
            name
            for index in indexes
            for name in connection.exec_driver_sql("SELECT name FROM pragma_index_info(?)", (index,)).scalars()
        }
    engine.dispose()
    assert columns == set(INDEXED)
