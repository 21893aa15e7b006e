"""What a form of 登记 becomes: a report, one merged at once, or a note on a case that is there; and what is wrong with it."""

from __future__ import annotations

import uuid
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from ..domain.arguments import PHOTOS_MAX, TEXT_MAX
from ..domain.case import Case
from ..domain.decide import Command, Ground, Refusal, decide
from ..domain.intake import Fault, Intake
from ..domain.person import Actor
from ..domain.privacy import mask_name, mask_phone
from ..domain.site import Site
from ..domain.workflow import Kind, Step
from ..store.names import temporary_id


def made(command: Command, site: Site, actor: Actor) -> Case | Refusal:
    """The case as this desk shows it until the server's own comes."""
    found = decide(None, command, Ground(site, actor, command.client_time, temporary_id(command)))
    if isinstance(found, Refusal):
        return found
    return replace(found, reporter=mask_name(found.reporter), phone=mask_phone(found.phone))


def merge(case: Case, master: Case, site: Site, actor: Actor, now: int) -> Command | Refusal:
    """The case goes into another as soon as it is there: the caller is kept, and asked back like any other."""
    command = Command(str(uuid.uuid4()), Kind.MERGE.value, case.id, case.ver, {"master": master.id}, now)
    decided = decide(case, command, Ground(site, actor, now, other=master))
    return decided if isinstance(decided, Refusal) else command


def note(intake: Intake, key: str, case: Case, site: Site, actor: Actor, now: int) -> Command | Refusal:
    """The caller's words and pictures for a case that is there. Who it was stands there masked: everybody reads the flow."""
    who = " ".join(p for p in (mask_name(intake.reporter.strip()), mask_phone(intake.phone.strip())) if p)
    said = spoken(intake)
    text = (f"{who}：{said}" if who else said)[:TEXT_MAX]
    args = {"step": Step.COMMENT.value, "text": text, "photos": list(intake.photos)}
    command = Command(key, Kind.PROGRESS.value, case.id, 0, args, now)
    decided = decide(case, command, Ground(site, actor, now))
    return decided if isinstance(decided, Refusal) else command


def spoken(intake: Intake) -> str:
    """What the caller said, or what else was written down."""
    return intake.text.strip() or intake.title.strip() or intake.place.strip()


def fault_words(name: str, fault: Fault) -> str:
    """What is wrong with a field, in the user's words."""
    if fault is Fault.MISSING:
        missing = {
            "class_id": QCoreApplication.translate("IntakeView", "选一个类别，打几个字就有"),
            "grid": QCoreApplication.translate("IntakeView", "选一个网格，或在地图上点"),
            "place": QCoreApplication.translate("IntakeView", "写明地点"),
        }
        return missing.get(name, QCoreApplication.translate("IntakeView", "没有填"))
    return {
        Fault.TOO_LONG: QCoreApplication.translate("IntakeView", "太长了"),
        Fault.OUTSIDE: QCoreApplication.translate("IntakeView", "不在您的辖区，请转给所在街道"),
        Fault.NO_PHONE: QCoreApplication.translate("IntakeView", "电话要有7到15位数字"),
        Fault.NO_MOBILE: QCoreApplication.translate("IntakeView", "手机号是11位，请再核对"),
        Fault.TOO_MANY: QCoreApplication.translate("IntakeView", "最多{n}张").format(n=PHOTOS_MAX),
        Fault.NOT_YOURS: QCoreApplication.translate("IntakeView", "您的岗位不能登记，请交受理员"),
    }[fault]
