"""A mention through the real server: the unit's desk gets the case, answers, and keeps what it may see; no one else does."""

from __future__ import annotations

from typing import Any

from servers import Mirror, Server
from sites import CITY, LISHAN, SHAHE

from commandscreen.domain.case import Mention
from commandscreen.domain.person import Role
from commandscreen.protocol.rows import case_from_values


def _case(mirror: Mirror, number: int) -> Any:
    mirror.pull()
    row = mirror.rows.get(("case", number))
    return case_from_values(row) if row else None


def test_a_mention_brings_the_case_to_the_units_desk(server: Server, people: Any) -> None:
    number = int(people(Role.CHANNEL, CITY).report()["case_id"])
    housing, water = people(Role.HANDLER, LISHAN, 4), people(Role.HANDLER, CITY, 6)
    theirs, others = Mirror(housing), Mirror(water)
    assert _case(theirs, number) is None
    refused = housing.command("progress", number, step="comment", text="还不该看见")
    assert (refused["status"], refused["problem"]["reason"], refused["row"]) == ("rejected", "out-of-scope", None)

    told = people(Role.DISPATCHER).command("progress", number, step="comment", text="@住建局 请看", units=[4])
    assert told["status"] == "applied", told
    seen = _case(theirs, number)
    assert [m.unit for m in seen.mentions] == [4]
    assert seen.flow[-1].text == "@住建局 请看"
    assert _case(others, number) is None

    answered = housing.command("progress", number, step="comment", text="已派人")
    assert answered["status"] == "applied", answered
    seen = _case(theirs, number)
    assert seen.mentions[0].done_at > 0
    assert _case(Mirror(people(Role.SHIFT_LEADER)), number) == seen
    assert theirs.last["digest"], "the unit's digest counts it"
    tried = housing.command("sign", number, handler="甲")
    assert tried["status"] == "rejected"


def test_reopening_takes_the_case_back_from_the_unit(server: Server, people: Any) -> None:
    number = int(people(Role.CHANNEL, CITY).report()["case_id"])
    people(Role.DISPATCHER).command("progress", number, step="comment", text="@住建局", units=[4])
    theirs = Mirror(people(Role.HANDLER, LISHAN, 4))
    assert isinstance(_case(theirs, number).mentions[0], Mention)
    closed = people(Role.CENTRE_HEAD, CITY).command("force_close", number, reason="演练")
    assert closed["status"] == "applied", closed
    opened = people(Role.INTAKE, SHAHE).command("reopen", number, reason="又漏")
    assert opened["status"] == "applied", opened
    assert _case(theirs, number) is None


def test_a_unit_that_is_none_is_refused_and_nothing_is_told(server: Server, people: Any) -> None:
    number = int(people(Role.CHANNEL, CITY).report()["case_id"])
    for units in ([777], ["4"], [True], {"a": 4}, [4] * 9):
        answer = people(Role.DISPATCHER).command("progress", number, step="comment", text="@谁", units=units)
        assert answer["status"] == "rejected", units
    assert _case(Mirror(people(Role.SHIFT_LEADER)), number).mentions == ()
