"""Everything that lives between sign-in and sign-out: replica, sync thread, calls for photos. Qt-free.

`begin` runs on a thread of its own and reports through the callbacks, which are called on that thread.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .domain.decide import Command
from .domain.person import Actor, Role
from .domain.site import Site
from .protocol import bundle
from .store import apply
from .store.delta import Delta
from .store.outbox import Entry, Outbox
from .store.replica import Replica, ReplicaError
from .sync.api import Api, Session
from .sync.ear import Ear
from .sync.engine import Engine
from .sync.loop import Loop
from .sync.pictures import PictureCache
from .sync.status import ApiError, Offline, ProtocolError, SyncStatus
from .sync.whole import Whole


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits here and on what data: the site, the person, their post, and the replica to read from."""

    site: Site
    actor: Actor
    post: str
    replica: Replica


class Client:
    """One signed-in desk. `seated(Seat)` as soon as something can be shown, from the replica alone if need be."""

    def __init__(self, folder: Path, url: str, ca: Path | None, heard: Callable[[Delta], None],
                 told: Callable[[SyncStatus], None], seated: Callable[[Seat], None],
                 sent: Callable[[Sequence[Entry]], None] = lambda _: None) -> None:  # fmt: skip
        self.folder = folder / hashlib.sha256(url.encode()).hexdigest()[:12]
        self.url, self._ca = url, ca
        self._heard, self._told, self._seated, self._sent = heard, told, seated, sent
        self.account = ""
        self._replica: Replica | None = None
        self._loop: Loop | None = None
        self._photos = ThreadPoolExecutor(1, "photos")
        self._files = ThreadPoolExecutor(1, "photos-files")  # never waits for the network
        self._photo_api: Api | None = None
        self._cache = PictureCache(self.folder)
        self._lock = threading.Lock()
        self._closed = False

    def known_accounts(self) -> list[str]:
        """Accounts that have a replica here."""
        return (
            sorted(p.name for p in self.folder.glob("*") if (p / "seat.json").exists()) if self.folder.exists() else []
        )

    def sit_offline(self, account: str) -> bool:
        """Opens the replica of an account without any server; False where there is none. Raises ReplicaError."""
        home = self.folder / account
        try:
            seat = json.loads((home / "seat.json").read_text("utf-8"))
            actor = Actor(int(seat["id"]), str(seat["name"]), frozenset(Role(r) for r in seat["roles"]), int(seat["area"]),
                          int(seat["unit"]))  # fmt: skip
            site = bundle.decode((self.folder / f"site-{seat['site']}.site").read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return False
        self.account = account
        self._sit(home, site, actor, str(seat["post"]))
        return True

    def sign_in(self, account: str, password: str) -> Session:
        """Signs in, fetches the site if it is new, and starts to synchronise. Raises ApiError, ReplicaError.

        Again after a session has ended, it goes on with the same replica and outbox, and only for the same account.
        """
        if self._replica is not None and account != self.account:
            raise ReplicaError("replica-busy", "another account sits here")
        api = Api(self.url, self._ca)
        session = api.sign_in(account, password)
        meta = api.json("GET", "/meta")
        told = meta.get("site")
        sha = str(told.get("sha256", "")) if isinstance(told, dict) else ""
        if len(sha) != 64 or not set(sha) <= set("0123456789abcdef"):
            raise ProtocolError("meta without a site")
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = self.folder / f"site-{sha}.site"
        data = kept.read_bytes() if kept.exists() else b""
        if bundle.digest(data) != sha:
            data = api.attachment(sha)
            draft = kept.with_suffix(".new")
            draft.write_bytes(data)
            draft.replace(kept)
        home = self.folder / _safe(account)
        self.account = account
        if self._replica is None:
            self._sit(home, bundle.decode(data), session.actor, session.post)
        self._remember(home, session, sha)
        self._synchronise(api)
        return session

    def _sit(self, home: Path, site: Site, actor: Actor, post: str) -> None:
        replica = Replica(home, self._heard)
        replica.told = self._sent
        replica.stand(site, actor).result()
        with self._lock:
            self._replica = replica
        self.behind(lambda: self._sweep(replica))
        self._seated(Seat(site, actor, post, replica))

    def _remember(self, home: Path, session: Session, sha: str) -> None:
        actor = session.actor
        seat = {"id": actor.id, "name": actor.name, "roles": sorted(actor.roles), "area": actor.area, "unit": actor.unit,
                "post": session.post, "site": sha}  # fmt: skip
        draft = home / "seat.new"
        draft.write_text(json.dumps(seat, ensure_ascii=False), "utf-8")
        draft.replace(home / "seat.json")

    def _synchronise(self, api: Api) -> None:
        replica = self._replica
        if replica is None:
            raise RuntimeError("no replica to synchronise")
        self._photo_api = Api(self.url, self._ca, api.token)
        data_at = float(replica.write(lambda c: (apply.fact(c, "data_at", "0"), Delta())).result())
        with self._lock:
            ended, self._loop = self._loop, None
        if ended is not None:
            ended.stop()
        with self._lock:
            if self._closed:
                return
            whole = Whole(self.url, self._ca, api.token, replica.path.parent)
            ear = Ear(Api(self.url, self._ca, api.token))
            engine = Engine(replica, api, replica.path.parent, whole, ear)
            self._loop = Loop(engine, self._told, SyncStatus(data_at=data_at))
            self._loop.start()

    def command(self, command: Command, undo: float, failed: Callable[[str], None]) -> None:
        """Puts a command into the outbox; `failed(code)` on the writer thread where the disk refuses it."""
        replica = self._replica
        if replica is None:
            failed("replica")
            return

        def kept(done: Future[None]) -> None:
            _report(done.exception(), failed)
            self._stir()

        replica.command(command, undo).add_done_callback(kept)

    def _stir(self) -> None:
        """The outbox changed: the sync thread looks at it at once, in the middle of a long poll too."""
        loop = self._loop
        if loop is not None:
            loop.stir()

    def undo(self, command_ids: Sequence[str]) -> None:
        """Takes back those of the commands that have not left yet."""
        self._box(lambda box: box.take_back(command_ids, time.time()))

    def dismiss(self, command_ids: Sequence[str]) -> None:
        """Takes refused commands a person has looked at out of the tray."""
        self._box(lambda box: box.dismiss(command_ids))

    def list_commands(self) -> None:
        """Has the outbox told anew, as after a change of the screen."""
        if self._replica is not None and not self._closed:
            self._replica.tell_outbox()

    def _box(self, act: Callable[[Outbox], object]) -> None:
        if self._replica is not None and not self._closed:
            self._replica.commanding(act)

    def wake(self) -> None:
        """Tries the server again now."""
        if self._loop is not None:
            self._loop.wake()

    def photo(self, address: str, done: Callable[[bytes], None]) -> None:
        """Fetches a photo, or takes it from the cache; `done` is called on a thread of its own, empty where it failed."""

        if not self._closed:
            self._photos.submit(lambda: done(self.picture(address)))

    def picture(self, address: str) -> bytes:
        """A photo, from this desk, its cache or the server; empty where none of them has it. Waits: not on the UI thread."""
        own = self._replica.own_photo(address) if self._replica is not None else None
        try:
            if own is not None and own.exists():
                return own.read_bytes()
        except OSError:
            return b""
        return self._cache.picture(address, self._photo_api)

    def take_photo(self, data: bytes) -> str:
        """Keeps a prepared picture on the disk until the server has it; its address. Raises OSError."""
        if self._replica is None:
            raise OSError("no desk to keep it at")
        address = hashlib.sha256(data).hexdigest()
        path = self._replica.own_photo(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        return address

    def behind(self, task: Callable[[], object]) -> None:
        """Runs something that reads or writes files off the UI thread, in order."""
        if not self._closed:
            self._files.submit(task)

    def unmask(self, address: str, reason: str, done: Callable[[str], None]) -> None:
        """Has the server log who looks at a picture and why; `done(code)` is called on a thread of its own, empty where the
        picture may be seen now."""

        def ask() -> None:
            try:
                if self._photo_api is None:
                    raise Offline("no server yet")
                self._photo_api.look(address, reason)
                self._cache.uncover(address)
            except ApiError as error:
                done(error.code)
            else:
                done("")

        if not self._closed:
            self._photos.submit(ask)

    def callers(self, phone: str, done: Callable[[int, tuple[int, ...]], None]) -> None:
        """How many cases a number reported before, and which; `done` on a thread of its own, -1 where no server told."""

        def ask() -> None:
            try:
                if self._photo_api is None:
                    raise Offline("no server yet")
                done(*self._photo_api.callers(phone))
            except ApiError:
                done(-1, ())

        if not self._closed:
            self._photos.submit(ask)

    def _sweep(self, replica: Replica) -> None:
        """Lets go of own pictures that no command and no draft names, a day after they were taken."""
        self._cache.sweep()
        named = replica.look_into_outbox(Outbox.photos) | set(map(str, _listed(self.draft().get("photos"))))
        for path in (replica.path.parent / "photos").glob("*"):
            with suppress(OSError):
                if path.stem not in named and time.time() - path.stat().st_mtime > 86_400:
                    path.unlink()

    def keep_draft(self, draft: dict[str, object]) -> None:
        """Keeps a half-filled form through a crash; an empty one is forgotten."""
        replica = self._replica

        def write() -> None:
            if replica is None:
                return
            path = replica.path.parent / "intake.json"
            if not draft:
                path.unlink(missing_ok=True)
                return
            fresh = path.with_suffix(".new")
            fresh.write_text(json.dumps(draft, ensure_ascii=False), "utf-8")
            fresh.replace(path)

        self.behind(write)

    def draft(self) -> dict[str, object]:
        """The half-filled form of the last time; empty where there is none or it cannot be read."""
        if self._replica is None:
            return {}
        try:
            found = json.loads((self._replica.path.parent / "intake.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def close(self) -> None:
        """Ends threads and lets go of the replica. A long poll under way ends with its connection."""
        with self._lock:
            self._closed = True
            loop, replica = self._loop, self._replica
        self._photos.shutdown(wait=True, cancel_futures=True)
        self._files.shutdown(wait=True)  # a draft that was typed last is still written
        if replica is not None:
            replica.hurry()
        if loop is not None:
            loop.stop()
        if replica is not None:
            replica.close()


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _report(error: BaseException | None, failed: Callable[[str], None]) -> None:
    if error is not None:
        failed(error.code if isinstance(error, ReplicaError) else "internal")


def _safe(account: str) -> str:
    """An account as a folder's name; what is no plain name becomes its hash."""
    if account and all(c.isascii() and (c.isalnum() or c in "-_.") for c in account) and account[0] not in "-.":
        return account
    return hashlib.sha256(account.encode()).hexdigest()[:24]
