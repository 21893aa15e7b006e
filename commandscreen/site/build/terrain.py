"""The demo city's ground: townships, communities and grids that tile the real counties exactly.

Method: seeds in each parent, Lloyd steps, Voronoi cells clipped to the parent; then one snap-rounded union of all edges,
`polygonize`, and each face takes the grid whose inside it holds, so that every level fits without gap or overlap.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon

from ...domain.division import Division, Level
from ...domain.grid import GridKind, GridTable, grid_code
from .seeds import cells, polygons, relax, scatter, stream

SNAP = 0.05
GENERAL, DEDICATED = 63_684, 2_939
L2_SIZE = 16


@dataclass(slots=True)
class Plot:
    """A division while it is being built, metres."""

    division: Division
    polygon: Polygon
    children: list[Plot] = field(default_factory=list)


def lay_townships(county: Plot, wanted: list[tuple[Division, tuple[float, float] | None, int]],
                  centre: tuple[float, float], seed: int) -> None:  # fmt: skip
    """Townships of a county: those with a known seat are held there, streets cluster round the county's centre."""
    rng = stream(seed, "township", county.division.code)
    size = np.sqrt(county.polygon.area)
    shapely.prepare(county.polygon)
    seeds = np.empty((len(wanted), 2))
    held = np.zeros(len(wanted), bool)
    for index, (division, seat, weight) in enumerate(wanted):
        if seat is not None and shapely.contains_xy(county.polygon, *seat):
            seeds[index], held[index] = seat, True
        elif division.urban:
            seeds[index] = scatter(rng, county.polygon, 1, centre, size * 0.16)[0]
        else:
            seeds[index] = scatter(rng, county.polygon, 1)[0]
        _ = weight
    seeds = relax(county.polygon, _apart(seeds, rng), 4, held)
    for (division, seat, _), polygon in zip(wanted, polygons(cells(county.polygon, seeds)), strict=True):
        middle = seat or shapely.get_coordinates(shapely.point_on_surface(polygon))[0]
        at = Division(division.code, division.name, division.level, division.parent, division.urban,
                      (round(middle[0] * 100), round(middle[1] * 100)))  # fmt: skip
        county.children.append(Plot(at, polygon))


def lay_communities(township: Plot, wanted: list[Division], seed: int) -> None:
    """Communities cluster round the seat, villages spread evenly; ten Lloyd steps."""
    rng = stream(seed, "community", township.division.code)
    area = township.polygon
    urban = [d for d in wanted if d.urban]
    rural = [d for d in wanted if not d.urban]
    seat = township.division.seat or (0, 0)
    centre = (seat[0] / 100, seat[1] / 100)
    parts = []
    if urban:
        spread = min(np.sqrt(area.area) / 4, np.sqrt(len(urban) * 0.55e6) / 2) if rural else np.sqrt(area.area) / 3
        parts.append(scatter(rng, area, len(urban), centre, spread))
    if rural:
        parts.append(scatter(rng, area, len(rural)))
    seeds = relax(area, _apart(np.concatenate(parts), rng), 10 if not (urban and rural) else 3)
    for division, polygon in zip([*urban, *rural], polygons(cells(area, seeds)), strict=True):
        township.children.append(Plot(division, polygon))


def lay_grids(community: Plot, count: int, seed: int) -> list[Polygon]:
    """Grids of a community: even in town; 62 % in a village's settlement, the rest in its fields."""
    rng = stream(seed, "grid", community.division.code)
    area = community.polygon
    if community.division.urban:
        seeds = scatter(rng, area, count)
    else:
        core = round(count * 0.62)
        middle = shapely.get_coordinates(shapely.point_on_surface(area))[0]
        spread = min(np.sqrt(area.area) / 7, np.sqrt(core * 12_000) / 2 + 40)
        inner = scatter(rng, area, core, (float(middle[0]), float(middle[1])), spread) if core else np.empty((0, 2))
        seeds = np.concatenate([inner, scatter(rng, area, count - core)])
    return polygons(cells(area, relax(area, _apart(seeds, rng), 2)))


