"""What a person may see: the buckets of their area or unit, and the name of that set."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.division import Level, ancestor, level_of
from ..domain.person import Actor, Role
from ..domain.record import area_bucket, areas_over
from ..domain.site import Site
from ..protocol.rows import CITY_BUCKET, township_bucket, unit_bucket
from .tables import bucket_key

# They act on everyone's behalf and need to see no case: channels only hand in, administrators only run the server.
BLIND = frozenset({Role.CHANNEL, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of buckets; `id` changes exactly when the set does."""

    buckets: tuple[str, ...]
    keys: frozenset[int]
    id: str

    @staticmethod
    def of(buckets: Iterable[str]) -> Scope:
        """The scope of some buckets; the city's public totals are in every scope."""
        names = tuple(sorted({CITY_BUCKET, *buckets}))
        digest = hashlib.sha256(" ".join(names).encode()).hexdigest()[:16]
        return Scope(names, frozenset(map(bucket_key, names)), digest)


def scope_of(actor: Actor, site: Site) -> Scope:
    """A unit's people see what the unit leads or assists in; others the townships in or round their area. All see what
    the city and the counties over them, and inside their area, share."""
    if actor.roles <= BLIND:
        return Scope.of(())
    if actor.unit:
        unit = site.units.get(actor.unit)
        return Scope.of({unit_bucket(actor.unit), *_shared(unit.area if unit else actor.area, site)})
    if len(str(actor.area)) in (12, 16):
        community = int(str(actor.area)[:12])
        return Scope.of({township_bucket(ancestor(community, Level.TOWNSHIP)), *_shared(community, site)})
    try:
        level_of(actor.area)
    except ValueError:
        return Scope.of(())
    inside = str(actor.area)
    townships = (d.code for d in site.divisions.values() if d.level is Level.TOWNSHIP)
    return Scope.of({*(township_bucket(c) for c in townships if str(c).startswith(inside)), *_shared(actor.area, site)})


def _shared(area: int, site: Site) -> set[str]:
    inside = (d.code for d in site.divisions.values() if d.level is Level.COUNTY and str(d.code).startswith(str(area)))
    return {area_bucket(code) for code in (*areas_over(area, site), *inside)}
