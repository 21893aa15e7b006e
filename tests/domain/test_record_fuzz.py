"""Commands on records of any shape, by anybody: the rules answer each, and what they make can be kept, shown and sent."""

import sys
import uuid
from pathlib import Path
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from boards import BUREAU, DAY, HEAD, LIST, SERVER, STREET, VILLAGE, Board  # noqa: E402
from sites import CITY, LISHAN, SHAHE, XINGONG, tiny_site  # noqa: E402

from commandscreen.domain import affairs  # noqa: E402
from commandscreen.domain.alarm_rules import Verb  # noqa: E402
from commandscreen.domain.board import KINDS  # noqa: E402
from commandscreen.domain.command import Command, Ground, Reason, Refusal  # noqa: E402
from commandscreen.domain.person import Actor, Role  # noqa: E402
from commandscreen.domain.record import Record  # noqa: E402
from commandscreen.protocol.rows import record_from_values, record_values  # noqa: E402
from commandscreen.server.scope import scope_of  # noqa: E402
from commandscreen.server.tables import bucket_key  # noqa: E402

GRID = 2103040150170203
SITE = tiny_site()
PEOPLE = (
    HEAD, BUREAU, STREET, VILLAGE, SERVER,
    Actor(20, "街道", frozenset(Role) - {Role.SYSTEM, Role.HANDLER}, SHAHE),
    Actor(21, "区", frozenset(Role) - {Role.SYSTEM}, LISHAN),
    Actor(22, "市", frozenset(Role) - {Role.SYSTEM}, CITY),
    Actor(23, "社区", frozenset(Role) - {Role.SYSTEM}, XINGONG),
    Actor(24, "网格", frozenset(Role) - {Role.SYSTEM}, GRID),
    Actor(25, "执法队", frozenset(Role) - {Role.SYSTEM}, SHAHE, 1),
)  # fmt: skip


def _begun() -> Board:
    """A board with a record of every kind and state that matters."""
    board = Board(SITE)
    board.published(fields=[["households", "户数", "number"], ["note", "说明", "text"]])
    sent = board.receipt(max(r.id for r in board.of(affairs.RecordKind.TASK)), SHAHE)
    board.give(STREET, "receipt.sign", sent.id)
    board.propose()
    off = board.propose(item=None)
    board.give(BUREAU, "admission.ask", 0, task=off, title="新事项", reason="要做")
    board.give(HEAD, "burden.note", 0, what="document", title="文件", at=board.now)
    board.give(HEAD, "meeting.plan", at=board.now + 7 * DAY)
    event = {"type": "ai_event", "title": "积水", "place": "32栋", "grid": GRID, "class_id": 301, "source": "cam"}
    made = board.decide(Actor(30, "接入", frozenset({Role.CHANNEL}), CITY), "alarm.raise", **event)
    assert not isinstance(made, Refusal), made
    board.keep(made)
    return board


_BEGUN = _begun()
_IDS = sorted(_BEGUN.held)
_KINDS = sorted(KINDS | {f"alarm.{verb.value}" for verb in Verb})
_BIG = 2**53 - 1
_LEAVES = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
)  # fmt: skip
_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)
_NOW = _BEGUN.now
_INSTANTS = st.sampled_from([0, 1, _NOW, _NOW + DAY, _NOW + 7 * DAY, _NOW + 30 * DAY, 2**40, _BIG])
_TO = st.sampled_from(
    [str(SHAHE), f"{SHAHE}/community", f"{CITY}/all", str(XINGONG), str(GRID), "²", "210304015", "x/y", ""]
)
_ARGS: dict[str, st.SearchStrategy[Any]] = {
    "at": _INSTANTS, "due": _INSTANTS, "until": _INSTANTS, "minutes": st.sampled_from([0, 5, 60, 240, _BIG]),
    "title": st.sampled_from(["例会", "开具证明"]), "text": st.just("说明"), "reason": st.just("确有紧急情况"),
    "lane": st.sampled_from(["party", "society", "x"]), "what": st.sampled_from(["weekly", "document", "street_committee"]),
    "to": st.lists(_TO, max_size=3) | _TO, "item": st.sampled_from([LIST, ["admitted", 1], ["main_duty", _BIG]]),
    "fields": st.sampled_from([[["k", "数", "number"]], {"households": 5, "note": "好"}, ["households"], []]),
    "source": st.sampled_from([*_IDS, 1, "cam", _BIG]), "meeting": st.sampled_from([*_IDS, _BIG]),
    "cause": st.sampled_from([301, 1, _BIG, True, "301"]),
    "task": st.sampled_from([*_IDS, _BIG]), "tasks": st.lists(st.sampled_from([*_IDS, -1, _BIG]), max_size=3),
    "number": st.integers(-1, 6), "keys": st.lists(st.sampled_from(["1", "2", "99"]), max_size=2), "here": st.booleans(),
    "urgent": st.booleans(), "proper": st.booleans(), "share": st.integers(-1, 101), "body": st.sampled_from(["", "centre", "x"]),
    "agenda": st.sampled_from([[["party", "", 5]], [["", "事项", 10, "甲"]], [["party", "", 5, "", 1]], [[[], {}, 1]]]),
    "members": st.sampled_from([[["甲"]], [["甲", "书记", 1]], [["甲", "", 0, "social_org"]], [[1]], [["甲", "", 10**30, []]]]),
    "area": st.sampled_from([CITY, LISHAN, SHAHE, XINGONG, 21, _BIG]), "people": st.integers(-1, 9), "count": _INSTANTS,
    "photos": st.sampled_from([["ab" * 32], ["x"], []]), "type": st.sampled_from(["ai_event", "feed"]),
    "case": st.sampled_from([1, _BIG]), "grid": st.sampled_from([GRID, 1, _BIG]), "class_id": st.sampled_from([301, _BIG]),
    "place": st.just("32栋"), "confidence": st.sampled_from([0.5, 2, 1e300, 10**15]),
}  # fmt: skip
_COMMAND = st.tuples(
    st.sampled_from(PEOPLE), st.sampled_from(_KINDS), st.sampled_from([0, *_IDS]), st.integers(0, 3),
    st.fixed_dictionaries({}, optional={name: likely | _JSON for name, likely in _ARGS.items()}),
)  # fmt: skip
_LIKELY = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from(_KINDS),
    st.sampled_from([0, *_IDS]),
    st.just(0),
    st.fixed_dictionaries(_ARGS),
)


