"""Puts the demo city 鞍山 together: ground, classes, units, people, lists and calendar as one Site."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import shape

from ...domain.clock import WorkCalendar
from ...domain.division import Division, Level
from ...domain.grid import GridTable
from ...domain.site import PartyNode, Settings, Site
from .classes import classes
from .duties import duty_items
from .names import person_name, person_names
from .people import people
from .seeds import stream
from .terrain import DEDICATED, GENERAL, SNAP, Plot, lay_communities, lay_grids, lay_townships, number, share_out, tile
from .units import units

CITY = 2103
SEED = 2103
ROOT_COUNTS = {
    "counties": 7, "townships": 96, "communities": 1_193, "grids": 66_623, "general_grids": GENERAL,
    "dedicated_grids": DEDICATED, "classes": 3_329, "duty_items": 63,
}  # fmt: skip
NOTICES = ("边界：天地图", "区划代码：国家统计局2023年版", "地名点：GeoNames（CC BY 4.0）", "水系：GSHHG（LGPL）")


def build(source: Path, say: Callable[[str], None] = lambda _: None, only: frozenset[int] | None = None) -> Site:
    """The demo site from the files in `source`. `only` builds some counties, for tests; counts are then in share."""
    document = json.loads((source / "anshan_divisions.json").read_text("utf-8"))
    outlines = json.loads((source / "anshan_counties.geojson").read_text("utf-8"))
    rivers = json.loads((source / "anshan_rivers.geojson").read_text("utf-8"))
    to_plane = Transformer.from_crs("EPSG:4490", "EPSG:4550", always_xy=True)
    shapes = {int(f["properties"]["adcode"]): f for f in outlines["features"]}
    counties: list[Plot] = []
    for county in document["counties"]:
        code = int(county["code"])
        if only is None or code in only:
            counties.append(_county(code, county, shapes[code], to_plane))
    communities = [c for county in counties for township in county.children for c in township.children]
    say(f"{len(communities)} communities")
    grids = _grids(counties, communities, sum(len(c["townships"]) for c in document["counties"]), say)
    divisions = {CITY: Division(CITY, document["city"]["name"], Level.CITY)}
    for plot in (p for county in counties for p in (county, *county.children)):
        divisions[plot.division.code] = plot.division
    divisions |= {c.division.code: c.division for c in communities}
    made_units = units(divisions.values(), SEED)
    rng = stream(SEED, "workers", CITY)
    l2 = sorted({int(c) // 100 for c in grids.code})
    party = [PartyNode(code * 10_000, "committee", divisions[code].name + "党委", person_name(rng))
             for code in sorted(c.division.code for c in communities)]  # fmt: skip
    party += [PartyNode(key * 100, "branch", f"{divisions[key // 100].name}第{key % 100}网格党支部", person_name(rng))
              for key in l2]  # fmt: skip
    say("outlines")
    return Site(
        name="鞍山市", version="2026.11", crs="EPSG:4550", demo=True, divisions=divisions, grids=grids, classes=classes(),
        duties=duty_items(), units=made_units, people=people(divisions.values(), made_units.values(), SEED),
        calendar=WorkCalendar(exceptions=_exceptions()),
        settings=Settings(area_short={str(d.code): divisions[d.parent].name[0] + d.name[0]
                                      for d in divisions.values() if d.level is Level.TOWNSHIP}),
        workers_l3=person_names(rng, len(grids)), workers_l2=dict(zip(l2, person_names(rng, len(l2)), strict=True)),
        workers_l1={c.division.code: person_name(rng) for c in communities}, party=tuple(party),
        group_leaders=person_names(rng, len(grids)), outlines=dissolve(grids, divisions),
        water=_water(rivers, to_plane, counties), notices=NOTICES,
    )  # fmt: skip


def _county(code: int, county: dict[str, object], feature: dict[str, object], to_plane: Transformer) -> Plot:
    def plane(points: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> object:
        return np.column_stack(to_plane.transform(points[:, 0], points[:, 1]))

    outline = shapely.set_precision(shapely.transform(shape(feature["geometry"]), plane), SNAP)
    parts = shapely.get_parts(outline)
    if len(parts) != 1:
        raise ValueError(f"{code}: a county in pieces")
    plot = Plot(Division(code, str(county["name"]), Level.COUNTY, CITY), parts[0])
    about = feature["properties"]
    centre = to_plane.transform(about["label_lon"], about["label_lat"])  # type: ignore[index]
    wanted = []
    townships: list[dict[str, object]] = county["townships"]  # type: ignore[assignment]
    for row in townships:
        seat = row.get("seat")
        at = to_plane.transform(seat["lon"], seat["lat"]) if seat else None  # type: ignore[index]
        urban = row["type"] == "街道"
        division = Division(int(str(row["code"])), str(row["name"]), Level.TOWNSHIP, code, urban)
        wanted.append((division, at, 1))
    lay_townships(plot, wanted, centre, SEED)
    for township, row in zip(plot.children, townships, strict=True):
        villages: list[dict[str, str]] = row["villages"]  # type: ignore[assignment]
        lay_communities(township, [
            Division(int(v["code"]), _short(v["name"]), Level.COMMUNITY, township.division.code, v["type"] == "社区")
            for v in villages
        ], SEED)  # fmt: skip
    return plot


def _short(name: str) -> str:
    """新工社区居委会 → 新工社区, 里口村委会 → 里口村: the words people use."""
    for tail in ("社区居民委员会", "社区居委会"):
        if name.endswith(tail):
            return name.removesuffix(tail) + "社区"
    for tail in ("村民委员会", "村委会"):
        if name.endswith(tail):
            return name.removesuffix(tail) + "村"
    return name.removesuffix("居委会")


def _grids(counties: list[Plot], communities: list[Plot], all_townships: int, say: Callable[[str], None]) -> GridTable:
    rng = stream(SEED, "count", 0)
    weights = np.array([82.0 if c.division.urban else 41.0 for c in communities])
    weights *= rng.lognormal(0, 0.28, len(communities))
    whole = sum(len(c.children) for c in counties) == all_townships
    total = GENERAL + DEDICATED if whole else round(weights.sum())
    counts = share_out(weights, total, least=12)
    plots = []
    for community, count in zip(communities, counts, strict=True):
        parts = lay_grids(community, int(count), SEED)
        plots.append((community, parts, number(shapely.get_coordinates(shapely.centroid(np.array(parts))))))
    return tile(plots, counties, SEED, say)


def polygons(grids: GridTable) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """The grids as shapely polygons in centimetres, in the table's order."""
    made = []
    for row in range(len(grids)):
        first, last = int(grids.grid_ring[row]), int(grids.grid_ring[row + 1])
        rings = [grids.xy[grids.ring_start[r] : grids.ring_start[r + 1]] for r in range(first, last)]
        made.append(shapely.Polygon(rings[0], rings[1:]))
    return np.array(made, dtype=object)


