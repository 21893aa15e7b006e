"""Domain values of the board turned into what its widgets show, in the user's words. Pure but for the language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from ..domain.case import Lamp
from ..domain.clock import CST, DAY, HOUR, MINUTE
from ..domain.division import Level
from ..domain.meeting import PUBLISH, AgendaItem, Meeting, MeetingState
from ..domain.receipt import Receipt, ReceiptState
from ..domain.site import Site
from ..domain.task import Column, Lane, Task, TaskState
from ..widgets import agenda_bar
from ..widgets.board.card import Card
from ..widgets.receipt_row import ReceiptRow
from . import board_words, words
from . import format as fmt

COLUMNS = (Column.TODO, Column.DOING, Column.REVIEW, Column.DONE)
LANES = (Lane.PARTY, Lane.ECONOMY, Lane.SOCIETY, Lane.LIVELIHOOD)
NEAR_LEAST = 15 * MINUTE


def cause(number: int, site: Site) -> str:
    """A class of the problem pool as a task's root cause: its three levels, or its number where the site has it no more."""
    kind = site.classes.get(number)
    return kind.path if kind else str(number)


def proposer(task: Task, site: Site) -> str:
    """Who proposed a task: the unit's short name, or the centre."""
    unit = site.units.get(task.unit)
    return unit.short if unit else QCoreApplication.translate("BoardRows", "治理中心")


def recipients(task: Task, site: Site) -> str:
    """Who gets it, counted: 52个乡镇（街道）."""
    groups, codes = [], []
    for text in task.to:
        area, slash, name = text.partition("/")
        if slash:
            groups.append((name, size_of(int(area), name, site)))
        else:
            codes.append(text)
    if not groups and not codes and task.counts.total:
        return QCoreApplication.translate("BoardRows", "{n}个收件方").format(n=task.counts.total)
    if len(groups) == 1 and not codes and task.counts.total:
        groups = [(groups[0][0], task.counts.total)]
    parts = [board_words.group(name, number) for name, number in groups]
    if len(codes) == 1 and len(codes[0]) <= 12:
        division = site.divisions.get(int(codes[0]))
        parts.append(division.name if division else codes[0])
    elif codes:
        for digits, name in ((9, "township"), (12, "all"), (16, "grid")):
            number = sum(len(c) == digits for c in codes)
            if number:
                parts.append(board_words.group(name, number))
    return QCoreApplication.translate("BoardRows", "、").join(parts)


@lru_cache(maxsize=256)  # asked for each card at each refresh; a site never changes
def size_of(area: int, group: str, site: Site) -> int:
    """How many divisions a group has inside an area."""
    inside = [d for d in site.divisions.values() if str(d.code).startswith(str(area))]
    if group in ("township", "street"):
        return sum(d.level is Level.TOWNSHIP and (group == "township" or d.urban) for d in inside)
    return sum(d.level is Level.COMMUNITY and (group == "all" or d.urban == (group == "community")) for d in inside)


