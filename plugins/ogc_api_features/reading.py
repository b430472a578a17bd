"""Reads the documents of an OGC API: pages of features, and what leads to them."""

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable
from beffroi.plugin.words import _
from plugins.ogc_api_features import documents, features
from plugins.ogc_api_features.links import Told, address


def recognise(sample: Sample) -> float:
    """How sure it is that this is a document of an OGC API."""
    try:
        kind = documents.kind_of(sample.json)
    except Unreadable:
        return 0.0
    return {None: 0.0, "items": 0.95, "fields": 0.6}.get(kind, 0.9)


def read(sample: Sample, options: Options) -> Reading:
    """Features, or what is offered: collections, tilesets, styles, fields.

    The hint `follow` is where the data are, `next` where the page goes on.

    Raises:
        Unreadable: it is no document of an OGC API.
    """
    document, book = sample.json, Book()
    kind = documents.kind_of(document)
    if kind is None:
        raise Unreadable(_("Ce document n’est pas d’une OGC API\u00a0: vérifiez l’adresse."))
    is_page = kind == "items"
    records = (
        features.records(document, book) if is_page else documents.described(document, kind, book)
    )
    found = list(records)
    if not found and not is_page:
        _lead_on(document, book)
    return Reading(
        format="ogc-api-features",
        records=found,
        problems=book,
        encoding=sample.encoding,
        title=str(document.get("title") or ""),
        attribution=str(document.get("attribution") or "")[:500],
        snapshot="next" not in _hints(document, kind),
        hints=_hints(document, kind),
    )


def _lead_on(document: Told, book: Book) -> None:
    """Say that a page which only presents the service has no data."""
    where = address(document, "data") or address(document, "self") or _("le document")
    book.note(
        where[:200],
        _("page de présentation, sans données\u00a0: suivez ses collections"),
        lost=False,
    )


def _hints(document: Told, kind: documents.Kind) -> dict[str, str]:
    led = {"next": address(document, "next"), "licence": address(document, "license")}
    if kind == "landing":
        led["follow"] = address(document, "data")
    elif kind == "collection":
        led["follow"] = address(document, "items")
    elif kind == "tiles":
        led["calque"] = "tiles"
    if kind in {"items", "collections", "collection"}:
        led |= {"id": "id", "title": "title"}
    if isinstance(document.get("numberMatched"), int):
        led["matched"] = str(document["numberMatched"])
    return {name: value for name, value in led.items() if value}
