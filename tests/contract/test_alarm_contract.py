"""Alarms through the real server: raised by channel, case and clock, acknowledged, confirmed, passed on."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from servers import GRID, Mirror, Server
from sites import CITY, SHAHE, YOUHAO, tiny_site

from commandscreen.domain.alarm import Alarm, Standing, alarm_of
from commandscreen.domain.alarm_types import AlarmRules
from commandscreen.domain.person import Role
from commandscreen.protocol.rows import RECORD, case_from_values, record_from_values
from commandscreen.server import ledger
from commandscreen.server.watch import watch
from commandscreen.site.pictures import png

EVENT = {"type": "ai_event", "title": "楼道积水", "place": "鞍千路32栋", "grid": GRID, "class_id": 302, "source": "cam-7",
         "confidence": 0.87}  # fmt: skip


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Any:
    """A server whose site takes 管道爆裂 for 特急, and whose clock the test alone watches."""
    site = tiny_site(alarms=replace(AlarmRules(), emergencies={"1": ("供水/爆裂",), "2": ("供水/停水",)}))
    started = Server(database_url, tmp_path, site=site, watch_seconds=3600, sweep_seconds=3600)
    yield started
    started.stop()


def _look(server: Server) -> int:
    return len(watch(server.desk.database, server.site, server.desk.now()))


def _alarms(people: Any, role: Role = Role.INTAKE, area: int = SHAHE) -> list[Alarm]:
    mirror = Mirror(people(role, area))
    mirror.pull()
    assert mirror.last["digest"]
    return [alarm_of(record_from_values(row)) for (kind, _), row in mirror.rows.items() if kind == RECORD]


def _event(people: Any, **args: Any) -> int:
    channel = people(Role.CHANNEL, CITY)
    frame = png("corridor", 3)
    address = hashlib.sha256(frame).hexdigest()
    put = channel.http.put(f"{channel.url}/v1/attachments/{address}", data=frame, timeout=10)
    assert put.status_code < 300
    answer = channel.command("alarm.raise", **(EVENT | {"photos": [address]} | args))
    assert answer["status"] == "applied", answer
    assert answer["row"] is None, "a channel sees nothing"
    return int(answer["case_id"])


def test_an_event_reaches_the_township_with_its_frame_and_no_one_else(server: Server, people: Any) -> None:
    number = _event(people)
    [alarm] = _alarms(people)
    assert (alarm.id, alarm.level, alarm.confidence, alarm.standing) == (number, 3, 0.87, Standing.RAISED)
    assert _alarms(people, area=YOUHAO) == []
    clerk = people(Role.INTAKE)
    assert clerk.get(f"/v1/attachments/{alarm.photos[0]}").content == png("corridor", 3)
    assert people(Role.INTAKE, YOUHAO).get(f"/v1/attachments/{alarm.photos[0]}").status_code == 404
    assert clerk.command("alarm.raise", **EVENT)["problem"]["reason"] == "wrong-role"
    assert people(Role.INTAKE, YOUHAO).command("alarm.ack", number)["problem"]["reason"] == "out-of-scope"
    assert people(Role.CHANNEL, CITY).command("alarm.ack", number)["status"] == "rejected"


def test_what_is_confirmed_becomes_a_case_once_with_the_frame(server: Server, people: Any) -> None:
    number = _event(people)
    [alarm] = _alarms(people)
    args = {"source": "ai_video", "class_id": 302, "photos": list(alarm.photos), "alarm": number}
    made = people(Role.INTAKE).report(**args)
    assert made["status"] == "applied", made
    case = case_from_values(made["row"])
    assert (case.source, case.flow[0].photos) == ("ai_video", alarm.photos)
    [after] = _alarms(people)
    assert (after.standing, after.case, after.log[-1].what) == (Standing.CLOSED, case.id, "confirm")
    again = people(Role.SHIFT_LEADER).report(**args)
    assert again["status"] == "rejected", "a leader reports no case"
    second = people(Role.INTAKE).report(**args)
    assert second["problem"]["reason"] == "wrong-state"
    other = people(Role.CHANNEL, CITY).report(**args)
    assert other["problem"]["reason"] == "wrong-role", "what a camera saw, a person confirms"
    mirror = Mirror(people(Role.INTAKE))
    mirror.pull()
    assert sum(kind == "case" for kind, _ in mirror.rows) == 1


def test_two_desks_acknowledge_and_both_are_named(server: Server, people: Any) -> None:
    number = _event(people)
    assert people(Role.INTAKE).command("alarm.ack", number)["status"] == "applied"
    assert people(Role.SHIFT_LEADER).command("alarm.ack", number, 1)["status"] == "applied", "on an old version too"
    [alarm] = _alarms(people)
    assert (alarm.standing, sum(line.what == "ack" for line in alarm.log)) == (Standing.ACKED, 2)
    dismissed = people(Role.DISPATCHER).command("alarm.dismiss", number, reason="反光")
    assert dismissed["status"] == "applied", dismissed
    assert people(Role.DISPATCHER).command("alarm.dismiss", number, reason="反光")["problem"]["reason"] == "wrong-state"


def test_ids_no_database_can_hold_are_refused(server: Server, people: Any) -> None:
    number = _event(people)
    clerk = people(Role.INTAKE)
    for hostile in (2**63, 2**64 - 1, -(2**63)):
        assert clerk.command("alarm.ack", number, members=[hostile])["status"] == "rejected"
        assert clerk.report(class_id=302, alarm=hostile)["status"] == "rejected"
    assert _alarms(people)[0].standing is Standing.RAISED


def test_a_critical_report_goes_to_the_leader_after_a_minute(server: Server, people: Any) -> None:
    made = people(Role.CHANNEL, CITY).report(class_id=403)
    [alarm] = _alarms(people)
    assert (alarm.kind, alarm.level, alarm.case) == ("critical_report", 1, made["case_id"])
    assert _look(server) == 0
    server.clock.push(61)
    assert _look(server) == 1
    assert _look(server) == 0
    [after] = _alarms(people, Role.SHIFT_LEADER)
    assert (bool(after.escalated_at), after.due_at) == (True, 0)


def test_a_shelved_one_returns_by_the_servers_clock(server: Server, people: Any) -> None:
    number = _event(people)
    shelved = people(Role.DISPATCHER).command("alarm.shelve", number, minutes=10, reason="检修")
    assert shelved["status"] == "applied", shelved
    assert _alarms(people)[0].standing is Standing.SHELVED
    server.clock.push(601)
    assert _look(server) == 1
    assert _alarms(people)[0].standing is Standing.RAISED


def test_what_runs_out_of_time_rings_once_and_ends_with_the_step(server: Server, people: Any) -> None:
    made = people(Role.CHANNEL, CITY).report(class_id=302)
    case = int(made["case_id"])
    people(Role.INTAKE).command("file", case, 1, condition="属实")
    people(Role.DISPATCHER).command("dispatch", case, 2, lead=1)
    server.clock.push(30 * 60 + 1)
    assert _look(server) == 1
    assert _look(server) == 0
    [alarm] = _alarms(people)
    assert (alarm.kind, alarm.standing, alarm.case) == ("unsigned", Standing.RAISED, case)
    signed = people(Role.HANDLER, SHAHE, 1).command("sign", case, 3, handler="李师傅")
    assert signed["status"] == "applied", signed
    assert _alarms(people)[0].standing is Standing.CLOSED
    server.clock.push(2 * 3600)
    assert _look(server) == 1
    assert [a.kind for a in _alarms(people) if a.live] == ["overdue"]


def test_a_long_silence_of_the_server_starts_no_flood(server: Server, people: Any) -> None:
    people(Role.CHANNEL, CITY).report(class_id=302)
    server.clock.push(5 * 3600)
    assert _look(server) == 0
    assert _alarms(people) == []


def test_a_whistle_nobody_answered_rings(server: Server, people: Any) -> None:
    made = people(Role.CHANNEL, CITY).report(class_id=302)
    case = int(made["case_id"])
    people(Role.INTAKE).command("file", case, 1, condition="属实")
    people(Role.DISPATCHER).command("dispatch", case, 2, lead=1)
    people(Role.HANDLER, SHAHE, 1).command("sign", case, 3, handler="李师傅")
    called = people(Role.DISPATCHER).command("whistle", case, 4, units=[2], cause="joint")
    assert called["status"] == "applied", called
    assert [a.standing for a in _alarms(people)] == [Standing.GUARD]
    server.clock.push(30 * 60 + 1)
    assert _look(server) == 1
    [alarm] = _alarms(people)
    assert (alarm.standing, alarm.level, alarm.note) == (Standing.RAISED, 2, "环卫所")
    assert people(Role.HANDLER, SHAHE, 2).command("report_in", case, 0)["status"] == "applied"
    assert _alarms(people)[0].standing is Standing.GONE


@pytest.mark.parametrize("bad", [{"source": ""}, {"grid": -1}, {"confidence": "high"}, {"photos": "x"}, {"type": 7},
                                 {"title": "x" * 121}, {"class_id": True}, {"grid": 2**63}, {"class_id": 2**63}])  # fmt: skip
def test_bad_events_are_refused_and_the_rest_of_the_batch_goes_on(
    server: Server, people: Any, bad: dict[str, Any]
) -> None:
    channel = people(Role.CHANNEL, CITY)
    batch = [
        {"id": f"00000000-0000-4000-8000-00000000000{n}", "kind": "alarm.raise", "case_id": 0, "base": 0, "args": args}
        for n, args in enumerate((EVENT | bad, EVENT))
    ]
    told = channel.post("/v1/commands", json=batch).json()
    assert [t["status"] for t in told] == ["rejected", "applied"]
    assert len(_alarms(people)) == 1


@pytest.mark.parametrize("verb", ["raise", "raise again", "clear"])
def test_a_flood_costs_each_alarm_the_same(
    server: Server, people: Any, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """Counted in records read, not in time: what a source has to say takes as many among 90 other alarms as among 3."""
    channel, read = people(Role.CHANNEL, CITY), []
    plain = ledger.record_from_values
    monkeypatch.setattr(ledger, "record_from_values", lambda values: read.append(values[0]) or plain(values))

    def flood(first: int, last: int) -> None:
        items = [{"id": str(uuid.uuid4()), "kind": "alarm.raise", "args": EVENT | {"source": f"cam-{n}"}}
                 for n in range(first, last)]  # fmt: skip
        assert {a["status"] for a in channel.post("/v1/commands", json=items).json()} == {"applied"}

    def cost(number: int) -> int:
        if verb != "raise":
            assert channel.command("alarm.raise", **(EVENT | {"source": f"one-{number}"}))["status"] == "applied"
        read.clear()
        if verb == "clear":
            answer = channel.command("alarm.clear", grid=GRID, source=f"one-{number}")
        else:
            answer = channel.command("alarm.raise", **(EVENT | {"source": f"one-{number}"}))
        assert answer["status"] == "applied"
        return len(read)

    few = cost(1)
    flood(0, 90)
    assert cost(2) == few
    assert few <= 4
