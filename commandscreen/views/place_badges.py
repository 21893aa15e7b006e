"""The map's badges: how many cases lie in each place, and where on the map that is said."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.site import Site
from ..store.queries import PlaceCount
from ..widgets.map.badge import Badge


class PlaceBadges:
    """Makes the badges of one site; remembers the middles of its divisions, for they take all their corners."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._middles: dict[int, tuple[int, int]] = {}

    def of(self, places: Iterable[PlaceCount]) -> list[Badge]:
        """A badge for each place the site knows, the worst first; at the division's seat or in its middle (cm)."""
        badges = []
        for place in places:
            division = self._site.divisions.get(place.code)
            if division is None:
                continue
            worst = 3 if place.overdue else 2 if place.due else 1
            x, y = division.seat or self._middle(place.code)
            parts = place.overdue, place.due, place.ok
            badges.append(Badge(place.code, x, y, worst, place.total, division.name, parts))
        return sorted(badges, key=lambda b: (-b.worst, -b.count))

    def _middle(self, code: int) -> tuple[int, int]:
        if code not in self._middles:
            west, south, east, north = self._site.grids.bounds(code)
            self._middles[code] = (west + east) // 2, (south + north) // 2
        return self._middles[code]
