"""Synthetic cities for the map's tests and benchmark: jittered quadrilaterals that tile a blob, clustered cores."""

from __future__ import annotations

import numpy as np

from commandscreen.domain.division import Division, Level
from commandscreen.domain.grid import GridTable

ROOT = 2103


def squares(columns: int, rows: int, side: int = 10_000, community: int = 210304015001) -> GridTable:
    """`columns` × `rows` squares of `side` centimetres, row by row from the south west."""
    rings = []
    for y in range(rows):
        for x in range(columns):
            west, south = x * side, y * side
            rings.append([(west, south), (west + side, south), (west + side, south + side), (west, south + side)])
    codes = [community * 10_000 + (i // 90 + 1) * 100 + i % 90 + 1 for i in range(len(rings))]
    return table(codes, [[np.array(ring)] for ring in rings])


def table(codes: list[int], polygons: list[list[np.ndarray]]) -> GridTable:
    """A grid table of polygons: outline first, then holes."""
    rings = [np.asarray(ring, np.int32).reshape(-1, 2) for polygon in polygons for ring in polygon]
    count = len(codes)
    return GridTable(
        np.array(codes, np.int64),
        np.zeros(count, np.uint8),
        np.full(count, 200, np.uint16),
        np.cumsum([0] + [len(p) for p in polygons]).astype(np.int32),
        np.cumsum([0] + [len(ring) for ring in rings]).astype(np.int32),
        np.concatenate(rings) if rings else np.zeros((0, 2), np.int32),
    )


def city(grids: int = 66_623, seed: int = 7) -> tuple[GridTable, dict[int, tuple], dict[int, Division], tuple]:
    """About the size and clustering of a real one: grids, outlines, divisions, water.

    A warped lattice: townships are square blocks of it, communities blocks of about fifty grids.
    """
    rng = np.random.default_rng(seed)
    block = 7  # grids along a community's side
    side = int(np.ceil(np.sqrt(grids / 0.72) / block)) * block
    u = np.linspace(-1, 1, side + 1)
    gx, gy = np.meshgrid(u, u)
    jitter = 0.56 / side
    gx, gy = gx + rng.uniform(-jitter, jitter, gx.shape), gy + rng.uniform(-jitter, jitter, gy.shape)
    # pull towards a few centres, so that town cells are a hundred times smaller than field cells
    for cx, cy, pull, reach in ((0.25, 0.35, 0.62, 0.34), (-0.4, -0.1, 0.4, 0.2), (0.3, -0.55, 0.4, 0.16)):
        d = np.hypot(gx - cx, gy - cy)
        f = 1 - pull * np.exp(-((d / reach) ** 2))
        gx, gy = cx + (gx - cx) * f, cy + (gy - cy) * f
    x = np.round(gx * 5_600_000 + 46_000_000).astype(np.int64)
    y = np.round(gy * 6_400_000 + 455_000_000).astype(np.int64)
    blocks = side // block
    angle = np.linspace(0, 2 * np.pi, 721)
    radius = 0.93 + 0.05 * np.sin(3 * angle + 1) + 0.04 * np.sin(7 * angle)
    cells = []
    for by in range(blocks):
        for bx in range(blocks):
            mx, my = (bx + 0.5) / blocks * 2 - 1, (by + 0.5) / blocks * 2 - 1
            if np.hypot(mx, my) < np.interp(np.arctan2(my, mx) % (2 * np.pi), angle, radius):
                cells.append((by, bx))
    names = [
        "新工",
        "光明",
        "和平",
        "铁工",
        "北沙",
        "兴盛",
        "曙北",
        "建工",
        "站前",
        "工人",
        "西岗",
        "东兴",
        "双台",
        "河畔",
        "园林",
        "环北",
    ]
    county_names = ["立山区", "铁东区", "铁西区", "千山区", "海城市", "台安县", "岫岩满族自治县"]
    town_names = [
        "沙河街道",
        "双山街道",
        "友好镇",
        "灵山镇",
        "曙光街道",
        "深沟寺街道",
        "腾鳌镇",
        "牛庄镇",
        "析木镇",
        "西佛镇",
    ]
    order: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for by, bx in cells:
        order.setdefault((by // 4, bx // 4), []).append((by, bx))
    counties: dict[int, int] = {}
    divisions = {ROOT: Division(ROOT, "鞍山市", Level.CITY)}
    outlines: dict[int, tuple] = {}
    owner = np.zeros((side + 2, side + 2), np.int64)
    plan = []
    for number, ((ty, tx), members) in enumerate(sorted(order.items())):
        county = 210302 + min(6, int((np.arctan2(ty - blocks / 8, tx - blocks / 8) + np.pi) / (2 * np.pi) * 7))
        counties[county] = counties.get(county, 0) + 1
        town = county * 1000 + counties[county]
        divisions.setdefault(county, Division(county, county_names[county - 210302], Level.COUNTY, ROOT))
        divisions[town] = Division(town, town_names[number % len(town_names)], Level.TOWNSHIP, county)
        for i, (by, bx) in enumerate(members):
            code = town * 1000 + i + 1
            divisions[code] = Division(code, names[i % 16] + "社区", Level.COMMUNITY, town)
            plan.append((code, by, bx))
    plan.sort()
    codes, polygons = [], []
    for code, by, bx in plan:
        for j in range(block):
            for i in range(block):
                r, c = by * block + j, bx * block + i
                owner[r + 1, c + 1] = code
                codes.append(code * 10_000 + (j + 1) * 100 + i + 1)
                corner = ((r, c), (r, c + 1), (r + 1, c + 1), (r + 1, c))
                # a shared middle point on each side brings the vertex count up to a real city's
                ring = []
                for k in range(4):
                    a, b = corner[k], corner[(k + 1) % 4]
                    ring.append((x[a], y[a]))
                    if k % 2:
                        low, high = min(a, b), max(a, b)
                        ring.append(((x[low] * 5 + x[high] * 4) // 9, (y[low] * 5 + y[high] * 4) // 9))
                polygons.append([np.array(ring)])
    for digits in (6, 9, 12):
        part = owner // 10 ** (12 - digits)
        rings: dict[int, list] = {}
        for r, c in zip(*np.nonzero(part[1:, 1:] != part[:-1, 1:]), strict=True):  # along a row: c .. c + 1
            line = np.array([(x[r, c], y[r, c]), (x[r, c + 1], y[r, c + 1])], np.int32) if c < side else None
            for code in {int(part[r + 1, c + 1]), int(part[r, c + 1])} - {0}:
                if line is not None:
                    rings.setdefault(code, []).append(line)
        for r, c in zip(*np.nonzero(part[1:, 1:] != part[1:, :-1]), strict=True):
            if r >= side:
                continue
            a, b = (r, c), (r + 1, c)
            bend = ((x[a] * 5 + x[b] * 4) // 9, (y[a] * 5 + y[b] * 4) // 9)
            lines = [np.array([(x[a], y[a]), bend], np.int32), np.array([bend, (x[b], y[b])], np.int32)]
            for code in {int(part[r + 1, c + 1]), int(part[r + 1, c])} - {0}:
                rings.setdefault(code, []).extend(lines)
        for code, lines in rings.items():
            outlines[code] = tuple(lines)
    river = np.array([(40_800_000 + 200_000 * i, 456_000_000 + int(600_000 * np.sin(i / 5))) for i in range(50)])
    return table(codes, polygons), outlines, divisions, (river.astype(np.int32),)