def _sees(actor: Actor, record: Record) -> bool:
    return bool(set(record.shares) & set(scope_of(actor, SITE).buckets))


def _kept(board: Board, made: tuple[Record, ...]) -> None:
    for record in made:
        assert record_from_values(orjson.loads(orjson.dumps(record_values(record)))) == record
        assert 0 < record.id < 2**53
        assert record.shares and all(bucket_key(share) for share in record.shares)
        for instant in (record.at, record.due_at, record.doc.get("due", 0), (record.doc.get("ask") or [0])[0]):
            assert not instant or 0 < instant < board.now + 20 * 366 * DAY, "no desk could show it"
    board.keep(made)


@settings(max_examples=200, deadline=None)
@given(st.lists(_COMMAND | _LIKELY, min_size=1, max_size=4))
def test_any_command_gets_an_answer(commands: list[tuple[Actor, str, int, int, dict[str, Any]]]) -> None:
    board = Board(SITE)
    board.held = dict(_BEGUN.held)
    for actor, kind, number, base, args in commands:
        subject = board.held.get(number)
        if subject is not None and actor is not SERVER and not _sees(actor, subject):
            continue
        command = Command(str(uuid.uuid4()), kind, number, base, args, board.now)
        made = affairs.decide(command, Ground(SITE, actor, board.now), board)
        if not isinstance(made, Refusal):
            assert made
            _kept(board, made)


# One command of each kind at a time, with one argument taken to its limits: what is refused for one may not hide another.
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(_KINDS), st.sampled_from(sorted(_ARGS)), st.data())
def test_any_single_argument(kind: str, name: str, data: st.DataObject) -> None:
    args = data.draw(st.fixed_dictionaries(_ARGS)) | {name: data.draw(_JSON | _ARGS[name])}
    for number in (0, *_IDS):
        subject = _BEGUN.held.get(number)
        if subject is not None and subject.kind.value != kind.partition(".")[0]:
            continue
        for actor in PEOPLE:
            board = Board(SITE)
            board.held = dict(_BEGUN.held)
            made = affairs.decide(
                Command(str(uuid.uuid4()), kind, number, 0, args), Ground(SITE, actor, board.now), board
            )
            if not isinstance(made, Refusal):
                _kept(board, made)


def test_instants_no_calendar_has_are_refused() -> None:
    board = Board(SITE)
    for far in (_BIG, 2**40, 253_402_300_800):
        assert board.refused(HEAD, "meeting.plan", at=far) is Reason.BAD_ARGUMENT
    draft = {"lane": "society", "title": "排班", "to": [str(SHAHE)], "item": LIST}
    assert board.refused(HEAD, "task.propose", due=_BIG, **draft) is Reason.BAD_ARGUMENT
    task = board.propose()
    assert board.refused(BUREAU, "task.edit", task, due=_BIG) is Reason.BAD_ARGUMENT
    sent = board.receipt(board.published(), SHAHE)
    assert board.refused(STREET, "receipt.ask", sent.id, until=_BIG, reason="要时间") is Reason.BAD_ARGUMENT
    board.give(STREET, "receipt.ask", sent.id, until=sent.due + DAY, reason="要时间")
    assert board.refused(BUREAU, "receipt.grant", sent.id, until=_BIG) is Reason.BAD_ARGUMENT


def test_a_grid_holds_no_meeting() -> None:
    chief = Actor(24, "网格长", frozenset({Role.GRID_CHIEF}), GRID)
    assert Board(SITE).refused(chief, "meeting.plan", at=_NOW) is Reason.BAD_ARGUMENT
