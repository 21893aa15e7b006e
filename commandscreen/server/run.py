"""Runs the server: `serve` in this process until it is told to stop, `start_embedded` as a process of its own."""

from __future__ import annotations

import ipaddress
import logging
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from ..domain.site import Site
from ..protocol import bundle
from . import audit
from .app import create_app
from .config import Config
from .database import Database
from .desk import Desk
from .identity import setup_code
from .patience import PatientProtocol

_GRACE = 5
_START_SECONDS = 60.0


class _Server(uvicorn.Server):
    """Lets waiting desks go before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Says where it listens, once it does."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            scheme = "https" if self.config.ssl_certfile else "http"
            print(f"commandscreen {scheme}://{f'[{host}]' if ':' in host else host}:{port}", flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends: long polls and streams first."""
        self._desk.news.release()
        await super().shutdown(sockets)


def serve(database: str = "", listen: tuple[str, int] = ("127.0.0.1", 8700), site: Path | None = None,
          demo: bool = False, history: int | None = None, certificate: Path | None = None,
          key: Path | None = None) -> int:  # fmt: skip
    """Serves until SIGINT or SIGTERM; the exit code. `history` fills an empty demo database with past cases."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr
    )
    host, port = listen
    if demo and not _loopback(host):
        print("--demo 的密码人人可知,只能监听本机回环地址(127.0.0.1 或 ::1)", file=sys.stderr)
        return 2
    if history and not demo:
        print("--history 只用于演示(--demo)", file=sys.stderr)
        return 2
    path = site or (demo_site_path() if demo else None)
    if path is None:
        print("请用 --site 指定辖区文件(先运行 site import),或用 --demo 试用演示城市", file=sys.stderr)
        return 2
    if (certificate or key) and (fault := _certificate_fault(certificate, key)):
        print(f"证书或私钥无法使用：{fault}。--cert 给证书链，--key 给它的私钥，都是 PEM 文件", file=sys.stderr)
        return 1
    url = database or "sqlite:///commandscreen-server.db"
    try:
        loaded = load_site(path)
        config = Config(url, folder_of(url), path, demo)
        _prepare(config, loaded, history or 0)
    except ValueError as error:
        print(f"无法启动:{error}", file=sys.stderr)
        return 1
    except SQLAlchemyError as error:
        print(f"数据库无法使用:{str(getattr(error, 'orig', error)).splitlines()[0]}", file=sys.stderr)
        return 1
    return run(config, loaded, _bind(host, port), certificate, key)


def _certificate_fault(certificate: Path | None, key: Path | None) -> str:
    """Why a certificate and its key cannot be served with, or an empty text."""
    if certificate is None:
        return "缺 --cert"
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        return (error.reason or str(error)).replace("_", " ").lower()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def verify_audit(url: str) -> int:
    """Follows the audit chain of a database; 0 where every line fits, 1 at the first that does not, 2 without one."""
    try:
        database = Database(url)
    except ValueError as error:
        print(f"无法核验：{error}", file=sys.stderr)
        return 2
    try:
        if database.path is not None and not database.path.exists():
            print(f"没有这个数据库：{database.path}", file=sys.stderr)
            return 2
        with database.read() as link:
            broken, (last, mark) = audit.check(link), audit.end(link)
    except SQLAlchemyError as error:
        print(f"数据库无法使用：{str(getattr(error, 'orig', error)).splitlines()[0]}", file=sys.stderr)
        return 2
    finally:
        database.close()
    if broken:
        print(f"审计日志第{broken}行起与前文不符：该行或其前后被改动或删除")
        return 1
    print(f"审计日志完整，共{last}行，末行摘要 {mark}")
    return 0


def run(
    config: Config, site: Site, listener: socket.socket, certificate: Path | None = None, key: Path | None = None
) -> int:
    """Serves on a bound socket until told to stop; 0 when it ended well."""
    app = create_app(config, site)
    server = _Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=_GRACE,
            timeout_keep_alive=30, h11_max_incomplete_event_size=32 * 1024, proxy_headers=False, lifespan="on",
            ws="none", http=PatientProtocol,
            ssl_certfile=str(certificate) if certificate else None, ssl_keyfile=str(key) if key else None,
        ),
        app.state.desk,
    )  # fmt: skip
    if threading.current_thread() is threading.main_thread():
        # uvicorn raises the signal again once it has ended well; an orderly end is exit code 0.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
    try:
        server.run(sockets=[listener])
    finally:
        listener.close()
    return 0 if server.started else 1


def load_site(path: Path) -> Site:
    """The site of a bundle file. Raises ValueError for one that is broken, OSError for one that is missing."""
    return bundle.decode(path.read_bytes())


def demo_site_path() -> Path:
    """The demo city's bundle, as shipped."""
    return Path(__file__).resolve().parents[2] / "resources" / "site" / "anshan.site"


