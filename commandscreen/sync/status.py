"""How synchronisation stands, as one value; and the errors it tells apart.

ApiError
├── Offline        the environment's: no network, no server, too slow
├── Refused        the server's: a problem document
└── ProtocolError  theirs or ours: an answer that is not the protocol's
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..protocol.problem import Problem


class ApiError(Exception):
    """The root; `code` is what views put into words."""

    code = "internal"


class Offline(ApiError):
    """Nothing usable came. `code` is offline, or certificate where the server's cannot be trusted."""

    def __init__(self, detail: str = "", code: str = "offline") -> None:
        super().__init__(detail)
        self.code = code


class Refused(ApiError):
    """The server answered with a problem; `retry_after` seconds where it says so."""

    def __init__(self, problem: Problem, retry_after: float | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.retry_after = retry_after
        self.code = problem.type.value


class ProtocolError(ApiError):
    """An answer that makes no sense; nothing of it is kept."""

    code = "protocol"


class Phase(Enum):
    """What the engine is at."""

    IDLE = "idle"
    LOADING = "loading"
    LIVE = "live"
    OFFLINE = "offline"
    UNAUTHORISED = "unauthorised"
    UPGRADE = "upgrade"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The state of synchronisation. `data_at` is the server's time of the last complete catch-up (UTC seconds, 0 =
    never), `heard_at` and `since` are this machine's monotonic seconds; `skew` is server minus client clock."""

    phase: Phase = Phase.IDLE
    data_at: float = 0.0
    heard_at: float = 0.0
    since: float = 0.0
    skew: float = 0.0
    done: int = 0
    total: int = 0
    attempt: int = 0
    retry_at: float = 0.0
    code: str = ""
    repaired: int = 0
