"""Who plays the city's day: which account acts for which post, and which unit handles which class where."""

from __future__ import annotations

from ..domain.case import Source
from ..domain.division import Level, ancestor
from ..domain.person import Person
from ..domain.site import Site
from ..domain.unit import Unit

# The accounts of the channels that hand in by themselves.
CHANNELS = {
    Source.HOTLINE: "city-hotline", Source.AI_VIDEO: "city-ai-video", Source.MEDIA: "city-media",
    Source.PARTY_GOV: "city-party-gov", Source.MASS_ORG: "city-mass-org",
}  # fmt: skip


class Cast:
    """Looks people and units up by post and place. Raises KeyError where the site has none."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._people = {p.account: p for p in site.people}
        self._handlers = {p.unit: p for p in site.people if p.unit}
        self._units: dict[tuple[str, int], Unit] = {}
        for unit in site.units.values():
            self._units.setdefault((unit.trade, unit.area), unit)

    def person(self, account: str) -> Person:
        """An account's person."""
        return self._people[account]

    def clerk(self, township: int, post: str) -> Person:
        """intake, dispatch, leader, check … of a township."""
        return self._people[f"t{township}-{post}"]

    def worker(self, grid: int, level: int = 3) -> Person:
        """The grid worker (3), lead (2) or chief (1) of a grid's community."""
        return self._people[f"g{grid // 10_000}-l{level}"]

    def reporter(self, source: Source, grid: int) -> Person:
        """Who hands in what a channel brings: grid workers their own, a township's clerk what is said at its window."""
        if source is Source.GRID_APP:
            return self.worker(grid)
        if source is Source.SINGLE_WINDOW:
            return self.clerk(grid // 10**7, "intake")
        return self.person(CHANNELS[source])

    def handler(self, unit: int) -> Person:
        """Who handles cases at a unit."""
        return self._handlers[unit]

    def unit(self, trade: str, grid: int) -> Unit:
        """The unit of a trade that serves a grid: the township's own before the county's before the city's."""
        for level in (Level.TOWNSHIP, Level.COUNTY, Level.CITY):
            found = self._units.get((trade, ancestor(grid, level)))
            if found is not None:
                return found
        return self._units[("housing", ancestor(grid, Level.COUNTY))]
