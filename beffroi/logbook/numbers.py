"""Reads long lists of whole numbers out of SQLite.

SQLite joins them into one text without holding Python's lock, and numpy reads the text: several
times faster than rows, and the screen goes on meanwhile.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beffroi.store import Connection

Numbers = NDArray[np.int64]
_SLICE = 400_000
"""Characters read at once: some milliseconds of Python's lock."""


def read(connection: Connection, columns: int, sql: str, values: Sequence[Any] = ()) -> Numbers:
    """The rows of `sql`, whose only column joins `columns` numbers by commas, as a table."""
    joined = f"SELECT CAST(group_concat(numbers) AS BLOB) FROM ({sql})"
    text = connection.execute(joined, values).fetchone()[0]
    return parsed(text).reshape(-1, columns)


def parsed(text: bytes | None) -> Numbers:
    """Whole numbers joined by commas; read in slices, so that the screen has its turn between."""
    slices: list[Numbers] = []
    at, length = 0, len(text or b"")
    while text and at < length:
        end = text.find(b",", at + _SLICE)
        end = length if end < 0 else end
        slices.append(np.fromstring(text[at:end], dtype=np.int64, sep=","))
        at = end + 1
    return np.concatenate(slices) if slices else np.empty(0, dtype=np.int64)
