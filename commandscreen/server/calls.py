"""The calls of the wire that carry the data: feed, stream, commands, snapshots, attachments, scope and meta."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from ..protocol.problem import ProblemType
from ..protocol.rows import WHOLE
from ..protocol.version import API, COMMANDS_MAX, PAGE_MAX, SCHEMA, SCHEMA_OLDEST, WAIT_MAX
from . import commands, feed
from .attachments import NAME, Found
from .database import Link
from .desk import Desk, body_of, check_schema, json_of, token_of, whole
from .problems import Refused, bad
from .scope import Scope
from .sessions import Signed
from .sitefile import SiteFile
from .wire import BYTES, describe

_STREAM_GAP, _STREAM_BEAT = 0.5, 15.0
# The outbox is accepted from two schema versions back (wire.md).
_COMMANDS_OLDEST = max(1, SCHEMA_OLDEST - 2)


def _json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


def router(desk: Desk, site_file: SiteFile) -> APIRouter:
    """The routes, bound to a server's desk."""
    routes = APIRouter(prefix=API)

    @routes.get("/meta", **describe("What this server is and speaks", "Meta"))
    async def meta(request: Request) -> Response:
        check_schema(request, 0)

        def read() -> dict[str, Any]:
            with desk.database.read() as link:
                return {"epoch": feed.epoch(link), "head": feed.head(link), "floor": feed.floor(link)}

        known = await desk.work(read)
        return _json({**known, "schema": SCHEMA, "schema_oldest": SCHEMA_OLDEST, "server_time": desk.config.clock(),
                      "site": site_file.meta, "demo": desk.config.demo})  # fmt: skip

    @routes.get("/scope", **describe("The buckets this person may see", "Scope"))
    async def scope(request: Request) -> Response:
        check_schema(request)
        signed = await desk.work(desk.signed, token_of(request))
        return _json({"buckets": signed.scope.buckets, "scope_id": signed.scope.id})

    @routes.get("/changes", **describe("A page of the change feed", "Page"))
    async def changes(request: Request) -> Response:
        check_schema(request)
        token = token_of(request)
        cursor = whole(request, "cursor", 0, 0, 2**63 - 1)
        limit = whole(request, "limit", PAGE_MAX, 1, PAGE_MAX)
        wait = whole(request, "wait", 0, 0, WAIT_MAX)
        epoch = request.query_params.get("epoch") or request.headers.get("x-epoch", "")
        scope_id = request.query_params.get("scope_id", "")

        def read(link: Link, signed: Signed) -> tuple[bytes, Signed, int, bool]:
            _settled(signed)
            desk.check_epoch(link, epoch)
            if scope_id and scope_id != signed.scope.id:
                raise Refused(ProblemType.SCOPE_CHANGED, "the scope is another one", scope_id=signed.scope.id,
                              buckets=signed.scope.buckets)  # fmt: skip
            page = feed.page(link, signed.scope, cursor, limit)
            page["server_time"] = desk.config.clock()
            return orjson.dumps(page), signed, page["cursor"], bool(page["items"] or page["more"])

        data, signed, at, full = await desk.work(desk.ask, token, read)
        if wait and not full and await desk.news.wait(at, signed.scope.keys, wait):
            data, *_ = await desk.work(desk.ask, token, read)
        return Response(data, media_type="application/json")

    @routes.get("/stream", **describe("Server-sent events: there is news up to seq", "Stream", "text/event-stream"))
    async def stream(request: Request) -> Response:
        check_schema(request)
        token = token_of(request)
        signed = await desk.work(desk.signed, token)

        async def events() -> AsyncIterator[bytes]:
            after = 0
            while not desk.news.closed:
                heard = await desk.news.wait(after, signed.scope.keys, _STREAM_BEAT)
                if not heard:
                    try:
                        await desk.work(desk.signed, token)
                    except Refused:
                        return
                    yield b": still here\n\n"
                    continue
                after = heard
                yield b'event: news\ndata: {"seq":%d}\n\n' % heard
                await asyncio.sleep(_STREAM_GAP)

        return StreamingResponse(events(), media_type="text/event-stream",
                                 headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})  # fmt: skip

    @routes.post("/commands", **describe("Up to 100 commands in order; an answer for each", "Results", body="Commands"))
    async def post_commands(request: Request) -> Response:
        check_schema(request, _COMMANDS_OLDEST)
        token = token_of(request)
        items = json_of(await body_of(request, desk.config.body_max, desk.config.body_seconds))
        if not isinstance(items, list) or not items:
            raise bad("a list of commands is needed")
        if len(items) > COMMANDS_MAX:
            raise Refused(ProblemType.TOO_LARGE, f"at most {COMMANDS_MAX} commands at a time")
        epoch = request.headers.get("x-epoch", "")

        def admit() -> Signed:
            signed = desk.signed(token)
            if epoch:
                with desk.database.read() as link:
                    desk.check_epoch(link, epoch)
            return signed

        def carry(signed: Signed) -> list[dict[str, Any]]:
            answers = []
            for item in items:
                outcome = commands.carry_out(desk.database, desk.site, signed.actor, signed.scope, item, desk.now())
                answers.append(outcome.answer)
                desk.metrics.command(outcome.answer["status"])
                if outcome.published is not None:
                    desk.news.tell(outcome.published)
            return answers

        def both() -> list[dict[str, Any]]:
            return carry(admit())

        return _json(await desk.work(both))

    @routes.get("/commands/{command_id}", **describe("What became of one command", "Result"))
    async def get_command(request: Request, command_id: str) -> Response:
        check_schema(request, _COMMANDS_OLDEST)

        def read(link: Link, signed: Signed) -> dict[str, Any] | None:
            _settled(signed)
            return commands.stored(link, signed.actor, command_id.lower())

        found = await desk.work(desk.ask, token_of(request), read)
        if found is None:
            raise Refused(ProblemType.NOT_FOUND, "no such command of yours")
        return _json(found)

    @routes.get("/snapshots/{bucket}", **describe("A bucket as an SQLite file", "File", BYTES))
    async def snapshot(request: Request, bucket: str) -> Response:
        check_schema(request)
        epoch = request.headers.get("x-epoch", "")

        def read(link: Link, signed: Signed) -> Scope:
            _settled(signed)
            desk.check_epoch(link, epoch)
            if bucket != WHOLE and bucket not in signed.scope.buckets:
                raise Refused(ProblemType.NOT_FOUND, "no such bucket in your scope")
            return signed.scope

        scope = await desk.work(desk.ask, token_of(request), read)
        if bucket == WHOLE:
            ready = await desk.whole(scope)
        else:
            ready = await desk.build(desk.snapshots.get, bucket, desk.now())
        headers = {"ETag": f'"{ready.sha256}"', "X-Seq": str(ready.seq), "X-Epoch": ready.epoch,
                   "X-Sha256": ready.sha256, "Cache-Control": "private, no-cache"}  # fmt: skip
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return FileResponse(ready.path, headers=headers, media_type="application/zstd")

    @routes.put("/attachments/{sha256}", status_code=201,
                **describe("Keeps a picture under its SHA-256", "Kept", body=BYTES))  # fmt: skip
    async def put_attachment(request: Request, sha256: str) -> Response:
        check_schema(request, _COMMANDS_OLDEST)
        signed = await desk.work(desk.signed, token_of(request))
        if not NAME.fullmatch(sha256):
            raise bad("the name is a SHA-256 in small hexadecimal digits")
        data = await body_of(request, desk.config.attachment_max, desk.config.body_seconds * 4)
        media = await desk.work(desk.attachments.keep, sha256, data, signed.actor.id, desk.now())
        return _json({"sha256": sha256, "media": media, "size": len(data)}, 201)

    @routes.get("/attachments/{sha256}", **describe("A picture, or the site's file", "File", BYTES))
    async def get_attachment(request: Request, sha256: str) -> Response:
        check_schema(request)
        token = token_of(request)
        if not NAME.fullmatch(sha256):
            raise bad("the name is a SHA-256 in small hexadecimal digits")
        headers = {"ETag": f'"{sha256}"', "Cache-Control": "private, max-age=31536000, immutable",
                   "X-Content-Type-Options": "nosniff", "X-Sha256": sha256}  # fmt: skip
        if sha256 == site_file.sha256 and site_file.path:
            await desk.work(desk.signed, token)
            return FileResponse(site_file.path, headers=headers, media_type="application/octet-stream")

        def read(link: Link, signed: Signed) -> Found:
            _settled(signed)
            return desk.attachments.find(link, sha256, signed.actor, signed.scope, desk.now())

        found = await desk.work(desk.ask, token, read)
        if found.masked:
            path = await desk.build(desk.attachments.masked, sha256)
            return FileResponse(path, headers={"X-Masked": "1", "Cache-Control": "private, no-cache",
                                               "X-Content-Type-Options": "nosniff"}, media_type="image/png")  # fmt: skip
        if found.private:
            headers["Cache-Control"] = "no-store"
        return FileResponse(found.path, headers=headers, media_type=found.media)

    return routes


def _settled(signed: Signed) -> None:
    if signed.account.must_change:
        raise Refused(ProblemType.FORBIDDEN, "set a password of your own first", reason="password-change-required")
