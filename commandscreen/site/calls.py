"""The REST calls of the simulated day: sessions, commands and attachments, as any other client makes them."""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import requests

from ..protocol.version import API, COMMANDS_MAX
from .pictures import png


class GoneError(RuntimeError):
    """The server does not answer, answers nonsense or refuses; `status` is its HTTP status, 0 where none came."""

    def __init__(self, text: str, status: int = 0) -> None:
        super().__init__(text)
        self.status = status


class Calls:
    """Signs people in as needed and acts for them. `password_of` gives an account's password; `stop` ends waits."""

    def __init__(self, url: str, ca: Path | None, password_of: Callable[[str], str], stop: threading.Event) -> None:
        self._url = url.rstrip("/") + API
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.verify = str(ca) if ca else True
        self._password_of = password_of
        self._stop = stop
        self._tokens: dict[str, str] = {}
        self._kept: set[tuple[str, str]] = set()

    def close(self) -> None:
        """Lets go of connections."""
        self._http.close()

    def _call(self, method: str, path: str, account: str = "", **more: Any) -> requests.Response:
        headers = dict(more.pop("headers", {}))
        for _ in range(4):
            if account:
                headers["Authorization"] = f"Bearer {self._token(account)}"
            try:
                response = self._http.request(method, self._url + path, headers=headers, timeout=(5, 40), **more)
            except requests.RequestException as error:
                raise GoneError(type(error).__name__) from error
            if response.status_code == 401 and account:
                self._tokens.pop(account, None)
                continue
            if response.status_code in (429, 503):
                told = response.headers.get("Retry-After", "1")
                if self._stop.wait(min(float(told) if told.isascii() and told.isdigit() else 1.0, 30.0)):
                    raise GoneError("stopped")
                continue
            return response
        raise GoneError(f"{path} refused")

    def _json(self, response: requests.Response) -> Any:
        try:
            return response.json()
        except ValueError as error:
            raise GoneError("an answer that is no JSON") from error

    def _token(self, account: str) -> str:
        if account not in self._tokens:
            body = {"account": account, "password": self._password_of(account)}
            response = self._call("POST", "/sessions", json=body)
            if response.status_code not in {200, 201}:
                raise GoneError(f"{account} may not sign in: {response.status_code}", response.status_code)
            document = self._json(response)
            if not isinstance(document, dict) or not isinstance(document.get("token"), str):
                raise GoneError("a session without a token")
            self._tokens[account] = document["token"]
        return self._tokens[account]

    def get(self, account: str, path: str, query: Mapping[str, Any]) -> dict[str, Any]:
        """A page of JSON."""
        response = self._call("GET", path, account, params=dict(query))
        if response.status_code != 200:
            raise GoneError(f"{path}: {response.status_code}", response.status_code)
        document = self._json(response)
        if not isinstance(document, dict):
            raise GoneError(f"{path}: no document")
        return document

    def bytes(self, account: str, path: str) -> bytes:
        """A file."""
        response = self._call("GET", path, account)
        if response.status_code != 200:
            raise GoneError(f"{path}: {response.status_code}", response.status_code)
        return response.content

    def act(self, account: str, commands: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Sends commands in order; their results. A command without an id of its own gets a new one."""
        results: list[dict[str, Any]] = []
        for start in range(0, len(commands), COMMANDS_MAX):
            part = [{"id": str(uuid.uuid4()), "case_id": 0, "base": 0, "client_time": 0, **c}
                    for c in commands[start : start + COMMANDS_MAX]]  # fmt: skip
            response = self._call("POST", "/commands", account, json=part)
            if response.status_code != 200:
                raise GoneError(f"commands: {response.status_code} {response.text[:200]}", response.status_code)
            told = self._json(response)
            if not isinstance(told, list) or len(told) != len(part) or not all(isinstance(r, dict) for r in told):
                raise GoneError("results that do not match the commands")
            results += told
        return results

    def keep_photo(self, account: str, scene: str, seed: int, mended: bool) -> str:
        """Uploads a picture once for each account; its address."""
        data = png(scene, seed, mended)
        address = hashlib.sha256(data).hexdigest()
        if (account, address) not in self._kept:
            response = self._call("PUT", f"/attachments/{address}", account, data=data,
                                  headers={"Content-Type": "image/png"})  # fmt: skip
            if response.status_code >= 300:
                raise GoneError(f"attachment: {response.status_code}", response.status_code)
            self._kept.add((account, address))
        return address
