"""Cases reported at a desk by random schedules: each made once, each command on it carried out once and on the right case,
whatever the server calls it and whatever is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_push import ACTOR, CLASS, GRID, NOW, SITE, Commanded, Seat

from commandscreen.domain.decide import Command, Ground, Refusal, decide, echo
from commandscreen.protocol.problem import Problem, ProblemType
from commandscreen.store import names, queries
from commandscreen.store.delta import Delta
from commandscreen.store.outbox import Fate
from commandscreen.sync.engine import Engine
from commandscreen.sync.status import ApiError, Refused


class Registry(Commanded):
    """A server that makes cases of reports, with ids that a restore hands out again, and keeps pictures."""

    named_in_answers = True

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, bytes] = {}
        self.picture_fault: ProblemType | None = None

    def keep(self, sha256: str, data: bytes) -> None:
        if self.picture_fault is not None:
            raise Refused(Problem(self.picture_fault, "not that one"))
        self.kept[sha256] = data

    def _carry(self, item: Mapping[str, Any]) -> dict[str, Any]:
        assert item["case_id"] >= 0, "a temporary id was told to the server"
        assert item["args"].get("master", 0) >= 0, "a temporary id was told to the server"
        known = self.answers.get(item["id"])
        if known is not None:
            return known
        case = self.cases.get(item["case_id"]) if item["case_id"] else None
        master = self.cases.get(item["args"].get("master", 0))
        command = Command(item["id"], item["kind"], item["case_id"], item["base"], item["args"], NOW)
        new = max(self.cases) + 1
        ground = Ground(SITE, ACTOR, NOW, new, f"n{new}", master)
        decided = decide(case, command, ground)
        if isinstance(decided, Refusal):
            status = "conflict" if decided.reason == "stale-base" else "rejected"
            answer = {"id": item["id"], "status": status, "seq": 0, "ver": case.ver if case else 0,
                      "case_id": item["case_id"],
                      "problem": {"reason": decided.reason.value, "detail": decided.detail}}  # fmt: skip
        else:
            self.put(decided)
            other = echo(decided, command.kind, ground)
            if other is not None:
                self.put(other)
            answer = {"id": item["id"], "status": "applied", "seq": self.seq, "ver": decided.ver, "case_id": decided.id,
                      "problem": None}  # fmt: skip
        self.answers[item["id"]] = answer
        return answer

    def restore(self) -> None:
        """Comes back from the backup: later cases are gone, and their ids will be other cases'."""
        if self.saved is not None:
            kept = set(self.saved[0])
            for number in [n for n in self.cases if n not in kept]:
                del self.cases[number]
            self.feed = {k: v for k, v in self.feed.items() if k[1] in self.cases}
        super().restore()


class Window(Seat):
    """A desk whose person reports and goes on with what was reported, by whatever name it has."""

    def report(self, photo: str = "") -> str:
        self.issued += 1
        name = f"{self.issued:08d}-0000-4000-8000-000000000000"
        args = {"source": "hotline", "class_id": CLASS, "grid": GRID, "place": "3号楼", "title": f"报{name}",
                "text": "漏水", "photos": [photo] if photo else []}  # fmt: skip
        self.replica.command(Command(name, "report", 0, 0, args, NOW), 0).result()
        return name

    def called(self, report: str) -> int:
        """What the screen calls the case of a report."""
        made = {e.command.id: e.made for e in self.replica.look_into_outbox(lambda box: box.listing())}
        return made.get(report) or names.temporary_id(Command(report, "report"))

    def shown(self) -> list[Any]:
        """All cases on the screen."""

        def read(connection: Any) -> Any:
            ids = [r[0] for r in connection.exec_driver_sql("SELECT id FROM cases")]
            return queries.cases(connection, ids), Delta()

        return self.replica.write(read).result()

    def on(self, report: str, kind: str, **args: Any) -> str:
        self.issued += 1
        name = f"00000000-0000-4000-8000-{self.issued:012d}"
        self.replica.command(Command(name, kind, self.called(report), 0, {**args, "text": name}, NOW), 0).result()
        return name


MOVE = st.one_of(
    st.tuples(st.just("report")),
    st.tuples(st.just("note"), st.integers(0, 3)),
    st.tuples(st.just("note"), st.integers(0, 3)),
    st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("fault"), st.sampled_from(["lost request", "lost reply", "nonsense", "busy", "half"])),
    st.tuples(st.just("step")),
    st.tuples(st.just("step")),
    st.tuples(st.just("restart")),
    st.tuples(st.just("back_up")),
    st.tuples(st.just("restore")),
    st.tuples(st.just("others")),
)


