"""Times, grades and counts as an officer reads them: 24-hour clock, French days, no-break spaces."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from beffroi.clock import to_datetime
from beffroi.logbook.entry import (
    CREDIBILITY_WORDS,
    SOURCE_WORDS,
    Content,
    Entry,
    TimePrecision,
)
from beffroi.text import _, language, ngettext, number

NNBSP = "\u202f"
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def clock_time(moment: int, zone: ZoneInfo) -> str:
    """`05:32`."""
    return f"{to_datetime(moment, zone):%H:%M}"


def day_heading(day: date, today: date) -> str:
    """« vendredi 26 juillet », with the year when it is not this one."""
    pattern = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    words = str(format_date(day, pattern, locale=language()))
    if day == today:
        return _("Aujourd’hui, {day}").format(day=words)
    if day == today - timedelta(days=1):
        return _("Hier, {day}").format(day=words)
    return words[:1].upper() + words[1:]


def full_moment(moment: int, zone: ZoneInfo) -> str:
    """« ven. 26 juil. 2024 05:32 »."""
    at = to_datetime(moment, zone)
    return f"{format_date(at.date(), 'EEE d MMM y', locale=language())} {at:%H:%M}"


def short_moment(moment: int, zone: ZoneInfo, now: int) -> str:
    """`05:32` today, `26/07 05:32` otherwise."""
    at = to_datetime(moment, zone)
    if at.date() == to_datetime(now, zone).date():
        return f"{at:%H:%M}"
    return f"{at:%d/%m %H:%M}"


def event_time(entry: Entry, zone: ZoneInfo) -> str:
    """When it happened, with how well that is known: `≈ 05:32`, `01:00–05:30`."""
    content = entry.content
    start = clock_time(entry.event_time, zone)
    if content.time_precision is TimePrecision.UNKNOWN:
        return f"{start}{NNBSP}?"
    if content.event_end is not None and content.event_end != entry.event_time:
        return f"{start}–{clock_time(content.event_end, zone)}"
    return f"≈{NNBSP}{start}" if content.time_precision is TimePrecision.APPROX else start


def grade(content: Content) -> str:
    """The Admiralty grading, as `B3`."""
    return f"{content.source_grade}{content.credibility}"


def grade_in_words(content: Content) -> str:
    """The same as a sentence: « source habituellement fiable, information peut-être vraie »."""
    return _("source {source}, information {info}").format(
        source=_(SOURCE_WORDS[content.source_grade]), info=_(CREDIBILITY_WORDS[content.credibility])
    )


def duration(span: int) -> str:
    """A span of milliseconds in two units at most: « 2 h 05 », « 3 j 4 h », « 45 min »."""
    minutes = max(0, span) // MINUTE
    if minutes < 60:
        return f"{minutes}\u00a0min"
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}\u00a0h\u00a0{rest:02d}"
    days, hours = divmod(hours, 24)
    return f"{days}\u00a0j\u00a0{hours}\u00a0h" if hours else f"{days}\u00a0j"


def countdown(due: int, now: int) -> str:
    """« dans 25 min » or « en retard de 1 h 05 »."""
    if due >= now:
        return _("dans {span}").format(span=duration(due - now))
    return _("en retard de {span}").format(span=duration(now - due))


def entries_count(count: int) -> str:
    """« 1 entrée », « 10 324 entrées »."""
    return ngettext("{n} entrée", "{n} entrées", count).format(n=number(count))


def shown_count(shown: int, total: int) -> str:
    """« 128 sur 10 324 », or the plain total when nothing is filtered out."""
    if shown == total:
        return entries_count(total)
    return _("{shown} sur {total}").format(shown=number(shown), total=number(total))


def size(octets: int) -> str:
    """« 1,4 Mo »."""
    value = float(octets)
    for unit in ("o", "ko", "Mo"):
        if value < 1000 or unit == "Mo":
            text = f"{value:.1f}" if unit != "o" and value < 100 else f"{value:.0f}"
            return f"{text.replace('.', ',') if language() == 'fr' else text}\u00a0{unit}"
        value /= 1000
    raise AssertionError
