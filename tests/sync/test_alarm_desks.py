"""Two desks and a server: an alarm reaches both, an acknowledgement given without a server lands when there is one."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / "contract"), str(Path(__file__).parents[1])]

from servers import GRID, Server  # noqa: E402
from sites import CITY, SHAHE, account_of, tiny_site  # noqa: E402

from commandscreen.client import Client  # noqa: E402
from commandscreen.domain.alarm import Alarm, Standing  # noqa: E402
from commandscreen.domain.alarm_board import board  # noqa: E402
from commandscreen.domain.alarm_types import AlarmRules  # noqa: E402
from commandscreen.domain.command import Command  # noqa: E402
from commandscreen.domain.person import Role  # noqa: E402
from commandscreen.protocol import bundle  # noqa: E402
from commandscreen.protocol.demo import demo_password  # noqa: E402
from commandscreen.server.watch import watch  # noqa: E402
from commandscreen.store import alarms  # noqa: E402
from commandscreen.store.delta import Delta  # noqa: E402
from commandscreen.store.outbox import Fate  # noqa: E402
from commandscreen.sync.status import Phase  # noqa: E402

EVENT = {
    "type": "ai_event",
    "title": "楼道积水",
    "place": "32栋",
    "grid": GRID,
    "class_id": 302,
    "source": "cam-7",
    "confidence": 0.9,
}


class Desk:
    """One person's client, and what its alarms show."""

    def __init__(self, folder: Path, server: Server, role: Role) -> None:
        self.folder, self.server, self.account = folder, server, account_of(role, SHAHE)
        self.seats: list[object] = []
        self.phases: list[Phase] = []
        self.client = self._client()

    def _client(self) -> Client:
        return Client(
            self.folder, self.server.url, None, lambda _: None, lambda s: self.phases.append(s.phase), self.seats.append
        )

    def sign_in(self) -> None:
        self.client.sign_in(self.account, demo_password(self.account))

    def again(self) -> None:
        """Closed and opened: as a machine that was switched off."""
        self.client.close()
        self.client = self._client()

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        replica = self.client._replica
        assert replica is not None
        now = int(self.server.clock())
        return replica.write(lambda c: (alarms.AlarmReader().shown(c, now), Delta())).result()

    @property
    def settled(self) -> bool:
        """Whether the server has answered all it was told."""
        replica = self.client._replica
        assert replica is not None
        return all(e.fate is Fate.SETTLED for e in replica.look_into_outbox(lambda box: box.listing()))

    def shown(self) -> tuple[Alarm, ...]:
        """What the person's board shows."""
        actor = self.seats[-1].actor  # type: ignore[attr-defined]
        found = board(self.alarms, actor, AlarmRules(), int(self.server.clock()))
        return tuple(a for group in found.groups for a in group.live)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    # Polls longer than any patience here: what waits for a poll's end is found out.
    monkeypatch.setattr("commandscreen.sync.loop.LONG_POLL_SECONDS", 90.0)
    monkeypatch.setattr("commandscreen.server.calls.WAIT_MAX", 90)
    site = tiny_site(alarms=replace(AlarmRules(), emergencies={"1": ("供水/爆裂",), "2": ("供水/停水",)}))
    file = tmp_path / "tiny.site"
    file.write_bytes(bundle.encode(site))
    made = Server(
        f"sqlite:///{tmp_path / 'server.db'}",
        tmp_path / "files",
        site=site,
        site_file=file,
        watch_seconds=3600,
        sweep_seconds=3600,
    )
    yield made
    made.stop()


