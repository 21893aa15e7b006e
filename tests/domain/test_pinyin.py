"""Finding Chinese by what hands type."""

import pytest

from commandscreen.domain.pinyin import find

TITLE = "鞍千路32栋电梯间和楼道有积水"


@pytest.mark.parametrize(
    ("query", "end"),
    [
        ("aql32", 5),
        ("anqianlu", 3),
        ("anql32d", 6),
        ("鞍千", 2),
        ("aqianlu32", 5),
        ("AQL", 3),
        ("32", None),
        ("32栋", None),
    ],
)
def test_initials_full_pinyin_characters_and_mixtures(query: str, end: int | None) -> None:
    found = find(query, TITLE)
    assert found is not None
    if end is not None:
        assert found == (0, end)


def test_every_reading_of_a_polyphone_counts() -> None:
    assert find("chongqing", "重庆路") == (0, 2)
    assert find("zhongqing", "重庆路") == (0, 2)


@pytest.mark.parametrize("query", ["", " ", "xyz", "水积", "aql33"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    assert find(query, TITLE) is None


def test_the_match_may_start_anywhere() -> None:
    start, end = find("dianti", TITLE) or (0, 0)
    assert TITLE[start:end] == "电梯"
