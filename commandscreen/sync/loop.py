"""The sync thread: steps the engine, waits, backs off with jitter, and tells how it stands after every change."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from ..protocol.problem import ProblemType
from ..store.replica import ReplicaError
from .engine import Engine
from .status import ApiError, Offline, Phase, Refused, SyncStatus

LONG_POLL_SECONDS = 8.0
BACKOFF_MAX = 3.0
LONG_BACKOFF_MAX = 15.0
PATIENCE_SECONDS = 600.0


class Loop:
    """Owns one engine on one thread. `told(SyncStatus)` is called on that thread; `wake` may be called from any."""

    def __init__(self, engine: Engine, told: Callable[[SyncStatus], None], status: SyncStatus | None = None) -> None:
        self._engine = engine
        self._told = told
        self._status = status or SyncStatus()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync")

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; a request under way may hold it for its own time-out, the long poll does not."""
        self.ask_to_stop()
        if self._thread.is_alive():
            self._thread.join()

    def ask_to_stop(self) -> None:
        """Says that it should end, without waiting."""
        self._stop.set()
        self._wake.set()
        self._engine.stir()

    def stir(self) -> None:
        """Something may leave: a step that waits for news goes on. A pause after a failure lasts as long as it would."""
        self._engine.stir()

    def wake(self) -> None:
        """Tries again now."""
        self._wake.set()

    def _tell(self, **changes: object) -> None:
        fresh = replace(self._status, **changes)  # type: ignore[arg-type]
        if fresh != self._status:
            self._status = fresh
            self._told(fresh)

    def _run(self) -> None:
        try:
            self._step_on()
        finally:
            self._engine.close()

    def _step_on(self) -> None:
        failures, failing_since = 0, 0.0
        while not self._stop.is_set():
            try:
                live = self._status.phase is Phase.LIVE
                outcome = self._engine.step(LONG_POLL_SECONDS if live else 0.0)
            except (ApiError, ReplicaError) as error:
                failures += 1
                failing_since = failing_since or time.monotonic()
                self._pause(error, failures, time.monotonic() - failing_since)
                continue
            failures, failing_since = 0, 0.0
            now = time.monotonic()
            if outcome.total:
                self._tell(phase=Phase.LOADING, done=outcome.loaded, total=outcome.total, code="", heard_at=now)
            elif outcome.level:
                self._tell(
                    phase=Phase.LIVE, data_at=outcome.server_time, heard_at=now, code="", attempt=0, retry_at=0.0,
                    since=self._status.since if self._status.phase is Phase.LIVE else now,
                    skew=self._skew(outcome.server_time),
                )  # fmt: skip
            if outcome.repaired:
                self._tell(repaired=self._status.repaired + len(outcome.repaired))

    def _skew(self, server_time: float) -> float:
        """Server minus client clock, kept still unless it moved by over a second: it explains, and orders nothing."""
        skew = server_time - time.time()
        return self._status.skew if abs(skew - self._status.skew) < 1.0 else skew

    def _pause(self, error: ApiError | ReplicaError, failures: int, failing: float) -> None:
        phase = Phase.TROUBLE
        wait = min(BACKOFF_MAX if failing < PATIENCE_SECONDS else LONG_BACKOFF_MAX, 0.25 * 2 ** min(failures, 8))
        if isinstance(error, Offline):
            phase = Phase.OFFLINE
        elif isinstance(error, Refused):
            kind = error.problem.type
            if kind in (ProblemType.UNAUTHENTICATED, ProblemType.FORBIDDEN):
                phase, wait = Phase.UNAUTHORISED, 60.0
            elif kind is ProblemType.UPGRADE_REQUIRED:
                phase, wait = Phase.UPGRADE, 60.0
            elif kind in (ProblemType.UNAVAILABLE, ProblemType.TOO_MANY, ProblemType.INTERNAL):
                phase = Phase.OFFLINE
            wait = max(wait, error.retry_after or 0.0)
        wait *= random.uniform(0.7, 1.0)
        now = time.monotonic()
        held = self._status.phase is phase
        self._tell(phase=phase, code=error.code, attempt=failures, retry_at=now + wait,
                   since=self._status.since if held else now)  # fmt: skip
        self._wake.wait(wait)
        self._wake.clear()
