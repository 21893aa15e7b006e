"""Digests from the rows themselves, in one pass over the table: 2.8 million cases take seconds."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection

from ..protocol.digest import hashes
from ..protocol.rows import CASE

_AT_ONCE = 50_000
_WIDTH = 48  # hexadecimal digits: id, version, township


def by_township(connection: Connection) -> dict[int, tuple[int, int]]:
    """How many cases each township has, and the 64-bit sum of their hashes."""
    sql = (
        "SELECT group_concat(printf('%016x%016x%016x', id, ver, township), '') FROM "
        "(SELECT id, ver, township FROM cases WHERE id > ? ORDER BY id LIMIT ?)"
    )
    found: dict[int, tuple[int, int]] = {}
    last = -(2**63)
    while packed := connection.exec_driver_sql(sql, (last, _AT_ONCE)).scalar_one():
        flat = np.frombuffer(bytes.fromhex(packed), ">i8").astype(np.int64).reshape(-1, 3)
        last = int(flat[-1, 0])
        townships, where = np.unique(flat[:, 2], return_inverse=True)
        sums = np.zeros(len(townships), np.uint64)
        np.add.at(sums, where, hashes(CASE, flat[:, 0], flat[:, 1]))
        counts = np.bincount(where)
        for township, count, total in zip(townships.tolist(), counts.tolist(), sums.tolist(), strict=True):
            before = found.get(township, (0, 0))
            found[township] = before[0] + count, (before[1] + total) % 2**64
        if len(packed) < _AT_ONCE * _WIDTH:
            break
    return found
