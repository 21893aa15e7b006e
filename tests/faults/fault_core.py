"""A real server's heart without HTTP, real desks on it, and a line between them that loses requests and answers."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import zstandard
from servers import START
from sites import CITY, SHAHE, YOUHAO, tiny_site

from commandscreen.domain.case import Source
from commandscreen.domain.decide import Command
from commandscreen.domain.person import Actor, Role
from commandscreen.protocol.problem import Problem, ProblemType, parse
from commandscreen.protocol.rows import CASE, CASE_NAMES, case_buckets, case_from_values
from commandscreen.server import commands, feed, tallies
from commandscreen.server.database import Database, renew
from commandscreen.server.feed import Change
from commandscreen.server.problems import Refused as ServerRefused
from commandscreen.server.scope import Scope
from commandscreen.server.snapshots import Snapshots
from commandscreen.server.tables import bucket_key
from commandscreen.store import overlay
from commandscreen.store.delta import Delta
from commandscreen.store.outbox import Entry, Fate
from commandscreen.store.replica import Replica
from commandscreen.store.tries import Tries
from commandscreen.sync.engine import Engine, Outcome
from commandscreen.sync.status import ApiError, Offline, ProtocolError, Refused

SITE = tiny_site()
GRIDS = [int(SITE.grids.code[SITE.grids.span(t)[0]]) for t in (SHAHE, YOUHAO)]
CLASS = min(SITE.classes)
EVERYONE = frozenset(Role) - {Role.HANDLER, Role.SYSTEM}
_NAME = re.compile(r"[0-9a-f]{8}-\d{4}-4000-8000-0{12}")  # what a command of these tests leaves where it lands
BUCKETS = (f"t{SHAHE}", f"t{YOUHAO}", "u1", "u2", "u3")
FAULTS = ("lost request", "lost reply", "nonsense", "busy", "half")


class Violation(AssertionError):
    """Something that must never be."""


def _fetch(link: Any, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Cases by id, as the protocol orders their columns."""
    marks = ",".join("?" * len(ids)) or "NULL"
    found = link.all(f"SELECT {', '.join(CASE_NAMES)} FROM cases WHERE id IN ({marks})", list(ids))
    return {row[0]: tuple(row) for row in found}


