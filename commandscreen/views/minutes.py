"""Paper from the board: the minutes of a meeting and the week's list of tasks, as PDF and XLSX. Files are written off the UI
thread; the pages are laid out on it, from values."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from .. import theme as look
from ..domain.meeting import Meeting
from ..domain.site import Site
from ..domain.task import Task
from ..store.board import Week
from . import board_rows, board_words, words
from . import format as fmt

_STYLE = (
    "<style>h1{font-size:18pt;text-align:center}h2{font-size:12pt}p,td,th{font-size:10pt}"
    "td,th{padding:3px 6px;border:1px solid #888}table{border-collapse:collapse}.small{color:#555;font-size:9pt}</style>"
)


def _text(value: object) -> str:
    """Other people's words as text: a document reads markup otherwise."""
    return html.escape(str(value))


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    head = "".join(f"<th>{_text(h)}</th>" for h in heads)
    body = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table cellspacing="0" width="100%"><tr>{head}</tr>{body}</table>'


def task_rows(tasks: Sequence[Task], site: Site, now: int) -> list[tuple[object, ...]]:
    """The week's tasks as rows of the list that is printed."""
    ordered = sorted(tasks, key=lambda t: (board_rows.LANES.index(t.lane), t.due, t.id))
    return [
        (n, board_words.lane(t.lane), t.title, board_rows.proposer(t, site), board_rows.recipients(t, site),
         board_rows.item_words(t), fmt.date(t.due), board_words.task_state(t.state),
         f"{t.counts.reported}/{t.counts.total}" if t.counts.total else "")
        for n, t in enumerate(ordered, 1)
    ]  # fmt: skip


def task_heads() -> list[str]:
    """The columns of that list."""
    translate = QCoreApplication.translate
    return [
        translate("Minutes", "序号"), translate("Minutes", "归口"), translate("Minutes", "任务"), translate("Minutes", "提出"),
        translate("Minutes", "直达"), translate("Minutes", "依据"), translate("Minutes", "期限"), translate("Minutes", "状态"),
        translate("Minutes", "回报"),
    ]  # fmt: skip


def minutes_html(meeting: Meeting, tasks: Sequence[Task], site: Site, now: int) -> str:
    """一次会纪要: when, who, what was said to each item, and what was handed down."""
    translate = QCoreApplication.translate
    place = site.divisions.get(meeting.area)
    title = f"{place.name if place else ''}{board_words.meeting_kind(meeting.kind)}{translate('Minutes', '纪要')}"
    parts = [f"<h1>{_text(title)}</h1>", f"<p>{_text(board_rows.week_name(meeting.at))}</p>"]
    if meeting.opened_at:
        end = fmt.clock(meeting.ended_at) if meeting.ended_at else "—"
        parts.append("<p>" + _text(translate("Minutes", "{start}开始，{end}结束，主持 {who}，应到{n} 实到{m}").format(
            start=fmt.clock(meeting.opened_at), end=end, who=meeting.chair_name or "—", n=len(meeting.members),
            m=meeting.present)) + "</p>")  # fmt: skip
    came = [m.name for m in meeting.members if m.came_at]
    away = [m.name for m in meeting.members if not m.came_at]
    if came:
        parts.append(
            "<p>"
            + _text(translate("Minutes", "到会：{names}").format(names=translate("Minutes", "、").join(came)))
            + "</p>"
        )
    if away and meeting.opened_at:
        parts.append(
            "<p>"
            + _text(translate("Minutes", "缺席：{names}").format(names=translate("Minutes", "、").join(away)))
            + "</p>"
        )
    by_id = {t.id: t for t in tasks}
    for item in meeting.agenda:
        spent = (item.ended_at - item.began_at) // 60 if item.ended_at and item.began_at else 0
        head = (
            translate("Minutes", "{name}，计划{n}分，用时{m}分") if spent else translate("Minutes", "{name}，计划{n}分")
        )
        parts.append(
            f"<h2>{_text(head.format(name=board_rows.agenda_name(item), n=item.minutes + item.extra, m=spent))}</h2>"
        )
        parts += [f"<p>{_text(fmt.clock(note.at))} {_text(note.name)}：{_text(note.text)}</p>" for note in item.notes]
        parts += [f"<p>· {_text(by_id[number].title)}</p>" for number in item.tasks if number in by_id]
    handed = [by_id[n] for n in meeting.published if n in by_id]
    if handed:
        parts.append(f"<h2>{_text(translate('Minutes', '会上布置{n}项').format(n=len(handed)))}</h2>")
        parts.append(_table(task_heads(), task_rows(handed, site, now)))
    return _STYLE + "".join(parts)


