"""What a server is started with; read once at the start."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    """A server's settings. Sizes in bytes, times in seconds; `clock` gives UTC seconds and is replaced in tests.

    `database` is an SQLAlchemy URL; `folder` holds attachments and ready snapshots and must be shared between
    several processes on one PostgreSQL. `site_file` is the site bundle that clients may fetch.
    """

    database: str
    folder: Path
    site_file: Path | None = None
    demo: bool = False
    clock: Callable[[], float] = time.time
    workers: int = 8
    waiting_max: int = 512
    body_max: int = 1024 * 1024
    attachment_max: int = 20 * 1024 * 1024
    body_seconds: float = 30.0
    poll_seconds: float = 0.2
    sweep_seconds: float = 15.0
    watch_seconds: float = 5.0
    session_seconds: int = 12 * 3600
    tombstone_days: int = 30
    snapshot_changes: int = 20_000
    snapshot_seconds: int = 24 * 3600
