"""Reads the placemarks of KML and KMZ; what KML can show but Beffroi cannot keep is said."""

from collections.abc import Iterator

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    Unreadable,
    times,
)
from beffroi.plugin.flat import plain, printable
from beffroi.plugin.geometry import checked
from beffroi.plugin.html import plain as without_tags
from beffroi.plugin.words import _
from beffroi.plugin.xml import Element, child, every, local, named, text
from plugins.kml.shapes import shape_of
from plugins.kml.styles import Styles
from plugins.kml.types import Types

_PLACEMARK = "Placemark"
_OWN = {"address": "address", "phoneNumber": "phone", "Snippet": "snippet"}


def recognise(sample: Sample) -> float:
    """How sure it is: a `kml` root, or an archive with a `.kml` in it."""
    if sample.kind == "zip":
        return 0.9 if sample.archive.ending(".kml") else 0.0
    return 0.95 if sample.root.local == "kml" or sample.root.namespace.endswith("/kml/2.2") else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per placemark, in the order of the document."""
    inner = _document(sample) if sample.kind == "zip" else sample
    root = inner.xml_recovered
    book = Book()
    if inner is not sample:
        _say_other_documents(sample, inner.name, book)
    if not every(root, _PLACEMARK) and local(root.tag) != "kml":
        raise Unreadable(_("Ce document n’est pas du KML\u00a0: choisissez un autre format."))
    _say_what_is_left(root, book)
    return Reading(
        format="kml",
        records=_records(root, sample.zone, book),
        problems=book,
        encoding=root.getroottree().docinfo.encoding or "utf-8",
        title=printable(text(root, "Document", "name") or text(root, "Folder", "name")),
        attribution=printable(text(child(root, "Document"), "author", "name")),
    )


def _document(sample: Sample) -> Sample:
    """The main document of a KMZ: `doc.kml`, or its first one."""
    names = sample.archive.ending(".kml")
    if not names:
        raise Unreadable(_("Cette archive ne contient aucun KML\u00a0: vérifiez-la."))
    main = sample.archive.find("doc.kml") or names[0]
    return sample.member(main)


def _say_other_documents(sample: Sample, read: str, book: Book) -> None:
    """A KMZ has one document; what others it holds are read on their own."""
    for name in sample.archive.ending(".kml"):
        if name != read:
            book.note(name[:80], _("autre document de l’archive, non lu"), lost=False)


def _records(root: Element, zone: str, book: Book) -> Iterator[Record]:
    styles, types = Styles(root), Types(root)
    for number, placemark in enumerate(every(root, _PLACEMARK), 1):
        name = printable(text(placemark, "name"))
        where = _("repère n° {n}").format(n=number)
        begin, end = _period(placemark, zone)
        yield Record(
            id=placemark.get("id")
            or placemark.get("{http://www.w3.org/XML/1998/namespace}id")
            or "",
            geometry=_geometry(placemark, where, book),
            properties=_properties(placemark, types) | styles.of(placemark),
            title=name,
            time=begin,
            until=end,
        )


def _geometry(placemark: Element, where: str, book: Book) -> Geometry | None:
    try:
        found = shape_of(placemark)
        return checked(found) if found else None
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None


def _properties(placemark: Element, types: Types) -> dict[str, str | int | float | bool | None]:
    found: dict[str, str | int | float | bool | None] = {}
    if folders := _folders(placemark):
        found["folder"] = folders
    if description := text(placemark, "description"):
        found["description"] = printable(without_tags(description))
    for tag, name in _OWN.items():
        if words := text(placemark, tag):
            found[name] = printable(without_tags(words))
    for data in named(placemark, "ExtendedData"):
        for item in data.iter():
            match local(item.tag):
                case "Data" if item.get("name"):
                    found[printable(item.get("name"))] = plain(text(item, "value"))
                case "SimpleData" if item.get("name"):
                    found[printable(item.get("name"))] = types.value(item)
                case _:
                    pass
    return {name: value for name, value in found.items() if name and value not in (None, "")}


def _folders(placemark: Element) -> str:
    """Where the placemark lies: the folders around it, the outermost first."""
    around = [text(e, "name") for e in placemark.iterancestors() if local(e.tag) == "Folder"]
    return printable(" / ".join(name for name in reversed(around) if name))


def _period(placemark: Element, zone: str) -> tuple[int | None, int | None]:
    """When the placemark is true: its stamp, its span, or the first and last fix of its track."""
    if stamp := text(placemark, "TimeStamp", "when"):
        return times.instant(stamp, zone), None
    if child(placemark, "TimeSpan") is not None:
        begin, end = text(placemark, "TimeSpan", "begin"), text(placemark, "TimeSpan", "end")
        return times.instant(begin, zone), times.instant(end, zone)
    fixes = [
        moment
        for track in every(placemark, "Track")
        for when in named(track, "when")
        if (moment := times.instant((when.text or "").strip(), zone)) is not None
    ]
    return (min(fixes), max(fixes)) if fixes else (None, None)


def _say_what_is_left(root: Element, book: Book) -> None:
    reasons = {
        "NetworkLink": _("lien vers un autre document, à ajouter comme source\u00a0: {what}"),
        "GroundOverlay": _("image posée sur le sol, non reprise\u00a0: {what}"),
        "ScreenOverlay": _("image posée sur l’écran, non reprise\u00a0: {what}"),
        "PhotoOverlay": _("photographie orientée, non reprise\u00a0: {what}"),
        "Model": _("modèle en 3D, non repris\u00a0: {what}"),
    }
    for tag, why in reasons.items():
        for number, element in enumerate(every(root, tag), 1):
            what = (
                next((text(e) for e in every(element, "href")), "") or text(element, "name") or tag
            )
            book.note(f"{tag} {number}", why.format(what=printable(what)[:120]), lost=False)
