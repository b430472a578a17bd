"""Turns what an entry is into words of the full-text index, so that one index answers all filters.

FTS5 intersects sorted lists by leaps: `text AND tag AND day AND square` costs what its rarest
part costs.  Row-by-row checks on a million entries cost a hundred times more.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from beffroi.logbook.entry import Entry
from beffroi.logbook.words import fold as fold
from beffroi.logbook.words import raw_words, words

GEO_LEVELS = (13, 11, 9, 7, 5)
_UP = tuple((level, GEO_LEVELS[0] - level) for level in GEO_LEVELS)
"""Each scale, and how often its squares halve those of the finest."""
HOUR_MS = 3_600_000
MAX_STEPS = 60
EARLIEST_S, LATEST_S = -62_000_000_000, 253_000_000_000  # years 5 and 9987
LAST_THIRD = 2
MAX_SQUARES = 24
MERCATOR_LIMIT = 85.05


@lru_cache(4096)
def slug(text: str) -> str:
    """`text` as one index word: letters and digits only."""
    return "".join(raw_words(text))


def tag_word(code: str) -> str:
    """The index word of a tag."""
    return f"xt{slug(code)}"


def tag_words(tags: Iterable[str]) -> Iterator[str]:
    """The index words of tags and of the domains they belong to."""
    for tag in tags:
        yield from _words_of_tag(tag)


@lru_cache(4096)
def _words_of_tag(tag: str) -> tuple[str, ...]:
    parts = tag.split(".")
    return tuple(tag_word(".".join(parts[:depth])) for depth in range(1, len(parts) + 1))


def time_words(moment_ms: int) -> tuple[str, str, str, str]:
    """The month, third of a month, day and hour of a moment (UTC) as index words."""
    return _hour_words(moment_ms // HOUR_MS)


@lru_cache(4096)
def _hour_words(hour: int) -> tuple[str, str, str, str]:
    at = _at(hour * HOUR_MS)
    return f"xm{at:%Y%m}", _third_word(at), f"xd{at:%Y%m%d}", f"xh{at:%Y%m%d%H}"


def time_cover(start_ms: int, end_ms: int) -> list[str] | None:
    """Words that together cover a period, and not much beside: hours, days, thirds or months.

    The longer the period the coarser its ends, so that words stay few: the exact ends are for
    the caller to check.  None when the period is too long to be worth it.
    """
    first, last = _at(start_ms), _at(end_ms)
    length = last - first
    if length <= timedelta(hours=24):
        return _steps(first.replace(minute=0, second=0, microsecond=0), last, _hour)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    if length <= timedelta(days=15):
        return _steps(midnight, last, _day)
    if length <= timedelta(days=200):
        return _steps(midnight.replace(day=(1, 11, 21)[_third(first)]), last, _thirds)
    return _steps(midnight.replace(day=1), last, _month)


def _at(moment_ms: int) -> datetime:
    """The moment, or the nearest one that a calendar can name."""
    return datetime.fromtimestamp(max(EARLIEST_S, min(LATEST_S, moment_ms / 1000)), tz=UTC)


Step = tuple[str, datetime]


def _steps(at: datetime, last: datetime, step: Callable[[datetime], Step]) -> list[str] | None:
    steps: list[str] = []
    while at <= last:
        if len(steps) == MAX_STEPS:
            return None
        word, at = step(at)
        steps.append(word)
    return steps


def _hour(at: datetime) -> Step:
    return f"xh{at:%Y%m%d%H}", at + timedelta(hours=1)


def _day(at: datetime) -> Step:
    return f"xd{at:%Y%m%d}", at + timedelta(days=1)


def _thirds(at: datetime) -> Step:
    third = _third(at)
    return _third_word(at), at.replace(day=(11, 21)[third]) if third < LAST_THIRD else _next_month(
        at
    )


def _month(at: datetime) -> Step:
    return f"xm{at:%Y%m}", _next_month(at)


def _third(at: datetime) -> int:
    return min(LAST_THIRD, (at.day - 1) // 10)


def _third_word(at: datetime) -> str:
    return f"xs{at:%Y%m}{_third(at)}"


def _next_month(at: datetime) -> datetime:
    return (at.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0)


def _square(lon: float, lat: float, level: int) -> tuple[int, int]:
    n = 1 << level
    lat = max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, lat))
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n
    return min(n - 1, int((lon + 180) / 360 * n)), min(n - 1, max(0, int(y)))


def geo_words(lon: float | None, lat: float | None) -> tuple[str, ...]:
    """The map squares an entry lies in, at five scales; `xnogeo` when it has no place."""
    if lon is None or lat is None:
        return ("xnogeo",)
    x, y = _square(lon, lat, GEO_LEVELS[0])
    return tuple(f"xz{level}e{x >> up}e{y >> up}" for level, up in _UP)


def geo_cover(west: float, south: float, east: float, north: float) -> list[str] | None:
    """The squares that cover a box, at the finest scale that needs few; None for a vast box.

    A box whose west lies east of its east crosses the antimeridian (RFC 7946).
    """
    if west > east:
        left, right = geo_cover(west, south, 180, north), geo_cover(-180, south, east, north)
        return None if left is None or right is None else left + right
    for level in GEO_LEVELS:
        x0, y1 = _square(west, south, level)
        x1, y0 = _square(east, north, level)
        if (x1 - x0 + 1) * (y1 - y0 + 1) <= MAX_SQUARES:
            return [f"xz{level}e{x}e{y}" for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]
    return None


@lru_cache(4096)
def value_word(kind: str, value: str | int) -> str:
    """The index word that says a field has this value; `kind` is one of the letters below."""
    return f"x{kind}{slug(str(value))}"


@lru_cache(4096)
def name_word(kind: str, name: str) -> str:
    """The index word that says a field names this: names that differ by a word cut differ here."""
    return f"x{kind}" + "zy".join(word.replace("z", "zz") for word in words(name))


NATURE, GRAVITY, QUALIFICATION, LIFECYCLE = "n", "g", "q", "l"
AUTHOR, ORGANISATION, POST, DOSSIER, FOLLOWUP = "a", "o", "p", "c", "f"
KEY_EVENT, ATTACHMENT, NO_PLACE = "xkey", "xwith", "xnogeo"
ANY_GRAVITY = tuple(value_word(GRAVITY, level) for level in range(5))


def entry_words(entry: Entry) -> list[str]:
    """Every index word of an entry beside those of its text."""
    content = entry.content
    found = [
        *tag_words(content.tags),
        *time_words(entry.event_time),
        *geo_words(content.lon, content.lat),
        value_word(NATURE, content.nature),
        value_word(GRAVITY, content.gravity),
        value_word(QUALIFICATION, entry.qualification),
        value_word(LIFECYCLE, entry.lifecycle),
        name_word(AUTHOR, entry.author),
        name_word(POST, entry.post),
        *(value_word(DOSSIER, dossier) for dossier in entry.dossiers),
    ]
    if content.organisation:
        found.append(name_word(ORGANISATION, content.organisation))
    if entry.followup:
        found.append(value_word(FOLLOWUP, entry.followup))
    if content.key_event:
        found.append(KEY_EVENT)
    if content.attachments:
        found.append(ATTACHMENT)
    return found
