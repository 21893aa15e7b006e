"""One step of synchronisation: load what is missing, push the outbox, then pull a page. No thread, no sleep."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from sqlalchemy import Connection

from ..domain.decide import Command
from ..protocol.problem import ProblemType
from ..protocol.version import PAGE_MAX
from ..store import apply, schema, search
from ..store.delta import Delta
from ..store.names import makes_a_case
from ..store.outbox import BATCH, Fate, Outbox
from ..store.replica import Replica, explained
from .ear import Ear
from .page import Page, read_names, read_page, read_results, read_scope, wire
from .status import ProtocolError, Refused
from .whole import Whole

_ADDRESS = re.compile(r"[0-9a-f]{64}")
_BAD_PICTURE = frozenset({ProblemType.BAD_REQUEST, ProblemType.UNSUPPORTED_MEDIA, ProblemType.TOO_LARGE})
DELETE_SHARE, DELETE_MAX = 0.2, 1_000
ECHO_SECONDS = 0.3  # how long an open poll may take to bring what a command of ours has changed
LARGE_SCOPE = 24
PUSH_SECONDS = 5.0  # a long queue goes out in batches for so long before the next look at the feed


class Server(Protocol):
    """The calls the engine needs; tests put a server with faults in its place."""

    def json(self, method: str, path: str, query: Any = None, body: object = None, wait: float = 0.0) -> dict[str, Any]:
        """A JSON call."""

    def commands(self, items: Sequence[Mapping[str, Any]], epoch: str) -> list[Any]:
        """Sends commands; an answer for each."""

    def snapshot(self, bucket: str, folder: Path) -> tuple[Path, int, str]:
        """A bucket's snapshot file, seq and epoch."""

    def keep(self, sha256: str, data: bytes) -> None:
        """Hands in a picture."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step did. `level` says that nothing more was waiting; `loaded` and `total` count buckets."""

    level: bool
    server_time: float = 0.0
    rows: int = 0
    repaired: tuple[str, ...] = ()
    loaded: int = 0
    total: int = 0


