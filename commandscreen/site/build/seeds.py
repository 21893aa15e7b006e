"""Random streams and seeds inside polygons. Each stream is keyed by (seed, level, code): one unit disturbs no other."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon

Points = npt.NDArray[np.float64]


def stream(seed: int, level: str, code: int) -> np.random.Generator:
    """The random stream of one unit of one level."""
    digest = hashlib.sha256(f"{seed}/{level}/{code}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def scatter(rng: np.random.Generator, area: Polygon, count: int, centre: tuple[float, float] | None = None,
            spread: float = 0.0) -> Points:  # fmt: skip
    """`count` points inside a polygon, metres: even, or normally spread round a centre and even where that fails."""
    west, south, east, north = area.bounds
    found: list[Points] = []
    missing, tries = count, 0
    shapely.prepare(area)
    while missing > 0:
        size = max(64, missing * 4)
        if centre is not None and tries < 12:
            batch = rng.normal(centre, spread, (size, 2))
        else:
            batch = rng.uniform((west, south), (east, north), (size, 2))
        inside = batch[shapely.contains_xy(area, batch)][:missing]
        found.append(inside)
        missing -= len(inside)
        tries += 1
        if tries > 500:
            raise ValueError("a polygon too thin to seed")
    return np.concatenate(found)


def cells(area: Polygon, seeds: Points) -> list[shapely.Geometry]:
    """Voronoi cells of the seeds clipped to the polygon, in the seeds' order; a clipped cell may be in pieces."""
    if len(seeds) == 1:
        return [area]
    diagram = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=area.buffer(2000))
    regions = np.array(shapely.get_parts(diagram))
    tree = shapely.STRtree(regions)
    order = np.full(len(seeds), -1)
    points, hits = tree.query(shapely.points(seeds), predicate="intersects")
    for point, hit in zip(points, hits, strict=True):
        if order[point] < 0:
            order[point] = hit
    if (order < 0).any():
        raise ValueError("a seed without a cell")
    clipped = shapely.intersection(regions[order], area)
    return list(clipped)


def relax(area: Polygon, seeds: Points, steps: int, held: npt.NDArray[np.bool_] | None = None) -> Points:
    """Lloyd steps: each seed moves to its cell's centroid, except those held or whose centroid falls outside."""
    for _ in range(steps):
        regions = cells(area, seeds)
        centres = shapely.get_coordinates(shapely.centroid(np.array(regions)))
        inside = shapely.contains_xy(area, centres)
        if held is not None:
            inside &= ~held
        seeds = np.where(inside[:, None], centres, seeds)
    return seeds


def polygons(parts: list[shapely.Geometry]) -> list[Polygon]:
    """One polygon for each cell: stray pieces join the neighbour with the longest shared edge."""
    whole: list[Polygon] = []
    stray: list[Polygon] = []
    for part in parts:
        pieces = [p for p in shapely.get_parts(part) if p.geom_type == "Polygon" and p.area > 0]
        pieces.sort(key=lambda p: -p.area)
        if not pieces:
            raise ValueError("an empty cell")
        whole.append(pieces[0])
        stray += pieces[1:]
    for piece in stray:
        near = [
            (piece.intersection(other).length, index) for index, other in enumerate(whole) if piece.intersects(other)
        ]
        if not near:
            near = [(-piece.distance(other), index) for index, other in enumerate(whole)]
        best = max(near)[1]
        joined = shapely.union_all([whole[best], piece], grid_size=0.01)
        pieces = sorted(shapely.get_parts(joined), key=lambda p: -p.area)
        whole[best] = pieces[0]
    return whole
