"""A TCP proxy on loopback with faults: cut in mid-body, half-open, slow, byte by byte. Its own loop on its own thread."""

from __future__ import annotations

import asyncio
import random
import threading
from contextlib import suppress

KINDS = ("cut request", "cut answer", "half-open", "slow", "loris", "refused")


class Proxy:
    """Passes bytes on to a port. `fault` is what happens to the connections opened, and the bytes sent, from now on."""

    def __init__(self, port: int, seed: int) -> None:
        self._target, self._rng = port, random.Random(seed)
        self.fault = ""
        self.cuts = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="proxy")
        self._thread.start()
        self._ready.wait(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._pairs: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

        async def start() -> None:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
            self.port = self._server.sockets[0].getsockname()[1]
            self._ready.set()

        self._loop.run_until_complete(start())
        self._loop.run_forever()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def close(self) -> None:
        """Ends every connection and the thread."""

        async def end() -> None:
            self._server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            for writer in self._pairs:
                writer.transport.abort()
            await asyncio.sleep(0)
            self._loop.stop()

        asyncio.run_coroutine_threadsafe(end(), self._loop)
        self._thread.join(10)

    def heal(self) -> None:
        """No faults from now on; connections that are stuck stay stuck, as those through a dead router do."""
        self.fault = ""

    def drop(self) -> None:
        """Ends every connection that is open, as a server does that goes down."""

        def end() -> None:
            for writer in self._pairs:
                writer.transport.abort()
            self._pairs.clear()

        self._loop.call_soon_threadsafe(end)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._pairs.add(writer)
        if self.fault == "refused":
            self.cuts += 1
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._pairs.add(back)
        for source, target, way in ((reader, back, "request"), (there, writer, "answer")):
            task = asyncio.ensure_future(self._pass(source, target, way, (writer, back)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: str,
                    both: tuple[asyncio.StreamWriter, ...]) -> None:  # fmt: skip
        with suppress(ConnectionError, OSError):
            while data := await source.read(1 << 14):
                fault = self.fault
                if fault == f"cut {way}":
                    self.cuts += 1
                    target.write(data[: self._rng.randrange(len(data))])
                    with suppress(ConnectionError):
                        await target.drain()
                    for writer in both:
                        writer.transport.abort()
                    return
                if fault == "half-open" and way == "answer":
                    self.cuts += 1
                    return  # swallowed; neither side hears of an end
                if fault == "slow":
                    await asyncio.sleep(self._rng.uniform(0.0, 0.1))
                if fault == "loris":
                    for byte in data[:60]:
                        if self.fault != "loris":
                            break
                        target.write(bytes((byte,)))
                        await asyncio.sleep(0.01)
                        data = data[1:]
                target.write(data)
                await target.drain()
        for writer in both:
            with suppress(ConnectionError, RuntimeError):
                writer.close()
