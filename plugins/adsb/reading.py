"""Reads aircraft: lists from services, or the messages of a receiver; one identity per aircraft."""

from collections.abc import Iterable, Iterator
from typing import Any

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    Unreadable,
    flat,
    geometry,
)
from beffroi.plugin.words import _
from plugins.adsb import basestation
from plugins.adsb.framing import Frame, avr_frames, beast_frames
from plugins.adsb.listing import READSB, Listing, Names, Told, listing, seems
from plugins.adsb.receiver import Aircraft, Sky

_PROBED = 65_536


def recognise(sample: Sample) -> float:
    """How sure it is that these are aircraft."""
    if sample.kind in {"json", "jsonl"}:
        return _sure_of_list(sample)
    if basestation.is_line(sample.head):
        return 0.95
    head = sample.content[:_PROBED]
    frames = list(_frames(head))
    if not frames:
        return 0.0
    sky = Sky()
    sky.hear(frames)
    known = sky.messages - sky.unsure
    return 0.95 if known >= 1 and known * 2 >= sky.messages else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per aircraft of a list or of a receiver, one per position of a trajectory.

    Raises:
        Unreadable: there is no aircraft in it.
    """
    if sample.kind in {"json", "jsonl"}:
        found = listing(sample.json)
    elif basestation.is_line(sample.head):
        found = Listing(basestation.aircraft(sample.lines), READSB, complete=False)
    else:
        return _heard(sample)
    if found is None:
        raise Unreadable(_("Aucune liste d’aéronefs dans ce document\u00a0: vérifiez son adresse."))
    book = Book()
    return Reading(
        format="adsb",
        records=_records(found, book),
        problems=book,
        encoding=sample.encoding,
        snapshot=found.complete,
        hints=_hints(found.names),
    )


def _sure_of_list(sample: Sample) -> float:
    try:
        return 0.95 if seems(sample.json) and listing(sample.json) else 0.0
    except Unreadable:
        return 0.0


def _hints(names: Names) -> dict[str, str]:
    return {
        "family": "operator",
        "id": names.hex,
        "title": names.flight,
        "refresh": "10",
        "validity": "120",
    }


def _records(found: Listing, book: Book) -> Iterator[Record]:
    names = found.names
    for number, (told, moment) in enumerate(found.rows, 1):
        who = _words(told, names.hex).lower()
        if not who:
            book.note(_place(number), _("aéronef sans adresse (hex)"))
            continue
        yield Record(
            id=who,
            geometry=_position(told, names, number, book),
            properties=flat(told),
            title=_words(told, names.flight) or _words(told, names.registration) or who.upper(),
            time=moment,
        )


def _words(told: Told, name: str) -> str:
    return str(told.get(name) or "").strip()


def _position(told: Told, names: Names, number: int, book: Book) -> Geometry | None:
    """Where it is, or was last seen."""
    last = told.get("lastPosition")
    where = told if told.get(names.lat) is not None or not isinstance(last, dict) else last
    if where.get(names.lat) is None or where.get(names.lon) is None:
        return None
    try:
        return geometry.point(where[names.lon], where[names.lat])
    except Refused as refusal:
        book.note(_place(number), refusal.why, lost=False)
        return None


def _heard(sample: Sample) -> Reading:
    sky, book = Sky(), Book()
    sky.hear(_frames(sample.content))
    if not sky.aircraft:
        raise Unreadable(
            _("Aucun message d’aéronef entier\u00a0: vérifiez le récepteur ou le fichier.")
        )
    if sky.unsure:
        book.note(_("réception"), _("message d’un aéronef inconnu, ou abîmé"), sky.unsure)
    return Reading(
        format="adsb",
        records=[_heard_record(one, sample.received) for one in sky.aircraft.values()],
        problems=book,
        snapshot=False,
        hints={**_hints(READSB), "messages": str(sky.messages)},
    )


def _heard_record(one: Aircraft, received: int) -> Record:
    told: dict[str, Any] = {
        "hex": one.hex,
        "flight": one.flight,
        "squawk": one.squawk,
        "alt_baro": one.alt_baro,
        "gs": one.gs,
        "track": one.track,
        "baro_rate": one.baro_rate,
        "messages": one.messages,
    }
    return Record(
        id=one.hex,
        geometry=geometry.point(*one.position) if one.position else None,
        properties=flat(told),
        title=one.flight or one.hex.upper(),
        time=received or None,
    )


def _frames(data: bytes) -> Iterable[Frame]:
    return (
        beast_frames(data)
        if data[:1] == b"\x1a" or b"\x1a\x33" in data[:_PROBED]
        else avr_frames(data)
    )


def _place(number: int) -> str:
    return _("aéronef n° {n}").format(n=number)
