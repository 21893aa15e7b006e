"""What is written down: whatever stands in the form, a form without faults becomes a case, and a draft is read back whole."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import CHANGDIAN, SHAHE, tiny_site

from commandscreen.domain.arguments import PHOTOS_MAX
from commandscreen.domain.case import Case, Source
from commandscreen.domain.command import Command, Ground
from commandscreen.domain.decide import decide
from commandscreen.domain.finder import ClassFinder, GridFinder
from commandscreen.domain.intake import SOURCES, Fault, Intake, dialled, from_json
from commandscreen.domain.person import Actor, Role
from commandscreen.domain.privacy import picture_is_masked

SITE = tiny_site()
GRID = int(SITE.grids.code[SITE.grids.span(SHAHE)[0]])
ELSEWHERE = int(SITE.grids.code[SITE.grids.span(CHANGDIAN)[0]])
CLERK = Actor(7, "周敏", frozenset({Role.INTAKE}), SHAHE)
CLASS = min(SITE.classes)
GOOD = Intake(class_id=CLASS, grid=GRID, place="3号楼")

INTAKES = st.builds(
    Intake,
    source=st.sampled_from(list(Source)),
    class_id=st.sampled_from([0, CLASS, 10**9]),
    grid=st.sampled_from([0, GRID, ELSEWHERE, GRID + 9_000]),
    place=st.text(max_size=220),
    title=st.text(max_size=130),
    text=st.text(max_size=300) | st.just("长" * 4_001),
    reporter=st.text(max_size=45),
    phone=st.text(max_size=35) | st.from_regex(r"[0-9 ()+-]{0,31}", fullmatch=True),
    photos=st.lists(st.sampled_from(["ab" * 32, "cd" * 32]), max_size=PHOTOS_MAX + 2).map(tuple),
)


@given(INTAKES)
def test_a_form_without_faults_becomes_a_case(intake: Intake) -> None:
    if intake.faults(SITE, CLERK):
        return
    made = decide(None, Command("x", "report", 0, 0, intake.args(SITE), 1), Ground(SITE, CLERK, 1))
    assert isinstance(made, Case), made
    assert made.title
    assert made.place


@given(INTAKES)
def test_a_draft_is_read_back_whole(intake: Intake) -> None:
    kept = json.loads(json.dumps(intake.to_json()))
    cut = replace(intake, place=intake.place[:200], title=intake.title[:120], text=intake.text[:4000],
                  reporter=intake.reporter[:40], phone=intake.phone[:30], photos=intake.photos[:PHOTOS_MAX])  # fmt: skip
    assert from_json(kept) == cut


@given(
    st.dictionaries(
        st.sampled_from(list(Intake().to_json())), st.none() | st.integers() | st.text() | st.lists(st.integers())
    )
)
def test_a_broken_draft_is_read_as_far_as_it_goes(draft: dict[str, object]) -> None:
    assert isinstance(from_json(draft).faults(SITE, CLERK), dict)


def test_each_fault_stands_with_its_field() -> None:
    assert GOOD.faults(SITE, CLERK) == {}
    assert Intake().faults(SITE, CLERK) == dict.fromkeys(("class_id", "grid", "place"), Fault.MISSING)
    assert replace(GOOD, grid=ELSEWHERE).faults(SITE, CLERK) == {"grid": Fault.OUTSIDE}
    assert replace(GOOD, photos=("ab" * 32,) * 21).faults(SITE, CLERK) == {"photos": Fault.TOO_MANY}
    unit = Actor(8, "陈工", frozenset({Role.HANDLER}), SHAHE, 1)
    assert GOOD.faults(SITE, unit) == {"source": Fault.NOT_YOURS}


@pytest.mark.parametrize(
    ("phone", "fault"),
    [
        ("", None), ("13812345678", None), ("138 1234 5678", None), ("（0412）5551234", None), ("0412-5551234", None), ("04-5551234", Fault.NO_PHONE),
        ("5551234-801", None), ("１３８１２３４５６７８", None), ("+8613812345678", None), ("12345", Fault.NO_PHONE),
        ("打不通", Fault.NO_PHONE), ("1381234567", Fault.NO_MOBILE), ("138123456789", Fault.NO_MOBILE),
    ],
)  # fmt: skip
def test_phones(phone: str, fault: Fault | None) -> None:
    assert replace(GOOD, phone=phone).faults(SITE, CLERK).get("phone") == fault


def test_a_number_is_kept_as_it_is_dialled() -> None:
    assert dialled(" （0412）555 1234 ") == "04125551234"


def test_a_title_that_was_not_written_is_place_and_class() -> None:
    assert GOOD.named(SITE) == "3号楼" + SITE.classes[CLASS].name
    assert replace(GOOD, title="门口").named(SITE) == "门口"


def test_no_channel_that_reports_by_itself_is_offered() -> None:
    assert Source.AI_VIDEO not in SOURCES
    assert Intake(source=Source.MEDIA).empty


def test_every_class_is_found_by_its_code_its_name_and_its_initials() -> None:
    from pypinyin import lazy_pinyin

    finder = ClassFinder(SITE)
    for kind in SITE.classes.values():
        spelled = lazy_pinyin(kind.name)
        for typed in (kind.code, kind.name, "".join(spelled), "".join(s[0] for s in spelled)):
            assert kind in finder.find(typed), typed


@given(st.lists(st.sampled_from("ldgxshui垃圾 01"), max_size=6).map("".join))
def test_a_longer_text_finds_what_a_fresh_look_would(text: str) -> None:
    """What the finder remembers of the shorter text never hides anything."""
    finder = ClassFinder(SITE)
    for end in range(len(text) + 1):
        found = finder.find(text[:end])
    assert found == ClassFinder(SITE).find(text)


def test_grids_are_found_in_the_area_only() -> None:
    finder = GridFinder(SITE, SHAHE)
    assert finder.find(str(GRID)) == [GRID]
    assert finder.find(str(ELSEWHERE)) == []
    assert {c // 10**7 for c in finder.find("2-03")} == {SHAHE}
    assert [finder.words(c)[0] for c in finder.find("新工2-03")] == ["新工社区 2-03"]
    assert [finder.words(c)[0] for c in finder.find("xg2-3")] == ["新工社区 2-03"]
    row = SITE.grids.index(GRID)
    assert finder.find(SITE.workers_l3[row])[0] == GRID
    assert all(finder.words(c)[0].startswith("新工社区") for c in finder.find("xgsq"))
    for nothing in ("", "9-99", "0-00", "没有这里"):
        assert finder.find(nothing) == []


def test_pictures_of_outsiders_are_masked() -> None:
    assert not picture_is_masked("grid_worker")
    assert not picture_is_masked("handler")
    assert picture_is_masked("channel")
    assert picture_is_masked("intake")
    assert picture_is_masked("")
