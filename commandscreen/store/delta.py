"""What one commit touched; the only news the store ever tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delta:
    """Case ids, grid codes and unit ids concerned. `everything` says that too much changed to name it."""

    cases: frozenset[int] = frozenset()
    grids: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    tallies: bool = False
    everything: bool = False

    def __or__(self, other: Delta) -> Delta:
        return Delta(
            self.cases | other.cases,
            self.grids | other.grids,
            self.units | other.units,
            self.tallies or other.tallies,
            self.everything or other.everything,
        )

    def __bool__(self) -> bool:
        return bool(self.cases or self.grids or self.units or self.tallies or self.everything)
