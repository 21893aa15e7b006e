"""Finds what a person names on the map: a grid's code or number, a division, a grid worker."""

from __future__ import annotations

from ..domain.division import Level, contains, level_of
from ..domain.pinyin import find
from ..domain.site import Site


def find_place(site: Site, area: int, text: str) -> tuple[int, int]:
    """A grid's row and 0, or -1 and the code of a division; -1 and 0 where nothing has that name.

    Numbers and workers are looked for in the area shown, divisions there first and then everywhere.
    """
    row = _grid(site, area, text)
    if row >= 0:
        return row, 0
    options = [d for d in site.divisions.values() if find(text, d.name)]
    inside = [d for d in options if contains(area, d.code) and d.code != area]
    if inside or options:
        return -1, min(inside or options, key=lambda d: (len(d.name), d.code)).code
    first, last = site.grids.span(area)
    return next((row for row in range(first, last) if text in site.workers_l3[row]), -1), 0


def _grid(site: Site, area: int, text: str) -> int:
    if text.isdigit() and len(text) == 16:
        return site.grids.index(int(text))
    left, dash, right = text.partition("-")
    if dash and left.isdigit() and right.isdigit() and len(left) < 3 and len(right) < 3:
        communities = [area] if level_of(area) is Level.COMMUNITY else [
            d.code for d in site.children(area) if d.level is Level.COMMUNITY
        ]  # fmt: skip
        for community in communities:
            row = site.grids.index(community * 10_000 + int(left) * 100 + int(right))
            if row >= 0:
                return row
    return -1
