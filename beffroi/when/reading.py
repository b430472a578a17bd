"""Understands times as an officer writes them: « vers 4h », « hier 23h10 », « 26/07 4h–5h30 ».

The clock of reference is given (`now` and a zone), so the same words always mean the same moment.
A time without a day is today's, unless that lies more than twelve hours ahead: at 00h30,
« 23h10 » is yesterday's.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from beffroi.clock import PARIS, from_datetime, to_datetime
from beffroi.when_words import (
    CLOCK,
    DATE,
    DAY,
    DURATION_AFTER,
    DURATION_BEFORE,
    MONTHS,
    PARTS,
    SPAN,
    WEEKDAYS,
)

_AHEAD = timedelta(hours=12)
_YEARS = range(1900, 2200)


Precision = Literal["exact", "approx", "interval"]
"""How well a moment is known, in the words of the main courante's `TimePrecision`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A moment or an interval found in words: UTC ms, and where in the text it stands."""

    start: int
    end: int | None = None
    precision: Precision = "exact"
    span: tuple[int, int] = (0, 0)


def find(text: str, *, now: int, zone: ZoneInfo = PARIS) -> list[When]:
    """The moments a sentence speaks of, in order.  Durations (« 2h de retard ») are left alone."""
    flat = _flatten(text)
    found: list[When] = []
    at = 0
    while (match := SPAN.search(flat, at)) is not None:
        at = max(match.end(), at + 1)
        when = _understand(match, flat, now, zone)
        if when is not None:
            found.append(when)
    return found


def parse(text: str, *, now: int, zone: ZoneInfo = PARIS) -> When | None:
    """The moment that the whole of `text` names, or None when it names none."""
    flat = _flatten(text).strip(" .,;")
    if re.fullmatch(r"[0-2]\d[0-5]\d", flat):
        flat = f"{flat[:2]}h{flat[2:]}"
    match = SPAN.fullmatch(re.sub(r"^(?:(?:le|a|de|des)\s)+", "", flat))
    if match is not None:
        return _understand(match, flat, now, zone, alone=True)
    named = DAY.fullmatch(flat)
    day = _day(named["day"], to_datetime(now, zone).date()) if named else None
    return _whole_day(day, (0, len(text)), zone) if day else None


def _flatten(text: str) -> str:
    """`text` without accents, case or fancy blanks, each character at its place."""
    return (
        "".join(_bare(char) for char in text)
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
        .replace("’", "'")
        .replace("–", "-")
        .replace("—", "-")
    )


def _bare(char: str) -> str:
    if char.isascii():
        return char.lower()
    letters = [
        c for c in unicodedata.normalize("NFD", char.lower()) if not unicodedata.combining(c)
    ]
    return letters[0] if len(letters) == 1 else char


def _understand(
    match: re.Match[str], flat: str, now: int, zone: ZoneInfo, *, alone: bool = False
) -> When | None:
    if not alone and _is_duration(match, flat):
        return None
    if match["ago"]:
        return _ago(match, now)
    if (match["utc"] or "").strip():
        zone = ZoneInfo("UTC")
    here = to_datetime(now, zone)
    named = match["day"] or match["day_after"] or ""
    day = _day(named, here.date())
    if named and day is None:
        return None
    first, last = _clock(match["first"]), _clock(match["last"])
    if match["part"]:
        return _part(match, _day(match["part"], here.date()) or here.date(), zone)
    if first is None or (match["last"] and last is None):
        return None
    first = _afternoon(first, (match["half"] or match["day"]) if last is None else None)
    start, end = _place(first, last, day, _day(match["day_last"] or "", here.date()), here)
    if start is None:
        return None
    precision: Precision = "exact"
    if end is not None:
        precision = "interval"
    elif match["near"] or match["near_after"]:
        precision = "approx"
    return When(
        start=from_datetime(start),
        end=None if end is None else from_datetime(end),
        precision=precision,
        span=match.span(),
    )


def _is_duration(match: re.Match[str], flat: str) -> bool:
    if match["ago"] or match["part"] or match["last"] or match["day"] or match["day_after"]:
        return False
    before, after = flat[: match.start("first")], flat[match.end() :]
    round_hour = re.search(r"h(?:eures?)?\s*\d", match["first"] or "") is None
    if DURATION_AFTER.match(after):
        return True
    named = match["near"] or match["half"] or ":" in match["first"] or "mi" in match["first"]
    return round_hour and not named and DURATION_BEFORE.search(before) is not None


