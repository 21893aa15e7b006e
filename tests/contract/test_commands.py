"""Commands: a case from report to close, idempotency, conflicts, audit, totals, personal data."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Any

from servers import GRID, Mirror, Server
from sites import CITY, SHAHE, XINGONG, YOUHAO

from commandscreen.cli import main
from commandscreen.domain.person import Role
from commandscreen.protocol.rows import CASE_NAMES
from commandscreen.server import audit, commands, feed

PHOTO = "ab" * 32


def _closed(people: Any) -> int:
    clerk, leader, handler = people(Role.INTAKE), people(Role.SHIFT_LEADER), people(Role.HANDLER, SHAHE, 1)
    made = people(Role.CHANNEL, CITY).report(reporter="王小明", phone="13800005678")
    case = int(made["case_id"])
    steps = [
        clerk.command("file", case, 1, condition="属实"),
        leader.command("dispatch", case, 2, lead=1, assists=[2]),
        handler.command("sign", case, 3, handler="李师傅"),
        handler.command("progress", case, 0, step="arrive", text="到场"),
        handler.command("feed_back", case, 0, text="已修好", photos=[PHOTO]),
        clerk.command("send_check", case, 0),
        people(Role.COLLECTOR).command("check", case, 0, result="pass"),
        clerk.command("call_back", case, 0, result="solved", rating=5),
        clerk.command("close", case, 0, condition="已恢复"),
    ]
    assert [s["status"] for s in steps] == ["applied"] * 9, steps
    assert [s["ver"] for s in steps] == list(range(2, 11))
    return case


def test_a_case_from_report_to_close(server: Server, people: Any) -> None:
    case = _closed(people)
    mirror = Mirror(people(Role.SHIFT_LEADER))
    mirror.pull()
    row = dict(zip(CASE_NAMES, mirror.rows["case", case], strict=True))
    assert (row["state"], row["stage"], row["number"], row["ver"]) == ("closed", "done", "立沙0311-0001", 10)
    assert mirror.rows["tally", SHAHE][2:] == [1, 1, 0, 1, 1]
    assert mirror.rows["tally", CITY][2:] == [1, 1, 0, 1, 1]
    assert mirror.rows["tally", YOUHAO][2:] == [0, 0, 0, 0, 0]


def test_personal_data_stays_on_the_server(server: Server, people: Any) -> None:
    case = _closed(people)
    mirror = Mirror(people(Role.SHIFT_LEADER))
    mirror.pull()
    row = dict(zip(CASE_NAMES, mirror.rows["case", case], strict=True))
    assert (row["reporter"], row["phone"]) == ("王**", "138****5678")
    with server.desk.database.read() as link:
        assert link.one("SELECT reporter, phone FROM contacts WHERE case_id = ?", (case,)) == ("王小明", "13800005678")
        kept = repr(link.all("SELECT * FROM cases")) + repr(link.all("SELECT * FROM commands"))
        kept += repr(link.all("SELECT * FROM audit"))
    assert "13800005678" not in kept
    assert "小明" not in kept


def test_a_repeated_command_is_carried_out_once(server: Server, people: Any) -> None:
    clerk, name = people(Role.INTAKE), str(uuid.uuid4())
    first = clerk.report(name=name)
    again = clerk.report(name=name.upper())
    assert first["status"] == "applied"
    assert again == {**first, "status": "duplicate"}
    clerk.command("file", first["case_id"], 1, condition="属实")
    later = clerk.report(name=name)
    assert (later["status"], later["seq"], later["ver"]) == ("duplicate", first["seq"], 1)
    assert later["row"][1] == 2
    told = clerk.get(f"/v1/commands/{name}").json()
    assert (told["status"], told["seq"], told["case_id"]) == ("applied", first["seq"], first["case_id"])
    mirror = Mirror(clerk)
    mirror.pull()
    assert len([1 for kind, _ in mirror.rows if kind == "case"]) == 1


def test_a_lost_reply_then_retry(server: Server, people: Any) -> None:
    """The server carried it out, the client never heard: the same bytes again give the same result."""
    clerk, name = people(Role.INTAKE), str(uuid.uuid4())
    item = {"id": name, "kind": "report", "args": {"source": "hotline", "title": "漏水", "place": "32号楼",
                                                   "grid": GRID, "class_id": 301}}  # fmt: skip
    signed = server.desk.signed(clerk.session["token"])
    lost = commands.carry_out(server.desk.database, server.site, signed.actor, signed.scope, item, server.desk.now())
    retry = clerk.post("/v1/commands", json=[item]).json()[0]
    assert (retry["status"], retry["seq"]) == ("duplicate", lost.answer["seq"])


def test_the_same_key_at_the_same_moment(server: Server, people: Any) -> None:
    name, answers = str(uuid.uuid4()), []
    desks = [server.desk_of(Role.INTAKE) for _ in range(4)]
    start = threading.Barrier(4)

    def send(desk: Any) -> None:
        start.wait()
        answers.append(desk.report(name=name))

    threads = [threading.Thread(target=send, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for desk in desks:
        desk.close()
    assert sorted(a["status"] for a in answers) == ["applied", "duplicate", "duplicate", "duplicate"]
    assert len({a["case_id"] for a in answers}) == 1


def test_a_key_used_for_something_else(server: Server, people: Any) -> None:
    clerk, name = people(Role.INTAKE), str(uuid.uuid4())
    clerk.report(name=name)
    for other in (clerk.report(name=name, title="另一件"), people(Role.INTAKE, YOUHAO).report(name=name)):
        assert other["status"] == "rejected"
        assert other["problem"]["type"].endswith(":key-reused")
        assert other["problem"]["status"] == 422
        assert other["row"] is None
    assert people(Role.INTAKE, YOUHAO).get(f"/v1/commands/{name}").status_code == 404


def test_a_stale_base_is_a_conflict_for_good(server: Server, people: Any) -> None:
    clerk, leader = people(Role.INTAKE), people(Role.SHIFT_LEADER)
    case = clerk.report()["case_id"]
    clerk.command("file", case, 1, condition="属实")
    name = str(uuid.uuid4())
    stale = leader.command("file", case, 1, name=name, condition="属实")
    assert (stale["status"], stale["ver"], stale["problem"]["status"]) == ("conflict", 2, 412)
    assert stale["row"][1] == 2
    assert leader.command("file", case, 1, name=name, condition="属实")["status"] == "conflict"


def test_bad_items_do_not_stop_the_others(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    good = {
        "kind": "report",
        "args": {"source": "hotline", "title": "漏水", "place": "楼", "grid": GRID, "class_id": 301},
    }
    deep: Any = "x"
    for _ in range(300):
        deep = [deep]
    wrong: list[Any] = [
        None, 7, "x", [], {}, {"id": 1}, {"id": "no-uuid", "kind": "file"}, {"id": str(uuid.uuid4())},
        {"id": str(uuid.uuid4()), "kind": ""}, {"id": str(uuid.uuid4()), "kind": "x" * 41},
        {"id": str(uuid.uuid4()), "kind": "file\x00"}, {"id": str(uuid.uuid4()), "kind": "file", "args": []},
        {"id": str(uuid.uuid4()), "kind": "file", "case_id": "1"}, {"id": str(uuid.uuid4()), "kind": "file", "case_id": -1},
        {"id": str(uuid.uuid4()), "kind": "file", "case_id": 2**60}, {"id": str(uuid.uuid4()), "kind": "file", "base": 1.5},
        {"id": str(uuid.uuid4()), "kind": "file", "case_id": True},
        {"id": str(uuid.uuid4()), "kind": "file", "args": {"a": deep}},
    ]  # fmt: skip
    items = [{"id": str(uuid.uuid4()), **good}, *wrong, {"id": str(uuid.uuid4()), **good}]
    answer = clerk.post("/v1/commands", json=items)
    assert answer.status_code == 200
    found = answer.json()
    assert [f["status"] for f in found] == ["applied", *["rejected"] * len(wrong), "applied"]
    assert {f["problem"]["type"].rpartition(":")[2] for f in found[1:-1]} == {"bad-request"}


def test_refusals_name_their_reason(server: Server, people: Any) -> None:
    clerk = people(Role.INTAKE)
    case = clerk.report()["case_id"]

    def reason(answer: dict[str, Any]) -> str:
        assert answer["status"] == "rejected"
        return str(answer["problem"]["reason"])

    assert reason(clerk.command("fly", case)) == "unknown-command"
    assert reason(clerk.command("file", 999)) == "unknown-case"
    assert reason(clerk.command("close", case, condition="x")) == "wrong-state"
    assert reason(clerk.command("file", case)) == "missing-argument"
    assert reason(people(Role.DISPATCHER).command("file", case, condition="x")) == "wrong-role"
    assert reason(people(Role.INTAKE, YOUHAO).command("file", case, condition="x")) == "out-of-scope"
    assert reason(clerk.report(grid=1)) == "unknown-grid"
    assert reason(clerk.report(class_id=9)) == "unknown-class"
    assert reason(clerk.report(title="x" * 5000)) == "bad-argument"
    assert reason(people(Role.GRID_WORKER, XINGONG).report(grid=2103040150010101)) == "out-of-scope"


def test_hostile_text_is_cleaned_and_kept(server: Server, people: Any) -> None:
    made = people(Role.INTAKE).report(title="<b>x</b>\u202e\u0000=1+1'; DROP TABLE cases;--", text="a\r\nb\u0007")
    row = dict(zip(CASE_NAMES, made["row"], strict=True))
    assert row["title"] == "<b>x</b>=1+1'; DROP TABLE cases;--"
    assert row["body"] == "a \nb"


def test_the_audit_chain_holds_and_tells(server: Server, people: Any) -> None:
    _closed(people)
    with server.desk.database.read() as link:
        lines = link.all("SELECT n, action, outcome FROM audit ORDER BY n")
        assert audit.check(link) == 0
    assert {"sign-in", "report", "close"} <= {line[1] for line in lines}
    for column, value in (("outcome", "refused"), ("person", 99), ("at", 1)):
        with server.desk.database.write() as link:
            before = link.one(f"SELECT {column} FROM audit WHERE n = 5")
            link.do(f"UPDATE audit SET {column} = ? WHERE n = 5", (value,))
            assert audit.check(link) == 5
            assert before
            link.do(f"UPDATE audit SET {column} = ? WHERE n = 5", before)
    with server.desk.database.write() as link:
        link.do("DELETE FROM audit WHERE n = 7")
        assert audit.check(link) == 8


def test_audit_verify_finds_any_altered_line(server: Server, people: Any, capsys: Any) -> None:
    _closed(people)
    url = server.desk.config.database
    assert main(["audit", "verify", "--database", url]) == 0
    said = capsys.readouterr().out
    with server.desk.database.read() as link:
        last, mark = audit.end(link)
    assert f"共{last}行" in said and mark in said
    for number in range(1, last + 1):
        with server.desk.database.write() as link:
            before = link.one("SELECT action FROM audit WHERE n = ?", (number,))
            link.do("UPDATE audit SET action = ? WHERE n = ?", ("x", number))
        assert main(["audit", "verify", "--database", url]) == 1
        assert f"第{number}行" in capsys.readouterr().out
        with server.desk.database.write() as link:
            link.do("UPDATE audit SET action = ? WHERE n = ?", (before[0], number))
    assert main(["audit", "verify", "--database", url]) == 0


def test_audit_verify_makes_no_database(tmp_path: Path, capsys: Any) -> None:
    missing = tmp_path / "none" / "city.db"
    assert main(["audit", "verify", "--database", f"sqlite:///{missing}"]) == 2
    assert not missing.exists()
    assert "没有这个数据库" in capsys.readouterr().err


def test_nothing_is_left_of_a_command_that_fails_at_the_end(server: Server, people: Any, monkeypatch: Any) -> None:
    """Invariant 1: when the last statement fails, no effect, no feed line, no answer stays."""
    clerk, name = people(Role.INTAKE), str(uuid.uuid4())
    before = clerk.page()
    whole = commands._keep

    def broken(*_: Any) -> None:
        raise TimeoutError("the disk went away")

    monkeypatch.setattr(commands, "_keep", broken)
    assert clerk.report(name=name)["status"] == "retry"
    after = clerk.page()
    assert (after["cursor"], after["digest"]) == (before["cursor"], before["digest"])
    monkeypatch.setattr(commands, "_keep", whole)
    again = clerk.report(name=name)
    assert (again["status"], again["row"][2]) == ("applied", "立沙0311-0001")
    with server.desk.database.read() as link:
        assert link.one("SELECT count(*) FROM cases") == (1,)
        assert feed.head(link) == again["seq"]
