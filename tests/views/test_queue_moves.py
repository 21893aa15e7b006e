"""How many cases moved ahead, as the chip says."""

import numpy as np
import pytest

from commandscreen.views.moves import moved_ahead


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], 0),
        ([1, 2, 3, 4], [4, 1, 2, 3], 1),
        ([1, 2, 3, 4], [9, 1, 2, 3, 4], 1),
        ([1, 2, 3, 4], [1, 3, 4], 0),
        ([1, 2, 3, 4], [2, 3, 4, 1], 1),
        ([1, 2, 3, 4], [9, 4, 1, 2, 3], 2),
        ([], [1, 2], 2),
    ],
)
def test_only_what_moved_is_counted(old: list[int], new: list[int], moved: int) -> None:
    assert moved_ahead(np.array(old, np.int64), np.array(new, np.int64)) == moved
