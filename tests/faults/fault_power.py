"""A disk that loses power, for apsw: what was not synchronised may be on it or not, sector by sector."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512


class Disk:
    """The files of one machine: what is surely on the disk, and what was written since. `draw` says what a power cut
    leaves of them."""

    def __init__(self) -> None:
        self.sure: dict[str, bytearray] = {}
        self.now: dict[str, bytearray] = {}

    def sync(self, name: str) -> None:
        """All that was written to a file is on the disk."""
        self.sure[name] = bytearray(self.now[name])

    def draw(self, rng: random.Random, folder: Path) -> None:
        """Cuts the power: writes into a folder what is left."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, now in self.now.items():
            sure = self.sure.get(name, bytearray())
            left = bytearray(now if rng.random() < 0.5 else now[: max(len(sure), 0)])
            for at in range(0, len(left), SECTOR):
                old = sure[at : at + SECTOR]
                if left[at : at + SECTOR] != old and rng.random() < 0.5:
                    left[at : at + SECTOR] = old.ljust(len(left[at : at + SECTOR]), b"\0")
            (folder / Path(name).name).write_bytes(left)


class _File:
    """One open file in memory, with SQLite's I/O methods."""

    def __init__(self, disk: Disk, name: str, flags: int) -> None:
        self._disk, self._name, self._gone = disk, name, bool(flags & apsw.SQLITE_OPEN_DELETEONCLOSE)
        self._data = disk.now.setdefault(name, bytearray())

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._data[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        if offset > len(self._data):
            self._data.extend(b"\0" * (offset - len(self._data)))
        self._data[offset : offset + len(data)] = data

    def xTruncate(self, size: int) -> None:
        del self._data[size:]

    def xSync(self, flags: int) -> None:
        self._disk.sync(self._name)

    def xFileSize(self) -> int:
        return len(self._data)

    def xClose(self) -> None:
        if self._gone:
            self._disk.now.pop(self._name, None)

    def xLock(self, level: int) -> None:
        """One connection: nobody to lock out."""

    def xUnlock(self, level: int) -> None:
        """One connection."""

    def xCheckReservedLock(self) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return 0

    def xFileControl(self, op: int, ptr: int) -> bool:
        return False


class PowerVFS(apsw.VFS):
    """SQLite's file system on a `Disk`."""

    def __init__(self, name: str, disk: Disk) -> None:
        self._disk = disk
        super().__init__(name, base="", exclude=set())

    def xOpen(self, name: Any, flags: list[int]) -> _File:
        text = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _File(self._disk, str(text or f"temporary{id(flags)}"), flags[0])

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self._disk.now

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._disk.now.pop(filename, None)
        self._disk.sure.pop(filename, None)

    def xFullPathname(self, name: str) -> str:
        return name


class _Rows:
    """A finished statement, with the few words the outbox uses."""

    def __init__(self, rows: list[tuple[Any, ...]], rowcount: int) -> None:
        self._rows, self.rowcount = rows, rowcount

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self._rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows[0] if self._rows else None

    def scalar_one(self) -> Any:
        return self._rows[0][0]

    def __iter__(self) -> Any:
        return iter(self._rows)


class Connection:
    """Stands for SQLAlchemy's connection over apsw, so that the outbox's own SQL runs on the disk above."""

    def __init__(self, path: str, vfs: str, pragmas: Sequence[str]) -> None:
        self._apsw = apsw.Connection(path, vfs=vfs)
        # Without shared memory a write-ahead log needs the file for itself; what is synchronised when stays the same.
        self._apsw.execute("PRAGMA locking_mode=EXCLUSIVE")
        for pragma in pragmas:
            self._apsw.execute(f"PRAGMA {pragma}").fetchall()
        self.connection = self
        self.driver_connection = self

    @property
    def in_transaction(self) -> bool:
        """Whether BEGIN was said."""
        return self._apsw.in_transaction

    def exec_driver_sql(self, sql: str, values: Any = ()) -> _Rows:
        """Runs a statement."""
        before = self._apsw.total_changes()
        rows = self._apsw.execute(sql, values or None).fetchall()
        return _Rows(rows, self._apsw.total_changes() - before)

    def close(self) -> None:
        """Ends it."""
        self._apsw.close()


class Engine:
    """Stands for SQLAlchemy's engine."""

    def __init__(self, path: str, vfs: str, pragmas: Sequence[str]) -> None:
        self._values = path, vfs, pragmas

    def connect(self) -> Connection:
        """A connection on the disk."""
        return Connection(*self._values)

    def dispose(self) -> None:
        """Nothing is kept."""