class Engine:
    """Keeps a replica level with a server. Used from one thread, but for `stir`; `wait` is how long a long poll may take.

    With an `ear` a step that waits for news ends as soon as it is stirred, and its poll stays open.
    Errors of the wire (ApiError) and of the disk (ReplicaError) come out; the replica is whole whenever they do.
    """

    def __init__(self, replica: Replica, server: Server, folder: Path, whole: Whole | None = None,
                 ear: Ear | None = None) -> None:  # fmt: skip
        self._whole = whole
        self._ear = ear
        self._replica = replica
        self._server = server
        self._folder = folder
        self._long = 0.0  # how long a poll of the step under way may stay open
        self._indexing = True  # until a look says that nothing is missing
        self._scrubbing = True  # a step may have been cut off between the leaving of rows and this

    def step(self, wait: float = 0.0) -> Outcome:
        """Loads a missing bucket, or pushes what may leave and pulls one page."""
        missing: tuple[str, ...] = ()
        fetching = False
        try:
            missing = self._missing()
            fetching = self._fetching(missing)
            if missing and not fetching:
                return self._load(missing)
            self._long = wait
            left = self._push(wait)
            if fetching:
                return self._load_whole(missing)
            outcome = self._pull(0.0 if self._indexing else left)
            if self._scrubbing and outcome.level:
                self._scrubbing = not self._replica.scrub()
            if outcome.level:
                self._index_some()
            return outcome
        except Refused as refused:
            kind = refused.problem.type
            if kind in (ProblemType.EPOCH_CHANGED, ProblemType.CURSOR_EXPIRED):
                self._start_anew()
            elif kind is ProblemType.SCOPE_CHANGED:
                self._rescope()
            elif fetching and refused.problem.extra.get("reason") == "in-the-making":
                return Outcome(False, total=len(missing))
            elif fetching and self._whole is not None and not self._whole.usable:
                return Outcome(False, total=len(missing))  # bucket by bucket, from the next step on
            elif kind is ProblemType.NOT_FOUND and missing:
                # The bucket left our scope before it was loaded; where it did not, the refusal stands.
                self._rescope()
                if self._missing()[:1] == missing[:1]:
                    raise
            else:
                if kind is ProblemType.UPGRADE_REQUIRED and (missing or not self._fact("epoch")):
                    self._push(0.0)  # an old program may read nothing more, but what its person did still counts
                raise
            return Outcome(False)
        except OSError as error:  # a snapshot or picture on its way through a folder of ours
            raise explained(error) from error

    def _push(self, wait: float) -> float:
        """Sends the commands that may leave, in order, batch by batch for a while; gives how long the pull after it may
        wait. One pull after several batches lays the cases they share again once, not once for each."""
        until, sent = time.monotonic() + PUSH_SECONDS, False
        while True:
            ready, soon = self._replica.look_into_outbox(lambda box: (box.ready(time.time()), box.next_at(time.time())))
            if not ready:
                return 0.0 if sent else wait if soon is None else min(wait, max(0.0, soon))
            whole, sent = self._push_some(ready), True
            if not whole or len(ready) < BATCH or time.monotonic() > until:
                return 0.0

    def _push_some(self, ready: Sequence[Command]) -> bool:
        """Sends a batch; whether each was answered. What was not goes again after a pause of its own, and stops nothing."""
        told, made = {}, {}
        for command in ready:
            problem = self._hand_in(command)
            if problem:
                told[command.id] = (Fate.REFUSED, 0, "bad-photo", problem, 0)
        going = [command for command in ready if command.id not in told]
        if going:
            answers = self._send(going, self._fact("epoch"))
            told |= read_results(answers, frozenset(command.id for command in going))
            made = read_names(answers, frozenset(command.id for command in going if makes_a_case(command)))
        final = {name: answer for name, answer in told.items() if answer[0] is not Fate.WAITING}
        open_ = [command.id for command in ready if command.id not in final]

        def keep(box: Outbox) -> None:
            box.answers(final, made)
            if open_:
                box.unanswered(open_, time.time())

        self._replica.commanding(keep).result()
        return not open_

    def _hand_in(self, command: Command) -> str:
        """Uploads the command's own pictures before it leaves; why the server will not have one, or an empty text."""
        for address in photos_of(command):
            path = self._replica.own_photo(address)
            if path.exists():
                try:
                    self._server.keep(address, path.read_bytes())
                except Refused as refused:
                    if refused.problem.type not in _BAD_PICTURE:
                        raise  # the server is busy, or wants to know who this is: the picture is not at fault
                    return refused.problem.detail or refused.problem.type.value
        return ""

    def _send(self, ready: Sequence[Command], epoch: str) -> list[Any]:
        """The answers to some commands. A batch refused as a whole is halved until the one at fault stands alone: it
        must neither be lost nor hold up the others."""
        try:
            return self._server.commands([wire(command) for command in ready], epoch)
        except Refused as refused:
            if refused.problem.type not in (ProblemType.TOO_LARGE, ProblemType.BAD_REQUEST):
                raise
            if len(ready) > 1:
                half = len(ready) // 2
                return [*self._send(ready[:half], epoch), *self._send(ready[half:], epoch)]
            problem = {"reason": "bad-argument", "detail": refused.problem.detail}
            return [{"id": ready[0].id, "status": "rejected", "problem": problem}]

    def _index_some(self) -> None:
        """A large replica gets its word index bit by bit between pages, so that the feed never waits for it."""

        def change(connection: Connection) -> tuple[bool, Delta]:
            return (search.wanted(connection) and not search.build_some(connection)), Delta()

        if self._indexing:
            self._indexing = self._replica.write(change).result()

    def _fact(self, name: str) -> str:
        return self._replica.write(lambda c: (apply.fact(c, name), Delta())).result()

    def _missing(self) -> tuple[str, ...]:
        waiting = self._fact("missing")
        if waiting:
            return tuple(waiting.split(" "))
        if not self._fact("epoch"):
            self._start_anew()
            return tuple(self._fact("missing").split(" "))
        return ()

    def _start_anew(self) -> None:
        """Drops every row and lists all buckets of the scope as missing. Where the server's data began a new life,
        what the old one acknowledged is offered again first."""
        meta = self._server.json("GET", "/meta")
        scope = self._server.json("GET", "/scope")
        buckets, scope_id, epoch = read_scope(scope), str(scope.get("scope_id", "")), str(meta.get("epoch", ""))
        if not epoch:
            raise ProtocolError("no epoch")
        known = self._fact("epoch")
        self._replica.commanding(lambda box: box.live_in(epoch, known)).result()

        whole = self._whole is not None and self._whole.usable and len(buckets) > LARGE_SCOPE

        def change(connection: Connection) -> tuple[None, Delta]:
            # A file of all of it will take this one's place; until then its rows are shown, with their age.
            delta = Delta() if whole else self._emptied(connection, buckets)
            apply.remember(connection, epoch=epoch, scope_id=scope_id, missing=" ".join(buckets), lowest="",
                           whole="1" if whole else "")  # fmt: skip
            return None, delta

        self._replica.write_rows(change).result()
        self._scrubbing = not self._replica.scrub()

    @staticmethod
    def _emptied(connection: Connection, buckets: Sequence[str]) -> Delta:
        delta = apply.empty(connection, buckets)
        if len(buckets) > LARGE_SCOPE:
            schema.drop_indexes(connection)
        return delta

    def _fetching(self, missing: Sequence[str]) -> bool:
        """Whether all of the scope comes as one file. Where that turned out not to be possible, begins by buckets."""
        if not missing or self._fact("whole") != "1":
            return False
        if self._whole is not None and self._whole.usable:
            return True

        def change(connection: Connection) -> tuple[None, Delta]:
            delta = self._emptied(connection, missing)
            apply.remember(connection, whole="")
            return None, delta

        self._replica.write_rows(change).result()
        return False

    def _load_whole(self, missing: tuple[str, ...]) -> Outcome:
        """Looks after the process that fetches the scope; puts its file in the replica's place once it is complete."""
        if self._whole is None:
            raise RuntimeError("no process to fetch with")
        path = self._whole.step(self._fact("epoch"), self._fact("scope_id"), missing)
        if path is None:
            return Outcome(False, loaded=int(self._whole.share * len(missing)), total=len(missing))
        self._replica.swap(path).result()
        self._indexing = True
        return Outcome(False, loaded=len(missing), total=len(missing))

    def stir(self) -> None:
        """Ends a step's waiting for news: something may leave. From any thread."""
        if self._ear is not None:
            self._ear.stir()

    def close(self) -> None:
        """Ends what it started."""
        if self._whole is not None:
            self._whole.close()
        if self._ear is not None:
            self._ear.close()

    def _rescope(self) -> None:
        """Purges what left the scope in one transaction and lists what came as missing."""
        scope = self._server.json("GET", "/scope")
        buckets, scope_id = read_scope(scope), str(scope.get("scope_id", ""))

        def change(connection: Connection) -> tuple[None, Delta]:
            waiting = apply.fact(connection, "missing").split()
            held = apply.bucket_names(connection) - set(waiting)
            delta = apply.purge(connection, buckets)
            came = [b for b in buckets if b not in held]
            lowest = apply.fact(connection, "lowest" if waiting else "cursor") if came else ""
            begun = apply.fact(connection, "lowest")
            apply.remember(connection, scope_id=scope_id, missing=" ".join(came), lowest=lowest)
            if begun and not came:  # all that was still to load left: what came by older snapshots is caught up with
                schema.make_indexes(connection)
                apply.remember(connection, cursor=begun)
            return None, delta

        self._replica.write_rows(change).result()
        self._scrubbing = not self._replica.scrub()

    def _load(self, missing: tuple[str, ...]) -> Outcome:
        """Takes one bucket's snapshot; the cursor becomes the lowest seq of all of them."""
        bucket = missing[0]
        with TemporaryDirectory(dir=self._folder) as folder:
            path, seq, epoch = self._server.snapshot(bucket, Path(folder))
            if epoch != self._fact("epoch"):
                self._start_anew()
                return Outcome(False)

            self._replica.bulk(lambda c: apply.attach(c, path))
            try:

                def change(connection: Connection) -> tuple[int, Delta]:
                    count = apply.take_snapshot(connection)
                    lowest = min(int(apply.fact(connection, "lowest") or seq), seq)
                    left = missing[1:]
                    apply.remember(connection, missing=" ".join(left), lowest=lowest)
                    if not left:
                        schema.make_indexes(connection)
                        apply.recount(connection)
                        apply.remember(connection, cursor=lowest, lowest="")
                    # A large load would keep every reader busy; it is shown when it is whole.
                    return count, Delta(everything=not left or len(missing) <= LARGE_SCOPE)

                count = self._replica.write_rows(change).result()
                self._indexing = True
            except apply.SnapshotError as error:
                raise ProtocolError(str(error)) from error
            finally:
                self._replica.bulk(apply.detach)
        total = len(self._buckets())
        return Outcome(False, rows=count, loaded=total - len(missing) + 1, total=total)

    def _buckets(self) -> frozenset[str]:
        return self._replica.write(lambda c: (apply.bucket_names(c), Delta())).result()

    def _hear(self, query: dict[str, Any], wait: float) -> dict[str, Any] | None:
        """A page of the feed. By the ear where there is one and the desk is level: then None where nothing has come
        within `wait`, or something may leave."""
        if self._ear is None or self._indexing or not self._long:
            if self._ear is not None:
                self._ear.drop()
            return self._server.json("GET", "/changes", {**query, "wait": int(wait)}, wait=wait)
        poll = {**query, "wait": int(self._long)}
        if wait:
            return self._ear.listen(poll, self._long, wait)
        told = self._ear.listen(poll, self._long, ECHO_SECONDS) if self._ear.listening else None
        return told or self._server.json("GET", "/changes", {**query, "wait": 0})

    def _pull(self, wait: float) -> Outcome:
        epoch, scope_id, cursor = self._fact("epoch"), self._fact("scope_id"), int(self._fact("cursor") or 0)
        document = self._hear({"cursor": cursor, "limit": PAGE_MAX, "epoch": epoch, "scope_id": scope_id}, wait)
        if document is None:
            return Outcome(False)
        page = read_page(document)
        if self._ear is not None and page.cursor < cursor:
            return Outcome(False)  # the open poll was answered before what we have asked for since
        if page.epoch != epoch or page.scope_id != scope_id or page.cursor < cursor:
            raise ProtocolError("a page of another epoch, scope or time")
        if self._too_many_deletes(page):
            # Invariant 11: a page that would empty the desk is not believed; snapshots say what is there.
            self._start_anew()
            return Outcome(False)

        def change(connection: Connection) -> tuple[tuple[str, ...], Delta]:
            digests, delta = apply.apply_page(connection, page.puts, page.gone, page.cursor, page.server_time)
            unlike = digests.unlike(page.digest) if page.digest is not None and not page.more else ()
            if not unlike and not page.more:
                apply.remember(connection, data_at=page.server_time)
            return unlike, delta

        def rebuild(connection: Connection) -> tuple[None, Delta]:
            apply.remember(connection, missing=" ".join(unlike), lowest=page.cursor)
            delta = Delta()
            for name in unlike:
                delta = delta | apply.forget_bucket(connection, name)
            return None, delta

        unlike = self._replica.write_rows(change, page.rows).result()
        if unlike:  # should this be cut off here, the next page's digest says the same again
            self._replica.write_rows(rebuild).result()
        self._scrubbing = self._scrubbing or bool(page.gone)
        return Outcome(not page.more and not unlike, page.server_time, len(page.puts) + len(page.gone), unlike)

    def _too_many_deletes(self, page: Page) -> bool:
        if len(page.gone) < 20 or page.digest is not None:
            return False
        held = self._replica.write(
            lambda c: (int(c.exec_driver_sql("SELECT count(*) FROM cases").scalar_one()), Delta())
        ).result()
        return len(page.gone) > DELETE_MAX or len(page.gone) > held * DELETE_SHARE


def photos_of(command: Command) -> tuple[str, ...]:
    """The addresses of a command's pictures."""
    given = command.args.get("photos", ())
    return (
        tuple(p for p in given if isinstance(p, str) and _ADDRESS.fullmatch(p))
        if isinstance(given, list | tuple)
        else ()
    )
