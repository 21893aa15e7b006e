"""What the disk of a desk holds of pictures: whole ones that anybody in scope may see, mosaics of the rest, nothing else."""

from pathlib import Path

from commandscreen.protocol.problem import Problem, ProblemType
from commandscreen.sync.api import Fetched
from commandscreen.sync.pictures import UNCOVERED_MAX, PictureCache
from commandscreen.sync.status import Refused

WHOLE, MOSAIC = b"everything is seen", b"blocks"


class Wire:
    """A server that shows a picture whole once somebody has said why."""

    def __init__(self, *fetched: Fetched) -> None:
        self.answers = list(fetched)
        self.asked = 0

    def picture(self, sha256: str, most: int) -> Fetched:
        self.asked += 1
        if not self.answers:
            raise Refused(Problem(ProblemType.NOT_FOUND), None)
        return self.answers.pop(0)


def on_disk(folder: Path) -> list[bytes]:
    return sorted(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_a_picture_taken_on_the_spot_is_kept(tmp_path: Path) -> None:
    wire, cache = Wire(Fetched(WHOLE, False, True)), PictureCache(tmp_path)
    assert [cache.picture("a", wire) for _ in range(2)] == [WHOLE, WHOLE]
    assert wire.asked == 1
    assert PictureCache(tmp_path).picture("a", None) == WHOLE, "without a server, too"


def test_a_picture_from_outside_is_kept_as_a_mosaic_and_uncovered_in_memory_alone(tmp_path: Path) -> None:
    wire, cache = Wire(Fetched(MOSAIC, True, True), Fetched(WHOLE, False, False)), PictureCache(tmp_path)
    assert cache.picture("a", wire) == MOSAIC
    cache.uncover("a")
    assert [cache.picture("a", wire) for _ in range(2)] == [WHOLE, WHOLE]
    assert wire.asked == 2
    assert on_disk(tmp_path) == [MOSAIC]
    assert PictureCache(tmp_path).picture("a", None) == MOSAIC, "the next start begins with the mosaic"


def test_one_s_own_from_outside_is_not_kept_either(tmp_path: Path) -> None:
    wire, cache = Wire(Fetched(WHOLE, False, False)), PictureCache(tmp_path)
    assert cache.picture("a", wire) == WHOLE
    assert on_disk(tmp_path) == []


def test_what_cannot_be_had_is_empty(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    assert cache.picture("a", None) == b""
    assert cache.picture("a", Wire()) == b""


def test_memory_holds_a_few(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    for number in range(UNCOVERED_MAX + 5):
        cache.uncover(str(number))
        cache.picture(str(number), Wire(Fetched(WHOLE, False, False)))
    assert len(cache._uncovered) == UNCOVERED_MAX


def test_whole_pictures_of_earlier_versions_go(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a").write_bytes(WHOLE)
    PictureCache(tmp_path).sweep()
    assert on_disk(tmp_path) == []
