"""A real server on loopback for tests: uvicorn in a thread, a database that is given, a clock that can be moved."""

from __future__ import annotations

import socket
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import requests
import uvicorn
from sites import SHAHE, XINGONG, account_of, tiny_site

from commandscreen.domain.grid import grid_code
from commandscreen.domain.person import Role
from commandscreen.domain.site import Site
from commandscreen.protocol.demo import demo_password
from commandscreen.server.app import create_app
from commandscreen.server.config import Config
from commandscreen.server.patience import PatientProtocol
from commandscreen.server.run import _Server

GRID = grid_code(XINGONG, 2, 3)
START = 1_773_190_800  # 2026-03-11 09:00 CST, a Wednesday


class Clock:
    """Runs with the wall's pace from `START`, and can be pushed ahead."""

    def __init__(self) -> None:
        self._ahead = START - time.time()

    def __call__(self) -> float:
        return time.time() + self._ahead

    def push(self, seconds: float) -> None:
        self._ahead += seconds


class Server:
    """One running server."""

    def __init__(self, url: str, folder: Path, demo: bool = True, site: Site | None = None, **settings: Any) -> None:
        self.clock = Clock()
        self.site = site or tiny_site()
        file = settings.pop("site_file", None)
        self.config = Config(url, folder, file, demo, clock=self.clock, **settings)
        self.app = create_app(self.config, self.site)
        self.desk = self.app.state.desk
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._listener = listener
        self._server = _Server(
            uvicorn.Config(
                self.app,
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=3,
                ws="none",
                http=PatientProtocol,
            ),
            self.desk,
        )
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, name="test-server")
        self._thread.start()
        deadline = time.monotonic() + 60
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the server did not start")
            time.sleep(0.01)

    def stop(self) -> None:
        """Ends it and waits."""
        self._server.should_exit = True
        self._thread.join(15)
        self._listener.close()
        if self._thread.is_alive():
            raise RuntimeError("the server did not stop")

    def desk_of(self, role: Role, area: int = SHAHE, unit: int = 0) -> Client:
        """Someone signed in."""
        return Client(self.url, account_of(role, area, unit))


class Client:
    """A signed-in REST client."""

    def __init__(self, url: str, account: str, password: str | None = None) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False
        answer = self.http.post(
            url + "/v1/sessions",
            json={"account": account, "password": demo_password(account) if password is None else password},
            timeout=10,
        )
        answer.raise_for_status()
        self.session = answer.json()
        self.http.headers["Authorization"] = "Bearer " + self.session["token"]

    def get(self, path: str, **values: Any) -> requests.Response:
        """A GET below the server's address."""
        headers = values.pop("headers", None)
        return self.http.get(self.url + path, params=values, headers=headers, timeout=40)

    def post(self, path: str, **values: Any) -> requests.Response:
        """A POST below the server's address."""
        return self.http.post(self.url + path, timeout=40, **values)

    def page(self, cursor: int = 0, **values: Any) -> dict[str, Any]:
        """One page of the feed."""
        answer = self.get("/v1/changes", cursor=cursor, **values)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def command(self, kind: str, case_id: int = 0, base: int = 0, name: str = "", **args: Any) -> dict[str, Any]:
        """Gives one command; its answer."""
        item = {"id": name or str(uuid.uuid4()), "kind": kind, "case_id": case_id, "base": base, "args": args}
        answer = self.post("/v1/commands", json=[item])
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()[0]
        return found

    def report(self, grid: int = GRID, **args: Any) -> dict[str, Any]:
        """Reports a case."""
        values = {"source": "hotline", "title": "楼道漏水", "place": "32号楼", "grid": grid, "class_id": 301} | args
        return self.command("report", **values)

    def close(self) -> None:
        """Lets the connections go."""
        self.http.close()


class Mirror:
    """The smallest replica: rows by entity and id, kept by pages alone."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.cursor = 0
        self.rows: dict[tuple[str, int], list[Any]] = {}
        self.last: dict[str, Any] = {}
        self.order: list[int] = []

    def pull(self, limit: int = 500) -> None:
        """Pages until nothing more is there."""
        while True:
            page = self.client.page(self.cursor, limit=limit)
            for item in page["items"]:
                self.order.append(item["seq"])
                if item["op"] == "put":
                    self.rows[item["t"], item["id"]] = item["row"]
                else:
                    self.rows.pop((item["t"], item["id"]), None)
            self.cursor = page["cursor"]
            self.last = page
            if not page["more"]:
                return
