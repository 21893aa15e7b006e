"""Pictures to and from the desk: taken in, kept, fetched and decoded, all off the UI thread; told back on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from .decoding import decode
from .masking import mosaic
from .photos import PhotoError, encode, prepare, read_file

SMALL, LARGE = QSize(480, 360), QSize(2048, 2048)
Picture = Path | QImage


class Keeper(Protocol):
    """Whoever keeps pictures: the client of this desk."""

    def behind(self, task: Callable[[], object]) -> None:
        """Runs something off the UI thread, in order."""

    def take_photo(self, data: bytes) -> str:
        """Keeps a prepared picture; its address. Raises OSError."""

    def photo(self, address: str, done: Callable[[bytes], None]) -> None:
        """Fetches a picture; `done` on a thread of its own, empty where it failed."""

    def unmask(self, address: str, reason: str, done: Callable[[str], None]) -> None:
        """Has the server log who looks at a picture and why; `done(code)` on a thread of its own, empty where it did."""

    def callers(self, phone: str, done: Callable[[int, tuple[int, ...]], None]) -> None:
        """Has the server tell how many cases a number reported, and which; -1 where no server told."""

    def keep_draft(self, draft: dict[str, object]) -> None:
        """Keeps a half-filled form; an empty one is forgotten."""

    def draft(self) -> dict[str, object]:
        """The half-filled form of the last time."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that was taken in, or why not: then `code` says so and `address` is empty."""

    address: str
    image: QImage
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """A picture that was fetched; a null image where it could not be. `masked` where it is a mosaic."""

    address: str
    image: QImage
    large: bool
    masked: bool


class Pictures(QObject):
    """Signals: `came(Came)`. `post` runs a call on the UI thread, unless the screen is gone.

    A picture is shown as a mosaic unless its address is in `clear`: there, a person has given a reason.
    """

    came = Signal(object)

    def __init__(self, post: Callable[[Callable[[], None]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._post = post
        self._keeper: Keeper | None = None
        self.clear: set[str] = set()

    def attach(self, keeper: Keeper | None) -> None:
        """Whoever keeps this desk's pictures."""
        self._keeper = keeper

    def take(self, sources: Sequence[Picture], done: Callable[[Taken], None]) -> None:
        """Checks, shrinks and keeps pictures; `done` for each, in order, on the UI thread."""
        keeper = self._keeper
        if keeper is None:
            return
        for source in sources:
            keeper.behind(lambda source=source: self._tell(done, _taken(keeper, source)))  # type: ignore[misc]

    def _tell(self, done: Callable[[Taken], None], taken: Taken) -> None:
        self._post(lambda: done(taken))

    def want(self, address: str, masked: bool, large: bool = False) -> None:
        """Fetches and decodes a picture; `came` tells it."""
        hidden = masked and address not in self.clear

        def decoded(data: bytes) -> None:
            image = decode(data, LARGE if large else SMALL)
            came = Came(address, mosaic(image) if hidden else image, large, hidden)
            self._post(lambda: self.came.emit(came))

        if self._keeper is not None:
            self._keeper.photo(address, decoded)

    def unmask(self, address: str, reason: str, done: Callable[[str], None]) -> None:
        """Asks the server to log the look at a picture; `done(code)` on the UI thread, empty where it may be seen."""

        def told(code: str) -> None:
            def finish() -> None:
                if not code:
                    self.clear.add(address)
                done(code)

            self._post(finish)

        if self._keeper is not None:
            self._keeper.unmask(address, reason, told)
        else:
            done("offline")

    def ask_callers(self, phone: str, done: Callable[[int, tuple[int, ...]], None]) -> None:
        """Asks the server for a number's earlier cases; `done` on the UI thread."""
        if self._keeper is not None:
            self._keeper.callers(phone, lambda count, ids: self._post(lambda: done(count, ids)))

    def keep_draft(self, draft: dict[str, object]) -> None:
        """Keeps a half-filled form."""
        if self._keeper is not None:
            self._keeper.keep_draft(draft)

    def ask_draft(self, done: Callable[[dict[str, object]], None]) -> None:
        """Reads the half-filled form of the last time; `done` on the UI thread."""
        keeper = self._keeper
        if keeper is None:
            return

        def read() -> None:
            found = keeper.draft()
            self._post(lambda: done(found))

        keeper.behind(read)


def _taken(keeper: Keeper, source: Picture) -> Taken:
    name = source.name if isinstance(source, Path) else ""
    try:
        data = prepare(read_file(source)) if isinstance(source, Path) else encode(source)
        return Taken(keeper.take_photo(data), decode(data, SMALL), "", name)
    except PhotoError as error:
        return Taken("", QImage(), error.code, name)
    except OSError:
        return Taken("", QImage(), "disk", name)


def sources_in(mime: QMimeData) -> list[Picture]:
    """The pictures of a paste or a drop: local files, or a picture itself."""
    found: list[Picture] = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if not found and mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage):
            found.append(image)
    return found


def ask_for_files(parent: QWidget) -> list[Picture]:
    """Has a person choose picture files."""
    names = QCoreApplication.translate("Pictures", "照片") + " (*.jpg *.jpeg *.png *.webp *.bmp)"
    chosen, _ = QFileDialog.getOpenFileNames(parent, QCoreApplication.translate("Pictures", "选照片"), "", names)
    return [Path(name) for name in chosen]


def why_not(taken: Taken) -> str:
    """Why a picture was not taken, in the user's words."""
    texts = {
        "too-big": QCoreApplication.translate("Pictures", "超过40兆，没有加入。请先压缩"),
        "too-many-pixels": QCoreApplication.translate("Pictures", "像素太多，没有打开。请先缩小到6400万像素以内"),
        "no-photo": QCoreApplication.translate("Pictures", "不是能用的照片，只收 JPEG、PNG、WebP、BMP"),
        "unreadable": QCoreApplication.translate("Pictures", "文件读不出来"),
        "disk": QCoreApplication.translate("Pictures", "照片没有存下，磁盘可能已满"),
    }
    text = texts.get(taken.code, taken.code)
    return f"{taken.name}：{text}" if taken.name else text
