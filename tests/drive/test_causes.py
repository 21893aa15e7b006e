"""From a class of the problem pool to a task that goes to its root, and back from the task to the cases and to the pool."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

sys.path[:0] = [str(Path(__file__).parent)]

from board_seat import NOW, BoardSeat, Sit  # noqa: E402

from commandscreen.domain.case import Case  # noqa: E402
from commandscreen.protocol.rows import CASE, case_values  # noqa: E402
from commandscreen.site import history  # noqa: E402
from commandscreen.store import apply  # noqa: E402

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def two_cases(seat: BoardSeat) -> tuple[Case, Case]:
    """Two cases of different classes on the desk."""
    found = list(history.open_cases(seat.site, NOW))
    first = replace(found[0], id=77, reported_at=NOW - 60)
    second = replace(next(c for c in found if c.class_id != first.class_id), id=78, reported_at=NOW - 60)
    rows = [(CASE, case_values(case)) for case in (first, second)]
    with seat.qtbot.waitSignal(seat.bridge.changed, timeout=5000):
        seat.replica.write_rows(lambda c: (None, apply.apply_page(c, rows, [], 2, 0.0)[1])).result()
    return first, second


def pool_at(seat: BoardSeat, class_id: int) -> None:
    """The pool, its groups opened by keys down to a class."""
    kind = seat.site.classes[class_id]
    seat.view.open_pool()
    pool = seat.view.pool
    seat.until(lambda: bool(pool._counts) and pool.current is not None)
    key: tuple[str, ...] = ()
    for name in (kind.major, kind.minor, kind.name):
        key = (*key, name)
        pool.list.go(pool.model.row_of(key))
        assert pool.current is not None and pool.current.key == key
        if pool.current.row.group and not pool.current.row.open:
            QTest.keyClick(pool.list, K.Key_L)


def test_a_task_from_a_root_cause_is_seen_from_both_ends(sit: Sit) -> None:
    seat = sit("city-leader")
    case, other = two_cases(seat)
    kind = seat.site.classes[case.class_id]
    shown = len(seat.page.shown)
    pool_at(seat, case.class_id)
    pool = seat.view.pool
    assert pool.current.row.detail == ""
    QTest.keyClick(pool.list, K.Key_I)
    form = seat.page.form
    seat.until(lambda: form.is_open)
    assert not pool.is_open and seat.view.page == "meeting"
    assert form.name.text() == kind.name and form.name.hasFocus()
    assert form.cause.isVisible() and form.cause.text() == kind.path
    form.to.set_scope("street")
    form.due.field.setText("2026-12-11")
    seat.key(K.Key_Return, CTRL)
    seat.until(lambda: any(t.cause for t in seat.page.week.tasks))
    made = next(t for t in seat.page.week.tasks if t.cause)
    assert (made.cause, made.title) == (case.class_id, kind.name) and seat.given[-1].args["cause"] == case.class_id

    # The pool counts it, and leads to the board with it alone.
    pool_at(seat, case.class_id)
    seat.until(lambda: pool.current.tasks == 1)
    assert pool.current.row.detail == "看板上1项任务"
    QTest.keyClick(pool.list, K.Key_T)
    seat.until(lambda: [t.id for t in seat.page.shown] == [made.id])
    assert seat.view.page == "meeting" and seat.page.board.card(made.id) is not None
    assert seat.page.top._filter.currentText() == "来自问题池"
    assert seat.page.top.said.text() == f"{kind.name} 筛去{shown}项"

    # Its card leads to the drawer, the drawer to the class's cases.
    seat.page.board.go(made.id)
    seat.key(K.Key_Return)
    seat.until(lambda: seat.page.task.task is not None and seat.page.task.buttons["cause"].isVisible())
    assert ("起因", kind.path) in seat.page.task._facts.facts
    seat.key(K.Key_U)
    assert seat.view.page == "desk"
    assert seat.desk.filter.classes == {case.class_id} and seat.desk.title == kind.path
    seat.until(lambda: seat.view.queue.model.rowCount() == 1)
    assert seat.view.queue.model.id_at(0) == case.id != other.id

    # And the narrowed board is left with one key.
    seat.view.open_page("meeting")
    seat.page.drawers.shut_one()
    seat.page.escape()
    seat.until(lambda: len(seat.page.shown) == shown + 1)


def test_a_plain_task_after_it_has_no_cause(sit: Sit) -> None:
    seat = sit("city-leader")
    case, _ = two_cases(seat)
    pool_at(seat, case.class_id)
    QTest.mouseClick(seat.view.pool.buttons["propose"], Qt.MouseButton.LeftButton)
    form = seat.page.form
    seat.until(lambda: form.is_open and form.cause.isVisible())
    form.shut()
    seat.page.propose()
    assert form.is_open and not form.cause.isVisible()
    form.to.set_scope("street")
    form.due.field.setText("2026-12-11")
    form.send()
    seat.until(lambda: bool(seat.given))
    assert "cause" not in seat.given[-1].args


def test_a_group_and_an_empty_class_say_so(sit: Sit) -> None:
    seat = sit("city-leader")
    case, _ = two_cases(seat)
    pool_at(seat, case.class_id)
    pool = seat.view.pool
    QTest.keyClick(pool.list, K.Key_T)
    assert pool.is_open and "看板上没有" in seat.view.queue.bar.words.text()
    pool.fold()
    assert pool.current.row.group
    QTest.keyClick(pool.list, K.Key_I)
    assert pool.is_open and not seat.page.form.is_open
    assert "按 L 展开" in seat.view.queue.bar.words.text()


def test_who_may_not_propose_is_told_who_may(sit: Sit) -> None:
    seat = sit("city-supervisor")
    case, _ = two_cases(seat)
    pool_at(seat, case.class_id)
    QTest.keyClick(seat.view.pool.list, K.Key_I)
    assert seat.view.pool.is_open and not seat.page.form.is_open
    assert "提任务由" in seat.view.queue.bar.words.text()
