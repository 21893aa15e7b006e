"""登记 against a real server: written down without one, carried out when there is one; the picture, the caller, the look."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / "contract"), str(Path(__file__).parents[1])]

from servers import GRID, Server  # noqa: E402
from sites import SHAHE, account_of, tiny_site  # noqa: E402

from commandscreen.client import Client  # noqa: E402
from commandscreen.domain.case import State  # noqa: E402
from commandscreen.domain.command import Command  # noqa: E402
from commandscreen.domain.person import Actor, Role  # noqa: E402
from commandscreen.protocol import bundle  # noqa: E402
from commandscreen.protocol.demo import demo_password  # noqa: E402
from commandscreen.store import queries  # noqa: E402
from commandscreen.store.delta import Delta  # noqa: E402
from commandscreen.store.names import temporary_id  # noqa: E402
from commandscreen.store.outbox import Fate  # noqa: E402

JPEG = b"\xff\xd8\xff\xe0 what was seen"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr("commandscreen.sync.loop.LONG_POLL_SECONDS", 1.0)  # a command leaves between two polls
    site = tiny_site()
    file = tmp_path / "tiny.site"
    file.write_bytes(bundle.encode(site))
    running = Server(f"sqlite:///{tmp_path / 'server.db'}", tmp_path / "files", site=site, site_file=file)
    yield running
    running.stop()


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def read(client: Client, look: Callable[[Any], Any]) -> Any:
    assert client._replica is not None
    return client._replica.write(lambda c: (look(c), Delta())).result()


def entries(client: Client) -> list[Any]:
    assert client._replica is not None
    return list(client._replica.look_into_outbox(lambda box: box.listing()))


def give(client: Client, kind: str, case_id: int, base: int = 0, **args: Any) -> Command:
    command = Command(str(uuid.uuid4()), kind, case_id, base, args, 1)
    client.command(command, 0.0, pytest.fail)
    return command


def test_a_case_written_down_offline_is_filed_with_its_picture_and_all_that_followed(
    server: Server, tmp_path: Path
) -> None:
    account = account_of(Role.INTAKE, SHAHE)
    heard: list[object] = []

    def client_at(url: str) -> Client:
        made = Client(tmp_path / "desk", url, None, heard.append, heard.append, heard.append)
        made.folder = tmp_path / "desk" / "one"  # the same desk, whatever the address
        return made

    first = client_at(server.url)
    first.sign_in(account, demo_password(account))
    until(
        lambda: bool(
            read(first, lambda c: c.exec_driver_sql("SELECT value FROM facts WHERE name = 'cursor'").fetchone())
        )
    )
    first.close()

    away = client_at("http://127.0.0.1:9")
    assert away.sit_offline(account)
    address = away.take_photo(JPEG)
    report = give(away, "report", 0, source="hotline", class_id=301, grid=GRID, place="32号楼", title="楼道漏水", text="两天了",
                  reporter="王秀英", phone="13812345678", photos=[address])  # fmt: skip
    case = temporary_id(report)
    give(away, "file", case, 1, condition="属实")
    give(away, "progress", case, 0, step="comment", text="居民又来电")
    until(lambda: len(entries(away)) == 3)
    shown = read(away, lambda c: queries.case(c, case))
    assert (shown.state, [e.kind for e in shown.flow]) == (State.PENDING_DISPATCH, ["report", "file", "comment"])
    assert "秀英" not in json.dumps([shown.reporter, shown.phone], ensure_ascii=False)
    away.close()

    back = client_at(server.url)
    back.sign_in(account, demo_password(account))
    until(lambda: all(e.fate is Fate.SETTLED for e in entries(back)) and len(entries(back)) == 3)
    made = next(e.made for e in entries(back) if e.command.id == report.id)
    assert made > 0
    assert {e.command.case_id for e in entries(back)} == {0, made}
    landed = read(back, lambda c: queries.case(c, made))
    assert landed.number
    assert [e.kind for e in landed.flow] == ["report", "file", "comment"]
    assert read(back, lambda c: queries.case(c, case)) is None
    with server.desk.database.read() as link:
        assert link.one("SELECT reporter, phone FROM contacts WHERE case_id = ?", (made,)) == ("王秀英", "13812345678")
    leader = server.desk_of(Role.SHIFT_LEADER)
    told: list[str] = []
    back.unmask(address, "核对", told.append)
    until(lambda: bool(told))
    assert told == [""]
    with server.desk.database.read() as link:
        assert link.one("SELECT subject, outcome FROM audit WHERE action = 'unmask'") == (address, "核对")
    leader.post(f"/v1/attachments/{address}/looks", json={"reason": "复看"}).raise_for_status()
    assert leader.get(f"/v1/attachments/{address}").content == JPEG
    leader.close()
    back.close()


def seated(folder: Path) -> Client:
    """A desk that never saw a server."""
    client = Client(folder, "http://127.0.0.1:9", None, lambda _: None, lambda _: None, lambda _: None)
    client._sit(folder / "home", tiny_site(), Actor(7, "周敏", frozenset({Role.INTAKE}), SHAHE), "受理员")
    return client


CHILD = """
import sys
sys.path[:0] = [{root!r}, {sync!r}]
from pathlib import Path
from test_report_desk import seated
client = seated(Path({folder!r}))
for number in range(100_000):
    client.keep_draft({{"place": "3号楼" * 400, "title": str(number)}})
    if number % 50 == 0:
        client.behind(lambda number=number: print(number, flush=True))