def lamp(task: Task, now: int) -> Lamp | None:
    """A task's lamp: near due in the last fifth of its time; none before it is published."""
    if task.state is TaskState.DONE:
        return Lamp.DONE
    if task.column not in (Column.DOING, Column.REVIEW) or not task.due:
        return None
    if now >= task.due:
        return Lamp.OVERDUE
    span = max(0, task.due - (task.published_at or task.at))
    return Lamp.DUE if task.due - now <= max(span // 5, NEAR_LEAST) else Lamp.OK


def due_words(task: Task, now: int) -> str:
    """3月20日, 超期1日, 拟3月25日 while it is on no agenda."""
    if task.state is TaskState.DONE:
        return fmt.date(task.done_at)
    if lamp(task, now) is Lamp.OVERDUE:
        days = (now - task.due) // DAY
        if days:
            return QCoreApplication.translate("BoardRows", "超期{n}日").format(n=days)
        return QCoreApplication.translate("BoardRows", "超期{n}时").format(n=max(1, (now - task.due) // HOUR))
    if task.state in (TaskState.DRAFT, TaskState.RETURNED) and not task.meeting:
        return QCoreApplication.translate("BoardRows", "拟{date}").format(date=fmt.date(task.due))
    return fmt.date(task.due)


def item_words(task: Task) -> str:
    """The line of the lists, or that there is none."""
    if task.item is None:
        return QCoreApplication.translate("BoardRows", "清单外")
    return board_words.item(task.item.list, task.item.number)


def card(task: Task, site: Site, now: int, pending: bool) -> Card:
    """A task as the board shows it."""
    shown = lamp(task, now)
    note = ""
    if task.state is TaskState.WAITING:
        note = QCoreApplication.translate("BoardRows", "{time}发出").format(time=fmt.moment(task.publish_at, now))
    elif task.state in (TaskState.OWN, TaskState.RETURNED):
        note = board_words.task_state(task.state)
    elif task.carried and task.state is TaskState.DRAFT:
        note = QCoreApplication.translate("BoardRows", "结转{n}次").format(n=task.carried)
    elif task.counts.asked:
        note = QCoreApplication.translate("BoardRows", "{n}个收件方要延时").format(n=task.counts.asked)
    # Once all have reported, what is left to see is how many were accepted.
    done = task.counts.accepted if task.state is TaskState.REVIEW else task.counts.reported
    return Card(
        task.id, task.title, f"{proposer(task, site)} {recipients(task, site)}".strip(), due_words(task, now),
        item_words(task), shown.value if shown else "", words.lamp(shown) if shown else board_words.task_state(task.state),
        task.item is not None, done,
        task.counts.total if task.state in (TaskState.ACTIVE, TaskState.REVIEW) else 0,
        task.urgent.reason if task.urgent and task.state is not TaskState.DONE else "",
        QCoreApplication.translate("BoardRows", "会外紧急") if task.urgent and task.state is not TaskState.DONE else "",
        note, "waiting" if pending else "", task.state is TaskState.DONE,
    )  # fmt: skip


def by_cell(tasks: Sequence[Task], site: Site, now: int, pending: frozenset[int]) -> dict[tuple[str, str], list[Card]]:
    """Cards per (lane, column): 会外紧急 that waits for its review first, then by deadline; finished ones newest first."""
    cells: dict[tuple[str, str], list[Card]] = {}
    ordered = sorted(
        (t for t in tasks if t.column is not None), key=lambda t: (not t.flagged, t.done_at and -t.done_at, t.due, t.id)
    )
    for task in ordered:
        if task.column is not None:
            cells.setdefault((task.lane.value, task.column.value), []).append(card(task, site, now, task.id in pending))
    return cells


def receipt_lamp(receipt: Receipt, now: int) -> Lamp:
    """A share's lamp: done once accepted; late or near due until it is reported."""
    if receipt.state is ReceiptState.ACCEPTED:
        return Lamp.DONE
    if receipt.state is ReceiptState.REPORTED or not receipt.due:
        return Lamp.OK
    if now >= receipt.due:
        return Lamp.OVERDUE
    return Lamp.DUE if receipt.due - now <= max((receipt.due - receipt.at) // 5, NEAR_LEAST) else Lamp.OK


def receipt_row(
    receipt: Receipt, site: Site, now: int, pending: bool, level: int = 0, title: bool = False, own: bool = False
) -> ReceiptRow:
    """A share as a list shows it: under its division's name, or under the task's title on the recipient's own desk."""
    name = area_name(receipt.area, site)
    parts = []
    if receipt.ask is not None:
        parts.append(QCoreApplication.translate("BoardRows", "申请延到{date}：{why}").format(
            date=fmt.date(receipt.ask.until), why=receipt.ask.reason))  # fmt: skip
    elif receipt.text:
        parts.append(receipt.text)
    elif receipt.signed_by:
        parts.append(QCoreApplication.translate("BoardRows", "{who} {time}签收").format(
            who=receipt.signed_by, time=fmt.moment(receipt.signed_at, now)))  # fmt: skip
    if receipt.photos:
        parts.append(QCoreApplication.translate("BoardRows", "附件{n}").format(n=len(receipt.photos)))
    if receipt.share and receipt.state is ReceiptState.SIGNED:
        parts.append(f"{receipt.share}%")
    if title and not own:
        parts.insert(0, name)
    if gone(receipt.area, site):
        parts.insert(0, QCoreApplication.translate("BoardRows", "收件方已撤并，请转交"))
    late = receipt_lamp(receipt, now)
    state = board_words.receipt_state(receipt.state)
    due = QCoreApplication.translate("BoardRows", "限{time}").format(time=fmt.date(receipt.due)) if receipt.due else ""
    if late is Lamp.OVERDUE:
        due = words.lamp(late) + " " + fmt.date(receipt.due)
    return ReceiptRow(late.value, receipt.title if title else name, " · ".join(parts), state, due, level,
                      receipt.sub.reported, receipt.sub.total, fate="waiting" if pending else "")  # fmt: skip


def area_name(code: int, site: Site) -> str:
    """A division's or grid's name."""
    if len(str(code)) == 16:
        village = site.divisions.get(code // 10_000)
        number = code % 10_000
        return f"{village.name if village else code} {number // 100}-{number % 100:02d}"
    division = site.divisions.get(code)
    return division.name if division else str(code)


def gone(code: int, site: Site) -> bool:
    """Whether a recipient was merged away, or its grid drawn anew."""
    return site.grids.index(code) < 0 if len(str(code)) == 16 else code not in site.divisions


def agenda(meeting: Meeting, now: int) -> list[agenda_bar.AgendaItem]:
    """The agenda as its bar shows it."""
    found = []
    for number, item in enumerate(meeting.agenda):
        minutes = item.minutes + item.extra
        detail = " ".join(
            p for p in (QCoreApplication.translate("BoardRows", "{n}分").format(n=minutes), item.who) if p
        )
        share, left, stage = 0.0, "", "ahead"
        if meeting.state is MeetingState.ENDED or (item.ended_at and number != meeting.current):
            stage = "done"
        elif number == meeting.current:
            stage = "current"
            rest = meeting.item_left(now)
            share = 1 - rest / (minutes * 60) if minutes else 1.0
            left = (
                QCoreApplication.translate("BoardRows", "剩 {t}")
                if rest >= 0
                else QCoreApplication.translate("BoardRows", "超 {t}")
            )
            left = left.format(t=minutes_seconds(rest))
        found.append(agenda_bar.AgendaItem(agenda_name(item), minutes, detail, share, left, stage))
    return found


def agenda_name(item: AgendaItem) -> str:
    """An item's word: its lane's, 确认发布, or a committee's own title."""
    if item.lane == PUBLISH:
        return QCoreApplication.translate("BoardRows", "确认发布")
    return board_words.lane(Lane(item.lane)) if item.lane in _LANE_NAMES else item.title


_LANE_NAMES = frozenset(lane.value for lane in Lane)


def minutes_seconds(seconds: int) -> str:
    """23:41, its sign left to the words around it."""
    seconds = abs(seconds)
    return f"{seconds // MINUTE}:{seconds % MINUTE:02d}"


def week_name(at: int) -> str:
    """第12周 3月16日 周一"""
    number = datetime.fromtimestamp(at, CST).isocalendar().week
    return QCoreApplication.translate("BoardRows", "第{n}周 {date} {day}").format(
        n=number, date=fmt.date(at), day=fmt.weekday(at)
    )


def week_number(at: int) -> str:
    """第12周"""
    number = datetime.fromtimestamp(at, CST).isocalendar().week
    return QCoreApplication.translate("BoardRows", "第{n}周").format(n=number)


def meeting_name(meeting: Meeting, site: Site) -> str:
    """A meeting in the picker: kind, place, week."""
    place = site.divisions.get(meeting.area)
    return " ".join((board_words.meeting_kind(meeting.kind), week_name(meeting.at), place.name if place else "",
                     board_words.meeting_state(meeting.state)))  # fmt: skip
