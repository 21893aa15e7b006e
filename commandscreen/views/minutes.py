"""Paper from the board, as values: the minutes of a meeting and the week's list of tasks, for a PDF, a printer or XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from ..domain.meeting import AgendaItem, Meeting
from ..domain.site import Site
from ..domain.task import Task
from ..store.board import Week
from . import board_rows, board_words
from . import format as fmt
from .paper import Heading, Paragraph, Part, Sheet, Table
from .sheets import Letterhead

translate = QCoreApplication.translate
_SHARES = (0.7, 1.0, 4.4, 1.8, 3.0, 1.8, 1.4, 1.6, 1.3)


def task_heads() -> list[str]:
    """The columns of the list."""
    return [
        translate("Minutes", "序号"), translate("Minutes", "归口"), translate("Minutes", "任务"), translate("Minutes", "提出"),
        translate("Minutes", "直达"), translate("Minutes", "依据"), translate("Minutes", "期限"), translate("Minutes", "状态"),
        translate("Minutes", "回报"),
    ]  # fmt: skip


def task_rows(tasks: Sequence[Task], site: Site) -> list[tuple[int | str, ...]]:
    """Tasks as rows of the list, by lane and deadline."""
    ordered = sorted(tasks, key=lambda t: (board_rows.LANES.index(t.lane), t.due, t.id))
    return [
        (n, board_words.lane(t.lane), t.title, board_rows.proposer(t, site), board_rows.recipients(t, site),
         board_rows.item_words(t), fmt.date(t.due), board_words.task_state(t.state),
         f"{t.counts.reported}/{t.counts.total}" if t.counts.total else "")
        for n, t in enumerate(ordered, 1)
    ]  # fmt: skip


def _table(tasks: Sequence[Task], site: Site) -> Table:
    rows = [tuple(str(cell) for cell in row) for row in task_rows(tasks, site)]
    return Table(task_heads(), rows, _SHARES)


def minutes(meeting: Meeting, tasks: Sequence[Task], site: Site, head: Letterhead) -> Sheet:
    """一次会纪要: when, who, what was said to each item, and what was handed down."""
    place = site.divisions.get(meeting.area)
    title = translate("Minutes", "{kind}纪要").format(kind=board_words.meeting_kind(meeting.kind))
    parts: list[Part] = []
    if meeting.opened_at:
        end = fmt.clock(meeting.ended_at) if meeting.ended_at else "—"
        parts.append(Paragraph(translate("Minutes", "{start}开始，{end}结束，主持 {who}，应到{n} 实到{m}").format(
            start=fmt.clock(meeting.opened_at), end=end, who=meeting.chair_name or "—", n=len(meeting.members),
            m=meeting.present)))  # fmt: skip
        if meeting.handed_in:
            parts.append(Paragraph(translate("Minutes", "断网召开，时间按会场本机，{time}补报到服务器").format(
                time=f"{fmt.local(meeting.handed_in):%Y-%m-%d %H:%M}")))  # fmt: skip
        comma = translate("Minutes", "、")
        for said, names in (
            (translate("Minutes", "到会：{names}"), [m.name for m in meeting.members if m.came_at]),
            (translate("Minutes", "缺席：{names}"), [m.name for m in meeting.members if not m.came_at]),
        ):
            if names:
                parts.append(Paragraph(said.format(names=comma.join(names))))
    by_id = {t.id: t for t in tasks}
    for item in meeting.agenda:
        parts += _item_parts(item, by_id)
    handed = [by_id[n] for n in meeting.published if n in by_id]
    if handed:
        parts += [Heading(translate("Minutes", "会上布置{n}项").format(n=len(handed))), _table(handed, site)]
    subtitle = f"{place.name if place else site.name} {board_rows.week_name(meeting.at)}"
    return _sheet(title, subtitle, head, parts)


def _item_parts(item: AgendaItem, by_id: dict[int, Task]) -> list[Part]:
    spent = (item.ended_at - item.began_at) // 60 if item.ended_at and item.began_at else 0
    words = translate("Minutes", "{name}，计划{n}分，用时{m}分") if spent else translate("Minutes", "{name}，计划{n}分")
    parts: list[Part] = [Heading(words.format(name=board_rows.agenda_name(item), n=item.minutes + item.extra, m=spent))]
    parts += [Paragraph(f"{fmt.clock(note.at)} {note.name}：{note.text}") for note in item.notes]
    parts += [Paragraph(f"· {by_id[number].title}") for number in item.tasks if number in by_id]
    return parts


def task_list(week: Week, tasks: Sequence[Task], site: Site, head: Letterhead) -> Sheet:
    """The week's list of tasks."""
    place = site.divisions.get(week.area)
    subtitle = f"{place.name if place else site.name} {board_rows.week_name(week.start)}"
    return _sheet(translate("Minutes", "任务清单"), subtitle, head, [_table(tasks, site)])


def _sheet(title: str, subtitle: str, head: Letterhead, parts: Sequence[Part]) -> Sheet:
    foot = translate("Minutes", "{who} 打印于 {time}").format(
        who=head.person, time=f"{fmt.local(head.now):%Y-%m-%d %H:%M}"
    )
    return Sheet(title, subtitle, head.centre, parts, foot, translate("Minutes", "演示数据") if head.demo else "",
                 translate("Minutes", "第{n}页 共{all}页"))  # fmt: skip


def write_xlsx(path: Path, name: str, heads: Sequence[str], rows: Sequence[Sequence[int | str]]) -> None:
    """A sheet of rows; what begins like a formula stays text. Raises OSError where it cannot be written."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for letter, width in zip("ABCDEFGHI", (6, 8, 36, 16, 26, 14, 12, 14, 10), strict=True):
        sheet.column_dimensions[letter].width = width

    def cell(value: int | str, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=value)
        if not isinstance(value, int):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(h, True) for h in heads])
    for row in rows:
        sheet.append([cell(value) for value in row])
    draft = path.with_name(path.name + ".new")
    book.save(draft)
    draft.replace(path)
