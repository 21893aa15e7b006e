"""A week's players: REST clients by account, and real desks — replica, outbox, sync engine — that can be cut off."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "contract")]

from servers import Client, Mirror, Server  # noqa: E402

from commandscreen.domain.command import Command  # noqa: E402
from commandscreen.domain.receipt import Receipt, receipt_of  # noqa: E402
from commandscreen.domain.record import Record, RecordKind, record_id  # noqa: E402
from commandscreen.domain.task import Task, task_of  # noqa: E402
from commandscreen.protocol.demo import demo_password  # noqa: E402
from commandscreen.protocol.rows import RECORD, record_from_values  # noqa: E402
from commandscreen.store import records  # noqa: E402
from commandscreen.store.delta import Delta  # noqa: E402
from commandscreen.store.outbox import Entry  # noqa: E402
from commandscreen.store.replica import Replica  # noqa: E402
from commandscreen.sync.api import Api  # noqa: E402
from commandscreen.sync.engine import Engine  # noqa: E402


class LocalDesk:
    """One person's desk without its screen. `cut` takes its line away; commands go on into the outbox."""

    def __init__(self, server: Server, account: str, folder: Path) -> None:
        self._server, self._account = server, account
        self._api = Api(server.url)
        session = self._api.sign_in(account, demo_password(account))
        self.actor = session.actor
        self.replica = Replica(folder / account, lambda _: None)
        self.replica.stand(server.site, session.actor).result()
        self._engine = Engine(self.replica, self._api, self.replica.path.parent)
        self.cut = False
        self.level()

    def sign_in(self) -> None:
        """As in the morning: last evening's session is over."""
        self._api.sign_in(self._account, demo_password(self._account))

    def level(self) -> None:
        """Synchronises to the end: nothing more to send that may leave, nothing more to hear."""
        assert not self.cut, "no line"
        for _ in range(400):
            outcome = self._engine.step()
            if outcome.level and not self.waiting():
                return
        raise AssertionError(f"never level: {self.waiting()}")

    def waiting(self) -> list[Entry]:
        """Commands the server has not settled."""
        entries = self.replica.look_into_outbox(lambda box: list(box.listing()))
        return [
            e for e in entries if not e.needs_attention and e.fate.value in ("queued", "sending", "waiting", "landed")
        ]

    def refused(self) -> list[Entry]:
        """Commands that came back."""
        return [e for e in self.replica.look_into_outbox(lambda box: list(box.listing())) if e.needs_attention]

    def give(self, kind: str, number: int = 0, /, **args: Any) -> int:
        """Puts a command into the outbox, as a screen does; the id of its record."""
        name = str(uuid.uuid4())
        base = self.record(number).ver if number else 0
        command = Command(name, kind, number, base, args, self._server.desk.now())
        self.replica.command(command, 0.0).result()
        if not self.cut:
            self.level()
        return number or record_id(name)

    def record(self, number: int) -> Record:
        """One record as this desk shows it."""
        found = self.replica.write(lambda c: (records.by_id(c, (number,)), Delta())).result()
        return found[number]

    def task(self, number: int) -> Task:
        """A task as this desk shows it."""
        return task_of(self.record(number))

    def receipts(self, task: int) -> dict[int, Receipt]:
        """A task's receipts by area, as this desk shows them."""
        sql = "parent = ? AND kind = ?"
        found = self.replica.write(lambda c: (records.find(c, sql, (task, RecordKind.RECEIPT.value)), Delta())).result()
        return {r.area: receipt_of(r) for r in found}

    def close(self) -> None:
        """Lets everything go."""
        self.replica.close()
        self._api.close()


class Hall:
    """Everyone else: signed-in REST clients by account."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[str, Client] = {}

    def __call__(self, account: str) -> Client:
        if account not in self._known:
            self._known[account] = Client(self._server.url, account)
        return self._known[account]

    def leave(self) -> None:
        """Everyone signs out, as overnight."""
        for client in self._known.values():
            client.close()
        self._known.clear()

    def do(self, account: str, kind: str, number: int = 0, /, **args: Any) -> int:
        """Gives a command that must be carried out; the id of its record."""
        name = str(uuid.uuid4())
        answer = self(account).command(kind, number, name=name, **args)
        assert answer["status"] == "applied", (account, kind, answer)
        return number or record_id(name)

    def refused(self, account: str, kind: str, number: int = 0, /, **args: Any) -> str:
        """Gives a command that must be refused; why it was."""
        answer = self(account).command(kind, number, **args)
        assert answer["status"] in ("rejected", "conflict"), answer
        return str(answer["problem"]["reason"])

    def records(self, account: str, keep: Callable[[Record], bool] = lambda _: True) -> dict[int, Record]:
        """The records an account sees."""
        mirror = Mirror(self(account))
        mirror.pull()
        found = (record_from_values(row) for (entity, _), row in mirror.rows.items() if entity == RECORD)
        return {r.id: r for r in found if keep(r)}
