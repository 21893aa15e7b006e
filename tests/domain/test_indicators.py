"""The indicators' formulas, and what they say of nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandscreen.domain import indicators as ind
from commandscreen.domain.indicators import Counts, ScoreWeights

COUNTS = Counts(
    reported=200, filed=180, dispatched=160, should_handle=150, handled_on_time=120, should_close=100, closed=90,
    closed_on_time=80, reworked=5, returned=8, checked=95, passed=76, duplicates=10, responded_in_time=144,
    called_back=40, solved=36, satisfied=38, overdue=9, exempt=4,
)  # fmt: skip
RATES = {
    ind.closure: 0.9, ind.closure_on_time: 0.8, ind.handling_on_time: 0.8, ind.rework: 0.05, ind.returned: 0.05,
    ind.filing: 0.9, ind.check_passed: 0.8, ind.duplicated: 0.05, ind.response: 0.9, ind.resolution: 0.9,
    ind.satisfaction: 0.95,
}  # fmt: skip


@pytest.mark.parametrize("formula", RATES, ids=lambda f: f.__name__)
def test_each_rate_is_its_formula_and_none_of_nothing(formula) -> None:
    assert formula(COUNTS) == pytest.approx(RATES[formula])
    assert formula(Counts()) is None


def test_exempt_cases_leave_the_overdue_count_and_the_raw_one_stays() -> None:
    assert ind.overdue_counted(COUNTS) == 5
    assert COUNTS.overdue == 9
    assert ind.overdue_counted(Counts(overdue=1, exempt=3)) == 0


def test_a_units_score_is_weighted() -> None:
    # 0.3 · 0.9 + 0.3 · 0.8 + 0.3 · 0.95 + 0.1 · 0.5
    assert ind.unit_score(COUNTS, 0.5) == pytest.approx(84.5)
    assert ind.unit_score(COUNTS, 0.5, ScoreWeights(2, 1, 0, 0, 0)) == pytest.approx(90)
    assert ind.unit_score(Counts(closed=3, should_close=3), 1) is None, "nothing to handle: no score"


@pytest.mark.parametrize("weights", [(0.3, 0.3, 0.3, 0.3), (1.2, -0.2, 0, 0)])
def test_weights_without_sense_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="weights"):
        ScoreWeights(1, *weights)


@pytest.mark.parametrize("band", [-0.1, 1.1])
def test_a_band_without_sense_is_refused(band: float) -> None:
    with pytest.raises(ValueError, match="band"):
        ind.unit_score(COUNTS, band)


@given(st.integers(-3, 1000), st.integers(-3, 1000))
def test_a_rate_is_a_share_or_nothing_or_refused(part: int, whole: int) -> None:
    if part < 0 or whole < 0:
        with pytest.raises(ValueError, match="negative"):
            ind.rate(part, whole)
    elif whole:
        assert ind.rate(part, whole) == part / whole
    else:
        assert ind.rate(part, whole) is None
