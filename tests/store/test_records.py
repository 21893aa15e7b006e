"""Records in the replica: pages, digests, scope, and the overlay that shows them as they will land."""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parents[1])]

from sites import CITY, SHAHE, YOUHAO, tiny_site  # noqa: E402

from commandscreen.domain import affairs  # noqa: E402
from commandscreen.domain.command import Command, Ground, Refusal  # noqa: E402
from commandscreen.domain.person import Actor, Role  # noqa: E402
from commandscreen.domain.record import Book, Record, RecordKind, area_bucket, record_id  # noqa: E402
from commandscreen.protocol.digest import row_hash  # noqa: E402
from commandscreen.protocol.rows import RECORD, record_values  # noqa: E402
from commandscreen.store import apply, records  # noqa: E402
from commandscreen.store.delta import Delta  # noqa: E402
from commandscreen.store.outbox import Entry, Fate, Outbox  # noqa: E402
from commandscreen.store.replica import Replica  # noqa: E402

NOW = 1_773_190_800
ACTOR = Actor(1, "a", frozenset({Role.DISPATCHER}), SHAHE)
HERE, ALL = area_bucket(SHAHE), area_bucket(CITY)


def record(number: int, ver: int = 1, **more: Any) -> Record:
    made = Record(number, RecordKind.TASK, SHAHE, ver, at=NOW, state="new", title="做", shares=(HERE,))
    return replace(made, **more)


def rules(subject: Record | None, command: Command, ground: Ground, book: Book) -> tuple[Record, ...] | Refusal:
    if subject is None:
        return (record(record_id(command.id), parent=int(command.args.get("parent", 0))),)
    seen = len(book.children(RecordKind.TASK, subject.id)), len(book.dated(RecordKind.TASK, SHAHE, NOW, NOW + 1))
    return (subject.after(ground.now, state="done", doc={"seen": list(seen)}),)


@pytest.fixture
def heard() -> list[Delta]:
    return []