@pytest.fixture
def desks(server: Server, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """The clerk and the shift leader of one township, each at a machine of their own."""
    made = Desk(tmp_path / "clerk", server, Role.INTAKE), Desk(tmp_path / "leader", server, Role.SHIFT_LEADER)
    for desk in made:
        desk.sign_in()
    yield made
    for desk in made:
        desk.client.close()


def ack(desk: Desk, alarm: Alarm) -> None:
    command = Command(str(uuid.uuid4()), "alarm.ack", alarm.id, alarm.ver, {}, int(desk.server.clock()))
    failed: list[str] = []
    desk.client.command(command, 0, failed.append)
    until(lambda: next(a for a in desk.alarms if a.id == alarm.id).standing is not Standing.RAISED or bool(failed))
    assert failed == []


def test_an_acknowledgement_reaches_the_other_desk(server: Server, desks: tuple[Desk, Desk]) -> None:
    clerk, leader = desks
    channel = server.desk_of(Role.CHANNEL, CITY)
    channel.command("alarm.raise", **EVENT)
    until(lambda: len(clerk.alarms) == len(leader.alarms) == 1)
    ack(clerk, clerk.alarms[0])
    until(lambda: leader.alarms[0].standing is Standing.ACKED)
    assert leader.alarms[0].acked_by == clerk.seats[-1].actor.name  # type: ignore[attr-defined]
    channel.close()


def test_an_acknowledgement_does_not_wait_for_the_long_poll(server: Server, desks: tuple[Desk, Desk]) -> None:
    """Both desks' polls are held until the acknowledgement is in the server's rows: it must leave while they are open."""
    clerk, leader = desks
    channel = server.desk_of(Role.CHANNEL, CITY)
    plain, holding, come, inside = server.desk.news.wait, threading.Event(), threading.Event(), []

    async def hold(after: int, keys: frozenset[int], seconds: float) -> int:
        while not holding.is_set():
            if heard := await plain(after, keys, 0.02):
                return heard
        inside.append(keys)
        while not come.is_set() and not server.desk.news.closed:
            await asyncio.sleep(0.005)
        return await plain(after, keys, seconds)

    server.desk.news.wait = hold  # type: ignore[method-assign]
    channel.command("alarm.raise", **EVENT)
    until(lambda: len(clerk.alarms) == len(leader.alarms) == 1)
    holding.set()
    until(lambda: len(inside) == 2)
    kept = clerk.alarms[0]
    ack(clerk, kept)
    until(lambda: stands(server, kept.id) is Standing.ACKED)
    assert Phase.OFFLINE not in clerk.phases, "it was not the poll's end that let it go"
    come.set()
    until(lambda: leader.alarms[0].standing is Standing.ACKED)
    channel.close()


def stands(server: Server, number: int) -> Standing:
    """How an alarm stands in the server's own rows."""
    with server.desk.database.read() as link:
        return Standing(str(link.all("SELECT state FROM records WHERE id = ?", (number,))[0][0]))


def test_one_given_offline_lands_later_and_says_when_it_was_seen(server: Server, desks: tuple[Desk, Desk]) -> None:
    clerk, leader = desks
    channel = server.desk_of(Role.CHANNEL, CITY)
    channel.command("alarm.raise", **EVENT)
    until(lambda: len(clerk.alarms) == len(leader.alarms) == 1)
    clerk.again()
    assert clerk.client.sit_offline(clerk.account)
    ack(clerk, clerk.alarms[0])
    assert leader.alarms[0].standing is Standing.RAISED
    ack(leader, leader.alarms[0])  # meanwhile somebody else has seen it too
    until(lambda: leader.settled)
    clerk.again()
    clerk.sign_in()
    until(lambda: leader.alarms[0].ver == 3)
    seen = leader.alarms[0]
    assert seen.standing is Standing.ACKED
    assert [line.name for line in seen.log if line.what == "ack"] == [
        leader.seats[-1].actor.name, clerk.seats[-1].actor.name]  # type: ignore[attr-defined] # fmt: skip
    until(lambda: clerk.settled)
    channel.close()


def test_what_nobody_acknowledges_reaches_the_shift_leaders_board(server: Server, desks: tuple[Desk, Desk]) -> None:
    clerk, leader = desks
    channel = server.desk_of(Role.CHANNEL, CITY)
    channel.command("alarm.raise", **(EVENT | {"class_id": 401}))  # 停水: urgent
    until(lambda: len(clerk.shown()) == 1 and len(leader.alarms) == 1)
    assert leader.shown() == ()
    server.clock.push(301)
    for published in watch(server.desk.database, server.site, server.desk.now()):
        server.desk.news.tell(published)
    until(lambda: len(leader.shown()) == 1)
    assert leader.shown()[0].escalated_at
    channel.close()
