"""People who sign in, their posts and roles, and what area and unit they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Posts of the field; what each may do stands in the workflow table."""

    GRID_WORKER = "grid_worker"  # 三级网格员
    GRID_LEAD = "grid_lead"  # 二级网格员
    GRID_CHIEF = "grid_chief"  # 一级网格长
    COLLECTOR = "collector"  # 采集员·核查员
    INTAKE = "intake"  # 受理员
    DISPATCHER = "dispatcher"  # 派遣员
    SHIFT_LEADER = "shift_leader"  # 值班长
    CENTRE_HEAD = "centre_head"  # 中心主任
    HANDLER = "handler"  # 承办单位经办人
    SUPERVISOR = "supervisor"  # 督查员
    WALL = "wall"  # 大屏设备
    CHANNEL = "channel"  # 接入渠道 (hotline, media, AI video)
    ADMIN = "admin"  # 系统管理员
    SYSTEM = "system"  # 到时自动: the server itself, nobody's post


POSTS = frozenset(Role) - {Role.SYSTEM}  # what people can hold


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person as the rules see them. `area` is a division code; `unit` is 0 for those of no unit."""

    id: int
    name: str
    roles: frozenset[Role]
    area: int
    unit: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the site's people file: an account and the actor it signs in as."""

    id: int
    account: str
    name: str
    post: str
    roles: frozenset[Role]
    area: int
    unit: int = 0

    def actor(self) -> Actor:
        """The person as the rules see them."""
        return Actor(self.id, self.name, self.roles, self.area, self.unit)
