"""Moments of feeds: RFC 822 and ISO, and months that some editors write in their own language."""

import re
import unicodedata

from beffroi.plugin import times

_MONTHS = {
    "jan": 1, "ene": 1, "gen": 1, "fev": 2, "feb": 2, "mar": 3, "mae": 3, "avr": 4, "apr": 4,
    "abr": 4, "mai": 5, "may": 5, "mag": 5, "mei": 5, "maj": 5, "jun": 6, "giu": 6, "jul": 7,
    "lug": 7, "aou": 8, "aug": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "ott": 10,
    "out": 10, "nov": 11, "dec": 12, "dez": 12, "dic": 12,
}  # fmt: skip
_LONG = {"juin": 6, "juil": 7, "marz": 3, "marc": 3}
_WRITTEN = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})\.?\s+(?:de\s+)?([^\W\d]{3,})\.?\s+(?:de\s+)?(\d{4})"
    r"(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*([+-]\d{2}:?\d{2}|Z|[A-Z]{3,4})?\s*\Z"
)
_ZONES = {"GMT": "+00:00", "UTC": "+00:00", "Z": "+00:00", "EST": "-05:00", "EDT": "-04:00",
          "PST": "-08:00", "PDT": "-07:00", "CET": "+01:00", "CEST": "+02:00", "BST": "+01:00"}  # fmt: skip
_LONGEST = 80


def moment(words: str, zone: str) -> int | None:
    """UTC milliseconds of a moment of a feed, or None."""
    found = times.instant(words, zone)
    if found is not None or len(words) > _LONGEST:
        return found
    written = _WRITTEN.match(words)
    month = _month(written[2]) if written else None
    if written is None or month is None:
        return None
    day, year = int(written[1]), int(written[3])
    hour, minute, second = (int(part or 0) for part in written.group(4, 5, 6))
    offset = _ZONES.get(written[7] or "", written[7] or "")
    offset = offset if offset.startswith(("+", "-")) else ""
    return times.instant(
        f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{offset}", zone
    )


def _month(name: str) -> int | None:
    bare = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return _LONG.get(bare[:4]) or _MONTHS.get(bare[:3])
