"""Names and badges over the map: which fit, where they stand without overlapping, and their drawing. UI thread.

A layout is made for one zoom level and a region round the view; panning inside it costs only copying.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter

from commandscreen.domain.division import Level, contains, level_of

from .badge import Badge, badge_picture
from .camera import Camera
from .dirt import MOST_PARTS
from .text_art import Style, TextArt, halo_of

BUCKET = 128
BUDGET = 0.003  # seconds of work in one go; the rest waits for the next turn of the loop
SHOWN_BELOW = {Level.COUNTY: 1e9, Level.TOWNSHIP: 120.0, Level.COMMUNITY: 22.0}  # metres a logical pixel
SIZES = {Level.COUNTY: (17, True), Level.TOWNSHIP: (15, False), Level.COMMUNITY: (14, False)}


@dataclass(frozen=True, slots=True)
class Label:
    """A division's name at a place (cm)."""

    code: int
    text: str
    x: int
    y: int
    level: Level


@dataclass(frozen=True, slots=True)
class Placed:
    """Something laid out: picture, place (cm), its corner from there in device pixels; the badge if it is one."""

    image: QImage
    x: int
    y: int
    dx: int
    dy: int
    badge: Badge | None


class _Room:
    """Rectangles taken so far, in device pixels, in buckets."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[int, int], list[tuple[int, int, int, int]]] = {}

    def free(self, box: tuple[int, int, int, int]) -> bool:
        x, y, right, bottom = box
        return not any(
            x < b[2] and right > b[0] and y < b[3] and bottom > b[1]
            for key in self._keys(box)
            for b in self._buckets.get(key, ())
        )

    def take(self, box: tuple[int, int, int, int]) -> None:
        for key in self._keys(box):
            self._buckets.setdefault(key, []).append(box)

    @staticmethod
    def _keys(box: tuple[int, int, int, int]) -> Iterable[tuple[int, int]]:
        for by in range(box[1] // BUCKET, box[3] // BUCKET + 1):
            for bx in range(box[0] // BUCKET, box[2] // BUCKET + 1):
                yield bx, by


def _covers(made: Camera | None, camera: Camera) -> bool:
    """Whether a layout made for one view serves another."""
    return (
        made is not None
        and made.level == camera.level
        and (made.width, made.height) == (camera.width, camera.height)
        and abs(made.left - camera.left) < camera.width // 3
        and abs(made.top - camera.top) < camera.height // 3
    )


class Annotations:
    """Holds what is to be named and counted, and the current layout."""

    def __init__(self, art: TextArt, together: Callable[[str, int], str]) -> None:
        self.art = art
        self._labels: tuple[Label, ...] = ()
        self._places = np.zeros((3, 0))
        self.badges: tuple[Badge, ...] = ()
        self.layers: frozenset[str] = frozenset({"badges", "labels"})
        self.placed: tuple[Placed, ...] = ()
        self.scope = 0
        self._together = together
        self._made_for: Camera | None = None
        self._whole_for: Camera | None = None  # what `placed` is the whole layout of, be its content old
        self._work: Iterator[None] | None = None  # a layout begun and not finished
        self._work_for: Camera | None = None
        self._found: list[Placed] = []
        self._set: tuple[object, int, npt.NDArray[np.int32], list[QImage]] = (None, 0, np.zeros((4, 0), np.int32), [])
        self._figures: tuple[object, npt.NDArray[np.float64], list[QImage]] = (None, np.zeros((6, 0)), [])
        self._badge_art: dict[Badge, tuple[QImage, int]] = {}

    @property
    def labels(self) -> tuple[Label, ...]:
        """The names, the more important ones first."""
        return self._labels

    @labels.setter
    def labels(self, labels: tuple[Label, ...]) -> None:
        self._labels = labels
        self._places = np.array([(a.x, a.y, SHOWN_BELOW[a.level]) for a in labels]).reshape(-1, 3).T
        self.invalidate()

    def forget_art(self) -> None:
        """Another theme, font or density."""
        self._badge_art.clear()
        self.invalidate()
        self.placed, self._whole_for = (), None

    def invalidate(self) -> None:
        """Another content: the layout must be made again; the old one is shown until then."""
        self._made_for = self._work = None

    def valid(self, camera: Camera) -> bool:
        """Whether the layout still covers the view."""
        return _covers(self._made_for, camera)

    def lay_out(self, camera: Camera, colours: Mapping[str, str], density: float, budget: float = BUDGET) -> bool:
        """Works on the layout for a view and a third of it all round; False if it must be called again.

        It goes on where it stopped, so that it comes to its end on the slowest machine.
        """
        until = time.perf_counter() + budget
        if self._work is None or not _covers(self._work_for, camera):
            self._found = []
            self._work_for, self._work = camera, self._steps(camera, colours, density, self._found)
        for _ in self._work:
            if time.perf_counter() >= until:
                if self._whole_for is None or self._whole_for.level != camera.level:
                    self.placed, self._whole_for = tuple(self._found), None
                return False  # a whole layout of this level stays until the next one is whole
        self.placed = tuple(self._found)
        self._made_for = self._whole_for = self._work_for
        self._work = None
        if len(self._badge_art) > 2000:
            self._badge_art.clear()
        return True

    def _steps(
        self, camera: Camera, colours: Mapping[str, str], density: float, placed: list[Placed]
    ) -> Iterator[None]:
        """Lays out badges, then names, the more important ones first; stops for breath after each."""
        mx, my = camera.width // 3 + 60, camera.height // 3 + 60
        room = _Room()
        for badge, x, y in self._badges_shown(camera, mx, my):
            if badge not in self._badge_art:
                self._badge_art[badge] = badge_picture(badge, colours, self.art)
            image, high = self._badge_art[badge]
            w, h = image.width(), image.height()
            left, top = x - w // 2, y - high // 2
            if not room.free((left, top, left + w, top + h)):
                left, top = self._shifted(room, left, top, w, h)
            room.take((left, top, left + w, top + h))
            placed.append(Placed(image, badge.x, badge.y, left - x, top - y, badge))
            yield
        named = {b.division_code for b in self.badges} if "badges" in self.layers else set()
        halo = halo_of(colours)
        for label, x, y in self._labels_near(camera, mx, my, density) if "labels" in self.layers else ():
            if label.code in named:
                continue
            inside = not self.scope or contains(self.scope, label.code)
            if contains(label.code, self.scope) or not (inside or label.level <= level_of(self.scope)):
                continue  # the header names the scope; outside it, only its equals are named
            pixels, bold = SIZES[label.level]
            colour = "text_primary" if label.level is Level.COUNTY else "map_label"
            colour = colour if inside else "map_road_label"
            style = Style(pixels, bold, colours[colour], halo, 1.0 if bold else 0.0)
            w, h = self.art.size(label.text, style)
            box = (x - w // 2, y - h // 2, x - w // 2 + w, y - h // 2 + h)
            if room.free(box):
                room.take(box)
                picture = self.art.picture(label.text, style)
                placed.append(Placed(picture, label.x, label.y, box[0] - x, box[1] - y, None))
            yield

    def draw(self, painter: QPainter, camera: Camera, rects: list[QRect]) -> None:
        """Copies what is laid out in some rectangles of the view (device pixels); names first, badges over them."""
        if self._set[0] is not self.placed or self._set[1] != camera.level:
            self._set = self.placed, camera.level, *self._settled(camera)
        _, _, boxes, images = self._set
        x, y, right, bottom = boxes - np.array([[camera.left], [camera.top]] * 2, np.int32)
        # through a region Qt fills with threads of its own, which wait for a core; a rectangle is painted at once
        parts = np.array([(r.left(), r.top(), r.right(), r.bottom()) for r in rects[:MOST_PARTS]], np.int32)
        if len(rects) > MOST_PARTS:
            parts = np.array([(0, 0, camera.width, camera.height)], np.int32)
        left, top, far, low = parts.T[:, :, None]
        hit, which = np.nonzero((x <= far) & (y <= low) & (right > left) & (bottom > top))
        last = -1
        for part, i, px, py in zip(hit.tolist(), which.tolist(), x[which].tolist(), y[which].tolist(), strict=True):
            if part != last and len(parts) > 1:
                painter.setClipRect(rects[part])
                last = part
            painter.drawImage(px, py, images[i])
        if last >= 0:
            painter.setClipping(False)

    def _settled(self, camera: Camera) -> tuple[npt.NDArray[np.int32], list[QImage]]:
        """Boxes (left, top, right, bottom in pixels of the level: int32[4,n]) and pictures, in the order of drawing."""
        if self._figures[0] is not self.placed:
            placed = self.placed[::-1]
            some = [(p.x, p.y, p.dx, p.dy, p.image.width(), p.image.height()) for p in placed]
            self._figures = self.placed, np.array(some, np.float64).reshape(-1, 6).T, [p.image for p in placed]
        _, (east, north, dx, dy, wide, high), images = self._figures
        x = np.round((east - camera.west) / camera.scale - camera.left) + dx + camera.left
        y = np.round((camera.north - north) / camera.scale - camera.top) + dy + camera.top
        return np.stack((x, y, x + wide, y + high)).astype(np.int32), images

    def written(self, camera: Camera) -> list[tuple[int, int, QImage]]:
        """Left and top (device pixels of the view) of everything laid out, and its picture."""
        found = []
        for placed in self.placed:
            x, y = camera.to_view(placed.x, placed.y)
            found.append((round(x) + placed.dx, round(y) + placed.dy, placed.image))
        return found

    def badge_at(self, point: QPointF, camera: Camera) -> Badge | None:
        """The badge under a point of the view, device pixels."""
        for placed in self.placed:
            if placed.badge is not None:
                x, y = camera.to_view(placed.x, placed.y)
                left, top = round(x) + placed.dx, round(y) + placed.dy
                if 0 <= point.x() - left < placed.image.width() and 0 <= point.y() - top < placed.image.height():
                    return placed.badge
        return None

    def boxes(self, camera: Camera) -> list[tuple[float, float, float, float]]:
        """Where badges stand: left, top, right, bottom in device pixels."""
        out: list[tuple[float, float, float, float]] = []
        for placed in self.placed:
            if placed.badge is not None:
                x, y = camera.to_view(placed.x, placed.y)
                left, top = round(x) + placed.dx, round(y) + placed.dy
                out.append((left, top, left + placed.image.width(), top + placed.image.height()))
        return out

    def _labels_near(self, camera: Camera, mx: int, my: int, density: float) -> list[tuple[Label, int, int]]:
        """Names this scale shows, in and round the view, with their points of the view."""
        east, north, below = self._places
        x = np.round((east - camera.west) / camera.scale - camera.left).astype(int)
        y = np.round((camera.north - north) / camera.scale - camera.top).astype(int)
        near = (x > -mx) & (x < camera.width + mx) & (y > -my) & (y < camera.height + my)
        near &= camera.scale * density / 100 <= below
        return [(self._labels[i], int(x[i]), int(y[i])) for i in np.flatnonzero(near).tolist()]

    def _badges_shown(self, camera: Camera, mx: int, my: int) -> list[tuple[Badge, int, int]]:
        """Badges near the view, worst first; those that would hang on one another become one."""
        if "badges" not in self.layers:
            return []
        near = (46 * self.art.density) ** 2
        shown: list[tuple[Badge, int, int]] = []
        merged: dict[int, int] = {}
        for badge in sorted(self.badges, key=lambda b: (-b.worst, -b.count, b.division_code)):
            fx, fy = camera.to_view(badge.x, badge.y)
            x, y = round(fx), round(fy)
            if not (-mx < x < camera.width + mx and -my < y < camera.height + my):
                continue
            for i, (host, hx, hy) in enumerate(shown):
                if (hx - x) ** 2 + 1.6 * (hy - y) ** 2 < near:
                    (a, b, c), (e, f, g) = host.parts, badge.parts
                    parts = a + e, b + f, c + g
                    shown[i] = replace(host, count=host.count + badge.count, parts=parts), hx, hy
                    merged[i] = merged.get(i, 1) + 1
                    break
            else:
                shown.append((badge, x, y))
        for i, many in merged.items():
            host, x, y = shown[i]
            shown[i] = replace(host, name=self._together(host.name, many)), x, y
        return shown

    @staticmethod
    def _shifted(room: _Room, left: int, top: int, w: int, h: int) -> tuple[int, int]:
        """The nearest free place round a taken one."""
        for ring in range(1, 33):
            for sx, sy in ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1)):
                x, y = left + sx * ring * w // 4, top + sy * ring * h // 4
                if room.free((x, y, x + w, y + h)):
                    return x, y
        return left, top
