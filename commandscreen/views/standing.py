"""A command beside the case it was for: what I gave, what others did since, and what may be done now. Pure but for the
translator."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ..domain.case import Case
from ..domain.decide import Command
from ..domain.person import Actor
from ..domain.site import Site
from ..domain.workflow import Kind, allowed
from . import format as fmt
from . import rows, words

LINES_MOST = 4
_TEXTS = ("text", "reason", "condition", "note")
_CODES = ("how", "cause", "code", "result", "what")
_ELSEWHERE = frozenset({Kind.REPORT, Kind.SELF_HANDLE, Kind.RESUME, Kind.FORCE_CLOSE})
translate = QCoreApplication.translate


def mine(command: Command, at: float, site: Site) -> str:
    """When I gave it, what, and with what in it, a line each."""
    args, lines = command.args, [f"{fmt.clock_seconds(int(at))} {words.command(command)}"]
    for name, label in (
        ("lead", translate("Standing", "主办 {what}")),
        ("master", translate("Standing", "并入 {what}")),
    ):
        number = args.get(name)
        if isinstance(number, int) and number:
            lines.append(label.format(what=rows.unit_name(site, number) if name == "lead" else number))
    for name, label in (
        ("assists", translate("Standing", "协办 {what}")),
        ("units", translate("Standing", "单位 {what}")),
    ):
        units = args.get(name)
        if isinstance(units, list | tuple) and units:
            lines.append(
                label.format(
                    what=translate("Standing", "、").join(rows.unit_name(site, u) for u in units if isinstance(u, int))
                )
            )
    if args.get("limit"):
        lines.append(translate("Standing", "限时 {what}").format(what=words.coded(str(args["limit"]))))
    lines += [words.code(str(args[name])) for name in _CODES if isinstance(args.get(name), str) and args[name]]
    lines += [str(args[name]) for name in _TEXTS if args.get(name)]
    if args.get("photos"):
        lines.append(translate("Standing", "照片{n}张").format(n=len(args["photos"])))
    return "\n".join(lines)


def theirs(case: Case, base: int, site: Site) -> str:
    """Where the case stands, and what happened to it since the version the command was given on; newest first."""
    lines = [words.state(case.state)]
    since = case.flow[-max(1, case.ver - base) :] if base else case.flow[-1:]
    for entry in reversed(since[-LINES_MOST:]):
        who = rows.unit_name(site, entry.unit) or words.post(entry.post)
        said = rows.flow_text(entry, case, site)
        lines.append(" ".join(p for p in (fmt.clock(entry.at), who, entry.actor, words.step(entry.kind), said) if p))
    if len(since) > LINES_MOST:
        lines.append(translate("Standing", "还有更早的{n}步").format(n=len(since) - LINES_MOST))
    return "\n".join(lines)


def now(case: Case, actor: Actor) -> str:
    """The steps this person's posts may take on the case as it stands, in words."""
    kinds = [k for k in allowed(case.state, actor.roles) if k not in _ELSEWHERE]
    return translate("Standing", "、").join(dict.fromkeys(words.step(k.value) for k in kinds))
