"""The weekly board through the real server: 402 receipts in one command, who sees what, keys, stale bases, 08:00."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import Client, Mirror, Server
from sites import CITY, LISHAN, SHAHE, XINGONG, account_of
from wide import COMMUNITIES, TOWNSHIPS, wide_site

from commandscreen.domain.board import ACTS
from commandscreen.domain.meeting import meeting_of
from commandscreen.domain.person import Role
from commandscreen.domain.receipt import Receipt, ReceiptState, receipt_of
from commandscreen.domain.record import Record, RecordKind, record_id
from commandscreen.domain.task import Task, TaskState, task_of
from commandscreen.protocol.rows import RECORD, record_from_values
from commandscreen.server.sweep import sweep

DAY, HOUR = 86_400, 3_600
ITEM = ["assist_duty", 7]
Hall = Callable[[str], Client]


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server on the wide site, on a Thursday at nine."""
    running = Server(database_url, tmp_path / "files", site=wide_site())
    running.clock.push(DAY)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def hall(server: Server) -> Iterator[Hall]:
    """Clients by account."""
    known: dict[str, Client] = {}

    def enter(account: str) -> Client:
        if account not in known:
            known[account] = Client(server.url, account)
        return known[account]

    yield enter
    for client in known.values():
        client.close()


BUREAU = account_of(Role.HANDLER, CITY, 6)
OTHER = account_of(Role.HANDLER, CITY, 8)


def done(answer: dict[str, Any]) -> int:
    """The id of what a command changed or made. Fails where it was refused."""
    assert answer["status"] == "applied", answer
    return int(answer["case_id"])


def reason(answer: dict[str, Any]) -> str:
    """Why a command was refused."""
    assert answer["status"] in ("rejected", "conflict"), answer
    return str(answer["problem"]["reason"])


def made(client: Client, kind: str, **args: Any) -> int:
    """Makes a record; its id."""
    name = str(uuid.uuid4())
    done(client.command(kind, name=name, **args))
    return record_id(name)


def seen(client: Client) -> dict[int, Record]:
    """Every record a client can see."""
    mirror = Mirror(client)
    mirror.pull()
    return {number: record_from_values(row) for (entity, number), row in mirror.rows.items() if entity == RECORD}


def receipts(client: Client, task: int) -> dict[int, Receipt]:
    """A task's receipts by area, as a client sees them."""
    found = (r for r in seen(client).values() if r.kind is RecordKind.RECEIPT and r.parent == task)
    return {r.area: receipt_of(r) for r in found}


def draft(client: Client, now: int, **more: Any) -> int:
    """A draft to every township and community."""
    args: dict[str, Any] = {"lane": "society", "title": "老旧小区消防管网排查", "due": now + 10 * DAY, "item": ITEM,
                            "to": [f"{CITY}/township", f"{CITY}/community"]}  # fmt: skip
    return made(client, "task.propose", **(args | more))


def opened(hall: Hall, now: int) -> int:
    """A weekly meeting under the chair."""
    number = made(hall("chair"), "meeting.plan", at=now)
    members = meeting_of(seen(hall("chair"))[number]).members
    done(hall("clerk").command("meeting.attend", number, keys=[m.key for m in members]))
    return done(hall("chair").command("meeting.open", number))


def test_one_command_reaches_52_townships_and_350_communities(server: Server, hall: Hall) -> None:
    now = server.desk.now()
    task, meeting = draft(hall(BUREAU), now), opened(hall, now)
    chair = Mirror(hall("chair"))
    chair.pull()
    name, start = str(uuid.uuid4()), time.perf_counter()
    answer = hall("chair").command("meeting.publish", meeting, name=name, tasks=[task])
    spent = time.perf_counter() - start
    done(answer)
    again = hall("chair").command("meeting.publish", meeting, name=name, tasks=[task])
    assert (again["status"], again["seq"]) == ("duplicate", answer["seq"])
    assert reason(hall("chair").command("meeting.publish", meeting, tasks=[task])) == "already-published"
    page = hall("chair").page(chair.cursor, limit=500)
    assert len([i for i in page["items"] if i["t"] == RECORD]) == TOWNSHIPS + COMMUNITIES + 2
    size = len(hall("chair").get("/v1/changes", cursor=chair.cursor, limit=500).content)
    assert size < 400_000, size
    found = receipts(hall("chair"), task)
    assert len(found) == TOWNSHIPS + COMMUNITIES
    assert sum(r.sub.total for r in found.values()) == COMMUNITIES
    assert len(receipts(hall(BUREAU), task)) == TOWNSHIPS + COMMUNITIES, (
        "the proposer sees the receipts of its own task"
    )
    print(f"publish {spent * 1000:.0f} ms, feed {size} bytes")


