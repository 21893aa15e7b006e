"""What is painted, and how little of it: the window's own pixels against the same view painted anew."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from cities import city
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QRegion, QWheelEvent

from commandscreen.widgets.map.camera import Camera
from commandscreen.widgets.map.dirt import rects_of
from commandscreen.widgets.map.grid_map import Badge, Callout, GridMap
from commandscreen.widgets.map.lut import OVERDUE

TOKENS = Path(__file__).parents[3] / "resources" / "theme" / "tokens.json"


@pytest.fixture(scope="module")
def town():
    return city(6_000)


@pytest.fixture
def large(qtbot, town):
    widget = GridMap()
    qtbot.addWidget(widget)
    widget.resize(640, 480)
    widget.set_theme(json.loads(TOKENS.read_text(encoding="utf-8"))["color"]["dark"])
    widget.set_site(*town)
    widget.show()
    widget.settle()
    yield widget
    widget.stop()


def presented(widget: GridMap) -> QImage:
    """The window's pixels as they are, without painting anything anew."""
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.UpdateRequest)
    return widget.window().backingStore().paintDevice().copy()


@pytest.mark.parametrize("told", [False, True])
def test_a_dragged_picture_is_moved_and_equals_one_painted_anew(qtbot, large: GridMap, told: bool) -> None:
    large.show()
    large.set_badges([Badge(210302001001, *large._grids.centre(3000), OVERDUE, 7, "新工社区", (7, 0, 0))])
    large.setFocus()
    large.select_grid(3000)
    large.set_callout(Callout(3000, "井盖缺失", ("新工社区·1-01", "三级网格员 王敏")) if told else None)
    large.zoom_by(-12, QPointF(200, 150))
    large.centre_on(3000)
    large.settle()
    presented(large)
    counted = []
    draw = large._ground.draw

    def drawn(painter: QPainter, camera: Camera, dirty: QRegion) -> None:
        counted.append(sum(r.width() * r.height() for r in rects_of(dirty)))
        draw(painter, camera, dirty)

    large._ground.draw = drawn
    moves = ((7, 0), (0, 5), (-9, 4), (3, -8), (90, 60), (90, 70), (60, 40), (-200, -100))
    for dx, dy in moves:
        large.pan_by(dx, dy)
        large._ground.settle(large.camera)
        assert presented(large).copy(large.rect()) == large.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    area = large.width() * large.height()
    assert len(counted) == 2 * len(moves), "one paint a move and one a grab"
    assert max(counted[:8:2]) < area * (0.6 if told else 0.33), "a move painted more than what came into view"


def test_what_is_sharp_is_right_while_pieces_are_missing(qtbot, large: GridMap) -> None:
    large._ground.keep_overview(large.camera)  # settling has dropped the wish for it
    qtbot.waitUntil(lambda: large._ground._overview is not None, timeout=20_000)
    large.zoom_by(-12, QPointF(200, 150))
    large.settle()
    large._ground.makers.stop()  # nothing new is made from here on
    presented(large)
    for dx, dy in ((60, 0), (50, 40), (0, 90), (-35, 3)):
        large.pan_by(dx, dy)
        assert not large.drawn and large.blur > 1
        shown, anew = presented(large), large.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        for piece in large._ground.shown(large.camera):
            part = piece.place.rect.translated(-large.camera.left, -large.camera.top).intersected(large.rect())
            assert shown.copy(part) == anew.copy(part)


def test_changed_grids_are_painted_and_little_else(qtbot, large: GridMap) -> None:
    large.show()
    large.fit(None)
    large.settle()
    presented(large)
    random = np.random.default_rng(3)
    for turn in range(6):
        some = random.choice(len(large.status), 300).astype(np.int32)  # a grid may be named twice
        large.update_status(some, (some % 4).astype(np.uint8) if turn % 2 else np.zeros(len(some), np.uint8))
        assert presented(large).copy(large.rect()) == large.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_nothing_is_made_while_the_wheel_turns(qtbot, large: GridMap) -> None:
    large.show()
    large.settle()
    for _ in range(3):
        turn = QPoint(0, 120)
        at, none = QPointF(200, 150), Qt.MouseButton.NoButton
        where, keys = large.mapToGlobal(at), Qt.KeyboardModifier.NoModifier
        large.wheelEvent(QWheelEvent(at, where, QPoint(), turn, none, keys, Qt.ScrollPhase.NoScrollPhase, False))
        asked = [*large._ground.makers.busy(), *large._ground.makers.waiting()]
        assert not [wish for wish in asked if wish.place.level == large.camera.level]
        assert not large.drawn and large.blur > 1
    qtbot.waitUntil(lambda: large.drawn, timeout=20_000)
