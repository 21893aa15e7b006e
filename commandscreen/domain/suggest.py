"""Which units a case is suggested to, and why: what the site's own closed cases say, then the class's trade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .case import Case
from .site import Site
from .unit import Unit

LEAST_SHARE = 0.5
LEAST_CASES = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit. `count` of `total` closed cases of the class went to it in the days asked for; 0 where its trade speaks."""

    unit: Unit
    count: int = 0
    total: int = 0


def suggest(case: Case, site: Site, history: Mapping[int, int]) -> tuple[Suggestion, ...]:
    """Units that serve the place, best first. `history` counts the class's closed cases by lead unit.

    Units of the class's trade come first, the nearest area before the wider one; where at least half of three or
    more closed cases went to one unit, that one leads.
    """
    kind = site.classes.get(case.class_id)
    units = [u for u in site.units_for(case.township) if str(case.grid).startswith(str(u.area))]
    units.sort(key=lambda u: (-len(str(u.area)), u.id))  # the nearest first
    trade = [u for u in units if kind and u.trade == kind.trade]
    total = sum(history.values())
    known = {u.id: u for u in units}
    learnt = sorted((u for u in history if u in known), key=lambda u: (-history[u], u))
    order = [u.id for u in trade]
    if learnt and total >= LEAST_CASES and history[learnt[0]] >= total * LEAST_SHARE:
        order.insert(0, learnt[0])
    order += learnt
    order += [u.id for u in units]
    return tuple(Suggestion(known[u], history.get(u, 0), total if history.get(u) else 0) for u in dict.fromkeys(order))
