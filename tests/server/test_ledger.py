"""Commands on records: decided, kept, fed, audited and answered in one transaction, inside the scope."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "contract")]

from sites import CITY, LISHAN, SHAHE, TIEDONG, YOUHAO, tiny_site  # noqa: E402

from commandscreen.domain import affairs  # noqa: E402
from commandscreen.domain.command import Command, Ground, Reason, Refusal  # noqa: E402
from commandscreen.domain.person import Actor, Role  # noqa: E402
from commandscreen.domain.record import Book, Record, RecordKind, area_bucket, record_id  # noqa: E402
from commandscreen.protocol.rows import RECORD, record_from_values  # noqa: E402
from commandscreen.server import audit, commands, feed, tallies  # noqa: E402
from commandscreen.server.database import Database, renew  # noqa: E402
from commandscreen.server.scope import scope_of  # noqa: E402
from commandscreen.server.sweep import sweep  # noqa: E402

SITE = tiny_site()
NOW = 1_773_190_800
CLERK = Actor(1, "a", frozenset({Role.DISPATCHER}), SHAHE)
CHIEF = Actor(2, "b", frozenset({Role.CENTRE_HEAD}), CITY)
NEIGHBOUR = Actor(3, "c", frozenset({Role.DISPATCHER}), YOUHAO)


def notes(subject: Record | None, command: Command, ground: Ground, book: Book) -> tuple[Record, ...] | Refusal:
    """A kind of record as simple as can be: made, changed on its version, counted in its parent, due once."""
    if subject is None:
        area = int(command.args.get("area", ground.actor.area))
        number = int(command.args.get("id", record_id(command.id)))
        return (Record(number, RecordKind.TASK, area, 1, int(command.args.get("parent", 0)), at=ground.now,
                       due_at=int(command.args.get("due", 0)), state="new", title="做", changed_at=ground.now,
                       shares=(area_bucket(area),)),)  # fmt: skip
    if command.base and command.base != subject.ver:
        return Refusal(Reason.STALE_BASE, str(subject.ver))
    parent = book.record(subject.parent) if subject.parent else None
    count = len(book.children(RecordKind.TASK, subject.parent)) if parent else 0
    done = subject.after(ground.now, state="done", due_at=0)
    return (done, parent.after(ground.now, doc={"children": count})) if parent else (done,)


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(affairs, "RULES", {RecordKind.TASK: notes})


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'city.db'}")
    made.migrate()
    with made.write() as link:
        tallies.ensure(link, SITE)
    yield made
    made.close()


def give(
    database: Database, actor: Actor, kind: str, number: int = 0, base: int = 0, name: str = "", **args: Any
) -> Any:
    command = Command(name or str(uuid.uuid4()), kind, number, base, args, NOW)
    return commands.carry_out(database, SITE, actor, scope_of(actor, SITE), command, NOW).answer


def page(database: Database, actor: Actor) -> dict[int, Record | None]:
    with database.read() as link:
        items = orjson.loads(orjson.dumps(feed.page(link, scope_of(actor, SITE), 0, 500)["items"]))
    return {i["id"]: record_from_values(i["row"]) if i["row"] else None for i in items if i["t"] == RECORD}


def test_a_record_is_made_fed_audited_and_answered(database: Database) -> None:
    name = str(uuid.uuid4())
    answer = give(database, CLERK, "task.make", name=name)
    number = record_id(name)
    assert (answer["status"], answer["case_id"], answer["ver"]) == ("applied", number, 1)
    assert record_from_values(answer["row"]).title == "做"
    assert page(database, CLERK)[number] == record_from_values(answer["row"])
    assert give(database, CLERK, "task.make", name=name)["status"] == "duplicate"
    with database.read() as link:
        assert audit.check(link) == 0
        assert link.all("SELECT action, subject FROM audit") == [("task.make", str(number))]


def test_only_those_in_its_buckets_see_or_change_it(database: Database) -> None:
    number = give(database, CLERK, "task.make")["case_id"]
    assert number not in page(database, NEIGHBOUR) and number in page(database, CHIEF)
    refused = give(database, NEIGHBOUR, "task.end", number)
    assert (refused["status"], refused["problem"]["reason"], refused["row"]) == ("rejected", "out-of-scope", None)
    assert page(database, CLERK)[number].state == "new"


def test_a_whole_citys_record_reaches_every_township_and_a_countys_its_own(database: Database) -> None:
    city = give(database, CHIEF, "task.make", area=CITY)["case_id"]
    county = give(database, CHIEF, "task.make", area=TIEDONG)["case_id"]
    assert set(page(database, CLERK)) == {city}
    assert set(page(database, CHIEF)) == {city, county}
    assert (
        area_bucket(LISHAN) in scope_of(CLERK, SITE).buckets
        and area_bucket(TIEDONG) not in scope_of(CLERK, SITE).buckets
    )


def test_a_stale_base_is_a_conflict_that_shows_theirs(database: Database) -> None:
    number = give(database, CLERK, "task.make")["case_id"]
    give(database, CLERK, "task.end", number, 1)
    stale = give(database, CLERK, "task.end", number, 1)
    assert (stale["status"], stale["ver"], record_from_values(stale["row"]).state) == ("conflict", 2, "done")


def test_what_hangs_together_changes_together(database: Database) -> None:
    parent = give(database, CLERK, "task.make")["case_id"]
    child = give(database, CLERK, "task.make", parent=parent)["case_id"]
    give(database, CLERK, "task.end", child)
    found = page(database, CLERK)
    assert (found[parent].doc, found[parent].ver, found[child].state) == ({"children": 1}, 2, "done")


def test_nobody_takes_anothers_id(database: Database) -> None:
    number = give(database, CLERK, "task.make")["case_id"]
    taken = give(database, NEIGHBOUR, "task.make", id=number)
    assert taken["problem"]["reason"] == "bad-argument"
    assert page(database, CLERK)[number].area == SHAHE


def test_what_is_due_is_looked_at_once_and_only_by_the_server(database: Database) -> None:
    number = give(database, CLERK, "task.make", due=NOW + 60)["case_id"]
    assert give(database, CLERK, "task.due", number)["problem"]["reason"] == "wrong-role"
    assert sweep(database, SITE, NOW + 59) == []
    assert len(sweep(database, SITE, NOW + 60)) == 1
    assert page(database, CLERK)[number].state == "done"
    assert sweep(database, SITE, NOW + 61) == []


def test_a_kind_without_rules_is_an_unknown_command(database: Database) -> None:
    assert give(database, CLERK, "alarm.make")["problem"]["reason"] == "unknown-command"
    assert give(database, CLERK, "weather.make")["problem"]["reason"] == "unknown-command"
    assert give(database, CLERK, "task.end", 77)["problem"]["reason"] == "unknown-case"


def test_records_follow_a_command_on_a_case(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def mark(before: Any, after: Any, command: Command, ground: Ground, book: Book) -> tuple[Record, ...]:
        known = book.children(RecordKind.TASK, after.id)
        if known:
            return tuple(r.after(ground.now, state=after.state.value) for r in known)
        made = Record(
            record_id(command.id), RecordKind.TASK, after.township, 1, after.id, ground.now, state=after.state.value
        )
        return (replace(made, shares=(area_bucket(after.township),)),)

    monkeypatch.setattr(affairs, "FOLLOWERS", (mark,))
    grid, kind = int(SITE.grids.code[0]), next(iter(SITE.classes))
    area = Actor(4, "d", frozenset({Role.INTAKE}), grid // 10**7)
    made = give(
        database, area, "report", source="hotline", title="漏水", place="1号", text="漏", grid=grid, class_id=kind
    )
    assert made["status"] == "applied", made["problem"]
    assert [r.state for r in page(database, area).values()] == ["reported"]
    give(database, area, "file", made["case_id"], condition="属实")
    assert [(r.state, r.ver) for r in page(database, area).values()] == [("pending_dispatch", 2)]


def test_two_restores_of_one_backup_hand_out_other_ids(tmp_path: Path) -> None:
    heads = []
    for name in ("one", "two"):
        made = Database(f"sqlite:///{tmp_path / name}.db")
        made.migrate()
        renew(made)
        with made.read() as link:
            heads.append(link.one("SELECT value FROM counters WHERE name = 'case'"))
        made.close()
    assert heads[0] != heads[1] and min(int(h[0]) for h in heads if h) >= 1_000_000
