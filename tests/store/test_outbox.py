"""The outbox and its overlay: kept before shown, shown as the server will have it, taken back, refused, survived."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sites import SHAHE, tiny_site

from commandscreen.domain.case import Case, Source, State
from commandscreen.domain.decide import Command
from commandscreen.domain.person import Actor, Role
from commandscreen.protocol.rows import CASE, case_values
from commandscreen.store import apply, queries
from commandscreen.store.delta import Delta
from commandscreen.store.names import temporary_id
from commandscreen.store.outbox import Fate, Outbox
from commandscreen.store.replica import Replica, ReplicaError

SITE = tiny_site()
GRID = int(SITE.grids.code[SITE.grids.span(SHAHE)[0]])
ACTOR = Actor(7, "周敏", frozenset({Role.INTAKE, Role.DISPATCHER}), SHAHE)
CLASS = min(SITE.classes)
NOW = 1_790_000_000
ROOT = Path(__file__).parents[2]


def case(number: int, **more: object) -> Case:
    made = Case(number, 1, f"立沙0311-{number:04d}", State.PENDING_DISPATCH, Source.HOTLINE, CLASS, "楼道漏水", "", "3号楼", GRID, SHAHE,
                reported_at=NOW - 900, filed_at=NOW - 600, due_at=NOW + 300, changed_at=NOW - 600)  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def dispatch(number: int, case_id: int = 1, base: int = 1, lead: int = 1) -> Command:
    return Command(f"00000000-0000-4000-8000-{number:012d}", "dispatch", case_id, base, {"lead": lead}, NOW)


@pytest.fixture
def desk(tmp_path: Path):
    made = Replica(tmp_path, lambda _: None)
    made.stand(SITE, ACTOR).result()
    made.write_rows(lambda c: (None, apply.empty(c, [f"t{SHAHE}", "u1", "u2"]))).result()
    came(made, case(1), case(2), cursor=10)
    yield made
    made.close()


def came(desk: Replica, *cases: Case, cursor: int, gone: tuple[int, ...] = ()) -> tuple[str, ...]:
    """A page; gives the buckets whose digest, counted from the rows, differs from the one kept."""

    def change(connection):  # type: ignore[no-untyped-def]
        rows = [(CASE, case_values(c)) for c in cases]
        digests, delta = apply.apply_page(connection, rows, [(CASE, g) for g in gone], cursor, 0.0)
        apply.recount(connection)
        counted = apply.Digests(connection).values
        return tuple(n for n, value in digests.values.items() if counted[n] != value), delta

    return desk.write_rows(change).result()


def shown(desk: Replica, number: int) -> Case:
    found = desk.write(lambda c: (queries.case(c, number), Delta())).result()
    assert found is not None
    return found


def fates(desk: Replica) -> list[Fate]:
    return [e.fate for e in desk.look_into_outbox(lambda box: box.listing())]


def test_a_command_is_shown_as_it_will_land_and_marked(desk: Replica) -> None:
    desk.command(dispatch(1), 0).result()
    assert shown(desk, 1).state is State.PENDING_SIGN
    assert shown(desk, 1).lead == 1
    brief = desk.write(lambda c: (queries.briefs(c, [1, 2]), Delta())).result()
    assert {b.id: bool(b.pending) for b in brief} == {1: True, 2: False}


def test_pages_go_on_beneath_the_overlay_and_digests_agree(desk: Replica) -> None:
    desk.command(dispatch(1), 0).result()
    assert came(desk, case(2, ver=2, title="换了"), cursor=11) == ()
    assert shown(desk, 1).state is State.PENDING_SIGN, "still covered"
    landed = replace(shown(desk, 1))
    desk.commanding(lambda box: box.answered(dispatch(1).id, Fate.LANDED, 12)).result()
    assert shown(desk, 1).state is State.PENDING_SIGN, "no flicker before its row comes"
    assert came(desk, landed, cursor=12) == ()
    assert shown(desk, 1) == landed
    assert fates(desk) == [Fate.SETTLED]
    assert desk.write(lambda c: (c.exec_driver_sql("SELECT count(*) FROM held").scalar_one(), Delta())).result() == 0


def test_two_commands_on_one_case_build_on_each_other(desk: Replica) -> None:
    came(desk, case(3, state=State.REPORTED, filed_at=0), cursor=11)
    file = Command("00000000-0000-4000-8000-0000000000aa", "file", 3, 1, {"condition": "属实"}, NOW)
    desk.command(file, 0).result()
    desk.command(dispatch(2, 3, base=2), 0).result()
    assert shown(desk, 3).state is State.PENDING_SIGN
    assert shown(desk, 3).ver == 3


def test_a_refusal_puts_the_servers_case_back_and_stays_in_the_tray(desk: Replica) -> None:
    desk.command(dispatch(1), 0).result()
    desk.commanding(lambda box: box.answered(dispatch(1).id, Fate.CONFLICT, code="stale-base", theirs=2)).result()
    assert shown(desk, 1).state is State.PENDING_DISPATCH
    entry = desk.look_into_outbox(lambda box: box.listing())[0]
    assert (entry.fate, entry.code, entry.theirs, entry.needs_attention) == (Fate.CONFLICT, "stale-base", 2, True)
    desk.commanding(lambda box: box.dismiss([entry.command.id])).result()
    assert fates(desk) == [Fate.DROPPED]
    assert desk.look_into_outbox(lambda box: box.overlay(0)) == []


def test_theirs_wins_on_the_screen_when_the_case_moved_on(desk: Replica) -> None:
    desk.command(dispatch(1), 0).result()
    came(desk, case(1, ver=2, state=State.VOID), cursor=11)
    assert shown(desk, 1).state is State.VOID
    assert fates(desk) == [Fate.WAITING], "the server will say what became of it; nothing is dropped"


def test_a_command_that_is_kept_is_never_called_lost(desk: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    """The outbox has it, the replica cannot show it yet: that is no failure of the command."""

    def full(*_: object) -> Delta:
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("commandscreen.store.overlay.lay", full)
        desk.command(dispatch(1), 0).result()
    assert fates(desk) == [Fate.WAITING]
    assert shown(desk, 1).state is State.PENDING_DISPATCH
    came(desk, cursor=11)
    assert shown(desk, 1).state is State.PENDING_SIGN, "the next page shows it"


def test_an_outbox_that_cannot_be_written_says_so_and_changes_nothing(desk: Replica) -> None:
    desk.look_into_outbox(lambda box: box._connection.exec_driver_sql("PRAGMA query_only=ON"))
    with pytest.raises(ReplicaError):
        desk.command(dispatch(1), 0).result()
    desk.look_into_outbox(lambda box: box._connection.exec_driver_sql("PRAGMA query_only=OFF"))
    assert shown(desk, 1).state is State.PENDING_DISPATCH
    assert fates(desk) == []


def test_undo_only_while_it_waits(desk: Replica) -> None:
    desk.command(dispatch(1), 60).result()
    assert desk.look_into_outbox(lambda box: box.ready(time.time())) == []
    first = dispatch(1).id
    assert desk.commanding(lambda box: box.take_back([first, "unknown"], time.time())).result() == 1
    assert shown(desk, 1).state is State.PENDING_DISPATCH
    desk.command(dispatch(2), 0).result()
    assert desk.commanding(lambda box: box.take_back([dispatch(2).id], time.time())).result() == 0


def test_a_clock_that_jumps_holds_nothing_up(desk: Replica) -> None:
    desk.command(dispatch(1), 10).result()
    for jump in (-400 * 86_400, 400 * 86_400):
        assert desk.look_into_outbox(lambda box, j=jump: box.ready(time.time() + j)) == [dispatch(1)]


def test_order_within_a_case_is_kept(tmp_path: Path) -> None:
    box = Outbox(tmp_path / "outbox.db")
    box.add(dispatch(1, 5), 100.0, 10)
    box.add(dispatch(2, 5), 100.0, 0)
    box.add(dispatch(3, 6), 100.0, 0)
    assert [c.id for c in box.ready(105.0)] == [dispatch(3).id], "the first still waits, so the second does too"
    assert [c.id for c in box.ready(111.0)] == [dispatch(n).id for n in (1, 2, 3)]
    box.close()


def test_one_that_waits_for_a_name_holds_back_its_case_s_later_ones(tmp_path: Path) -> None:
    """A merge into a case reported here cannot leave yet; what was done to the case after it must not overtake it."""
    box = Outbox(tmp_path / "outbox.db")
    report = Command("00000001-0000-4000-8000-000000000000", "report", 0, 0, {}, NOW)
    box.add(report, 100.0, 0)
    temp = box._entries("1")[0].command
    box.add(
        Command("00000002-0000-4000-8000-000000000000", "merge", 5, 0, {"master": temporary_id(temp)}, NOW), 100.0, 0
    )
    box.add(dispatch(3, 5), 100.0, 0)
    box.add(dispatch(4, 6), 100.0, 0)
    assert [c.id for c in box.ready(105.0)] == [report.id, dispatch(4).id]
    box.close()


def test_the_overlay_comes_back_after_a_restart(tmp_path: Path) -> None:
    desk = Replica(tmp_path, lambda _: None)
    desk.stand(SITE, ACTOR).result()
    desk.write_rows(lambda c: (None, apply.empty(c, [f"t{SHAHE}"]))).result()
    came(desk, case(1), cursor=10)
    desk.command(dispatch(1), 0).result()
    desk.close()
    (tmp_path / "replica.db").unlink()
    desk = Replica(tmp_path, lambda _: None)
    desk.stand(SITE, ACTOR).result()
    desk.write_rows(lambda c: (None, apply.empty(c, [f"t{SHAHE}"]))).result()
    came(desk, case(1), cursor=10)
    assert shown(desk, 1).state is State.PENDING_SIGN, "the replica is disposable, the outbox is not"
    desk.close()


def test_the_outbox_is_written_through(tmp_path: Path) -> None:
    box = Outbox(tmp_path / "outbox.db")
    assert box._connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
    box.close()


_CHILD = """
import sys
from pathlib import Path
from commandscreen.domain.decide import Command
from commandscreen.store.outbox import Outbox
box = Outbox(Path(sys.argv[1]))
n = int(sys.argv[2])
while True:
    n += 1
    box.add(Command(str(n), 'sign', n), 100.0, 0)
    print(n, flush=True)
