"""Paper: a sheet of parts becomes A4 pages, on a PDF or on a printer. Knows no case; runs on any thread.

Everything is drawn as plain text, so that no one's text can be markup. Lengths are points (1/72 inch); the shipped
Chinese fonts are measured by their design metrics and embedded, so that a page is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from ..theme import FAMILY

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 54.0, 54.0, 72.0, 58.0
ROOM = WIDTH - LEFT - RIGHT
_PAD = 5.0
_FINE = 10  # text is laid out in tenths of a point
_LEADING = 1.5
_GAP, _TALL, _STROKE = 12.0, 165.0, 22.0
_INK, _SOFT, _RULE, _SHADE = QColor("#111418"), QColor("#555d65"), QColor("#8a9198"), QColor("#eef0f2")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above what follows; it never stays behind at the foot of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `small` for remarks."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and their values in a ruled box, two to a line where both are short."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. `shares` are the columns' widths relative to each other; the heads stand on every page."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and what stands below it; a null image is shown as an empty frame."""

    image: QImage
    caption: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures, two to a row."""

    pictures: Sequence[Picture]


@dataclass(frozen=True, slots=True)
class Blank:
    """A box to write into by hand: its label, `lines` empty lines, and what stands at its lower right, to be signed."""

    label: str
    lines: int = 3
    signed: str = ""


Part = Heading | Paragraph | Facts | Table | Pictures | Blank


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is put on paper. `centre` and `mark` (empty, or such as 演示数据) stand at the head of every page, `foot` at
    the foot beside the page number; `page` has {n} and {all} for it."""

    title: str
    subtitle: str
    centre: str
    parts: Sequence[Part]
    foot: str = ""
    mark: str = ""
    page: str = "{n} / {all}"


def pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(600)
    writer.setTitle(f"{sheet.title} {sheet.subtitle}".strip())
    writer.setCreator("commandscreen")
    paint(sheet, writer)
    return bytes(buffer.data().data())


def paint(sheet: Sheet, device: QPagedPaintDevice) -> int:
    """Paints every page on a PDF or a printer; how many there were. The device is set to A4 without margins.

    Raises OSError where the device takes nothing.
    """
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    pages = _Flow(sheet).pages
    painter = QPainter(device)
    if not painter.isActive():
        raise OSError("the device takes no page")
    try:
        scale = device.logicalDpiX() / 72
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, page in enumerate(pages, 1):
            if number > 1:
                device.newPage()
            _frame(painter, sheet, number, len(pages))
            for draw in page:
                draw(painter)
    finally:
        painter.end()
    return len(pages)


def font(size: float, bold: bool = False) -> QFont:
    """A shipped font in tenths of a point: pixel sizes are whole numbers, and point sizes depend on the screen."""
    made = QFont(FAMILY)
    made.setPixelSize(round(size * _FINE))
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # A language's own forms of digits have no character of their own in a PDF: a search would not find them.
    made.setFeature(QFont.Tag("locl"), 0)
    return made


class _Text:
    """Text broken into lines of a width; each line is drawn by itself, so that a page may end between two."""

    def __init__(self, text: str, size: float, width: float, bold: bool = False, colour: QColor = _INK,
                 align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:  # fmt: skip
        self._layout = QTextLayout(text[:LONGEST].replace("\r", "").replace("\n", "\u2028"), font(size, bold))
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setUseDesignMetrics(True)
        self._layout.setTextOption(option)
        self.step = size * _LEADING
        self.colour = colour
        self.lines: list[QTextLine] = []
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, size) * _FINE)
            line.setPosition(QPointF(0, 0))
            self.lines.append(line)
        self._layout.endLayout()
        self.natural = max((line.naturalTextWidth() for line in self.lines), default=0.0) / _FINE

    @property
    def height(self) -> float:
        """All its lines."""
        return self.step * len(self.lines)

    def draw(self, painter: QPainter, number: int, x: float, y: float) -> None:
        """One of its lines with its top at y."""
        line = self.lines[number]
        painter.save()
        painter.setPen(self.colour)
        painter.translate(x, y)
        painter.scale(1 / _FINE, 1 / _FINE)
        line.draw(painter, QPointF(0, (self.step * _FINE - line.height()) / 2))
        painter.restore()


Draw = Callable[[QPainter], None]


