"""Earlier cases of one phone number: found by a keyed digest, told as ids of cases in the caller's own scope, and logged.

The number itself stays in `contacts`. Desks get neither it nor its digest: of the ten thousand numbers behind `138****5678`
whoever holds digest and key finds the right one in a moment.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ..domain.clock import DAY
from ..domain.intake import MAY_REPORT, whole_number
from ..domain.person import Role
from ..protocol.problem import ProblemType
from ..protocol.version import API
from . import audit, feed
from .database import Link
from .desk import Desk, body_of, check_schema, json_of, token_of
from .problems import Refused, bad
from .scope import Scope
from .tables import ENTITY_KEY
from .wire import describe

YEAR = 365 * DAY
SHOWN = 5
LOOKS_MAX, LOOKS_SECONDS = 120, 3600  # more numbers than that in an hour are no calls but a search
_LOGGED = 16


def digest(link: Link, phone: str) -> str:
    """The keyed digest of a number, however it was written; empty for what is no whole number."""
    number = whole_number(phone)
    if not number:
        return ""
    row = link.one("SELECT value FROM facts WHERE name = 'caller_key'")
    if row is None:
        raise RuntimeError("the database has no key for callers")
    return hmac.new(bytes.fromhex(row[0]), number.encode(), hashlib.sha256).hexdigest()


def earlier(link: Link, scope: Scope, caller: str, since: int) -> tuple[int, list[int]]:
    """How many cases of a caller in scope were reported since an instant, and the ids of the last few, newest first."""
    marks = ",".join("?" * len(scope.keys))
    sql = (
        "SELECT c.id FROM contacts k JOIN cases c ON c.id = k.case_id WHERE k.caller = ? AND c.reported_at > ? AND EXISTS ("
        f"SELECT 1 FROM bucket_changes b WHERE b.bucket IN ({marks}) AND b.entity = ? AND b.id = c.id AND b.present = 1) "
        "ORDER BY c.reported_at DESC, c.id DESC"
    )
    found = [int(row[0]) for row in link.all(sql, (caller, since, *scope.keys, ENTITY_KEY["case"]))]
    return len(found), found[:SHOWN]


class Patience:
    """How many numbers a person has asked for in the last hour, at this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[int, list[int]] = {}

    def admits(self, person: int, now: int) -> bool:
        """Counts one more; no, where that is one too many."""
        with self._lock:
            recent = [at for at in self._asked.get(person, ()) if at > now - LOOKS_SECONDS]
            admitted = len(recent) < LOOKS_MAX
            self._asked[person] = [*recent, now] if admitted else recent
            return admitted


def router(desk: Desk) -> APIRouter:
    """The route, bound to a server's desk."""
    routes = APIRouter(prefix=API)
    patience = Patience()

    @routes.post("/callers", **describe("Earlier cases of whoever calls", "Callers", body="Caller"))
    async def callers(request: Request) -> Response:
        check_schema(request)
        token = token_of(request)
        given = json_of(await body_of(request, desk.config.body_max, desk.config.body_seconds))
        phone = given.get("phone") if isinstance(given, dict) else None
        if not isinstance(phone, str) or not whole_number(phone):
            raise bad("phone must be a whole number")

        def look() -> dict[str, Any]:
            signed, now = desk.signed(token), desk.now()
            roles = signed.actor.roles
            if not roles & MAY_REPORT or roles <= {Role.CHANNEL}:
                raise Refused(ProblemType.FORBIDDEN, "only those who write reports down ask for callers")
            if not patience.admits(signed.actor.id, now):
                raise Refused(ProblemType.TOO_MANY, "too many numbers in an hour", retry_after=600)
            with desk.database.write() as link:
                caller = digest(link, phone)
                count, ids = earlier(link, signed.scope, caller, now - YEAR)
                feed.lock(link)
                audit.append(link, now, signed.actor.id, "caller", caller[:_LOGGED], str(count))
            return {"count": count, "cases": ids}

        return Response(orjson.dumps(await desk.work(look)), media_type="application/json")

    return routes
