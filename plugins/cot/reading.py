"""Reads Cursor on Target: XML events, TAK protocol v1, and data packages that hold them."""

from collections.abc import Iterable, Iterator

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    Scalar,
    Unreadable,
)
from beffroi.plugin.words import _
from plugins.cot import detail, markup, protocol, saying, shapes
from plugins.cot.event import Event

_MANIFEST = "manifest.xml"
_MOST = 200_000
_DELETION = "t-x-d-d"


def recognise(sample: Sample) -> float:
    """How sure it is that these are events."""
    if sample.kind == "zip":
        return 0.9 if _packaged(sample) else 0.0
    if sample.content[:1] == bytes((protocol.MAGIC,)):
        return 0.95 if _is_tak(sample.content) else 0.0
    found = markup.BEGINNING.search(sample.head)
    if not found or "uid=" not in found[0]:
        return 0.0
    return 0.95 if "stale=" in found[0] or "how=" in found[0] else 0.6


def read(sample: Sample, options: Options) -> Reading:
    """One record per event, valid until it is stale, as the event says it.

    Raises:
        Unreadable: there is no event in it.
    """
    book, ended = Book(), list[str]()
    records = list(_records(_events(sample, book), book, ended))
    if not records:
        raise Unreadable(
            _("Aucun événement CoT lisible\u00a0: vérifiez l’export ou l’adresse du serveur TAK.")
        )
    return Reading(
        format="cot",
        records=records,
        problems=book,
        encoding="utf-8" if sample.kind == "zip" else sample.encoding,
        ended=ended,
        snapshot=False,
        hints={"family": "field", "id": "uid", "time": "time", "title": "callsign"},
    )


def _is_tak(data: bytes) -> bool:
    try:
        return any(protocol.event(message) for message in protocol.messages(data[:65_536]))
    except Unreadable:
        return False


def _packaged(sample: Sample) -> list[str]:
    """The events of a data package, in its order; none when it is another archive."""
    try:
        has_manifest = sample.archive.find(_MANIFEST) is not None
        return sample.archive.ending(".cot") if has_manifest else []
    except Unreadable:
        return []


def _events(sample: Sample, book: Book) -> Iterator[Event]:
    if sample.kind == "zip":
        for name in _packaged(sample):
            yield from _events(sample.member(name), book)
        return
    binary = sample.content[:1] == bytes((protocol.MAGIC,))
    pieces: Iterable[bytes | str] = (
        _messages(sample.content, book) if binary else markup.pieces(sample.text)
    )
    for number, piece in enumerate(pieces, 1):
        if number > _MOST:
            book.note(_place(number), _("au-delà de 200\u202f000 événements"))
            return
        event = _understood(piece, number, book)
        if event is not None:
            yield event


def _messages(data: bytes, book: Book) -> Iterator[bytes]:
    try:
        yield from protocol.messages(data)
    except Unreadable as error:
        book.note(_("fin du flux"), str(error))


def _understood(piece: bytes | str, number: int, book: Book) -> Event | None:
    try:
        return protocol.event(piece) if isinstance(piece, bytes) else markup.event(piece)
    except Unreadable:
        book.note(_place(number), _("événement coupé ou mal formé"))
        return None


def _records(events: Iterable[Event], book: Book, ended: list[str]) -> Iterator[Record]:
    for number, event in enumerate(events, 1):
        if not event.uid:
            book.note(_place(number), _("événement sans identité (uid)"), lost=False)
        if event.type == _DELETION and (gone := detail.linked(event.detail)):
            ended.append(gone)
        yield Record(
            id=event.uid,
            geometry=_drawn(event, number, book),
            properties=_properties(event),
            title=_title(event),
            time=event.time or event.start,
            until=event.stale,
        )


def _drawn(event: Event, number: int, book: Book) -> Geometry | None:
    try:
        return shapes.drawn(event)
    except Refused as refusal:
        book.note(_place(number), refusal.why, lost=False)
        return None


def _properties(event: Event) -> dict[str, Scalar]:
    told: dict[str, Scalar | None] = {
        "type": event.type,
        "what": saying.kind_words(event.type),
        "how": event.how,
        "origin": saying.origin_words(event.how),
        "access": event.access if event.access != "Undefined" else "",
        "sidc": saying.symbol_code(event.type),
        "hae": event.hae,
        "ce": event.ce,
        "le": event.le,
        **detail.fields(event.detail),
    }
    return {name: value for name, value in told.items() if value not in ("", None)}


def _title(event: Event) -> str:
    told = detail.fields(event.detail)
    who = str(told.get("callsign") or told.get("sender") or "")
    if event.type.startswith("b-t-f") and (words := told.get("remarks")):
        return f"{who} : {words}"[:200] if who else str(words)[:200]
    return who or saying.kind_words(event.type) or event.uid


def _place(number: int) -> str:
    return _("événement n° {n}").format(n=number)
