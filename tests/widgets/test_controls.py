"""Controls by key and by mouse, with names for a screen reader."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from widgets_gallery import MAKERS, help_sheet, palette

from commandscreen import theme as look
from commandscreen.widgets.breadcrumb import Breadcrumb, Crumb
from commandscreen.widgets.drawer import Drawer
from commandscreen.widgets.keycap import KeycapButton, KeyHints
from commandscreen.widgets.kpi_tile import KpiTile
from commandscreen.widgets.layer_bar import LayerBar
from commandscreen.widgets.panel_frame import PanelFrame
from commandscreen.widgets.photo_strip import Photo, PhotoStrip
from commandscreen.widgets.plain_label import PlainLabel
from commandscreen.widgets.segment import Segment
from commandscreen.widgets.similar_list import SimilarList
from commandscreen.widgets.stage_tabs import StageTabs
from commandscreen.widgets.state_pane import StatePane
from commandscreen.widgets.sync_block import SyncBlock
from commandscreen.widgets.ticker import Ticker

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> None:
    look.apply(qapp, look.make("dark", reduce_motion=True))


def made(name: str, qtbot) -> QWidget:  # type: ignore[no-untyped-def]
    maker, width, height = MAKERS[name]
    widget = maker()
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


@pytest.mark.parametrize("name", sorted(MAKERS))
@pytest.mark.parametrize("look_name", ["dark", "light"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_widget_paints_in_every_look(qtbot, qapp: QApplication, name: str, look_name: str, scale: float) -> None:
    look.apply(qapp, look.make(look_name, scale))
    maker, width, height = MAKERS[name]
    widget = maker()
    qtbot.addWidget(widget)
    widget.resize(round(width * scale), round(height * scale))
    widget.show()
    picture = widget.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)}
    assert len(colours) > 3


@pytest.mark.parametrize(
    "name", ["button", "tabs", "tile", "legend", "flow", "stepper", "photos", "state", "sync", "ticker"]
)
def test_what_is_painted_can_be_heard(qtbot, name: str) -> None:
    widget = made(name, qtbot)
    assert len(widget.accessibleName()) >= 4


def test_a_button_shows_its_key_and_has_room_for_it(qtbot) -> None:
    button = KeycapButton("派遣", "D")
    plain = QPushButton("派遣")
    for widget in (button, plain):
        qtbot.addWidget(widget)
    assert button.sizeHint().width() > plain.sizeHint().width() + 18
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, LEFT)


def test_hints_that_do_not_fit_are_left_out_last_first(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    hints = MAKERS["hints"][0]()
    assert isinstance(hints, KeyHints)
    hints.setParent(host)
    host.show()
    groups = [g for g in hints.findChildren(QWidget) if g.parent() is hints]
    hints.resize(400, 28)
    assert [g.isVisible() for g in groups] == [True, True, True]
    hints.resize(150, 28)
    shown = [g.isVisible() for g in groups]
    assert shown[0]
    assert not shown[-1]


def test_a_segment_tells_a_choice_once_and_stays_silent_when_set(qtbot) -> None:
    segment = made("segment", qtbot)
    assert isinstance(segment, Segment)
    told: list[str] = []
    segment.chosen.connect(told.append)
    segment.set_current("county")
    assert told == []
    qtbot.mouseClick(segment.findChildren(QPushButton)[0], LEFT)
    assert told == ["city"]


def test_tabs_by_click_and_by_arrow(qtbot) -> None:
    tabs = made("tabs", qtbot)
    assert isinstance(tabs, StageTabs)
    told: list[str] = []
    tabs.chosen.connect(told.append)
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    qtbot.keyClick(tabs, Qt.Key.Key_Left)
    qtbot.mouseClick(tabs, LEFT, pos=QPoint(20, 15))
    assert told == ["intake", "close", "all"]
    assert "待受理 5" in tabs.accessibleName()


@pytest.mark.parametrize("name", ["tabs", "tabs_small"])
def test_all_tabs_stand_within_the_panel(qtbot, name: str) -> None:
    tabs = made(name, qtbot)
    assert isinstance(tabs, StageTabs)
    boxes = [box for _, _, _, box in tabs._boxes()]
    assert boxes[-1].right() <= tabs.width()
    assert all(one.right() < other.left() for one, other in pairwise(boxes))


def test_a_figure_drills_by_click_enter_and_space(qtbot) -> None:
    tile = made("tile", qtbot)
    assert isinstance(tile, KpiTile)
    told: list[int] = []
    tile.drill_requested.connect(lambda: told.append(1))
    qtbot.mouseClick(tile, LEFT)
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert len(told) == 3
    assert "今日受理 87件" in tile.accessibleName()


def test_layers_tell_which_are_on(qtbot) -> None:
    bar = made("layers", qtbot)
    assert isinstance(bar, LayerBar)
    told: list[frozenset[str]] = []
    bar.changed.connect(told.append)
    box = bar.findChildren(QCheckBox)[1]
    box.click()
    assert told == [frozenset({"cases", "hot"})]
    bar.show_only(["cases"])
    assert not box.isVisible()
    assert bar.on() == {"cases", "hot"}


def test_the_path_goes_up_and_names_are_no_mnemonics(qtbot) -> None:
    crumbs = Breadcrumb()
    qtbot.addWidget(crumbs)
    crumbs.set_path([Crumb(2103, "甲&乙\u202e市"), Crumb(210304, "立山区")], (), "")
    up, here = crumbs.findChildren(QPushButton)
    assert up.text() == "甲&&乙市"
    assert here.property("current") == "true"
    with qtbot.waitSignal(crumbs.chosen) as told:
        qtbot.mouseClick(up, LEFT)
    assert told.args == [2103]


def test_the_palette_moves_chooses_and_keeps_what_is_not_allowed(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    box = palette(host)
    box.resize(640, 330)
    queries: list[str] = []
    chosen: list[object] = []
    box.query_changed.connect(queries.append)
    box.chosen.connect(chosen.append)
    box.open("")
    qtbot.keyClicks(box.field, "aql")
    assert queries[-1] == "aql"
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert chosen == []
    assert box.isVisible()
    qtbot.keyClick(box.field, Qt.Key.Key_Up)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert chosen == [2]
    assert not box.isVisible()


def test_escape_closes_the_palette(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    box = palette(host)
    box.open("aq")
    with qtbot.waitSignal(box.closed):
        qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert not box.isVisible()


@pytest.mark.parametrize("reduced", [True, False])
def test_a_drawer_ends_in_its_place(qtbot, qapp: QApplication, reduced: bool) -> None:
    look.apply(qapp, look.make("dark", reduce_motion=reduced))
    host = QWidget()
    host.resize(1000, 600)
    qtbot.addWidget(host)
    host.show()
    drawer = Drawer(host)
    place = QRect(400, 0, 600, 600)
    drawer.set_place(place)
    drawer.open()
    assert drawer.is_open
    if reduced:
        assert drawer.geometry() == place
    qtbot.waitUntil(lambda: drawer.geometry() == place, timeout=3000)
    with qtbot.waitSignal(drawer.closed):
        drawer.shut()
    assert not drawer.is_open


def test_events_open_their_case_by_click_and_by_key(qtbot) -> None:
    ticker = made("ticker", qtbot)
    assert isinstance(ticker, Ticker)
    told: list[int] = []
    ticker.chosen.connect(told.append)
    qtbot.mouseClick(ticker, LEFT, pos=QPoint(60, 40))
    qtbot.keyClick(ticker, Qt.Key.Key_Down)
    qtbot.keyClick(ticker, Qt.Key.Key_Return)
    qtbot.mouseClick(ticker, LEFT, pos=QPoint(60, 85))
    assert told == [2, 1]


def test_photos_are_asked_for_once(qtbot) -> None:
    strip = PhotoStrip()
    qtbot.addWidget(strip)
    asked: list[str] = []
    strip.wanted.connect(asked.append)
    for _ in range(2):
        strip.set_photos([Photo("a", "上报"), Photo("b", "处置后")])
    assert asked == ["a", "b"]


def test_similar_cases_open_and_none_says_so(qtbot) -> None:
    similar = made("similar", qtbot)
    assert isinstance(similar, SimilarList)
    with qtbot.waitSignal(similar.opened) as told:
        qtbot.mouseClick(similar.findChildren(QPushButton)[0], LEFT)
    assert told.args == [7]
    similar.set_cases([], "附近没有相似案件")
    qtbot.waitUntil(lambda: [x.text() for x in similar.findChildren(PlainLabel)] == ["附近没有相似案件"], timeout=3000)


def test_a_state_says_what_to_do_and_tells_the_choice(qtbot) -> None:
    pane = made("state", qtbot)
    assert isinstance(pane, StatePane)
    told: list[str] = []
    pane.chosen.connect(told.append)
    for button in pane.findChildren(QPushButton):
        qtbot.mouseClick(button, LEFT)
    assert told == ["retry", "copy"]


def test_a_panel_gives_its_body_back_after_a_state(qtbot) -> None:
    panel = made("panel", qtbot)
    assert isinstance(panel, PanelFrame)
    pane = StatePane("search", "没有符合条件的案件", "")
    panel.cover(pane)
    assert panel.covered
    assert pane.isVisible()
    panel.cover(None)
    assert not panel.covered
    assert not pane.isVisible()


def test_a_slow_or_broken_feed_is_framed(qtbot) -> None:
    block = made("sync", qtbot)
    assert isinstance(block, SyncBlock)
    amber = look.of().color("lamp_amber")
    for state, framed in (("live", False), ("slow", True), ("offline", True), ("trouble", True), ("loading", False)):
        block.show_state(state, "词", "12分")
        picture = block.grab().toImage()
        assert (picture.pixelColor(picture.width() // 2, 0) == amber) is framed, state
    with qtbot.waitSignal(block.pressed):
        qtbot.mouseClick(block, LEFT)


def test_any_key_closes_the_sheet_of_keys(qtbot) -> None:
    host = QWidget()
    host.resize(800, 500)
    qtbot.addWidget(host)
    host.show()
    sheet = help_sheet(host)
    sheet.open()
    assert host.rect().contains(sheet.geometry())
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
