"""Turns nested fields into flat ones, short and plain, whatever the document held."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from beffroi.plugin.limits import MAX_FIELDS, MAX_WORDS
from beffroi.plugin.record import Scalar

_DEEPEST = 6
_LONGEST_KEY = 120
_SAFE = 2**53
_BLANKS = "\n\u00a0\u202f"


def flat(told: Mapping[Any, Any] | None) -> dict[str, Scalar]:
    """The fields of nested dictionaries as `a.b`, their lists of plain values joined by commas.

    At most 100 fields of 2,000 characters; what is None or empty is left out; numbers that are
    none, or too large to be exact, become words.
    """
    found: dict[str, Scalar] = {}
    if told:
        _into(found, "", told, _DEEPEST)
    return found


def plain(value: Any) -> Scalar:
    """One value as a scalar that every part of Beffroi can store and show."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < _SAFE else str(value)[:MAX_WORDS]
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    return printable(value if isinstance(value, str) else _as_json(value))


def printable(words: str) -> str:
    """The words without what drives a screen, 2,000 characters at most."""
    words = words[:MAX_WORDS].strip()
    if words.isprintable():
        return words
    return "".join(c for c in map(_drawn, words) if c)


def _drawn(letter: str) -> str:
    """A letter as it may be shown: any blank is a space, a new line stays one."""
    if letter.isprintable() or letter in _BLANKS:
        return letter
    return " " if letter == "\t" else ""


def _into(found: dict[str, Scalar], prefix: str, told: Mapping[Any, Any], depth: int) -> None:
    for name, value in told.items():
        if len(found) >= MAX_FIELDS:
            return
        key = f"{prefix}{_key(str(name))}"[:_LONGEST_KEY]
        if isinstance(value, Mapping) and depth:
            _into(found, f"{key}.", value, depth - 1)
        elif isinstance(value, list | tuple) and depth:
            _list(found, key, value, depth)
        elif (said := plain(value)) is not None and said != "":
            found[key] = said


@lru_cache(4096)
def _key(name: str) -> str:
    return printable(name[:_LONGEST_KEY])


def _list(found: dict[str, Scalar], key: str, value: Iterable[Any], depth: int) -> None:
    items = list(value)
    if any(isinstance(item, Mapping | list | tuple) for item in items):
        _into(found, f"{key}.", {str(n): item for n, item in enumerate(items, 1)}, depth - 1)
    elif words := ", ".join(str(said) for item in items if (said := plain(item)) is not None):
        found[key] = words[:MAX_WORDS]


def _as_json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, TypeError, RecursionError):
        return str(type(value).__name__)
