"""Reads calendars: one record per event, or one per time it takes place within a window."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from icalendar import Component, vGeo

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    Scalar,
    flat,
    geometry,
    times,
)
from beffroi.plugin.words import _
from plugins.icalendar import moments, repeats
from plugins.icalendar.components import BEGINNING, calendars, other_things, unfinished

_WORDS = (
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "STATUS",
    "CLASS",
    "TRANSP",
    "URL",
    "SEQUENCE",
    "PRIORITY",
)

_GEO = re.compile(r"geo:(-?[\d.]+),(-?[\d.]+)")
"""RFC 5870, latitude first, as the calendars of Apple place an event."""


def recognise(sample: Sample) -> float:
    """How sure it is that this is a calendar."""
    head = sample.head
    if not BEGINNING.match(head):
        return 0.0
    return 0.95 if "VCALENDAR" in head.upper() or "VEVENT" in head.upper() else 0.5


def read(sample: Sample, options: Options) -> Reading:
    """The events; attendees are left out, they are people.

    Options: `repeat_days` tells repeated events each time they take place, from the day before to
    so many days later (366 at most); by default an event is told once.

    Raises:
        Unreadable: nothing in it can be read.
    """
    book, ended = Book(), list[str]()
    parts = calendars(sample.text, book)
    other_things(parts, book)
    days = int(options.get("repeat_days", 0) or 0)
    records = list(_records(parts, sample, days, book, ended))
    if not records and "BEGIN:VEVENT" in sample.text.upper():
        raise unfinished()
    return Reading(
        format="icalendar",
        records=records,
        problems=book,
        encoding=sample.encoding,
        title=_calendar_name(parts),
        ended=ended,
        hints={"family": "organiser", "id": "UID", "title": "summary", "refresh": "3600"},
    )


def _records(
    parts: list[Component], sample: Sample, days: int, book: Book, ended: list[str]
) -> Iterator[Record]:
    for number, event in enumerate(_events(parts), 1):
        where = _("évènement n° {n}").format(n=number)
        record = _record(event, sample.zone, where, book)
        if str(event.get("STATUS", "")).upper() == "CANCELLED" and record.id:
            ended.append(record.id)
        repeated = days and not isinstance(event.get("RECURRENCE-ID"), list)
        if not repeated or record.time is None:
            yield record
            continue
        try:
            yield from _each_time(record, event, sample, days)
        except repeats.TooOften:
            book.note(where, _("répétition trop serrée pour être suivie"), lost=False)
            yield record


def _events(parts: list[Component]) -> Iterator[Component]:
    for part in parts:
        yield from part.walk("VEVENT")


def _record(event: Component, zone: str, where: str, book: Book) -> Record:
    start, end = moments.span(event, zone)
    if start is None and ("DTSTART" in event or event.errors):
        book.note(where, _("date de début illisible"), lost=False)
    place = zone.rpartition("/")[2]
    unknown = moments.unknown_zone(event)
    if unknown and place not in unknown:
        why = _("fuseau horaire inconnu («\u202f{name}\u202f»), lu à l’heure de {place}")
        book.note(where, why.format(name=unknown[:60], place=place), lost=False)
    return Record(
        id=_identity(event),
        geometry=_place(event, where, book),
        properties=_fields(event),
        title=_words(event, "SUMMARY") or _words(event, "DESCRIPTION")[:120],
        time=start,
        until=end,
    )


def _each_time(record: Record, event: Component, sample: Sample, days: int) -> Iterator[Record]:
    """The same event each time; its identity then bears the moment."""
    if record.time is None:
        return
    lasts = None if record.until is None else record.until - record.time
    for begins in repeats.occurrences(event, sample.zone, repeats.window(sample.received, days)):
        time = times.instant(begins, sample.zone)
        if time is None:
            continue
        yield Record(
            id=f"{record.id}/{begins:%Y%m%dT%H%M%S}",
            geometry=record.geometry,
            properties=record.properties,
            title=record.title,
            time=time,
            until=None if lasts is None else time + lasts,
        )


def _identity(event: Component) -> str:
    """The UID; of one changed occurrence of a series, with the moment it stands for."""
    uid = _words(event, "UID")
    instead_of = moments.told(event, "RECURRENCE-ID")
    return f"{uid}/{instead_of:%Y%m%dT%H%M%S}" if uid and isinstance(instead_of, date) else uid


def _fields(event: Component) -> dict[str, Scalar]:
    told: dict[str, object] = {name.lower(): _words(event, name) for name in _WORDS}
    categories = event.get("CATEGORIES")
    listed = categories if isinstance(categories, list) else [categories]
    told["categories"] = [str(word) for part in listed for word in getattr(part, "cats", ())]
    told["rrule"] = _rule(event)
    told["all_day"] = _is_day(moments.told(event, "DTSTART")) or None
    return flat(told)


def _rule(event: Component) -> str | None:
    """How the event repeats, as the calendar writes it; None when it does not, or says it wrong."""
    try:
        written = event["RRULE"].to_ical()
        return written.decode() if isinstance(written, bytes) else str(written)
    except (KeyError, AttributeError, TypeError, ValueError):
        return None


def _is_day(moment: object) -> bool:
    return isinstance(moment, date) and not isinstance(moment, datetime)


def _words(event: Component, name: str) -> str:
    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return "" if value is None else str(value).strip()


def _place(event: Component, where: str, book: Book) -> Geometry | None:
    geo = event.get("GEO")
    try:
        if isinstance(geo, vGeo):
            return geometry.point(geo.longitude, geo.latitude)
        if apple := _GEO.match(_words(event, "X-APPLE-STRUCTURED-LOCATION")):
            return geometry.point(apple[2], apple[1])
        return None
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None


def _calendar_name(parts: list[Component]) -> str:
    return next(
        (name for part in parts if (name := _words(part, "X-WR-CALNAME") or _words(part, "NAME"))),
        "",
    )
