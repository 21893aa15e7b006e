"""The board's widgets: where cards lie, how keys move, what is marked and heard, and the bar above it."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication
from widgets_gallery import HOSTILE

from commandscreen import theme as look
from commandscreen.widgets.agenda_bar import AgendaBar, AgendaItem
from commandscreen.widgets.board.arrangement import arrange
from commandscreen.widgets.board.card import Card
from commandscreen.widgets.board.frame import Column, Lane
from commandscreen.widgets.board.task_board import TaskBoard
from commandscreen.widgets.burden_list import BurdenList, Fact, Pair
from commandscreen.widgets.day_field import day_of
from commandscreen.widgets.lane_summary import LaneSummary, SummaryHead
from commandscreen.widgets.publish_row import PublishRow
from commandscreen.widgets.receipt_row import ReceiptRow
from commandscreen.widgets.recipient_field import RecipientField

LANES = ("party", "economy", "society", "livelihood")
COLUMNS = ("todo", "doing", "review", "done")


def card(number: int, **more: object) -> Card:
    values = {"title": f"任务{number}", "who": "组织部", "due": "3月20日", "item": "协助第7项", "lamp": "ok", "word": "正常",
              "done": 3, "of": 9} | more  # fmt: skip
    return Card(number, **values)  # type: ignore[arg-type]


@st.composite
def boards(draw: st.DrawFn) -> dict[tuple[str, str], list[Card]]:
    cells: dict[tuple[str, str], list[Card]] = {}
    number = 0
    for lane in LANES:
        for column in COLUMNS:
            for urgent in draw(st.lists(st.booleans(), max_size=9)):
                number += 1
                cells.setdefault((lane, column), []).append(card(number, urgent_word="会外紧急" if urgent else ""))
    return cells


@given(cells=boards(), height=st.integers(420, 1400), width=st.integers(700, 2400), wide=st.sampled_from(("", *LANES)),
       scale=st.sampled_from((1.0, 1.25, 1.5)))  # fmt: skip
def test_lanes_fill_the_board_and_cards_never_touch(cells: dict[tuple[str, str], list[Card]], height: int, width: int,
                                                    wide: str, scale: float) -> None:  # fmt: skip
    theme = look.make("dark", scale)
    laid = arrange(QRect(0, 0, width, height), LANES, COLUMNS, cells, {}, wide, 38, 88, theme)
    boxes = [laid.lanes[lane] for lane in LANES]
    assert boxes[0].top() == 38 and boxes[-1].bottom() == height - 1
    assert all(upper.bottom() + 1 == lower.top() for upper, lower in itertools.pairwise(boxes))
    for cell, found in cells.items():
        seen = [p for p in laid.cards if p.cell == cell]
        hidden = sum(count for c, _, count in laid.more if c == cell)
        assert len(seen) + hidden == len(found) and seen
        assert all(a.box.bottom() < b.box.top() for a, b in itertools.pairwise(seen))
        assert all(laid.cells[cell].left() < p.box.left() and p.box.right() < laid.cells[cell].right() for p in seen)
        roomy = height - 38 >= 4 * theme.px(131)  # each lane could have its tallest card and the line under it
        for _, line, _ in [m for m in laid.more if m[0] == cell]:
            assert (len(seen) == 1 and not roomy) or seen[-1].box.bottom() <= line.top() + theme.px(4)


@pytest.fixture
def board(qtbot, qapp: QApplication) -> TaskBoard:
    look.apply(qapp, look.make("dark", reduce_motion=True))
    made = TaskBoard()
    qtbot.addWidget(made)
    made.set_frame([Lane(n, "flag", n) for n in LANES], [Column(n, n) for n in COLUMNS], "另有{n}项", "周任务")
    cells = {("party", "todo"): [card(1), card(2)], ("party", "doing"): [card(n) for n in range(3, 11)],
             ("society", "doing"): [card(11)], ("livelihood", "done"): [card(12, lamp="done", finished=True)]}  # fmt: skip
    made.set_cards(cells)
    made.resize(1100, 700)
    made.show()
    made.setFocus()
    return made


def test_arrows_go_through_a_column_and_across_what_is_empty(board: TaskBoard, qtbot) -> None:
    board.go(2)
    moves = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_Left):
        qtbot.keyClick(board, key)
        moves.append(board.current)
    assert moves == [4, 10, 11, 11, 10, 2]


def test_a_card_out_of_sight_comes_into_sight_when_it_is_current(board: TaskBoard) -> None:
    seen = {p.card.id for p in board.arrangement.cards}
    assert 10 not in seen and any(count for _, _, count in board.arrangement.more)
    board.go(10)
    assert 10 in {p.card.id for p in board.arrangement.cards}
    board.go(3)
    assert 3 in {p.card.id for p in board.arrangement.cards}


def test_marks_stay_with_their_cards_and_leave_with_them(board: TaskBoard, qtbot) -> None:
    told: list[tuple[int, ...]] = []
    board.marked.connect(told.append)
    board.go(1)
    qtbot.keyClick(board, Qt.Key.Key_Space)
    board.go(2)
    qtbot.keyClick(board, Qt.Key.Key_Space)
    assert told[-1] == (1, 2)
    board.set_cards({("party", "todo"): [card(2)]})
    assert board.marks == (2,) and told[-1] == (2,)
    assert "✓" in board.spoken(2)


def test_space_is_left_to_the_meeting_while_it_runs(board: TaskBoard, qtbot) -> None:
    board.go(1)
    board.space_marks = False
    qtbot.keyClick(board, Qt.Key.Key_Space)
    assert board.marks == ()
    qtbot.keyClick(board, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert board.marks == (1,)


def test_the_more_line_widens_its_lane(board: TaskBoard, qtbot) -> None:
    both = [card(n) for n in range(20, 28)]
    board.set_cards({("party", "doing"): [card(n) for n in range(3, 11)], ("society", "doing"): both})
    box = next(b for cell, b, _ in board.arrangement.more if cell == ("party", "doing"))
    before = len([p for p in board.arrangement.cards if p.cell == ("party", "doing")])
    qtbot.mouseClick(board, Qt.MouseButton.LeftButton, pos=box.center())
    assert len([p for p in board.arrangement.cards if p.cell == ("party", "doing")]) > before


def test_a_drop_that_is_not_allowed_moves_nothing(board: TaskBoard, qtbot) -> None:
    moved: list[object] = []
    board.moved.connect(lambda *told: moved.append(told))
    board.can_drop = lambda _card, column: column == "doing"
    start = next(p.box for p in board.arrangement.cards if p.card.id == 1).center()
    for column, expected in (("done", []), ("doing", [(1, "doing")])):
        board._pressed = start
        board._dragged = 1
        qtbot.mouseRelease(board, Qt.MouseButton.LeftButton, pos=board.arrangement.cells["party", column].center())
        assert moved == expected


def picture(board: TaskBoard, number: int) -> QImage:
    box = next(p.box for p in board.arrangement.cards if p.card.id == number)
    return board.grab(box).toImage()


@pytest.mark.parametrize("change", [
    {"title": "别的"}, {"who": "别的"}, {"due": "别的"}, {"item": "别的"}, {"lamp": "overdue"}, {"listed": False}, {"done": 8},
    {"of": 0}, {"fate": "waiting"}, {"note": "结转1次"}, {"urgent_word": "会外紧急"}])  # fmt: skip
def test_each_part_of_a_card_is_seen(board: TaskBoard, change: dict[str, object]) -> None:
    first = picture(board, 1)
    board.set_cards({("party", "todo"): [card(1, **change), card(2)]})
    assert picture(board, 1) != first


def test_other_peoples_text_stays_one_plain_line() -> None:
    values = (card(1, title=HOSTILE).title, ReceiptRow("ok", HOSTILE, HOSTILE, "").name, AgendaItem(HOSTILE, 3, "").text,
              PublishRow(HOSTILE, "", "", "", True, "", False, "").title)  # fmt: skip
    assert all("\u202e" not in v and "\n" not in v and len(v) <= 400 for v in values)


def test_the_agenda_is_as_wide_as_its_minutes(qtbot, qapp: QApplication) -> None:
    look.apply(qapp, look.make("dark"))
    bar = AgendaBar()
    qtbot.addWidget(bar)
    bar.resize(1000, 60)
    bar.set_items([AgendaItem("党建", 12, ""), AgendaItem("经济", 10, ""), AgendaItem("社会", 30, "")])
    widths = [box.width() for box in bar.boxes()]
    assert widths[2] > widths[0] > widths[1] and sum(widths) + 24 <= 1001


def test_a_late_item_is_red_and_a_running_one_is_not(qtbot, qapp: QApplication) -> None:
    look.apply(qapp, look.make("dark"))
    bar = AgendaBar()
    qtbot.addWidget(bar)
    bar.resize(600, 60)
    reds = []
    for share in (0.5, 1.2):
        bar.set_items([AgendaItem("党建", 12, "", share, "", "current")])
        image, red = bar.grab().toImage(), look.of().color("lamp_red")
        reds.append(any(image.pixelColor(x, y) == red for x in range(0, 600, 5) for y in range(60)))
    assert reds == [False, True]


def test_burden_rows_are_drilled_by_keys_and_clicks(qtbot, qapp: QApplication) -> None:
    look.apply(qapp, look.make("dark"))
    made = BurdenList()
    qtbot.addWidget(made)
    made.resize(360, 200)
    made.set_rows([Pair("a", "市委会议", 10, 8, "-20%")], [Fact("b", "会外", "1件", "写明事由")])
    made.show()
    drilled: list[str] = []
    made.drill_requested.connect(drilled.append)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.keyClick(made, Qt.Key.Key_Down)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=made._boxes()[0].center())
    assert drilled == ["a", "b", "a"]
    assert "市委会议 8 / 10 -20%" in made.accessibleName() or "会外" in made.accessibleName()


def test_the_summary_drills_every_number(qtbot, qapp: QApplication) -> None:
    look.apply(qapp, look.make("dark"))
    made = LaneSummary()
    qtbot.addWidget(made)
    made.resize(420, 140)
    made.set_counts([SummaryHead("party", "党建", "flag"), SummaryHead("society", "社会", "users")],
                    [SummaryHead("todo", "待布置"), SummaryHead("doing", "进行中")], {("society", "doing"): 4})  # fmt: skip
    made.show()
    drilled: list[tuple[str, str]] = []
    made.drill_requested.connect(lambda *told: drilled.append(told))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(made, key)
    assert drilled == [("party", "todo"), ("society", "doing")]
    assert made.accessibleName() == "社会 进行中 4"


@pytest.mark.parametrize(("text", "day"), [
    ("3-27", date(2026, 3, 27)), ("3月27日", date(2026, 3, 27)), ("3.5", date(2027, 3, 5)), ("2026-03-05", date(2026, 3, 5)),
    ("2月30日", None), ("明天", None), ("", None)])  # fmt: skip
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert day_of(text, date(2026, 3, 16)) == day


def test_recipients_are_named_one_by_one_only_where_that_is_chosen(qtbot, qapp: QApplication) -> None:
    look.apply(qapp, look.make("dark"))
    made = RecipientField([("township", "全部"), ("chosen", "指定")], "chosen", "", lambda _: [],
                          lambda scope, codes: f"{scope} {len(codes)}")  # fmt: skip
    qtbot.addWidget(made)
    made.put("chosen", [(210304015, "沙河街道"), (210304016, "友好街道")])
    assert made.codes == (210304015, 210304016) and made._said.text() == "chosen 2"
    made.set_scope("township")
    assert made.codes == () and made._said.text() == "township 0"


def test_each_card_is_an_element_a_screen_reader_finds_and_presses(qtbot, qapp: QApplication) -> None:
    look.apply(qapp, look.make("dark"))
    board = TaskBoard()
    qtbot.addWidget(board)
    board.resize(900, 600)
    board.set_frame([Lane(n, "flag", n) for n in LANES], [Column(n, n) for n in COLUMNS], "另有{n}项", "任务")
    board.set_cards({("party", "todo"): [card(1), card(2)], ("society", "done"): [card(3)]})
    board.show()
    tree = QAccessible.queryAccessibleInterface(board)
    qtbot.waitUntil(lambda: tree.childCount() == 3)

    def names() -> list[str]:
        found = [tree.child(n) for n in range(tree.childCount())]
        return [c.text(QAccessible.Text.Name) for c in found if not c.state().invisible]

    assert names() == [board.spoken(1), board.spoken(2), board.spoken(3)]
    assert "任务1" in names()[0] and "3/9" in names()[0] and names()[2].startswith("society done")
    placed = {p.card.id: p.box for p in board.arrangement.cards}
    assert tree.child(1).rect().size() == placed[2].size()
    assert tree.child(1).role() == QAccessible.Role.Button
    opened: list[int] = []
    board.opened.connect(opened.append)
    press = tree.child(1).actionInterface()
    press.doAction("Press")
    qtbot.waitUntil(lambda: opened == [2] and board.current == 2)  # Qt lets the press be seen first
    board.mark(2)
    qtbot.waitUntil(lambda: "✓" in names()[1])
    board.set_cards({("society", "done"): [card(3, title="改了名")]})
    qtbot.waitUntil(lambda: len(names()) == 1 and "改了名" in names()[0])
    at = board.arrangement.cards[0].box.center()
    qtbot.mouseClick(board, Qt.MouseButton.LeftButton, pos=at)
    assert board.current == 3, "the mouse is the board's"
