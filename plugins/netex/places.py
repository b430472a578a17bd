"""Stops and lines of NeTEx as records; positions in WGS 84, or in the system that GML names."""

from beffroi.plugin import (
    Book,
    Geometry,
    Record,
    Refused,
    Unreadable,
    crs,
    flat,
    geometry,
    gml,
    pairs,
    tree,
    xml,
)
from beffroi.plugin.words import N_, _

KINDS = {
    "StopPlace": N_("lieu d’arrêt"),
    "Quay": N_("quai"),
    "ScheduledStopPoint": N_("point d’arrêt prévu"),
    "StopPlaceEntrance": N_("entrée"),
    "Line": N_("ligne"),
    "FlexibleLine": N_("ligne à la demande"),
}
_FIELDS = (
    "TransportMode", "StopPlaceType", "QuayType", "PublicCode", "PrivateCode", "ShortName",
    "Description", "Url", "WheelchairAccess", "SiteType", "TransportSubmode",
)  # fmt: skip
_PARENTS = ("ParentSiteRef", "ParentZoneRef", "SiteRef", "StopPlaceRef", "TopographicPlaceRef")
_LINE_FIELDS = ("OperatorRef", "AuthorityRef", "RepresentedByGroupRef", "TypeOfLineRef")
_LONGEST = 200


def stop_record(element: xml.Element, parent: str, system: str, book: Book) -> Record:
    """A stop place, a quay or a scheduled point, with what it belongs to."""
    kind = xml.local(element.tag)
    uid = element.get("id") or ""
    name = xml.text(element, "Name")
    fields: dict[str, object] = {"kind": _(KINDS[kind]), "name": name}
    fields |= {field: xml.text(element, field) for field in _FIELDS}
    fields |= {
        "town": xml.text(element, "PostalAddress", "Town"),
        "insee": xml.text(element, "PostalAddress", "PostalRegion"),
        "parent": next((ref for f in _PARENTS if (ref := _ref(element, f))), "") or parent,
        "version": element.get("version") or "",
    }
    return Record(
        id=uid,
        geometry=_place(element, system, book, uid),
        properties=flat({k: v for k, v in fields.items() if v != ""}),
        title=name or uid,
    )


def line_record(element: xml.Element) -> Record:
    """A line: its code, name, mode and colour; NeTEx draws it elsewhere, if at all."""
    uid = element.get("id") or ""
    code, name = xml.text(element, "PublicCode"), xml.text(element, "Name")
    colour = xml.text(element, "Presentation", "Colour")
    fields: dict[str, object] = {"kind": _(KINDS[xml.local(element.tag)]), "name": name}
    fields |= {field: xml.text(element, field) for field in _FIELDS}
    fields |= {field: _ref(element, field) for field in _LINE_FIELDS}
    fields |= {
        "colour": f"#{colour.lower()}" if len(colour) == 6 else "",
        "version": element.get("version") or "",
    }
    return Record(
        id=uid,
        properties=flat({k: v for k, v in fields.items() if v != ""}),
        title=" – ".join(dict.fromkeys(w for w in (code, name) if w)) or uid,
    )


def _ref(element: xml.Element, name: str) -> str:
    found = xml.child(element, name)
    return (found.get("ref") or "")[:_LONGEST] if found is not None else ""


def _place(element: xml.Element, system: str, book: Book, where: str) -> Geometry | None:
    location = xml.child(element, "Centroid", "Location")
    if location is None:
        location = xml.child(element, "Location")
    try:
        if location is not None:
            return _point(location, system)
        area = xml.child(element, "Polygon")
        return gml.read(area, system) if area is not None else None
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
    except Unreadable:
        book.note(where, _("système de coordonnées inconnu"), lost=False)
    return None


def _point(location: xml.Element, system: str) -> Geometry | None:
    """Longitude and latitude as they are; else `gml:pos` or `Coordinates` of a system."""
    lon, lat = xml.text(location, "Longitude"), xml.text(location, "Latitude")
    if lon and lat:
        return geometry.point(lon, lat)
    for name in ("pos", "Coordinates"):
        found = xml.child(location, name)
        if found is not None and (found.text or "").strip():
            named = found.get("srsName") or location.get("srsName") or system
            numbers = pairs.numbers(tree.text(found.text))[:2]
            if len(numbers) < 2:
                raise Refused(_("nombre impair de coordonnées"))
            x, y = reversed(numbers) if crs.latitude_first(named) else numbers
            shape = geometry.shaped({"type": "Point", "coordinates": [x, y]})
            return geometry.checked(crs.to_wgs84(shape, named))
    return None
