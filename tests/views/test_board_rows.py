"""The board's values put into words: lamps, deadlines, recipients, the tree of recipients, and what goes on paper."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

sys.path[:0] = [str(Path(__file__).parents[1])]

from sites import CITY, LISHAN, SHAHE, XINGONG, tiny_site  # noqa: E402

from commandscreen.domain.case import Lamp  # noqa: E402
from commandscreen.domain.clock import DAY, HOUR  # noqa: E402
from commandscreen.domain.meeting import AgendaItem, Meeting, MeetingState, Member, Note  # noqa: E402
from commandscreen.domain.receipt import Receipt, ReceiptState  # noqa: E402
from commandscreen.domain.task import Counts, Item, Lane, Task, TaskState, Urgent  # noqa: E402
from commandscreen.store.board import Week, monday  # noqa: E402
from commandscreen.theme import load_fonts  # noqa: E402
from commandscreen.views import board_filter, board_rows, minutes, receipt_tree  # noqa: E402
from commandscreen.views.board_words import BOARD_REFUSALS, BOARD_STEPS  # noqa: E402
from commandscreen.views.paper import Heading, Paragraph, Table, pdf  # noqa: E402
from commandscreen.views.sheets import Letterhead  # noqa: E402

NOW = 1_773_277_200  # 2026-03-12 09:00 CST
HEAD = Letterhead("沙河街道指挥中心", "周敏", NOW, True)


def task(**more: object) -> Task:
    values = {"id": 1, "ver": 1, "area": CITY, "state": TaskState.ACTIVE, "title": "老旧小区消防管网排查", "lane": Lane.SOCIETY,
              "at": NOW - 10 * DAY, "due": NOW + 8 * DAY, "published_at": NOW - 10 * DAY, "to": (f"{CITY}/township",),
              "item": Item("assist_duty", 7), "counts": Counts(3, 3, 2, 1)} | more  # fmt: skip
    return Task(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("left", "state", "lamp"), [
    (8 * DAY, TaskState.ACTIVE, Lamp.OK), (2 * DAY, TaskState.ACTIVE, Lamp.DUE), (0, TaskState.ACTIVE, Lamp.OVERDUE),
    (-DAY, TaskState.DRAFT, None), (-DAY, TaskState.DONE, Lamp.DONE), (-DAY, TaskState.WAITING, None)])  # fmt: skip
def test_the_lamp_turns_in_the_last_fifth(left: int, state: TaskState, lamp: Lamp | None) -> None:
    assert board_rows.lamp(task(due=NOW + left, state=state), NOW) is lamp


def test_a_deadline_says_how_late_it_is_and_whether_it_is_only_meant(qapp: QApplication) -> None:
    assert board_rows.due_words(task(due=NOW - DAY - HOUR), NOW) == "超期1日"
    assert board_rows.due_words(task(due=NOW - 3 * HOUR), NOW) == "超期3时"
    assert board_rows.due_words(task(), NOW) == "3月20日"
    assert board_rows.due_words(task(state=TaskState.DRAFT, published_at=0), NOW) == "拟3月20日"
    assert board_rows.due_words(task(state=TaskState.DRAFT, published_at=0, meeting=5), NOW) == "3月20日"


def test_a_card_says_what_the_task_is(qapp: QApplication) -> None:
    site = tiny_site()
    card = board_rows.card(task(), site, NOW, True)
    assert card.who == "治理中心 3个乡镇（街道）" and card.item == "协助第7项"
    assert (card.done, card.of, card.fate, card.lamp) == (2, 3, "waiting", "ok")
    assert board_rows.card(task(state=TaskState.REVIEW), site, NOW, False).done == 1
    urgent = task(urgent=Urgent("管道破裂", 1, "值班长", NOW))
    assert board_rows.card(urgent, site, NOW, False).urgent == "管道破裂"
    off = board_rows.card(task(item=None, state=TaskState.DRAFT), site, NOW, False)
    assert not off.listed and off.item == "清单外" and off.of == 0
    assert board_rows.card(task(to=(str(SHAHE),)), site, NOW, False).who.endswith(site.divisions[SHAHE].name)


def test_filters_and_words(qapp: QApplication) -> None:
    site = tiny_site()
    actor = next(p for p in site.people).actor()

    def shown(found: Task, text: str = "", name: str = "") -> bool:
        return board_filter.passes(found, text, name, site, actor, None, NOW)

    assert shown(task(), "xfgw") and shown(task(), "协助第7") and not shown(task(), "供暖")
    assert shown(task(due=NOW - 1), name="late") and not shown(task(), name="late")
    assert shown(task(item=None), name="off_list") and not shown(task(), name="off_list")
    assert shown(task(by=actor.id), name="ours") and not shown(task(by=actor.id + 1), name="ours")


def receipt(number: int, area: int, state: ReceiptState = ReceiptState.SIGNED, **more: object) -> Receipt:
    return Receipt(number, 1, 1, area, state, "任务", NOW - DAY, NOW + DAY, **more)  # type: ignore[arg-type]


def test_recipients_roll_up_by_county_and_open_to_their_shares(qapp: QApplication) -> None:
    site = tiny_site()
    reported = [receipt(n, SHAHE * 1000 + n, ReceiptState.REPORTED) for n in range(1, 10)]
    late = [replace(receipt(n, SHAHE * 1000 + n, ReceiptState.SENT), due=NOW - 1) for n in range(10, 21)]
    found = receipt_tree.nodes([*reported, *late], site, NOW, frozenset(), set())
    assert [n.key for n in found] == [LISHAN]
    assert (found[0].row.done, found[0].row.of, found[0].row.lamp) == (9, 20, "overdue")
    assert found[0].row.state == "超期11 未签收11"
    found = receipt_tree.nodes([*reported, *late], site, NOW, frozenset(), {LISHAN, SHAHE})
    assert [n.row.level for n in found] == [0, 1] + [2] * 20
    only = receipt_tree.nodes([*reported, *late], site, NOW, frozenset(), set(), "late")
    assert {n.receipt.id for n in only} == set(range(10, 21))


def test_what_was_split_off_stands_below_its_recipient(qapp: QApplication) -> None:
    site = tiny_site()
    over = receipt(1, SHAHE)
    part = receipt(2, XINGONG, over=1, direct=False)
    found = receipt_tree.nodes([over, part], site, NOW, frozenset({2}), set())
    assert [(n.receipt.id, n.row.level) for n in found] == [(1, 0), (2, 1)]
    assert found[1].row.fate == "waiting"


MEETING = Meeting(
    9, 4, CITY, MeetingState.ENDED, "一次会", NOW, opened_at=NOW, ended_at=NOW + 50 * 60, chair_name="韩冰",
    agenda=(AgendaItem("party", "", 12, began_at=NOW, ended_at=NOW + 600, notes=(Note(NOW + 60, "韩冰", "=1+1 按清单办"),)),
            AgendaItem("publish", "", 8)),
    members=(Member("1", "住建局", came_at=NOW), Member("2", "公安局")), published=(1,),
)  # fmt: skip


def test_minutes_hold_what_was_said_and_handed_down(qapp: QApplication) -> None:
    sheet = minutes.minutes(MEETING, [task(meeting=9)], tiny_site(), HEAD)
    text = " ".join(p.text for p in sheet.parts if isinstance(p, Paragraph | Heading))
    for words in ("09:00开始，09:50结束，主持 韩冰，应到2 实到1", "到会：住建局", "缺席：公安局", "党建，计划12分，用时10分", "按清单办",
                  "会上布置1项"):  # fmt: skip
        assert words in text
    table = next(p for p in sheet.parts if isinstance(p, Table))
    assert table.rows[0][2] == "老旧小区消防管网排查" and sheet.mark == "演示数据"
    load_fonts()
    assert pdf(sheet).startswith(b"%PDF")


def test_a_task_that_looks_like_a_formula_stays_text(tmp_path: Path, qapp: QApplication) -> None:
    found = task(title='=HYPERLINK("http://x","点")')
    path = tmp_path / "list.xlsx"
    minutes.write_xlsx(path, "任务清单", minutes.task_heads(), minutes.task_rows([found], tiny_site()))
    cell = load_workbook(path).active.cell(2, 3)
    assert cell.data_type == "s" and cell.value == found.title
    assert [p.name for p in tmp_path.iterdir()] == ["list.xlsx"]


def test_the_list_holds_every_task_of_the_week(qapp: QApplication) -> None:
    week = Week(CITY, monday(NOW), None, (), (task(), task(id=2, lane=Lane.PARTY)), (), (), (), (), frozenset())
    table = minutes.task_list(week, week.tasks, tiny_site(), HEAD).parts[0]
    assert isinstance(table, Table) and [row[1] for row in table.rows] == ["党建", "社会"]


def test_a_week_begins_on_monday_at_local_midnight() -> None:
    assert monday(NOW) == NOW - 3 * DAY - 9 * HOUR
    assert monday(monday(NOW)) == monday(NOW)


def test_every_command_and_refusal_of_the_board_has_words() -> None:
    from commandscreen.domain import board
    from commandscreen.domain.command import Reason

    assert board.KINDS - {"task.due"} <= set(BOARD_STEPS)
    own = [r.value for r in list(Reason) if r.value in {
        "outside-meeting", "off-list", "lists-changed", "ended-certificate", "no-meeting-day", "no-meeting-week", "already-booked",
        "no-quorum", "circle-missing", "already-chaired", "not-chair", "already-published", "already-reported", "already-sent",
        "recipient-gone", "wrong-state", "wrong-role", "out-of-scope", "stale-base", "limit-reached", "too-late"}]  # fmt: skip
    assert len(own) == 21 and set(own) <= set(BOARD_REFUSALS)