def _apart(seeds: npt.NDArray[np.float64], rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Seeds that coincide to the metre are moved a little, so that each has a cell."""
    for _ in range(20):
        _, first = np.unique(np.round(seeds), axis=0, return_index=True)
        if len(first) == len(seeds):
            return seeds
        double = np.setdiff1d(np.arange(len(seeds)), first)
        seeds[double] += rng.uniform(-30, 30, (len(double), 2))
    raise ValueError("seeds cannot be told apart")


def share_out(weights: npt.NDArray[np.float64], total: int, least: int = 1) -> npt.NDArray[np.int64]:
    """Whole numbers in proportion to weights that sum to `total`, each at least `least`: largest remainder."""
    room = total - least * len(weights)
    if room < 0:
        raise ValueError("too little to share out")
    exact = weights / weights.sum() * room
    parts = np.floor(exact).astype(np.int64)
    order = np.lexsort((np.arange(len(weights)), -(exact - parts)))
    parts[order[: room - int(parts.sum())]] += 1
    result: npt.NDArray[np.int64] = parts + least
    return result


def number(centres: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Level-2 and level-3 numbers (l2 × 100 + l3) for grid centres: a level-2 grid is one patch of at most 16."""
    groups: list[npt.NDArray[np.int64]] = []

    def split(rows: npt.NDArray[np.int64], parts: int) -> None:
        if parts <= 1:
            groups.append(rows)
            return
        extent = centres[rows].max(axis=0) - centres[rows].min(axis=0)
        axis = int(extent[1] > extent[0])
        order = rows[np.lexsort((centres[rows, 1 - axis], centres[rows, axis]))]
        left = parts // 2
        cut = round(len(order) * left / parts)
        split(order[:cut], left)
        split(order[cut:], parts - left)

    split(np.arange(len(centres)), -(-len(centres) // L2_SIZE))
    found = np.zeros(len(centres), np.int64)
    for l2, rows in enumerate(groups, 1):
        order = rows[np.lexsort((centres[rows, 0], -centres[rows, 1]))]
        found[order] = l2 * 100 + np.arange(1, len(order) + 1)
    return found


def tile(plots: list[tuple[Plot, list[Polygon], npt.NDArray[np.int64]]], counties: list[Plot], seed: int,
         say: Callable[[str], None]) -> GridTable:  # fmt: skip
    """The exact tiling: nodes all edges together, builds faces, gives each to its grid, and orders grids by code."""
    shapes = np.array([polygon for _, part, _ in plots for polygon in part])
    codes = np.concatenate(
        [[grid_code(p.division.code, int(n) // 100, int(n) % 100) for n in numbers] for p, _, numbers in plots]
    ).astype(np.int64)
    say(f"{len(shapes)} cells, noding their edges")
    lines = shapely.boundary(np.concatenate([shapes, [c.polygon for c in counties]]))
    lines = lines[np.argsort(shapely.get_coordinates(shapely.centroid(lines))[:, 0], kind="stable")]
    noded = shapely.union_all(lines, grid_size=SNAP)
    faces = np.array(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))
    inside = shapely.point_on_surface(faces)
    in_city = np.zeros(len(faces), bool)
    for county in counties:
        shapely.prepare(county.polygon)
        in_city |= shapely.intersects(county.polygon, inside)
    faces, inside = faces[in_city], inside[in_city]
    tree = shapely.STRtree(shapes)
    owner = np.full(len(faces), -1, np.int64)
    hit_face, hit_shape = tree.query(inside, predicate="intersects")
    best = np.full(len(faces), -1.0)
    areas = shapely.area(shapes)
    for face, shape in zip(hit_face, hit_shape, strict=True):
        if areas[shape] > best[face]:
            best[face], owner[face] = areas[shape], shape
    say(f"{len(faces)} faces, {int((owner < 0).sum())} of them between cells")
    rings = _assemble(faces, owner, len(shapes), codes)
    return _table(rings, codes, seed)


def _assemble(faces: npt.NDArray[np.object_], owner: npt.NDArray[np.int64], count: int,
              codes: npt.NDArray[np.int64]) -> list[Polygon]:  # fmt: skip
    """One polygon a grid: its largest face, and stray faces given to the neighbour with the longest shared edge."""
    areas = shapely.area(faces)
    main = np.full(count, -1, np.int64)
    for face in np.argsort(areas, kind="stable"):
        if owner[face] >= 0:
            main[owner[face]] = face
    if (main < 0).any():
        raise ValueError(f"{int((main < 0).sum())} grids have no face")
    is_main = np.zeros(len(faces), bool)
    is_main[main] = True
    held: dict[int, list[int]] = {}
    tree = shapely.STRtree(faces)
    settled = np.where(is_main, owner, -1)
    stray = [int(f) for f in np.flatnonzero(~is_main)]
    for _ in range(12):
        left = []
        for face in stray:
            options = []
            for other in tree.query(faces[face], predicate="touches"):
                if settled[other] >= 0:
                    length = shapely.length(shapely.intersection(faces[face], faces[other]))
                    home = owner[face] < 0 or codes[owner[face]] // 10**10 == codes[settled[other]] // 10**10
                    options.append((home, round(float(length), 3), -int(settled[other])))
            options = [o for o in options if o[1] > 0]
            if options:
                target = -max(options)[2]
                settled[face] = target
                held.setdefault(target, []).append(face)
            else:
                left.append(face)
        stray = left
        if not stray:
            break
    if stray:
        raise ValueError(f"{len(stray)} faces found no grid")
    result: list[Polygon] = []
    for grid in range(count):
        polygon = faces[main[grid]]
        if grid in held:
            polygon = shapely.union_all([polygon, *(faces[f] for f in held[grid])])
            if polygon.geom_type != "Polygon":
                raise ValueError("a grid in pieces")
        result.append(polygon)
    return result


def _table(rings: list[Polygon], codes: npt.NDArray[np.int64], seed: int) -> GridTable:
    order = np.argsort(codes, kind="stable")
    grid_ring, ring_start, points = [0], [0], []
    for row in order:
        polygon = shapely.normalize(rings[row])
        for ring in (polygon.exterior, *polygon.interiors):
            xy = np.round(shapely.get_coordinates(ring)[:-1] * 100).astype(np.int32)
            points.append(xy)
            ring_start.append(ring_start[-1] + len(xy))
        grid_ring.append(len(ring_start) - 1)
    code = codes[order]
    area = shapely.area(np.array(rings))[order]
    rng = stream(seed, "kind", 0)
    kind = _dedicated(code, area, rng)
    urban = code // 10**4 % 1000 < 200
    households = np.where(urban, rng.integers(12, 21, len(code)), rng.integers(16, 31, len(code)))
    return GridTable(
        code, kind, np.where(kind == 0, households, 0).astype(np.uint16), np.array(grid_ring, np.int32),
        np.array(ring_start, np.int32), np.concatenate(points),
    )  # fmt: skip


def _dedicated(code: npt.NDArray[np.int64], area: npt.NDArray[np.float64], rng: np.random.Generator
               ) -> npt.NDArray[np.uint8]:  # fmt: skip
    """The 2,939 dedicated grids: roomy ones, shared over the communities by their number of grids."""
    kind = np.zeros(len(code), np.uint8)
    communities, start, counts = np.unique(code // 10_000, return_index=True, return_counts=True)
    wanted = share_out(counts.astype(np.float64), DEDICATED, least=1)
    kinds = np.array([GridKind.AGENCY, GridKind.SCHOOL, GridKind.HOSPITAL, GridKind.ENTERPRISE, GridKind.MARKET,
                      GridKind.STATION], np.uint8)  # fmt: skip
    for first, count, some in zip(start, counts, wanted, strict=True):
        rows = np.arange(first, first + count)
        middle = rows[np.argsort(area[rows], kind="stable")][int(count * 0.55) : int(count * 0.95) + 1]
        number_here = min(int(some), len(middle))
        chosen = rng.choice(middle, number_here, replace=False)
        kind[chosen] = rng.choice(kinds, number_here, p=[0.28, 0.26, 0.14, 0.2, 0.08, 0.04])
    short = DEDICATED - int((kind > 0).sum())
    if short > 0:
        free = np.flatnonzero(kind == 0)
        kind[rng.choice(free, short, replace=False)] = GridKind.AGENCY
    _ = communities
    return kind


__all__ = [
    "DEDICATED",
    "GENERAL",
    "Level",
    "Plot",
    "lay_communities",
    "lay_grids",
    "lay_townships",
    "number",
    "share_out",
    "tile",
]
