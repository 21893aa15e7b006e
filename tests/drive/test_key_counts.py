"""The keys of DESIGN §9, counted: every press a flow needs, from the case in hand to the effect on the desk."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from board_seat import BoardSeat
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from test_alarm_line import desk, kept, make, put
from test_hands import CTRL, SHIFT, K, entries, hands, pick, shown
from test_more_hands import become, choices, pick_case

from commandscreen.domain.alarm import Standing
from commandscreen.domain.case import State
from commandscreen.domain.person import Role
from commandscreen.domain.task import TaskState
from commandscreen.store.outbox import Fate

__all__ = ["desk", "hands"]
NONE = Qt.KeyboardModifier.NoModifier


class Typist:
    """Presses keys and counts them; a modifier held with a key is one press of that key, as in the design's table."""

    def __init__(self, seat) -> None:
        self.seat, self.count = seat, 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, on: QWidget | None = None) -> None:
        self.count += 1
        QTest.keyClick(on or self.seat.view.queue.list, key, held)

    def write(self, text: str, on: QWidget) -> None:
        for letter in text:
            self.count += 1
            QTest.keyClick(on, Qt.Key(ord(letter.upper())) if letter.isalpha() else Qt.Key(ord(letter)))


Flow = Callable[[object, Typist], None]


def suggested(seat, typist: Typist) -> None:
    case = pick(seat, State.PENDING_DISPATCH)
    typist.press(K.Key_D)
    typist.press(K.Key_Return)
    seat.until(lambda: shown(seat, case).state is State.PENDING_SIGN)


def another(seat, typist: Typist) -> None:
    case = pick(seat, State.PENDING_DISPATCH)
    typist.press(K.Key_D)
    typist.press(K.Key_3)
    typist.press(K.Key_Return)
    seat.until(lambda: shown(seat, case).state is State.PENDING_SIGN)
    assert shown(seat, case).lead


def with_one_beside(seat, typist: Typist) -> None:
    case = pick(seat, State.PENDING_DISPATCH)
    typist.press(K.Key_D)
    seat.until(lambda: seat.view.departments.dispatching)
    typist.press(K.Key_4, SHIFT)
    typist.press(K.Key_Return)
    seat.until(lambda: len(shown(seat, case).assists) == 1)
    assert shown(seat, case).state is State.PENDING_SIGN


def passed(seat, typist: Typist) -> None:
    case = next(i for i in seat.shown if seat.cases[i].state is State.CHECKING and not seat.cases[i].checked_at)
    become(seat, Role.GRID_CHIEF)
    pick_case(seat, case)
    typist.press(K.Key_V)
    seat.until(lambda: shown(seat, case).checked_at > 0)
    seat.until(lambda: bool(seat.view.results.undoable))
    assert 8 < entries(seat)[0].send_at - entries(seat)[0].at <= 10, "undone within ten seconds"


def duplicate(seat, typist: Typist) -> None:
    case = pick(seat, State.HANDLING)
    seat.put(replace(seat.cases[case], id=9001, number="立沙0311-9001", state=State.REPORTED))
    seat.until(lambda: 9001 in seat.shown)
    pick_case(seat, 9001)
    typist.press(K.Key_M)
    seat.until(lambda: bool(choices(seat)))
    typist.press(K.Key_Return, on=seat.view.queue.choices)
    seat.until(lambda: shown(seat, 9001).state is State.MERGED)


def from_anywhere(seat, typist: Typist) -> None:
    case = seat.shown[-1]
    seat.put(replace(seat.cases[case], ver=seat.cases[case].ver + 1, title="鞍千路32栋电梯间和楼道有积水"))
    typist.press(K.Key_K, CTRL)
    field = seat.view.palette_box.field
    typist.write("aql32", field)
    seat.until(lambda: any("鞍千路32栋" in str(i) for i in seat.view.palette_box.items()))
    typist.press(K.Key_Return, on=field)
    seat.until(lambda: seat.view.case.is_open and seat.desk.selected == case)


