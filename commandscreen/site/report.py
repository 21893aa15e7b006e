"""What a check found: each finding names file, row, what is wrong and how to mend it, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `row` counts from 1 with the heading line as 1; 0 speaks of the whole file."""

    severity: str  # error, warning
    file: str
    row: int
    code: str
    what: str
    mend: str

    def to_text(self) -> str:
        """One line for a terminal."""
        where = f"{self.file}:{self.row}" if self.row else self.file
        word = "错误 error" if self.severity == "error" else "提醒 warning"
        return f"{word} {where} [{self.code}] {self.what} → {self.mend}"


@dataclass(slots=True)
class Report:
    """All findings and what was counted. `ok` says that the site can be imported."""

    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    total: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing forbids the import."""
        return not any(f.severity == "error" for f in self.findings)

    def error(self, file: str, row: int, code: str, what: str, mend: str) -> None:
        """Adds an error; past 200 findings only their number is kept."""
        self._add(Finding("error", file, row, code, what, mend))

    def warn(self, file: str, row: int, code: str, what: str, mend: str) -> None:
        """Adds a warning."""
        self._add(Finding("warning", file, row, code, what, mend))

    def _add(self, finding: Finding) -> None:
        self.total += 1
        if len(self.findings) < SHOWN_MAX:
            self.findings.append(finding)

    def to_json(self) -> dict[str, Any]:
        """The report as `--json` prints it."""
        rows = [
            {"severity": f.severity, "file": f.file, "row": f.row, "code": f.code, "what": f.what, "mend": f.mend}
            for f in self.findings
        ]
        return {"ok": self.ok, "counts": self.counts, "findings": rows, "total_findings": self.total}

    def to_text(self) -> str:
        """The report for a terminal."""
        lines = [f.to_text() for f in self.findings]
        if self.total > len(self.findings):
            lines.append(f"… 另有 {self.total - len(self.findings)} 条 more")
        lines += [f"{name}: {count:,}" for name, count in self.counts.items()]
        lines.append("可以导入 ready to import" if self.ok else "不能导入 not importable")
        return "\n".join(lines)
