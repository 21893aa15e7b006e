"""The server's application: routes, what surrounds every request, start and end."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .. import __version__
from ..domain.site import Site
from ..protocol.problem import Problem, ProblemType
from . import callers, calls, feed, looks, people, tallies
from .config import Config
from .desk import Desk
from .feed import Published
from .problems import Refused, answer
from .sitefile import SiteFile
from .sweep import sweep
from .watch import watch
from .wire import components

log = logging.getLogger("commandscreen.server")
_HOUR = 3600


def create_app(config: Config, site: Site) -> FastAPI:
    """The application of a site on a database. Migrations run when it starts."""
    desk = Desk(config, site)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        desk.news.open(await desk.work(_open, desk))
        keepers = [asyncio.create_task(_keep_house(desk), name="house-keeping"),
                   asyncio.create_task(_watch_clock(desk, sweep, desk.config.sweep_seconds), name="clock"),
                   asyncio.create_task(_watch_clock(desk, watch, desk.config.watch_seconds), name="alarms")]  # fmt: skip
        try:
            yield
        finally:
            for keeper in keepers:
                keeper.cancel()
            await asyncio.gather(*keepers, return_exceptions=True)
            await desk.news.close()
            await asyncio.to_thread(desk.close)

    app = FastAPI(title="commandscreen", version=__version__, docs_url=None, redoc_url=None, lifespan=life)
    app.state.desk = desk
    app.add_middleware(_Surround, desk=desk)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.include_router(calls.router(desk, SiteFile.of(site, config.site_file)))
    app.include_router(people.router(desk))
    app.include_router(looks.router(desk))
    app.include_router(callers.router(desk))

    @app.get("/healthz", include_in_schema=True, summary="Whether the server and its database answer")
    async def healthz() -> Response:
        def ask() -> str:
            with desk.database.read() as link:
                return feed.epoch(link)

        await desk.work(ask)
        return PlainTextResponse("ok\n")

    @app.get("/metrics", summary="Counters for Prometheus")
    async def metrics() -> Response:
        def ask() -> int:
            with desk.database.read() as link:
                return feed.head(link)

        gauges = {"feed_head": float(await desk.work(ask)), "waiting_desks": float(len(desk.news))}
        return PlainTextResponse(desk.metrics.text(gauges), media_type="text/plain; version=0.0.4")

    plain = app.openapi

    def described() -> dict[str, object]:
        document = plain()
        document["components"] = components()
        for path in document["paths"].values():
            for call in path.values():
                call["responses"].pop("422", None)  # FastAPI's own; ours are problem documents
        return document

    app.openapi = described  # type: ignore[method-assign]
    return app


def _open(desk: Desk) -> int:
    desk.database.migrate()
    with desk.database.write() as link:
        tallies.ensure(link, desk.site)
        return feed.head(link)


async def _keep_house(desk: Desk) -> None:
    def compact() -> None:
        with desk.database.write() as link:
            feed.compact(link, desk.now(), desk.config.tombstone_days * 86400)

    while True:
        try:
            await desk.work(compact)
        except Refused:
            log.warning("compaction left for later")
        await asyncio.sleep(_HOUR)


async def _watch_clock(desk: Desk, look: Callable[..., list[Published]], seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            for published in await desk.work(look, desk.database, desk.site, desk.now()):
                desk.news.tell(published)
        except Exception as error:  # the next sweep finds what this one left
            log.warning("sweep left for later: %s", type(error).__name__)


def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    return answer(error.problem, error.retry_after)


def _http(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return answer(Problem(ProblemType.NOT_FOUND, "no such address"))
    headers = error.headers if isinstance(error, HTTPException) else None
    return answer(Problem(ProblemType.BAD_REQUEST, "not possible at this address"), status=status, headers=headers)


class _Surround:
    """Round every request: an id, the clock, one log line without personal data, and a problem instead of a crash."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name, began, status = secrets.token_hex(6), time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", name.encode())]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            # Only the kind of error: its text may hold what people wrote.
            log.exception("request %s failed: %s", name, type(error).__name__)
            if not status:
                status = 500
                failure = answer(Problem(ProblemType.INTERNAL, "the server failed", {"request_id": name}))
                await failure(scope, receive, sending)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            seconds = time.perf_counter() - began
            self._desk.metrics.request(scope["method"], route, status, seconds)
            log.info(
                "request=%s method=%s route=%s status=%d ms=%.1f", name, scope["method"], route, status, seconds * 1000
            )
