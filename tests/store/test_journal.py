"""The outbox's mirror in text: what has no answer stands in it, a cut or altered line harms no other."""

from pathlib import Path

from commandscreen.domain.decide import Command
from commandscreen.store.journal import Journal, Kept
from commandscreen.store.outbox import Fate, Outbox


def kept(number: int) -> Kept:
    return Kept(number, Command(str(number), "progress", number, 0, {"text": f"第{number}条\n"}, 5), 1.0, 2.0)


def test_what_was_kept_and_not_done_is_read_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "x.txt")
    for number in range(1, 6):
        journal.keep(kept(number))
    journal.done(["2", "unknown", "4"])
    assert Journal(tmp_path / "x.txt").read() == [kept(1), kept(3), kept(5)]


def test_it_is_empty_once_all_is_answered(tmp_path: Path) -> None:
    """People's data must not stay in a file that only ever grows."""
    journal = Journal(tmp_path / "x.txt")
    journal.keep(kept(1))
    journal.keep(kept(2))
    assert (tmp_path / "x.txt").stat().st_size > 0
    journal.done(["1"])
    journal.done(["2"])
    assert (tmp_path / "x.txt").stat().st_size == 0


def test_a_line_cut_short_swallows_no_other(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    Journal(path).keep(kept(1))
    path.write_bytes(path.read_bytes()[:-20])
    Journal(path).keep(kept(2))
    assert Journal(path).read() == [kept(2)]


def test_a_disk_that_refuses_is_made_up_for(tmp_path: Path) -> None:
    folder = tmp_path / "not yet"
    journal = Journal(folder / "x.txt")
    journal.keep(kept(1))
    folder.mkdir()
    journal.keep(kept(2))
    assert Journal(folder / "x.txt").read() == [kept(1), kept(2)]


def test_an_outbox_that_is_gone_comes_back_from_it(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    box = Outbox(path)
    for number in range(1, 5):
        box.add(kept(number).command, 1.0, 1.0)
    box.answered("1", Fate.LANDED, 7)
    box.take_back(["4"], 1.5)
    box.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    box = Outbox(path)
    assert box.recovered
    assert [e.command.id for e in box._entries("1 ORDER BY n")] == ["2", "3"], "and what was taken back does not"
    box.add(kept(9).command, 3.0, 0.0)
    assert [e.command.id for e in box._entries("1 ORDER BY n")] == ["2", "3", "9"]
    box.close()


def test_an_outbox_of_an_earlier_version_gets_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    box = Outbox(path)
    box.add(kept(1).command, 1.0, 1.0)
    box._do("ALTER TABLE outbox DROP COLUMN mark")
    box.close()
    box = Outbox(path)
    assert not box.recovered
    assert [e.command for e in box._entries("1")] == [kept(1).command]
    box.close()
    again = Outbox(path)
    assert not again.recovered
    again.close()
