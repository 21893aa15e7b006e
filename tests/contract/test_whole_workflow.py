"""The second line of the workflow through the real server: merges, questions, what comes by time, calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from servers import Mirror, Server
from sites import CITY, SHAHE, YOUHAO

from commandscreen.domain.case import State
from commandscreen.domain.grid import grid_code
from commandscreen.domain.person import Role
from commandscreen.protocol.rows import CASE_NAMES, case_from_values
from commandscreen.server.sweep import sweep

PHOTO = "ab" * 32


def _handling(people: Any) -> int:
    made = people(Role.CHANNEL, CITY).report()
    case = int(made["case_id"])
    people(Role.INTAKE).command("file", case, 1, condition="属实")
    people(Role.DISPATCHER).command("dispatch", case, 2, lead=1)
    signed = people(Role.HANDLER, SHAHE, 1).command("sign", case, 3, handler="李师傅")
    assert signed["status"] == "applied", signed
    return case


def _row(people: Any, case: int, role: Role = Role.SHIFT_LEADER, area: int = SHAHE, unit: int = 0) -> Any:
    mirror = Mirror(people(role, area, unit))
    mirror.pull()
    found = mirror.rows.get(("case", case))
    return case_from_values(found) if found else None


def test_a_merge_changes_both_cases_in_one_answer(server: Server, people: Any) -> None:
    one, other = _handling(people), _handling(people)
    leader = people(Role.SHIFT_LEADER)
    before = Mirror(leader)
    before.pull()
    answer = leader.command("merge", one, 4, master=other, reason="同一处漏水")
    assert answer["status"] == "applied", answer
    page = leader.page(before.cursor)
    assert {(i["t"], i["id"]) for i in page["items"] if i["t"] == "case"} == {("case", one), ("case", other)}
    merged, master = _row(people, one), _row(people, other)
    assert (merged.state, merged.master, merged.was) == (State.MERGED, other, State.HANDLING)
    assert (master.duplicates, master.flow[-1].kind, master.ver) == (1, "merged_in", 5)
    again = leader.command("unmerge", one, 5, reason="不是同一处")
    assert again["status"] == "applied", again
    assert (_row(people, one).state, _row(people, other).duplicates) == (State.HANDLING, 0)
    mirror = Mirror(leader)
    mirror.pull()
    assert mirror.last["digest"], "the digest still fits after both rows changed at once"


def test_a_merge_into_another_area_is_refused(server: Server, people: Any) -> None:
    far = people(Role.CHANNEL, CITY).report(grid=grid_code(210304009001, 1, 1))
    here = _handling(people)
    answer = people(Role.SHIFT_LEADER).command("merge", here, 4, master=far["case_id"])
    assert (answer["status"], answer["problem"]["reason"]) == ("rejected", "unknown-case")
    for hostile in ("1", -4, 2**60, None, [here], True):
        answer = people(Role.SHIFT_LEADER).command("merge", here, 4, master=hostile)
        assert answer["status"] == "rejected", answer
    assert _row(people, int(far["case_id"]), area=YOUHAO).duplicates == 0


def test_a_suspended_case_goes_on_by_itself_once(server: Server, people: Any) -> None:
    case = _handling(people)
    now = server.desk.now()
    asked = people(Role.HANDLER, SHAHE, 1).command(
        "ask", case, 4, what="suspension", until=now + 86_400, reason="等配件"
    )
    assert asked["status"] == "applied", asked
    assert people(Role.DISPATCHER).command("grant", case, 5)["status"] == "applied"
    paused = _row(people, case)
    assert (paused.state, paused.resume_at) == (State.SUSPENDED, now + 86_400)
    assert sweep(server.desk.database, server.site, server.desk.now()) == []
    server.clock.push(86_400)
    assert len(sweep(server.desk.database, server.site, server.desk.now())) == 1
    assert sweep(server.desk.database, server.site, server.desk.now()) == []
    again = _row(server.desk_of, case)
    assert (again.state, again.flow[-1].kind, again.flow[-1].post) == (State.HANDLING, "resume", "system")
    spare = abs(again.handle_due - server.desk.now() - paused.handle_left)
    calendar = server.site.calendar
    left = calendar.between(server.desk.now(), again.handle_due) if "work" in again.limit else spare
    assert abs((left - paused.handle_left) if "work" in again.limit else left) <= 2


def test_a_called_unit_sees_the_case_and_reports_in(server: Server, people: Any) -> None:
    case = _handling(people)
    assert _row(people, case, Role.HANDLER, SHAHE, 2) is None
    called = people(Role.DISPATCHER).command("whistle", case, 4, units=[2], cause="joint")
    assert called["status"] == "applied", called
    assert _row(people, case, Role.HANDLER, SHAHE, 2).calls[0].unit == 2
    there = people(Role.HANDLER, SHAHE, 2).command("report_in", case, 0)
    assert there["status"] == "applied", there
    refused = people(Role.HANDLER, SHAHE, 2).command("feed_back", case, 0, text="好", photos=[PHOTO])
    assert refused["problem"]["reason"] == "not-your-unit"


def test_an_appeal_moves_the_totals_and_keeps_the_fact(server: Server, people: Any) -> None:
    case = _handling(people)
    server.clock.push(10 * 86_400)
    for role, area, kind, args in (
        (Role.HANDLER, SHAHE, "feed_back", {"text": "好", "photos": [PHOTO]}),
        (Role.INTAKE, SHAHE, "send_check", {}),
        (Role.COLLECTOR, SHAHE, "check", {"result": "pass"}),
        (Role.INTAKE, SHAHE, "call_back", {"result": "solved", "rating": 5}),
        (Role.INTAKE, SHAHE, "close", {"condition": "已恢复"}),
        (Role.HANDLER, SHAHE, "ask", {"what": "appeal", "reason": "道路封闭"}),
        (Role.SHIFT_LEADER, SHAHE, "grant", {}),
    ):
        unit = 1 if role is Role.HANDLER else 0
        answer = server.desk_of(role, area, unit).command(kind, case, 0, **args)
        assert answer["status"] == "applied", (kind, answer)

    def late() -> int:
        mirror = Mirror(server.desk_of(Role.SHIFT_LEADER))
        mirror.pull()
        return int(mirror.rows["tally", SHAHE][4])

    assert late() == 1
    same = server.desk_of(Role.SHIFT_LEADER).command("grant", case, 0)
    assert same["problem"]["reason"] == "same-person"
    assert server.desk_of(Role.CENTRE_HEAD, CITY).command("grant", case, 0)["status"] == "applied"
    assert late() == 0
    mirror = Mirror(server.desk_of(Role.SHIFT_LEADER))
    mirror.pull()
    row = dict(zip(CASE_NAMES, mirror.rows["case", case], strict=True))
    assert (row["late"], row["exempt"], row["state"]) == (1, 1, "closed")


def test_an_older_database_gets_the_new_columns(database: Any, tmp_path: Path) -> None:
    with database.read() as link:
        link.one("SELECT master, was, resume_at, extended, exempt, level, barred, reply_due, ask, calls FROM cases")
