"""The embedded demo: a server and a simulated day as processes of their own, on a leash to this one.

Processes, not threads: one busy Python thread would hold the interpreter lock against the screen. The leash is the
child's standard input: when this process ends in any way, the pipe closes and the child stops.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

LEASH = "COMMANDSCREEN_LEASH"
START_LIMIT = 300.0
STALE_SECONDS = 3600


class EmbeddedError(RuntimeError):
    """The embedded server did not start; the text is the last line it said."""


def obey_leash() -> None:
    """In a child: stop when the parent is gone. Does nothing unless the parent asked for it."""
    if os.environ.pop(LEASH, "") != "1":
        return

    def watch() -> None:
        while os.read(0, 1024):  # not through sys.stdin: its lock would be held when the interpreter ends
            continue
        signal.raise_signal(signal.SIGTERM) if os.name == "nt" else os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="leash", daemon=True).start()


class Embedded:
    """A demo server on a free loopback port, and the day that is played on it. Used from one worker thread."""

    def __init__(self, folder: Path, history: int, said: Callable[[str], None]) -> None:
        self._folder = folder
        self._history = history
        self._said = said
        self._children: list[subprocess.Popen[bytes]] = []
        self._last = ""
        self.url = ""

    def start(self) -> str:
        """Starts the server, waits until it answers, and gives its address. Raises EmbeddedError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._drop_old_city()
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        database = f"sqlite:///{self._folder / 'city.db'}"
        server = self._spawn("serve", "--demo", "--database", database, "--listen", f"127.0.0.1:{port}",
                             "--history", str(self._history))  # fmt: skip
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            if server.poll() is not None:
                raise EmbeddedError(self._last or f"exit {server.returncode}")
            try:
                with urllib.request.urlopen(self.url + "/healthz", timeout=2):  # noqa: S310 - our own loopback address
                    return self.url
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise EmbeddedError("no answer")

    def _drop_old_city(self) -> None:
        """A demo city that stood still for hours would be all overdue: it is made anew, as of this moment."""
        files = [p for p in self._folder.glob("city.db*") if p.is_file()]
        if files and time.time() - max(p.stat().st_mtime for p in files) > STALE_SECONDS:
            for path in files:
                path.unlink(missing_ok=True)
            shutil.rmtree(self._folder / "city.db.files", ignore_errors=True)

    def play(self, speed: float, seed: int = 1) -> None:
        """Starts the simulated day on it."""
        self._spawn("simulate", "--server", self.url, "--speed", str(speed), "--seed", str(seed), "--quiet", nice=True)

    def stop(self) -> None:
        """Ends both, the day first; waits at most a few seconds each."""
        for child in reversed(self._children):
            if child.stdin:
                child.stdin.close()
            child.terminate()
        for child in self._children:
            try:
                child.wait(6)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._children.clear()

    def _spawn(self, *arguments: str, nice: bool = False) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "commandscreen", *arguments]
        if nice and os.name == "posix":
            command = ["nice", "-n", "10", *command]
        child = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, LEASH: "1"},
            cwd=Path(__file__).parent.parent,
        )
        self._children.append(child)
        threading.Thread(target=self._listen, args=(child,), name="embedded-output", daemon=True).start()
        return child

    def _listen(self, child: subprocess.Popen[bytes]) -> None:
        """Closes the pipe itself: a close from another thread waits, past every signal, for the read under way."""
        if child.stdout is None:
            return
        with child.stdout as lines:
            for line in lines:
                self._last = line.decode("utf-8", "replace").strip()
                self._said(self._last)


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