def settled(seat, typist: Typist) -> None:
    case = pick(seat, State.REPORTED)
    seat.key(K.Key_Y)
    seat.until(lambda: len(entries(seat)) == 1)
    name = entries(seat)[0].command.id
    moved = replace(seat.cases[case], ver=seat.cases[case].ver + 1)
    seat.replica.commanding(lambda box: box.answered(name, Fate.CONFLICT, code="stale-base", theirs=9)).result()
    seat.put(moved)
    seat.until(lambda: bool(seat.view.results.attention))
    typist.press(K.Key_E, CTRL)
    seat.until(lambda: seat.view.sent.is_open and seat.view.sent._again.isVisible())
    typist.press(K.Key_Return, on=seat.view.sent.list)
    seat.until(lambda: shown(seat, case).state is State.PENDING_DISPATCH)
    assert [e.fate for e in entries(seat)] == [Fate.WAITING, Fate.DROPPED]


def category(seat, typist: Typist) -> None:
    QTest.keyClick(seat.view.queue.list, K.Key_3, Qt.KeyboardModifier.AltModifier)
    pool = seat.view.pool
    seat.until(lambda: pool.is_open and pool.current is not None)
    typist.press(K.Key_J, on=pool.list)
    typist.press(K.Key_L, on=pool.list)
    group = pool.current
    assert group is not None and group.row.open
    typist.press(K.Key_Return, on=pool.list)
    wanted = {i for i, c in seat.cases.items() if c.class_id in group.classes}
    assert wanted
    seat.until(lambda: set(seat.shown) == wanted)
    assert group.count.total == len(wanted)
    assert not pool.is_open
    assert seat.view.queue.list.hasFocus()


@pytest.mark.parametrize(
    ("keys", "flow"),
    [
        (2, suggested),
        (3, another),
        (3, with_one_beside),
        (1, passed),
        (2, duplicate),
        (7, from_anywhere),
        (3, category),
        (2, settled),
    ],
    ids=lambda v: v.__name__ if callable(v) else str(v),
)
def test_a_flow_takes_no_more_keys_than_designed(hands, keys: int, flow: Flow) -> None:
    typist = Typist(hands)
    flow(hands, typist)
    assert typist.count == keys


def test_the_newest_alarm_takes_one_key(desk) -> None:
    put(desk, make(desk, 1, 2))
    typist = Typist(desk)
    typist.press(K.Key_A)
    desk.until(lambda: kept(desk, 1).standing is Standing.ACKED)
    assert typist.count == 1


@pytest.fixture
def chair(qtbot, tmp_path):
    seat = BoardSeat(qtbot, tmp_path, "city-head")
    seat.sit()
    seat.key(K.Key_F10)
    seat.until(lambda: seat.page.hands.open)
    yield seat
    seat.close()


def three_chosen(seat) -> list[int]:
    """Three drafts on the lists, marked as a person marks them; what follows is counted."""
    for task in [t for t in seat.drafts() if t.item is not None][:3]:
        seat.page.board.go(task.id)
        seat.key(K.Key_Space, CTRL)
    assert len(seat.page.board.marks) == 3
    return list(seat.page.board.marks)


def gone_out(seat, chosen: list[int]) -> bool:
    states = {t.id: t.state for t in seat.page.week.tasks}
    return all(states[n] is TaskState.ACTIVE for n in chosen)


def test_three_chosen_tasks_are_published_with_two_keys(chair) -> None:
    chosen, typist = three_chosen(chair), Typist(chair)
    typist.press(K.Key_Return, CTRL, on=chair.focused)
    assert chair.page.publishing.is_open
    typist.press(K.Key_Return, on=chair.focused)
    chair.until(lambda: gone_out(chair, chosen))
    assert typist.count == 2


def test_and_with_two_clicks(chair) -> None:
    chosen = three_chosen(chair)
    for count, button in enumerate((chair.page.side.publish_button, chair.page.publishing.button), 1):
        assert button.isVisible() and button.isEnabled(), count
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    chair.until(lambda: gone_out(chair, chosen))
