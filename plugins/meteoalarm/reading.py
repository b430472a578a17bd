"""Reads the warnings of `feeds.meteoalarm.org` in JSON, and lists of zones by EMMA_ID.

Warnings name their zones by code only (`geocode_EMMA_ID`), which a calque joins to the zones.
"""

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
    flat,
    geometry,
    tree,
)
from beffroi.plugin.words import _
from plugins.cap.alerts import alert_of, records_of


def recognise(sample: Sample) -> float:
    """Sure of a list of warnings that hold alerts, or of a list of zones."""
    if sample.kind != "json":
        return 0.0
    head = sample.head
    if '"warnings"' in head and '"alert"' in head:
        return 0.96
    if head.startswith("[") and all(
        f'"{name}"' in head for name in ("code", "area", "coordinates")
    ):
        return 0.9 if _zones(sample.json) else 0.0
    return 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per warning, its translations in its fields; or one per zone.

    Raises:
        Unreadable: the list holds neither.
    """
    book = Book()
    zones = _zones(sample.json)
    alerts = [alert_of(node) for node in tree.every(sample.json, "warnings", "alert")]
    records: Iterator[Record]
    if isinstance(sample.json, dict) and isinstance(sample.json.get("warnings"), list):
        records = (r for a in alerts for r in records_of(a, book, "UTC", translated=False))
    elif zones:
        records = _outlines(zones, book)
    else:
        raise Unreadable(_("Ce document MeteoAlarm ne contient ni alerte ni zone : vérifiez-le."))
    return Reading(
        format="meteoalarm",
        records=records,
        problems=book,
        encoding=sample.encoding,
        attribution="EUMETNET – MeteoAlarm",
        title="MeteoAlarm",
        ended=[] if zones else list(dict.fromkeys(u for a in alerts for u in a.ended())),
        hints={
            "family": "open_data",
            "licence": "CC BY 4.0",
            "refresh": "600",
            "join": "code" if zones else "geocode_EMMA_ID",
        },
    )


def _zones(document: object) -> list[object]:
    if not isinstance(document, list):
        return []
    return [z for z in document if isinstance(z, dict) and z.get("code") and "coordinates" in z]


def _outlines(zones: list[object], book: Book) -> Iterator[Record]:
    for zone in zones:
        code = tree.text(zone, "code")
        fields = (
            {k: v for k, v in zone.items() if k != "coordinates"} if isinstance(zone, dict) else {}
        )
        yield Record(
            id=code,
            geometry=_outline(zone, book, code),
            properties=flat(fields),
            title=" – ".join(w for w in (tree.text(zone, "area"), code) if w),
        )


def _outline(zone: object, book: Book, where: str) -> Geometry | None:
    kind = tree.text(zone, "type") or "Polygon"
    rings = zone.get("coordinates") if isinstance(zone, dict) else None
    try:
        return geometry.checked({"type": kind, "coordinates": rings})
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None
