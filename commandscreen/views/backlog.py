"""What was asked for and has not been answered. A later question takes the place of one that waits, so each asks for
all that is still owed. UI thread."""

from __future__ import annotations

from collections.abc import Iterable


class Backlog:
    """Ids or codes owed to a view."""

    def __init__(self) -> None:
        self._owed: dict[int, int] = {}
        self._serial = 0

    def add(self, some: Iterable[int]) -> tuple[int, tuple[int, ...]]:
        """Puts more on it: the number of the question to ask now, and all that it must ask for, newest last."""
        self._serial += 1
        for one in some:
            self._owed.pop(one, None)
            self._owed[one] = self._serial
        return self._serial, tuple(self._owed)

    def answered(self, serial: int) -> None:
        """A question's answer has come: what was put on it since stays."""
        self._owed = {one: at for one, at in self._owed.items() if at > serial}

    def clear(self) -> None:
        """Everything is asked for otherwise."""
        self._owed.clear()

    def __len__(self) -> int:
        return len(self._owed)
