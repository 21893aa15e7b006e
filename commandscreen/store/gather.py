"""Many rows as one: SQLite packs a question's rows into one value, and Python takes it apart in one go.

The driver lets go of the interpreter lock and takes it again for every row it steps to; while the screen paints, each
of those takes may wait. Three thousand rows one by one cost the screen frames, packed they cost one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from sqlalchemy import Connection

Ids = npt.NDArray[np.int64]
_CHUNK = 16 * 4_096  # hexadecimal digits taken apart at a time, so that no other thread waits long


def rows(connection: Connection, columns: Sequence[str], rest: str, values: Sequence[object] = ()) -> list[list[Any]]:
    """The rows of `SELECT columns rest`, in its order: whole numbers, real ones, texts or None, no blobs."""
    named = ", ".join(f"{column} AS v{n}" for n, column in enumerate(columns))
    packed = ", ".join(f"v{n}" for n in range(len(columns)))
    sql = f"SELECT json_group_array(json_array({packed})) FROM (SELECT {named} {rest})"
    found: list[list[Any]] = orjson.loads(connection.exec_driver_sql(sql, tuple(values)).scalar_one())
    return found


def ids(connection: Connection, rest: str, values: Sequence[object] = ()) -> Ids:
    """The ids of `SELECT id rest`, in its order: int64[n]."""
    sql = f"SELECT group_concat(printf('%016x', id), '') FROM (SELECT id {rest})"
    packed: str = connection.exec_driver_sql(sql, tuple(values)).scalar_one() or ""
    found = np.empty(len(packed) // 16, np.int64)
    for start in range(0, len(packed), _CHUNK):
        part = np.frombuffer(bytes.fromhex(packed[start : start + _CHUNK]), ">i8")
        found[start // 16 : start // 16 + len(part)] = part
    return found
