"""Looks at pictures that are shown masked: nobody sees one clearly before the audit log says who, when and why."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ..domain.privacy import clean
from ..protocol.problem import ProblemType
from ..protocol.version import API
from . import audit, feed
from .attachments import NAME
from .desk import Desk, body_of, check_schema, json_of, token_of
from .problems import Refused, bad
from .wire import describe

REASON_MAX = 200


def router(desk: Desk) -> APIRouter:
    """The route, bound to a server's desk."""
    routes = APIRouter(prefix=API)

    @routes.post("/attachments/{sha256}/looks", status_code=204,
                 **describe("Logs why somebody looks at a masked picture", "Nothing", body="Look"))  # fmt: skip
    async def look(request: Request, sha256: str) -> Response:
        check_schema(request)
        token = token_of(request)
        if not NAME.fullmatch(sha256):
            raise bad("the name is a SHA-256 in small hexadecimal digits")
        given = json_of(await body_of(request, desk.config.body_max, desk.config.body_seconds))
        reason = given.get("reason") if isinstance(given, dict) else None
        said = isinstance(reason, str) and any(c.isprintable() and not c.isspace() for c in reason)
        if not isinstance(reason, str) or len(reason) > REASON_MAX or not said:
            raise bad(f"reason must be text of 1 to {REASON_MAX} characters")

        def keep() -> None:
            signed = desk.signed(token)
            with desk.database.write() as link:
                # A reason for what one may not see at all would only say that it is there.
                try:
                    desk.attachments.find(link, sha256, signed.actor, signed.scope, desk.now())
                except Refused:
                    raise Refused(ProblemType.NOT_FOUND, "no such attachment") from None
                desk.attachments.looked(link, sha256, signed.actor.id, desk.now())
                feed.lock(link)
                audit.append(link, desk.now(), signed.actor.id, "unmask", sha256, clean(reason, REASON_MAX))

        await desk.work(keep)
        return Response(status_code=204)

    return routes
