"""A question that takes another's place asks for all that is still owed."""

from hypothesis import given
from hypothesis import strategies as st

from commandscreen.views.backlog import Backlog


def test_what_was_not_answered_is_asked_for_again() -> None:
    owed = Backlog()
    first, asked = owed.add([1, 2])
    assert asked == (1, 2)
    second, asked = owed.add([2, 3])
    assert asked == (1, 2, 3)
    owed.answered(first)
    assert owed.add([])[1] == (2, 3), "2 changed again after the first question was asked"
    owed.answered(second)
    assert not len(owed)


@given(st.lists(st.tuples(st.frozensets(st.integers(0, 8)), st.sampled_from(["answered", "replaced", "waits"]))))
def test_nothing_owed_is_ever_lost(story) -> None:
    """Of the questions asked, some are replaced before they are put; each change is in a question put after it."""
    owed = Backlog()
    last_change: dict[int, int] = {}
    covered: dict[int, int] = {}
    running: list[tuple[int, int, tuple[int, ...]]] = []
    for at, (changes, fate) in enumerate(story):
        last_change.update(dict.fromkeys(changes, at))
        serial, asked = owed.add(changes)
        if fate != "replaced":
            running.append((at, serial, asked))
        if fate == "answered" and running:
            put_at, number, ids = running.pop(0)
            covered.update({i: max(covered.get(i, -1), put_at) for i in ids})
            owed.answered(number)
    serial, asked = owed.add([])
    covered.update(dict.fromkeys(asked, len(story)))
    assert all(covered.get(i, -1) >= at for i, at in last_change.items())