class Core:
    """The server: its real database, feed, commands and snapshots. `mistakes` are planted faults, by name."""

    def __init__(self, folder: Path, template: Path | None = None, mistakes: frozenset[str] = frozenset()) -> None:
        """On a copy of `template`; without one, on the database that is in the folder, or a new one."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.mistakes = mistakes
        self.now = START
        self.path = folder / "server.db"
        there = self.path.exists()
        if template is not None:
            shutil.copyfile(template, self.path)
        self._open()
        if template is None and not there:
            self.database.migrate()
            with self.database.write() as link:
                tallies.ensure(link, SITE)

    def _open(self) -> None:
        self.database = Database(f"sqlite:///{self.path}", 2)
        self.snapshots = Snapshots(self.database, self._folder / "snapshots", 25, 10**9)

    def close(self) -> None:
        """Lets go of the file."""
        self.database.close()

    @contextmanager
    def _without_leaving(self) -> Iterator[None]:
        """The mistake of a feed that never says that a row left a bucket."""
        whole = feed.publish

        def publish(link: Any, changes: Sequence[Change]) -> Any:
            kept = []
            for change in changes:
                left = change.old - change.new
                if left:
                    gone = {k: (-1, -feed.row_hash(change.entity, change.id, change.old_ver)) for k in left}
                    feed.add_digests(link, gone)
                    link.many("DELETE FROM bucket_changes WHERE bucket = ? AND id = ?", [(k, change.id) for k in left])
                kept.append(replace(change, old=change.old & change.new))
            return whole(link, kept)

        feed.publish = publish
        try:
            yield
        finally:
            feed.publish = whole

    def carry_out(self, actor: Actor, scope: Scope, item: Mapping[str, Any]) -> dict[str, Any]:
        """One command."""
        if "no key" in self.mistakes:
            with self.database.write() as link:
                link.do("DELETE FROM commands WHERE id = ?", (item["id"],))
        if "no left bucket" in self.mistakes:
            with self._without_leaving():
                return commands.carry_out(self.database, SITE, actor, scope, dict(item), self.now).answer
        return commands.carry_out(self.database, SITE, actor, scope, dict(item), self.now).answer

    def seed(self, count: int, text: str = "案") -> list[int]:
        """Reports some cases, in both townships by turns; their ids."""
        actor, scope = Actor(900, "渠道", EVERYONE, CITY), Scope.of(BUCKETS)
        made = []
        for number in range(count):
            answer = self.carry_out(actor, scope, {
                "id": f"{number:08d}-0000-4000-9000-{self.now % 10**12:012d}", "kind": "report", "case_id": 0, "base": 0,
                "args": {"source": Source.HOTLINE.value, "title": f"{text}{number}", "place": "地",
                         "grid": GRIDS[number % 2], "class_id": CLASS},
                "client_time": self.now,
            })  # fmt: skip
            made.append(int(answer["case_id"]))
        return made

    def move(self, case_id: int, lead: int) -> None:
        """Hands a case to another unit, as if by somebody at another desk."""
        with self.database.write() as link:
            found = _fetch(link, [case_id]).get(case_id)
            if found is None:
                return
            before = case_from_values(found)
            after = replace(before, lead=lead, ver=before.ver + 1)
            link.do("UPDATE cases SET lead = ?, ver = ? WHERE id = ?", (lead, after.ver, case_id))
            feed.lock(link)
            old, new = (frozenset(map(bucket_key, case_buckets(c))) for c in (before, after))
            change = [Change(CASE, case_id, before.ver, old, after.ver, new)]
            if "no left bucket" in self.mistakes:
                with self._without_leaving():
                    feed.publish(link, change)
            else:
                feed.publish(link, change)

    def compact(self) -> None:
        """Drops every tombstone that is there."""
        with self.database.write() as link:
            before = feed.floor(link)
            feed.compact(link, self.now, 0)
            if "no floor" in self.mistakes:
                link.do("UPDATE facts SET value = ? WHERE name = 'floor'", (str(before),))

    def back_up(self) -> None:
        """Keeps a copy of the database, as an administrator would at night."""
        with sqlite3.connect(self.path) as source, sqlite3.connect(self._folder / "backup.db") as target:
            source.backup(target)
        source.close()
        target.close()

    def restore(self) -> bool:
        """Puts the copy back and begins a new life of the data; False where there is none."""
        backup = self._folder / "backup.db"
        if not backup.exists():
            return False
        self.database.close()
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(backup, self.path)
        self._open()
        if "no epoch" not in self.mistakes:
            renew(self.database)
        return True

    def rows(self, scope: Scope) -> dict[int, tuple[Any, ...]]:
        """The cases of a scope as they stand."""
        with self.database.read() as link:
            marks = ",".join("?" * len(scope.keys))
            sql = f"SELECT DISTINCT id FROM bucket_changes WHERE entity = 1 AND present = 1 AND bucket IN ({marks})"
            return _fetch(link, [row[0] for row in link.all(sql, tuple(scope.keys))])

    def told(self) -> Counter[str]:
        """How often each command shows its effect: the texts of all flows, and the titles of what was reported."""
        with self.database.read() as link:
            found = link.all("SELECT title, flow FROM cases ORDER BY id")
        texts: Counter[str] = Counter()
        for title, flow in found:
            texts.update(_NAME.findall(title))
            texts.update(name for entry in orjson.loads(flow) for name in _NAME.findall(entry[5]))
        return texts

    def order(self) -> dict[int, list[str]]:
        """The texts of each case's flow, in order."""
        with self.database.read() as link:
            found = link.all("SELECT id, flow FROM cases")
        return {row[0]: [n for e in orjson.loads(row[1]) for n in _NAME.findall(e[5])] for row in found}


