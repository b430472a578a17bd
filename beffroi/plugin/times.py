"""Moments as feeds write them, to UTC milliseconds: ISO, RFC 822, seconds, French dates."""

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EARLIEST, LATEST = -2_208_988_800_000, 7_258_118_400_000
"""1900 to 2200: what is beyond is no moment but a mistake."""
_SECONDS = 100_000_000, 7_258_118_400
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?(?:\.\d+)?(Z)?\Z")
_FRENCH = re.compile(
    r"(?:le\s+)?(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})"
    r"(?:(?:\s*[àa,T]\s*|\s+)(\d{1,2})\s*(?:[h:]\s*(\d{2})?)(?:\s*[:m]\s*(\d{2}))?)?\Z",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2}|\Z)|\d{4}-W\d{2}")
_TAIL = re.compile(r"(\.\d{6})\d+")
_SPACED_ZONE = re.compile(r"\s+(Z|UTC|GMT|[+-]\d{2}:?\d{2})\Z")
_BARE_OFFSET = re.compile(r"([+-]\d{2})\Z")
_NUMBER = re.compile(r"-?\d{9,16}(\.\d+)?\Z")
_DURATION = re.compile(
    r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?\Z"
)
_LONGEST = 80


def instant(value: Any, zone: str = "Europe/Paris") -> int | None:
    """UTC milliseconds of a moment, however it is written; None when it is none.

    Hours that name no zone are in `zone`.  Understood: ISO 8601, RFC 822, `AAAAMMJJTHHMMSS`,
    JJ/MM/AAAA with or without an hour (`14:05`, `14h05`), seconds, milli- or microseconds since
    1970, and the dates of Python.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return epoch(value)
    try:
        if isinstance(value, date):
            return _millis(_of_day(value), zone)
        words = str(value).strip()
        return _read(words, zone) if 0 < len(words) <= _LONGEST else None
    except (ValueError, OverflowError, OSError):
        return None


def _of_day(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def epoch(value: float) -> int | None:
    """Seconds, milli-, micro- or nanoseconds since 1970, told apart by their size."""
    if not _is_finite(value):
        return None
    for divisor in (1, 1_000, 1_000_000, 1_000_000_000):
        if _SECONDS[0] <= abs(value) / divisor < _SECONDS[1]:
            found = round(value * 1000 / divisor)
            return found if EARLIEST <= found <= LATEST else None
    return None


def seconds(value: float) -> int | None:
    """Seconds since 1970 where the format says so; zero and less tell nothing."""
    return round(value * 1000) if _is_finite(value) and 0 < value < _SECONDS[1] else None


def duration(words: str) -> int | None:
    """Milliseconds of an ISO 8601 duration (`PT5M`, `P1DT2H`), months of 30 days; None otherwise."""
    found = _DURATION.match(words.strip()[:_LONGEST])
    if not found or not any(found.groups()[1:]):
        return None
    years, months, weeks, days, hours, minutes, secs = (float(n or 0) for n in found.groups()[1:])
    whole = timedelta(
        days=365 * years + 30 * months + 7 * weeks + days,
        hours=hours,
        minutes=minutes,
        seconds=secs,
    )
    return round(whole.total_seconds() * 1000) * (-1 if found[1] else 1)


def iso(moment: int) -> str:
    """A moment in UTC as it is written in reports, without needless milliseconds."""
    said = datetime.fromtimestamp(moment / 1000, UTC).isoformat(timespec="milliseconds")
    return said.replace("+00:00", "Z").replace(".000Z", "Z")


def _read(words: str, zone: str) -> int | None:
    if _ISO.match(words):
        return _iso(words, zone)
    if found := _COMPACT.match(words):
        year, month, day, hour, minute, second = (int(n or 0) for n in found.groups()[:6])
        said = datetime(year, month, day, hour, minute, second, tzinfo=UTC if found[7] else None)
        return _millis(said, zone)
    if _NUMBER.match(words):
        return epoch(float(words))
    if found := _FRENCH.match(words):
        day, month, year, hour, minute, second = (int(n or 0) for n in found.groups())
        year += 2000 if year < 100 else 0
        return _millis(datetime(year, month, day, hour, minute, second), zone)  # noqa: DTZ001
    return _millis(parsedate_to_datetime(words), zone) if words[-1:].strip() else None


def _iso(words: str, zone: str) -> int | None:
    said = (
        _TAIL.sub(r"\1", _SPACED_ZONE.sub(r"\1", words))
        .replace("UTC", "Z")
        .replace("GMT", "Z")
        .replace("_", "T")
    )
    if len(said) == 7:
        said += "-01"
    elif len(said) > 16:
        said = _BARE_OFFSET.sub(r"\1:00", said)
    return _millis(datetime.fromisoformat(said), zone)


def _millis(moment: datetime, zone: str) -> int | None:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=_zone(zone))
    found = round(aware.timestamp() * 1000)
    return found if EARLIEST <= found <= LATEST else None


@lru_cache(64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("Europe/Paris")


def _is_finite(value: float) -> bool:
    return value == value and abs(value) < 1e20