def _frame(painter: QPainter, sheet: Sheet, number: int, count: int) -> None:
    head = _Text(sheet.centre, 9, ROOM * 0.7, colour=_SOFT)
    if head.lines:
        head.draw(painter, 0, LEFT, 34)
    if sheet.mark:
        mark = _Text(sheet.mark, 9, 120, True)
        box = QRectF(WIDTH - RIGHT - mark.natural - 12, 33, mark.natural + 12, 16)
        painter.setPen(QPen(_INK, 0.8))
        painter.drawRect(box)
        mark.draw(painter, 0, box.left() + 6, box.top() + 1.2)
    painter.setPen(QPen(_RULE, 0.6))
    painter.drawLine(QPointF(LEFT, 54), QPointF(WIDTH - RIGHT, 54))
    painter.drawLine(QPointF(LEFT, HEIGHT - 46), QPointF(WIDTH - RIGHT, HEIGHT - 46))
    foot = _Text(sheet.foot, 8, ROOM * 0.75, colour=_SOFT)
    if foot.lines:
        foot.draw(painter, 0, LEFT, HEIGHT - 42)
    page = _Text(sheet.page.format(n=number, all=count), 8, ROOM, colour=_SOFT, align=Qt.AlignmentFlag.AlignRight)
    page.draw(painter, 0, LEFT, HEIGHT - 42)


