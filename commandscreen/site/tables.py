"""Reads a site's CSV files: encodings, columns, lengths and characters checked, each fault with its row."""

from __future__ import annotations

import csv
import io
import math
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from .report import Report

FILE_MAX = 64 * 2**20
FIELD_MAX = 500
_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class Row:
    """One row of a table. Its readers report a fault once and give a harmless value instead."""

    def __init__(self, report: Report, file: str, number: int, values: dict[str, str]) -> None:
        self.report, self.file, self.number, self.values = report, file, number, values
        self.sound = True

    def fail(self, code: str, what: str, mend: str) -> None:
        """Reports an error of this row; the row is then not used."""
        self.sound = False
        self.report.error(self.file, self.number, code, what, mend)

    def text(self, name: str, empty: bool = False) -> str:
        """A cleaned text."""
        value = self.values.get(name, "").strip()
        if not value and not empty:
            self.fail("empty", f"{name} 是空的 is empty", f"填写 {name} fill it in")
        if len(value) > FIELD_MAX:
            self.fail("too-long", f"{name} 有 {len(value)} 字 characters", f"缩到 {FIELD_MAX} 字以内 shorten it")
            return ""
        if any(ord(c) in _BIDI or unicodedata.category(c) in ("Cc", "Cs") for c in value):
            self.fail(
                "hidden-character", f"{name} 含控制或换向字符 holds control or bidi characters", "删掉它们 remove them"
            )
            return ""
        if value.startswith(_FORMULA) and not _is_number(value):
            self.report.warn(
                self.file,
                self.number,
                "formula-like",
                f"{name} 像公式 looks like a formula",
                "确认是文字 make sure it is text",
            )
        return value

    def whole(self, name: str, low: int = 0, high: int = 10**16, empty: int | None = None) -> int:
        """A whole number."""
        value = self.values.get(name, "").strip()
        if not value and empty is not None:
            return empty
        if not value.isascii() or not value.isdigit() or not low <= int(value[:20]) <= high:
            self.fail(
                "not-a-number", f"{name} 不是 {low}–{high} 的整数 is no whole number", "改成整数 use a whole number"
            )
            return low
        return int(value)

    def decimal(self, name: str) -> float:
        """A number, 0 where it is empty."""
        value = self.values.get(name, "").strip()
        if not value:
            return 0.0
        if not _is_number(value):
            self.fail("not-a-number", f"{name} 不是数 is no number", "改成数字 use a number")
            return 0.0
        return float(value)

    def choice(self, name: str, allowed: Callable[[str], object], words: str) -> object:
        """One of some words; `allowed` raises ValueError for others."""
        value = self.text(name)
        try:
            return allowed(value) if value else None
        except ValueError:
            self.fail("unknown-word", f"{name} 不认识 unknown: {value[:30]}", f"用 use: {words}")
            return None


def _is_number(value: str) -> bool:
    try:
        number = float(value)
    except ValueError:
        return False
    return math.isfinite(number) and abs(number) < 1e15


def decode(data: bytes) -> str | None:
    """The text of UTF-8, with or without a mark, or GB18030; None for anything else."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def rows(report: Report, folder: Path, name: str, columns: str, needed: bool = True) -> Iterator[Row]:
    """The rows of a file with at least these columns; faults of the file itself are reported and end it."""
    path = folder / name
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= FILE_MAX else b""
    except OSError:
        if needed:
            report.error(name, 0, "missing-file", "没有这个文件 is missing", f"按 docs/site.md 准备 {name} prepare it")
        return
    if size > FILE_MAX:
        report.error(name, 0, "too-large", f"{size:,} 字节 bytes", "拆小或核对 is this the right file")
        return
    text = decode(data)
    if text is None or "\0" in text:
        report.error(name, 0, "encoding", "不是 UTF-8 或 GB18030 文字 is no text", "另存为 UTF-8 save as UTF-8")
        return
    csv.field_size_limit(FILE_MAX)
    try:
        reader = csv.reader(io.StringIO(text), strict=True)
        head = [h.strip() for h in next(reader, [])]
        lacking = [c for c in columns.split() if c not in head]
        if lacking:
            report.error(
                name, 1, "missing-column", f"缺列 columns missing: {', '.join(lacking)}", f"列名用 use: {columns}"
            )
            return
        for values in reader:
            if not any(v.strip() for v in values):
                continue
            if len(values) != len(head):
                report.error(
                    name,
                    reader.line_num,
                    "ragged",
                    f"{len(values)} 格，应为 cells, not {len(head)}",
                    "补齐或删掉多余的逗号 mend commas",
                )
                continue
            yield Row(report, name, reader.line_num, dict(zip(head, values, strict=True)))
    except csv.Error as error:
        report.error(
            name,
            0,
            "broken-csv",
            f"读不下去 cannot be read: {str(error)[:80]}",
            "用表格软件另存为 CSV save as CSV anew",
        )
