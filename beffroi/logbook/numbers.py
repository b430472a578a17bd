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


def read(connection: Connection, columns: int, sql: str, values: Sequence[Any] = ()) -> Numbers:
    """The rows of `sql`, whose only column joins `columns` numbers by commas, as a table."""
    joined = f"SELECT group_concat(numbers) FROM ({sql})"
    text = connection.execute(joined, values).fetchone()[0]
    return parsed(text).reshape(-1, columns)


def parsed(text: str | None) -> Numbers:
    """Whole numbers joined by commas."""
    return np.fromstring(text or "", dtype=np.int64, sep=",")
