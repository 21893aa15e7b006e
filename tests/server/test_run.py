"""The server as a process: what it refuses, how it starts, stops and survives being killed."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "contract")]

from servers import Client, Mirror  # noqa: E402
from sites import SHAHE, account_of, tiny_site  # noqa: E402

from commandscreen.domain.person import Role  # noqa: E402
from commandscreen.protocol import bundle  # noqa: E402
from commandscreen.server import run  # noqa: E402
from commandscreen.server.database import Database  # noqa: E402

ACCOUNT = account_of(Role.INTAKE, SHAHE)


@pytest.fixture
def site_file(tmp_path: Path) -> Path:
    """The small site as a file."""
    path = tmp_path / "tiny.site"
    path.write_bytes(bundle.encode(tiny_site()))
    return path


@pytest.fixture
def embedded(tmp_path: Path, site_file: Path) -> Iterator[run.Embedded]:
    """A server process."""
    started = run.start_embedded(tmp_path / "city.db", site_file)
    yield started
    if started.process.poll() is None:
        started.stop()


def test_demo_listens_on_loopback_only(capsys: pytest.CaptureFixture[str], site_file: Path) -> None:
    for host in ("0.0.0.0", "::", "192.168.1.5", "example.org"):
        assert run.serve(listen=(host, 0), site=site_file, demo=True) == 2
        assert "回环" in capsys.readouterr().err


def test_what_it_will_not_start_with(capsys: pytest.CaptureFixture[str], tmp_path: Path, site_file: Path) -> None:
    broken = tmp_path / "broken.site"
    broken.write_bytes(b"nonsense")
    url = f"sqlite:///{tmp_path / 'x.db'}"
    assert run.serve(url) == 2
    assert "--site" in capsys.readouterr().err
    assert run.serve(url, site=site_file, history=5) == 2
    assert run.serve(url, site=broken) == 1
    assert run.serve("mysql://host/db", site=site_file) == 1
    assert run.serve("postgresql://nobody@127.0.0.1:1/none", site=site_file, demo=True) == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out
    with pytest.raises(FileNotFoundError):
        run.serve(url, site=tmp_path / "absent.site")


def test_first_start_prints_a_setup_code(tmp_path: Path, site_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = run.Config(f"sqlite:///{tmp_path / 'real.db'}", tmp_path / "files")
    run._prepare(config, tiny_site(), 0)
    said = capsys.readouterr().out
    assert "初始化口令" in said
    database = Database(config.database, 1)
    with database.read() as link:
        assert said.strip().rpartition(":")[2] not in repr(link.all("SELECT * FROM facts"))
    database.close()


def test_the_site_travels(embedded: run.Embedded, site_file: Path) -> None:
    client = Client(embedded.url, ACCOUNT)
    site = client.get("/v1/meta").json()["site"]
    assert site["sha256"] == bundle.digest(site_file.read_bytes())
    got = client.get(f"/v1/attachments/{site['sha256']}")
    assert got.content == site_file.read_bytes()
    assert site["bytes"] == len(got.content)
    assert requests.get(f"{embedded.url}/v1/attachments/{site['sha256']}", timeout=10).status_code == 401
    client.close()
    assert embedded.stop() == 0


def test_killed_at_any_moment_it_loses_nothing_acknowledged(tmp_path: Path, site_file: Path) -> None:
    acknowledged: dict[str, int] = {}
    sent: list[str] = []
    for life in range(3):
        server = run.start_embedded(tmp_path / "city.db", site_file)
        client = Client(server.url, ACCOUNT)
        for number in range(12):
            name = str(uuid.uuid4())
            sent.append(name)
            if number == 8 + life:
                server.process.kill()
            try:
                acknowledged[name] = client.report(name=name)["case_id"]
            except requests.RequestException:
                break
        client.close()
        server.process.kill()
        server.stop()
    server = run.start_embedded(tmp_path / "city.db", site_file)
    try:
        client = Client(server.url, ACCOUNT)
        again = {name: client.report(name=name) for name in sent}
        assert all(again[n]["status"] == "duplicate" and again[n]["case_id"] == c for n, c in acknowledged.items())
        mirror = Mirror(client)
        mirror.pull()
        assert len([1 for kind, _ in mirror.rows if kind == "case"]) == len(sent)
        client.close()
    finally:
        assert server.stop() == 0
    database = Database(f"sqlite:///{tmp_path / 'city.db'}", 1)
    with database.read() as link:
        assert link.one("PRAGMA integrity_check") == ("ok",)
        assert link.one("PRAGMA synchronous") == (2,)
    database.close()
