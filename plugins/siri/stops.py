"""Stops that SIRI discovery lists, and the state of facilities (lifts, escalators)."""

from beffroi.plugin import Book, Record, flat, times, tree
from beffroi.plugin.severity import GRAVE, NOTHING, SIGNIFICANT, graded
from plugins.siri.common import places, refs, told

_STATES = {
    "available": NOTHING, "added": NOTHING, "unknown": NOTHING, "partiallyavailable": SIGNIFICANT,
    "notavailable": GRAVE, "removed": GRAVE,
}  # fmt: skip


def stop_record(stop: object, n: int, book: Book, _zone: str) -> Record:
    """A stop of a discovery service, where it is, with its lines."""
    uid = tree.text(stop, "StopPointRef") or str(n)
    name = told(stop, "StopName")
    return Record(
        id=uid,
        geometry=places(tree.every(stop, "Location"), book, uid),
        properties=flat({"name": name, "lines": refs(stop, "LineRef"), "stop": uid}),
        title=name or uid,
    )


def line_record(line: object, n: int, _book: Book, _zone: str) -> Record:
    """A line of a discovery service, with where it goes."""
    uid = tree.text(line, "LineRef") or str(n)
    name = told(line, "LineName")
    fields = {
        "name": name,
        "line": uid,
        "destinations": refs(line, "PlaceName"),
        "operators": refs(line, "OperatorRef"),
    }
    return Record(id=uid, properties=flat(fields), title=name or uid)


def facility_record(facility: object, n: int, book: Book, zone: str) -> Record:
    """Whether a facility works, since when."""
    uid = tree.text(facility, "FacilityRef") or tree.text(facility, "Facility", "FacilityCode")
    status = tree.text(facility, "FacilityStatus", "Status")
    name = told(tree.at(facility, "Facility"), "Description") or uid
    fields = {
        "facility": uid,
        "status": status,
        **graded(status, _STATES),
        "description": told(tree.at(facility, "FacilityStatus"), "Description"),
        "stops": refs(facility, "StopPointRef", "StopPlaceRef"),
        "lines": refs(facility, "LineRef"),
    }
    return Record(
        id=uid or str(n),
        geometry=places(tree.deep(facility, "Location"), book, uid or str(n)),
        properties=flat({k: v for k, v in fields.items() if v != ""}),
        title=" – ".join(word for word in (name, status) if word),
        time=times.instant(tree.text(facility, "ValidityPeriod", "StartTime"), zone),
        until=times.instant(tree.text(facility, "ValidityPeriod", "EndTime"), zone),
    )
