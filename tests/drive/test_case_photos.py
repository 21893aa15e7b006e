"""Photos of the open case: large by P, masked until a reason is logged, added by file, paste and drop with the fitting command."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from test_hands import CTRL, SHIFT, K, entries, hands, said, shown
from test_intake import desk, drop, picture_file
from test_more_hands import become, choices, pick_case, to_queue

from commandscreen.domain.case import FlowEntry, Source, State
from commandscreen.domain.person import Role
from commandscreen.site import pictures
from commandscreen.views.masking import mosaic

__all__ = ["desk", "hands"]


def with_photos(seat, source=Source.HOTLINE) -> int:
    """An open case with one picture of a citizen's and one that the unit took; selected."""
    case = next(c for c in seat.cases.values() if c.state is State.HANDLING)
    theirs = seat.keeper.take_photo(pictures.png("corridor", 1))
    ours = seat.keeper.take_photo(pictures.png("pipe", 2, mended=True))
    now = seat.desk.now()
    flow = (FlowEntry(now - 900, "report", "", "channel", 0, "", (theirs,)),
            FlowEntry(now - 60, "work", "陈工", "handler", case.lead, "", (ours,)))  # fmt: skip
    seat.put(replace(case, ver=case.ver + 1, source=source, flow=flow, photos=2))
    pick_case(seat, case.id)
    return case.id


def large(seat):
    return seat.view.photo_view


def is_mosaic(image: QImage) -> bool:
    return not image.isNull() and mosaic(image) == image


def open_large(seat) -> None:
    seat.key(K.Key_P)
    seat.until(lambda: large(seat).is_open and not large(seat).pane.image.isNull())


def test_p_shows_them_large_arrows_move_and_esc_goes_back(desk) -> None:
    with_photos(desk)
    open_large(desk)
    view = large(desk)
    assert "1/2" in view._count.text()
    assert is_mosaic(view.pane.image)
    QTest.keyClick(view, K.Key_Right)
    desk.until(lambda: "2/2" in view._count.text() and not view.pane.image.isNull())
    assert not is_mosaic(view.pane.image), "what the unit took on the spot is shown as it is"
    assert view._clear.isHidden()
    QTest.keyClick(view, K.Key_Right)
    assert "2/2" in view._count.text(), "the end is the end"
    QTest.keyClick(view, K.Key_Left)
    desk.until(lambda: "1/2" in view._count.text())
    QTest.keyClick(view, K.Key_D)
    assert not desk.view.departments.dispatching, "letters are the viewer's while it is there"
    QTest.keyClick(view, K.Key_Escape)
    assert not view.is_open
    assert desk.view.queue.list.hasFocus()


def test_nobody_sees_clearly_without_a_reason_that_the_server_has_logged(desk) -> None:
    with_photos(desk)
    open_large(desk)
    view = large(desk)
    QTest.keyClick(view, K.Key_Return)
    assert view.reason.hasFocus()
    QTest.keyClick(view.reason, K.Key_Return)
    assert desk.keeper.reasons == [], "no reason is none"
    desk.keeper.refusal = "offline"
    view.reason.setText("核对车牌")
    QTest.keyClick(view.reason, K.Key_Return)
    desk.until(lambda: "连不上" in view._said.text())
    QTest.keyClick(view, K.Key_Right)
    QTest.keyClick(view, K.Key_Left)
    desk.until(lambda: "1/2" in view._count.text() and not view.pane.image.isNull())
    assert is_mosaic(view.pane.image), "what the server has not logged stays masked"
    desk.keeper.refusal = ""
    QTest.keyClick(view, K.Key_Return)
    view.reason.setText("核对车牌")
    QTest.keyClick(view.reason, K.Key_Return)
    desk.until(lambda: not view.pane.image.isNull() and not is_mosaic(view.pane.image))
    assert [r.split()[1] for r in desk.keeper.reasons] == ["核对车牌", "核对车牌"]
    QTest.keyClick(view, K.Key_Escape)
    open_large(desk)
    assert not is_mosaic(view.pane.image), "once a shift is enough"


def test_the_drawer_shows_small_ones_masked_and_a_click_makes_them_large(desk) -> None:
    case = with_photos(desk)
    desk.key(K.Key_Return)
    strip = desk.view.case._photos
    desk.until(lambda: desk.view.case.case is not None and desk.view.case.case.id == case)
    desk.until(
        lambda: len(strip._images) == 2 and all(i is not None and not i.isNull() for i in strip._images.values())
    )
    theirs, ours = strip._images.values()
    assert is_mosaic(theirs)
    assert not is_mosaic(ours)
    assert "1张已打码" in desk.view.case._photo_sub.text()
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip._boxes()[1].center())
    desk.until(lambda: large(desk).is_open and "2/2" in large(desk)._count.text())


