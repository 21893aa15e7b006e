"""What a person may see: the buckets of their area or unit, and the name of that set."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.division import Level, ancestor, level_of
from ..domain.person import Actor, Role
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
    """A unit's people see what the unit leads or assists in; others the townships in or round their area."""
    if actor.roles <= BLIND:
        return Scope.of(())
    if actor.unit:
        return Scope.of({unit_bucket(actor.unit)})
    if len(str(actor.area)) in (12, 16):
        return Scope.of({township_bucket(ancestor(int(str(actor.area)[:12]), Level.TOWNSHIP))})
    inside = str(actor.area)
    try:
        level_of(actor.area)
    except ValueError:
        return Scope.of(())
    return Scope.of(
        township_bucket(d.code)
        for d in site.divisions.values()
        if d.level is Level.TOWNSHIP and str(d.code).startswith(inside)
    )