def test_who_sees_and_may_what(server: Server, hall: Hall) -> None:
    now = server.desk.now()
    task, meeting = draft(hall(BUREAU), now), opened(hall, now)
    done(hall("chair").command("meeting.publish", meeting, tasks=[task]))
    street, village, elsewhere = hall(f"street-{SHAHE}"), hall(f"village-{XINGONG}"), hall("street-210304101")
    mine = receipts(street, task)
    assert SHAHE in mine and XINGONG in mine and all(str(a).startswith(str(SHAHE)) for a in mine)
    assert receipts(village, task).keys() == mine.keys(), "a village sees its township's share"
    assert not set(receipts(elsewhere, task)) & set(mine)
    county = receipts(hall("county-head"), task)
    assert all(str(a).startswith(str(LISHAN)) for a in county) and len(county) > 100
    assert receipts(hall(OTHER), task) == {}, "another bureau sees the task, not its receipts"
    assert task in seen(hall(OTHER)) and meeting in seen(elsewhere), "the board itself is everyone's"

    number = mine[XINGONG].id
    for who in (street, hall("chair"), hall("county-head"), hall(OTHER), hall(BUREAU)):
        assert reason(who.command("receipt.sign", number)) in ("out-of-scope", "wrong-role"), who.session["person"]
    done(village.command("receipt.sign", number))
    assert reason(hall(OTHER).command("receipt.accept", number)) == "out-of-scope"
    done(village.command("receipt.report", number, text="已排查"))
    assert reason(village.command("receipt.report", number, text="再报")) == "already-reported"
    rolled = task_of(seen(hall("chair"))[task])
    assert (rolled.counts.total, rolled.counts.signed, rolled.counts.reported) == (402, 1, 1)
    assert receipts(street, task)[SHAHE].sub.reported == 1
    base = receipts(village, task)[XINGONG].ver
    done(hall(BUREAU).command("receipt.send_back", number, base, reason="缺照片"))
    late = hall(BUREAU).command("receipt.accept", number, base)
    assert late["status"] == "rejected"  # it is not reported any more
    done(village.command("receipt.report", number, text="补照片"))
    stale = hall(BUREAU).command("receipt.accept", number, base)
    assert (stale["status"], reason(stale)) == ("conflict", "stale-base")
    done(hall(BUREAU).command("receipt.accept", number))


def test_two_chairs_and_a_foreign_area(server: Server, hall: Hall) -> None:
    now = server.desk.now()
    number = opened(hall, now)
    answer = hall("deputy").command("meeting.open", number)
    assert (reason(answer), answer["problem"]["detail"]) == ("already-chaired", "chair")
    assert answer["problem"]["status"] == 409
    assert reason(hall("deputy").command("meeting.end", number)) == "not-chair"
    assert reason(hall("county-head").command("meeting.note", number, text="县里说")) == "out-of-scope"
    wednesday = now + 6 * DAY
    assert reason(hall("chair").command("meeting.plan", at=wednesday)) == "no-meeting-day"
    outside = hall("county-head").command("task.propose", lane="party", title="甲", to=["210302003"], due=now + DAY)
    assert reason(outside) == "out-of-scope"


def test_two_publish_at_once_and_one_wins(server: Server, hall: Hall) -> None:
    now = server.desk.now()
    task, meeting = draft(hall(BUREAU), now, to=[str(SHAHE)]), opened(hall, now)
    chairs = [Client(server.url, "chair") for _ in range(4)]
    answers: list[dict[str, Any]] = []
    threads = [threading.Thread(target=lambda c=c: answers.append(c.command("meeting.publish", meeting, tasks=[task])))
               for c in chairs]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for client in chairs:
        client.close()
    assert sorted(a["status"] for a in answers) == ["applied", "rejected", "rejected", "rejected"]
    assert len(receipts(hall("chair"), task)) == 1


