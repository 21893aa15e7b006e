"""A transport whose calls can be cut short from another thread: it remembers the connections that are open."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any
from weakref import WeakSet

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class CuttingAdapter(HTTPAdapter):
    """Serves one session; `cut` may be called from any thread."""

    def __init__(self) -> None:
        self._open: WeakSet[HTTPConnection] = WeakSet()
        self._lock = threading.Lock()
        super().__init__()

    def init_poolmanager(self, *values: Any, **named: Any) -> None:
        """Pools whose connections are remembered."""
        super().init_poolmanager(*values, **named)
        opened = self._opened

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                opened(self)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                opened(self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    def _opened(self, connection: HTTPConnection) -> None:
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
