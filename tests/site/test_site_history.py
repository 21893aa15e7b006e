"""The demo's past and present agree with the rules."""

from collections import Counter

import pytest

from commandscreen.domain.case import Lamp, Source, State, lamp
from commandscreen.domain.clock import deadline
from commandscreen.domain.decide import parse_limit
from commandscreen.protocol.rows import CASE_COLUMNS, case_from_values, case_values, check_values
from commandscreen.site import history
from commandscreen.site.folder import demo_path, load

NOW = 1_795_500_000


@pytest.fixture(scope="module")
def site():
    return load(demo_path())


@pytest.fixture(scope="module")
def open_cases(site):
    return history.open_cases(site, NOW)


def test_the_operators_street_is_as_drawn(open_cases) -> None:
    home = [c for c in open_cases if c.township == history.HOME]
    lamps = Counter(lamp(c.state, c.amber_at, c.due_at, NOW) for c in home)
    assert lamps == {Lamp.OVERDUE: 3, Lamp.DUE: 4, Lamp.OK: 40}
    assert len({c.stage for c in home}) == 5


def test_open_cases_stand_where_the_rules_led_them(site, open_cases) -> None:
    for case in open_cases:
        assert case.open
        assert case.ver == len(case.flow)
        assert [e.at for e in case.flow] == sorted(e.at for e in case.flow)
        assert case.flow[-1].at < NOW


def test_finished_cases_obey_the_clock(site) -> None:
    seen = 0
    for case in history.cases(site, 600, NOW, seed=3):
        if case.state is not State.CLOSED:
            continue
        seen += 1
        limit = parse_limit(case.limit)
        assert limit is not None
        assert case.handle_due == deadline(site.calendar, case.dispatched_at, limit)
        assert case.reported_at < case.filed_at < case.dispatched_at < case.signed_at < case.fed_back_at
        assert case.fed_back_at < case.checked_at < case.closed_at < NOW
        assert case.late == (case.fed_back_at > case.handle_due)
        assert site.units[case.lead].trade == site.classes[case.class_id].trade
    assert seen > 400


def test_what_is_said_at_the_window_is_written_down_by_the_street_s_own_clerk(site, open_cases) -> None:
    past = [c for c in history.cases(site, 600, NOW, seed=3) if not c.open]
    for found in (open_cases, past):
        window = [c for c in found if c.source is Source.SINGLE_WINDOW]
        assert window
        for case in window:
            clerk = next(p for p in site.people if p.account == f"t{case.township}-intake")
            assert (case.flow[0].actor, case.flow[0].post) == (clerk.name, "intake")
            assert case.reporter.endswith("**")
            assert "****" in case.phone


def test_the_same_seed_gives_the_same_past(site) -> None:
    once, twice = (list(history.cases(site, 200, NOW, seed=5)) for _ in range(2))
    assert once == twice
    assert once != list(history.cases(site, 200, NOW, seed=6))


def test_rows_travel_and_come_back(site, open_cases) -> None:
    for case in open_cases[:200]:
        values = case_values(case)
        assert check_values(CASE_COLUMNS, list(values)) == values
        assert case_from_values(values) == case


def test_the_opening_totals_are_the_articles(site) -> None:
    city = history.opening_tallies(site)[site.city.code]
    assert 2_800_000 < city.accepted < 2_810_000
    assert city.closed / city.accepted == pytest.approx(0.998, abs=1e-4)
    assert city.satisfied / city.called_back == pytest.approx(0.951, abs=1e-3)