def test_a_case_without_photos_says_so(desk) -> None:
    case = next(c for c in desk.cases.values() if not any(e.photos for e in c.flow))
    pick_case(desk, case.id)
    desk.key(K.Key_P)
    desk.until(lambda: "没有照片" in said(desk))
    assert not large(desk).is_open


# Adding -------------------------------------------------------------------------------------------------------------------


def copy_picture() -> None:
    image = QImage(200, 150, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)


@pytest.fixture(autouse=True)
def clean_clipboard():
    yield
    QGuiApplication.clipboard().clear()


def test_paste_and_enter_keep_a_picture_in_two_keys(desk) -> None:
    case = with_photos(desk)
    copy_picture()
    QTest.keyClick(desk.view.queue.list, K.Key_V, CTRL)
    desk.until(lambda: bool(choices(desk)))
    QTest.keyClick(desk.view.queue.choices, K.Key_Return)
    desk.until(lambda: shown(desk, case).flow[-1].kind == "comment")
    assert len(shown(desk, case).flow[-1].photos) == 1
    assert shown(desk, case).photos == 3


def test_files_and_a_drop_and_a_sentence_with_them(desk, tmp_path, monkeypatch) -> None:
    case = with_photos(desk)
    monkeypatch.setattr("commandscreen.views.photo_desk.ask_for_files", lambda _: [picture_file(tmp_path)])
    QTest.keyClick(desk.view.queue.list, K.Key_P, SHIFT)
    desk.until(lambda: bool(choices(desk)))
    desk.view.queue.choices.leave()
    desk.desk.open(case)
    desk.until(lambda: desk.view.case.is_open)
    mime = QMimeData()
    mime.setUrls(
        [QUrl.fromLocalFile(str(picture_file(tmp_path, f"{n}.png", s))) for n, s in enumerate(("wall", "road"))]
    )
    drop(desk.view.case, mime)
    desk.until(lambda: "2张" in desk.view.queue.choices._title and bool(choices(desk)))
    QTest.keyClick(desk.view.queue.choices, K.Key_2)
    bar = desk.view.queue.bar
    desk.until(lambda: bar.asking)
    bar.field.setText("门口也有水")
    QTest.keyClick(bar.field, K.Key_Return)
    desk.until(lambda: shown(desk, case).flow[-1].text == "门口也有水")
    assert len(shown(desk, case).flow[-1].photos) == 2


def test_a_unit_feeds_back_with_what_it_has_just_added(desk) -> None:
    case = with_photos(desk)
    become(desk, Role.HANDLER, unit=desk.cases[case].lead)
    to_queue(desk)
    copy_picture()
    QTest.keyClick(desk.view.queue.list, K.Key_V, CTRL)
    desk.until(lambda: bool(choices(desk)))
    assert "反馈" in choices(desk)[0]
    QTest.keyClick(desk.view.queue.choices, K.Key_Return)
    bar = desk.view.queue.bar
    desk.until(lambda: bar.asking)
    bar.field.setText("换了阀门")
    QTest.keyClick(bar.field, K.Key_Return)
    desk.until(lambda: shown(desk, case).state is State.FED_BACK)
    assert len(shown(desk, case).flow[-1].photos) == 1


def test_who_checks_passes_or_fails_with_a_picture(desk) -> None:
    case = next(c for c in desk.cases.values() if c.state is State.CHECKING and not c.checked_at)
    become(desk, Role.COLLECTOR)
    pick_case(desk, case.id)
    copy_picture()
    QTest.keyClick(desk.view.queue.list, K.Key_V, CTRL)
    desk.until(lambda: bool(choices(desk)))
    assert choices(desk)[:2] == ["核查通过", "核查不达标"]
    QTest.keyClick(desk.view.queue.choices, K.Key_Return)
    desk.until(lambda: shown(desk, case.id).flow[-1].kind == "check_pass")
    assert len(shown(desk, case.id).flow[-1].photos) == 1


def test_what_is_no_photo_is_said_and_nothing_is_offered(desk, tmp_path) -> None:
    with_photos(desk)
    bad = tmp_path / "账单.jpg"
    bad.write_bytes(b"%PDF-1.7")
    desk.view.photo_hands.add([bad])
    desk.until(lambda: "账单.jpg" in said(desk))
    assert choices(desk) == []
    assert list(entries(desk)) == []
