"""The demo's accounts: one for each role on each level, one handler for each unit, three for each community."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.division import Division, Level
from ...domain.person import Person, Role
from ...domain.unit import Unit
from .names import person_name
from .seeds import stream

HOME = 210304015  # 立山区 沙河街道

_TOWNSHIP = (
    ("operator", "值班员", {Role.INTAKE, Role.DISPATCHER}),
    ("intake", "受理员", {Role.INTAKE}),
    ("dispatch", "派遣员", {Role.DISPATCHER}),
    ("leader", "值班长", {Role.SHIFT_LEADER}),
    ("head", "中心主任", {Role.CENTRE_HEAD}),
    ("check", "核查员", {Role.COLLECTOR}),
    ("wall", "大屏", {Role.WALL}),
)
_COUNTY = (
    ("operator", "值班员", {Role.INTAKE, Role.DISPATCHER}),
    ("leader", "值班长", {Role.SHIFT_LEADER}),
    ("head", "中心主任", {Role.CENTRE_HEAD}),
    ("supervisor", "督查员", {Role.SUPERVISOR}),
    ("check", "核查员", {Role.COLLECTOR}),
)
_CITY = (
    ("operator", "值班员", {Role.INTAKE, Role.DISPATCHER}),
    ("leader", "值班长", {Role.SHIFT_LEADER}),
    ("head", "中心主任", {Role.CENTRE_HEAD}),
    ("supervisor", "督查员", {Role.SUPERVISOR}),
    ("check", "核查员", {Role.COLLECTOR}),
    ("wall", "大屏", {Role.WALL}),
    ("admin", "系统管理员", {Role.ADMIN}),
    ("hotline", "12345热线接入", {Role.CHANNEL}),
    ("grid-app", "鞍心通接入", {Role.CHANNEL}),
    ("media", "媒体接入", {Role.CHANNEL}),
    ("ai-video", "AI感知接入", {Role.CHANNEL}),
    ("party-gov", "党政渠道接入", {Role.CHANNEL}),
    ("mass-org", "群团渠道接入", {Role.CHANNEL}),
)
_COMMUNITY = (
    ("l3", "三级网格员", {Role.GRID_WORKER}),
    ("l2", "二级网格员", {Role.GRID_LEAD}),
    ("l1", "一级网格长", {Role.GRID_CHIEF, Role.COLLECTOR}),
)
_TABLES = {Level.CITY: _CITY, Level.COUNTY: _COUNTY, Level.TOWNSHIP: _TOWNSHIP, Level.COMMUNITY: _COMMUNITY}
_NAMED = {"operator": "zhoumin"}


def people(divisions: Iterable[Division], units: Iterable[Unit], seed: int) -> tuple[Person, ...]:
    """Accounts such as `city-operator`, `t210304015-leader`, `g210304015017-l1`, `u12`; zhoumin sits in 沙河街道."""
    made: list[Person] = []
    letters = {Level.CITY: "", Level.COUNTY: "c", Level.TOWNSHIP: "t", Level.COMMUNITY: "g"}

    def add(account: str, post: str, roles: set[Role], area: int, unit: int = 0, name: str = "") -> None:
        number = len(made) + 1
        made.append(Person(number, account, name or person_name(stream(seed, "person", number)), post,
                           frozenset(roles), area, unit))  # fmt: skip

    for division in sorted(divisions, key=lambda d: (d.level, d.code)):
        prefix = "city" if division.level is Level.CITY else f"{letters[division.level]}{division.code}"
        for key, post, roles in _TABLES[division.level]:
            home = division.code == HOME and key in _NAMED
            name = "周敏" if home else post.removesuffix("接入") if roles == {Role.CHANNEL} else ""
            add(_NAMED[key] if home else f"{prefix}-{key}", post, roles, division.code, name=name)
    for unit in units:
        add(f"u{unit.id}", "经办人", {Role.HANDLER}, unit.area, unit.id)
    return tuple(made)
