"""What the map's search and its level buttons mean, on the demo city."""

from __future__ import annotations

from commandscreen.domain.division import Level, ancestor, contains, level_of
from commandscreen.domain.grid import community_of
from commandscreen.site.folder import demo_path, load
from commandscreen.views.map_levels import area_of_level
from commandscreen.views.map_search import find_place

SITE = load(demo_path())
CITY = SITE.city.code
COUNTY = SITE.children(CITY)[1]
TOWNSHIP = SITE.children(COUNTY.code)[0]
COMMUNITY = SITE.children(TOWNSHIP.code)[-1]


def test_a_grid_is_found_by_its_code_anywhere_and_by_its_number_in_the_area() -> None:
    row = SITE.grids.span(COMMUNITY.code)[0]
    code = int(SITE.grids.code[row])
    assert find_place(SITE, CITY, str(code)) == (row, 0)
    number = f"{code // 100 % 100}-{code % 100}"
    assert find_place(SITE, COMMUNITY.code, number) == (row, 0)
    found, _ = find_place(SITE, TOWNSHIP.code, number)
    assert contains(TOWNSHIP.code, community_of(int(SITE.grids.code[found])))
    assert find_place(SITE, COMMUNITY.code, "99-99") == (-1, 0)


def test_a_division_in_the_area_comes_before_one_elsewhere() -> None:
    row, code = find_place(SITE, TOWNSHIP.code, COMMUNITY.name)
    assert row == -1 and contains(TOWNSHIP.code, code) and SITE.divisions[code].name == COMMUNITY.name
    elsewhere = SITE.children(CITY)[0]
    assert find_place(SITE, TOWNSHIP.code, elsewhere.name) == (-1, elsewhere.code)


def test_a_worker_is_found_in_the_area_only() -> None:
    first, last = SITE.grids.span(COMMUNITY.code)
    name = SITE.workers_l3[last - 1]
    row, code = find_place(SITE, COMMUNITY.code, name)
    assert code == 0 and first <= row < last and SITE.workers_l3[row] == name
    assert find_place(SITE, COMMUNITY.code, "查无此人") == (-1, 0)


def test_level_buttons_go_up_one_down_or_to_the_persons_own_area() -> None:
    own = COMMUNITY.code
    assert area_of_level(SITE, own, own, Level.CITY) == CITY
    assert area_of_level(SITE, own, own, Level.TOWNSHIP) == ancestor(own, Level.TOWNSHIP)
    assert area_of_level(SITE, COUNTY.code, own, Level.TOWNSHIP) == TOWNSHIP.code
    far = area_of_level(SITE, CITY, TOWNSHIP.code, Level.COMMUNITY)
    assert far is not None and level_of(far) is Level.COMMUNITY and contains(TOWNSHIP.code, far)
    assert area_of_level(SITE, CITY, None, Level.COMMUNITY) is None
    assert area_of_level(SITE, CITY, own, Level.TOWNSHIP) is None, "the person's own area lies deeper"
