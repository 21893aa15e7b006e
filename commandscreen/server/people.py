"""The calls about people: signing in and out, the first administrator, accounts, passwords."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ..domain.privacy import clean
from ..protocol.problem import ProblemType
from ..protocol.version import API
from . import audit, feed, identity
from .database import Database
from .desk import Desk, body_of, check_schema, json_of, token_of
from .problems import Refused, bad
from .sessions import Signed, person_json
from .wire import describe

_PEOPLE_MAX = 20_000


def router(desk: Desk) -> APIRouter:
    """The routes, bound to a server's desk."""
    routes = APIRouter(prefix=API)

    async def fields(request: Request) -> dict[str, Any]:
        value = json_of(await body_of(request, desk.config.body_max, desk.config.body_seconds))
        if not isinstance(value, dict):
            raise bad("an object is needed")
        return value

    @routes.post("/sessions", status_code=201, **describe("Sign in", "Session", body="SignIn"))
    async def sign_in(request: Request) -> Response:
        check_schema(request, 0)
        given = await fields(request)
        account = identity.parse_account(given.get("account"))
        password = given.get("password")
        if not isinstance(password, str) or len(password) > identity.PASSWORD_MAX:
            raise bad("password must be text")
        device = given.get("device", "")
        device = clean(device, 80) if isinstance(device, str) else ""
        address = request.client.host if request.client else ""
        token, signed = await desk.gate(desk.sessions.open, account, password, device, address, desk.now())
        epoch = await desk.work(_epoch, desk.database)
        return _json(
            {"token": token, "expires_at": signed.expires_at, "person": person_json(signed), "epoch": epoch,
             "must_change": signed.account.must_change, "server_time": desk.config.clock(),
             "scope": {"buckets": signed.scope.buckets, "scope_id": signed.scope.id}}, 201,
        )  # fmt: skip

    @routes.delete("/sessions", status_code=204, **describe("Sign out", "Nothing"))
    async def sign_out(request: Request) -> Response:
        token = token_of(request)

        def close() -> None:
            desk.sessions.close(desk.ask(token, lambda _link, signed: signed), desk.now())

        await desk.work(close)
        return Response(status_code=204)

    @routes.post("/password", status_code=204, **describe("Set a password of one's own", "Nothing", body="NewPassword"))
    async def password(request: Request) -> Response:
        token, given = token_of(request), await fields(request)
        old, new = given.get("old"), identity.check_new_password(given.get("new"))
        if not isinstance(old, str) or len(old) > identity.PASSWORD_MAX:
            raise bad("old must be the password so far")

        def change() -> None:
            if desk.config.demo:
                raise Refused(ProblemType.FORBIDDEN, "demo passwords are fixed")
            signed: Signed = desk.ask(token, lambda _link, signed: signed)
            with desk.database.read() as link:
                right = desk.directory.check(link, signed.account.person.account, old)
            if right is None:
                raise Refused(ProblemType.FORBIDDEN, "the password so far is another one")
            with desk.database.write() as link:
                identity.set_password(link, signed.actor.id, new)
                feed.lock(link)
                audit.append(link, desk.now(), signed.actor.id, "password", "", "applied")

        await desk.gate(change)
        return Response(status_code=204)

    @routes.post("/setup", status_code=201, **describe("Make the first administrator", "Made", body="Setup"))
    async def setup(request: Request) -> Response:
        given = await fields(request)
        account = identity.parse_account(given.get("account"))
        secret = identity.check_new_password(given.get("password"))
        code, name = given.get("code"), given.get("name", account)
        if not isinstance(code, str) or len(code) > 100 or not isinstance(name, str):
            raise bad("code and name must be text")

        def make() -> bool:
            with desk.database.write() as link:
                return identity.make_first_admin(link, desk.site, code, account, clean(name, 40), secret, desk.now())

        if desk.config.demo or not await desk.gate(make):
            raise Refused(ProblemType.FORBIDDEN, "the setup code is wrong or was used")
        return _json({"account": account}, 201)

    @routes.post("/people", status_code=201, **describe("Add accounts (administrators)", "Passwords", body="People"))
    async def people(request: Request) -> Response:
        token, given = token_of(request), await fields(request)
        listed = given.get("people", [])
        if not isinstance(listed, list) or len(listed) > _PEOPLE_MAX:
            raise bad(f"people must be a list of at most {_PEOPLE_MAX}")

        def add() -> list[dict[str, str]]:
            signed = desk.admin(token)
            if desk.config.demo:
                raise Refused(ProblemType.FORBIDDEN, "a demo has the demo site's people")
            found = [identity.parse_person(value, desk.site) for value in listed]
            if given.get("from_site") is True:
                found += desk.site.people
            with desk.database.write() as link:
                return identity.add_people(link, found, signed.actor.id, desk.now())

        return _json({"made": await desk.gate(add)}, 201)

    return routes


def _json(value: Any, status: int) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json", headers={"Cache-Control": "no-store"})


def _epoch(database: Database) -> str:
    with database.read() as link:
        return feed.epoch(link)