class Wire:
    """One desk's connection: the calls of the engine's server, with the next fault to happen. Never HTTP."""

    def __init__(self, core: Core, number: int, buckets: Sequence[str] = BUCKETS[:3], page: int = 5) -> None:
        self.core = core
        self.actor = Actor(100 + number, f"席{number}", EVERYONE, CITY)
        self.scope = Scope.of(buckets)
        self.fault = ""
        self.down = False
        self._page = page

    @property
    def now(self) -> int:
        """The server's time."""
        return self.core.now

    def _failing(self) -> str:
        fault, self.fault = self.fault, ""
        if self.down or fault == "lost request":
            raise Offline("lost")
        if fault == "busy":
            raise Refused(Problem(ProblemType.UNAVAILABLE))
        return fault

    @contextmanager
    def _answering(self, fault: str) -> Iterator[None]:
        try:
            yield
        except ServerRefused as refused:
            found = parse(refused.problem.to_json(), refused.problem.status)
            raise Refused(found) from refused
        if fault == "lost reply":
            raise Offline("lost")
        if fault == "nonsense":
            raise ProtocolError("not JSON")

    def json(self, method: str, path: str, query: Any = None, body: object = None, wait: float = 0.0) -> dict[str, Any]:
        """A JSON call."""
        fault = self._failing()
        with self._answering(fault), self.core.database.read() as link:
            if path == "/meta":
                answer: dict[str, Any] = {"epoch": feed.epoch(link)}
            elif path == "/scope":
                answer = {"buckets": list(self.scope.buckets), "scope_id": self.scope.id}
            else:
                self._check_epoch(link, query["epoch"])
                if query["scope_id"] != self.scope.id:
                    raise ServerRefused(ProblemType.SCOPE_CHANGED, "another scope")
                answer = feed.page(link, self.scope, query["cursor"], self._page)
                answer["server_time"] = float(self.core.now)
        found: dict[str, Any] = orjson.loads(orjson.dumps(answer))
        return found

    def _check_epoch(self, link: Any, given: str) -> None:
        if given and given != feed.epoch(link):
            raise ServerRefused(ProblemType.EPOCH_CHANGED, "another life")

    def commands(self, items: Sequence[Mapping[str, Any]], epoch: str) -> list[Any]:
        """Sends commands."""
        fault = self._failing()
        with self._answering(fault):
            with self.core.database.read() as link:
                self._check_epoch(link, epoch)
            sent = orjson.loads(orjson.dumps(list(items)))
            answers = [self.core.carry_out(self.actor, self.scope, item) for item in sent]
        found: list[Any] = orjson.loads(orjson.dumps(answers))
        return found[: len(found) // 2] if fault == "half" else found

    def snapshot(self, bucket: str, folder: Path) -> tuple[Path, int, str]:
        """A bucket's file, as old as the server keeps them."""
        fault = self._failing()
        with self._answering(fault):
            if bucket not in self.scope.buckets:
                raise ServerRefused(ProblemType.NOT_FOUND, "not yours")
            ready = self.core.snapshots.get(bucket, self.core.now)
        path = folder / f"{bucket}.db"
        with ready.path.open("rb") as source, path.open("wb") as target:
            zstandard.ZstdDecompressor().copy_stream(source, target)
        return path, ready.seq, ready.epoch

    def keep(self, sha256: str, data: bytes) -> None:
        """Hands in a picture; none are used here."""


class Desk:
    """A person's place: the real replica, outbox and engine in a folder, on a wire."""

    def __init__(self, home: Path, wire: Wire, make: type[Engine] = Engine) -> None:
        self.home, self.wire, self._make = home, wire, make
        self.given: list[str] = []
        self.next = 0
        self.repaired = 0
        self.start()

    def start(self) -> None:
        """Opens the replica and the engine."""
        self.replica = Replica(self.home, lambda _: None)
        try:
            self.replica.stand(SITE, self.wire.actor).result()
        except BaseException:
            self.replica.close()
            raise
        self.engine = self._make(self.replica, self.wire, self.home)

    def close(self) -> None:
        """Ends it well."""
        self.replica.close()

    def restart(self) -> None:
        """Ends the program and starts it again."""
        self.close()
        self.start()

    def give(self, kind: str, case_id: int, base: int = 0, lead: int = 1, undo: float = 0.0) -> str:
        """Gives a command that leaves its own id where it lands."""
        name = f"{self.next:08x}-{self.wire.actor.id:04d}-4000-8000-000000000000"
        args: dict[str, Any] = {
            "progress": {"step": "comment", "text": name}, "file": {"condition": name},
            "dispatch": {"lead": lead, "note": name}, "reroute": {"lead": lead, "reason": name},
            "merge": {"master": lead, "reason": name},
            "report": {"source": Source.HOTLINE.value, "title": name, "place": "地", "grid": GRIDS[0], "class_id": CLASS},
        }[kind]  # fmt: skip
        self.replica.command(Command(name, kind, case_id, base, args, self.wire.now), undo).result()
        self.next += 1
        self.given.append(name)
        return name

    def take_back(self) -> None:
        """Takes the last command back, with whatever hangs on it, where its undo time still runs."""
        if self.given:
            self.replica.commanding(lambda box: box.take_back([self.given[-1]], time.time())).result()
            held = self.entries()
            self.given = [name for name in self.given if name in held]

    def layered(self) -> bool:
        """Whether the overlay lies as it would if it were laid anew in one go. Leaves it as it is, right or wrong."""
        replica = self.replica

        def look() -> bool:
            connection = replica._connection
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                before = self._tables()
                overlay.lift(connection)
                if replica._stance is not None:
                    overlay.lay(connection, overlay.work_out(connection, replica._wanted(connection), *replica._stance))
                return self._tables() == before
            finally:
                connection.exec_driver_sql("ROLLBACK")
                connection.rollback()

        return replica._writer.submit(look).result()

    def _tables(self) -> list[set[tuple[Any, ...]]]:
        """The rows shown and the server's own beneath them, on the writer thread."""
        names = ("cases", "records", "held", "held_records")
        read = self.replica._connection.exec_driver_sql
        return [{tuple(row) for row in read(f"SELECT * FROM {name}")} for name in names]

    def shown(self) -> dict[int, tuple[Any, ...]]:
        """The replica's rows as the screen would see them."""
        names = ", ".join(CASE_NAMES)
        return self.replica.write(
            lambda c: ({r[0]: tuple(r) for r in c.exec_driver_sql(f"SELECT {names} FROM cases")}, Delta())
        ).result()

    def entries(self) -> dict[str, Entry]:
        """All that is in the outbox."""
        found = self.replica.look_into_outbox(lambda box: box._entries("1 ORDER BY n"))
        return {entry.command.id: entry for entry in found}

    def step(self) -> Outcome | None:
        """One step of the engine; None where the wire failed."""
        try:
            outcome = self.engine.step()
        except ApiError:
            return None
        self.repaired += len(outcome.repaired)
        return outcome

    def drained(self, most: int = 400) -> None:
        """Steps until all is level and nothing waits. Raises Violation where that never comes."""
        self.wire.fault, self.wire.down = "", False
        self.replica.outbox._tries = Tries()  # so much later that every pause is over
        for _ in range(most):
            outcome = self.step()
            if outcome and outcome.level and not self._open():
                return
        raise Violation("wedged: the outbox never drained")

    def _open(self) -> bool:
        return any(e.fate in (Fate.WAITING, Fate.LANDED) for e in self.entries().values())


def check(core: Core, desks: Sequence[Desk], most: int = 400) -> Counter[str]:
    """Drains every desk, then compares: what was lost, doubled or differs, by name. Raises nothing."""
    wrong: Counter[str] = Counter()
    for _ in range(2):  # the second desk's commands are news to the first
        for desk in desks:
            try:
                desk.drained(most)
            except Violation:
                wrong["wedged"] += 1
    told = core.told()
    order = core.order()
    for desk in desks:
        entries = desk.entries()
        for name in desk.given:
            times = told[name]
            fate = entries[name].fate if name in entries else None
            if times > 1:
                wrong["doubled"] += times - 1
            elif fate in (Fate.REFUSED, Fate.CONFLICT):
                wrong["doubled"] += times  # told that it failed, and yet it was done
            elif times == 0:
                wrong["lost"] += 1
        mine = set(desk.given)
        for texts in order.values():
            own = [text for text in texts if text in mine]
            wrong["out of order"] += own != sorted(own)
        if desk.shown() != core.rows(desk.wire.scope):
            wrong["differs"] += 1
        wrong["repaired"] += desk.repaired
        desk.repaired = 0
    return +wrong


def template(folder: Path) -> Path:
    """An empty, migrated server database to copy: migrating takes longer than a whole schedule."""
    core = Core(folder / "template")
    core.seed(6)
    core.close()
    source = sqlite3.connect(core.path)
    target = sqlite3.connect(folder / "template.db")
    source.backup(target)
    source.close()
    target.close()
    return folder / "template.db"
