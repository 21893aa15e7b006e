"""How views ask the store: the question runs on a reader, the answer comes back on the UI thread, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from ..bridge import Bridge
from ..store.readers import Readers

T = TypeVar("T")


class Questions:
    """Shared by all views; `attach` gives it a replica's readers, before that questions wait for it."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._readers: Readers | None = None
        self._closed = False

    @property
    def ready(self) -> bool:
        """Whether there is a replica to ask."""
        return self._readers is not None

    def attach(self, readers: Readers | None) -> None:
        """The readers of the current replica; None when it is closed."""
        self._readers = readers

    def ask(self, kind: str, question: Callable[[Connection], T], done: Callable[[T], None],
            failed: Callable[[str], None] | None = None) -> None:  # fmt: skip
        """Asks; of one kind only the newest is answered. `failed` gets the error's text for the copied diagnosis."""
        if self._readers is None:
            return
        self._readers.ask(
            kind,
            question,
            lambda answer: self._bridge.post(lambda: self._answer(done, answer)),
            (lambda error: self._bridge.post(lambda: self._answer(failed, str(error)))) if failed else None,
        )

    def _answer(self, done: Callable[[T], None], answer: T) -> None:
        """On the UI thread: passes an answer on, unless those who asked are gone."""
        if not self._closed:
            done(answer)

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: runs something on the UI thread, unless those who asked are gone."""
        self._bridge.post(lambda: None if self._closed else call())

    def close(self) -> None:
        """From now on, answers that still come are dropped: their views are gone."""
        self._closed = True
        self._readers = None
