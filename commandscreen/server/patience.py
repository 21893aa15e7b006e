"""HTTP with an end to patience: a connection that sends its request's head byte by byte is closed. On the event loop."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0


class PatientProtocol(H11Protocol):
    """uvicorn's protocol; it waits for the end of a request's head, the first and any later, for `HEAD_SECONDS`."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A new connection: its first head is due."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """More bytes: whole heads stop the clock, a part of one starts it."""
        super().data_received(data)
        begun = self.conn.their_state is h11.IDLE and (self.cycle is None or bool(self.conn.trailing_data[0]))
        if not begun:
            self._rest()
        elif self._late is None:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """The end of the connection."""
        self._rest()
        super().connection_lost(exc)

    def _watch(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _rest(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self.transport.close()
