"""@ in a note: units offered by characters or pinyin, named to the server, and heard at the unit's own desk."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_hands import CTRL, K, entries, hands, pick, said, shown
from test_more_hands import become, choices, land, pick_case

from commandscreen.domain.case import Mention, State
from commandscreen.domain.person import Role
from commandscreen.store import queries
from commandscreen.store.filter import Filter, Sort

__all__ = ["hands"]


def begin(seat) -> object:
    """N, and the field that asks."""
    seat.key(K.Key_N)
    bar = seat.view.queue.bar
    seat.until(lambda: bar.asking)
    return bar.field


def unit(seat, short: str) -> int:
    """The one of that name that serves this township; other counties have theirs."""
    return next(u.id for u in seat.site.units_for(seat.desk.area) if u.short == short)


def test_a_unit_is_found_by_its_initials_and_named(hands) -> None:
    case = pick(hands, State.HANDLING)
    field = begin(hands)
    QTest.keyClicks(field, "@qzlsgs")  # 区自来水公司
    assert choices(hands)[0] == "区自来水公司"
    QTest.keyClick(field, K.Key_Return)
    assert field.text() == "@区自来水公司 "
    assert entries(hands) == [], "Enter took the unit, it did not send"
    field.insert("请看阀门")  # as an input method commits it
    QTest.keyClick(field, K.Key_Return)
    hands.until(lambda: bool(shown(hands, case).mentions))
    row = shown(hands, case)
    assert [m.unit for m in row.mentions] == [unit(hands, "区自来水公司")]
    assert row.flow[-1].text == "@区自来水公司 请看阀门"
    hands.until(lambda: bool(hands.view.queue.model.value(case).asked))


def test_arrows_move_the_mark_and_escape_leaves_the_offer_before_the_field(hands) -> None:
    pick(hands, State.HANDLING)
    field = begin(hands)
    QTest.keyClicks(field, "@")
    first = choices(hands)
    assert len(first) == 9
    QTest.keyClick(field, K.Key_Down)
    QTest.keyClick(field, K.Key_Tab)
    assert field.text() == f"@{first[1]} "
    QTest.keyClicks(field, "@wu")
    QTest.keyClick(field, K.Key_Escape)
    assert hands.view.queue.bar.asking
    assert field.text() == f"@{first[1]} @wu"
    QTest.keyClick(field, K.Key_Escape)
    assert not hands.view.queue.bar.asking
    assert choices(hands) == []


def test_phrases_come_back_after_a_unit_and_are_not_taken_for_one(hands) -> None:
    pick(hands, State.HANDLING)
    field = begin(hands)
    phrases = choices(hands)
    assert phrases
    QTest.keyClicks(field, "@zjj")
    named = choices(hands)
    assert "区住建局" in named
    QTest.keyClick(field, Qt.Key(K.Key_1 + named.index("区住建局")), CTRL)
    assert field.text() == "@区住建局 "
    assert choices(hands) == phrases
    QTest.keyClick(field, K.Key_1, CTRL)
    assert field.text() == f"@区住建局 {phrases[0]}"


def test_what_fits_no_unit_is_said_and_stays_text(hands) -> None:
    case = pick(hands, State.HANDLING)
    field = begin(hands)
    QTest.keyClicks(field, "@qqqq")
    assert "qqqq" in hands.view.queue.choices._title
    QTest.keyClick(field, K.Key_Return)
    hands.until(lambda: bool(entries(hands)))
    assert "units" not in entries(hands)[0].command.args
    assert shown(hands, case).mentions == ()


def test_a_reason_is_no_note_and_names_nobody(hands) -> None:
    pick(hands, State.PENDING_DISPATCH)
    hands.key(K.Key_R)
    bar = hands.view.queue.bar
    hands.until(lambda: bar.asking)
    before = choices(hands)
    QTest.keyClicks(bar.field, "@zjj")
    assert choices(hands) == before
    QTest.keyClick(bar.field, K.Key_Return)
    hands.until(lambda: bool(entries(hands)))
    assert "units" not in entries(hands)[0].command.args


def test_pasted_names_count_and_the_longest_wins(hands) -> None:
    case = pick(hands, State.HANDLING)
    field = begin(hands)
    field.setText("@市消防支队 @区消防大队，@区住建局请到场 a@b.cn")
    QTest.keyClick(field, K.Key_Return)
    hands.until(lambda: bool(shown(hands, case).mentions))
    assert [m.unit for m in shown(hands, case).mentions] == [
        unit(hands, n) for n in ("市消防支队", "区消防大队", "区住建局")
    ]


def test_the_mentioned_unit_sees_it_and_answers(hands) -> None:
    case = pick(hands, State.HANDLING)
    asked = unit(hands, "区自来水公司")
    now = hands.desk.now()
    row = replace(hands.cases[case], ver=hands.cases[case].ver + 1, mentions=(Mention(asked, now - 60),))
    hands.put(row)
    line = hands.view.queue.mentions
    hands.qtbot.wait(50)
    assert not line.isVisible(), "it is not this desk that was asked"
    become(hands, Role.HANDLER, unit=asked)
    hands.view.refresh()
    hands.until(line.isVisible)
    assert "1件" in line.words.text()
    hands.view.queue.list.setFocus()
    hands.key(K.Key_I)
    hands.until(lambda: hands.shown == [case])
    assert not line.isVisible()
    pick_case(hands, case)
    hands.key(K.Key_Return)
    hands.until(lambda: hands.view.case.case is not None)
    assert "未回话" in dict(hands.view.case._facts.facts)["提到"]
    hands.key(K.Key_Escape)
    field = begin(hands)
    field.insert("阀门已关")  # as an input method commits it
    QTest.keyClick(field, K.Key_Return)
    hands.until(lambda: shown(hands, case).mentions[0].done_at > 0)
    land(hands, case)
    hands.until(lambda: hands.shown == [])
    assert queries.case_ids  # the filter is the store's, not the list's
    found = hands.replica.write(
        lambda c: (queries.case_ids(c, Filter(asked=asked, closed=None), Sort.REMAINING, now), _nothing())
    ).result()
    assert list(found) == []
    assert said(hands) is not None


def _nothing():
    from commandscreen.store.delta import Delta

    return Delta()