def play(home: Path, schedule: Sequence[tuple[Any, ...]], server: Registry, make: type[Engine] = Engine) -> None:
    seat = Window(home, server, make)
    reports: list[str] = []
    notes: dict[str, str] = {}
    strangers = 0
    try:
        seat.level()
        for move in schedule:
            if move[0] == "report":
                reports.append(seat.report())
            elif move[0] == "note" and reports:
                report = reports[move[1] % len(reports)]
                notes[seat.on(report, "progress", step="comment")] = report
            elif move[0] == "merge" and len(reports) > 1:
                one, other = reports[move[1] % len(reports)], reports[move[2] % len(reports)]
                if one != other:
                    seat.on(one, "merge", master=seat.called(other))
            elif move[0] == "fault":
                server.fault = move[1]
            elif move[0] == "others":  # somebody else's case takes the next id
                strangers += 1
                new = max(server.cases) + 1
                server.put(replace(server.cases[1], id=new, ver=1, title=f"别人{strangers}", flow=()))
            elif move[0] == "back_up":
                server.back_up()
            elif move[0] == "restore":
                server.restore()
            elif move[0] == "restart":
                seat.restart()
            elif move[0] == "step":
                try:
                    seat.engine.step()
                except ApiError:
                    continue
        server.fault = ""
        seat.drained()
        entries = {e.command.id: e for e in seat.replica.look_into_outbox(lambda box: box.listing())}
        by_title = {c.title: c for c in server.cases.values()}
        assert len(by_title) == len(server.cases), "a case was made twice"
        for name in reports:
            assert f"报{name}" in by_title or entries[name].fate is Fate.REFUSED, "a report is lost"
        for name, report in notes.items():
            where = [c.title for c in server.cases.values() for e in c.flow if e.text == name]
            assert len(where) <= 1, "a note was written twice"
            refused = entries[name].fate in (Fate.REFUSED, Fate.CONFLICT)
            assert where == [f"报{report}"] or (not where and refused), f"a note went to {where or 'nowhere'}"
        assert seat.rows() == {i: c.ver for i, c in server.mine().items()}
    finally:
        seat.replica.close()


@settings(max_examples=60)
@given(st.lists(MOVE, max_size=30))
def test_what_is_reported_here_lands_once_and_takes_its_commands_along(
    tmp_path_factory: pytest.TempPathFactory, schedule: Any
) -> None:
    play(tmp_path_factory.mktemp("seat"), schedule, Registry())


def test_a_restore_gives_the_case_another_id_and_the_note_follows_it(tmp_path: Path) -> None:
    """The backup knows nothing of the report; its id is somebody else's by the time it is offered again."""
    schedule = [("back_up",), ("report",), ("step",), ("step",), ("note", 0), ("step",), ("step",), ("restore",),
                ("others",), ("step",), ("step",)]  # fmt: skip
    play(tmp_path, schedule, Registry())


def test_a_case_keeps_one_row_from_the_first_moment_to_the_server_s(tmp_path: Path) -> None:
    """No flicker: at each moment the screen shows the case once, with what was done to it; its name changes once."""
    server = Registry()
    seat = Window(tmp_path, server)
    seen: list[tuple[int, int, str]] = []

    def look() -> None:
        found = [c for c in seat.shown() if c.title.startswith("报")]
        assert len(found) == 1, [c.id for c in found]
        seen.append((found[0].id, len(found[0].flow), found[0].phone))

    try:
        seat.level()
        report = seat.report()
        look()
        seat.on(report, "progress", step="comment")
        look()
        assert seat.called(report) < 0
        seat.replica._heard = lambda _: look_later()

        def look_later() -> None:
            """On the writer thread, after each commit that touched rows."""
            connection = seat.replica._connection
            rows = connection.exec_driver_sql("SELECT id, flow FROM cases WHERE title LIKE '报%'").fetchall()
            connection.rollback()
            assert len(rows) == 1
            seen.append((rows[0][0], len(orjson.loads(rows[0][1])), ""))

        for _ in range(6):
            seat.engine.step()
        ids = [number for number, *_ in seen]
        assert ids[0] < 0 < ids[-1] == max(server.cases)
        assert len(dict.fromkeys(ids)) == 2
        look()
        assert [lines for _, lines, _ in seen][:1] == [1]
        assert {lines for _, lines, _ in seen[1:]} == {2}, "the note was not shown all the time"
        assert seat.called(report) == max(server.cases)
    finally:
        seat.replica.close()


def test_a_refused_report_takes_what_hangs_on_it_along_and_says_so(tmp_path: Path) -> None:
    server = Registry()
    seat = Window(tmp_path, server)
    try:
        seat.level()
        args = {
            "source": "hotline",
            "class_id": CLASS,
            "grid": GRID,
            "place": "x",
            "title": "报",
            "photos": ["nonsense"],
        }
        name = "00000001-0000-4000-8000-000000000000"
        seat.replica.command(Command(name, "report", 0, 0, args, NOW), 0).result()
        note = seat.on(name, "progress", step="comment")
        seat.drained()
        late = seat.on(name, "progress", step="comment")
        told = {e.command.id: (e.fate, e.code) for e in seat.replica.look_into_outbox(lambda box: box.listing())}
        assert told[name][0] is Fate.REFUSED
        assert told[note] == told[late] == (Fate.REFUSED, names.NOT_TAKEN)
        assert not [c for c in seat.shown() if c.id < 0]
    finally:
        seat.replica.close()


