"""What every call goes through: bodies with a cap, the session, the schema and epoch, a worker for its SQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import orjson
from starlette.requests import ClientDisconnect, Request

from ..domain.person import Role
from ..domain.site import Site
from ..protocol.problem import ProblemType
from ..protocol.version import SCHEMA, SCHEMA_HEADER, SCHEMA_OLDEST
from . import feed
from .attachments import Attachments
from .config import Config
from .database import Database, Link, transient
from .identity import AccountDirectory, DemoDirectory, Directory
from .metrics import Metrics
from .news import News
from .problems import Refused, bad
from .scope import Scope
from .sessions import Sessions, Signed
from .snapshots import Snapshot, Snapshots

T = TypeVar("T")
_MAKING_SECONDS = 20.0


class Desk:
    """Everything the routes need, made once. Routes run on the event loop and send their SQL to `work`."""

    def __init__(self, config: Config, site: Site) -> None:
        self.config = config
        self.site = site
        self.database = Database(config.database, config.workers)
        self.directory: Directory = DemoDirectory(site) if config.demo else AccountDirectory()
        self.sessions = Sessions(self.database, self.directory, site, config.session_seconds)
        self.attachments = Attachments(self.database, config.folder / "attachments")
        self.snapshots = Snapshots(
            self.database, config.folder / "snapshots", config.snapshot_changes, config.snapshot_seconds
        )
        self.metrics = Metrics()
        self.news = News(self._look, config.poll_seconds)
        self._workers = ThreadPoolExecutor(config.workers, "server-sql")
        # argon2 takes 19 MiB and 84 ms a time: two at once, so that a flood of sign-ins starves nobody else.
        self._gate = ThreadPoolExecutor(2, "server-sign-in")
        # A snapshot may take seconds; it must not hold the workers that answer everyone else.
        self._builders = ThreadPoolExecutor(2, "server-snapshot")
        self._waiting = 0
        self._making: dict[str, asyncio.Future[Snapshot]] = {}

    def now(self) -> int:
        """UTC seconds."""
        return int(self.config.clock())

    async def work(self, task: Callable[..., T], *values: Any) -> T:
        """Runs a task that asks the database. Raises Refused (unavailable) where too many wait already."""
        return await self._run(self._workers, task, *values)

    async def gate(self, task: Callable[..., T], *values: Any) -> T:
        """Runs a task that checks or makes a password."""
        return await self._run(self._gate, task, *values)

    async def build(self, task: Callable[..., T], *values: Any) -> T:
        """Runs a task that may take seconds."""
        return await self._run(self._builders, task, *values)

    async def whole(self, scope: Scope) -> Snapshot:
        """A scope's file. Raises Refused (unavailable) while it is being made: a city takes minutes."""
        making = self._making.get(scope.id)
        if making is None or making.done():
            loop = asyncio.get_running_loop()
            making = loop.run_in_executor(self._builders, self.snapshots.whole, scope, self.now())
            self._making[scope.id] = making
        await asyncio.wait({making}, timeout=_MAKING_SECONDS)
        if not making.done():
            raise Refused(ProblemType.UNAVAILABLE, "the snapshot is being made", retry_after=1, reason="in-the-making")
        self._making.pop(scope.id, None)
        try:
            return making.result()
        except Exception as error:
            if transient(error):
                raise Refused(ProblemType.UNAVAILABLE, "the database is not available", retry_after=2) from error
            raise

    async def _run(self, pool: ThreadPoolExecutor, task: Callable[..., T], *values: Any) -> T:
        if self._waiting >= self.config.waiting_max:
            raise Refused(ProblemType.UNAVAILABLE, "too many requests at once", retry_after=1)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, task, *values)
        except Refused:
            raise
        except Exception as error:
            if transient(error):
                raise Refused(ProblemType.UNAVAILABLE, "the database is not available", retry_after=2) from error
            raise
        finally:
            self._waiting -= 1

    async def _look(self, since: int) -> dict[int, int]:
        def look() -> dict[int, int]:
            with self.database.read() as link:
                sql = "SELECT bucket, max(seq) FROM bucket_changes WHERE seq > ? GROUP BY bucket"
                return {row[0]: row[1] for row in link.all(sql, (since,))}

        try:
            return await self.work(look)
        except Refused:
            return {}  # the database is away: those who wait go on waiting, their own call will say so

    def ask(self, token: str, task: Callable[[Link, Signed], T]) -> T:
        """On a worker: checks the session and runs a reading task in the same transaction."""
        now = self.now()
        with self.database.read() as link:
            signed, slide = self.sessions.check(link, token, now)
            answer = task(link, signed)
        if slide:
            self.sessions.slide(signed, now)
        return answer

    def signed(self, token: str) -> Signed:
        """On a worker: who a token belongs to. Raises Refused; people with a one-time password get in nowhere else."""
        signed = self.ask(token, lambda _link, signed: signed)
        if signed.account.must_change:
            raise Refused(ProblemType.FORBIDDEN, "set a password of your own first", reason="password-change-required")
        return signed

    def admin(self, token: str) -> Signed:
        """On a worker: the same, for administrators only."""
        signed = self.signed(token)
        if Role.ADMIN not in signed.actor.roles:
            raise Refused(ProblemType.FORBIDDEN, "administrators only")
        return signed

    def check_epoch(self, link: Link, given: str) -> None:
        """Refuses a caller that knows another life of the data."""
        if given and given != feed.epoch(link):
            raise Refused(ProblemType.EPOCH_CHANGED, "the data began a new life", epoch=feed.epoch(link))

    def close(self) -> None:
        """Lets go of threads and connections."""
        for pool in (self._gate, self._builders, self._workers):
            pool.shutdown(wait=True, cancel_futures=True)
        self.database.close()


def token_of(request: Request) -> str:
    """The bearer token of a request. Raises Refused (unauthenticated)."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not 0 < len(token) <= 200:
        raise Refused(ProblemType.UNAUTHENTICATED, "a bearer token is needed")
    return token


def check_schema(request: Request, oldest: int = SCHEMA_OLDEST) -> None:
    """Refuses a caller whose schema is too old; one that names none is taken as current."""
    text = request.headers.get(SCHEMA_HEADER, str(SCHEMA))
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise bad(f"{SCHEMA_HEADER} must be a number")
    if int(text) < oldest:
        raise Refused(ProblemType.UPGRADE_REQUIRED, "this program is too old", oldest=oldest, newest=SCHEMA)


async def body_of(request: Request, most: int, seconds: float) -> bytes:
    """The body, read with a cap on size and time. Raises Refused (too-large, bad-request)."""
    told = request.headers.get("content-length", "0")
    if not told.isascii() or not told.isdigit() or int(told) > most:
        raise Refused(ProblemType.TOO_LARGE, f"at most {most} bytes")
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                size += len(piece)
                if size > most:
                    raise Refused(ProblemType.TOO_LARGE, f"at most {most} bytes")
                pieces.append(piece)
    except (TimeoutError, ClientDisconnect):
        raise bad("the body did not arrive in time") from None
    return b"".join(pieces)


def json_of(data: bytes) -> Any:
    """The JSON of a body. Raises Refused: not JSON, NaN, lone surrogates, nested too deep."""
    try:
        return orjson.loads(data)
    except (orjson.JSONDecodeError, RecursionError):
        raise bad("the body is not JSON") from None


def whole(request: Request, name: str, default: int, low: int, high: int) -> int:
    """A whole number of the query. Raises Refused outside low to high."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 19 or not low <= int(text) <= high:
        raise bad(f"{name} must be a whole number from {low} to {high}")
    return int(text)
