"""The sheet of keys: groups share columns, in their order."""

from hypothesis import given
from hypothesis import strategies as st

from commandscreen.widgets.help_sheet import stacked


@given(st.lists(st.integers(1, 20), max_size=12))
def test_columns_keep_the_order_and_are_no_taller_than_the_tallest_group(sizes: list[int]) -> None:
    groups = [(f"组{n}", [("K", "键")] * size) for n, size in enumerate(sizes)]
    columns = stacked(groups)
    assert [group for column in columns for group in column] == groups
    for column in columns:
        assert sum(len(keys) + 2 for _, keys in column) - 2 <= max(sizes)
    assert len(stacked([("长", [("K", "键")] * 20), ("短", [("K", "键")] * 4), ("短", [("K", "键")] * 4)])) == 2
