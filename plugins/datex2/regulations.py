"""Traffic orders: those of DATEX II v3 (`TrafficRegulationPublication`, DiaLog), and CIFS incidents."""

from collections.abc import Iterator

from beffroi.plugin import Book, Geometry, Record, Refused, flat, geometry, pairs, times, tree
from beffroi.plugin.words import _
from plugins.datex2.locations import place
from plugins.datex2.words import kind, spoken

_CANCELLED = frozenset(("cancelled", "revoked", "repealed", "expired"))


def order_record(order: object, n: int, book: Book, zone: str) -> Record:
    """An order: what it forbids, where, by whom, from when to when."""
    uid = tree.text(order, "@id") or tree.text(order, "idG") or str(n)
    said = spoken(tree.at(order, "description"))
    forbidden = [
        kind(tree.text(t, "@type").rpartition(":")[2], tree.text(t, "accessRestrictionType"))
        for t in tree.deep(order, "typeOfRegulation")
    ]
    roads = [tree.text(r) for r in tree.deep(order, "roadName", "roadNumber")]
    since, until = _span(order, zone)
    fields = {
        "description": said,
        "restriction": ", ".join(dict.fromkeys(f for f in forbidden if f)),
        "road": ", ".join(list(dict.fromkeys(r for r in roads if r))[:20]),
        "authority": spoken(tree.at(order, "issuingAuthority")),
        "regulation_id": tree.text(order, "regulationId"),
        "status": tree.text(order, "status"),
        "vehicles": ", ".join(
            dict.fromkeys(tree.text(v) for v in tree.deep(order, "vehicleUsage", "vehicleType"))
        ),
        "max_speed": next((tree.number(v) for v in tree.deep(order, "numericValue")), None),
        "days": ", ".join(dict.fromkeys(_days(order))),
        "hours": ", ".join(_hours(order)),
        "url": next((tree.text(u) for u in tree.deep(order, "publicUrl")), ""),
    }
    return Record(
        id=uid,
        geometry=place(order, book, uid),
        properties=flat({k: v for k, v in fields.items() if v != ""}),
        title=said or uid,
        time=since,
        until=until,
    )


def is_over(order: object) -> bool:
    """Whether the order says that it is no longer in force."""
    return tree.text(order, "status").lower() in _CANCELLED


def _span(order: object, zone: str) -> tuple[int | None, int | None]:
    """The order's own dates, else the widest of its parts."""
    own = list(tree.every(order, "validityByOrder"))
    starts, ends = (
        [times.instant(tree.text(t), zone) for t in tree.deep(own or order, name)]
        for name in ("overallStartTime", "overallEndTime")
    )
    since = min((m for m in starts if m is not None), default=None)
    return since, max((m for m in ends if m is not None), default=None)


def _days(order: object) -> list[str]:
    """The days of the periods when it is valid; those of exceptions are none of them."""
    periods = tree.deep(order, "validPeriod")
    return [tree.text(day) for period in periods for day in tree.deep(period, "applicableDay")]


def _hours(order: object) -> list[str]:
    found = (
        f"{tree.text(p, 'startTimeOfPeriod')[:5]}-{tree.text(p, 'endTimeOfPeriod')[:5]}"
        for p in tree.deep(order, "recurringTimePeriodOfDay")
    )
    return list(dict.fromkeys(found))


def incident_record(incident: object, n: int, book: Book, zone: str) -> Record:
    """An incident of CIFS, in XML or JSON; its line is latitude first."""
    uid = tree.text(incident, "@id") or tree.text(incident, "id") or str(n)
    inside = incident if isinstance(incident, dict) else {}
    street = tree.text(incident, "street") or tree.text(incident, "location", "street")
    what = tree.text(incident, "description") or tree.text(incident, "type")
    fields = {k: v for k, v in inside.items() if k not in ("polyline", "@id", "location")}
    return Record(
        id=uid,
        geometry=_polyline(incident, book, uid),
        properties=flat(fields | {"street": street}),
        title=" – ".join(word for word in (what, street) if word) or _("incident"),
        time=times.instant(tree.text(incident, "starttime"), zone),
        until=times.instant(tree.text(incident, "endtime"), zone),
    )


def _polyline(incident: object, book: Book, where: str) -> Geometry | None:
    words = tree.text(incident, "polyline") or tree.text(incident, "location", "polyline")
    if not words:
        return None
    try:
        places = pairs.positions(words, latitude_first=True)
        return geometry.line(places) if len(places) > 1 else geometry.point(*places[0])
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None


def incidents(document: object) -> Iterator[object]:
    """The incidents of a CIFS document, whatever they are wrapped in."""
    yield from tree.deep(document, "incident", "incidents")
