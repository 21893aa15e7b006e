"""The reader threads: read-only connections; of each kind of request only the newest is answered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

T = TypeVar("T")
Question = Callable[[Connection], Any]


class Readers:
    """`ask` is called from any thread; `question` runs on a reader, `done` or `failed` there too: they must only pass
    the answer on. A later request of the same kind replaces one that waits."""

    def __init__(self, engine: Engine, count: int = 2) -> None:
        self._engine = engine
        self._waiting: OrderedDict[str, tuple[Question, Callable[[Any], None], Callable[[Exception], None] | None]]
        self._waiting = OrderedDict()
        self._running: set[str] = set()
        self._changed = threading.Condition()
        self._stopped = self._paused = False
        self._open = 0
        self._threads = [threading.Thread(target=self._run, name=f"reader-{n}") for n in range(count)]
        for thread in self._threads:
            thread.start()

    def ask(self, kind: str, question: Callable[[Connection], T], done: Callable[[T], None],
            failed: Callable[[Exception], None] | None = None) -> None:  # fmt: skip
        """Puts a question; requests of one kind are answered one after the other, the newest wins."""
        with self._changed:
            self._waiting[kind] = (question, done, failed)
            self._changed.notify()

    def pause(self) -> None:
        """Waits for what is being answered and closes the connections: nobody reads until `resume`. What waits stays."""
        with self._changed:
            self._paused = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._open)

    def resume(self) -> None:
        """Reads again, from the file that is there now."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def stop(self) -> None:
        """Ends the threads; what waits is dropped."""
        with self._changed:
            self._stopped = True
            self._waiting.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _take(self) -> tuple[str, Question, Callable[[Any], None], Callable[[Exception], None] | None] | None:
        with self._changed:
            while not self._stopped and not self._paused:
                for kind in self._waiting:
                    if kind not in self._running:
                        question, done, failed = self._waiting.pop(kind)
                        self._running.add(kind)
                        return kind, question, done, failed
                self._changed.wait()
        return None

    def _run(self) -> None:
        while self._may_open():
            try:
                with self._engine.connect() as connection:
                    self._answer(connection)
            finally:
                with self._changed:
                    self._open -= 1
                    self._changed.notify_all()

    def _may_open(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or not self._paused)
            self._open += not self._stopped
            return not self._stopped

    def _answer(self, connection: Connection) -> None:
        while (taken := self._take()) is not None:
            kind, question, done, failed = taken
            try:
                answer = question(connection)
            except (DatabaseError, ValueError) as error:
                connection.rollback()
                if failed is not None:
                    failed(error)
            else:
                connection.rollback()  # ends the read transaction, so that the next one sees what is new
                done(answer)
            finally:
                with self._changed:
                    self._running.discard(kind)
                    self._changed.notify()
