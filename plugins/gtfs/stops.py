"""The stops of a GTFS network as records."""

from collections.abc import Iterator

from beffroi.plugin import Book, Geometry, Record, Refused, Sample, flat, geometry
from beffroi.plugin.words import N_, _
from plugins.gtfs.tables import Row, rows

_TYPES = {
    "": N_("arrêt"), "0": N_("arrêt"), "1": N_("station"), "2": N_("entrée"), "3": N_("passage"),
    "4": N_("zone d’embarquement"),
}  # fmt: skip
_MAY_LACK_A_PLACE = frozenset(("3", "4"))


def stop_records(sample: Sample, book: Book) -> Iterator[Record]:
    """One record per row of `stops.txt`."""
    for n, row in enumerate(rows(sample, "stops.txt", "stop_id"), 2):
        where = _("stops.txt, ligne {n}").format(n=n)
        kind = row.get("location_type", "")
        told = {key: value for key, value in row.items() if value}
        if kind in _TYPES:
            told["kind"] = _(_TYPES[kind])
        yield Record(
            id=row.get("stop_id", "") or str(n),
            geometry=_place(row, kind, book, where),
            properties=flat(told),
            title=row.get("stop_name", "") or row.get("stop_id", ""),
        )


def _place(row: Row, kind: str, book: Book, where: str) -> Geometry | None:
    lon, lat = row.get("stop_lon", ""), row.get("stop_lat", "")
    if not lon and not lat:
        if kind not in _MAY_LACK_A_PLACE:
            book.note(where, _("arrêt sans coordonnées"), lost=False)
        return None
    try:
        return geometry.point(lon, lat)
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None
