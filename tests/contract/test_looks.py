"""Looking at a masked picture: logged with its reason before anybody sees it, and only by who may see the case."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from servers import Server
from sites import CHANGDIAN

from commandscreen.domain.person import Role
from commandscreen.server import audit

JPEG = b"\xff\xd8\xff\xe0 a picture"
SHA = hashlib.sha256(JPEG).hexdigest()


def lines(server: Server) -> list[tuple[Any, ...]]:
    with server.desk.database.read() as link:
        assert audit.check(link) == 0
        return [
            tuple(row)
            for row in link.all("SELECT person, subject, outcome FROM audit WHERE action = 'unmask' ORDER BY n")
        ]


def test_a_look_is_in_the_audit_log_with_person_picture_and_reason(server: Server, people: Any) -> None:
    clerk, leader = people(Role.INTAKE), people(Role.SHIFT_LEADER)
    clerk.http.put(f"{server.url}/v1/attachments/{SHA}", data=JPEG, timeout=20).raise_for_status()
    clerk.report(photos=[SHA])
    assert leader.post(f"/v1/attachments/{SHA}/looks", json={"reason": "核对车牌\n转交警"}).status_code == 204
    person = leader.session["person"]["account"]
    number = next(p.id for p in server.site.people if p.account == person)
    assert lines(server) == [(number, SHA, "核对车牌 转交警")]


def test_who_may_not_see_the_case_leaves_no_trace_and_learns_nothing(server: Server, people: Any) -> None:
    clerk, stranger = people(Role.INTAKE), people(Role.SHIFT_LEADER, CHANGDIAN)
    clerk.http.put(f"{server.url}/v1/attachments/{SHA}", data=JPEG, timeout=20).raise_for_status()
    clerk.report(photos=[SHA])
    for name in (SHA, "0" * 64):
        answer = stranger.post(f"/v1/attachments/{name}/looks", json={"reason": "好奇"})
        assert answer.status_code == 404
        assert answer.json()["detail"] == "no such attachment"
    assert lines(server) == []


@pytest.mark.parametrize(
    "body", [{}, [], {"reason": ""}, {"reason": "  \u200b\n"}, {"reason": 7}, {"reason": "长" * 201}]
)
def test_no_reason_is_none(server: Server, people: Any, body: Any) -> None:
    clerk = people(Role.INTAKE)
    clerk.http.put(f"{server.url}/v1/attachments/{SHA}", data=JPEG, timeout=20).raise_for_status()
    answer = clerk.post(f"/v1/attachments/{SHA}/looks", json=body)
    assert answer.status_code == 400
    assert clerk.post("/v1/attachments/XYZ/looks", json={"reason": "x"}).status_code == 400
    assert lines(server) == []
