"""The calls of the wire by requests. Every call has time-outs, a total deadline and a size cap; every failure is an
ApiError. One object belongs to one thread, except `close` and `cut`, which may be called from any."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import requests
import zstandard

from ..domain.person import Actor, Role
from ..protocol.problem import ProblemType, parse
from ..protocol.version import API, SCHEMA, SCHEMA_HEADER
from .cutting import CuttingAdapter
from .status import Offline, ProtocolError, Refused

JSON_MAX = 64 * 2**20
FILE_MAX = 4 * 2**30
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 5.0, 10.0, 60.0


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in. `buckets` and `scope_id` are the scope the server gave."""

    token: str
    account: str
    actor: Actor
    post: str
    buckets: tuple[str, ...]
    scope_id: str
    epoch: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A picture's bytes; `masked` where they are the server's mosaic, `keep` where a disk may hold them."""

    data: bytes
    masked: bool
    keep: bool


class Api:
    """A server at an address. `ca` is the file of the authority its certificate must come from; certificates are
    always checked."""

    def __init__(self, url: str, ca: Path | None = None, token: str = "") -> None:
        self._url = url.rstrip("/")
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.verify = str(ca) if ca else True
        self._adapter = CuttingAdapter()
        for scheme in ("http://", "https://"):
            self._http.mount(scheme, self._adapter)
        self._http.headers.update({SCHEMA_HEADER: str(SCHEMA), "Accept": "application/json"})
        self.token = token

    def close(self) -> None:
        """Lets go of connections."""
        self._http.close()

    def cut(self) -> None:
        """Ends a call under way: it fails as Offline."""
        self._adapter.cut()

    def sign_in(self, account: str, password: str) -> Session:
        """Signs in and keeps the token for later calls."""
        told = self.json("POST", "/sessions", body={"account": account, "password": password})
        try:
            person, scope = told["person"], told["scope"]
            actor = Actor(int(person.get("id", 0)), str(person["name"]), frozenset(Role(r) for r in person["roles"]),
                          int(person["area"]), int(person.get("unit", 0)))  # fmt: skip
            session = Session(
                str(told["token"]), account, actor, str(person.get("post", "")), tuple(map(str, scope["buckets"])),
                str(scope["scope_id"]), str(told["epoch"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise ProtocolError(f"session: {error}") from error
        self.token = session.token
        return session

    def json(self, method: str, path: str, query: Mapping[str, Any] | None = None, body: object = None,
             wait: float = 0.0) -> dict[str, Any]:  # fmt: skip
        """A call that answers with a JSON object. `wait` is how long the server may take on purpose."""
        document = self._document(method, path, query, body, {}, wait)
        if not isinstance(document, dict):
            raise ProtocolError("not an object")
        return document

    def commands(self, items: Sequence[Mapping[str, Any]], epoch: str) -> list[Any]:
        """Sends commands in order; an answer for each. Refused with epoch-changed by another life of the server."""
        document = self._document("POST", "/commands", None, items, {"X-Epoch": epoch}, 0.0)
        if not isinstance(document, list):
            raise ProtocolError("not a list")
        return document

    def _document(self, method: str, path: str, query: Mapping[str, Any] | None, body: object,
                  more: Mapping[str, str], wait: float) -> object:  # fmt: skip
        data = orjson.dumps(body) if body is not None else None
        headers = {**more, "Content-Type": "application/json"} if data is not None else dict(more)
        response = self._send(method, path, query, data, headers, wait)
        try:
            return orjson.loads(self._body(response, JSON_MAX, TOTAL_SECONDS + wait))
        except orjson.JSONDecodeError as error:
            raise ProtocolError("not JSON") from error

    def snapshot(self, bucket: str, folder: Path) -> tuple[Path, int, str]:
        """Fetches a bucket's snapshot, checks and unpacks it: the file, its seq, its epoch."""
        packed = folder / f"{bucket}.part"
        headers = self._download(f"/snapshots/{bucket}", packed)
        try:
            seq, epoch, wanted = int(headers["X-Seq"]), headers["X-Epoch"], headers["X-Sha256"]
            if _sha256(packed) != wanted:
                raise ProtocolError("snapshot: another checksum")
            plain = folder / f"{bucket}.db"
            with packed.open("rb") as source, plain.open("wb") as target:
                unpacker = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(source)
                size = 0
                while block := unpacker.read(1 << 20):
                    size += len(block)
                    if size > FILE_MAX:
                        raise ProtocolError("snapshot: too large")
                    target.write(block)
        except (KeyError, ValueError, zstandard.ZstdError) as error:
            raise ProtocolError(f"snapshot: {error}") from error
        finally:
            packed.unlink(missing_ok=True)
        return plain, seq, epoch

    def attachment(self, sha256: str, most: int = 64 * 2**20) -> bytes:
        """A file by its content's address; anything else than that content is refused."""
        response = self._send("GET", f"/attachments/{sha256}", None, None, {}, 0.0)
        data = self._body(response, most, TOTAL_SECONDS)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ProtocolError("attachment: another content")
        return data

    def picture(self, sha256: str, most: int) -> Fetched:
        """A picture as this person may have it: whole, or as the server's mosaic of it."""
        response = self._send("GET", f"/attachments/{sha256}", None, None, {}, 0.0)
        masked = response.headers.get("X-Masked") == "1"
        keep = "no-store" not in response.headers.get("Cache-Control", "")
        data = self._body(response, most, TOTAL_SECONDS)
        if not masked and hashlib.sha256(data).hexdigest() != sha256:
            raise ProtocolError("attachment: another content")
        return Fetched(data, masked, keep)

    def keep(self, sha256: str, data: bytes) -> None:
        """Hands in a picture under its content's address; giving it twice changes nothing."""
        headers = {"Content-Type": "application/octet-stream"}
        self._body(self._send("PUT", f"/attachments/{sha256}", None, data, headers, 30.0), JSON_MAX, TOTAL_SECONDS)

    def look(self, sha256: str, reason: str) -> None:
        """Has the server log why a masked picture is looked at."""
        body = orjson.dumps({"reason": reason})
        headers = {"Content-Type": "application/json"}
        self._body(
            self._send("POST", f"/attachments/{sha256}/looks", None, body, headers, 0.0), JSON_MAX, TOTAL_SECONDS
        )

    def callers(self, phone: str) -> tuple[int, tuple[int, ...]]:
        """How many cases a number reported within a year, in the session's scope, and the ids of the last few."""
        told = self.json("POST", "/callers", body={"phone": phone})
        try:
            return int(told["count"]), tuple(map(int, told["cases"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ProtocolError(f"callers: {error}") from error

    def _download(self, path: str, target: Path) -> Mapping[str, str]:
        return self.download(path, target, lambda share: None, FILE_MAX)

    def download(self, path: str, target: Path, told: Callable[[float], None], most: int) -> Mapping[str, str]:
        """Fetches a file; goes on where an earlier try ended while the server still has the same. The headers.

        `told` hears the share that is here, 0–1. Raises ApiError; what came stays for the next try.
        """
        mark = target.with_suffix(".etag")
        have = target.stat().st_size if target.exists() and mark.exists() else 0
        wanted = {"Range": f"bytes={have}-", "If-Range": mark.read_text("utf-8")} if have else {}
        try:
            response = self._send("GET", path, None, None, wanted, 30.0)
        except Refused as refused:
            if not have or refused.problem.type is not ProblemType.BAD_REQUEST:
                raise
            mark.unlink()  # the whole of it is here already, or another file is there
            return self.download(path, target, told, most)
        size = have if response.status_code == 206 else 0
        deadline = time.monotonic() + 3600
        length = int(response.headers.get("Content-Length") or 0) + size
        mark.write_text(response.headers.get("ETag", ""), "utf-8")
        try:
            with target.open("ab" if size else "wb") as file:
                for block in response.iter_content(1 << 18):
                    size += len(block)
                    file.write(block)
                    told(size / max(size, length))
                    if size > most or time.monotonic() > deadline:
                        raise ProtocolError("too large or too slow")
        except requests.RequestException as error:
            raise Offline(type(error).__name__) from error
        finally:
            response.close()
        mark.unlink()
        return response.headers

    def _send(self, method: str, path: str, query: Mapping[str, Any] | None, data: bytes | None,
              headers: dict[str, str], wait: float) -> requests.Response:  # fmt: skip
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            response = self._http.request(
                method, self._url + API + path, params=dict(query or {}), data=data, headers=headers, stream=True,
                timeout=(CONNECT_SECONDS, READ_SECONDS + wait), allow_redirects=False,
            )  # fmt: skip
        except requests.exceptions.SSLError as error:
            raise Offline("certificate", "certificate") from error
        except (requests.RequestException, ValueError, OSError) as error:
            raise Offline(type(error).__name__) from error
        if response.status_code >= 300:
            raise self._refusal(response)
        return response

    def _refusal(self, response: requests.Response) -> Exception:
        try:
            document: object = orjson.loads(self._body(response, 1 << 20, 10.0))
        except (orjson.JSONDecodeError, ProtocolError):
            document = None
        problem = parse(document, response.status_code)
        told = response.headers.get("Retry-After", "")
        if document is None and problem.type is ProblemType.INTERNAL:
            return Offline(f"status {response.status_code}", "internal")
        return Refused(problem, min(float(told), 600.0) if told.isdigit() else None)

    def _body(self, response: requests.Response, most: int, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        blocks: list[bytes] = []
        size = 0
        try:
            for block in response.iter_content(1 << 16):
                size += len(block)
                blocks.append(block)
                if size > most:
                    raise ProtocolError("too large")
                if time.monotonic() > deadline:
                    raise Offline("too slow")
        except (requests.RequestException, OSError) as error:
            raise Offline(type(error).__name__) from error
        finally:
            response.close()
        return b"".join(blocks)


def _sha256(path: Path) -> str:
    mark = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            mark.update(block)
    return mark.hexdigest()