"""


def test_a_draft_survives_kill_9_whole(tmp_path: Path) -> None:
    """Killed while it writes, again and again: what is found is always one of the forms that were typed."""
    script = CHILD.format(root=str(ROOT), sync=str(Path(__file__).parent), folder=str(tmp_path))
    for lines in (1, 4, 9):
        child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert child.stdout is not None
        for _ in range(lines):
            assert child.stdout.readline()
        if os.name == "nt":
            child.kill()
        else:
            os.kill(child.pid, signal.SIGKILL)
        child.wait(20)
        child.stdout.close()
        client = seated(tmp_path)
        try:
            draft = client.draft()
            assert draft, "the form is lost"
            assert draft["place"] == "3号楼" * 400
            assert int(str(draft["title"])) >= 0
        finally:
            client.close()


def test_a_draft_that_was_cut_short_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = seated(tmp_path)
    client.keep_draft({"title": "第一稿"})
    client._files.submit(lambda: None).result()

    def cut(path: Path, text: str, *_: object) -> int:
        with path.open("w", encoding="utf-8") as file:
            file.write(text[: len(text) // 2])
        raise OSError("the power went")

    monkeypatch.setattr(Path, "write_text", cut)
    client.keep_draft({"title": "第二稿"})
    client.close()
    monkeypatch.undo()
    again = seated(tmp_path)
    found = again.draft()
    again.close()
    assert found == {"title": "第一稿"}


def test_a_picture_that_nobody_handed_in_is_swept_and_others_are_not(tmp_path: Path) -> None:
    client = seated(tmp_path)
    kept = {name: client.take_photo(b"\xff\xd8\xff" + name.encode()) for name in ("named", "draft", "left", "fresh")}
    give(client, "report", 0, source="hotline", class_id=301, grid=GRID, place="x", title="x", photos=[kept["named"]])
    client.keep_draft({"photos": [kept["draft"]]})
    until(lambda: len(entries(client)) == 1)
    client.close()
    folder = tmp_path / "home" / "photos"
    for name in ("named", "draft", "left"):
        os.utime(folder / kept[name], (1, 1))
    client = seated(tmp_path)
    client.close()  # waits for what it does behind
    assert {p.name for p in folder.iterdir()} == {kept[n] for n in ("named", "draft", "fresh")}
    assert hashlib.sha256((folder / kept["named"]).read_bytes()).hexdigest() == kept["named"]