def folder_of(url: str) -> Path:
    """Where a server keeps its files: beside an SQLite database, or in a folder named after a PostgreSQL one."""
    if url.startswith("sqlite:///"):
        database = Path(url.removeprefix("sqlite:///"))
        return database.with_name(database.name + ".files")
    name = url.rpartition("/")[2].partition("?")[0] or "server"
    return Path(f"commandscreen-{''.join(c for c in name if c.isalnum())}.files")


def _prepare(config: Config, site: Site, history: int) -> None:
    database = Database(config.database, 2)
    try:
        database.migrate()
        if history:
            _fill(database, site, history)
        if config.demo:
            _fill_board(database, site)
        code = None if config.demo else setup_code(database)
    finally:
        database.close()
    if code:
        print(f"第一次启动。初始化口令(只显示这一次,用于 POST /v1/setup):{code}", flush=True)


def _fill(database: Database, site: Site, count: int) -> None:
    from ..site import history
    from . import tallies
    from .fill import empty, fill

    if not empty(database):
        return

    def progress(done: int) -> None:
        print(f"正在生成历史案件 {done}/{count}", flush=True)

    fill(database, history.cases(site, count), progress)
    with database.write() as link:
        tallies.carry_over(link, history.opening_tallies(site))


def _fill_board(database: Database, site: Site) -> None:
    """The demo's weekly board as of now, once: meetings, tasks, receipts and the 减负 account."""
    from ..domain.record import RecordKind
    from ..site import board_history
    from .fill_records import fill_records, open_case, without

    if site.demo and without(database, RecordKind.MEETING):
        case = open_case(database, board_history.HOME)
        fill_records(database, board_history.records(site, int(time.time()), case))


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, so that asyncio turns Nagle's algorithm off: without it every second answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.listen(512)
    listener.set_inheritable(True)
    return listener


@dataclass(slots=True)
class Embedded:
    """A server in a process of its own. `stop` ends it gracefully."""

    url: str
    process: subprocess.Popen[bytes]

    def stop(self, seconds: float = _GRACE + 5.0) -> int:
        """Asks it to end and waits; its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
        finally:
            if self.process.stdout:
                self.process.stdout.close()


def start_embedded(db_path: Path, site_path: Path, port: int = 0) -> Embedded:
    """Starts a demo server on loopback and waits until it answers. Raises RuntimeError where it does not."""
    command = [sys.executable, "-m", "commandscreen", "serve", "--demo", "--database", f"sqlite:///{db_path}",
               "--site", str(site_path), "--listen", f"127.0.0.1:{port}"]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: S603 - ourselves
    said = ""
    if process.stdout is not None:
        for raw in process.stdout:
            said = raw.decode("utf-8", "replace").strip()
            if said.startswith("commandscreen http"):
                break
    url = said.removeprefix("commandscreen ")
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and url.startswith("http") and process.poll() is None:
        try:
            with urllib.request.urlopen(url + "/healthz", timeout=2):  # noqa: S310 - our own loopback address
                return Embedded(url, process)
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    Embedded(url, process).stop()
    raise RuntimeError(said or "the server said nothing")