def test_taking_a_report_back_takes_back_what_hangs_on_it(tmp_path: Path) -> None:
    server = Registry()
    seat = Window(tmp_path, server)
    try:
        seat.level()
        args = {"source": "hotline", "class_id": CLASS, "grid": GRID, "place": "x", "title": "报"}
        name = "00000001-0000-4000-8000-000000000000"
        seat.replica.command(Command(name, "report", 0, 0, args, NOW), 60).result()
        seat.replica.command(Command("00000000-0000-4000-8000-00000000000a", "progress", seat.called(name), 0,
                                     {"step": "comment", "text": "x"}, NOW), 60).result()  # fmt: skip
        assert [len(c.flow) for c in seat.shown() if c.id < 0] == [2]
        seat.replica.commanding(lambda box: box.take_back([name], box._entries("1")[0].at + 1)).result()
        assert not [c for c in seat.shown() if c.id < 0]
        assert list(seat.replica.look_into_outbox(lambda box: box.listing())) == []
    finally:
        seat.replica.close()


def test_a_case_without_a_name_does_not_make_the_desk_ask_all_the_time(tmp_path: Path) -> None:
    server = Registry()
    seat = Window(tmp_path, server)
    try:
        seat.level()
        args = {"source": "hotline", "class_id": CLASS, "grid": GRID, "place": "x", "title": "报"}
        name = "00000001-0000-4000-8000-000000000000"
        seat.replica.command(Command(name, "report", 0, 0, args, NOW), 60).result()
        seat.on(name, "progress", step="comment")
        soon = seat.replica.look_into_outbox(lambda box: box.next_at(box._entries("1")[0].at + 1))
        assert soon is not None
        assert soon > 50
    finally:
        seat.replica.close()


def test_a_name_lost_with_a_broken_file_is_asked_for_again(tmp_path: Path) -> None:
    """The names stand beside the outbox's rows: gone, or with a bit flipped, they are no other case's."""
    server = Registry()
    seat = Window(tmp_path, server)
    try:
        seat.level()
        report = seat.report()
        seat.drained()
        note = seat.on(report, "progress", step="comment")
        seat.replica.commanding(lambda box: box._do("UPDATE names SET made = made - 1")).result()
        assert seat.called(report) < 0, "a name whose checksum does not fit is not believed"
        seat.restart()
        seat.drained()
        assert [c.title for c in server.cases.values() for e in c.flow if e.text == note] == [f"报{report}"]
        assert sum(c.title == f"报{report}" for c in server.cases.values()) == 1
    finally:
        seat.replica.close()


@pytest.mark.parametrize(
    ("problem", "refused"),
    [
        (ProblemType.UNSUPPORTED_MEDIA, True),
        (ProblemType.TOO_LARGE, True),
        (ProblemType.UNAVAILABLE, False),
        (ProblemType.TOO_MANY, False),
        (ProblemType.UNAUTHENTICATED, False),
    ],
)
def test_a_busy_server_refuses_no_picture(tmp_path: Path, problem: ProblemType, refused: bool) -> None:
    """Pictures go before their command; one the server will not have refuses the command, a busy server refuses nothing."""
    server = Registry()
    seat = Window(tmp_path, server)
    try:
        seat.level()
        address = "ab" * 32
        path = seat.replica.own_photo(address)
        path.parent.mkdir()
        path.write_bytes(b"\xff\xd8\xff picture")
        server.picture_fault = problem
        name = seat.report(address)
        if refused:
            seat.engine.step()
        else:
            with pytest.raises(Refused):
                seat.engine.step()
        assert seat.entries()[name] is (Fate.REFUSED if refused else Fate.WAITING)
        server.picture_fault = None
        seat.drained()
        assert (address in server.kept) is not refused
        assert path.exists(), "kept for the day a server is restored"
    finally:
        seat.replica.close()


class ForgetsNames(Engine):
    """A seeded mistake: the engine does not keep what the server called the case."""

    def _push(self, wait: float) -> float:
        from commandscreen.store.outbox import Outbox

        kept = Outbox.answers
        Outbox.answers = lambda self, told, made=None: kept(self, told)  # type: ignore[method-assign]
        try:
            return super()._push(wait)
        finally:
            Outbox.answers = kept  # type: ignore[method-assign]


def test_the_seeded_mistake_is_found(tmp_path: Path) -> None:
    schedule = [("report",), ("note", 0), ("step",), ("step",)]
    play(tmp_path / "right", schedule, Registry())
    with pytest.raises(AssertionError):
        play(tmp_path / "wrong", schedule, Registry(), ForgetsNames)
