"""The weekly meeting's page driven as chair, proposer, township and village would, on a desk without a line."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

sys.path[:0] = [str(Path(__file__).parent)]

from board_seat import NOW, BoardSeat, Sit  # noqa: E402

from commandscreen.domain.meeting import MeetingKind, MeetingState  # noqa: E402
from commandscreen.domain.receipt import ReceiptState  # noqa: E402
from commandscreen.domain.task import TaskState  # noqa: E402
from commandscreen.views import board_rows  # noqa: E402

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def opened(seat: BoardSeat) -> None:
    seat.key(Qt.Key.Key_F10)
    seat.until(lambda: seat.page.hands.open)


# The chair ---------------------------------------------------------------------------------------------------------------


def test_a_chair_runs_the_hour_by_keys(sit: Sit) -> None:
    seat = sit("city-head")
    opened(seat)
    assert seat.page.bar.buttons["next"].text() == "下一项"
    first = seat.page.hands.meeting.current + 1
    seat.key(Qt.Key.Key_Space)
    seat.until(lambda: seat.page.hands.meeting.current == first)
    seat.key(Qt.Key.Key_Plus)
    seat.until(lambda: seat.page.hands.meeting.item.extra == 2)
    seat.key(Qt.Key.Key_N)
    seat.write("供暖回访与消防排查合并")
    seat.key(Qt.Key.Key_Return)
    seat.until(lambda: seat.page.hands.meeting.agenda[first].notes != ())
    assert seat.page.hands.meeting.agenda[first].notes[0].text == "供暖回访与消防排查合并"
    seat.key(Qt.Key.Key_Space)
    seat.until(lambda: seat.page.hands.meeting.current == first + 1)
    lanes = [n.value for n in board_rows.LANES]
    seat.until(lambda: seat.page.board._agenda == lanes[first + 1])
    seat.key(Qt.Key.Key_F10)
    seat.until(lambda: seat.page.hands.meeting.state is MeetingState.ENDED)
    assert {"meeting.open", "meeting.next", "meeting.add", "meeting.note", "meeting.end"} <= {
        c.kind for c in seat.given
    }


def test_space_marks_before_the_meeting_and_is_the_next_item_in_it(sit: Sit) -> None:
    seat = sit("city-head")
    task = seat.at("三官一律")
    seat.key(Qt.Key.Key_Space)
    assert seat.page.board.marks == (task.id,)
    opened(seat)
    before = seat.page.hands.meeting.current
    seat.at("供暖检修")
    seat.key(Qt.Key.Key_Space)
    seat.until(lambda: seat.page.hands.meeting.current == before + 1)
    assert seat.page.board.marks == (task.id,)
    seat.key(Qt.Key.Key_Space, CTRL)
    assert len(seat.page.board.marks) == 2


def test_publishing_shows_everything_first_then_a_result_each_and_can_be_taken_back(sit: Sit) -> None:
    seat = sit("city-head")
    opened(seat)
    wanted = [seat.at("三官一律"), seat.at("社区填报")]
    seat.page.board.set_marks([t.id for t in wanted])
    seat.page.show_side()
    seat.key(Qt.Key.Key_Return, CTRL)
    sheet = seat.page.publishing
    assert sheet.is_open
    rows = sheet._rows
    assert rows[wanted[0].id].to == "直达 96个乡镇（街道）"
    assert rows[wanted[0].id].copied.startswith("抄送 7个县（市）区")
    assert rows[wanted[0].id].said == "立即发出"
    seat.until(lambda: rows[wanted[1].id].blocked)
    assert "清单外" in rows[wanted[1].id].said
    assert [c.kind for c in seat.given] == ["meeting.open"]  # looking gives nothing
    seat.key(Qt.Key.Key_Return)
    seat.until(lambda: seat.task("三官一律").state is TaskState.ACTIVE)
    assert [c.kind for c in seat.given] == ["meeting.open", "meeting.publish"]
    assert seat.task("社区填报").state is TaskState.DRAFT
    card = seat.page.board.card(wanted[0].id)
    assert card.of == 96 and card.fate == "waiting"
    seat.until(lambda: rows[wanted[0].id].fate == "waiting")
    seat.key(Qt.Key.Key_Escape)
    seat.key(Qt.Key.Key_Z, CTRL)
    seat.until(lambda: seat.task("三官一律").state is TaskState.DRAFT)


def test_at_confirming_all_drafts_of_the_agenda_are_offered(sit: Sit) -> None:
    seat = sit("city-head")
    opened(seat)
    for _ in range(len(seat.page.hands.meeting.agenda)):
        number = seat.page.hands.meeting.current
        if seat.page.hands.meeting.item and seat.page.hands.meeting.item.lane == "publish":
            break
        seat.key(Qt.Key.Key_Space)
        seat.until(lambda number=number: seat.page.hands.meeting.current > number)
    agenda = set(seat.page.hands.meeting.tasks)
    seat.until(lambda: seat.page.hands.meeting.item.lane == "publish")
    assert {t.id for t in seat.page.acts.publishable()} == {t.id for t in seat.drafts() if t.id in agenda}


def test_nothing_goes_out_outside_a_meeting_without_a_written_reason(sit: Sit) -> None:
    seat = sit("city-leader")
    task = seat.at("供暖检修")
    seat.key(Qt.Key.Key_P)
    assert seat.page.publishing.is_open and seat.page.publishing.reason.isVisible()
    seat.key(Qt.Key.Key_Return)
    assert seat.given == []
    assert seat.page.publishing.reason.hasFocus()
    seat.write("寒潮今晚到，等不到下次会")
    seat.key(Qt.Key.Key_Return)
    seat.until(lambda: seat.task("供暖检修").state is TaskState.ACTIVE)
    found = seat.task("供暖检修")
    assert found.id == task.id and found.flagged
    card = seat.page.board.card(task.id)
    assert card.urgent_word == "会外紧急" and card.urgent == "寒潮今晚到，等不到下次会"
    urgent = next(f for f in seat.page.side.burden._rows if f.name == "urgent")
    assert urgent.value == "2件"  # the demo's one, and this one


def test_an_urgent_task_is_written_with_its_reason_and_counted(sit: Sit) -> None:
    seat = sit("city-leader")
    seat.key(Qt.Key.Key_I, SHIFT)
    form = seat.page.form
    assert form.is_open and form.reason.isVisible()
    seat.write("积雪清运保通道")
    form._set_lane("livelihood")
    form.item.put(2007, "协助第7项")
    form.due.field.setText("2026-11-27")
    seat.key(Qt.Key.Key_Return, CTRL)
    assert seat.given == [] and form.reason.hasFocus()  # asks for the reason
    seat.write("暴雪橙色预警，今夜停学停运")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: seat.task("积雪清运") is not None)
    assert [c.kind for c in seat.given] == ["task.propose", "task.publish"]
    seat.until(lambda: seat.task("积雪清运").state is TaskState.ACTIVE)
    assert not form.is_open


def test_the_meeting_reviews_what_was_urgent(sit: Sit) -> None:
    seat = sit("city-head")
    flagged = next(t for t in seat.page.week.tasks if t.flagged)
    opened(seat)
    seat.page.board.go(flagged.id)
    seat.key(Qt.Key.Key_X)
    assert seat.page.choices.isVisible()
    seat.key(Qt.Key.Key_1)
    seat.until(lambda: not next(t for t in seat.page.week.tasks if t.id == flagged.id).flagged)


@pytest.mark.parametrize(("key", "text", "state"), [
    (Qt.Key.Key_R, "不在村职责内", TaskState.RETURNED), (Qt.Key.Key_E, "", TaskState.OWN)])  # fmt: skip
def test_an_off_list_task_goes_back_or_to_its_bureau(sit: Sit, key: Qt.Key, text: str, state: TaskState) -> None:
    seat = sit("city-head")
    task = next(t for t in seat.drafts() if t.item is None)
    asked = seat.page.hands.admission_of(task)
    seat.page.board.setFocus()
    seat.page.board.go(task.id)
    if asked is not None:  # the demo's has an open request: refuse it first
        seat.key(Qt.Key.Key_R)
        seat.write("用电数据可由供电公司提供")
        seat.key(Qt.Key.Key_Return)
        seat.until(lambda: seat.page.hands.admission_of(task) is None)
        seat.page.board.setFocus()
    assert seat.page.side.buttons["back"].isVisible()
    seat.key(key)
    if text:
        seat.write(text)
        seat.key(Qt.Key.Key_Return)
    seat.until(lambda: seat.task(task.title).state is state)


def test_admission_is_granted_from_the_list_check(sit: Sit) -> None:
    seat = sit("city-head")
    task = next(t for t in seat.drafts() if t.item is None)
    seat.page.board.go(task.id)
    assert seat.page.side.buttons["grant"].isVisible()
    seat.page.board.setFocus()
    seat.key(Qt.Key.Key_V)
    seat.until(lambda: seat.page.hands.admission_of(task) is None)
    seat.until(lambda: seat.task(task.title).item is not None)
    assert seat.task(task.title).item.list == "admitted"


def test_attendance_is_taken_with_space(sit: Sit) -> None:
    seat = sit("city-head")
    absent = next(n for n, m in enumerate(seat.page.hands.meeting.members) if not m.came_at)
    before = seat.page.hands.meeting.present
    seat.key(Qt.Key.Key_G)
    assert seat.page.plan.is_open
    seat.page.plan.list.setFocus()
    seat.page.plan.list.go(absent)
    seat.key(Qt.Key.Key_Space)
    seat.until(lambda: seat.page.hands.meeting.present == before + 1)


def test_the_scheduler_refuses_a_no_meeting_day(sit: Sit) -> None:
    seat = sit("city-head")
    seat.page.acts.plan_meeting()
    seat.page.plan.day.field.setText("2026-12-02")  # a Wednesday
    seat.page.plan._check()
    assert "无会日" in seat.page.plan._free.text()
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: "无会日" in seat.page.plan.said.text())
    assert seat.given == []


# The proposer --------------------------------------------------------------------------------------------------------------


def test_a_bureau_proposes_with_a_list_item_and_recipients(sit: Sit) -> None:
    seat = sit("u696")
    seat.key(Qt.Key.Key_I)
    form = seat.page.form
    seat.write("冬季用气安全入户检查")
    form.item.field.setFocus()
    seat.write("ranqi")
    seat.until(form.item.list.isVisible)
    seat.key(Qt.Key.Key_Return)
    assert form.item.value == 2010
    form.to.set_scope("street")
    assert form.to._said.text() == "40个乡镇（街道）"
    form.due.field.setText("12-11")
    form.fields.setText("入户数、隐患处数、户数")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: seat.task("冬季用气") is not None)
    made = seat.task("冬季用气")
    assert (made.item.list, made.item.number) == ("assist_duty", 10)
    assert [f.key for f in made.fields] == ["入户数", "隐患处数", "households"]
    assert made.to == ("2103/street",) and made.unit == seat.actor.unit
    assert seat.page.board.card(made.id).fate == "waiting"
    assert seat.page.board.cell_of(made.id) == ("party", "todo")


def test_a_title_like_an_earlier_one_is_said_while_it_is_written(sit: Sit) -> None:
    seat = sit("u696")
    seat.key(Qt.Key.Key_I)
    seat.write("矛盾纠纷集中排查")
    seat.until(lambda: "相近" in seat.page.form._alike.text())
    assert "100%" in seat.page.form._alike.text()


def test_a_proposer_accepts_what_was_reported_and_sends_back(sit: Sit) -> None:
    seat = sit("city-leader")
    task = next(
        t for t in seat.page.week.tasks if t.state is TaskState.REVIEW and t.counts.accepted < t.counts.reported
    )
    proposer = next(p for p in seat.site.people if p.unit == task.unit and "handler" in {r.value for r in p.roles})
    seat.close()
    seat = sit(proposer.account)
    seat.page.board.setFocus()
    seat.page.board.go(task.id)
    seat.key(Qt.Key.Key_Return)
    drawer = seat.page.task
    seat.until(lambda: drawer.is_open and bool(drawer._receipts))
    drawer.show_only("reported")
    waiting = [r for r in drawer._receipts if r.state is ReceiptState.REPORTED]
    assert len(drawer._nodes) == len(waiting)
    first = drawer._nodes[0].receipt
    seat.key(Qt.Key.Key_V)
    seat.until(lambda: next(r for r in drawer._receipts if r.id == first.id).state is ReceiptState.ACCEPTED)
    second = drawer._nodes[0].receipt
    assert second.id != first.id
    seat.key(Qt.Key.Key_R)
    seat.write("数字与台账不符")
    seat.key(Qt.Key.Key_Return)
    seat.until(lambda: next(r for r in drawer._receipts if r.id == second.id).state is ReceiptState.BACK)


# Recipients ----------------------------------------------------------------------------------------------------------------


def own(seat: BoardSeat, state: ReceiptState) -> object:
    return next(r for r in seat.page.mine._own() if r.state is state)


def to_row(seat: BoardSeat, number: int) -> None:
    seat.page.mine.list.go(seat.page.mine.model.row_of(number))


def test_a_township_signs_reports_once_and_is_refused_the_second_time(sit: Sit) -> None:
    seat = sit("t210304015-dispatch")
    seat.key(Qt.Key.Key_T)
    assert seat.page.pages.currentWidget() is seat.page.mine
    waiting = seat.page.mine.waiting
    receipt = own(seat, ReceiptState.SENT)
    to_row(seat, receipt.id)
    seat.key(Qt.Key.Key_Y)
    seat.until(lambda: any(r.id == receipt.id and r.state is ReceiptState.SIGNED for r in seat.page.mine._own()))
    seat.key(Qt.Key.Key_B)
    form = seat.page.report
    seat.until(lambda: form.is_open and form._task is not None)
    for _, field in form._fields.values():
        field.setText("12")
    form.text.setPlainText("已逐户核对")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(r.id == receipt.id and r.state is ReceiptState.REPORTED for r in seat.page.mine._own()))
    seat.until(lambda: not form.is_open)
    assert seat.page.mine.waiting == waiting - 1
    given = len(seat.given)
    seat.page.hands.on_receipts("receipt.report", [receipt], text="再报一次")
    seat.until(lambda: "回报" in seat.said())
    assert len(seat.given) == given


def test_a_report_without_its_figures_is_not_sent(sit: Sit) -> None:
    seat = sit("t210304015-dispatch")
    seat.key(Qt.Key.Key_T)
    tasks = {t.id: t for t in seat.page.week.tasks}
    receipt = next(
        r for r in seat.page.mine._own() if r.state is ReceiptState.SENT and r.task in tasks and tasks[r.task].fields
    )
    to_row(seat, receipt.id)
    seat.key(Qt.Key.Key_Y)
    seat.until(lambda: any(r.id == receipt.id and r.state is ReceiptState.SIGNED for r in seat.page.mine._own()))
    seat.key(Qt.Key.Key_B)
    form = seat.page.report
    seat.until(lambda: form.is_open and bool(form._fields))
    form.text.setPlainText("已办")
    given = len(seat.given)
    seat.key(Qt.Key.Key_Return, CTRL)
    assert len(seat.given) == given and form.is_open
    assert "没有填" in form._said.text()


def test_a_township_asks_for_time_and_splits_to_its_communities(sit: Sit) -> None:
    seat = sit("t210304015-dispatch")
    seat.key(Qt.Key.Key_T)
    receipt = own(seat, ReceiptState.SENT)
    to_row(seat, receipt.id)
    seat.key(Qt.Key.Key_Y)
    seat.until(lambda: any(r.id == receipt.id and r.state is ReceiptState.SIGNED for r in seat.page.mine._own()))
    seat.key(Qt.Key.Key_X)
    seat.key(Qt.Key.Key_2)
    seat.write("等区里统一安排设备")
    seat.key(Qt.Key.Key_Return)
    seat.until(lambda: any(r.id == receipt.id and r.ask is not None for r in seat.page.mine._own()))
    seat.key(Qt.Key.Key_D)
    assert seat.page.split.is_open
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(r.over == receipt.id for r in seat.page.week.mine))
    parts = [r for r in seat.page.week.mine if r.over == receipt.id]
    assert len(parts) == len(seat.site.children(seat.actor.area))
    rows = [seat.page.mine.model.value(n) for n in range(seat.page.mine.model.rowCount())]
    assert sum(row.level == 1 for row in rows) >= len(parts)


def test_a_village_signs_and_reports_its_own(sit: Sit) -> None:
    seat = sit("g210304015017-l1")
    seat.key(Qt.Key.Key_T)
    receipt = next(r for r in seat.page.mine._own() if r.state in (ReceiptState.SENT, ReceiptState.SIGNED))
    to_row(seat, receipt.id)
    if receipt.state is ReceiptState.SENT:
        seat.key(Qt.Key.Key_Y)
        seat.until(lambda: any(r.id == receipt.id and r.state is ReceiptState.SIGNED for r in seat.page.mine._own()))
    seat.key(Qt.Key.Key_B)
    form = seat.page.report
    seat.until(lambda: form.is_open and form._task is not None)
    for spec, field in form._fields.values():
        field.setText("3" if spec.kind.value == "number" else "是")
    form.text.setPlainText("网格员已上门")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(r.id == receipt.id and r.state is ReceiptState.REPORTED for r in seat.page.mine._own()))


def test_a_township_may_not_publish_and_is_told_who_may(sit: Sit) -> None:
    seat = sit("t210304015-dispatch")
    seat.page.show_page("board")
    seat.at("供暖检修")
    seat.key(Qt.Key.Key_P)
    assert not seat.page.publishing.button.isEnabled()
    assert "值班长" in seat.page.publishing._foot.text()
    seat.key(Qt.Key.Key_Return)
    assert seat.given == []
    assert not seat.page.side.publish.isVisible()


# The board -------------------------------------------------------------------------------------------------------------------


def test_keys_move_through_lanes_columns_and_what_is_not_seen(sit: Sit) -> None:
    seat = sit("city-head")
    board = seat.page.board
    seat.at("三官一律")
    assert board.cell_of(board.current) == ("society", "todo")
    seat.key(Qt.Key.Key_Right)
    assert board.cell_of(board.current) == ("society", "doing")
    cell = board._cards["society", "doing"]
    seat.key(Qt.Key.Key_End)
    assert board.current == cell[-1].id
    assert board.current in {p.card.id for p in board.arrangement.cards}
    seat.key(Qt.Key.Key_J)
    assert board.cell_of(board.current) == ("livelihood", "doing")
    seat.key(Qt.Key.Key_PageUp)
    assert board.cell_of(board.current)[0] == "society"
    assert "社会" in board.accessibleName()


def test_search_filter_and_picker(sit: Sit) -> None:
    seat = sit("city-head")
    every = len(seat.page.shown)
    seat.key(Qt.Key.Key_Slash)
    assert seat.page.top.search.hasFocus()
    seat.page.top.search.setText("gongnuan")
    assert {t.title for t in seat.page.shown} == {"供暖检修后入户回访"} and every > 1
    seat.key(Qt.Key.Key_Escape)
    assert len(seat.page.shown) == every
    seat.page.filter("off_list")
    assert all(t.item is None for t in seat.page.shown) and seat.page.shown
    assert "筛去" in seat.page.top.said.text()
    seat.key(Qt.Key.Key_Escape)
    assert len(seat.page.shown) == every
    before = next(m for m in seat.page.week.meetings if m.kind is MeetingKind.WEEKLY and m.state is MeetingState.ENDED)
    seat.page.choose_meeting(before.id)
    seat.until(lambda: seat.page.week.meeting is not None and seat.page.week.meeting.id == before.id)
    assert seat.page.bar.buttons.keys() == {"minutes", "plan"}


def test_a_number_of_the_strip_leads_to_its_tasks(sit: Sit) -> None:
    seat = sit("city-head")
    seat.view.open_page("desk")
    panel = seat.view.figures.week
    seat.view.figures.refresh()
    seat.until(lambda: panel.table._counts != {})
    shown = panel.table._counts["society", "doing"]
    panel.table.drill_requested.emit("society", "doing")
    assert seat.view.page == "meeting"
    board = seat.page.board
    assert board.cell_of(board.current) == ("society", "doing")
    assert len(board._cards["society", "doing"]) == shown


def test_a_figure_of_the_burden_account_leads_to_its_records(sit: Sit) -> None:
    seat = sit("city-head")
    rows = {r.name: r for r in seat.page.side.burden._rows}
    seat.page.side.burden.drill_requested.emit("meeting.party")
    trail = seat.page.trail
    assert trail.is_open
    assert trail.model.rowCount() == rows["meeting.party"].now
    trail._turn("before")
    assert trail.model.rowCount() == rows["meeting.party"].before


def test_a_card_let_go_over_under_way_asks_to_publish_it(sit: Sit) -> None:
    seat = sit("city-head")
    opened(seat)
    board = seat.page.board
    task = seat.at("供暖检修")
    start = next(p.box for p in board.arrangement.cards if p.card.id == task.id).center()
    end = board.arrangement.cells["livelihood", "doing"].center()
    QTest.mousePress(board, Qt.MouseButton.LeftButton, pos=start)
    for step in (0.3, 0.6, 1.0):
        QTest.mouseMove(board, QPoint(round(start.x() + (end.x() - start.x()) * step), start.y()))
        from PySide6.QtCore import QEvent, QPointF
        from PySide6.QtGui import QMouseEvent

        at = QPointF(start.x() + (end.x() - start.x()) * step, start.y() + (end.y() - start.y()) * step)
        board.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton,
                                         Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))  # fmt: skip
    QTest.mouseRelease(board, Qt.MouseButton.LeftButton, pos=end)
    assert seat.page.publishing.is_open
    assert [t.id for t in seat.page.publishing._tasks] == [task.id]
    assert all(c.kind == "meeting.open" for c in seat.given)


def test_news_of_others_changes_cards_without_moving_the_current_one(sit: Sit) -> None:
    seat = sit("city-head")
    board = seat.page.board
    task = seat.at("矛盾纠纷")
    box = next(p.box for p in board.arrangement.cards if p.card.id == task.id)
    counts = replace(task.counts, reported=task.counts.reported + 1)
    seat.put(task.said(NOW, "note", "别人", "x", counts=counts).record())
    seat.until(lambda: board.card(task.id).done == counts.reported)
    assert board.current == task.id
    assert next(p.box for p in board.arrangement.cards if p.card.id == task.id) == box


def test_a_hidden_page_looks_again_when_it_is_shown(sit: Sit) -> None:
    seat = sit("city-head")
    task = seat.task("矛盾纠纷")
    seat.view.open_page("desk")
    seat.put(task.said(NOW, "edit", "别人", title="矛盾纠纷集中排查（改）").record())
    assert seat.task("（改）") is None
    seat.view.open_page("meeting")
    seat.until(lambda: seat.task("（改）") is not None)


def test_letters_of_one_page_do_nothing_on_the_other(sit: Sit) -> None:
    seat = sit("city-head")
    seat.view.open_page("desk")
    seat.key(Qt.Key.Key_I)
    assert not seat.page.form.is_open
    seat.view.open_page("meeting")
    seat.key(Qt.Key.Key_Question)
    assert seat.page.help.isVisible() and not seat.view.help.isVisible()
    seat.key(Qt.Key.Key_Escape)
    assert not seat.page.help.isVisible()


def test_every_row_and_card_is_heard(sit: Sit) -> None:
    seat = sit("city-head")
    for cards in seat.page.board._cards.values():
        for card in cards:
            said = seat.page.board.spoken(card.id)
            assert card.title in said and card.due in said
    seat.page.open_task(seat.task("矛盾纠纷").id)
    seat.until(lambda: seat.page.task.model.rowCount() > 0)
    model = seat.page.task.model
    assert all(model.data(model.index(n), int(Qt.ItemDataRole.AccessibleTextRole)) for n in range(model.rowCount()))


def test_progress_is_told_and_evidence_added_after_the_report(sit: Sit) -> None:
    seat = sit("t210304015-dispatch")
    seat.key(Qt.Key.Key_T)
    receipt = own(seat, ReceiptState.SENT)
    to_row(seat, receipt.id)
    seat.key(Qt.Key.Key_Y)
    seat.until(lambda: any(r.id == receipt.id and r.state is ReceiptState.SIGNED for r in seat.page.mine._own()))
    seat.key(Qt.Key.Key_N)
    seat.key(Qt.Key.Key_3)
    seat.until(lambda: any(r.id == receipt.id and r.share == 50 for r in seat.page.mine._own()))
    seat.page.mine.list.setFocus()
    form = seat.page.report
    seat.key(Qt.Key.Key_B)
    seat.until(lambda: form.is_open and form._task is not None)
    for spec, field in form._fields.values():
        field.setText("5" if spec.kind.value == "number" else "是")
    form.text.setPlainText("已办")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(r.id == receipt.id and r.state is ReceiptState.REPORTED for r in seat.page.mine._own()))
    to_row(seat, receipt.id)
    seat.page.mine.list.setFocus()
    seat.key(Qt.Key.Key_B)
    seat.until(lambda: form.is_open and form._send.text() == "补附件")
    form._take_pictures(["a" * 64])
    form.text.setPlainText("补现场照片")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(r.id == receipt.id and r.photos == ("a" * 64,) for r in seat.page.mine._own()))
    assert [c.kind for c in seat.given].count("receipt.report") == 1


def test_a_line_booked_by_mistake_is_struck_out_with_a_reason(sit: Sit) -> None:
    seat = sit("city-leader")
    seat.page._drill("document.party")
    trail = seat.page.trail
    before, line = trail.model.rowCount(), trail.current
    seat.key(Qt.Key.Key_Delete)
    seat.write("与上一件重复登记")
    seat.key(Qt.Key.Key_Return)
    seat.until(lambda: trail.model.rowCount() == before - 1)
    assert line.id not in [b.id for b in trail._lines]


def test_a_task_from_a_case_is_seen_from_both_ends(sit: Sit) -> None:
    from commandscreen.protocol.rows import CASE, case_values
    from commandscreen.site import history
    from commandscreen.store import apply

    seat = sit("city-leader")
    case = replace(next(iter(history.open_cases(seat.site, NOW))), id=77)
    with seat.qtbot.waitSignal(seat.bridge.changed, timeout=5000):
        seat.replica.write_rows(
            lambda c: (None, apply.apply_page(c, [(CASE, case_values(case))], [], 2, 0.0)[1])
        ).result()
    seat.desk.selected = 77
    seat.view.task_from_case()
    form = seat.page.form
    seat.until(lambda: form.is_open and form.name.text() == seat.site.classes[case.class_id].name)
    assert case.title not in form.name.text()
    form.due.field.setText("2026-12-11")
    seat.key(Qt.Key.Key_Return, CTRL)
    seat.until(lambda: any(t.source == 77 for t in seat.page.week.tasks))
    made = next(t for t in seat.page.week.tasks if t.source == 77)
    seat.page.open_task(made.id)
    seat.until(lambda: seat.page.task.task is not None and seat.page.task.buttons["case"].isVisible())
    seat.key(Qt.Key.Key_O)
    seat.until(lambda: seat.view.case.is_open)
    assert seat.view.page == "desk"
    seat.until(lambda: ("周任务", f"{made.title} 待布置") in seat.view.case._facts.facts)
