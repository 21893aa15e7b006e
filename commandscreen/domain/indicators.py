"""The field's indicators as formulas on counts; a rate whose denominator is 0 is None, which screens show as "—".

Formulas: the usual ones of city management; weights and thresholds are settings, kept with their version.
"""

from __future__ import annotations

from dataclasses import dataclass


def rate(part: int, whole: int) -> float | None:
    """`part` of `whole` as a share; None where `whole` is 0. Raises ValueError for negative counts."""
    if part < 0 or whole < 0:
        raise ValueError(f"counts are not negative: {part} of {whole}")
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of a set of cases; `overdue` is the raw fact, `exempt` those of them that are 不计超时."""

    reported: int = 0
    filed: int = 0
    dispatched: int = 0
    should_handle: int = 0
    handled_on_time: int = 0
    should_close: int = 0
    closed: int = 0
    closed_on_time: int = 0
    reworked: int = 0
    returned: int = 0
    checked: int = 0
    passed: int = 0
    duplicates: int = 0
    responded_in_time: int = 0
    called_back: int = 0
    solved: int = 0
    satisfied: int = 0
    overdue: int = 0
    exempt: int = 0


def closure(counts: Counts) -> float | None:
    """办结率: closed ÷ should have closed."""
    return rate(counts.closed, counts.should_close)


def closure_on_time(counts: Counts) -> float | None:
    """按期结案率: closed on time ÷ should have closed."""
    return rate(counts.closed_on_time, counts.should_close)


def handling_on_time(counts: Counts) -> float | None:
    """按时处置率: handled on time ÷ should have been handled."""
    return rate(counts.handled_on_time, counts.should_handle)


def rework(counts: Counts) -> float | None:
    """返工率: reworked ÷ should have closed."""
    return rate(counts.reworked, counts.should_close)


def returned(counts: Counts) -> float | None:
    """回退率: returned ÷ dispatched."""
    return rate(counts.returned, counts.dispatched)


def filing(counts: Counts) -> float | None:
    """立案率: filed ÷ reported."""
    return rate(counts.filed, counts.reported)


def check_passed(counts: Counts) -> float | None:
    """核查通过率: passed ÷ checked."""
    return rate(counts.passed, counts.checked)


def duplicated(counts: Counts) -> float | None:
    """重复率: duplicates ÷ reported."""
    return rate(counts.duplicates, counts.reported)


def response(counts: Counts) -> float | None:
    """响应率: contacted within the limit ÷ dispatched."""
    return rate(counts.responded_in_time, counts.dispatched)


def resolution(counts: Counts) -> float | None:
    """解决率: the citizen says solved ÷ called back."""
    return rate(counts.solved, counts.called_back)


def satisfaction(counts: Counts) -> float | None:
    """满意率: satisfied ÷ called back."""
    return rate(counts.satisfied, counts.called_back)


def overdue_counted(counts: Counts) -> int:
    """超期数 without the exempt ones; the raw figure stands beside it."""
    return max(0, counts.overdue - counts.exempt)


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """Shares of a unit's score, which add up to 1; defaults are the field's usual ones."""

    version: int = 1
    closure: float = 0.3
    on_time: float = 0.3
    rework: float = 0.3
    volume: float = 0.1

    def __post_init__(self) -> None:
        parts = (self.closure, self.on_time, self.rework, self.volume)
        if min(parts) < 0 or abs(sum(parts) - 1) > 1e-9:
            raise ValueError("weights are not negative and add up to 1")


def unit_score(counts: Counts, volume_band: float, weights: ScoreWeights | None = None) -> float | None:
    """A unit's score, 0 to 100: closure, on-time handling, 1 − rework and the volume band (0 to 1), weighted.

    None where one of the rates has no denominator: half a score would compare with nobody's.
    """
    if not 0 <= volume_band <= 1:
        raise ValueError(f"the volume band lies between 0 and 1: {volume_band}")
    weights = weights or ScoreWeights()
    closed, on_time, again = closure(counts), handling_on_time(counts), rework(counts)
    if closed is None or on_time is None or again is None:
        return None
    share = weights.closure * closed + weights.on_time * on_time + weights.rework * max(0.0, 1 - again)
    return 100 * (share + weights.volume * volume_band)
