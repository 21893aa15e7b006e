"""Suggestions: the site's own history leads where it is clear, else the trade, the nearest first."""

from hypothesis import given
from hypothesis import strategies as st
from sites import SHAHE, tiny_site

from commandscreen.domain.case import Case, Source, State
from commandscreen.domain.suggest import suggest

SITE = tiny_site()
GRID = int(SITE.grids.code[SITE.grids.span(SHAHE)[0]])
SANITATION = next(c for c in SITE.classes.values() if c.trade == "sanitation")


def case(class_id: int = SANITATION.id) -> Case:
    return Case(1, 1, "n", State.PENDING_DISPATCH, Source.MEDIA, class_id, "t", "", "p", GRID, SHAHE)


def test_without_history_the_trade_of_the_place_leads() -> None:
    found = suggest(case(), SITE, {})
    assert found[0].unit.id == 2, "环卫所 of 沙河街道, not that of another county"
    assert (found[0].count, found[0].total) == (0, 0)


def test_a_clear_majority_of_three_or_more_leads() -> None:
    first = suggest(case(), SITE, {4: 23, 2: 3})[0]
    assert (first.unit.id, first.count, first.total) == (4, 23, 26)


def test_too_few_or_too_scattered_cases_do_not_lead() -> None:
    assert suggest(case(), SITE, {4: 2})[0].unit.id == 2
    assert suggest(case(), SITE, {4: 4, 1: 3, 6: 3})[0].unit.id == 2


@given(st.dictionaries(st.integers(1, 12), st.integers(1, 50)), st.sampled_from(sorted(SITE.classes)))
def test_every_unit_that_serves_the_place_once_and_no_other(history: dict[int, int], class_id: int) -> None:
    found = [s.unit.id for s in suggest(case(class_id), SITE, history)]
    assert sorted(found) == sorted(u.id for u in SITE.units.values() if str(GRID).startswith(str(u.area)))
