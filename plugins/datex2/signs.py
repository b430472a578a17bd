"""Other publications of DATEX II: message signs, measures, and the tables that place them."""

from collections.abc import Iterator

from beffroi.plugin import Book, Record, Scalar, flat, times, tree
from plugins.datex2.locations import location, place
from plugins.datex2.words import spoken

_MEASURES = {
    "TrafficSpeed": ("speed_kmh", ("averageVehicleSpeed", "speed")),
    "TrafficFlow": ("flow_veh_h", ("vehicleFlow", "vehicleFlowRate")),
    "TrafficConcentration": ("occupancy_pct", ("occupancy", "percentage")),
    "TrafficHeadway": ("headway_s", ("averageTimeHeadway", "duration")),
    "TravelTimeData": ("travel_time_s", ("travelTime", "duration")),
}


def unit_record(unit: object, n: int, book: Book, zone: str) -> Record:
    """What a sign shows: its lines of text, its pictograms, whether it works."""
    uid = _reference(unit, "vmsUnitReference", "vmsControllerReference") or _id(unit) or str(n)
    lines = [tree.text(line).strip() for line in _text_lines(unit)]
    shown = "\n".join(line for line in lines if line)
    pictograms = [tree.text(p) for p in tree.deep(unit, "pictogramDescription")]
    last = next((tree.text(t) for t in tree.deep(unit, "timeLastSet")), "")
    fields: dict[str, object] = {
        "text": shown,
        "pictogram": ", ".join(dict.fromkeys(p for p in pictograms if p != "blankVoid")),
        "working": next((tree.text(w) for w in tree.deep(unit, "vmsWorking", "workingStatus")), ""),
        "reason": spoken(list(tree.deep(unit, "reasonForSetting"))),
        "set_by": spoken(list(tree.deep(unit, "messageSetBy"))),
        "time_last_set": last,
    }
    return Record(
        id=uid,
        geometry=place(unit, book, uid),
        properties=flat({k: v for k, v in fields.items() if v != ""}),
        title=shown.replace("\n", " / ") or uid,
        time=times.instant(last, zone),
    )


def _text_lines(node: object) -> Iterator[object]:
    """The innermost `vmsTextLine`: version 2 nests three of that name."""
    for line in tree.deep(node, "vmsTextLine"):
        inner = list(tree.deep(line, "vmsTextLine")) if isinstance(line, dict) else []
        if inner:
            yield from _text_lines(line)
        else:
            yield line


def measures_record(site: object, n: int, book: Book, zone: str) -> Record:
    """What a measuring site counted: each value by its index, and the mean of each kind."""
    uid = _reference(site, "measurementSiteReference") or _id(site) or str(n)
    found: dict[str, dict[str, float]] = {}
    for measured in tree.every(site, "measuredValue"):
        index = tree.text(measured, "@index")
        for data in tree.deep(measured, "basicData"):
            if _type(data) not in _MEASURES:
                continue
            kind, (wrapper, inner) = _MEASURES[_type(data)]
            value = tree.number(data, wrapper, inner)
            if value is not None and tree.text(data, wrapper, "dataError") != "true":
                found.setdefault(kind, {})[index or str(len(found))] = value
    fields: dict[str, object] = {
        kind: round(sum(values.values()) / len(values), 2) for kind, values in found.items()
    }
    fields |= {f"{kind}.{i}": v for kind, values in found.items() for i, v in values.items()}
    return Record(
        id=uid,
        geometry=place(site, book, uid),
        properties=flat(fields),
        title=_measured_title(uid, fields),
        time=times.instant(tree.text(site, "measurementTimeDefault"), zone),
    )


def _measured_title(uid: str, fields: dict[str, object]) -> str:
    speed = fields.get("speed_kmh")
    said = str(speed).replace(".", ",")
    return f"{uid} – {said} km/h" if isinstance(speed, float) else uid


def site_record(site: object, n: int, book: Book, _zone: str) -> Record:
    """A site of a table: where measures or signs are, to be joined by its id."""
    uid = _id(site) or str(n)
    names = ("measurementSiteName", "vmsDescription", "predefinedLocationName", "parkingName")
    title = next((w for name in names for x in tree.deep(site, name) if (w := spoken(x))), "")
    shape = place(site, book, uid) or location(site, book, uid)
    kept: dict[str, Scalar] = {"name": title} if title else {}
    for name in ("measurementSiteNumberOfLanes", "roadNumber", "vmsType", "parkingNumberOfSpaces"):
        for value in tree.deep(site, name):
            kept.setdefault(name, tree.text(value))
    return Record(id=uid, geometry=shape, properties=kept, title=title or uid)


def parking_record(parking: object, n: int, book: Book, zone: str) -> Record:
    """How full a car park is."""
    uid = _reference(parking, "parkingRecordReference") or _id(parking) or str(n)
    names = (
        "parkingNumberOfVacantSpaces", "parkingNumberOfOccupiedSpaces", "parkingOccupancy",
        "parkingSiteOpeningStatus", "parkingSiteStatus",
    )  # fmt: skip
    fields: dict[str, object] = {
        name: tree.number(node) if tree.number(node) is not None else tree.text(node)
        for name in names
        for node in tree.deep(parking, name)
    }
    said = next((tree.text(t) for t in tree.deep(parking, "parkingStatusOriginTime")), "")
    return Record(
        id=uid,
        geometry=place(parking, book, uid),
        properties=flat(fields),
        title=uid,
        time=times.instant(said, zone),
    )


def _reference(node: object, *names: str) -> str:
    return next((_id(ref) for ref in tree.deep(node, *names) if _id(ref)), "")


def _id(node: object) -> str:
    return next((uid for key in ("@id", "idG", "id") if (uid := tree.text(node, key))), "")


def _type(node: object) -> str:
    return tree.text(node, "@type").rpartition(":")[2]
