"""Reads `InfoVigiCru.geojson`, in Lambert-93 as the service gives it or in WGS 84 as some relay it."""

from collections.abc import Iterator

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
    crs,
    flat,
    geometry,
    times,
    tree,
)
from beffroi.plugin.severity import GRAVE, MAJOR, NOTHING, SIGNIFICANT
from beffroi.plugin.words import N_, _

_LEVELS = {
    1: (N_("vert"), NOTHING),
    2: (N_("jaune"), SIGNIFICANT),
    3: (N_("orange"), GRAVE),
    4: (N_("rouge"), MAJOR),
}
_LAMBERT_93 = "EPSG:2154"
_FIELD = "nivinfvicr"


def recognise(sample: Sample) -> float:
    """Sure of features that bear the level of Vigicrues."""
    if sample.kind != "json" or "features" not in sample.head:
        return 0.0
    head = sample.head.lower()
    return 0.95 if "refinfovigicru" in head or f'"{_FIELD}"' in head else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per stretch of river.

    Raises:
        Unreadable: it has no stretch.
    """
    document = sample.json
    features = list(tree.every(document, "features"))
    if not features:
        raise Unreadable(_("Ce document Vigicrues ne contient aucun tronçon : vérifiez l’adresse."))
    book = Book()
    return Reading(
        format="vigicrues",
        records=_records(features, _system(document, features), document, book),
        problems=book,
        crs=_system(document, features),
        encoding=sample.encoding,
        attribution="Vigicrues / SCHAPI",
        title="Vigicrues",
        hints={"family": "ministry", "licence": "Licence Ouverte 2.0", "refresh": "1800"},
    )


def _system(document: object, features: list[object]) -> str:
    """The system declared; Lambert-93 when none is and positions are metres."""
    if tree.at(document, "crs") is not None:
        return crs.declared(document)
    first = tree.number(features[0], "geometry", "coordinates")
    metres = first is not None and abs(first) > geometry.METRES_BEYOND
    return _LAMBERT_93 if metres else crs.WGS84


def _records(features: list[object], system: str, document: object, book: Book) -> Iterator[Record]:
    said = times.instant(tree.text(document, "DtHrInfoVigiCru"), "Europe/Paris")
    for n, feature in enumerate(features, 1):
        told = tree.at(feature, "properties")
        fields = flat(told if isinstance(told, dict) else {})
        level = next((v for k, v in fields.items() if k.lower() == _FIELD), None)
        name = tree.text(told, "lbentcru") or tree.text(told, "LbEntCru") or _("tronçon")
        uid = tree.text(told, "CdEntCru") or tree.text(told, "cdentcru") or tree.text(told, "id")
        word, grade = _LEVELS.get(_whole(level), ("", None))
        colour = _(word) if word else ""
        graded: dict[str, Scalar] = {} if grade is None else {"colour": colour, "severity": grade}
        yield Record(
            id=uid or str(n),
            geometry=_shape(feature, system, book, uid or str(n)),
            properties=graded | fields | ({"severity_said": colour} if colour else {}),
            title=_("{name} : vigilance {colour}").format(
                name=name, colour=_("verte") if grade == NOTHING else colour
            )
            if colour
            else name,
            time=said,
        )


def _whole(level: object) -> int:
    number = tree.number(level)
    return int(number) if number is not None else 0


def _shape(feature: object, system: str, book: Book, where: str) -> Geometry | None:
    drawn = tree.at(feature, "geometry")
    if drawn is None:
        return None
    try:
        return geometry.checked(crs.to_wgs84(geometry.shaped(drawn), system))
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None
