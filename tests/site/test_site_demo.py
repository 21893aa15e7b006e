"""The demo city: counts, exact tiling, the bundle's round trip and what a broken one says."""

import numpy as np
import pytest
import shapely
import zstandard

from commandscreen.domain.division import Level
from commandscreen.protocol import bundle
from commandscreen.site.build.city import ROOT_COUNTS as COUNTS
from commandscreen.site.build.city import build, polygons
from commandscreen.site.folder import check, counts, demo_path, load


@pytest.fixture(scope="module")
def site():
    return load(demo_path())


def test_the_city_has_its_numbers(site) -> None:
    found = counts(site)
    assert {name: found[name] for name in COUNTS} == COUNTS


def test_grids_tile_each_county_exactly(site) -> None:
    shapes = polygons(site.grids)
    assert shapely.is_valid(shapes).all()
    for county in (d for d in site.divisions.values() if d.level is Level.COUNTY):
        first, last = site.grids.span(county.code)
        outline = shapely.Polygon(site.outlines[county.code][0], site.outlines[county.code][1:])
        assert shapely.area(shapes[first:last]).sum() == pytest.approx(outline.area, rel=1e-12), county.name


def test_no_two_grids_overlap(site) -> None:
    first, last = site.grids.span(210304)
    shapes = polygons(site.grids)[first:last]
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="overlaps")
    assert shapely.area(shapely.intersection(shapes[left], shapes[right])).max(initial=0) == 0


def test_every_grid_has_its_people(site) -> None:
    assert len(site.workers_l3) == len(site.grids) == len(site.group_leaders)
    assert all(site.workers_l3)
    assert {int(c) // 100 for c in site.grids.code} == site.workers_l2.keys()
    assert {int(c) // 10_000 for c in site.grids.code} == site.workers_l1.keys()


def test_each_class_has_a_unit_everywhere(site) -> None:
    from commandscreen.site.cast import Cast

    cast = Cast(site)
    trades = {c.trade for c in site.classes.values()}
    for township in (d for d in site.divisions.values() if d.level is Level.TOWNSHIP):
        grid = int(site.grids.code[site.grids.span(township.code)[0]])
        assert {cast.unit(t, grid).trade for t in trades} == trades


def test_a_county_is_built_the_same_twice() -> None:
    source = demo_path().parent / "source"
    once, twice = (bundle.encode(build(source, only=frozenset({210303}))) for _ in range(2))
    assert once == twice


@pytest.mark.soak
def test_the_whole_city_is_built_byte_for_byte() -> None:
    assert bundle.encode(build(demo_path().parent / "source")) == demo_path().read_bytes()


def test_the_bundle_comes_back_whole(site) -> None:
    again = bundle.decode(bundle.encode(site))
    assert again.classes == site.classes
    assert again.units == site.units
    assert again.people == site.people
    assert again.calendar == site.calendar
    assert np.array_equal(again.grids.xy, site.grids.xy)
    assert bundle.encode(again) == demo_path().read_bytes()


def test_broken_bundles_are_refused() -> None:
    data = demo_path().read_bytes()
    rng = np.random.default_rng(1)
    broken = [b"", b"PK\x03\x04", data[:1000], data[: len(data) // 2], bundle.MAGIC, bundle.MAGIC + b"\0" * 100]
    bomb = zstandard.ZstdCompressor(level=3).compress(b"\0" * (300 * 2**20))
    broken.append(bundle.MAGIC + bomb)
    for _ in range(20):
        flipped = bytearray(data)
        flipped[int(rng.integers(8, 4000))] ^= 1 << int(rng.integers(8))
        broken.append(bytes(flipped))
    refused = 0
    for bad in broken:
        try:
            bundle.decode(bad)
        except bundle.BundleError:
            refused += 1
    assert refused >= len(broken) - 2, "a flipped bit in the compressed head is found"


def test_checking_a_broken_file_says_so(tmp_path) -> None:
    path = tmp_path / "x.site"
    path.write_bytes(b"no site")
    report = check(path)
    assert not report.ok
    assert report.findings[0].code == "broken"
