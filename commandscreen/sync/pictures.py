"""The cache of fetched pictures. On the disk lie those that may be seen whole, and the server's mosaics of the others; what was
uncovered for a reason is held in memory, and gone with the program. For the photos' thread, and whoever lays out papers."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from .api import Api
from .status import ApiError

PICTURE_MAX = 20 * 2**20
UNCOVERED_MAX = 24  # pictures held whole in memory


class PictureCache:
    """Pictures by their address, in a folder below a server's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "pictures"
        self._before = folder / "photos"  # earlier versions kept all of them whole
        self._lock = threading.Lock()
        self._uncovered: dict[str, bytes] = {}

    def picture(self, address: str, api: Api | None) -> bytes:
        """A picture from memory, the disk or the server; empty where none of them has it. May wait for the network."""
        with self._lock:
            uncovered = self._uncovered.get(address)
        if uncovered:
            return uncovered
        whole, mosaic = self._folder / address, self._folder / f"{address}.masked"
        try:
            if uncovered is None:
                for kept in (whole, mosaic):
                    if kept.exists():
                        return kept.read_bytes()
            if api is None:
                return b""
            fetched = api.picture(address, PICTURE_MAX)
            if uncovered is not None and not fetched.masked:
                with self._lock:
                    self._uncovered[address] = fetched.data
            elif fetched.masked or fetched.keep:
                self._folder.mkdir(parents=True, exist_ok=True)
                (mosaic if fetched.masked else whole).write_bytes(fetched.data)
        except (ApiError, OSError):
            return b""
        return fetched.data

    def uncover(self, address: str) -> None:
        """From now on the picture is fetched anew and held in memory: somebody has said why."""
        with self._lock:
            while len(self._uncovered) >= UNCOVERED_MAX:
                del self._uncovered[next(iter(self._uncovered))]
            self._uncovered[address] = b""

    def sweep(self) -> None:
        """Removes what earlier versions kept whole."""
        shutil.rmtree(self._before, ignore_errors=True)
