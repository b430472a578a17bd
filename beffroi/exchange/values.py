"""Values of an entry as they are written in a table, and as people write them in theirs."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from beffroi import when
from beffroi.clock import from_datetime, to_datetime
from beffroi.exchange.tongues import spoken
from beffroi.logbook.facets import slug

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_YES = {"1", "oui", "yes", "true", "vrai", "x", "o", "y"}
_NO = {"", "0", "non", "no", "false", "faux", "n"}
_EARLIEST, _LATEST = 0, 4_102_444_800_000
_LONGEST_MOMENT = 200


def defused(text: str) -> str:
    """`text` that no spreadsheet takes for a formula: an apostrophe before `=`, `+`, `-`, `@`."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def refused(text: str) -> str:
    """The inverse of `defused`."""
    armed = text.startswith("'") and text.lstrip("'").startswith(_FORMULA)
    return text[1:] if armed else text


def moment_text(moment: int, zone: ZoneInfo) -> str:
    """A moment with its offset, so that the two 02:30 of an autumn night stay apart."""
    return to_datetime(moment, zone).isoformat(timespec="milliseconds").replace(".000", "")


def moment(value: Any, zone: ZoneInfo, now: int) -> int:
    """UTC milliseconds of a date as people write it; a time without a zone is in `zone`.

    Raises:
        ValueError: it is no date.
    """
    if isinstance(value, datetime):
        found = value
    else:
        text = str(value).strip()
        if len(text) > _LONGEST_MOMENT:
            raise ValueError(text[:_LONGEST_MOMENT])
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            said = when.parse(text, now=now, zone=zone)
            if said is None:
                raise
            return _sane(said.start)
    return _sane(from_datetime(found if found.tzinfo else found.replace(tzinfo=zone)))


def _sane(value: int) -> int:
    if not _EARLIEST <= value <= _LATEST:
        message = "before 1970 or after 2100"
        raise ValueError(message)
    return value


def number(value: Any) -> float:
    """A number with a point or a comma, and blanks between thousands.

    Raises:
        ValueError: it is no number.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = re.sub(r"[\s\u00a0\u202f]", "", str(value)).replace("−", "-").rstrip("°")
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(",", "."))


def flag(value: Any) -> bool:
    """Yes or no.

    Raises:
        ValueError: neither.
    """
    text = slug(str(value)) if value is not None else ""
    if text in _YES or str(value).strip() == "★":
        return True
    if text in _NO:
        return False
    raise ValueError(text)


def word(value: str, words: Mapping[Any, str]) -> str:
    """The code that `value` names, as a code or as a word in French or English.

    Raises:
        ValueError: none of these.
    """
    code = _codes(tuple(words.items())).get(slug(value))
    if code is None:
        raise ValueError(value)
    return code


@cache
def _codes(words: tuple[tuple[Any, str], ...]) -> dict[str, str]:
    """Every folded name of each code; a code itself wins over another's name."""
    names = {slug(name): str(code) for code, said in words for name in spoken(said)}
    return names | {slug(str(code)): str(code) for code, _said in words}


def items(value: str) -> tuple[str, ...]:
    """The parts of a list written with commas, semicolons, bars or line breaks."""
    parts = (part.strip() for part in re.split(r"[,;|\n]", value))
    return tuple(dict.fromkeys(part for part in parts if part))
