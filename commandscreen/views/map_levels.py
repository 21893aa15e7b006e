"""Which area the map's level buttons mean: the one above, the first one below, or the person's own."""

from __future__ import annotations

from ..domain.division import Level, ancestor, level_of
from ..domain.site import Site


def area_of_level(site: Site, area: int, own: int | None, level: Level) -> int | None:
    """The area of a level seen from the area shown and from the person's own; None where there is none."""
    if level <= level_of(area):
        return ancestor(area, level) if level else site.city.code
    below = site.children(area)
    if level == level_of(area) + 1 and below:
        return below[0].code
    if own is None or level_of(own) > level:
        return None
    while level_of(own) < level and site.children(own):
        own = site.children(own)[0].code
    return own
