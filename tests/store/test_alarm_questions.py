"""Questions about alarms: what is shown, what is counted."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
from sites import SHAHE, YOUHAO

from commandscreen.domain.alarm import Alarm, Standing, record_of
from commandscreen.domain.record import Record, RecordKind
from commandscreen.protocol.rows import RECORD, record_values
from commandscreen.store import alarms, apply
from commandscreen.store.delta import Delta
from commandscreen.store.replica import Replica

T0 = 1_773_190_800
DAY = 86_400


def alarm(number: int, at: int = T0, standing: Standing = Standing.RAISED, area: int = SHAHE, source: str = "cam-1",
          kind: str = "ai_event") -> Record:  # fmt: skip
    made = Alarm(number, 0, area, area * 10**7 + 170203, kind, 3, "积水", "某处", at, standing, source=source)
    return record_of(made, at)


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    made = Replica(tmp_path, lambda _: None)
    made.write(lambda c: (None, apply.empty(c, [f"t{SHAHE}", f"t{YOUHAO}"]))).result()
    yield made
    made.close()


def put(replica: Replica, *records: Record) -> None:
    rows = [(RECORD, record_values(r)) for r in records]
    replica.write_rows(lambda c: (None, apply.apply_page(c, rows, [], 1, 0.0)[1])).result()


def ask(replica: Replica, question):  # type: ignore[no-untyped-def]
    return replica.write(lambda c: (question(c), Delta())).result()


def test_what_stands_is_shown_however_old_and_the_rest_for_a_day(replica: Replica) -> None:
    put(
        replica, alarm(1, T0 - 9 * DAY), alarm(2, T0 - 9 * DAY, Standing.CLOSED), alarm(3, T0 - 60, Standing.CLOSED),
        alarm(4, T0, Standing.GUARD), alarm(5, T0 - 5, Standing.SHELVED), alarm(6, T0 - 9, Standing.GONE),
        replace(alarm(7), kind=RecordKind.TASK), replace(alarm(8), doc={"of": "a newer server"}),
    )  # fmt: skip
    assert {a.id for a in ask(replica, lambda c: alarms.AlarmReader().shown(c, T0))} == {1, 3, 5, 6}


def test_only_rows_that_changed_are_read_anew(replica: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    plain = alarms.record_from_values
    monkeypatch.setattr(alarms, "record_from_values", lambda row: read.append(row[0]) or plain(row))
    reader = alarms.AlarmReader()
    put(replica, *(alarm(n, T0 - n) for n in range(1, 301)))
    assert len(ask(replica, lambda c: reader.shown(c, T0))) == 300
    assert len(read) == 300
    read.clear()
    put(replica, replace(alarm(7, T0 - 7, Standing.ACKED), ver=2))
    found = {a.id: a for a in ask(replica, lambda c: reader.shown(c, T0))}
    assert read == [7]
    assert (len(found), found[7].standing) == (300, Standing.ACKED)
    put(replica, replace(alarm(7, T0 - 7), ver=2))  # a command that was refused leaves the version it had
    assert {a.id: a for a in ask(replica, lambda c: reader.shown(c, T0))}[7].standing is Standing.RAISED


def test_sources_are_counted_by_device_and_cases_by_type(replica: Replica) -> None:
    put(
        replica, alarm(1), alarm(2), alarm(3, source="cam-2"), alarm(4, source="case 77 overdue", kind="overdue"),
        alarm(5, source="case 78 overdue", kind="overdue"), alarm(6, source="case 79 overdue", kind="overdue"),
        alarm(7, T0 - 9 * DAY), alarm(8, area=YOUHAO), alarm(9, standing=Standing.GUARD),
    )  # fmt: skip
    since = T0 - DAY
    assert ask(replica, lambda c: alarms.counts(c, SHAHE, since)) == (("overdue", 3), ("cam-1", 2), ("cam-2", 1))
    assert dict(ask(replica, lambda c: alarms.counts(c, 2103, since))) == {"overdue": 3, "cam-1": 3, "cam-2": 1}
    assert ask(replica, lambda c: alarms.began(c, SHAHE, since)) == T0
    assert ask(replica, lambda c: alarms.began(c, 210302003, since)) == since
    assert ask(replica, lambda c: alarms.levels(c, SHAHE, since)) == (0, 0, 6)
    put(replica, record_of(Alarm(20, 0, SHAHE, SHAHE * 10_000_000 + 170203, "ai_event", 1, "积水", "某处", T0,
                                 Standing.RAISED), T0))  # fmt: skip
    assert ask(replica, lambda c: alarms.levels(c, SHAHE, since)) == (1, 0, 6)
