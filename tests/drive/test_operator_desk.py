"""The operator's screen driven as a tired operator would: keys, clicks, live change under the hand."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from commandscreen.domain.case import Lamp, Stage, State, lamp
from commandscreen.domain.grid import community_of
from commandscreen.store.filter import Sort
from commandscreen.sync.status import Phase, SyncStatus

K = Qt.Key


def commit(field: QWidget, text: str) -> None:
    """Types as a Chinese input method does: one committed string."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def row_text(seat, row: int) -> str:
    model = seat.view.queue.model
    return str(model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole))


def test_numbers_agree_between_queue_map_and_replica(seat) -> None:
    queue = seat.view.queue

    def agree() -> bool:
        """A lamp may change between what the screen asked and this look."""
        seat.view.refresh()
        seat.qtbot.wait(200)
        now = seat.desk.now()
        kinds = [lamp(c.state, c.amber_at, c.due_at, now) for c in seat.cases.values()]
        return all(queue.head.lamps[k].text() == str(kinds.count(k)) for k in (Lamp.OVERDUE, Lamp.DUE))

    seat.until(agree)
    assert queue._tabs._counts[""] == 47
    assert sum(v for k, v in queue._tabs._counts.items() if k) == 47
    badges = seat.view.map.map._annotations.badges
    seat.until(lambda: len(seat.view.map.map._annotations.badges) > 0)
    badges = seat.view.map.map._annotations.badges
    assert sum(b.count for b in badges) == 47
    for badge in badges:
        inside = [c for c in seat.cases.values() if c.community == badge.division_code]
        assert badge.count == len(inside)


def test_the_oldest_deadline_stands_first_and_is_spoken(seat) -> None:
    due = [seat.cases[i].due_at for i in seat.shown]
    assert due == sorted(due)
    assert "超期" in row_text(seat, 0)
    assert seat.cases[seat.shown[0]].title in row_text(seat, 0)


def test_j_k_g_and_enter_move_and_open(seat) -> None:
    assert seat.desk.selected == seat.shown[0], "the list takes its first row with the keyboard"
    seat.key(K.Key_J, K.Key_J)
    assert seat.desk.selected == seat.shown[2]
    seat.key(K.Key_K)
    assert seat.desk.selected == seat.shown[1]
    seat.qtbot.keyClick(seat.view.queue.list, K.Key_G, Qt.KeyboardModifier.ShiftModifier)
    assert seat.desk.selected == seat.shown[-1]
    seat.key(K.Key_G)
    assert seat.desk.selected == seat.shown[0]
    seat.key(K.Key_Return)
    seat.until(lambda: seat.view.case.case is not None and seat.view.case.case.id == seat.shown[0])
    assert seat.view.case.is_open
    seat.key(K.Key_J)
    seat.until(lambda: seat.view.case.case.id == seat.shown[1])
    QTest.keyClick(seat.view, K.Key_Escape)
    seat.until(lambda: not seat.view.case.is_open)


def test_the_drawer_never_covers_the_queue(seat) -> None:
    seat.key(K.Key_J, K.Key_Return)
    seat.until(lambda: seat.view.case.is_open)
    queue = seat.view.queue.geometry().translated(seat.view._main.pos())
    assert not seat.view.case.geometry().intersects(queue)
    assert seat.view.map.width() >= 200


def test_selection_scroll_and_typed_text_survive_live_change(seat) -> None:
    queue = seat.view.queue
    queue.list.go(20)
    chosen = seat.desk.selected
    bar = queue.list.verticalScrollBar()
    top = queue.list.indexAt(QPoint(4, 2)).row()
    anchor = seat.shown[top]
    before = queue.list.visualRect(queue.model.index(top)).top()
    queue.focus_filter()
    commit(queue.line.field, "半")
    first = seat.cases[seat.shown[-1]]
    seat.put(replace(first, ver=first.ver + 1, due_at=1, due_from=0, amber_at=0))
    seat.until(lambda: (queue._pending is None and not queue._moved.isVisible()) or queue._moved.isVisible())
    queue.line.field.clear()
    queue._apply_pending()
    seat.until(lambda: seat.shown[0] == first.id)
    assert seat.desk.selected == chosen
    row = queue.model.row_of(anchor)
    assert queue.list.visualRect(queue.model.index(row)).top() == before
    assert bar.value() > 0


