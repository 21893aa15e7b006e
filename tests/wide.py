"""A wide made-up site for the weekly meeting: 52 townships and 350 communities, one clerk each, and a city centre."""

from __future__ import annotations

from dataclasses import replace

from sites import CITY, LISHAN, SHAHE, TIEDONG, XINGONG, tiny_site

from commandscreen.domain.category import DutyItem
from commandscreen.domain.division import Division, Level
from commandscreen.domain.person import Person, Role
from commandscreen.domain.site import Site

TOWNSHIPS, COMMUNITIES = 52, 350
DUTIES = (
    DutyItem("main_duty", 1, "宣传和执行党的路线方针政策"),
    DutyItem("assist_duty", 7, "公共安全隐患排查和处置"),
    DutyItem("certificate_ended", 1, "亲属关系"),
)


def wide_site() -> Site:
    """The small site grown to 52 townships and 350 communities; accounts `chair`, `clerk`, `deputy`, `county-head`,
    `street-CODE`, `village-CODE`, and the units' handlers as in the small site."""
    site = tiny_site()
    divisions = dict(site.divisions)
    number = 100
    while sum(d.level is Level.TOWNSHIP for d in divisions.values()) < TOWNSHIPS:
        number += 1
        code = (LISHAN if number % 2 else TIEDONG) * 1000 + number
        divisions[code] = Division(code, f"第{number}街道", Level.TOWNSHIP, code // 1000, True, (0, 0))
    townships = sorted(c for c, d in divisions.items() if d.level is Level.TOWNSHIP)
    turn = 0
    while sum(d.level is Level.COMMUNITY for d in divisions.values()) < COMMUNITIES:
        code = townships[turn % TOWNSHIPS] * 1000 + 500 + turn // TOWNSHIPS
        turn += 1
        divisions.setdefault(code, Division(code, f"第{turn}社区", Level.COMMUNITY, code // 1000, True, (0, 0)))
    people = list(site.people)

    def add(account: str, role: Role, area: int) -> None:
        people.append(Person(len(people) + 1, account, account, account, frozenset({role}), area))

    add("chair", Role.CENTRE_HEAD, CITY)
    add("deputy", Role.CENTRE_HEAD, CITY)
    add("clerk", Role.SHIFT_LEADER, CITY)
    add("county-head", Role.CENTRE_HEAD, LISHAN)
    for code, division in sorted(divisions.items()):
        if division.level is Level.TOWNSHIP:
            add(f"street-{code}", Role.DISPATCHER, code)
        if division.level is Level.COMMUNITY:
            add(f"village-{code}", Role.GRID_CHIEF, code)
    return replace(site, divisions=divisions, people=tuple(people), duties=DUTIES)


__all__ = ["CITY", "COMMUNITIES", "LISHAN", "SHAHE", "TOWNSHIPS", "XINGONG", "wide_site"]
