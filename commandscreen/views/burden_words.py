"""The 减负 account in words: its figures' names, and who met or wrote, by the level of the area whose account it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ..domain.burden import Body

translate = QCoreApplication.translate


def body(value: Body, area: int) -> str:
    """市委, 市政府; below a city 党委, 政府."""
    city = len(str(area)) <= 4
    if value is Body.PARTY:
        return translate("BurdenWords", "市委") if city else translate("BurdenWords", "党委")
    if value is Body.GOVERNMENT:
        return translate("BurdenWords", "市政府") if city else translate("BurdenWords", "政府")
    return translate("BurdenWords", "治理中心") if value is Body.CENTRE else ""


def figure(name: str, area: int) -> str:
    """A figure's name: 市委会议, 参会人次."""
    what, _, rest = name.partition(".")
    if what == "meeting":
        return translate("BurdenWords", "{body}会议").format(body=body(Body(rest), area))
    if what == "document":
        return translate("BurdenWords", "{body}发文").format(body=body(Body(rest), area))
    return {
        "people": translate("BurdenWords", "参会人次"), "minutes": translate("BurdenWords", "会议分钟"),
        "urgent.days": translate("BurdenWords", "会外布置"), "urgent": translate("BurdenWords", "本月会外布置"),
        "over": translate("BurdenWords", "超时会议"), "late": translate("BurdenWords", "晚开会议"),
        "group": translate("BurdenWords", "清理工作群"), "free": translate("BurdenWords", "会议"),
        "after_hours": translate("BurdenWords", "8小时外消息"),
    }[name]  # fmt: skip
