"""What publishing would do, in words: who gets it, who is told, what is like it, and when it goes out. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ..domain import hours, recipients
from ..domain.clock import DAY
from ..domain.command import Bad
from ..domain.near import Near, near
from ..domain.site import Site
from ..domain.task import Task
from ..store.board import Week
from . import board_rows, board_words
from . import format as fmt
from .meeting_side import Lines


def codes(tasks: Sequence[Task], site: Site) -> set[int]:
    """Everyone the tasks would reach. Those merged away are left out; the rules name them."""
    found: set[int] = set()
    for task in tasks:
        try:
            found |= set(recipients.expand(task.to, task.area, site))
        except Bad:
            continue
    return found


def addressed_words(found: set[int], site: Site) -> str:
    """52个乡镇（街道） 830个村 363个社区"""
    many = recipients.addressed(found, site)
    parts = (
        ("township", many.townships),
        ("community", many.communities),
        ("village", many.villages),
        ("grid", many.grids),
    )
    return " ".join(board_words.group(name, number) for name, number in parts if number)


def copied_words(found: set[int], area: int) -> str:
    """Who sees it without having to do anything: 7个县（市）区 3个乡镇（街道）"""
    return told_words(recipients.copied(found, area))


def told_words(told: Sequence[int]) -> str:
    """The divisions it is copied to, counted."""
    counties = sum(len(str(code)) == 6 for code in told)
    parts = [QCoreApplication.translate("MeetingLines", "{n}个县（市）区").format(n=counties)] if counties else []
    if len(told) > counties:
        parts.append(board_words.group("township", len(told) - counties))
    return " ".join(parts) or QCoreApplication.translate("MeetingLines", "无")


def alike(task: Task, week: Week, site: Site, now: int) -> tuple[Near, ...]:
    """Tasks of the past weeks much like this one."""
    since = now - site.settings.near_weeks * 7 * DAY
    others = [t for t in week.past if t.id != task.id and t.published_at >= since]
    return near(task.title, others, site.settings.near_share)


def alike_words(found: Sequence[Near], site: Site) -> str:
    """与第9周“…”相近 87%"""
    if not found:
        return QCoreApplication.translate("MeetingLines", "近{n}周没有相近的").format(n=site.settings.near_weeks)
    best = found[0]
    return QCoreApplication.translate("MeetingLines", "与{week}“{title}”相近 {n}%").format(
        week=board_rows.week_name(best.task.published_at), title=best.task.title, n=round(best.share * 100))  # fmt: skip


def hour_words(site: Site, now: int) -> str:
    """9:36 工作时段内; outside of it, when it will go out."""
    out = hours.goes_out(now, site.calendar)
    if out <= now:
        return QCoreApplication.translate("MeetingLines", "{time} 工作时段内").format(time=fmt.clock(now))
    return QCoreApplication.translate("MeetingLines", "非工作时段，{day} {time}发出").format(
        day=fmt.date(out) + " " + fmt.weekday(out), time=fmt.clock(out))  # fmt: skip


def publish_lines(tasks: Sequence[Task], week: Week, site: Site, now: int) -> Lines:
    """What the publish panel says of the chosen tasks."""
    translate = QCoreApplication.translate
    found = codes(tasks, site)
    near_most = max((alike(t, week, site, now) for t in tasks), key=lambda n: n[0].share if n else 0, default=())
    rows = (
        (translate("MeetingLines", "直达"), addressed_words(found, site) or "—"),
        (translate("MeetingLines", "抄送"), copied_words(found, week.area) if found else "—"),
        (translate("MeetingLines", "回报"), translate("MeetingLines", "各项只报一次，已填字段不再要")),
        (translate("MeetingLines", "查重"), alike_words(near_most, site) if tasks else "—"),
    )
    return Lines(rows, hour_words(site, now), len(tasks))
