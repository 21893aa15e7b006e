"""Who waits for news, and how they hear of it. Lives on the server's event loop; `tell` may come from any thread.

Commits of this process are told at once; those of other processes are found by asking for the feed's end every
200 ms, and only while someone waits. Waiting holds no database connection and no worker thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .feed import Published


@dataclass(eq=False, slots=True)
class _Waiter:
    after: int
    keys: frozenset[int]
    heard: asyncio.Future[int]


class News:
    """The desks that wait. `look` gives the newest seq of each bucket since a seq, from the database."""

    def __init__(self, look: Callable[[int], Awaitable[dict[int, int]]], poll_seconds: float) -> None:
        self._look = look
        self._poll = poll_seconds
        self._waiters: set[_Waiter] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._someone = asyncio.Event()
        self._seen = 0
        self._latest: dict[int, int] = {}
        self.closed = False

    def __len__(self) -> int:
        return len(self._waiters)

    def open(self, head: int) -> None:
        """Starts the watch on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._seen = head
        self._task = self._loop.create_task(self._watch(), name="feed-watch")

    async def close(self) -> None:
        """Lets everyone go, for the server's end."""
        self.release()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def release(self) -> None:
        """Wakes all waiters for good; later ones do not wait at all."""
        self.closed = True
        for waiter in tuple(self._waiters):
            if not waiter.heard.done():
                waiter.heard.set_result(0)

    def tell(self, published: Published) -> None:
        """News of this process; safe from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, dict.fromkeys(published.keys, published.seq))

    async def wait(self, after: int, keys: frozenset[int], seconds: float) -> int:
        """Waits for news past `after` in one of the buckets; its seq, or 0 when the time is over."""
        if self.closed or seconds <= 0:
            return 0
        newest = max((self._latest.get(k, 0) for k in keys), default=0)
        if newest > after:  # committed after the page was read, and told before we came
            return newest
        waiter = _Waiter(after, keys, asyncio.get_running_loop().create_future())
        self._waiters.add(waiter)
        self._someone.set()
        try:
            return await asyncio.wait_for(waiter.heard, seconds)
        except TimeoutError:
            return 0
        finally:
            self._waiters.discard(waiter)

    def _wake(self, latest: dict[int, int]) -> None:
        for key, seq in latest.items():
            self._latest[key] = max(seq, self._latest.get(key, 0))
        for waiter in tuple(self._waiters):
            newest = max((latest[k] for k in waiter.keys & latest.keys()), default=0)
            if newest > waiter.after and not waiter.heard.done():
                waiter.heard.set_result(newest)

    async def _watch(self) -> None:
        while True:
            if not self._waiters:
                self._someone.clear()
                await self._someone.wait()
            latest = await self._look(self._seen)
            if latest:
                self._seen = max(self._seen, *latest.values())
                self._wake(latest)
            await asyncio.sleep(self._poll)
