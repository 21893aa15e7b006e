"""Classes of cases: 大类 › 小类 › 细类, each with its limit, filing and closing condition and usual handler."""

from __future__ import annotations

from dataclasses import dataclass

from .clock import Limit


@dataclass(frozen=True, slots=True)
class CaseClass:
    """A leaf of the class tree. `share` weighs it in the simulated day only; no rule reads it."""

    id: int
    code: str
    major: str
    minor: str
    name: str
    kind: str  # part (部件) or event (事件)
    limit: Limit
    trade: str
    filing: str
    closing: str
    duty_item: int = 0  # the assisting-duty item it falls under, 0 = none
    share: float = 0.0

    @property
    def path(self) -> str:
        """The three levels as shown: 房屋设施 / 消防设施 / 管道渗漏."""
        return f"{self.major} / {self.minor} / {self.name}"


@dataclass(frozen=True, slots=True)
class DutyItem:
    """A line of the three lists. `list` is certificate_kept, certificate_ended, main_duty or assist_duty."""

    list: str
    number: int
    text: str
