"""The picture of the grids: which pieces a view needs, and drawing them or a stretched stand-in. UI thread."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QRegion

from .bands import Bands
from .camera import PER_DOUBLING, Box, Camera, scale_of
from .dirt import MOST_PARTS, Dirt, rects_of
from .dress import Dress
from .lut import ColourTable
from .makers import Makers, Wish
from .piece import Piece, Place, Source, make_piece

RING = 256  # device pixels kept ready round the view
FAR = 2 * RING  # pieces farther from the view than this go
REST = 60  # milliseconds a wheel stands still before the sharp picture is made
MANY = 100  # so many grids lie all over the view
BYTES = 10  # of a pixel: id, colour, lines


class Ground(QObject):
    """Pieces of one site under one camera.

    Signals: `changed(QRect)` when a piece of the view arrived and a repaint there (device pixels) shows more.
    """

    changed = Signal(object)

    def __init__(self, source: Source, box: Box, table: ColourTable, dress: Dress, parent: QObject) -> None:
        super().__init__(parent)
        self.source = source
        self.table = table
        self._dress = dress
        self.makers = Makers(self)
        self.makers.made.connect(self._arrived)
        self._box = box
        self._bands = Bands(source)
        self._camera = Camera()
        self._pieces: list[Piece] = []  # of the camera's level
        self._before: list[Piece] = []  # of the level shown before, until this one is complete
        self._roomy = QRect()  # a part of the level in which nothing is wanted, in the present look
        self._overview: Piece | None = None
        self._overview_place: Place | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._rested)

    @property
    def dress(self) -> Dress:
        """The look pieces are to have."""
        return self._dress

    @dress.setter
    def dress(self, dress: Dress) -> None:
        self._dress = dress
        self._roomy = QRect()

    # What is there -----------------------------------------------------------------------------------------------

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces kept."""
        return (*self._pieces, *self._before, *((self._overview,) if self._overview else ()))

    @property
    def nbytes(self) -> int:
        """Memory all pieces hold."""
        return sum(piece.nbytes for piece in self.pieces)

    @property
    def limit(self) -> int:
        """What `nbytes` stays below while one level is shown: the view and its surroundings, twice over."""
        area = (self._camera.width + 2 * FAR) * (self._camera.height + 2 * FAR)
        return 2 * area * BYTES + 24_000_000

    def shown(self, camera: Camera) -> list[Piece]:
        """The pieces that lie in a view."""
        view = self._view(camera, 0)
        return [p for p in self._pieces if p.place.level == camera.level and p.place.rect.intersects(view)]

    def complete(self, camera: Camera) -> bool:
        """Whether every piece of a view is there in the present look."""
        dressed = [p.place for p in self._pieces if p.place.level == camera.level and p.dress is self.dress]
        return self._missing(self._view(camera, 0), dressed).isEmpty()

    def blur(self, camera: Camera) -> float:
        """How many pixels of the view the coarsest pixel drawn in it is wide."""
        missing = self._missing(self._view(camera, 0), [piece.place for piece in self.shown(camera)])
        if missing.isEmpty():
            return 1.0
        levels = [piece.place.level for piece in self._before]
        for piece in self._before:
            missing -= self._stretched(camera, piece.place)
        if not missing.isEmpty() and self._overview_place is not None:
            levels.append(self._overview_place.level)
        return max([1.0, *(scale_of(level) / camera.scale for level in levels)])

    # What is wanted ----------------------------------------------------------------------------------------------

    def pass_by(self, camera: Camera) -> None:
        """Shows a view through which a wheel turns: nothing is made for it until the wheel rests."""
        self._turn_to(camera)
        self.makers.want([])
        self._rest.start(REST)

    def look_at(self, camera: Camera) -> None:
        """Has the missing pieces of a view made, then those round it."""
        self._turn_to(camera)
        if self._rest.isActive():
            return
        if self._roomy.contains(self._view(camera, RING // 2)):
            return
        busy = [w.place for w in self.makers.busy() if w.dress is self.dress and w.source is self.source]
        busy = [place for place in busy if place.level == camera.level]
        have = [piece.place for piece in self._pieces]
        view = self._view(camera, 0)
        # what was asked for and not begun stays as it was cut, if it is still of use
        near = self._view(camera, RING)
        asked = [w.place for w in self.makers.waiting() if w.dress is self.dress and w.old is None]
        wishes = [place for place in asked if place.level == camera.level and place.rect.intersects(near)]
        for part in rects_of(self._missing(view, have + busy + wishes)):
            wishes += self._bands.of(camera.level, part)
        redressed = [p for p in self._pieces if p.dress is not self.dress]
        redressed.sort(key=lambda piece: not piece.place.rect.intersects(view))
        ahead = [*have, *busy, *wishes]
        if not self._missing(self._view(camera, RING // 2), ahead).isEmpty():
            for part in rects_of(self._missing(near, ahead)):
                wishes += self._bands.of(camera.level, part)
        wishes.sort(key=lambda place: not place.rect.intersects(view))
        made = [Wish(place, self.source, self.dress, self.table) for place in wishes]
        again = [Wish(piece.place, self.source, self.dress, self.table, piece) for piece in redressed]
        if self._overview_place and (self._overview is None or self._overview.dress is not self.dress):
            again.append(Wish(self._overview_place, self.source, self.dress, self.table, self._overview))
        self.makers.want(made + again)
        if not made and not again and not busy:
            self._roomy = self._view(camera, RING // 2)
            if self._missing(near, have).isEmpty():
                self._roomy = near

    def settle(self, camera: Camera) -> None:
        """Makes all pieces of a view here and now."""
        self.makers.want([])
        self._turn_to(camera)
        view = self._view(camera, 0)
        for i, piece in enumerate(self._pieces):
            if piece.dress is not self.dress and piece.place.rect.intersects(view):
                self._pieces[i] = make_piece(piece.place, self.source, self.dress, self.table, piece)
        for part in rects_of(self._missing(view, [piece.place for piece in self._pieces])):
            for place in self._bands.of(camera.level, part):
                self._pieces.append(make_piece(place, self.source, self.dress, self.table))
        self._before = []

    def put(self, piece: Piece) -> None:
        """Takes a piece of the camera's level made elsewhere."""
        self._pieces.append(piece)

    def wanted(self, camera: Camera, place: Place) -> bool:
        """Whether a piece there would show something of the view that is not there yet."""
        if place.level != camera.level:
            return False
        part = self._view(camera, 0).intersected(place.rect)
        return not self._missing(part, [piece.place for piece in self._pieces]).isEmpty()

    def stop(self) -> None:
        """Ends the makers. What is there stays."""
        self._rest.stop()
        self.makers.stop()

    def forget(self) -> None:
        """Lets all pieces go."""
        self._pieces, self._before, self._overview, self._roomy = [], [], None, QRect()

    def keep_overview(self, camera: Camera) -> None:
        """Keeps the whole site at half this view's scale: the stand-in for places never seen."""
        coarse = camera.zoomed(PER_DOUBLING, 0, 0)
        rect = self._site(coarse.level)
        self._overview_place = Place(coarse.level, rect.left(), rect.top(), rect.width(), rect.height())
        self._overview = None
        self._roomy = QRect()
        self.look_at(camera)

    def patch(self, rows: npt.NDArray[np.int32], margin: int) -> QRegion:
        """Repaints some grids in the pieces of the view; others catch up when they come into it.

        What is to be painted for it, device pixels of the view; `margin` is what a grid's marks may stand out.
        """
        camera = self._camera
        shown = self.shown(camera)
        dirt = Dirt(camera.width, camera.height)
        for piece in shown:
            corner = QPoint(piece.place.left - camera.left, piece.place.top - camera.top)
            if piece.version == self.table.version - 1:
                part, ends = piece.patch(rows, self.table)
                if not part.isEmpty():
                    dirt.add_rect(part.translated(corner))
                if len(ends):
                    dirt.add(ends, piece.place.width, corner)
            else:
                self._fresh(piece)
                dirt.add_rect(QRect(corner, piece.place.rect.size()))
        if not self._missing(self._view(camera, 0), [piece.place for piece in shown]).isEmpty():
            dirt.add_rect(self._touched(rows, camera, margin))  # what stands in shows them too
        return dirt.region

    # Drawing -----------------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, camera: Camera, dirty: QRegion) -> None:
        """Draws the view's pieces; missing ones are stretched from another level, or bare.

        `dirty` (device pixels of the view) is what the painter is clipped to.
        """
        shown = self.shown(camera)
        painter.translate(-camera.left, -camera.top)
        wanted = dirty.translated(camera.left, camera.top)
        missing, bare = QRegion(wanted), QRegion(wanted)
        for piece in shown:
            missing -= piece.place.rect
            if piece.ids is not None:
                bare -= piece.place.rect
        missing = missing.intersected(self._view(camera, 0))
        if not missing.isEmpty():
            for piece in (*self._before, *((self._overview,) if self._overview else ())):
                if piece.ids is not None:
                    bare -= self._stretched(camera, piece.place)
        base = QColor.fromRgb(int(self.table.table[0]) & 0xFFFFFF)
        for rect in rects_of(bare):
            painter.fillRect(rect, base)
        if not missing.isEmpty():
            self._stand_in(painter, camera, missing)
        for piece in shown:
            self._fresh(piece)
        parts = rects_of(wanted) if 1 < wanted.rectCount() <= MOST_PARTS else []
        for part in parts or (None,):
            # through a region Qt fills with threads of its own, which wait for a core; a rectangle is copied at once
            if part is not None:
                painter.setClipRect(part)
            for piece in shown:
                if piece.image is not None and (part is None or piece.place.rect.intersects(part)):
                    painter.drawImage(piece.place.left, piece.place.top, piece.image)
        if parts:
            painter.setClipping(False)
        painter.translate(camera.left, camera.top)

    def owner(self, camera: Camera, x: int, y: int) -> int | None:
        """The grid row under a pixel of the view: from the ids, or by geometry while its piece is being made."""
        px, py = camera.left + x, camera.top + y
        for piece in self._pieces:
            p = piece.place
            if p.left <= px < p.left + p.width and p.top <= py < p.top + p.height and p.level == camera.level:
                return piece.owner(px, py)
        east, north = camera.to_world(x + 0.5, y + 0.5)
        west, south, far_east, far_north = self._box
        if not (west <= east <= far_east and south <= north <= far_north):
            return None
        return self.source.shapes.at(east, north)

    def _touched(self, rows: npt.NDArray[np.int32], camera: Camera, margin: int) -> QRect:
        """The part of the view some grids lie in, with a margin, device pixels."""
        shapes = self.source.shapes
        if not len(rows):
            return QRect()
        if len(rows) > MANY:
            return self._view(camera, 0).translated(-camera.left, -camera.top)
        left, top = camera.to_view(float(shapes.west[rows].min()), float(shapes.north[rows].max()))
        right, bottom = camera.to_view(float(shapes.east[rows].max()), float(shapes.south[rows].min()))
        rect = QRect(int(left) - margin, int(top) - margin, 0, 0)
        rect.setRight(int(right) + margin)
        rect.setBottom(int(bottom) + margin)
        return rect.intersected(QRect(0, 0, camera.width, camera.height))

    # Inside ------------------------------------------------------------------------------------------------------

    def _turn_to(self, camera: Camera) -> None:
        """Sorts out which pieces are still of use."""
        if camera.level != self._camera.level:
            self._roomy = QRect()
            if self._pieces and self.complete(self._camera):
                self._before = self._pieces
            if self._before and self._before[0].place.level == camera.level:
                self._pieces, self._before = self._before, []  # back again before the other was complete
            else:
                self._pieces = []
        self._camera = camera
        near = self._view(camera, FAR)
        self._pieces = [piece for piece in self._pieces if piece.place.rect.intersects(near)]

    def _view(self, camera: Camera, ring: int) -> QRect:
        """The view and a ring round it, as far as there is a site, in pixels of the level."""
        view = QRect(camera.left, camera.top, camera.width, camera.height)
        return view.adjusted(-ring, -ring, ring, ring).intersected(self._site(camera.level))

    def _site(self, level: int) -> QRect:
        west, south, east, north = self._box
        scale = scale_of(level)
        left = int((west - self.source.west) / scale // 1)
        top = int((self.source.north - north) / scale // 1)
        right = int((east - self.source.west) / scale // 1)
        bottom = int((self.source.north - south) / scale // 1)
        return QRect(left, top, right - left + 1, bottom - top + 1)

    @staticmethod
    def _missing(rect: QRect, places: list[Place]) -> QRegion:
        region = QRegion(rect)
        for place in places:
            region -= place.rect
        return region

    def _stand_in(self, painter: QPainter, camera: Camera, missing: QRegion) -> None:
        """Fills what is missing from the pieces shown before, and what those do not cover from the overview."""
        bare = QRegion(missing)
        for piece in self._before:
            bare -= self._stretched(camera, piece.place)
        if self._overview is not None:
            for rect in rects_of(bare):
                self._stretch(painter, camera, self._overview, rect)
        for piece in self._before:
            self._stretch(painter, camera, piece, missing.boundingRect())

    def _in_view(self, place: Place) -> QRect:
        """Where a place lies in the view, device pixels; all of it for the overview, which shows wherever it can."""
        view = QRect(0, 0, self._camera.width, self._camera.height)
        if place.level != self._camera.level:
            return view
        return place.rect.translated(-self._camera.left, -self._camera.top).intersected(view)

    def _stretched(self, camera: Camera, place: Place) -> QRect:
        """Where another level's place lies in this one."""
        f = scale_of(place.level) / camera.scale
        left, top = round(place.left * f), round(place.top * f)
        right, bottom = round((place.left + place.width) * f), round((place.top + place.height) * f)
        return QRect(left, top, right - left, bottom - top)

    def _stretch(self, painter: QPainter, camera: Camera, piece: Piece, part: QRect) -> None:
        """Draws as much of another level's piece as falls into a rectangle of this one."""
        part = part.intersected(self._stretched(camera, piece.place))
        self._fresh(piece)
        if part.isEmpty() or piece.image is None:
            return
        f = scale_of(piece.place.level) / camera.scale
        p = piece.place
        x0, x1 = max(int(part.left() / f // 1), p.left), min(int((part.right() + 1) / f // 1) + 1, p.left + p.width)
        y0, y1 = max(int(part.top() / f // 1), p.top), min(int((part.bottom() + 1) / f // 1) + 1, p.top + p.height)
        if x0 < x1 and y0 < y1:
            left, top = round(x0 * f), round(y0 * f)
            target = QRect(left, top, round(x1 * f) - left, round(y1 * f) - top)
            painter.drawImage(target, piece.image, QRect(x0 - p.left, y0 - p.top, x1 - x0, y1 - y0))

    def _fresh(self, piece: Piece) -> None:
        """Brings a piece's colours up to date."""
        if piece.version != self.table.version:
            rows = self.table.changed_since(piece.version)
            if rows is None:
                piece.colour(self.table)
            else:
                piece.patch(rows, self.table)

    @Slot()
    def _rested(self) -> None:
        self.look_at(self._camera)

    def _arrived(self, piece: Piece) -> None:
        if piece.source is not self.source or piece.dress is not self.dress:
            return
        if piece.place == self._overview_place:
            self._overview = piece
        elif piece.place.level == self._camera.level:
            others = [p for p in self._pieces if p.place != piece.place]
            if len(others) == len(self._pieces):
                if self._missing(piece.place.rect, [p.place for p in others]).isEmpty():
                    return
                if not piece.place.rect.intersects(self._view(self._camera, FAR)):
                    return
            self._pieces = [*others, piece]
            if self.complete(self._camera):
                self._before = []
                self.makers.step_back()
        if piece.place.rect.intersects(self._view(self._camera, 0)):
            self.changed.emit(self._in_view(piece.place))
            self.look_at(self._camera)
