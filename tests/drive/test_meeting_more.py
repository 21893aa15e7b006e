"""What stands beside the meeting itself, by keys and by mouse on a desk without a line: a share handed over, a line of the 减负
account noted by hand, what is copied to a county, and paper."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from board_seat import NOW, BoardSeat, Sit  # noqa: E402
from pdfs import pages  # noqa: E402

from commandscreen.domain.burden import Body, Load  # noqa: E402
from commandscreen.domain.receipt import Receipt, ReceiptState  # noqa: E402
from commandscreen.domain.task import TaskState  # noqa: E402

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
GONE = 210304099


def share(seat: BoardSeat, number: int) -> Receipt:
    return next(r for r in seat.page.task._receipts if r.id == number)


def go_to(seat: BoardSeat, receipt: Receipt) -> None:
    drawer = seat.page.task
    drawer.show_only(receipt.state.value)
    drawer.list.go(next(n for n, node in enumerate(drawer._nodes) if node.receipt and node.receipt.id == receipt.id))


# 转交 --------------------------------------------------------------------------------------------------------------------


def merged_away(seat: BoardSeat) -> tuple[Receipt, int]:
    """A task whose one recipient is no division any more, and the town that took it over."""
    task = seat.task("老旧小区消防管网")
    known = set(seat.site.divisions)
    heir = next(c for c in known if len(str(c)) == 9 and not seat.site.divisions[c].urban)
    site = replace(seat.site, settings=replace(seat.site.settings, merged={str(GONE): str(heir)}))
    seat.site = site
    seat.replica.stand(site, seat.actor).result()
    seat.desk.set_site(site, seat.actor)
    seat.until(lambda: seat.page.week is not None)
    seat.page.open_task(task.id)
    seat.until(lambda: bool(seat.page.task._receipts))
    one = next(r for r in seat.page.task._receipts if r.state is ReceiptState.SIGNED and r.direct)
    gone = replace(one, ver=one.ver + 1, area=GONE)
    seat.put(gone.record())
    seat.until(lambda: share(seat, one.id).area == GONE)
    return gone, heir


def test_a_share_of_a_street_that_was_merged_away_goes_to_its_heir_with_what_was_done(sit: Sit) -> None:
    seat = sit("city-head")
    gone, heir = merged_away(seat)
    go_to(seat, gone)
    row = seat.page.task.model.value(seat.page.task.list.currentIndex().row())
    assert "已撤并，请转交" in row.detail
    seat.key(Qt.Key.Key_T)
    form = seat.page.drawers.hand_over
    assert form.is_open and "已撤并" in form._from.text()
    assert form.to.value == heir and form.to.field.text() == seat.site.divisions[heir].name
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: share(seat, gone.id).area == heir)
    after = share(seat, gone.id)
    assert (after.state, after.signed_by, after.due) == (ReceiptState.SIGNED, gone.signed_by, gone.due)
    assert not form.is_open and seat.page.task.is_open
    assert seat.focused is seat.page.task.list, "one goes on where one was"
    assert [c.kind for c in seat.given] == ["receipt.hand_over"]


def test_handing_over_by_mouse_says_why_not_and_takes_no_reported_share(sit: Sit) -> None:
    seat = sit("city-head")
    gone, _ = merged_away(seat)
    go_to(seat, gone)
    form, drawer = seat.page.drawers.hand_over, seat.page.task
    QTest.mouseClick(drawer.buttons["hand"], LEFT)
    assert form.is_open
    taken = next(r for r in drawer._receipts if r.id != gone.id and len(str(r.area)) == 9)
    name = seat.site.divisions[taken.area].name
    form.to.field.setFocus()
    form.to.field.clear()
    seat.write(name)
    seat.key(Qt.Key.Key_Return)
    seat.until(lambda: form.to.value == taken.area)
    QTest.mouseClick(form.button, LEFT)
    seat.until(lambda: "已经收到过" in form.said.text())
    assert form.is_open and seat.given == []
    form.to.put(0, "")
    QTest.mouseClick(form.button, LEFT)
    assert "转给哪里" in form.said.text()
    seat.key(Qt.Key.Key_Escape)
    done = next(r for r in drawer._receipts if r.state is ReceiptState.REPORTED)
    go_to(seat, done)
    assert not drawer.buttons["hand"].isEnabled()
    seat.key(Qt.Key.Key_T)
    assert not form.is_open and "不能转交" in seat.said()


def test_a_township_hands_over_what_it_split_off(sit: Sit) -> None:
    seat = sit("t210304015-dispatch")
    seat.key(Qt.Key.Key_T)
    mine = seat.page.mine
    parents = {r.over for r in seat.page.week.mine}
    own = next(r for r in mine._own() if r.state in (ReceiptState.SENT, ReceiptState.SIGNED) and r.id not in parents
               and seat.task(r.title).item is not None)  # fmt: skip
    mine.list.go(mine.model.row_of(own.id))
    if own.state is ReceiptState.SENT:
        seat.key(Qt.Key.Key_Y)
        seat.until(lambda: any(r.id == own.id and r.state is ReceiptState.SIGNED for r in mine._own()))
        mine.list.go(mine.model.row_of(own.id))
    seat.key(Qt.Key.Key_D)
    split = seat.page.split
    seat.until(lambda: split.is_open)
    first, second = [code for code, _ in split._below()][:2]
    split.put((first,))
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(r.over == own.id and r.area == first for r in seat.page.week.mine))
    part = next(r for r in seat.page.week.mine if r.over == own.id)
    mine.list.setFocus()
    mine.list.go(mine.model.row_of(part.id))
    seat.key(Qt.Key.Key_Return)
    seat.until(lambda: seat.page.task.is_open and any(r.id == part.id for r in seat.page.task._receipts))
    go_to(seat, part)
    seat.key(Qt.Key.Key_T)
    form = seat.page.drawers.hand_over
    assert form.is_open
    seat.write(seat.site.divisions[second].name)
    seat.key(Qt.Key.Key_Return)
    seat.until(lambda: form.to.value == second)
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: share(seat, part.id).area == second)


def test_esc_puts_a_form_down_from_within_its_fields(sit: Sit) -> None:
    seat = sit("city-leader")
    for key, held in ((Qt.Key.Key_I, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_N, SHIFT)):
        seat.key(key, held)
        assert seat.page.drawers.any_form
        seat.key(Qt.Key.Key_Escape)
        assert not seat.page.drawers.any_form and seat.focused is seat.page.board


# 记台账 ------------------------------------------------------------------------------------------------------------------


def test_a_document_is_noted_by_keys_and_counts_at_once(sit: Sit) -> None:
    seat = sit("city-leader")
    rows = {r.name: r for r in seat.page.side.burden._rows}
    seat.key(Qt.Key.Key_N, SHIFT)
    form = seat.page.drawers.burden
    assert form.is_open and form._account.text() == "鞍山市"
    seat.key(Qt.Key.Key_Return, CTRL)
    assert "写名称" in form.said.text() and seat.given == []
    seat.write("=HYPERLINK 关于春季防火的通知")
    form.day.field.setText("2026-11-30")
    seat.key(Qt.Key.Key_Return, CTRL)
    assert "还没有发生" in form.said.text() and seat.given == []
    form.day.field.setText("11-25")
    form.count.setText("两")
    seat.key(Qt.Key.Key_Return, CTRL)
    assert "要填数" in form.said.text() and seat.given == []
    form.count.setText("2")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any("春季防火" in b.title for b in seat.page.week.burden))
    made = next(b for b in seat.page.week.burden if "春季防火" in b.title)
    assert (made.what, made.body, made.count, made.area) == (Load.DOCUMENT, Body.PARTY, 2, 2103)
    assert made.id in seat.page.week.pending, "kept in the outbox until there is a line"
    now = {r.name: r for r in seat.page.side.burden._rows}
    assert now["document.party"].now == rows["document.party"].now + 2
    seat.page._drill("document.party")
    assert made.title in [b.title for b in seat.page.trail._lines]


def test_from_the_lines_of_a_figure_the_form_has_its_kind(sit: Sit) -> None:
    seat = sit("city-leader")
    seat.page._drill("meeting.government")
    seat.key(Qt.Key.Key_N, SHIFT)
    form = seat.page.drawers.burden
    assert (form.what.current, form.body_of.current) == ("meeting", "government")
    assert form.minutes.isVisible() and not form.count.isVisible()
    seat.write("防汛调度会")
    form.minutes.setText("45")
    form.people.setText("12")
    QTest.mouseClick(form.button, LEFT)
    seat.until(lambda: any(b.title == "防汛调度会" for b in seat.page.week.burden))
    made = next(b for b in seat.page.week.burden if b.title == "防汛调度会")
    assert (made.minutes, made.people, made.body) == (45, 12, Body.GOVERNMENT)
    seat.until(lambda: "防汛调度会" in [b.title for b in seat.page.trail._lines])


def test_a_township_notes_a_message_after_hours_on_the_account_of_the_board(sit: Sit) -> None:
    seat = sit("t210304015-dispatch")
    QTest.mouseClick(seat.page.side.line_button, LEFT)
    form = seat.page.drawers.burden
    assert form.is_open
    next(b for b in form.what.children() if getattr(b, "text", str)() == "8小时外消息").click()
    assert not form.body_of.isVisible()
    seat.write("晚九点群里要台账")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(b.what is Load.AFTER_HOURS and "晚九点" in b.title for b in seat.page.week.burden))


def test_who_may_not_note_is_told_who_does(sit: Sit) -> None:
    seat = sit("u695")
    seat.key(Qt.Key.Key_N, SHIFT)
    assert not seat.page.drawers.burden.is_open and "值班长" in seat.said()


def test_every_figure_of_the_account_has_as_much_behind_it_as_it_says(sit: Sit) -> None:
    seat = sit("city-head")
    trail = seat.page.trail
    for row in seat.page.side.burden._rows:
        seat.page._drill(row.name)
        what, _, _ = row.name.partition(".")
        lines = trail._lines
        amount = {"people": sum(b.people for b in lines), "minutes": sum(b.minutes for b in lines),
                  "document": sum(b.count for b in lines), "after_hours": sum(b.count for b in lines),
                  "group": sum(b.count for b in lines)}.get(what, len(lines))  # fmt: skip
        if hasattr(row, "now"):
            assert amount == row.now, row.name
            trail._turn("before")
            before = {"people": sum(b.people for b in trail._lines), "minutes": sum(b.minutes for b in trail._lines),
                      "document": sum(b.count for b in trail._lines),
                      "after_hours": sum(b.count for b in trail._lines)}.get(what, len(trail._lines))  # fmt: skip
            assert before == row.before, row.name
            trail._turn("now")
        elif row.name not in ("free", "after_hours"):
            assert row.value.startswith(str(amount)), row.name
        seat.key(Qt.Key.Key_Escape)


def test_a_new_site_compares_with_nothing_and_says_since_when_it_keeps_the_account(sit: Sit) -> None:
    seat = sit("city-head")
    side, burden = seat.page.side, seat.page.week.burden
    assert "8月29日至11月26日" in side._days.text() and "去年同日" in side._days.text()
    young = [b for b in burden if b.at > NOW - 40 * 86_400]
    side.show_burden(young, NOW, 2103, "", "")
    assert {r.change for r in side.burden._rows if hasattr(r, "change")} == {"—"}
    assert "尚不能同比" in side._days.text()
    side.show_burden([], NOW, 2103, "", "")
    assert "还没有台账" in side._days.text()


# 抄送 --------------------------------------------------------------------------------------------------------------------


def test_a_county_sees_what_went_past_it_and_how_far_its_own_are(sit: Sit) -> None:
    seat = sit("c210304-head")
    assert seat.page.top.pages.isVisible()
    seat.key(Qt.Key.Key_T)
    page = seat.page.copied
    assert page.isVisible() and seat.focused is page.list and page.model.rowCount() > 0
    for each in seat.page.week.copied:
        assert 210304 in each.task.copied and each.task.column.value in ("doing", "review")
    first = seat.page.week.copied[0]
    seat.key(Qt.Key.Key_Return)
    drawer = seat.page.task
    seat.until(lambda: drawer.is_open and drawer.task is not None and drawer.task.id == first.task.id)
    inside = [r for r in drawer._receipts if r.direct and str(r.area).startswith("210304")]
    assert len(inside) == first.total and sum(r.state is ReceiptState.SENT for r in inside) == first.unsigned
    assert ("抄送", "7个县（市）区") in drawer._facts.facts or any(k == "抄送" for k, _ in drawer._facts.facts)
    seat.key(Qt.Key.Key_Escape)
    seat.key(Qt.Key.Key_Y)
    assert seat.given == [], "nothing is asked of a desk that is only told"


# 出纸 --------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def paper(sit: Sit) -> Iterator[tuple[BoardSeat, list[threading.Thread]]]:
    seat = sit("city-head")
    threads: list[threading.Thread] = []

    def lend(task) -> None:
        threads.append(threading.Thread(target=task, args=(lambda _: b"",)))
        threads[-1].start()

    seat.page.papers.tray.wanted.connect(lend)
    yield seat, threads
    for thread in threads:
        thread.join()


def onto(seat: BoardSeat, digit: Qt.Key, path: Path) -> None:
    """Ctrl+P, a digit, a place in the dialog: as a person does it."""
    seat.view.activateWindow()
    seat.until(lambda: QApplication.activeWindow() is seat.view)
    seat.page.board.setFocus()
    seat.key(Qt.Key.Key_P, CTRL)
    assert seat.page.choices.isVisible()
    seat.key(digit)
    seat.until(lambda: seat.page.papers.tray.dialog is not None)
    dialog, seat.page.papers.tray.dialog = seat.page.papers.tray.dialog, None
    dialog.selectFile(str(path))
    dialog.accept()
    seat.until(path.exists)
    seat.until(lambda: f"已写到 {path}" in seat.said())


def test_ctrl_p_writes_minutes_and_list_and_formulas_stay_text(paper, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    seat, _ = paper
    title = '=HYPERLINK("http://example.invalid","点我")'
    draft = seat.drafts()[0]
    seat.put(draft.said(NOW, "edit", "别人", title=title).record())
    seat.until(lambda: seat.task("HYPERLINK") is not None)
    minutes, listed, sheet = (tmp_path / name for name in ("纪要.pdf", "清单.pdf", "清单.xlsx"))
    onto(seat, Qt.Key.Key_1, minutes)
    read = "".join(pages(minutes.read_bytes()))
    assert "一次会纪要" in read.replace(" ", "") and "演示数据" in read.replace(" ", "")
    onto(seat, Qt.Key.Key_3, listed)
    assert "HYPERLINK" in "".join(pages(listed.read_bytes()))
    onto(seat, Qt.Key.Key_4, sheet)
    cells = [cell for row in load_workbook(sheet).active.iter_rows() for cell in row if cell.value is not None]
    found = next(c for c in cells if "HYPERLINK" in str(c.value))
    assert found.value == title and found.data_type == "s"
    assert all(c.data_type != "f" for c in cells)
    shown = {t.title for t in seat.page.week.tasks}
    assert shown <= {str(c.value) for c in cells}, "every task of the week is on the list"
    assert all(t.state is not TaskState.WITHDRAWN for t in seat.page.week.tasks)


# 发布 --------------------------------------------------------------------------------------------------------------------


def test_the_publish_screen_names_every_recipient(sit: Sit) -> None:
    seat = sit("city-head")
    seat.key(Qt.Key.Key_F10)
    seat.until(lambda: seat.page.hands.open)
    wanted = [seat.task("三官一律"), seat.task("社区填报")]
    seat.page.board.set_marks([t.id for t in wanted])
    seat.key(Qt.Key.Key_Return, CTRL)
    sheet = seat.page.publishing
    assert "96个" in sheet._who.text() and sheet.reach.rows.rowCount() == 7
    assert sum(int(sheet.reach.rows.value(n).state.removesuffix("个收件方")) for n in range(7)) == 96
    sheet.reach.setFocus()
    sheet.reach.go(0)
    seat.key(Qt.Key.Key_Return)
    inside = int(sheet.reach.rows.value(0).state.removesuffix("个收件方"))
    assert sheet.reach.rows.rowCount() == 7 + inside
    towns = {d.name for d in seat.site.divisions.values() if len(str(d.code)) == 9}
    assert {sheet.reach.rows.value(n).name for n in range(1, inside + 1)} <= towns
    assert not any(c.kind == "meeting.publish" for c in seat.given), "Enter in the list of names publishes nothing"
    sheet.list.setFocus()
    seat.key(Qt.Key.Key_J)
    assert "363个" in sheet._who.text()
    sheet.reach.setFocus()
    sheet.reach.go(0)
    seat.key(Qt.Key.Key_Return)
    assert sheet.reach.rows.value(1).group, "villages stand under their township"


# 大工委 ------------------------------------------------------------------------------------------------------------------


def test_a_committee_has_its_own_topics(sit: Sit) -> None:
    seat = sit("g210304015017-l1")
    planned = next(
        m for m in seat.page.week.meetings if m.kind.value == "community_committee" and m.state.value == "planned"
    )
    seat.page.choose_meeting(planned.id)
    seat.until(lambda: seat.page.hands.meeting is not None and seat.page.hands.meeting.id == planned.id)
    seat.key(Qt.Key.Key_H)
    plan = seat.page.plan
    assert plan.is_open and plan.topics.isVisible() and not plan._agenda.isVisible()
    titles = [i.title for i in planned.agenda if i.lane != "publish"]
    assert [title for title, _ in plan.topics.values] == titles
    last = plan.topics.rows[-1]
    last[0].setFocus()
    seat.write("红色物业共建")
    assert len(plan.topics.rows) == len(titles) + 2, "there is a line for one more"
    seat.key(Qt.Key.Key_Return, CTRL)
    assert "要填数" in plan.said.text() and seat.given == []
    last[1].setText("10")
    plan.topics.rows[0][0].clear()
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(i.title == "红色物业共建" for i in seat.page.hands.meeting.agenda))
    agenda = seat.page.hands.meeting.agenda
    assert [i.title for i in agenda] == [*titles[1:], "红色物业共建", ""] and agenda[-1].lane == "publish"
    assert seat.page.hands.meeting.limit == sum(i.minutes for i in agenda)
    assert {m.circle for m in seat.page.hands.meeting.members} >= {"party_gov", "mass_org", "social_org"}


def test_a_street_books_its_own_committee_while_the_citys_meeting_is_in_front(sit: Sit) -> None:
    seat = sit("t210304015-head")
    assert seat.page.hands.meeting.area == 2103 and seat.page.hands.meeting.state.value == "planned"
    seat.key(Qt.Key.Key_H)
    plan = seat.page.plan
    assert plan.is_open and plan.kind.current == "street_committee" and plan.topics.isVisible()
    assert [b.text() for b in plan.kind.children() if hasattr(b, "text") and b.isVisible()] == ["一次会", "大工委"]
    plan.day.field.setText("2026-11-30")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: "一季度一次" in plan.said.text())
    assert seat.given == []
    plan.day.field.setText("2027-01-11")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(m.area == 210304015 and m.state.value == "planned" for m in seat.page.week.meetings))
    assert [c.kind for c in seat.given] == ["meeting.plan"]
