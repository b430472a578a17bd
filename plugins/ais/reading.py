"""Reads ships: one record per message, by the number of the ship."""

from collections.abc import Iterator

from beffroi.plugin import Book, Options, Reading, Record, Refused, Sample, Unreadable
from beffroi.plugin.words import _
from plugins.ais import listing, ships
from plugins.ais.sentences import SENTENCE, messages

_NAMES = (b'"mmsi"', b'"MMSI"', b'"Mmsi"', b'"UserID"')


def recognise(sample: Sample) -> float:
    """How sure it is that these are ships."""
    if sample.kind == "text":
        return 0.95 if SENTENCE.search(sample.head) else 0.0
    if not any(name in sample.content[:65_536] for name in _NAMES):
        return 0.0
    try:
        return 0.9 if _listed(sample, Book()) else 0.0
    except Unreadable:
        return 0.0


def read(sample: Sample, options: Options) -> Reading:
    """What ships said, in order; a message that tells who a ship is has no place.

    Raises:
        Unreadable: there is no AIS message in it.
    """
    book = Book()
    records = list(_heard(sample, book) if sample.kind == "text" else _told(sample, book))
    if not records:
        raise Unreadable(_("Aucun message AIS entier\u00a0: vérifiez le récepteur ou le fichier."))
    return Reading(
        format="ais",
        records=records,
        problems=book,
        encoding=sample.encoding,
        snapshot=False,
        hints={
            "family": "operator",
            "id": "mmsi",
            "title": "shipname",
            "refresh": "10",
            "validity": "600",
        },
    )


def _heard(sample: Sample, book: Book) -> Iterator[Record]:
    for message in messages(sample.lines, book):
        try:
            yield ships.record(message, sample.received)
        except Refused as refusal:
            book.note(_("ligne {n}").format(n=message.line), refusal.why)


def _told(sample: Sample, book: Book) -> Iterator[Record]:
    for number, row in enumerate(_listed(sample, book), 1):
        yield listing.record(row, number, book)


def _listed(sample: Sample, book: Book) -> list[listing.Told]:
    if sample.kind == "jsonl":
        return list(listing.each(sample.json_lines(book)))
    return [row for row in listing.rows(sample.json) if "features" not in row]