def test_nothing_is_resorted_for_three_seconds_after_a_key(seat) -> None:
    queue = seat.view.queue
    seat.key(K.Key_J)
    order = list(seat.shown)
    last = seat.cases[order[-1]]
    seat.put(replace(last, ver=last.ver + 1, due_at=1, due_from=0, amber_at=0))
    seat.until(queue._moved.isVisible)
    assert seat.shown == order, "the order waits"
    assert "已前移" in queue._moved.text()
    seat.qtbot.mouseClick(queue._moved, Qt.MouseButton.LeftButton)
    assert seat.shown[0] == last.id


def test_tabs_lamps_sort_and_text_filter_in_sql(seat) -> None:
    seat.desk.set_stage(Stage.CHECK)
    seat.until(lambda: len(seat.shown) == 9)
    assert all(seat.cases[i].stage is Stage.CHECK for i in seat.shown)
    seat.desk.set_stage(None)
    seat.desk.set_sort(Sort.NEWEST)
    seat.until(
        lambda: (
            len(seat.shown) == 47
            and seat.cases[seat.shown[0]].reported_at == max(c.reported_at for c in seat.cases.values())
        )
    )
    seat.view.queue.head.toggle(Lamp.OVERDUE)
    seat.until(lambda: len(seat.shown) == 3)
    seat.view.queue.clear_filter()
    seat.until(lambda: len(seat.shown) == 47)
    word = seat.cases[seat.shown[5]].title[2:6]
    seat.view.queue.focus_filter()
    commit(seat.view.queue.line.field, word)
    seat.until(
        lambda: seat.shown and all(word in seat.cases[i].title or word in seat.cases[i].place for i in seat.shown)
    )


def test_an_empty_filter_says_which_way_out(seat) -> None:
    seat.view.queue.focus_filter()
    commit(seat.view.queue.line.field, "没有这样的案件")
    seat.until(lambda: seat.view.queue.covered)
    QTest.keyClick(seat.view.queue.line.field, K.Key_Escape)
    seat.until(lambda: len(seat.shown) == 47 and not seat.view.queue.covered)


def test_a_click_on_a_grid_selects_its_case_and_a_row_frames_its_grid(seat) -> None:
    grid_map = seat.view.map.map
    grid_map.settle()
    case = seat.cases[seat.shown[9]]
    row = seat.site.grids.index(case.grid)
    seat.view.map._clicked(row)
    seat.until(lambda: seat.cases[seat.desk.selected].grid == case.grid)
    other = next(c for c in seat.cases.values() if c.grid != case.grid)
    seat.desk.select(other.id)
    seat.until(lambda: grid_map._selected == seat.site.grids.index(other.grid))


def test_drilling_narrows_every_panel_and_backspace_widens_it(seat) -> None:
    community = community_of(seat.cases[seat.shown[0]].grid)
    expected = sum(c.community == community for c in seat.cases.values())
    seat.desk.set_area(community)
    seat.until(lambda: len(seat.shown) == expected)
    seat.key(K.Key_Backspace)
    seat.until(lambda: len(seat.shown) == 47)
    assert seat.desk.area == seat.desk.actor.area


