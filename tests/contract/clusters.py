"""A throw-away PostgreSQL for the contract: started once a run where its programs are found."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; on Debian as root they are installed where they are missing. None elsewhere."""
    found = _find()
    if found is None and sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"],
                        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"]):  # fmt: skip
            subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        found = _find()
    return found


def _find() -> Path | None:
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).parent
    return next(
        (p for p in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True) if (p / "initdb").exists()), None
    )


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Runs a cluster on loopback; its URL without a database name."""
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    prefix: list[str] = []
    if os.name == "posix" and os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(home, "postgres")
        runuser = shutil.which("runuser") or "/usr/sbin/runuser"  # not every PATH holds the system's own commands
        prefix = [runuser, "-u", "postgres", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run([*prefix, *command], check=True, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    run(
        str(folder / "initdb"),
        "-D",
        str(home / "data"),
        "-U",
        "tester",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        "--locale=C",
    )
    options = f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off -c max_connections=60"
    run(str(folder / "pg_ctl"), "-D", str(home / "data"), "-o", options, "-w", "-l", str(home / "log"), "start")
    try:
        yield f"postgresql://tester@127.0.0.1:{port}"
    finally:
        run(str(folder / "pg_ctl"), "-D", str(home / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)
