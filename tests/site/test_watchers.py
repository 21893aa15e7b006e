"""The simulated cameras and desks: events the rules accept, at the rate they say, and answers that settle them."""

from dataclasses import replace

import numpy as np

from commandscreen.domain import affairs
from commandscreen.domain.alarm import Standing, alarm_of
from commandscreen.domain.command import Command, Ground, Refusal
from commandscreen.domain.decide import decide
from commandscreen.domain.record import Record, RecordKind
from commandscreen.site.cast import Cast
from commandscreen.site.folder import demo_path, load
from commandscreen.site.history import HOME, weights
from commandscreen.site.watchers import PER_HOUR, Watchers

NOW = 1_773_190_800


class Book:
    """Records by id, and nothing else."""

    def __init__(self) -> None:
        self.records: dict[int, Record] = {}

    def record(self, number: int) -> Record | None:
        return self.records.get(number)

    def children(self, kind: RecordKind, parent: int) -> tuple[Record, ...]:
        return tuple(r for r in self.records.values() if r.kind is kind and r.parent == parent)

    def latest(self, kind: RecordKind, parent: int, since: int) -> Record | None:
        return max((r for r in self.children(kind, parent) if r.at >= since), key=lambda r: (r.at, r.id), default=None)

    def dated(self, kind: RecordKind, area: int, start: int, end: int) -> tuple[Record, ...]:
        return tuple(r for r in self.records.values() if r.area == area and start <= r.at < end)

    def case(self, number: int) -> None:
        return None


def test_events_are_raised_answered_and_settled() -> None:
    site = load(demo_path())
    cast = Cast(site)
    photos: list[tuple[str, str]] = []

    def keep(account: str, scene: str, seed: int, mended: bool) -> str:
        photos.append((account, scene))
        return "ab" * 32

    watchers = Watchers(site, cast, weights(site, 1), np.random.default_rng(7), HOME, keep)
    events = [e for _ in range(36) for e in watchers.events(100.0, 1.0, 1.0)]
    assert PER_HOUR <= len(events) < PER_HOUR * 2, "an hour's events, bursts counted"
    assert {account for account, _ in photos} == {"city-ai-video"}
    book, number = Book(), 0

    def act(account: str, command: dict, now: int) -> None:
        nonlocal number
        number += 1
        ground = Ground(site, cast.person(account).actor(), now, number, f"号{number}")
        given = Command(f"c{number}", command["kind"], command.get("case_id", 0), 0, command["args"])
        if affairs.kind_of(given):
            made = affairs.decide(given, ground, book)
        else:
            assert affairs.bar(given, ground, book) is None
            case = decide(None, given, ground)
            assert not isinstance(case, Refusal), case
            made = affairs.follow(None, case, given, ground, book)
        assert not isinstance(made, Refusal), (made, given)
        for record in made:
            book.records[record.id] = record
            watchers.take(record.id, record, float(now), 1.0)

    for event in events:
        act("city-ai-video", event, NOW)
    assert any(alarm_of(r).area == HOME for r in book.records.values()), "the demo's desk sees one soon"
    early = watchers.answers(NOW + 100.0, 1_000)
    assert all(book.records[c.get("case_id") or c["args"]["alarm"]].area != HOME for cs in early.values() for c in cs)
    for hour in range(1, 40):
        for account, commands in watchers.answers(NOW + hour * 600.0, 1_000).items():
            for command in commands:
                act(account, command, NOW + hour * 600)
    told = [alarm_of(r) for r in book.records.values()]
    assert all(not a.unseen for a in told)
    assert {a.log[-1].what for a in told} == {"confirm", "dismiss"}
    assert any(a.standing is Standing.CLOSED for a in told)
    closed = replace(told[0], standing=Standing.CLOSED)
    watchers.take(closed.id, None, NOW, 1.0)
    assert watchers.answers(NOW + 10**6, 10) == {}
