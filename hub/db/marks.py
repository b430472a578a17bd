"""The `?` of our SQL, said as psycopg wants it."""

import re
from functools import lru_cache

_TOKENS = re.compile(r"'(?:[^']|'')*'|\?|%")


@lru_cache(maxsize=1024)
def for_psycopg(sql: str) -> str:
    """`sql` with `%s` for each `?` outside quotes, and its own `%` doubled."""
    return _TOKENS.sub(_said, sql)


def _said(found: re.Match[str]) -> str:
    token = found[0]
    if token == "?":  # noqa: S105
        return "%s"
    return token.replace("%", "%%")