def list_html(week: Week, site: Site, now: int) -> str:
    """The week's list of tasks."""
    translate = QCoreApplication.translate
    place = site.divisions.get(week.area)
    title = f"{place.name if place else ''} {board_rows.week_name(week.start)} {translate('Minutes', '任务清单')}"
    rows = task_rows(week.tasks, site, now)
    return _STYLE + f"<h1>{_text(title)}</h1>" + _table(task_heads(), rows)


def write_pdf(path: Path, pages: str, landscape: bool = False) -> None:
    """Lays a document out on A4 with 18 mm around it. Raises OSError where it cannot be written."""
    draft = path.with_name(path.name + ".part")
    writer = QPdfWriter(str(draft))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait)
    writer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout.Unit.Millimeter)
    writer.setCreator("commandscreen")
    document = QTextDocument()
    document.setDefaultFont(QFont(look.FAMILY, 10))
    document.setHtml(pages)
    document.print_(writer)
    del writer
    if not draft.exists() or draft.stat().st_size == 0:
        raise OSError(f"cannot write {path}")
    draft.replace(path)


def print_papers(parent: QWidget, week: Week, site: Site, now: int, say: Callable[[str, str], None]) -> None:
    """Ctrl+P: asks where, then writes the minutes and the list side by side."""
    name = f"{board_rows.week_name(week.meeting.at if week.meeting else week.start)}".replace(" ", "-")
    chosen, _ = QFileDialog.getSaveFileName(parent, QCoreApplication.translate("Minutes", "存纪要和任务清单"), f"{name}.pdf",
                                            "PDF (*.pdf)")  # fmt: skip
    if chosen:
        say(*write_papers(Path(chosen), week, site, now))


def write_papers(path: Path, week: Week, site: Site, now: int) -> tuple[str, str]:
    """The minutes under the name given (the list where no meeting was), the list as PDF and XLSX beside it; what to say and
    its tone."""
    stem = path.with_suffix("")
    try:
        written = [path]
        if week.meeting is not None:
            write_pdf(path, minutes_html(week.meeting, (*week.tasks, *week.past), site, now))
            beside = stem.with_name(stem.name + QCoreApplication.translate("Minutes", "任务清单") + ".pdf")
        else:
            beside = path
        write_pdf(beside, list_html(week, site, now), landscape=True)
        written.append(beside.with_suffix(".xlsx"))
        write_xlsx(written[-1], task_heads(), task_rows(week.tasks, site, now))
    except OSError as error:
        return words.problem("disk-full") if error.errno == 28 else str(error), "critical"
    return QCoreApplication.translate("Minutes", "已存 {where}").format(where=str(path.parent)), ""


def write_xlsx(path: Path, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A sheet of rows; what begins like a formula stays text. Raises OSError where it cannot be written."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(QCoreApplication.translate("Minutes", "任务清单"))

    def cell(value: object, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=value if isinstance(value, int) else str(value))
        if not isinstance(value, int):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    for letter, width in zip("ABCDEFGHI", (6, 8, 36, 16, 26, 14, 12, 14, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([cell(h, True) for h in heads])
    for row in rows:
        sheet.append([cell(value) for value in row])
    draft = path.with_name(path.name + ".part")
    book.save(draft)
    draft.replace(path)
