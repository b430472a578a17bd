"""The `?` of our SQL, said as psycopg wants it; and lists of values, as both engines take them."""

import re
from collections.abc import Collection
from functools import lru_cache

import msgspec

from hub.db.database import Dialect

_TOKENS = re.compile(r"'(?:[^']|'')*'|\?|%")
_AMONG: dict[Dialect, str] = {
    "postgresql": "= ANY(ARRAY(SELECT json_array_elements_text(?::json)))",
    "sqlite": "IN (SELECT value FROM json_each(?))",
}


@lru_cache(maxsize=1024)
def for_psycopg(sql: str) -> str:
    """`sql` with `%s` for each `?` outside quotes, and its own `%` doubled."""
    return _TOKENS.sub(_said, sql)


def _said(found: re.Match[str]) -> str:
    token = found[0]
    if token == "?":  # noqa: S105
        return "%s"
    return token.replace("%", "%%")


def among(dialect: Dialect) -> str:
    """SQL after a text column that wants its value among those of one mark, given by `listed`."""
    return _AMONG[dialect]


def listed(values: Collection[str]) -> str:
    """The mark of `among`: any number of texts; one with a NUL is in no database, and left out."""
    return msgspec.json.encode([value for value in values if "\x00" not in value]).decode()
