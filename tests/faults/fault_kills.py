"""Kills clients and servers at random moments. A program of its own with one thread, so that it can fork warm children:
`fault_kills.py client|server KILLS SEED FOLDER MISTAKE` prints one JSON object with what it found."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE.parents[1]), str(_HERE), str(_HERE.parent / "contract"), str(_HERE.parent)]

from fault_core import SITE, Core, Desk, Wire, check  # noqa: E402
from sites import SHAHE, account_of  # noqa: E402

from commandscreen.domain.person import Actor, Role  # noqa: E402
from commandscreen.protocol.demo import demo_password  # noqa: E402
from commandscreen.server import run  # noqa: E402
from commandscreen.server.config import Config  # noqa: E402
from commandscreen.store.outbox import Fate  # noqa: E402
from commandscreen.sync.api import Api  # noqa: E402
from commandscreen.sync.engine import Engine  # noqa: E402
from commandscreen.sync.page import wire  # noqa: E402

LIFE = 10_000  # commands a life may give at most


class DropsBeforeTheReply(Engine):
    """A planted mistake: the outbox lets go of a command before the answer is there."""

    def _push(self, wait: float) -> float:
        ready = self._replica.look_into_outbox(lambda box: box.ready(1e12))
        if ready:
            self._replica.commanding(lambda box: [box.answered(c.id, Fate.LANDED, 1) for c in ready]).result()
            self._server.commands([wire(c) for c in ready], self._fact("epoch"))
        return wait


def _child(task: Callable[[int], None]) -> tuple[int, int]:
    """Forks; the child's id and the end of a pipe on which it tells what it has kept."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            task(writing)
        finally:
            os._exit(0)
    os.close(writing)
    return pid, reading


def _await(reading: int, life: int) -> None:
    """Lets three lives of four come as far as telling something, however slow the machine; the fourth may die at its start."""
    if life % 4:
        select.select([reading], [], [], 30.0)


def _said(reading: int, blocks: list[bytes]) -> None:
    """Takes what a living child has told by now."""
    os.set_blocking(reading, False)
    with suppress(BlockingIOError):
        while block := os.read(reading, 1 << 16):
            blocks.append(block)
    os.set_blocking(reading, True)


def _heard(reading: int, blocks: list[bytes] | None = None) -> list[str]:
    """What a killed child had told, whole lines only."""
    blocks = blocks or []
    while block := os.read(reading, 1 << 16):
        blocks.append(block)
    os.close(reading)
    return b"".join(blocks).decode().split("\n")[:-1]


def _work(desk: Desk, writing: int, rng: random.Random) -> None:
    """A person who never rests: gives commands, tells each one kept, and synchronises between."""
    cases = sorted(c for c in desk.shown() if c > 0) or [1]
    while True:
        kind = rng.choice(("progress", "progress", "report"))
        name = desk.give(kind, 0 if kind == "report" else rng.choice(cases))
        os.write(writing, f"{name}\n".encode())
        if rng.random() < 0.6:
            desk.step()


def _broken(path: Path, names: list[str]) -> tuple[int, int]:
    """Whether the outbox is corrupt, and how many of the names it does not hold."""
    if not path.exists():
        return 0, len(names)
    link = sqlite3.connect(path)
    try:
        corrupt = link.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
        held = {row[0] for row in link.execute("SELECT id FROM outbox")}
    finally:
        link.close()
    return int(corrupt), len(set(names) - held)


def clients(kills: int, seed: int, folder: Path, mistake: str) -> dict[str, int]:
    """The whole client dies, with the server's half of the exchange: at every point of both."""
    rng = random.Random(seed)
    make: type[Engine] = DropsBeforeTheReply if mistake == "delete before reply" else Engine
    mistakes = frozenset({mistake} & {"no key"})
    core = Core(folder / "server")
    core.seed(6)
    core.close()
    kept: list[str] = []
    told = {"kills": 0, "corrupt": 0, "lost": 0}
    for life in range(kills):
        own = rng.randrange(1 << 30)

        def task(writing: int, life: int = life, own: int = own) -> None:
            desk = Desk(folder / "desk", Wire(Core(folder / "server", None, mistakes), 0), make)
            desk.next = life * LIFE
            _work(desk, writing, random.Random(own))

        pid, reading = _child(task)
        _await(reading, life)
        time.sleep(rng.uniform(0.005, 0.13))
        os.kill(pid, signal.SIGKILL)
        names = _heard(reading)
        os.waitpid(pid, 0)
        kept += names
        corrupt, missing = _broken(folder / "desk" / "outbox.db", names)
        told["kills"] += 1
        told["corrupt"] += corrupt
        told["lost"] += missing
    core = Core(folder / "server")
    desk = Desk(folder / "desk", Wire(core, 0))
    desk.given = kept
    wrong = check(core, [desk])
    with core.database.read() as link:
        told["corrupt"] += link.one("PRAGMA integrity_check") != ("ok",)
    desk.close()
    core.close()
    told["lost"] += wrong["lost"]
    told["doubled"] = wrong["doubled"]
    told["other"] = sum(wrong.values()) - wrong["lost"] - wrong["doubled"]
    return told | {"commands": len(kept)}


def servers(kills: int, seed: int, folder: Path, mistake: str) -> dict[str, int]:
    """The real server process dies and comes again on the same port, under a real client that goes on working."""
    rng = random.Random(seed)
    database = f"sqlite:///{folder / 'server' / 'server.db'}"
    core = Core(folder / "server")
    core.seed(6)
    core.close()
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    account = account_of(Role.INTAKE, SHAHE)
    person = next(p for p in SITE.people if p.account == account)
    actor = Actor(person.id, person.name, person.roles, person.area, person.unit)

    def serve(_writing: int) -> None:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 1)
        os.dup2(devnull, 2)
        run.run(Config(database, folder / "files", None, demo=True), SITE, listener)

    def work(writing: int) -> None:
        api = Api(url)
        while not api.token:
            try:
                api.sign_in(account, demo_password(account))
            except Exception:
                time.sleep(0.05)
        line = SimpleNamespace(actor=actor, now=int(time.time()), json=api.json, commands=api.commands,
                               snapshot=api.snapshot, keep=api.keep)  # fmt: skip
        desk = Desk(folder / "desk", line)  # type: ignore[arg-type]
        while not (outcome := desk.step()) or not outcome.level:
            time.sleep(0.01)
        _work(desk, writing, random.Random(seed))

    client, telling = _child(work)
    said: list[bytes] = []
    for life in range(kills):
        pid, unused = _child(serve)
        _await(telling, life)
        time.sleep(rng.uniform(0.1, 0.6))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(unused)
        _said(telling, said)
    os.kill(client, signal.SIGKILL)
    kept = _heard(telling, said)
    os.waitpid(client, 0)
    listener.close()
    core = Core(folder / "server")
    with core.database.read() as link:
        corrupt = int(link.one("PRAGMA integrity_check") != ("ok",))
    wire = Wire(core, 0, (f"t{SHAHE}",))
    wire.actor = actor
    desk = Desk(folder / "desk", wire)
    desk.given = kept
    wrong = check(core, [desk])
    desk.close()
    core.close()
    return {"kills": kills, "commands": len(kept), "lost": wrong["lost"], "doubled": wrong["doubled"],
            "corrupt": corrupt, "other": sum(wrong.values()) - wrong["lost"] - wrong["doubled"]}  # fmt: skip


if __name__ == "__main__":
    what, count, number, where, planted = sys.argv[1:]
    job = {"client": clients, "server": servers}[what]
    print(json.dumps(job(int(count), int(number), Path(where), planted)))
