"""The small site with a centre of its own and every line that the demo's tasks stand on."""

from __future__ import annotations

from dataclasses import replace

from sites import CITY, SHAHE, tiny_site

from commandscreen.domain.person import Person, Role
from commandscreen.domain.site import Site
from commandscreen.site.board_tasks import PLOTS


def city() -> Site:
    """The small site with a centre of its own and every line the demo's tasks stand on."""
    site = tiny_site()
    items = {p.item for p in PLOTS if p.item} | {
        (name, n) for name in ("main_duty", "assist_duty") for n in range(1, 19)
    }
    duties = tuple(replace(site.duties[0], list=name, number=n, text=f"{name}{n}") for name, n in sorted(items))
    more = (
        Person(900, "city-leader", "值班长", "值班长", frozenset({Role.SHIFT_LEADER}), CITY),
        Person(901, f"centre_head.{SHAHE}", "街道主任", "中心主任", frozenset({Role.CENTRE_HEAD}), SHAHE),
    )
    return replace(site, duties=duties, people=(*site.people, *more))
