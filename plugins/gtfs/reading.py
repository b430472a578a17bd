"""Recognises and reads GTFS archives: their stops, or their lines (option `layer` = `routes`)."""

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable
from beffroi.plugin.record import Part
from beffroi.plugin.words import _
from plugins.gtfs.lines import line_records
from plugins.gtfs.stops import stop_records
from plugins.gtfs.tables import has, rows

_TABLES = ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "agency.txt", "calendar.txt")


def recognise(sample: Sample) -> float:
    """Sure of an archive with most of the obligatory tables; a doubt when they bear odd names."""
    if sample.kind != "zip":
        return 0.0
    found = sum(has(sample, table) for table in _TABLES)
    if found >= 2:
        return 0.96 if has(sample, "stops.txt") else 0.9
    odd = [t for t in _TABLES if any(n.lower().endswith(t) for n in sample.archive.names)]
    return 0.7 if len(odd) >= 2 else 0.3 * found


def read(sample: Sample, options: Options) -> Reading:
    """One record per stop, or per line.

    Raises:
        Unreadable: an obligatory table or column is missing.
    """
    lines = str(options.get("layer", "")) == "routes"
    table = "routes.txt" if lines else "stops.txt"
    if not has(sample, table):
        raise Unreadable(
            _("Cette archive GTFS n’a pas de table {table} : demandez un export complet.").format(
                table=table
            )
        )
    book = Book()
    for missing in (name for name in _TABLES[:5] if not has(sample, name)):
        book.note(missing, _("table obligatoire absente"), lost=False)
    agency = next(rows(sample, "agency.txt"), {})
    records = list(line_records(sample, book) if lines else stop_records(sample, book))
    return Reading(
        format="gtfs",
        records=records,
        problems=book,
        encoding="utf-8",
        attribution=agency.get("agency_name", ""),
        title=agency.get("agency_name", ""),
        parts=_parts(sample, len(records), lines=lines),
        hints={"family": "operator", "refresh": "86400", "zone": agency.get("agency_timezone", "")},
    )


def _parts(sample: Sample, read: int, *, lines: bool) -> list[Part]:
    """What may be chosen: the stops, the lines."""
    other = "stops.txt" if lines else "routes.txt"
    rest = sum(1 for _row in rows(sample, other))
    return [
        Part(option="layer", value="stops", title=_("Arrêts"), count=rest if lines else read),
        Part(option="layer", value="routes", title=_("Lignes"), count=read if lines else rest),
    ]
