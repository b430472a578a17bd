"""Tables in JSON: the names of the columns once, then rows by position."""

from collections.abc import Mapping
from typing import Any

_NAMES = ("columns", "fields", "headers", "header", "names")
_ROWS = ("data", "rows", "values", "index")
_INSIDE = ("table", "result", "results", "data", "dataset")
_MOST_COLUMNS = 2_000


def rows(document: Any) -> list[dict[str, Any]] | None:
    """The rows of a table under the names of its columns; None when the document is no table.

    Names may be words or objects that have a `name` (ERDDAP, InfluxDB, pandas' « split », Socrata);
    a list whose first row is all words and whose others are not is a table too.
    """
    if isinstance(document, list):
        return _under_header(document)
    if not isinstance(document, Mapping):
        return None
    names = next(filter(None, (_names(document.get(key)) for key in _NAMES)), None)
    lines = next(filter(None, (_lines(document.get(key)) for key in _ROWS)), None)
    if names and lines:
        return [dict(zip(names, line, strict=False)) for line in lines]
    inner = (document.get(key) for key in _INSIDE)
    return next(filter(None, (rows(one) for one in inner if isinstance(one, Mapping))), None)


def _names(value: object) -> list[str] | None:
    """The names of the columns, when all are told."""
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_COLUMNS:
        return None
    told = [part.get("name") if isinstance(part, Mapping) else part for part in value]
    return [str(name) for name in told] if all(isinstance(name, str) for name in told) else None


def _lines(value: object) -> list[list[Any]] | None:
    """Rows, when all are lists."""
    if not isinstance(value, list) or not value:
        return None
    return value if all(isinstance(line, list) for line in value) else None


def _under_header(document: list[Any]) -> list[dict[str, Any]] | None:
    lines = _lines(document)
    if lines is None or len(lines) < 2:
        return None
    names = _names(lines[0])
    uneven = any(len(line) != len(lines[0]) for line in lines)
    if names is None or uneven or len(set(names)) < len(names) or _names(lines[1]):
        return None
    return [dict(zip(names, line, strict=True)) for line in lines[1:]]
