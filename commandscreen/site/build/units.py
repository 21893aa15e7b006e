"""The demo's units of the three circles: bureaus and crews of each county, teams of each township, organisations."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ...domain.division import Division, Level
from ...domain.unit import BOARD_TRADE, Circle, Duty, Unit
from .names import person_name
from .seeds import stream

P, M, S = Circle.PARTY_GOV, Circle.MASS_ORG, Circle.SOCIAL_ORG

# name, short, trade, circle, usual capacity
COUNTY: tuple[tuple[str, str, str, Circle, int], ...] = (
    ("住房和城乡建设局", "住建局", "housing", P, 20),
    ("房产服务中心", "房产服务中心", "property", P, 16),
    ("综合行政执法局", "综合执法局", "enforcement", P, 24),
    ("市政设施服务中心", "市政中心", "municipal", P, 24),
    ("环境卫生服务中心", "环卫中心", "sanitation", P, 30),
    ("生态环境分局", "生态环境局", "environment", P, 18),
    ("水务局", "水务局", "water_affairs", P, 12),
    ("交通运输局", "交通局", "traffic", P, 14),
    ("卫生健康局", "卫健局", "health", P, 10),
    ("民政局", "民政局", "civil", P, 10),
    ("教育局", "教育局", "education", P, 10),
    ("人力资源和社会保障局", "人社局", "labour", P, 12),
    ("市场监督管理局", "市场监管局", "market", P, 14),
    ("应急管理局", "应急局", "emergency", P, 10),
    ("消防救援大队", "消防大队", "fire", P, 10),
    ("园林绿化服务中心", "园林中心", "parks", P, 12),
    ("农业农村局", "农业农村局", "agriculture", P, 10),
    ("自然资源分局", "自然资源局", "land", P, 8),
    ("自来水公司抢修班", "自来水公司", "water_supply", P, 12),
    ("供暖公司换热站", "供暖公司", "heating", P, 12),
    ("燃气公司抢险班", "燃气公司", "gas", P, 10),
    ("供电分公司抢修班", "供电公司", "power", P, 12),
    ("通信保障站", "通信保障站", "telecom", P, 8),
    ("总工会", "总工会", "union", M, 6),
    ("团委", "团委", "youth", M, 6),
    ("妇联", "妇联", "women", M, 6),
    ("残联", "残联", "disabled", M, 6),
    ("应急消防物业", "应急物业", "crew", S, 10),
    ("民间调解协会", "调解协会", "mediation", S, 8),
    ("志愿服务联合会", "志愿联合会", "volunteers", S, 12),
)
TOWNSHIP: tuple[tuple[str, str, str, Circle, int], ...] = (
    ("综合行政执法队", "综合执法队", "enforcement", P, 18),
    ("派出所", "派出所", "police", P, 15),
    ("司法所", "司法所", "justice", P, 8),
    ("综合服务窗口", "综合窗口", "window", P, 14),
    ("环卫所", "环卫所", "sanitation", P, 18),
)
CITY: tuple[tuple[str, str, str, Circle, int], ...] = (
    ("公安局交警支队", "交警支队", "traffic_police", P, 60),
    ("消防救援支队", "消防支队", "fire_city", P, 40),
    ("市域治理服务中心", "治理中心", "centre", Circle.CORE, 80),
    ("红十字会", "红十字会", "red_cross", M, 10),
)
# Bureaus of the city that propose tasks at the weekly meeting and handle no cases; their ids follow all others.
BUREAUS: tuple[tuple[str, str, Circle], ...] = (
    ("委组织部", "组织部", P),
    ("委政法委员会", "政法委", P),
    ("发展和改革委员会", "发改委", P),
    ("工业和信息化局", "工信局", P),
    ("住房和城乡建设局", "住建局", P),
    ("民政局", "民政局", P),
    ("财政局", "财政局", P),
    ("人力资源和社会保障局", "人社局", P),
    ("农业农村局", "农业农村局", P),
    ("公安局", "公安局", P),
    ("司法局", "司法局", P),
    ("应急管理局", "应急局", P),
    ("营商环境建设局", "政务局", P),
    ("精神文明建设办公室", "文明办", P),
    ("中级人民法院", "中级法院", P),
    ("供热有限公司", "供热公司", P),
    ("工商业联合会", "工商联", M),
)
TRADES = frozenset(row[2] for row in (*COUNTY, *TOWNSHIP, *CITY))
WEEK = (1, 2, 3, 4, 5)
WEEKEND = (6, 7)


def units(divisions: Iterable[Division], seed: int) -> dict[int, Unit]:
    """All units by id; ids run on from city to county to township, in code order, and then over the city's bureaus."""
    made: dict[int, Unit] = {}
    made_for = tuple(divisions)
    for division in sorted(made_for, key=lambda d: (d.level, d.code)):
        table = {Level.CITY: CITY, Level.COUNTY: COUNTY, Level.TOWNSHIP: TOWNSHIP}.get(division.level, ())
        for name, short, trade, circle, capacity in table:
            number = len(made) + 1
            rng = stream(seed, "unit", number)
            prefix = "区" if division.name.endswith("区") else division.name[-1:]
            lead = {Level.CITY: "市", Level.COUNTY: prefix}.get(division.level, division.name[:2])
            scale = 1.0 if division.level is not Level.COUNTY else 1.6
            made[number] = Unit(number, division.name + name, lead + short, circle, trade, division.code,
                                round(capacity * scale), f"0412-000{number:04d}", roster(rng))  # fmt: skip
    city = next((d for d in made_for if d.level is Level.CITY), None)
    if city is None:
        return made
    for name, short, circle in BUREAUS:
        number = len(made) + 1
        rng = stream(seed, "unit", number)
        made[number] = Unit(number, city.name + name, "市" + short, circle, BOARD_TRADE, city.code, 0,
                            f"0412-000{number:04d}", roster(rng))  # fmt: skip
    return made


def roster(rng: np.random.Generator) -> tuple[Duty, ...]:
    """Two shifts on work days, one for nights and one for weekends: someone can always be reached."""
    posts = ("值班长", "带班", "抢修值班", "值守")
    state = ("on_post", "on_post", "field", "phone")
    return (
        Duty(person_name(rng), posts[0], WEEK, 8, 17, state[int(rng.integers(0, 3))]),
        Duty(person_name(rng), posts[3], WEEK, 17, 32, state[int(rng.integers(2, 4))]),
        Duty(person_name(rng), posts[1], WEEKEND, 8, 20, state[int(rng.integers(0, 4))]),
        Duty(person_name(rng), posts[2], WEEKEND, 20, 32, "phone"),
    )