@pytest.fixture
def replica(tmp_path: Path, heard: list[Delta], monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    monkeypatch.setattr(affairs, "RULES", {RecordKind.TASK: rules})
    made = Replica(tmp_path / "desk", heard.append)
    made.write(lambda c: (None, apply.empty(c, [HERE, ALL, "city"]))).result()
    made.stand(tiny_site(), ACTOR).result()
    yield made
    made.close()


def page(replica: Replica, *found: Record, gone: tuple[int, ...] = (), cursor: int = 1) -> None:
    rows = [(RECORD, record_values(r)) for r in found]
    replica.write_rows(
        lambda c: (None, apply.apply_page(c, rows, [(RECORD, g) for g in gone], cursor, 0.0)[1])
    ).result()


def shown(replica: Replica) -> dict[int, Record]:
    return replica.write(lambda c: ({r.id: r for r in records.of_kind(c, RecordKind.TASK)}, Delta())).result()


def digests(replica: Replica) -> dict[str, tuple[int, int]]:
    sql = "SELECT name, count, sum FROM buckets"
    return replica.write(lambda c: ({n: (k, int(s, 16)) for n, k, s in c.exec_driver_sql(sql)}, Delta())).result()


def command(kind: str, number: int = 0, **args: Any) -> Command:
    return Command(str(uuid.uuid4()), kind, number, 0, args, NOW)


def test_a_page_puts_and_drops_records_and_tells_their_kind(replica: Replica, heard: list[Delta]) -> None:
    page(replica, record(1), record(2, shares=(HERE, ALL)))
    heard.clear()
    page(replica, record(1, 2, state="done"), gone=(2,), cursor=2)
    assert heard == [Delta(records=frozenset({RecordKind.TASK}))]
    assert shown(replica) == {1: record(1, 2, state="done")}
    assert digests(replica) == {HERE: (1, row_hash(RECORD, 1, 2)), ALL: (0, 0), "city": (0, 0)}


def test_an_older_record_never_replaces_a_newer_one(replica: Replica) -> None:
    page(replica, record(1, 5))
    page(replica, record(1, 4, state="old"), cursor=2)
    assert shown(replica)[1].state == "new"


def test_counted_anew_the_digests_are_the_same(replica: Replica) -> None:
    page(replica, record(1, 3), record(2, 1, shares=(HERE, ALL)), record(3, 1, shares=("t999999999", ALL)))
    kept = digests(replica)
    replica.write(lambda c: (apply.recount(c), Delta())).result()
    assert digests(replica) == kept
    assert kept[ALL][0] == 2


def test_what_leaves_the_scope_leaves_the_disk(replica: Replica) -> None:
    page(replica, record(1), record(2, shares=(ALL,)), record(3, shares=(HERE, ALL)))
    replica.write_rows(lambda c: (None, apply.purge(c, [ALL, "city"]))).result()
    assert set(shown(replica)) == {2, 3}


def test_a_bucket_that_is_forgotten_takes_only_its_own(replica: Replica) -> None:
    page(replica, record(1), record(2, shares=(ALL,)), record(3, shares=(HERE, ALL)))
    replica.write_rows(lambda c: (None, apply.forget_bucket(c, ALL))).result()
    assert set(shown(replica)) == {1, 3}


def test_what_is_given_shows_at_once_and_gives_way_to_the_servers_row(replica: Replica) -> None:
    page(replica, record(1))
    made, done = command("task.make", parent=1), command("task.end", 1)
    replica.command(made, 0).result()
    replica.command(done, 0).result()
    new = record_id(made.id)
    assert shown(replica)[new].parent == 1
    assert shown(replica)[1].doc == {"seen": [1, 2]}  # the rules saw what was made just before
    pending = replica.write(lambda c: (records.is_pending(c), Delta())).result()
    assert pending == {1, new}
    page(replica, record(1, 9, state="theirs"), cursor=2)
    assert shown(replica)[1].ver == 10  # laid again on the newer row
    replica.commanding(lambda box: [box.answered(c.id, Fate.REFUSED, code="no") for c in (made, done)]).result()
    assert shown(replica) == {1: record(1, 9, state="theirs")}
    assert digests(replica)[HERE] == (1, row_hash(RECORD, 1, 9))


def test_what_was_made_here_can_be_gone_on_with_before_the_server_has_it(replica: Replica) -> None:
    made = command("task.make")
    replica.command(made, 0).result()
    replica.command(command("task.end", record_id(made.id)), 0).result()
    assert shown(replica)[record_id(made.id)].state == "done"


def test_a_neighbours_record_never_counts_in_a_bucket_that_is_not_held(replica: Replica) -> None:
    page(replica, record(1, shares=(HERE, area_bucket(YOUHAO))))
    assert set(digests(replica)) == {HERE, ALL, "city"}


def broken(subject: Record | None, command: Command, ground: Ground, book: Book) -> tuple[Record, ...] | Refusal:
    if command.kind == "task.break":
        raise ZeroDivisionError("planted")
    if command.kind == "task.spoil":
        return (record(record_id(command.id), doc={"no row": object()}), record(record_id(command.id, "other")))
    return rules(subject, command, ground, book)


def entries(replica: Replica) -> dict[str, Entry]:
    return {e.command.id: e for e in replica.look_into_outbox(Outbox.listing)}


@pytest.mark.parametrize("kind", ["task.break", "task.spoil"])
def test_a_rule_that_breaks_stops_nothing_and_is_put_before_a_person(
    replica: Replica, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The command stays and goes to the server; those before and after it show; pages come; it is told once."""
    monkeypatch.setattr(affairs, "RULES", {RecordKind.TASK: broken})
    told: list[Sequence[Entry]] = []
    replica.told = told.append
    page(replica, record(1), record(2))
    first, bad, last = command("task.end", 1), command(kind, 1), command("task.end", 2)
    for one in (first, bad, last):
        replica.command(one, 0).result()
    found = {e.command.id: e for e in told[-1]}
    assert [found[c.id].needs_attention for c in (first, bad, last)] == [False, True, False]
    assert (found[bad.id].fate, found[bad.id].code) == (Fate.WAITING, "rule-broke")
    assert replica.look_into_outbox(lambda box: [c.id for c in box.ready(time.time())]) == [first.id, bad.id, last.id]
    assert [shown(replica)[n].state for n in (1, 2)] == ["done", "done"]
    assert set(shown(replica)) == {1, 2}, "nothing of it is shown, not even the part that could be"
    page(replica, record(1, 9, state="theirs"), cursor=2)
    assert shown(replica)[1].ver == 10
    replica.stand(tiny_site(), ACTOR).result()  # as after a restart
    replica.commanding(lambda box: box.dismiss([bad.id])).result()
    assert not entries(replica)[bad.id].needs_attention
    page(replica, record(1, 10, state="theirs"), cursor=3)
    seen = entries(replica)[bad.id]
    assert (seen.fate, seen.needs_attention) == (Fate.WAITING, False), "a person was told once; it still goes out"
    replica.commanding(lambda box: box.answered(bad.id, Fate.REFUSED, code="wrong-state")).result()
    assert (entries(replica)[bad.id].code, entries(replica)[bad.id].needs_attention) == ("wrong-state", True)


def test_a_rule_that_is_right_again_takes_back_what_it_said(replica: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    page(replica, record(1))
    bad = command("task.end", 1)
    monkeypatch.setattr(affairs, "RULES", {RecordKind.TASK: lambda *_: 1 / 0})
    replica.command(bad, 0).result()
    assert entries(replica)[bad.id].needs_attention
    monkeypatch.setattr(affairs, "RULES", {RecordKind.TASK: rules})
    page(replica, record(1, 2), cursor=2)
    assert (entries(replica)[bad.id].code, shown(replica)[1].state) == ("", "done")
