"""What left the scope leaves the file, and what a broken or full file says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection
from test_outbox import ACTOR, SHAHE, SITE, came, case, dispatch, shown

from commandscreen.domain.case import State
from commandscreen.store import apply
from commandscreen.store.delta import Delta
from commandscreen.store.replica import Replica, ReplicaError
from commandscreen.store.rewrite import Rewriting


def _marked(replica: Replica, left: str) -> None:
    """Leaves residue no DELETE can reach, as balancing a page does: a free page that was let go of unwiped."""

    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA secure_delete=OFF")
        connection.exec_driver_sql("INSERT INTO held(id, row) VALUES (1, ?)", ("密00001号" * 4000,))
        connection.exec_driver_sql("DELETE FROM held")
        connection.exec_driver_sql("PRAGMA secure_delete=ON").fetchall()

    replica.bulk(fill)

    def leave(connection: Connection) -> tuple[None, Delta]:
        apply.remember(connection, left=left)
        return None, Delta()

    replica.write(leave).result()


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("replica*"))


@pytest.mark.parametrize("left", ["rows", "scope"])
def test_a_scrub_leaves_no_copy_in_the_gaps(tmp_path: Path, left: str) -> None:
    replica = Replica(tmp_path, lambda _: None)
    _marked(replica, left)
    assert "密00001号".encode() in _bytes(tmp_path)
    assert replica.scrub()
    assert "密00001号".encode() not in _bytes(tmp_path)
    assert replica.write(lambda c: (apply.fact(c, "left"), Delta())).result() == ""
    replica.close()


def _large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[Replica], object]) -> Replica:
    """A replica that counts as large, with residue; `meanwhile` happens once, while its file is written anew."""
    monkeypatch.setattr("commandscreen.store.replica.REWRITE_MOST", 0)
    replica = Replica(tmp_path, lambda _: None)
    replica.stand(SITE, ACTOR).result()
    replica.write_rows(lambda c: (None, apply.empty(c, [f"t{SHAHE}", "u1"]))).result()
    came(replica, case(1), cursor=5)
    _marked(replica, "scope")
    copy, went = Rewriting.copy, []

    def copied(self: Rewriting, path: Path, draft: Path) -> bool:
        done = copy(self, path, draft)
        if not went:
            went.append(meanwhile(replica))
        return done

    monkeypatch.setattr(Rewriting, "copy", copied)
    return replica


def test_a_person_goes_on_while_a_large_file_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer is free meanwhile; what was given then shows over the new file, and the old one's residue is gone."""
    replica = _large(tmp_path, monkeypatch, lambda r: r.command(dispatch(1), 0).result(timeout=60))
    assert replica.scrub()
    assert "密00001号".encode() not in _bytes(tmp_path)
    assert shown(replica, 1).state is State.PENDING_SIGN
    came(replica, case(1, ver=2), cursor=6)
    assert shown(replica, 1).state is State.PENDING_DISPATCH, "the server's own row lies beneath: it has moved on"
    assert not list(tmp_path.glob("replica.rewritten*"))
    replica.close()


def test_rows_that_come_meanwhile_put_it_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replica = _large(tmp_path, monkeypatch, lambda r: came(r, case(1, ver=7), cursor=6))
    assert not replica.scrub()
    assert shown(replica, 1).ver == 7
    assert "密00001号".encode() in _bytes(tmp_path)
    assert replica.scrub(), "nothing came this time"
    assert shown(replica, 1).ver == 7
    assert "密00001号".encode() not in _bytes(tmp_path)
    replica.close()


def test_the_end_of_the_program_gives_it_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replica = _large(tmp_path, monkeypatch, lambda _: None)
    replica.hurry()
    assert not replica.scrub()
    replica.close()
    again = Replica(tmp_path, lambda _: None)
    assert again.scrub(), "it is still asked for"
    assert "密00001号".encode() not in _bytes(tmp_path)
    again.close()


def test_a_purge_asks_for_the_scrub(tmp_path: Path) -> None:
    """Remembered in the purge's own transaction, so that a crash on the way does not lose it."""
    replica = Replica(tmp_path, lambda _: None)
    replica.write(lambda c: (None, apply.purge(c, ("t1",)))).result()
    assert replica.write(lambda c: (apply.fact(c, "left"), Delta())).result() == "scope"
    replica.close()


def test_a_renamed_column_is_a_broken_file(tmp_path: Path) -> None:
    """A bit that flips in the schema itself passes SQLite's own look; the file is made anew at the opening."""
    Replica(tmp_path, lambda _: None).close()
    (tmp_path / "replica.sum").unlink()
    with closing(sqlite3.connect(tmp_path / "replica.db")) as link, link:
        link.execute("ALTER TABLE facts RENAME COLUMN value TO valuf")
    replica = Replica(tmp_path, lambda _: None)
    assert replica.rebuilt
    replica.close()


def test_a_column_missing_in_use_is_corrupt(tmp_path: Path) -> None:
    replica = Replica(tmp_path, lambda _: None)
    replica.bulk(lambda c: c.exec_driver_sql("ALTER TABLE facts RENAME COLUMN value TO valuf"))
    with pytest.raises(ReplicaError, match="corrupt"):
        replica.write(lambda c: (apply.fact(c, "cursor"), Delta())).result()
    replica.close()


def test_letting_go_of_a_snapshot_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    """After a full disk the connection is a new one: its error must not hide that the disk was full."""
    replica = Replica(tmp_path, lambda _: None)
    replica.bulk(apply.detach)
    replica.close()