def dissolve(grids: GridTable, divisions: dict[int, Division]) -> dict[int, tuple[object, ...]]:
    """The outline rings of every division, dissolved from its grids: int32[v,2], centimetres."""
    shapes = polygons(grids)
    outlines: dict[int, object] = {}
    for division in sorted(divisions.values(), key=lambda d: -d.level):
        if division.level is Level.COMMUNITY:
            first, last = grids.span(division.code)
            parts = shapes[first:last]
        else:
            parts = np.array([outlines[d.code] for d in divisions.values() if d.parent == division.code], dtype=object)
        outlines[division.code] = shapely.coverage_union_all(parts)
    rings: dict[int, tuple[object, ...]] = {}
    for code in sorted(outlines):
        found = []
        for polygon in shapely.normalize(shapely.get_parts(outlines[code])):
            for ring in (polygon.exterior, *polygon.interiors):
                found.append(np.round(shapely.get_coordinates(ring)[:-1]).astype(np.int32))
        rings[code] = tuple(found)
    return rings


def _exceptions() -> dict[date, bool]:
    """Public holidays and make-up days of the years the calendar library knows, 2024–2026."""
    found: dict[date, bool] = {}
    day = date(2024, 1, 1)
    while day < date(2027, 1, 1):
        worked = chinese_calendar.is_workday(day)
        if worked != (day.isoweekday() <= 5):
            found[day] = worked
        day += timedelta(days=1)
    return found


def _water(rivers: dict[str, object], to_plane: Transformer, counties: list[Plot]) -> tuple[object, ...]:
    city = shapely.union_all([c.polygon for c in counties])
    lines = []
    features: list[dict[str, object]] = rivers["features"]  # type: ignore[assignment]
    for feature in features:
        line = shapely.transform(shape(feature["geometry"]),
                                 lambda p: np.column_stack(to_plane.transform(p[:, 0], p[:, 1])))  # fmt: skip
        for part in shapely.get_parts(shapely.intersection(line, city)):
            if part.geom_type == "LineString" and part.length > 500:
                lines.append(np.round(shapely.get_coordinates(part) * 100).astype(np.int32))
    return tuple(lines)


__all__ = ["build", "dissolve", "polygons", "replace"]
