"""What one commit touched; the only news the store ever tells."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.record import RecordKind


@dataclass(frozen=True, slots=True)
class Delta:
    """Case ids, grid codes, unit ids and kinds of record concerned. `everything` says that too much changed to name it."""

    cases: frozenset[int] = frozenset()
    grids: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    tallies: bool = False
    records: frozenset[RecordKind] = frozenset()
    everything: bool = False

    def __or__(self, other: Delta) -> Delta:
        return Delta(
            self.cases | other.cases,
            self.grids | other.grids,
            self.units | other.units,
            self.tallies or other.tallies,
            self.records | other.records,
            self.everything or other.everything,
        )

    def __bool__(self) -> bool:
        return bool(self.cases or self.grids or self.units or self.tallies or self.records or self.everything)
