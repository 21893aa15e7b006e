"""Runs as a process of its own, `python -m commandscreen.sync.fetch`: fetches a whole scope and makes a replica of it.

One job as a line of JSON on the standard input; lines of JSON on the standard output say how far it is and how it ended.
It ends with its parent: its standard input is the leash.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

import orjson
import zstandard
from sqlalchemy.exc import DatabaseError

from ..protocol.rows import WHOLE
from ..store.apply import SnapshotError
from ..store.whole import complete
from .api import Api
from .status import ApiError, Offline, ProtocolError, Refused

MOST_BYTES = 64 * 2**30


def _say(**told: Any) -> None:
    sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
    sys.stdout.buffer.flush()


def _leash() -> None:
    while os.read(0, 1024):
        continue
    os._exit(0)


def unpack(packed: Path, plain: Path, sha256: str, told: Any = lambda share: None) -> None:
    """Unpacks and checks in one reading. Raises ProtocolError where the content is another one."""
    mark, size, done, whole = hashlib.sha256(), 0, 0, max(1, packed.stat().st_size)
    unpacker = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
    try:
        with packed.open("rb") as source, plain.open("wb") as target:
            while block := source.read(1 << 20):
                mark.update(block)
                piece = unpacker.decompress(block)
                size, done = size + len(piece), done + len(block)
                if size > MOST_BYTES:
                    raise ProtocolError("snapshot: too large")
                target.write(piece)
                told(done / whole)
    except zstandard.ZstdError as error:
        raise ProtocolError(f"snapshot: {error}") from error
    if mark.hexdigest() != sha256:
        raise ProtocolError("snapshot: another checksum")


def fetch(job: dict[str, Any]) -> Path:
    """Does the job; the replica's path. Raises ApiError, SnapshotError, OSError, database errors."""
    folder = Path(job["folder"])
    folder.mkdir(parents=True, exist_ok=True)
    packed, plain = folder / "scope.part", folder / "replica.new"
    for old in folder.glob("replica.new*"):
        old.unlink()
    api = Api(job["url"], Path(job["ca"]) if job["ca"] else None, job["token"])
    try:
        headers = api.download(f"/snapshots/{WHOLE}", packed, lambda share: _say(share=share * 0.4), MOST_BYTES)
        seq, epoch, sha256 = int(headers["X-Seq"]), headers["X-Epoch"], headers["X-Sha256"]
    except (KeyError, ValueError) as error:
        raise ProtocolError(f"snapshot: {error}") from error
    finally:
        api.close()
    if epoch != job["epoch"]:
        raise ProtocolError("a snapshot of another epoch")
    try:
        unpack(packed, plain, sha256, lambda share: _say(share=0.4 + share * 0.3))
    finally:
        packed.unlink(missing_ok=True)
    complete(plain, job["buckets"], job["scope_id"], epoch, seq)
    return plain


def main() -> int:
    """The job on the standard input."""
    job = orjson.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_leash, daemon=True).start()
    try:
        _say(ready=str(fetch(job)))
    except Refused as error:
        _say(failed="refused", problem=error.problem.to_json(), retry_after=error.retry_after)
    except Offline as error:
        _say(failed="offline", detail=str(error), code=error.code)
    except (ApiError, SnapshotError) as error:
        _say(failed="protocol", detail=str(error))
    except (OSError, DatabaseError, sqlite3.Error) as error:
        _say(failed="disk", detail=str(getattr(error, "orig", error)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