"""


def test_kill_9_at_any_moment_loses_no_command_that_was_kept(tmp_path: Path) -> None:
    path, told = tmp_path / "outbox.db", 0
    for turn in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", _CHILD, str(path), str(turn * 100_000)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        with child:
            assert child.stdout is not None
            said = [child.stdout.readline().strip()]
            time.sleep(0.002 * turn)
            os.kill(child.pid, signal.SIGKILL)
            said += child.stdout.read().split("\n")[:-1]  # the last line may have been cut in two
        last = int(said[-1])
        told += last - turn * 100_000
        with sqlite3.connect(path) as plain:
            assert plain.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            held = plain.execute(
                "SELECT count(*) FROM outbox WHERE case_id > ? AND case_id <= ?", (turn * 100_000, last)
            ).fetchone()[0]
        plain.close()
        assert held == last - turn * 100_000
    assert told > 12


def test_what_waits_is_shown_after_a_restart_without_a_server(tmp_path: Path) -> None:
    desk = Replica(tmp_path, lambda _: None)
    desk.stand(SITE, ACTOR).result()
    desk.write_rows(lambda c: (None, apply.empty(c, [f"t{SHAHE}"]))).result()
    came(desk, case(1), cursor=10)
    desk.command(dispatch(1), 0).result()
    desk.close()
    desk = Replica(tmp_path, lambda _: None)
    desk.stand(SITE, ACTOR).result()
    assert shown(desk, 1).state is State.PENDING_SIGN, "no page comes, no key is pressed"
    desk.close()
