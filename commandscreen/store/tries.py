"""Commands the server was asked to carry out and gave no answer about: when each goes again. In memory, on the writer thread.

One that makes the server fail must neither be dropped nor hold up the rest: it goes again after a pause of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

PAUSE_FIRST, PAUSE_MOST = 1.0, 60.0
TOLD_AFTER = 5


class Tries:
    """How often in a row each was tried, and its pause; the first time it goes again at once."""

    def __init__(self) -> None:
        self._tried: dict[str, tuple[int, float, float]] = {}  # count, when, until when it waits

    def failed(self, names: Iterable[str], now: float) -> list[str]:
        """They were not answered; those among them of which a person should know by now."""
        known = []
        for name in names:
            count = self._tried.get(name, (0, 0.0, 0.0))[0] + 1
            pause = min(PAUSE_MOST, PAUSE_FIRST * 4.0 ** (count - 2)) if count > 1 else 0.0
            self._tried[name] = count, now, now + pause
            if count >= TOLD_AFTER:
                known.append(name)
        return known

    def done(self, names: Iterable[str]) -> None:
        """They were answered, or taken back."""
        for name in names:
            self._tried.pop(name, None)

    def wait(self, name: str, now: float) -> float:
        """Seconds until it may go; a clock that jumped back holds nothing up."""
        _, since, until = self._tried.get(name, (0, 0.0, 0.0))
        return until - now if since <= now < until else 0.0
