"""What separates the cells of a table in plain text."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

DELIMITERS = (";", "\t", ",", "|")
_LOOKED_AT = 60
_LONGEST_CELL = 20_000_000


class Dialect(NamedTuple):
    """A delimiter, how many columns it makes, and which share of the lines agree on it."""

    delimiter: str
    columns: int
    agreement: float


def dialect_of(text: str) -> Dialect:
    """The delimiter that cuts most lines into the same number of cells, more than one if it can."""
    head = "\n".join(text[:400_000].splitlines()[:_LOOKED_AT])
    said = head[:6].lower()
    if said.startswith("sep=") and len(said) > 4:
        return Dialect(said[4], 2, 1.0)
    found = [_as(delimiter, head) for delimiter in DELIMITERS]
    return max(found, key=lambda dialect: (dialect.columns > 1, dialect.agreement, dialect.columns))


def cells(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a table; a line that cannot be cut is one cell."""
    csv.field_size_limit(_LONGEST_CELL)
    body = text.replace("\x00", "").lstrip("\ufeff")
    if "\n" not in body:
        body = body.replace("\r", "\n")  # as old Macs end their lines
    if body[:4].lower() == "sep=":
        body = body.partition("\n")[2]
    yield from csv.reader(io.StringIO(body), delimiter=delimiter)


def _as(delimiter: str, head: str) -> Dialect:
    try:
        widths = [len(row) for row in cells(head, delimiter) if any(row)]
    except csv.Error:
        return Dialect(delimiter, 1, 0.0)
    return Dialect(delimiter, *_usual(widths))


def _usual(widths: Sequence[int]) -> tuple[int, float]:
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 1, 1.0 if widths else 0.0
    columns, often = max(wide.items(), key=lambda item: (item[1], item[0]))
    return columns, often / len(widths)
