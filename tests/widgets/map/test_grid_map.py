"""The map driven as a person drives it, and its pixels counted."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cities import city, squares
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from commandscreen.widgets.map.grid_map import BADGES, BOUNDARIES, CASES, LABELS, Badge, Callout, GridMap, Marker
from commandscreen.widgets.map.lut import DUE, OPEN, OVERDUE, rgb

THEME = {
    name: f"#{(i * 37 + 40) % 256:02X}{(i * 91 + 20) % 256:02X}{(i * 53 + 90) % 256:02X}"
    for i, name in enumerate(
        [
            "map_base",
            "map_out",
            "map_cell",
            "map_cell2",
            "map_cell3",
            "map_green",
            "map_amber",
            "map_red",
            "map_l2",
            "map_comm",
            "map_water",
            "map_label",
            "map_road_label",
            "lamp_red",
            "lamp_amber",
            "lamp_green",
            "lamp_edge",
            "line_strong",
            "line_default",
            "bg_panel",
            "bg_hover",
            "focus",
            "accent",
            "text_primary",
            "text_secondary",
            "text_tertiary",
            "text_disabled",
        ]
    )
}
STALE = {"map_red": "#5E4B49", "lamp_red": "#94807D"}
PLAIN = frozenset({CASES})
COMMUNITY = 210304015001


@pytest.fixture(scope="module")
def town():
    return city(6_000)


@pytest.fixture
def small(qtbot):
    """9 × 8 squares of 100 m, one community, no lines over the colours."""
    widget = GridMap()
    qtbot.addWidget(widget)
    widget.resize(400, 320)
    widget.set_theme(THEME, STALE)
    widget.set_site(squares(9, 8), {}, {})
    widget.set_layers(PLAIN)
    widget.show()
    widget.settle()
    yield widget
    widget.stop()


@pytest.fixture
def large(qtbot, town):
    widget = GridMap()
    qtbot.addWidget(widget)
    widget.resize(640, 480)
    widget.set_theme(THEME, STALE)
    widget.set_site(*town)
    widget.show()
    widget.settle()
    yield widget
    widget.stop()


def colour_at(widget: GridMap, x: float, y: float) -> int:
    image = widget.grab().toImage()
    return image.pixel(int(x), int(y))


def centre(widget: GridMap, row: int) -> QPointF:
    east, north = widget._grids.centre(row)
    x, y = widget.camera.to_view(east, north)
    return QPointF(x / widget.density, y / widget.density)


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def states(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.uint8)


def squares_of(widget: GridMap) -> set[int]:
    """Rows whose squares are shown."""
    return {row for piece in widget._ground.shown(widget.camera) for row in piece.squares.rows.tolist()}


def wheel(widget: GridMap, at: QPointF, delta: int) -> None:
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_status_colours_the_grid(small: GridMap) -> None:
    small.set_status(rows(30, 40), states(OPEN, OVERDUE))
    assert colour_at(small, *centre(small, 30).toTuple()) == rgb(THEME["map_green"])
    assert colour_at(small, *centre(small, 40).toTuple()) == rgb(THEME["map_red"])
    small.set_stale(True)
    assert colour_at(small, *centre(small, 40).toTuple()) == rgb(STALE["map_red"])


def test_due_grids_are_hatched(small: GridMap) -> None:
    small.set_status(rows(40), states(DUE))
    middle = centre(small, 40).toPoint()
    image = small.grab().toImage()
    seen = {image.pixel(middle.x() + i, middle.y() + j) for i in range(-8, 8) for j in range(-8, 8)}
    assert {rgb(THEME["map_amber"]), rgb(THEME["lamp_amber"])} <= seen


def test_picking_agrees_with_geometry(large: GridMap) -> None:
    shapes = large._ground.source.shapes
    rng = np.random.default_rng(1)
    found = 0
    for x, y in rng.integers((0, 0), (640, 480), (400, 2)).tolist():
        expected = shapes.at(*large.camera.to_world(x + 0.5, y + 0.5))
        assert large.grid_at(QPointF(x, y)) == expected
        found += expected is not None
    assert found > 50


def test_picking_works_before_pieces_are_there(large: GridMap) -> None:
    large.fit(large._grids.code[3000] // 10_000)
    large._ground.forget()
    assert large.grid_at(centre(large, 3000)) == 3000


def test_update_changes_exactly_the_pixels_of_its_grids(small: GridMap) -> None:
    piece = small._ground.shown(small.camera)[0]
    before = piece.pixels.copy()
    small.update_status(rows(11, 60), states(OPEN, OPEN))
    changed = np.flatnonzero(before != piece.pixels)
    owned = np.flatnonzero(np.isin(piece.ids, 1 + np.searchsorted(piece.rows, (11, 60))))
    assert np.isin(changed, owned).all()
    lined = piece.lines[owned] >> 24 == 255 if piece.lines is not None else np.zeros(len(owned), bool)
    assert np.isin(owned[~lined], changed).all()


def test_an_edge_comes_and_goes_with_its_state(small: GridMap) -> None:
    piece = small._ground.shown(small.camera)[0]
    before = piece.pixels.copy()
    small.update_status(rows(40), states(OVERDUE))
    edged = np.count_nonzero(before != piece.pixels)
    assert edged > np.count_nonzero(piece.ids == 1 + np.searchsorted(piece.rows, 40)), (
        "the edge lies half on the neighbours"
    )
    small.update_status(rows(40), states(0))
    assert np.array_equal(before, piece.pixels)


def test_patched_pixels_equal_a_full_repaint(large: GridMap) -> None:
    rng = np.random.default_rng(5)
    n = len(large._grids)
    large.fit(int(large._grids.code[n // 2]) // 10_000_000)
    large.settle()
    for _ in range(4):
        some = np.sort(rng.choice(n, 700, replace=False)).astype(np.int32)
        large.update_status(some, rng.integers(0, 4, len(some)).astype(np.uint8))
    for piece in large._ground.shown(large.camera):
        if piece.pixels is None:
            continue
        patched = piece.pixels.copy()
        piece.colour(large._table)
        apart = np.abs((patched >> 8 & 255).astype(int) - (piece.pixels >> 8 & 255).astype(int))
        assert apart.max() <= 1, "only rounding may differ"
        assert np.count_nonzero(patched != piece.pixels) < len(patched) // 50


def test_wheel_keeps_the_place_under_the_pointer(large: GridMap) -> None:
    at = QPointF(200, 333)
    before = large.camera.to_world(at.x(), at.y())
    wheel(large, at, 120)
    after = large.camera.to_world(at.x(), at.y())
    assert large.camera.scale < 1e9 and abs(before[0] - after[0]) <= large.camera.scale / 2
    assert abs(before[1] - after[1]) <= large.camera.scale / 2
    level = large.camera.level
    for _ in range(8):
        wheel(large, at, 15)  # a touchpad's parts of a notch
    assert large.camera.level < level


def test_drag_moves_the_picture_and_does_not_click(qtbot, small: GridMap) -> None:
    clicks = []
    small.grid_clicked.connect(clicks.append)
    small.zoom_in()
    left, top = small.camera.left, small.camera.top
    qtbot.mousePress(small, Qt.MouseButton.LeftButton, pos=QPoint(200, 160))
    qtbot.mouseMove(small, QPoint(170, 150))
    qtbot.mouseRelease(small, Qt.MouseButton.LeftButton, pos=QPoint(170, 150))
    assert (small.camera.left - left, small.camera.top - top) == (30, 10)
    assert clicks == []


def test_clicks_and_hover_name_the_grid(qtbot, small: GridMap) -> None:
    clicks, hovers, drills, activated = [], [], [], []
    small.grid_clicked.connect(clicks.append)
    small.grid_hovered.connect(hovers.append)
    small.drill_requested.connect(drills.append)
    small.grid_activated.connect(activated.append)
    point = centre(small, 33).toPoint()
    qtbot.mouseMove(small, point)
    qtbot.mouseClick(small, Qt.MouseButton.LeftButton, pos=point)
    assert hovers == [33] and clicks == [33]
    qtbot.mouseDClick(small, Qt.MouseButton.LeftButton, pos=point)
    assert drills == [210304]
    small.set_scope(210304)
    qtbot.mouseDClick(small, Qt.MouseButton.LeftButton, pos=point)
    assert drills[-1] == 210304015
    small.set_scope(COMMUNITY)
    qtbot.mouseDClick(small, Qt.MouseButton.LeftButton, pos=point)
    assert activated == [33]
    small.select_grid(12)
    qtbot.keyClick(small, Qt.Key.Key_Return)
    assert activated == [33, 12]


def test_keys_zoom_pan_and_come_home(qtbot, large: GridMap) -> None:
    home = large.camera
    qtbot.keyClick(large, Qt.Key.Key_Plus)
    assert large.camera.level == home.level - 4
    qtbot.keyClick(large, Qt.Key.Key_Right)
    assert large.camera.left > 0
    here = large.camera
    qtbot.keyClick(large, Qt.Key.Key_Down)
    assert large.camera.top - here.top == large.camera.height // 8
    qtbot.keyClick(large, Qt.Key.Key_PageUp)
    qtbot.keyClick(large, Qt.Key.Key_Minus)
    qtbot.keyClick(large, Qt.Key.Key_Home)
    assert large.camera == home


def test_buttons_zoom(qtbot, large: GridMap) -> None:
    level = large.camera.level
    plus, minus, locate = large._buttons
    qtbot.mouseClick(plus, Qt.MouseButton.LeftButton)
    assert large.camera.level == level - 4
    qtbot.mouseClick(minus, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(plus, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(locate, Qt.MouseButton.LeftButton)
    assert large.camera.level == level
    assert min(plus.width(), plus.height()) >= 24 and plus.accessibleName()


def test_locked_view_stays(small: GridMap) -> None:
    for _ in range(4):
        small.zoom_in()
    before = small.camera
    small.set_view_lock(True)
    small.centre_on(0)
    assert small.camera == before
    small.set_view_lock(False)
    small.centre_on(0)
    assert small.camera != before
    point = centre(small, 0)
    assert small.rect().contains(point.toPoint())


def test_nobody_gets_lost_off_the_map(large: GridMap) -> None:
    large.pan_by(10**7, -(10**7))
    assert large.grid_at(QPointF(320, 240)) is not None or large._ground.shown(large.camera)
    for _ in range(40):
        large.zoom_out()
    assert large.camera.scale < 5e6


def test_no_late_grid_is_lost_at_city_view(large: GridMap) -> None:
    n = len(large._grids)
    late = np.arange(0, n, 17, dtype=np.int32)
    large.set_status(late, np.full(len(late), OVERDUE, np.uint8))
    large.set_layers(frozenset({CASES, BOUNDARIES}))
    large.settle()
    image = large.grab().toImage()
    red = {rgb(THEME["lamp_red"]), rgb(THEME["map_red"])}
    assert len(squares_of(large)) > 100, "the view is too near for this test"
    for row in late.tolist():
        east, north = (v[0] for v in large._marks.centres(np.array([row])))
        x, y = large.camera.to_view(float(east), float(north))
        near = {image.pixel(int(x) + i, int(y) + j) for i in (-2, 0, 2) for j in (-2, 0, 2)}
        assert near & red, row


def test_scope_dims_the_rest(large: GridMap) -> None:
    code = int(large._grids.code[0]) // 10_000
    large.set_layers(PLAIN)
    large.set_scope(code)
    large.fit(None)
    large.settle()
    last = len(large._grids) - 1
    table = large._table
    assert int(table.table[1]) != rgb(THEME["map_out"]) and int(table.table[last + 1]) == rgb(THEME["map_out"])
    large.update_status(rows(last), states(OVERDUE))
    assert int(table.table[last + 1]) == rgb(THEME["map_out"])
    assert last not in squares_of(large)


def test_cases_layer_off_shows_no_status(small: GridMap) -> None:
    small.set_status(rows(30), states(OVERDUE))
    small.set_layers(frozenset())
    assert colour_at(small, *centre(small, 30).toTuple()) != rgb(THEME["map_red"])
    small.update_status(rows(31), states(OVERDUE))
    small.set_layers(PLAIN)
    assert colour_at(small, *centre(small, 31).toTuple()) == rgb(THEME["map_red"])
    assert colour_at(small, *centre(small, 30).toTuple()) == rgb(THEME["map_red"])


def test_badges_do_not_overlap_and_keep_every_case(qtbot, large: GridMap, town) -> None:
    grids, _, divisions, _ = town
    badges = []
    for code in divisions:
        if len(str(code)) == 12:
            first, _ = grids.span(code)
            badges.append(Badge(code, *grids.centre(first), 1 + code % 3, 2 + code % 5, "新工社区", (1, 1, code % 5)))
    large.set_badges(badges)
    large.settle()
    boxes = large._annotations.boxes(large.camera)
    assert len(boxes) > 10
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    assert sum(p.badge.count for p in large._annotations.placed if p.badge) == sum(b.count for b in badges)
    clicked = []
    large.badge_clicked.connect(clicked.append)
    left, top, right, bottom = boxes[0]
    qtbot.mouseClick(large, Qt.MouseButton.LeftButton, pos=QPoint(int(left + right) // 2, int(top + bottom) // 2))
    assert clicked == [large._annotations.placed[0].badge.division_code]
    large.set_layers(frozenset({CASES}))
    large.settle()
    assert not large._annotations.boxes(large.camera) and BADGES not in large._layers


def test_one_change_is_one_frame(qtbot, small: GridMap) -> None:
    qtbot.waitExposed(small)
    QApplication.processEvents()
    before = small.frames
    small.update_status(rows(1), states(OPEN))
    small.update_status(rows(2), states(OPEN))
    QApplication.processEvents()
    assert small.frames == before + 1


def test_worker_makes_the_picture_without_help(qtbot, town) -> None:
    widget = GridMap()
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    widget.set_site(*town)
    widget.set_theme(THEME, STALE)  # the theme may come last
    widget.show()
    qtbot.waitUntil(lambda: widget.complete, timeout=20_000)
    widget.zoom_in()
    assert not widget.complete
    qtbot.waitUntil(lambda: widget.complete, timeout=20_000)
    widget.close()
    assert not [t for t in threading.enumerate() if t.name == "map-tiles"]


def test_pieces_are_bounded(large: GridMap) -> None:
    ground = large._ground
    for row in range(0, len(large._grids), 97):
        large.centre_on(row)
        large.settle()
        assert ground.nbytes <= ground.limit
    assert ground.nbytes == sum(piece.nbytes for piece in ground.pieces)
    assert ground.limit <= 100_000_000


def test_density_one_and_a_half(qtbot, monkeypatch, town) -> None:
    monkeypatch.setattr(GridMap, "devicePixelRatioF", lambda self: 1.5)
    widget = GridMap()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.set_theme(THEME, STALE)
    widget.set_site(*town)
    widget.settle()
    assert (widget.camera.width, widget.camera.height) == (600, 450)
    point = centre(widget, 2500)
    assert widget.grid_at(point) == widget._ground.source.shapes.at(
        *widget.camera.to_world(int(point.x() * 1.5) + 0.5, int(point.y() * 1.5) + 0.5)
    )
    before = widget.camera.to_world(150, 150)
    wheel(widget, QPointF(100, 100), 120)
    after = widget.camera.to_world(150, 150)
    assert abs(before[0] - after[0]) <= widget.camera.scale / 2
    widget.stop()


def test_saved_ids_give_the_same_picture(qtbot, tmp_path: Path, large: GridMap, town) -> None:
    path = tmp_path / "cache" / "city.ids"
    large.save_ids(path)
    again = GridMap()
    qtbot.addWidget(again)
    again.resize(large.size())
    again.set_theme(THEME, STALE)
    again.set_site(*town)
    again.stop()  # no worker: what shows comes from the file
    assert again.load_ids(path)
    pairs = zip(again._ground.shown(again.camera), large._ground.shown(large.camera), strict=True)
    assert all(a.place == b.place and np.array_equal(a.ids, b.ids) for a, b in pairs)
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(bytes(data))
    again._ground.forget()
    assert not again.load_ids(path)
    path.write_bytes(b"short")
    assert not again.load_ids(path)
    assert not again.load_ids(tmp_path / "missing")


def test_callout_and_markers_stay_inside_and_plain(small: GridMap) -> None:
    small.set_markers([Marker(450_000, 400_000, "workers")])
    small.select_grid(3)
    small.set_callout(Callout(3, "<b>鞍千路32栋</b> 积水", ("新工社区・2-03网格",)))
    assert colour_at(small, 200, 5) is not None
    small.set_callout(Callout(10**6, "没有这个网格"))
    small.select_grid(10**6)
    small.grab()


def test_without_a_site_it_says_so(qtbot) -> None:
    widget = GridMap()
    qtbot.addWidget(widget)
    widget.grab()
    widget.set_theme(THEME)
    image = widget.grab().toImage()
    assert QColor(image.pixel(2, 2)) == QColor(THEME["map_base"])
    widget.fit(None)
    widget.centre_on(4)
    assert widget.grid_at(QPointF(3, 3)) is None


def test_it_can_be_read_aloud(small: GridMap) -> None:
    small.set_status(rows(1, 2, 3), states(OVERDUE, DUE, DUE))
    assert small.accessibleName() == "网格地图"
    assert "72个网格" in small.accessibleDescription() and "超期1" in small.accessibleDescription()


def test_no_seam_shows_where_pieces_meet(large: GridMap, monkeypatch) -> None:
    n = len(large._grids)
    large.set_status(np.arange(n, dtype=np.int32), np.random.default_rng(2).integers(0, 4, n).astype(np.uint8))
    large.set_layers(frozenset({CASES, BOUNDARIES}))
    large.fit(int(large._grids.code[n // 2]) // 10_000)
    pictures = []
    for most in (10**9, 30_000):
        monkeypatch.setattr("commandscreen.widgets.map.bands.PIXELS", most)
        large._ground.forget()
        large.settle()
        pictures.append(large.grab().toImage())
    assert len(large._ground.shown(large.camera)) > 8
    assert large._ground.shown(large.camera)[0].dress.hatched(large.camera.scale)
    assert pictures[0] == pictures[1]


def test_patching_repaints_edges_and_their_neighbours_as_a_full_repaint_does(large: GridMap) -> None:
    rng = np.random.default_rng(8)
    n = len(large._grids)
    large.set_status(np.arange(n, dtype=np.int32), rng.integers(0, 4, n).astype(np.uint8))
    large.fit(int(large._grids.code[n // 2]) // 10_000)
    large.settle()
    for _ in range(6):
        some = rng.choice(n, 60, replace=False).astype(np.int32)
        large.update_status(some, rng.integers(0, 4, len(some)).astype(np.uint8))
    for piece in large._ground.shown(large.camera):
        patched = piece.pixels.copy()
        piece.colour(large._table)
        apart = np.abs(patched.view(np.uint8).astype(int) - piece.pixels.view(np.uint8).astype(int))
        assert apart.max() <= 1, "only rounding may differ"


def test_words_and_buttons_follow_the_persons_scale(large: GridMap) -> None:
    large.set_badges([Badge(210302001001, *large._grids.centre(3000), OVERDUE, 7, "新工社区", (7, 0, 0))])
    large.settle()
    large.grab()
    plain = [image.height() for _, _, image in large.written()]
    bar, button = (
        large._furniture.pictures(large.camera, THEME)[0].height(),
        large._buttons[0].width(),
    )
    camera = large.camera
    large.set_scale(1.5)
    large.settle()
    large.grab()
    scaled = [image.height() for _, _, image in large.written()]
    assert len(plain) > 3 and 1.4 < max(scaled) / max(plain) < 1.6
    assert (
        1.4 < large._furniture.pictures(large.camera, THEME)[0].height() / bar < 1.6
        and large._buttons[0].width() == button * 1.5
    )
    assert large.rect().contains(large._buttons[2].geometry()), "still inside"
    assert large.camera == camera, "the map itself does not move"


@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_words_are_as_sharp_as_the_screen(qtbot, monkeypatch, town, ratio: float) -> None:
    monkeypatch.setattr(GridMap, "devicePixelRatioF", lambda self: ratio)
    widget = GridMap()
    qtbot.addWidget(widget)
    widget.resize(640, 480)
    widget.set_scale(1.25)
    widget.set_theme(THEME, STALE)
    widget.set_site(*town)
    widget.grab()  # brings the resize that waits: the names laid out by `settle` must be those of this view
    widget.settle()
    picture = QImage(round(640 * ratio), round(480 * ratio), QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    widget.render(picture)
    # every picture of words lies on the screen's own pixels, copied and not resampled
    left, top, image = next(
        w for w in widget.written() if picture.rect().contains(QRect(w[0], w[1], w[2].width(), w[2].height()))
    )
    solid = [
        (x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).alpha() == 255
    ]
    assert len(solid) > 20
    assert all(picture.pixel(left + x, top + y) == image.pixel(x, y) for x, y in solid)
    widget.stop()


def test_names_come_to_an_end_on_the_slowest_machine(large: GridMap) -> None:
    large.set_layers(frozenset({CASES, LABELS}))
    large._annotations.forget_art()
    large._art.set_font(large.font(), 1.0)
    seen = [0]
    while not large._annotations.lay_out(large.camera, THEME, 1.0, budget=0.0):  # one name in each go
        seen.append(len(large.written()))
        assert len(seen) < 2000, "it must go on where it stopped"
    assert large._annotations.valid(large.camera) and len(large.written()) > 5
    assert seen == sorted(seen), "names come, and none goes"


def test_names_stay_while_a_count_changes(large: GridMap) -> None:
    badge = Badge(210302001001, *large._grids.centre(3000), OVERDUE, 7, "新工社区", (7, 0, 0))
    large.set_badges([badge])
    large.settle()
    many = len(large.written())
    large.set_badges([replace(badge, count=8)])
    large._annotations.lay_out(large.camera, THEME, 1.0, budget=0.0)
    assert len(large.written()) == many and not large._annotations.valid(large.camera)
    large.settle()
    assert len(large.written()) == many and large._annotations.placed[0].badge.count == 8


def test_a_piece_out_of_view_catches_up_when_it_comes_back(large: GridMap) -> None:
    n = len(large._grids)
    large.fit(int(large._grids.code[n // 2]) // 10_000)
    large.settle()
    piece = large._ground.shown(large.camera)[0]
    away = large.camera.width + 20
    large.pan_by(away, 0)
    assert piece in large._ground.pieces and piece not in large._ground.shown(large.camera)
    large.update_status(piece.rows[::3].copy(), np.full(len(piece.rows[::3]), OPEN, np.uint8))
    large.update_status(piece.rows[1::3].copy(), np.full(len(piece.rows[1::3]), OVERDUE, np.uint8))
    assert piece.version < large._table.version
    large.pan_by(-away, 0)
    large.grab()
    caught_up = piece.pixels.copy()
    piece.colour(large._table)
    apart = np.abs(caught_up.view(np.uint8).astype(int) - piece.pixels.view(np.uint8).astype(int))
    assert apart.max() <= 1 and piece.version == large._table.version


def test_overlapping_squares_outlive_one_another(large: GridMap) -> None:
    n = len(large._grids)
    late = np.arange(0, n, 3, dtype=np.int32)
    large.set_status(late, np.full(len(late), OVERDUE, np.uint8))
    large.grab()
    large.update_status(late[::2].copy(), np.zeros(len(late[::2]), np.uint8))
    for piece in large._ground.shown(large.camera):
        patched = piece.pixels.copy()
        piece.colour(large._table)
        apart = np.abs(patched.view(np.uint8).astype(int) - piece.pixels.view(np.uint8).astype(int))
        assert apart.max() <= 1