class _Flow:
    """Lays parts out one below the other and begins pages as they fill."""

    def __init__(self, sheet: Sheet) -> None:
        self.pages: list[list[Draw]] = [[]]
        self._y = TOP
        centre = Qt.AlignmentFlag.AlignHCenter
        self._run(_Text(sheet.title, 20, ROOM, True, align=centre))
        if sheet.subtitle:
            self._y += 2
            self._run(_Text(sheet.subtitle, 10.5, ROOM, colour=_SOFT, align=centre))
        self._y += 12
        for number, part in enumerate(sheet.parts):
            self._put(part, sheet.parts[number + 1] if number + 1 < len(sheet.parts) else None)

    def _put(self, part: Part, after: Part | None) -> None:
        if isinstance(part, Heading):
            self._y += 12
            self._keep(23 + _least(after))
            self._run(_Text(part.text, 12.5, ROOM, True))
            self._y += 4
        elif isinstance(part, Paragraph):
            self._run(_Text(part.text, 9 if part.small else 10.5, ROOM, colour=_SOFT if part.small else _INK))
            self._y += 6
        elif isinstance(part, Facts):
            self._facts(part)
        elif isinstance(part, Table):
            self._table(part)
        elif isinstance(part, Pictures):
            self._pictures(part)
        else:
            self._blank(part)

    @property
    def _left(self) -> float:
        return HEIGHT - BOTTOM - self._y

    def _new(self) -> None:
        self.pages.append([])
        self._y = TOP

    def _keep(self, height: float) -> None:
        """So much stays together."""
        if self._left < height and self._y > TOP:
            self._new()

    def _draw(self, draw: Draw) -> None:
        self.pages[-1].append(draw)

    def _run(self, text: _Text) -> None:
        for number in range(len(text.lines)):
            self._keep(text.step)
            self._line(text, number, LEFT)
            self._y += text.step

    def _line(self, text: _Text, number: int, x: float, lower: float = 0.0) -> None:
        y = self._y + lower
        self._draw(lambda painter: text.draw(painter, number, x, y))

    def _row(self, cells: Sequence[_Text], widths: Sequence[float], shaded: Sequence[bool]) -> None:
        """A ruled row. One that does not fit goes on to the next page, line by line."""
        done = [0] * len(cells)
        step = max(c.step for c in cells)
        while True:
            fit = int((self._left - 2 * _PAD) / step)
            rest = max(len(c.lines) - d for c, d in zip(cells, done, strict=True))
            if fit < min(rest, 2) and self._y > TOP:  # not one orphaned line of several
                self._new()
                continue
            count = max(1, min(rest, fit))
            height = count * step + 2 * _PAD
            x = LEFT
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
                self._box(QRectF(x, self._y, width, height), shaded[place])
                for n in range(min(count, len(cell.lines) - done[place])):
                    self._line(cell, done[place] + n, x + _PAD, _PAD + n * step + (step - cell.step) / 2)
                done[place] = min(len(cell.lines), done[place] + count)
                x += width
            self._y += height
            if all(d == len(c.lines) for c, d in zip(cells, done, strict=True)):
                return
            self._new()

    def _box(self, box: QRectF, shaded: bool = False) -> None:
        def draw(painter: QPainter) -> None:
            if shaded:
                painter.fillRect(box, _SHADE)
            painter.setPen(QPen(_RULE, 0.6))
            painter.drawRect(box)

        self._draw(draw)

    def _facts(self, part: Facts) -> None:
        label, half = 74.0, ROOM / 2
        narrow = half - label - 2 * _PAD
        rows = [(name, value, _Text(value, 10.5, narrow)) for name, value in part.rows]
        at = 0
        while at < len(rows):
            name, value, short = rows[at]
            beside = rows[at + 1] if at + 1 < len(rows) else None
            if beside is not None and len(short.lines) == 1 == len(beside[2].lines):
                cells = (_name(name, label), short, _name(beside[0], label), beside[2])
                self._row(cells, (label, half - label) * 2, (True, False) * 2)
                at += 2
            else:
                wide = _Text(value, 10.5, ROOM - label - 2 * _PAD)
                self._row((_name(name, label), wide), (label, ROOM - label), (True, False))
                at += 1
        self._y += 4

    def _table(self, part: Table) -> None:
        shares = list(part.shares) or [1.0] * len(part.heads)
        widths = [ROOM * share / sum(shares) for share in shares]
        heads = [_Text(h, 9.5, w - 2 * _PAD, True) for h, w in zip(part.heads, widths, strict=True)]
        shaded = [True] * len(heads)
        self._keep(60)
        self._row(heads, widths, shaded)
        for row in part.rows:
            cells = [_Text(value, 9.5, w - 2 * _PAD) for value, w in zip(row, widths, strict=True)]
            if self._left < min(2, max(len(c.lines) for c in cells)) * cells[0].step + 2 * _PAD:
                self._new()
                self._row(heads, widths, shaded)
            self._row(cells, widths, [False] * len(cells))
        self._y += 4

    def _pictures(self, part: Pictures) -> None:
        width = (ROOM - _GAP) / 2
        for start in range(0, len(part.pictures), 2):
            pair = part.pictures[start : start + 2]
            boxes = [_fitted(p.image, width) for p in pair]
            captions = [_Text(p.caption, 8.5, width, colour=_SOFT) for p in pair]
            height = max(b.height() + 4 + c.height for b, c in zip(boxes, captions, strict=True))
            self._keep(height)
            for number, (picture, size, caption) in enumerate(zip(pair, boxes, captions, strict=True)):
                x = LEFT + number * (width + _GAP)
                self._picture(picture.image, QRectF(QPointF(x, self._y), size))
                for n in range(len(caption.lines)):
                    self._line(caption, n, x, size.height() + 4 + n * caption.step)
            self._y += height + 8

    def _picture(self, image: QImage, box: QRectF) -> None:
        if not image.isNull():
            self._draw(lambda painter: painter.drawImage(box, image))
        self._box(box)

    def _blank(self, part: Blank) -> None:
        label = _Text(part.label, 10.5, ROOM - 2 * _PAD, True)
        height = _blank_height(part)
        self._keep(height)
        self._box(QRectF(LEFT, self._y, ROOM, height))
        self._line(label, 0, LEFT + _PAD, _PAD)
        if part.signed:
            signed = _Text(part.signed, 10.5, ROOM - 2 * _PAD, align=Qt.AlignmentFlag.AlignRight)
            self._line(signed, 0, LEFT + _PAD, height - _PAD - signed.step)
        self._y += height


def _least(part: Part | None) -> float:
    """How much of a part has to follow its heading on the same page."""
    if isinstance(part, Pictures):
        return max((_fitted(p.image, (ROOM - _GAP) / 2).height() for p in part.pictures[:2]), default=0) + 32
    if isinstance(part, Blank):
        return _blank_height(part) + 16
    return 64.0 if isinstance(part, Table) else 34.0


def _blank_height(part: Blank) -> float:
    return 16 + _STROKE * part.lines + 2 * _PAD + (20 if part.signed else 0)


def _fitted(image: QImage, width: float) -> QSizeF:
    """The size of a picture on paper, in a frame of the usual shape where there is none."""
    size = QSizeF(image.size()) if not image.isNull() else QSizeF(8, 5)
    return size.scaled(QSizeF(width, _TALL), Qt.AspectRatioMode.KeepAspectRatio)


def _name(text: str, width: float) -> _Text:
    return _Text(text, 9.5, width - 2 * _PAD, colour=_SOFT)
