"""The first load of a large scope, in a process of its own: one busy Python thread would take the screen's frames."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import orjson

from ..protocol.problem import parse
from ..store.replica import explained
from .status import Offline, ProtocolError, Refused


class Whole:
    """Starts the fetching process and hears of it. Used from the sync thread; `close` ends the process.

    `share` is how far it is, 0–1. `usable` turns False where the server or its file is of another kind: buckets one by
    one are the way then.
    """

    def __init__(self, url: str, ca: Path | None, token: str, folder: Path) -> None:
        self._job = {"url": url, "ca": str(ca) if ca else "", "token": token, "folder": str(folder / "incoming")}
        self._child: subprocess.Popen[bytes] | None = None
        self._wanted: tuple[str, str, tuple[str, ...]] | None = None
        self._told = threading.Condition()
        self._end: dict[str, Any] | None = None
        self._listener: threading.Thread | None = None
        self.share = 0.0
        self.usable = True

    def step(self, epoch: str, scope_id: str, buckets: Sequence[str], seconds: float = 0.25) -> Path | None:
        """The finished replica's path, or None after `seconds` without an end. Raises ApiError and ReplicaError."""
        wanted = (epoch, scope_id, tuple(buckets))
        if wanted != self._wanted:
            self.close()
            self._start(wanted)
        with self._told:
            self._told.wait_for(lambda: self._end is not None, seconds)
            end = self._end
        if end is None:
            return None
        self._reap()
        if "ready" in end:
            return Path(str(end["ready"]))
        raise self._failure(end)

    def _failure(self, end: dict[str, Any]) -> Exception:
        kind, detail = end.get("failed"), str(end.get("detail", ""))
        if kind == "refused":
            document = end.get("problem")
            status = int(document.get("status", 500)) if isinstance(document, dict) else 500
            if status in (400, 404):
                self.usable = False  # a server that knows no whole scopes
            return Refused(parse(document, status), end.get("retry_after"))
        if kind == "offline":
            return Offline(detail, str(end.get("code", "offline")))
        if kind == "disk":
            return explained(OSError(detail))
        self.usable = False
        return ProtocolError(detail or "the fetching process ended")

    def _start(self, wanted: tuple[str, str, tuple[str, ...]]) -> None:
        self._wanted, self._end, self.share = wanted, None, 0.0
        command = [sys.executable, "-m", "commandscreen.sync.fetch"]
        if os.name == "posix":
            command = ["nice", "-n", "5", *command]
        child = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent.parent,
        )  # fmt: skip
        epoch, scope_id, buckets = wanted
        job = {**self._job, "epoch": epoch, "scope_id": scope_id, "buckets": buckets}
        if child.stdin is not None:
            child.stdin.write(orjson.dumps(job) + b"\n")
            child.stdin.flush()
        self._child = child
        self._listener = threading.Thread(target=self._listen, args=(child, child.stdout), name="whole", daemon=True)
        self._listener.start()

    def _listen(self, child: subprocess.Popen[bytes], lines: IO[bytes] | None) -> None:
        end: dict[str, Any] = {"failed": "ended"}
        for line in lines or ():
            try:
                told = orjson.loads(line)
            except orjson.JSONDecodeError:
                continue
            if "share" in told:
                self.share = float(told["share"])
            elif child is self._child:
                end = told
        with self._told:
            if child is self._child:
                self._end = end
                self._told.notify_all()

    def _reap(self) -> None:
        child, self._child, self._wanted = self._child, None, None
        if child is not None:
            if child.stdin is not None:
                child.stdin.close()
            child.wait()
            if self._listener is not None:
                self._listener.join()
            if child.stdout is not None:
                child.stdout.close()

    def close(self) -> None:
        """Ends the process, if there is one; what it had fetched of the file stays for the next time."""
        if self._child is not None:
            self._child.kill()
            self._reap()
