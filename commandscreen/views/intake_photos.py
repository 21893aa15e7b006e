"""The pictures of the intake form: taken in by file, paste or drop; what is no picture is said beside them. UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ..domain.arguments import PHOTOS_MAX
from ..widgets.intake_form import IntakeForm
from .pictures import Came, Picture, Pictures, Taken, ask_for_files, sources_in, why_not


class IntakePhotos(QObject):
    """Signals: `changed()` when more or fewer are under way, `kept()` when the tray holds another one."""

    changed = Signal()
    kept = Signal()

    def __init__(self, form: IntakeForm, pictures: Pictures, host: QWidget) -> None:
        super().__init__(host)
        self._form, self._pictures, self._host = form, pictures, host
        self.busy = 0
        self._round = 0
        form.files_wanted.connect(self.choose_files)
        form.pasted.connect(self.paste)
        pictures.came.connect(self._came)

    def begin(self, addresses: Sequence[str]) -> None:
        """Another form: pictures still under way are not its own, those it has are fetched."""
        self.busy, self._round = 0, self._round + 1
        for address in addresses:
            self._pictures.want(address, masked=False)

    def choose_files(self) -> None:
        """Asks for picture files."""
        self.add(ask_for_files(self._host))

    def paste(self) -> bool:
        """Takes pictures off the clipboard; gives whether there were any."""
        mime = QGuiApplication.clipboard().mimeData()
        return mime is not None and self.drop(mime)

    def drop(self, mime: QMimeData) -> bool:
        """Takes what was pasted or dropped; gives whether there were pictures."""
        sources = sources_in(mime)
        self.add(sources)
        return bool(sources)

    def add(self, sources: Sequence[Picture]) -> None:
        """Takes pictures in, as many as the form has room for."""
        room = max(0, PHOTOS_MAX - len(self._form.tray.addresses) - self.busy)
        taken = sources[:room]
        full = self.tr("最多{n}张").format(n=PHOTOS_MAX) if len(sources) > room else ""
        self._form.rows["photos"].complain(full)
        if taken:
            self.busy += len(taken)
            self._pictures.take(taken, partial(self._taken, self._round))
        self.changed.emit()

    def _taken(self, round_: int, taken: Taken) -> None:
        if round_ != self._round:  # another form stands here by now
            return
        self.busy -= 1
        if taken.code:
            self._form.rows["photos"].complain(why_not(taken))
        else:
            self._form.tray.put(taken.address, taken.image)
            self.kept.emit()
        self.changed.emit()

    def _came(self, came: Came) -> None:
        if came.address in self._form.tray.addresses and not came.masked and not came.large:
            self._form.tray.put(came.address, came.image)