def test_many_sign_at_once_and_the_counts_are_their_sum(server: Server, hall: Hall) -> None:
    now = server.desk.now()
    task, meeting = draft(hall(BUREAU), now, to=[f"{SHAHE}/community", str(SHAHE)]), opened(hall, now)
    done(hall("chair").command("meeting.publish", meeting, tasks=[task]))
    mine = receipts(hall("chair"), task)
    villages = [area for area in mine if area != SHAHE]
    clients = {area: hall(f"village-{area}") for area in villages}
    answers: list[dict[str, Any]] = []

    def sign(area: int) -> None:
        for kind, args in (("receipt.sign", {}), ("receipt.report", {"text": "完成"})):
            answer: dict[str, Any] = {"status": "retry"}
            name = str(uuid.uuid4())
            while answer["status"] == "retry":
                answer = clients[area].command(kind, mine[area].id, name=name, **args)
            answers.append(answer)

    threads = [threading.Thread(target=sign, args=(area,)) for area in villages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {a["status"] for a in answers} == {"applied"}
    after = task_of(seen(hall("chair"))[task])
    assert after.counts.row() == (len(mine), len(villages), len(villages), 0, 0)
    assert receipts(hall("chair"), task)[SHAHE].sub.reported == len(villages)


def test_eight_oclock(server: Server, hall: Hall) -> None:
    server.clock.push(11 * HOUR)  # Thursday 20:00
    now = server.desk.now()
    task, meeting = draft(hall(BUREAU), now), opened(hall, now)
    done(hall("chair").command("meeting.publish", meeting, tasks=[task]))
    done(hall("chair").command("meeting.end", meeting))

    def look() -> Task:
        return task_of(seen(hall("chair"))[task])

    assert look().state is TaskState.WAITING and not receipts(hall("chair"), task)
    assert sweep(server.desk.database, server.site, server.desk.now()) == []
    server.clock.push(look().publish_at - server.desk.now())
    told = sweep(server.desk.database, server.site, server.desk.now())
    assert len(told) == 1 and sweep(server.desk.database, server.site, server.desk.now()) == []
    morning = Client(server.url, "chair")  # last evening's session is over
    try:
        assert task_of(seen(morning)[task]).state is TaskState.ACTIVE
        assert len(receipts(morning, task)) == TOWNSHIPS + COMMUNITIES
        assert reason(morning.command("task.due", task)) == "wrong-role"
    finally:
        morning.close()


def test_an_emergency_and_what_is_off_the_lists(server: Server, hall: Hall) -> None:
    now = server.desk.now()
    off = draft(hall(BUREAU), now, item=None, title="社区填报企业用电台账")
    assert reason(hall("clerk").command("task.publish", off, urgent=True, reason="上级催要数据")) == "off-list"
    task = draft(hall(BUREAU), now)
    assert reason(hall("clerk").command("task.publish", task, urgent=False, reason="顺便")) == "outside-meeting"
    assert reason(hall(BUREAU).command("task.publish", task, urgent=True, reason="管道破裂须当晚排查")) == "wrong-role"
    done(hall("clerk").command("task.publish", task, urgent=True, reason="管道破裂须当晚排查"))
    assert task_of(seen(hall("chair"))[task]).flagged
    assert any(r.kind is RecordKind.BURDEN and r.parent == task for r in seen(hall("chair")).values())
    meeting = opened(hall, now)
    asked = made(hall(BUREAU), "admission.ask", task=off, title="企业用电台账", reason="统计需要")
    done(hall("deputy").command("admission.grant", asked))
    other = draft(hall(BUREAU), now, title="另一项")
    assert reason(hall("chair").command("meeting.publish", meeting, tasks=[other])) == "lists-changed"
    done(hall("chair").command("meeting.recheck", meeting))
    done(hall("chair").command("meeting.publish", meeting, tasks=[other, off]))
    assert receipts(hall("chair"), off)[XINGONG].state is ReceiptState.SENT


def test_no_command_of_the_board_harms_the_server(server: Server, hall: Hall) -> None:
    """Every command of the table, on nothing and on the wrong record, with nonsense: an answer each, never a fault."""
    now = server.desk.now()
    task = draft(hall(BUREAU), now, to=[str(SHAHE)])
    nonsense: list[Any] = [None, -1, 2**53, "x" * 5000, [], [[]], {}, True, "2103/none", ["2103/none"], 1.5]
    for act in {a.kind for a in ACTS}:
        for subject in (0, task, 99):
            for value in nonsense:
                names = {n for a in ACTS if a.kind == act for n in (*a.needs, *a.takes)}
                answer = hall("chair").command(act, subject, **dict.fromkeys(names, value))
                assert answer["status"] in ("rejected", "conflict", "applied"), (act, subject, value, answer)


def step(client: Client, kind: str, number: int, at: int, **args: Any) -> dict[str, Any]:
    """A command that a desk gave at an instant and kept back until now."""
    item = {"id": str(uuid.uuid4()), "kind": kind, "case_id": number, "args": args, "client_time": at}
    answer = client.post("/v1/commands", json=[item])
    answer.raise_for_status()
    return dict(answer.json()[0])


def test_a_meeting_held_without_a_line_keeps_its_hour_and_one_beyond_the_bounds_does_not(
    server: Server, hall: Hall
) -> None:
    """The chair's desk comes back after the sweep has ended the meeting by time: minutes and account are put right."""
    began = server.desk.now()
    number = made(hall("chair"), "meeting.plan", at=began)
    members = [m.key for m in meeting_of(seen(hall("chair"))[number]).members]
    done(hall("chair").command("meeting.attend", number, keys=members))
    done(hall("chair").command("meeting.open", number))
    server.clock.push(5 * HOUR)
    sweep(server.desk.database, server.site, server.desk.now())
    ended = meeting_of(seen(hall("chair"))[number])
    assert ended.state.value == "ended" and ended.ended_at == ended.opened_at + 4 * HOUR and ended.over == 3 * HOUR
    assert step(hall("chair"), "meeting.next", number, began - 40 * DAY)["status"] == "rejected", "too far back"
    assert step(hall("chair"), "meeting.note", number, began + 10 * 60, text="记")["status"] == "applied"
    assert step(hall("chair"), "meeting.end", number, began + 50 * 60)["status"] == "applied"
    meeting = meeting_of(seen(hall("chair"))[number])
    assert (meeting.ended_at, meeting.over) == (began + 50 * 60, 0) and meeting.handed_in >= began + 5 * HOUR
    lines = [r for r in seen(hall("chair")).values() if r.kind is RecordKind.BURDEN and r.parent == number]
    assert [(r.at, r.doc["minutes"], r.doc.get("over", 0)) for r in lines] == [(began + 50 * 60, 50, 0)]


def test_a_task_says_to_whom_it_is_copied_and_they_see_it(server: Server, hall: Hall) -> None:
    """The county over a recipient, and the street past which its community was asked, have task and share in their scope."""
    task = made(hall(BUREAU), "task.propose", lane="society", title="入户宣传", to=[str(XINGONG)], item=ITEM,
                                     due=server.desk.now() + DAY * 5)  # fmt: skip
    number = made(hall("chair"), "meeting.plan", at=server.desk.now())
    members = [m.key for m in meeting_of(seen(hall("chair"))[number]).members]
    done(hall("chair").command("meeting.attend", number, keys=members))
    done(hall("chair").command("meeting.open", number))
    done(hall("chair").command("meeting.publish", number, tasks=[task]))
    assert task_of(seen(hall("chair"))[task]).copied == (LISHAN, SHAHE)
    for account in ("county-head", f"street-{SHAHE}"):
        found = seen(hall(account)).values()
        assert any(r.id == task for r in found), account
        assert [receipt_of(r).area for r in found if r.kind is RecordKind.RECEIPT] == [XINGONG], account
