"""Alarms at the desk: the line and its keys, the list, shelving, floods, a lost feed, what a camera saw, offline."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from commandscreen import theme as look
from commandscreen.domain.alarm import Alarm, LogLine, Standing, alarm_of, cause_of, record_of
from commandscreen.domain.alarm_sound import Tone
from commandscreen.protocol.rows import RECORD, record_values
from commandscreen.store import apply, queries, records
from commandscreen.store.delta import Delta
from commandscreen.sync.status import Phase, SyncStatus

K = Qt.Key
SHAHE = 210304015


@pytest.fixture
def desk(seat):
    """A desk whose commands go to its replica, as the client sends them."""
    view, replica = seat.view, seat.replica
    replica.told = lambda entries: seat.bridge.post(lambda: view.results.take(entries))
    replica.stand(seat.site, seat.desk.actor).result()
    seat.given = []
    seat.heard = []

    def give(command) -> None:
        seat.given.append(command)
        replica.command(command, 10.0)

    view.hands.commanded.connect(give)
    view.alarms.commanded.connect(give)
    view.alarms.sounded.connect(seat.heard.append)
    return seat


def make(seat, number: int, level: int = 3, ago: int = 5, **more: object) -> Alarm:
    """An alarm as the server would have made it."""
    now = seat.desk.now()
    grid = next(c.grid for c in seat.cases.values())
    site = seat.site
    fine = next(c for c in site.classes.values() if not site.settings.alarms.emergency(c))
    place = f"鞍千路{number}栋"
    alarm = Alarm(
        number, 0, SHAHE, grid, "ai_event", level, f"楼道积水{number}", place, now - ago, Standing.RAISED,
        class_id=fine.id, cause=cause_of(place, grid, "排水"), source=f"cam-{number}", confidence=0.87,
        photos=("ab" * 32,), until=now + 900, log=(LogLine(now - ago, "raise", 9, "AI感知接入"),),
    )  # fmt: skip
    return replace(alarm, **more)


def put(seat, *alarms: Alarm) -> None:
    """Alarms that came with a page."""
    seat.cursor += 1
    rows = [(RECORD, record_values(record_of(a, seat.desk.now()))) for a in alarms]
    with seat.qtbot.waitSignal(seat.bridge.changed, timeout=5000):
        seat.replica.write_rows(lambda c: (None, apply.apply_page(c, rows, [], seat.cursor, 0.0)[1])).result()
    wanted = {a.id: a.standing for a in alarms}
    seat.until(lambda: all(seat.view.alarms._alarms.get(n) and seat.view.alarms._alarms[n].standing is s
                           for n, s in wanted.items() if s is not Standing.GUARD))  # fmt: skip


def kept(seat, number: int) -> Alarm:
    found = seat.replica.write(lambda c: (records.by_id(c, [number])[number], Delta())).result()
    return alarm_of(found)


def line(seat) -> str:
    told = seat.view.header.alarm_line
    return told.shown_text.spoken() if told.isVisible() and told.shown_text else ""


def test_a_key_acknowledges_what_the_line_shows(desk) -> None:
    assert line(desk) == ""
    put(desk, make(desk, 1, 2))
    desk.until(lambda: "楼道积水1" in line(desk))
    assert "未确认" in line(desk)
    assert desk.view.header.alarm_counts.counts == (0, 1, 0)
    assert not desk.view.header._line.isVisible()
    desk.key(K.Key_A)
    desk.until(lambda: kept(desk, 1).standing is Standing.ACKED)
    assert kept(desk, 1).acked_by == "周敏"
    desk.until(lambda: line(desk) == "")
    assert desk.view.header.alarm_counts.counts == (0, 1, 0), "it is seen, not over"
    assert desk.view.header._line.isVisible()
    assert [c.kind for c in desk.given] == ["alarm.ack"]
    desk.key(K.Key_A)
    assert len(desk.given) == 1, "there is nothing left to acknowledge"


def test_the_gravest_comes_first_and_a_group_goes_with_one_key(desk) -> None:
    same = {"cause": "同一栋|排水"}
    put(
        desk,
        make(desk, 1, 3, 50, **same),
        make(desk, 2, 2, 40, **same),
        make(desk, 3, 3, 2),
        make(desk, 4, 3, 30, **same),
    )
    desk.until(lambda: "楼道积水2" in line(desk))
    assert "同源3条" in line(desk)
    desk.key(K.Key_A)
    desk.until(lambda: all(kept(desk, n).standing is Standing.ACKED for n in (1, 2, 4)))
    assert kept(desk, 3).standing is Standing.RAISED, "never all"
    desk.until(lambda: "楼道积水3" in line(desk))
    assert len(desk.given) == 1


def test_only_the_edge_of_a_grave_one_blinks(desk) -> None:
    from PySide6.QtWidgets import QApplication

    put(desk, make(desk, 1, 3))
    desk.until(lambda: line(desk) != "")
    assert not desk.view.header.alarm_line.blinking
    look.apply(QApplication.instance(), look.make("dark"))
    put(desk, make(desk, 2, 2))
    desk.until(lambda: desk.view.header.alarm_line.blinking)
    look.apply(QApplication.instance(), look.make("dark", reduce_motion=True))
    assert not desk.view.header.alarm_line.blinking
    put(desk, make(desk, 3, 1))
    desk.until(lambda: "楼道积水3" in line(desk))
    assert not desk.view.header.alarm_line.blinking


def test_the_list_covers_neither_queue_nor_line(desk) -> None:
    put(desk, make(desk, 1, 2), make(desk, 2))
    sheet = desk.view.alarm_sheet
    for size in ((1920, 1080), (1366, 768)):
        desk.view.resize(*size)
        desk.qtbot.wait(10)
        QTest.keyClick(desk.view.queue.list, K.Key_F8)
        desk.until(lambda: sheet.is_open and len(sheet.model.lines) == 2)
        place = sheet.geometry()
        for other in (desk.view.queue, desk.view.header):
            box = other.rect().translated(other.mapTo(desk.view, other.rect().topLeft()))
            assert not place.intersects(box)
        assert desk.view.rect().contains(place)
        QTest.keyClick(sheet.list, K.Key_J)
        assert sheet.list.currentIndex().row() == 1, "keys move in the list that has them"
        QTest.keyClick(sheet.list, K.Key_Escape)
        assert not sheet.is_open


def test_shelving_asks_for_how_long_and_why(desk) -> None:
    put(desk, make(desk, 1))
    desk.until(lambda: line(desk) != "")
    desk.key(K.Key_S)
    sheet = desk.view.alarm_sheet
    desk.until(sheet.asking.choices.isVisible)
    QTest.keyClick(sheet.asking.choices, K.Key_2)
    desk.until(lambda: sheet.asking.choices.isVisible() and "施工" in sheet.asking.choices.choices[0].text)
    QTest.keyClick(sheet.asking.choices, K.Key_1)
    desk.until(lambda: kept(desk, 1).standing is Standing.SHELVED)
    shelved = kept(desk, 1)
    assert 1790 < shelved.shelf_until - desk.desk.now() <= 1800
    assert shelved.log[-1].text == "30 现场施工已报备"
    desk.until(lambda: "搁置1" in desk.view.header.alarm_counts.more)
    sheet.show_tab("shelved")
    desk.until(lambda: len(sheet.model.lines) == 1)
    sheet.list.go(0)
    QTest.keyClick(sheet.list, K.Key_S)
    desk.until(lambda: kept(desk, 1).standing is Standing.RAISED)


def test_a_critical_one_is_not_shelved(desk) -> None:
    put(desk, make(desk, 1, 1))
    desk.until(lambda: line(desk) != "")
    assert not desk.view.header.alarm_line.shelve.isVisible()
    desk.key(K.Key_S)
    assert not desk.view.alarm_sheet.asking.choices.isVisible()
    assert desk.given == []


def test_a_confirmed_event_is_a_case_in_the_queue_at_once(desk) -> None:
    put(desk, make(desk, 1))
    before = set(desk.shown)
    QTest.keyClick(desk.view.queue.list, K.Key_F8)
    sheet = desk.view.alarm_sheet
    desk.until(lambda: sheet.is_open and sheet.list.hasFocus())
    assert "87%" in " ".join(v for _, v in sheet.detail.facts.facts)
    assert sheet.detail.frame.isVisible()
    QTest.keyClick(sheet.list, K.Key_Return)
    desk.until(lambda: kept(desk, 1).standing is Standing.CLOSED)
    desk.until(lambda: len(set(desk.shown) - before) == 1)
    number = (set(desk.shown) - before).pop()
    case = desk.replica.write(lambda c: (queries.case(c, number), Delta())).result()
    assert (case.source, case.title, case.flow[0].photos) == ("ai_video", "楼道积水1", ("ab" * 32,))
    assert kept(desk, 1).case == number
    assert [c.kind for c in desk.given] == ["report"]
    desk.until(lambda: line(desk) == "")


def test_an_event_that_another_desk_settled_makes_no_case_here(desk) -> None:
    alarm = make(desk, 1)
    put(desk, alarm)
    before = set(desk.shown)
    desk.view.alarms.confirm(desk.view.alarms._alarms[1])
    desk.until(lambda: len(set(desk.shown) - before) == 1)
    now = desk.desk.now()
    done = replace(
        alarm, ver=3, standing=Standing.CLOSED, log=(*alarm.log, LogLine(now, "dismiss", 5, "李班长", "反光"))
    )
    put(desk, done)  # dismissed at another desk before this one's report was sent
    desk.until(lambda: set(desk.shown) == before)
    assert kept(desk, 1).log[-1].name == "李班长"


def test_old_data_fades_the_lamps_of_the_queue(desk) -> None:
    def red() -> int:
        picture = desk.view.queue.list.grab().toImage()
        return sum(picture.pixelColor(x, y).name() == "#fa5a4e" for x in range(60) for y in range(0, 220, 3))

    assert red() > 0
    desk.view.header.stale_changed.emit(True)
    assert red() == 0
    desk.view.header.stale_changed.emit(False)
    assert red() > 0


def test_a_dismissed_event_needs_its_reason_in_words(desk) -> None:
    put(desk, make(desk, 1))
    QTest.keyClick(desk.view.queue.list, K.Key_F8)
    sheet = desk.view.alarm_sheet
    desk.until(lambda: sheet.is_open and sheet.list.hasFocus() and sheet.current is not None)
    QTest.keyClick(sheet.list, K.Key_R)
    desk.until(sheet.asking.choices.isVisible)
    QTest.keyClick(sheet.asking.choices, K.Key_4)
    desk.until(lambda: sheet.asking.bar.asking)
    sheet.asking.bar.field.setText("拖把上的水")
    QTest.keyClick(sheet.asking.bar.field, K.Key_Return)
    desk.until(lambda: kept(desk, 1).standing is Standing.CLOSED)
    assert kept(desk, 1).log[-1].text == "拖把上的水"


def test_a_flood_is_said_and_ordinary_ones_fall_silent(desk) -> None:
    put(desk, *(make(desk, n, 3, 200 - n) for n in range(1, 11)))
    desk.until(lambda: "报警潮" in desk.view.header.alarm_counts.more)
    desk.heard.clear()
    put(desk, make(desk, 20, 3, 0))
    desk.view.alarms._tick()
    assert desk.heard == []
    put(desk, make(desk, 21, 2, 0))
    desk.view.alarms._tick()
    assert desk.heard == [Tone.URGENT]
    desk.until(lambda: "楼道积水21" in line(desk))
    QTest.keyClick(desk.view.queue.list, K.Key_F8)
    sheet = desk.view.alarm_sheet
    desk.until(lambda: len(sheet.model.lines) == 12)


def test_muted_for_two_minutes_until_a_new_critical_one(desk) -> None:
    put(desk, make(desk, 1, 2, 0))
    desk.until(lambda: desk.heard == [Tone.URGENT])
    QTest.keyClick(desk.view.queue.list, K.Key_F9)
    assert "已静音" in desk.view.header.alarm_counts.more
    put(desk, make(desk, 2, 2, 0))
    desk.view.alarms._tick()
    assert desk.heard == [Tone.URGENT]
    put(desk, make(desk, 3, 1, 0))
    desk.until(lambda: desk.heard[1:2] == [Tone.CRITICAL])
    assert "已静音" not in desk.view.header.alarm_counts.more
    QTest.keyClick(desk.view.queue.list, K.Key_F9)
    assert "已静音" in desk.view.header.alarm_counts.more
    assert "恢复" in desk.view.header.sound.accessibleName()
    desk.desk.set_skew(121)
    desk.view.alarms._tick()
    assert "已静音" not in desk.view.header.alarm_counts.more, "two minutes have passed"
    assert "恢复" not in desk.view.header.sound.accessibleName()


def test_the_sheet_of_keys_fits_a_small_screen(desk) -> None:
    desk.view.resize(1366, 768)
    desk.view.open_help()
    assert desk.view.rect().contains(desk.view.help.geometry())


def test_a_lost_feed_is_one_alarm_that_ends_by_itself(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = time.monotonic()
    monkeypatch.setattr("commandscreen.views.alarms.time.monotonic", lambda: clock)
    alarms = desk.view.alarms
    broken = SyncStatus(Phase.OFFLINE, since=clock, code="offline", data_at=time.time() - 20)
    desk.view.take_status(broken)
    assert line(desk) == "", "a moment's break is no alarm"
    clock += 61
    desk.view.take_status(broken)
    desk.until(lambda: "数据中断" in line(desk))
    assert desk.view.header.alarm_counts.counts == (0, 0, 1)
    clock += 600
    desk.view.take_status(broken)
    assert desk.view.header.alarm_counts.counts == (0, 0, 1), "one, however long"
    desk.key(K.Key_A)
    desk.until(lambda: line(desk) == "")
    assert alarms.board.groups[0].first.log[-1].name == "周敏"
    assert desk.given == [], "it is this desk's own"
    desk.view.take_status(SyncStatus(Phase.LIVE, heard_at=clock))
    desk.until(lambda: desk.view.header.alarm_counts.counts == (0, 0, 0))


def test_what_is_gone_and_unseen_stays_in_the_line(desk) -> None:
    put(desk, make(desk, 1, 2, standing=Standing.GONE, on=False))
    desk.until(lambda: "已恢复未确认" in line(desk))
    desk.key(K.Key_A)
    desk.until(lambda: kept(desk, 1).standing is Standing.CLOSED)
    desk.until(lambda: desk.view.header.alarm_counts.counts == (0, 0, 0))


def test_alarms_of_a_case_mark_its_row(desk) -> None:
    number = desk.shown[3]

    def amber() -> int:  # at the row's right end, where only the mark is
        view = desk.view.queue
        box = view.list.visualRect(view.model.index(3))
        picture = view.list.grab(box.adjusted(box.width() - 60, 0, 0, -box.height() // 2)).toImage()
        wanted = look.of().color("lamp_amber")
        return sum(picture.pixelColor(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))

    assert amber() == 0
    put(desk, make(desk, 1, 2, case=number, kind="urgent_report"), make(desk, 2, 3, case=number, kind="overdue"))
    desk.until(lambda: desk.view.queue.rows.levels == {number: 2})
    assert amber() > 20
    index = desk.view.queue.model.index(desk.view.queue.model.row_of(number))
    assert "紧急" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    QTest.keyClick(desk.view.queue.list, K.Key_F8)
    sheet = desk.view.alarm_sheet
    desk.until(lambda: len(sheet.model.lines) == 2)
    sheet.list.go(0)
    QTest.keyClick(sheet.list, K.Key_O)
    desk.until(lambda: desk.view.case.is_open)
    assert desk.desk.selected == number
    assert not sheet.is_open