def _place(
    first: time, last: time | None, day: date | None, day_last: date | None, here: datetime
) -> tuple[datetime | None, datetime | None]:
    """Clock times put on their days; (None, None) when they cannot follow each other."""
    if last is None:
        return _on(day, first, here), None
    if day is None and day_last is None:
        end = _on(None, last, here)
        start = _gone_by(end.date(), first, here)
        if start > end:
            start -= timedelta(days=1)
        return start, _not_before(start, end)
    start_day = day or day_last or here.date()
    start = _gone_by(start_day, first, here)
    end = _gone_by(day_last or start_day, last, here)
    if end < start and day_last is None:
        end += timedelta(days=1)
    return (start, _not_before(start, end)) if end >= start else (None, None)


def _on(day: date | None, clock: time, here: datetime) -> datetime:
    if day is not None:
        return _gone_by(day, clock, here)
    moment = _gone_by(here.date(), clock, here)
    return moment - timedelta(days=1) if moment - here > _AHEAD else moment


def _gone_by(day: date, clock: time, here: datetime) -> datetime:
    """That clock time of that day; of the two that an autumn night has, the last one gone by."""
    first = datetime.combine(day, clock, here.tzinfo)
    second = first.replace(fold=1)
    twice = first.timestamp() < second.timestamp()
    return second if twice and second.timestamp() <= here.timestamp() else first


def _not_before(start: datetime, end: datetime) -> datetime:
    """`end`, in the first of its two readings that does not come before `start`."""
    first = end.replace(fold=0)
    return first if first.timestamp() >= start.timestamp() else end.replace(fold=1)


def _clock(text: str | None) -> time | None:
    match = CLOCK.fullmatch(text.strip()) if text else None
    if match is None:
        return None
    if match["noon"]:
        return time(12 if match["noon"] == "midi" else 0, 30 if match["half_past"] else 0)
    minute = match["m1"] or match["m2"] or 0
    if match["demi"]:
        minute = 30 if "demi" in match["demi"] else 15
    hour = int(match["h1"] or match["h2"])
    if hour == 24 and not int(minute) and match["m1"]:
        hour = 0
    return time(hour, int(minute)) if hour < 24 and int(minute) < 60 else None


def _afternoon(clock: time, half: str | None) -> time:
    named = half is not None and ("soir" in half or "apres-midi" in half)
    later = named and clock.hour < 12
    return clock.replace(hour=clock.hour + 12) if later else clock


def _ago(match: re.Match[str], now: int) -> When:
    hours, minutes = match["ago_h"], match["ago_m"] or match["ago_m2"]
    delta = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    told_now = not match["ago"].startswith("il")
    start = now - round(delta.total_seconds() * 1000)
    return When(start=start, precision="exact" if told_now else "approx", span=match.span())


def _part(match: re.Match[str], day: date, zone: ZoneInfo) -> When:
    """« cette nuit », « hier soir »: an interval of that day."""
    word = next(w for w in PARTS if w in match["part"])
    first, last = PARTS[word]
    start = datetime.combine(day, time(first), zone)
    end = datetime.combine(day, time(0), zone) + timedelta(hours=last)
    return When(
        start=from_datetime(start),
        end=from_datetime(end),
        precision="interval",
        span=match.span(),
    )


def _whole_day(day: date, span: tuple[int, int], zone: ZoneInfo) -> When:
    start = datetime.combine(day, time(0), zone)
    end = datetime.combine(day, time(23, 59), zone)
    return When(
        start=from_datetime(start),
        end=from_datetime(end),
        precision="interval",
        span=span,
    )


def _day(text: str, today: date) -> date | None:
    """The day that words name, looking back: « lundi » is the last Monday, today included."""
    words = text.strip(" ,")
    if not words:
        return None
    for word, shift in (("avant-hier", -2), ("hier", -1), ("demain", 1), ("aujourd", 0)):
        if word in words:
            return today + timedelta(days=shift)
    match = DATE.search(words)
    if match is None:
        weekday = next((i for i, name in enumerate(WEEKDAYS) if name in words), None)
        return None if weekday is None else today - timedelta(days=(today.weekday() - weekday) % 7)
    return _date(match, today)


def _date(match: re.Match[str], today: date) -> date | None:
    day = int(match["d1"] or match["d2"] or match["d3"])
    month = (
        MONTHS.index(match["month"][:4]) + 1 if match["month"] else int(match["m1"] or match["m3"])
    )
    written = match["y1"] or match["y2"] or match["y3"]
    year = int(written) if written else today.year
    year += 2000 if year < 100 else 0
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None
