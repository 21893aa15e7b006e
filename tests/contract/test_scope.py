"""Scope: every role against every township's and unit's data, over feed, snapshots, commands, attachments."""

from __future__ import annotations

import hashlib
from typing import Any

from servers import GRID, Mirror, Server
from sites import CHANGDIAN, CITY, LISHAN, SHAHE, TIEDONG, XINGONG, YOUHAO

from commandscreen.domain.person import Actor, Role
from commandscreen.server.scope import scope_of
from commandscreen.site.pictures import png

GRIDS = {SHAHE: GRID, YOUHAO: 2103040090010101, CHANGDIAN: 2103020030010101}
PNG = png("pipe", 1)
NAME = hashlib.sha256(PNG).hexdigest()


def test_no_role_sees_outside_its_scope(server: Server, people: Any) -> None:
    cases: dict[int, int] = {}
    channel = people(Role.CHANNEL, CITY)
    channel.http.put(f"{server.url}/v1/attachments/{NAME}", data=PNG, timeout=10).raise_for_status()
    for township, grid in GRIDS.items():
        made = channel.report(grid=grid, photos=[NAME] if township == SHAHE else [])
        assert made["status"] == "applied"
        assert made["row"] is None  # channels hand in and see nothing
        cases[township] = made["case_id"]
        people(Role.INTAKE, township).command("file", made["case_id"], 1, condition="属实")
    people(Role.SHIFT_LEADER).command("dispatch", cases[SHAHE], 2, lead=6, assists=[1])
    everything, inside = set(GRIDS), {LISHAN: {SHAHE, YOUHAO}, TIEDONG: {CHANGDIAN}}
    checked = 0
    for person in server.site.people:
        role = next(iter(person.roles))
        if role in (Role.CHANNEL, Role.ADMIN):
            seen: set[int] = set()
        elif person.unit:
            seen = {SHAHE} if person.unit in (1, 6) else set()
        elif person.area == CITY:
            seen = everything
        else:
            seen = inside.get(person.area, {int(str(person.area)[:9])})
        client = people(role, person.area, person.unit)
        mirror = Mirror(client)
        mirror.pull()
        assert {i for kind, i in mirror.rows if kind == "case"} == {cases[t] for t in seen}, person
        assert len([1 for kind, _ in mirror.rows if kind == "tally"]) == 4
        buckets = set(client.get("/v1/scope").json()["buckets"])
        assert set(mirror.last["digest"]) == buckets
        for bucket in ("city", *(f"t{t}" for t in GRIDS), "u1", "u6", "t210304", "../server"):
            status = client.get(f"/v1/snapshots/{bucket}", headers={"Range": "bytes=0-3"}).status_code
            assert status == (206 if bucket in buckets else 404), (person, bucket)
        for township, case in cases.items():
            answer = client.command("close", case, 0, condition="x")
            assert answer["status"] == "rejected"
            assert (answer["row"] is not None) == (township in seen)
            assert answer["problem"]["reason"] != "out-of-scope" or township not in seen
        picture = client.get(f"/v1/attachments/{NAME}").status_code
        assert picture == (200 if (SHAHE in seen and role is not Role.WALL) or role is Role.CHANNEL else 404)
        checked += 1
    assert checked == len(server.site.people) > 40


def test_scope_ids_change_with_the_set(server: Server) -> None:
    site = server.site

    def scope(role: Role, area: int, unit: int = 0) -> Any:
        return scope_of(Actor(1, "x", frozenset({role}), area, unit), site)

    assert scope(Role.INTAKE, SHAHE).buckets == ("a2103", "a210304", "city", f"t{SHAHE}")
    assert scope(Role.GRID_WORKER, XINGONG) == scope(Role.INTAKE, SHAHE)
    assert scope(Role.GRID_WORKER, GRID) == scope(Role.INTAKE, SHAHE)
    assert scope(Role.SHIFT_LEADER, LISHAN).buckets == ("a2103", "a210304", "city", f"t{YOUHAO}", f"t{SHAHE}")
    assert {"a2103", "a210302", "a210304", f"t{CHANGDIAN}"} < set(scope(Role.WALL, CITY).buckets)
    assert scope(Role.HANDLER, SHAHE, 2).buckets == ("a2103", "a210304", "city", "u2")
    assert scope(Role.INTAKE, 12345).buckets == ("city",)
    ids = {
        scope(r, a).id for r, a in ((Role.INTAKE, SHAHE), (Role.INTAKE, YOUHAO), (Role.ADMIN, CITY), (Role.WALL, CITY))
    }
    assert len(ids) == 4


def test_a_changed_scope_is_told(server: Server, people: Any) -> None:
    leader = people(Role.SHIFT_LEADER)
    answer = leader.get("/v1/changes", scope_id=people(Role.SHIFT_LEADER, LISHAN).session["scope"]["scope_id"])
    assert answer.status_code == 409
    assert answer.json()["buckets"] == ["a2103", "a210304", "city", f"t{SHAHE}"]
