"""Words of invented cases: where, what, what was done. Deterministic by the random stream they are given."""

from __future__ import annotations

import numpy as np

from ..domain.category import CaseClass
from ..domain.site import Site

_OUTDOORS = frozenset({"市容环卫", "市政设施", "交通运输", "环保水务", "农业农村"})
_WHERE = ("小区内", "学校周边", "医院周边", "市场周边", "村内", "园区内")
_TAILS = ("", "", "", "，居民多次反映", "，影响通行", "，已设警示", "，请尽快处理", "，有老人小孩经过", "，昨日起出现")
DONE = (
    "已现场处理，恢复正常", "已清理完毕并拍照", "已更换损坏部件", "已修复，明日复查", "已联系责任人整改到位",
    "已疏通，水流正常", "已调解，双方达成一致", "已加固并设警示",
)  # fmt: skip
_FOUND = ("已到现场查看，情况属实", "现场核实，需协调物业", "查明原因，准备材料", "现场已围挡")


def place(site: Site, grid: int, number: int) -> str:
    """A building in town, a group of houses in a village."""
    community = site.divisions[grid // 10_000]
    if community.urban:
        return f"{community.name}{number % 68 + 1}号楼"
    return f"{community.name}{number % 11 + 1}组"


def title(kind: CaseClass, where: str, number: int) -> str:
    """What is wrong and where, as a clerk writes it."""
    near = "，" if kind.name.startswith(_WHERE) else "旁" if kind.major in _OUTDOORS else ""
    return f"{where}{near}{kind.name}{_TAILS[number % len(_TAILS)]}"


def done(rng: np.random.Generator) -> str:
    """What a unit feeds back."""
    return DONE[int(rng.integers(len(DONE)))]


def found(rng: np.random.Generator) -> str:
    """What was found on the spot."""
    return _FOUND[int(rng.integers(len(_FOUND)))]
