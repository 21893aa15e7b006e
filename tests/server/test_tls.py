"""A server with a certificate of its own authority, as a process: trusted by who knows the authority, by nobody else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

sys.path[:0] = [str(Path(__file__).parents[1])]

from sites import SHAHE, account_of, tiny_site  # noqa: E402

from commandscreen.domain.person import Role  # noqa: E402
from commandscreen.protocol import bundle  # noqa: E402
from commandscreen.protocol.demo import demo_password  # noqa: E402
from commandscreen.sync.api import Api  # noqa: E402
from commandscreen.sync.status import Offline  # noqa: E402

ROOT = Path(__file__).parents[2]
ACCOUNT = account_of(Role.INTAKE, SHAHE)


def serve(folder: Path, certificate: Path, key: Path) -> subprocess.Popen[str]:
    site = folder / "tiny.site"
    site.write_bytes(bundle.encode(tiny_site()))
    command = [sys.executable, "main.py", "serve", "--demo", "--database", f"sqlite:///{folder / 'city.db'}", "--site", str(site),
               "--listen", "127.0.0.1:0", "--cert", str(certificate), "--key", str(key)]  # fmt: skip
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """The authority's file; its certificate for 127.0.0.1 and the key lie beside it."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    leaf = made.issue_cert("127.0.0.1")
    leaf.cert_chain_pems[0].write_to_path(str(tmp_path / "server.pem"))
    leaf.private_key_pem.write_to_path(str(tmp_path / "server.key"))
    return tmp_path / "ca.pem"


@pytest.fixture
def url(tmp_path: Path, authority: Path) -> Iterator[str]:
    process = serve(tmp_path, tmp_path / "server.pem", tmp_path / "server.key")
    assert process.stdout is not None and process.stderr is not None
    said = process.stdout.readline().strip()
    yield said.removeprefix("commandscreen ")
    process.terminate()
    assert process.wait(20) == 0
    process.stdout.close()
    process.stderr.close()


def test_the_whole_wire_goes_through_it(url: str, authority: Path, tmp_path: Path) -> None:
    assert url.startswith("https://127.0.0.1:")
    api = Api(url, authority)
    try:
        api.sign_in(ACCOUNT, demo_password(ACCOUNT))
        page = api.json("GET", "/changes", {"cursor": 0, "limit": 10})
        assert page["digest"]
        snapshot, seq, _ = api.snapshot(f"t{SHAHE}", tmp_path)
        assert snapshot.exists() and seq >= 0
    finally:
        api.close()


@pytest.mark.parametrize("known", ["nobody", "another"])
def test_who_does_not_know_the_authority_sends_no_password(url: str, known: str, tmp_path: Path) -> None:
    other = None
    if known == "another":
        other = tmp_path / "other.pem"
        trustme.CA().cert_pem.write_to_path(str(other))
    api = Api(url, other)
    try:
        with pytest.raises(Offline) as refused:
            api.sign_in(ACCOUNT, demo_password(ACCOUNT))
        assert refused.value.code == "certificate"
    finally:
        api.close()


@pytest.mark.parametrize("fault", ["nonsense", "absent", "another-key"])
def test_a_certificate_that_cannot_be_used_is_said_in_a_line(fault: str, authority: Path, tmp_path: Path) -> None:
    certificate, key = tmp_path / "server.pem", tmp_path / "server.key"
    if fault == "nonsense":
        certificate.write_text("nonsense", "ascii")
    elif fault == "absent":
        certificate = tmp_path / "absent.pem"
    else:
        trustme.CA().issue_cert("127.0.0.1").private_key_pem.write_to_path(str(key))
    process = serve(tmp_path, certificate, key)
    said, wrong = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "证书" in wrong and "Traceback" not in said + wrong