def test_the_palette_opens_a_case_by_initials(seat) -> None:
    from pypinyin import Style, lazy_pinyin

    case = seat.cases[seat.shown[7]]
    typed = "".join(lazy_pinyin(case.title[:4], style=Style.FIRST_LETTER)) + case.title[4:6]
    QTest.keyClick(seat.view, K.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = seat.view.palette_box
    assert box.isVisible()
    commit(box.field, typed)
    seat.until(lambda: any(i.name == ("case", case.id) for i in box.items()))
    while box.items()[box._results.current].name != ("case", case.id):
        QTest.keyClick(box.field, K.Key_Down)
    QTest.keyClick(box.field, K.Key_Return)
    seat.until(lambda: seat.view.case.is_open and seat.desk.selected == case.id)
    assert not box.isVisible()


def test_letters_do_not_act_while_typing(seat) -> None:
    seat.view.queue.focus_filter()
    seat.key(K.Key_J)
    selected = seat.desk.selected
    seat.view.queue.line.field.setFocus()
    seat.qtbot.keyClicks(seat.view.queue.line.field, "jjkg")
    assert seat.view.queue.line.field.text() == "jjkg"
    assert seat.desk.selected == selected


def test_a_unit_drills_to_its_cases(seat) -> None:
    departments = seat.view.departments
    seat.until(lambda: departments.model.rowCount() > 0)
    unit = departments.model.id_at(0)
    departments.list.activated_row.emit(departments.model.index(0))
    expected = {c.id for c in seat.cases.values() if c.lead == unit}
    seat.until(lambda: set(seat.shown) == expected)


@pytest.mark.parametrize(
    "name", ["accepted", "closed", "response", "satisfaction", "city_accepted", "city_closed", "city_satisfied"]
)
def test_every_figure_drills_to_its_cases(seat, name: str) -> None:
    done = replace(seat.cases[seat.shown[0]], ver=50, state=State.CLOSED, closed_at=seat.desk.now() - 5, satisfaction=5,
                   responded_at=seat.desk.now() - 500, due_at=0)  # fmt: skip
    seat.put(done)
    seat.view.figures.drill(name)
    assert seat.desk.title
    seat.until(lambda: done.id in seat.shown or name in ("accepted", "response"))


def test_offline_is_said_with_duration_and_old_data_turns_stale(seat) -> None:
    import time

    header = seat.view.header
    clock = time.monotonic()
    header.show_status(
        SyncStatus(Phase.OFFLINE, data_at=seat.desk.now() - 720, heard_at=clock - 720, since=clock - 720, attempt=4)
    )
    assert "离线" in header._news.text()
    assert "12分" in header._news.text()
    assert seat.view.map.map._stale
    for panel in (seat.view.map, seat.view.departments):
        assert panel._notice.isVisible()
        assert "的数据" in panel._notice.text()
    header.show_status(SyncStatus(Phase.LIVE, data_at=seat.desk.now(), heard_at=time.monotonic()))
    assert not seat.view.map.map._stale
    assert not seat.view.departments._notice.isVisible()


def test_hostile_text_is_shown_as_text(seat, tmp_path) -> None:
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(0)
    assert picture.save(str(tmp_path / "x.png"))
    evil = f"<img src='file://{tmp_path / 'x.png'}'><b>粗</b>\u202e&amp;"
    case = replace(seat.cases[seat.shown[0]], ver=60, title=evil, place=evil, text=evil)
    seat.put(case)
    seat.desk.open(case.id)
    seat.until(lambda: seat.view.case.case is not None and seat.view.case.case.ver == 60)
    assert seat.view.case._title.text() == evil.replace("\u202e", "")
    assert seat.view.case._title.textFormat() == Qt.TextFormat.PlainText
    assert seat.view.case._title.sizeHint().height() < 60


def test_every_row_and_button_has_a_name_to_speak(seat) -> None:
    from PySide6.QtWidgets import QAbstractButton

    nameless = [
        b for b in seat.view.findChildren(QAbstractButton)
        if b.isVisible() and not b.accessibleName() and not b.text()
    ]  # fmt: skip
    assert not nameless
    assert all(row_text(seat, r) for r in range(9))


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (2560, 1440)])
def test_panels_stand_side_by_side_at_every_size(seat, width: int, height: int) -> None:
    seat.view.resize(width, height)
    seat.qtbot.wait(30)
    view = seat.view
    boxes = [w.geometry() for w in (view.queue, view.map, view.departments)]
    assert boxes[0].right() < boxes[1].left()
    assert boxes[1].right() < boxes[2].left()
    assert boxes[1].width() >= 480
    assert boxes[2].right() <= view._main.width()
    assert view.figures.geometry().bottom() <= view._main.height()


def test_the_help_sheet_shows_and_goes(seat) -> None:
    QTest.keyClick(seat.view.queue.list, K.Key_Question)
    seat.until(seat.view.help.isVisible)
    QTest.keyClick(seat.view.help, K.Key_Escape)
    assert not seat.view.help.isVisible()


def test_map_colours_follow_the_worst_open_case(seat) -> None:
    case = next(c for c in seat.cases.values() if lamp(c.state, c.amber_at, c.due_at, seat.desk.now()) is Lamp.OK)
    row = seat.site.grids.index(case.grid)
    seat.until(lambda: seat.view.map.map._status[row] > 0)
    seat.put(replace(case, ver=case.ver + 1, due_at=seat.desk.now() - 60, amber_at=0))
    seat.until(lambda: seat.view.map.map._status[row] == 3)
    assert int(np.count_nonzero(seat.view.map.map._status)) <= 47
