"""F9: a scope that shrinks and grows under load: what left it is on the disk no more, and the rest is whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fault_core import BUCKETS, Core, Desk, Wire, check
from fault_table import Ledger, many

from commandscreen.server.scope import Scope
from commandscreen.store.replica import Replica

TIMES = many(25, 500)


def _left_on_disk(desk: Desk, core: Core, count: int) -> int:
    """How many cases outside the scope show in any file of the replica, be it in free pages or in the log."""
    held = core.rows(desk.wire.scope)
    data = b"".join(path.read_bytes() for path in desk.home.glob("replica*"))
    return sum(1 for number in range(1, count + 1) if number not in held and f"密{number:05d}号".encode() in data)


def _shrink_and_grow(scratch: Path) -> tuple[int, int, int]:
    """Rows found outside the scope, digests that did not fit, and the checks made."""
    core = Core(scratch / "server")
    count = 60
    core.seed(count, "密")
    with core.database.write() as link:
        for number in range(1, count + 1):
            link.do(
                "UPDATE cases SET title = ?, body = ? WHERE id = ?",
                (f"密{number:05d}号", f"密{number:05d}号" * 40, number),
            )
    desk = Desk(scratch / "desk", Wire(core, 0, BUCKETS, page=20))
    rng = random.Random(9)
    outside = wrong = checks = 0
    try:
        desk.drained()
        for turn in range(TIMES):
            for _ in range(rng.randint(0, 3)):  # the load: cases move between units, commands go out
                core.move(rng.randint(1, count), rng.choice((0, 1, 2, 3)))
            desk.give("progress", rng.choice(sorted(n for n in desk.shown() if n > 0) or [1]))
            desk.wire.scope = Scope.of(rng.sample(BUCKETS, rng.randint(1, 4)))
            if turn % 7 == 3:
                desk.restart()
            desk.drained()
            outside += _left_on_disk(desk, core, count)
            wrong += desk.shown() != core.rows(desk.wire.scope)
            checks += 1
        wrong += sum(check(core, [desk]).values())
    finally:
        desk.close()
        core.close()
    return outside, wrong, checks


def test_what_left_the_scope_is_gone_from_the_disk(scratch: Path, ledger: Ledger) -> None:
    """Not one title of a case outside the scope is in the files, at every change of it."""
    outside, wrong, checks = _shrink_and_grow(scratch)
    ledger.note("F9", "scope shrinks and grows under load", lost=wrong, corrupt=outside, scopes=checks)
    assert (outside, wrong) == (0, 0)


def _only_emptied(self: Replica) -> bool:
    self.bulk(lambda c: c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone())
    return True


@pytest.mark.parametrize("mistake", ["deleted rows stay in free pages", "the log is not emptied"])
def test_a_purge_that_only_deletes_is_found(
    scratch: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, mistake: str
) -> None:
    """The planted mistakes: a DELETE alone leaves the text where it was."""
    if mistake == "the log is not emptied":
        monkeypatch.setattr(Replica, "scrub", lambda self: True)
    else:
        begin = Replica.__init__

        def careless(self: Replica, *values: object) -> None:
            begin(self, *values)  # type: ignore[arg-type]
            self.bulk(lambda c: c.exec_driver_sql("PRAGMA secure_delete=OFF"))

        monkeypatch.setattr(Replica, "__init__", careless)
        # The rewriting of the file would make that good: it is left out too, and the log is emptied as ever.
        monkeypatch.setattr(Replica, "scrub", _only_emptied)
    monkeypatch.setattr("test_f09_scope.TIMES", 8)
    outside, _, checks = _shrink_and_grow(scratch)
    ledger.mistake("F9", outside > 0, f"{mistake}: {outside} rows found outside the scope in {checks} changes")
    assert outside > 0
