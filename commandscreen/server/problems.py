"""Errors on their way out: what code raises, and the RFC 9457 answers they become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

from ..protocol.problem import MEDIA_TYPE, Problem, ProblemType


class Refused(Exception):
    """A request that is answered with a problem document."""

    def __init__(self, kind: ProblemType, detail: str = "", *, retry_after: int = 0, **extra: Any) -> None:
        super().__init__(detail or kind.value)
        self.problem = Problem(kind, detail, extra)
        self.retry_after = retry_after


def bad(detail: str) -> Refused:
    """A request that is not what the wire says."""
    return Refused(ProblemType.BAD_REQUEST, detail)


def answer(
    problem: Problem, retry_after: int = 0, status: int = 0, headers: Mapping[str, str] | None = None
) -> Response:
    """The document as a response; `status` replaces the type's own where HTTP has a finer one."""
    document = problem.to_json()
    if status:
        document["status"] = status
    response = Response(orjson.dumps(document), status or problem.status, headers=headers, media_type=MEDIA_TYPE)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    if problem.type is ProblemType.UNAUTHENTICATED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
