"""The digest of a bucket: how many rows it holds, and a 64-bit sum over (entity, id, version).

Both sides keep it incrementally; the sum does not depend on order, so that a page can be applied in any.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .rows import CASE, RECORD, TALLY

MASK = 2**64 - 1
_SALT = {CASE: 0x9E3779B97F4A7C15, TALLY: 0xC2B2AE3D27D4EB4F, RECORD: 0x165667B19E3779F9}


def row_hash(entity: str, row_id: int, ver: int) -> int:
    """A 64-bit mix (splitmix64 finaliser) of one row's identity and version."""
    value = (row_id * 0xBF58476D1CE4E5B9 + ver * 0x94D049BB133111EB + _SALT[entity]) & MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def hashes(entity: str, ids: npt.NDArray[np.int64], vers: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """`row_hash` of each row of arrays of equal length."""
    with np.errstate(over="ignore"):
        value = ids.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
        value += vers.astype(np.uint64) * np.uint64(0x94D049BB133111EB) + np.uint64(_SALT[entity])
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return value ^ (value >> np.uint64(31))


def row_hashes(entity: str, ids: npt.NDArray[np.int64], vers: npt.NDArray[np.int64]) -> int:
    """The sum of `row_hash` over arrays of equal length, as the digest wants it."""
    with np.errstate(over="ignore"):
        return int(np.sum(hashes(entity, ids, vers), dtype=np.uint64))


@dataclass(frozen=True, slots=True)
class Digest:
    """Count and sum of one bucket; sums travel as 16 hexadecimal digits, since JSON numbers lose bits past 2^53."""

    count: int = 0
    sum: int = 0

    def plus(self, entity: str, row_id: int, ver: int) -> Digest:
        """With one row more."""
        return Digest(self.count + 1, (self.sum + row_hash(entity, row_id, ver)) & MASK)

    def minus(self, entity: str, row_id: int, ver: int) -> Digest:
        """With one row less."""
        return Digest(self.count - 1, (self.sum - row_hash(entity, row_id, ver)) & MASK)

    def to_json(self) -> list[object]:
        """As it travels: [count, "16 hex digits"]."""
        return [self.count, f"{self.sum:016x}"]

    @staticmethod
    def from_json(value: object) -> Digest:
        """The digest of a wire value. Raises ValueError for anything else."""
        if not isinstance(value, list) or len(value) != 2 or type(value[0]) is not int:
            raise ValueError("not a digest")
        return Digest(value[0], int(str(value[1]), 16))
