"""The command line: every command and option in one place. Heavy imports wait until a command needs them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from . import __version__

VIEWS = ("operator", "case", "alarms", "palette", "meeting", "login")


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; the return value is the process's exit code (0 well, 1 failed, 2 wrong usage)."""
    if os.environ.get("COMMANDSCREEN_LEASH"):
        from .embedded import obey_leash

        obey_leash()
    options = _parser().parse_args(_with_default(sys.argv[1:] if arguments is None else arguments))
    try:
        code: int = options.run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 1
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        print(f"出错：{error.strerror or error}{where}", file=sys.stderr)
        return 1
    return code


def _with_default(arguments: list[str]) -> list[str]:
    commands = {"operate", "serve", "simulate", "audit", "snapshot", "site"}
    if arguments and (arguments[0] in commands or arguments[0] in ("-h", "--help", "--version")):
        return arguments
    return ["operate", *arguments]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="一屏指挥 commandscreen:乡镇街道指挥台。不写命令即 operate。",
        epilog="operate 开指挥台 · serve 开中心服务器 · simulate 播放一天 · snapshot 出图 · "
        "audit 核验审计日志 · site 检查和导入辖区数据",
    )
    parser.add_argument("--version", action="version", version=f"commandscreen {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _operate(commands.add_parser("operate", help="open the command screen (default) · 打开指挥台"))
    _serve(commands.add_parser("serve", help="run the central server · 运行中心服务器"))
    _simulate(commands.add_parser("simulate", help="play a city's day against a server · 向服务器播放城市一天"))
    _snapshot(commands.add_parser("snapshot", help="render one view as a PNG · 把一个画面存成图片"))
    _audit(commands.add_parser("audit", help="check a server's audit log · 核验服务器审计日志"))
    _site(commands.add_parser("site", help="check, import and list a site's data · 检查、导入辖区数据"))
    return parser


def _operate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", metavar="URL", help="a central server; without it the demo city runs here")
    parser.add_argument("--ca", metavar="FILE", type=Path, help="certificate authority of the server")
    parser.add_argument("--account", help="account to sign in with")
    parser.add_argument("--theme", choices=("dark", "light"))
    parser.add_argument("--lang", choices=("zh_CN", "en", "pseudo"))
    parser.add_argument("--scale", type=_scale)
    parser.add_argument("--size", type=_size, help="window size, such as 1920x1080")
    parser.set_defaults(run=_run_operate)


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", metavar="URL", default="", help="sqlite:///FILE (default) or postgresql://…")
    parser.add_argument("--listen", metavar="HOST:PORT", type=_listen, default=("127.0.0.1", 8700))
    parser.add_argument("--site", metavar="FILE", type=Path, help="an imported site file (see: site import)")
    parser.add_argument("--demo", action="store_true", help="the demo city with demo accounts; loopback only")
    parser.add_argument("--history", metavar="N", type=_count, default=None, help="fill with N past cases (demo)")
    parser.add_argument("--cert", metavar="FILE", type=Path)
    parser.add_argument("--key", metavar="FILE", type=Path)
    parser.set_defaults(run=_run_serve)


def _audit(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    verify = actions.add_parser("verify", help="follow the chain from its first line; ends with 1 at an altered one")
    verify.add_argument("--database", metavar="URL", required=True, help="sqlite:///FILE or postgresql://…")
    verify.set_defaults(run=_run_verify)


def _simulate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", metavar="URL", required=True)
    parser.add_argument("--ca", metavar="FILE", type=Path)
    parser.add_argument("--speed", type=float, default=1.0, help="1 = the city's own pace")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--story", action="store_true", help="play the worked example: water in building 32")
    parser.add_argument("--quiet", action="store_true")
    parser.set_defaults(run=_run_simulate)


def _snapshot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--view", choices=VIEWS, default="operator")
    parser.add_argument("--size", type=_size, default=(1920, 1080))
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--lang", choices=("zh_CN", "en", "pseudo"), default="zh_CN")
    parser.add_argument("--scale", type=_scale, default=1.0)
    parser.add_argument("--out", metavar="FILE", type=Path, required=True)
    parser.add_argument("--server", metavar="URL")
    parser.add_argument("--ca", metavar="FILE", type=Path)
    parser.add_argument("--account", default="")
    parser.set_defaults(run=_run_snapshot)


def _site(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(title="site commands", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="read a site folder and say what must be mended")
    check.add_argument("folder", type=Path, nargs="?", help="a site folder or file; the demo site by default")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_run_check)
    imported = actions.add_parser("import", help="check a site folder and write it as one file for `serve --site`")
    imported.add_argument("folder", type=Path)
    imported.add_argument("--out", type=Path, required=True)
    imported.add_argument("--json", action="store_true")
    imported.set_defaults(run=_run_import)
    exported = actions.add_parser("export", help="write a site file out as a folder of plain files")
    exported.add_argument("folder", type=Path)
    exported.add_argument("--site", type=Path)
    exported.set_defaults(run=_run_export)
    people = actions.add_parser("people", help="list the demo accounts")
    people.add_argument("--demo", action="store_true", required=True)
    people.add_argument("--json", action="store_true")
    people.set_defaults(run=_run_people)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit() and 320 <= int(width) <= 7680 and 240 <= int(height) <= 4320):
        raise argparse.ArgumentTypeError("尺寸写成 1920x1080,宽 320–7680,高 240–4320")
    return int(width), int(height)


def _scale(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 1.0 <= value <= 1.5:
        raise argparse.ArgumentTypeError("比例在 1.0 到 1.5 之间")
    return value


def _count(text: str) -> int:
    if not text.isdigit() or int(text) > 20_000_000:
        raise argparse.ArgumentTypeError("件数在 0 到 20000000 之间")
    return int(text)


def _listen(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise argparse.ArgumentTypeError("监听地址写成 HOST:PORT,如 127.0.0.1:8700")
    return host.strip("[]"), int(port)


def _run_operate(options: argparse.Namespace) -> int:
    from .start import operate

    return operate(
        server=options.server, ca=options.ca, account=options.account, theme=options.theme, language=options.lang,
        scale=options.scale, size=options.size,
    )  # fmt: skip


def _run_snapshot(options: argparse.Namespace) -> int:
    from .start import snapshot

    return snapshot(
        view=options.view, size=options.size, theme=options.theme, language=options.lang, scale=options.scale,
        out=options.out, server=options.server, ca=options.ca, account=options.account,
    )  # fmt: skip


def _run_serve(options: argparse.Namespace) -> int:
    from .server.run import serve

    return serve(
        database=options.database, listen=options.listen, site=options.site, demo=options.demo,
        history=options.history, certificate=options.cert, key=options.key,
    )  # fmt: skip


def _run_verify(options: argparse.Namespace) -> int:
    from .server.run import verify_audit

    return verify_audit(options.database)


def _run_simulate(options: argparse.Namespace) -> int:
    from .site.play import play

    if not 0 < options.speed <= 100_000:
        print("速度要大于 0、不超过 100000", file=sys.stderr)
        return 2
    return play(
        url=options.server,
        ca=options.ca,
        speed=options.speed,
        seed=options.seed,
        story=options.story,
        quiet=options.quiet,
    )


def _report(report: object, as_json: bool) -> int:
    from .site.report import Report

    if not isinstance(report, Report):
        raise TypeError("a site command answers with a Report")
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
    else:
        print(report.to_text())
    return 0 if report.ok else 1


def _run_check(options: argparse.Namespace) -> int:
    from .site.folder import check, demo_path

    return _report(check(options.folder or demo_path()), options.json)


def _run_import(options: argparse.Namespace) -> int:
    from .site.folder import import_folder

    return _report(import_folder(options.folder, options.out), options.json)


def _run_export(options: argparse.Namespace) -> int:
    from .site.folder import demo_path, export_folder, load

    export_folder(load(options.site or demo_path()), options.folder)
    return 0


def _run_people(options: argparse.Namespace) -> int:
    from .protocol.demo import demo_accounts
    from .site.folder import demo_path, load

    accounts = demo_accounts(load(demo_path()))
    if options.json:
        print(json.dumps(accounts, ensure_ascii=False, indent=1))
    else:
        for row in accounts:
            print(f"{row['account']}\t{row['password']}\t{row['name']}\t{row['post']}")
    return 0
