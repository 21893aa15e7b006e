"""RFC 9457 problem documents: the one shape of every error on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MEDIA_TYPE = "application/problem+json"
_PREFIX = "urn:commandscreen:problem:"


class ProblemType(StrEnum):
    """Error codes; the HTTP status each one travels with stands in `STATUS`."""

    BAD_REQUEST = "bad-request"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"
    EPOCH_CHANGED = "epoch-changed"
    SCOPE_CHANGED = "scope-changed"
    CURSOR_EXPIRED = "cursor-expired"
    KEY_REUSED = "key-reused"
    TOO_LARGE = "too-large"
    UNSUPPORTED_MEDIA = "unsupported-media"
    UPGRADE_REQUIRED = "upgrade-required"
    TOO_MANY = "too-many-requests"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


STATUS: Mapping[ProblemType, int] = {
    ProblemType.BAD_REQUEST: 400,
    ProblemType.UNAUTHENTICATED: 401,
    ProblemType.FORBIDDEN: 403,
    ProblemType.NOT_FOUND: 404,
    ProblemType.EPOCH_CHANGED: 409,
    ProblemType.SCOPE_CHANGED: 409,
    ProblemType.CURSOR_EXPIRED: 410,
    ProblemType.KEY_REUSED: 422,
    ProblemType.TOO_LARGE: 413,
    ProblemType.UNSUPPORTED_MEDIA: 415,
    ProblemType.UPGRADE_REQUIRED: 426,
    ProblemType.TOO_MANY: 429,
    ProblemType.UNAVAILABLE: 503,
    ProblemType.INTERNAL: 500,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `detail` is for logs and people who run servers; screens put `type` into the user's words."""

    type: ProblemType
    detail: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status it travels with."""
        return STATUS[self.type]

    def to_json(self) -> dict[str, Any]:
        """The document as RFC 9457 lays it out."""
        title = self.type.value.replace("-", " ")
        return {
            "type": _PREFIX + self.type.value,
            "title": title,
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }


def parse(document: object, status: int) -> Problem:
    """The problem in a response body; anything unknown becomes INTERNAL or BAD_REQUEST by its status."""
    fallback = next((t for t, s in STATUS.items() if s == status), None)
    fallback = fallback or (ProblemType.INTERNAL if status >= 500 else ProblemType.BAD_REQUEST)
    if not isinstance(document, dict):
        return Problem(fallback)
    name = str(document.get("type", "")).removeprefix(_PREFIX)
    try:
        kind = ProblemType(name)
    except ValueError:
        kind = fallback
    extra = {k: v for k, v in document.items() if k not in ("type", "title", "status", "detail")}
    return Problem(kind, str(document.get("detail", ""))[:500], extra)
