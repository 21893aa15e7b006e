"""The long poll, on a thread of its own with its own connection: it listens for news while the sync thread stays free to
send what a person does. It knows neither replica nor outbox; only the sync thread applies what it heard."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from .status import ApiError, ProtocolError


class Line(Protocol):
    """The connection an ear listens on."""

    def json(self, method: str, path: str, query: Any = None, body: object = None, wait: float = 0.0) -> dict[str, Any]:
        """A JSON call."""

    def cut(self) -> None:
        """Ends a call under way, from another thread."""

    def close(self) -> None:
        """Lets go of the connection."""


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    query: Mapping[str, Any]
    wait: float

    @property
    def life(self) -> tuple[object, object]:
        return self.query.get("epoch"), self.query.get("scope_id")


class Ear:
    """Holds at most one long poll open. `listen` and `drop` belong to the sync thread, `stir` may be called from any."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._turn = threading.Condition()
        self._wanted: _Call | None = None  # what is asked, or to be asked next
        self._busy: _Call | None = None  # what the thread is in
        self._told: tuple[_Call, dict[str, Any] | ApiError] | None = None
        self._stirred = self._ended = False
        self._thread: threading.Thread | None = None

    def listen(self, query: Mapping[str, Any], wait: float, seconds: float) -> dict[str, Any] | None:
        """The feed's answer, or None where `stir` was called or none came within `seconds`: the poll stays open then, and
        the next call goes on with it, though its cursor be older by then. One of another epoch or scope is dropped.

        `wait` is how long the server may hold a new poll. Raises ApiError.
        """
        fresh = _Call(query, wait)
        with self._turn:
            open_ = self._wanted or (self._told[0] if self._told else None)
            if open_ is not None and open_.life != fresh.life:
                self._drop()
            if self._wanted is None and self._told is None and not self._ended:
                self._wanted = fresh
                self._begin()
                self._turn.notify_all()
            self._turn.wait_for(lambda: self._told is not None or self._stirred or self._ended, seconds)
            self._stirred = False
            if self._told is None:
                return None
            (_, answer), self._told = self._told, None
        if isinstance(answer, ApiError):
            raise answer
        return answer

    @property
    def listening(self) -> bool:
        """Whether a poll is open, or its answer waits."""
        with self._turn:
            return self._wanted is not None or self._told is not None

    def drop(self) -> None:
        """Asks for nothing any more: what an open poll brings, an error above all, is of no interest."""
        with self._turn:
            self._drop()

    def _drop(self) -> None:
        self._wanted = self._told = None
        if self._busy is not None:
            self._line.cut()

    def stir(self) -> None:
        """Has `listen` return: there is something to do."""
        with self._turn:
            self._stirred = True
            self._turn.notify_all()

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sync-ear")
            self._thread.start()

    def _run(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._wanted is not None or self._ended)
                call = self._busy = self._wanted
                if self._ended or call is None:
                    return
            answer: dict[str, Any] | ApiError
            try:
                answer = self._line.json("GET", "/changes", call.query, wait=call.wait)
            except ApiError as error:
                answer = error
            except Exception as error:  # cut in the middle of anything; never a dead thread that nobody hears of
                answer = ProtocolError(f"{type(error).__name__} {error}")
            with self._turn:
                self._busy = None
                if self._wanted is call:
                    self._wanted, self._told = None, (call, answer)
                    self._turn.notify_all()

    def close(self) -> None:
        """Cuts the poll and ends the thread."""
        with self._turn:
            self._ended = True
            self._turn.notify_all()
        while self._thread is not None and self._thread.is_alive():  # it may be connecting just now
            self._line.cut()
            self._thread.join(0.1)
        self._line.close()
