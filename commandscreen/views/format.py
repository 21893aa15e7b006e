"""Times, durations and large numbers in the user's language."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ..domain.clock import CST, DAY, HOUR, MINUTE


def local(at: int) -> datetime:
    """An instant in local time."""
    return datetime.fromtimestamp(at, CST)


def clock(at: int) -> str:
    """13:24"""
    return local(at).strftime("%H:%M")


def clock_seconds(at: int) -> str:
    """13:24:08"""
    return local(at).strftime("%H:%M:%S")


def weekday(at: int) -> str:
    """周三"""
    words = (
        QCoreApplication.translate("Format", "周一"),
        QCoreApplication.translate("Format", "周二"),
        QCoreApplication.translate("Format", "周三"),
        QCoreApplication.translate("Format", "周四"),
        QCoreApplication.translate("Format", "周五"),
        QCoreApplication.translate("Format", "周六"),
        QCoreApplication.translate("Format", "周日"),
    )
    return words[local(at).weekday()]


def date(at: int) -> str:
    """3月11日"""
    when = local(at)
    return QCoreApplication.translate("Format", "{m}月{d}日").format(m=when.month, d=when.day)


def moment(at: int, now: int) -> str:
    """13:24 today, 3月11日 13:24 otherwise."""
    return clock(at) if local(at).date() == local(now).date() else f"{date(at)} {clock(at)}"


def countdown(seconds: int) -> str:
    """Time left or over as the queue shows it: 0:47, 2:10, 2天3时; its sign is the lamp's business."""
    seconds = abs(seconds)
    if seconds < DAY:
        return f"{seconds // HOUR}:{seconds % HOUR // MINUTE:02d}"
    return QCoreApplication.translate("Format", "{d}天{h}时").format(d=seconds // DAY, h=seconds % DAY // HOUR)


def duration(seconds: float) -> str:
    """A span in words: 21分, 2时39分, 2天3小时, 40秒."""
    whole = max(0, int(seconds))
    if whole < MINUTE:
        return QCoreApplication.translate("Format", "{s}秒").format(s=whole)
    if whole < HOUR:
        return QCoreApplication.translate("Format", "{m}分").format(m=whole // MINUTE)
    if whole < DAY:
        return QCoreApplication.translate("Format", "{h}时{m}分").format(h=whole // HOUR, m=whole % HOUR // MINUTE)
    return QCoreApplication.translate("Format", "{d}天{h}小时").format(d=whole // DAY, h=whole % DAY // HOUR)


def large(number: int) -> str:
    """2,801,434 as 280余万, below 100,000 with separators."""
    if number < 100_000:
        return f"{number:,}"
    if QCoreApplication.translate("Format", "万") != "万":
        return QCoreApplication.translate("Format", "{n}百万").format(n=f"{number / 1_000_000:.1f}")
    return QCoreApplication.translate("Format", "{n}余万").format(n=number // 10_000)


def percent(share: float | None) -> str:
    """96.2, or a dash where there is nothing to divide by."""
    return "—" if share is None else f"{share * 100:.1f}".removesuffix(".0")
