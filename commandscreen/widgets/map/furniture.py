"""The scale and the note at the map's foot: pictures kept for every level, width and look. UI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter

from .camera import Camera
from .chrome import nice_length, scale_bar
from .text_art import Style, TextArt, halo_of

KEPT = 30
WIDE = 520  # pixels of the design from which on there is room for the whole note


class Furniture:
    """Draws scale and note. `length(metres)` and `note(wide)` say their words."""

    def __init__(self, art: TextArt, length: Callable[[int], str], note: Callable[[bool], str]) -> None:
        self._art = art
        self._length = length
        self._note = note
        self._kept: dict[tuple[int, int, int], tuple[QImage, QImage]] = {}

    def draw(self, painter: QPainter, camera: Camera, colours: Mapping[str, str]) -> None:
        """Copies both into the view."""
        for place, picture in zip(self.places(camera, colours), self.pictures(camera, colours), strict=True):
            painter.drawImage(place.topLeft(), picture)

    def places(self, camera: Camera, colours: Mapping[str, str]) -> tuple[QRect, QRect]:
        """Where scale and note stand, device pixels of the view."""
        bar, note = self.pictures(camera, colours)
        d = self._art.density
        base = round(camera.height - 17 * d)
        at_bar = QPoint(round(camera.width - 10 * d - bar.width()), round(base - bar.height() * 0.62))
        at_note = QPoint(round(10 * d), round(camera.height - 6 * d - note.height()))
        return QRect(at_bar, bar.size()), QRect(at_note, note.size())

    def pictures(self, camera: Camera, colours: Mapping[str, str]) -> tuple[QImage, QImage]:
        """Scale and note."""
        key = camera.level, camera.width, self._art.stamp
        if key not in self._kept:
            d = self._art.density
            metres = nice_length(camera.scale / 100 * 120 * d)
            style = Style(14, False, colours["map_label"], halo_of(colours))
            quiet = Style(14, False, colours["map_road_label"], halo_of(colours))
            if len(self._kept) > KEPT:
                self._kept.clear()
            self._kept[key] = (
                scale_bar(self._length(metres), metres * 100 / camera.scale, style, self._art),
                self._art.picture(self._note(camera.width > WIDE * d), quiet),
            )
        return self._kept[key]
