"""A transport whose calls can be cut short from another thread: it remembers the connections that are open."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from requests.adapters import HTTPAdapter


class CuttingAdapter(HTTPAdapter):
    """Serves one session; `cut` may be called from any thread."""

    def __init__(self) -> None:
        self._open: WeakSet[Any] = WeakSet()
        self._lock = threading.Lock()
        super().__init__()

    def init_poolmanager(self, *values: Any, **named: Any) -> None:
        """Pools whose connections are remembered."""
        super().init_poolmanager(*values, **named)
        pools = self.poolmanager.pool_classes_by_scheme
        self.poolmanager.pool_classes_by_scheme = {s: _remembering(pool, self._opened) for s, pool in pools.items()}

    def _opened(self, connection: Any) -> None:
        with self._lock:
            self._open.add(connection)

    def cut(self) -> None:
        """Ends what the connections are waiting for; the calls fail as if the network had."""
        with self._lock:
            found = list(self._open)
            self._open.clear()
        for connection in found:
            sock = connection.sock
            if sock is not None:
                with contextlib.suppress(OSError):
                    # Not SSLSocket's own shutdown: it would take the session away under the reading thread.
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _remembering(pool: Any, opened: Callable[[Any], None]) -> Any:
    """A pool like `pool`, plain or TLS, that tells of each connection it opens."""

    def connect(self: Any) -> None:
        pool.ConnectionCls.connect(self)
        opened(self)

    kind = type(pool.ConnectionCls.__name__, (pool.ConnectionCls,), {"connect": connect})
    return type(pool.__name__, (pool,), {"ConnectionCls": kind})
