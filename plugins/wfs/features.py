"""Features in GML 2, 3.1 and 3.2: members of a collection, their fields, their shape."""

from collections.abc import Iterator

from beffroi.plugin import (
    Book,
    Geometry,
    Record,
    Refused,
    Scalar,
    Unreadable,
    crs,
    flat,
    gml,
    xml,
)
from beffroi.plugin.words import _

COLLECTIONS = ("FeatureCollection", "SpatialDataSet", "SimpleFeatureCollection")
_MEMBERS = ("member", "featureMember", "featureMembers", "members")
_NOT_FIELDS = ("boundedBy", "location")
_TITLES = ("name", "nom", "title", "titre", "libelle", "label", "nom_lieu", "toponyme")
_DEEPEST = 6
_MAPSERVER = "mapserver.gis.umn.edu"


def members(root: xml.Element) -> Iterator[xml.Element]:
    """The features of a collection, and of the collections inside it."""
    for part in root:
        name = xml.local(part.tag)
        if name in COLLECTIONS:
            yield from members(part)
        elif name in _MEMBERS:
            for feature in part:
                if xml.local(feature.tag) in COLLECTIONS:
                    yield from members(feature)
                elif isinstance(feature.tag, str):
                    yield feature


def records(root: xml.Element, book: Book, *, latitude_first: bool | None) -> Iterator[Record]:
    """One record per feature; `latitude_first` overrules the order that the names imply."""
    system = _declared_system(root)
    order = _order(root, system) if latitude_first is None else latitude_first
    for number, feature in enumerate(members(root), 1):
        fields = _fields(feature)
        yield Record(
            id=_identity(feature),
            geometry=_shape(feature, system, order, number, book),
            properties=fields,
            title=_title(fields, feature),
        )


def matched(root: xml.Element) -> int | None:
    """How many features the service has in all, when it says so."""
    for name in ("numberMatched", "numberOfFeatures"):
        if (root.get(name) or "").isdecimal():
            return int(root.get(name))
    return None


def system_of(root: xml.Element) -> str:
    """The system that the first shape names, or the collection (`EPSG:2154`); WGS 84 when none does."""
    own = (str(e.get("srsName")) for e in root.iter() if e.get("srsName"))
    try:
        return crs.named(next(own, "") or crs.WGS84)
    except Unreadable:
        return crs.WGS84


def _declared_system(root: xml.Element) -> str:
    """The system of the collection, for shapes that name none."""
    around = xml.child(root, "boundedBy")
    for box in around if around is not None else ():
        if box.get("srsName"):
            return str(box.get("srsName"))
    return ""


def _order(root: xml.Element, system: str) -> bool | None:
    """MapServer writes latitude first in GML 3 even under the short name of a system."""
    short = system.upper().startswith("EPSG:")
    ours = any(_MAPSERVER in str(uri) for uri in root.nsmap.values())
    is_old = bool(xml.every(root, "coordinates"))
    if short and ours and not is_old and system.upper() == "EPSG:4326":
        return True
    return None


def _identity(feature: xml.Element) -> str:
    for name, value in feature.attrib.items():
        if xml.local(name) in {"id", "fid"}:
            return str(value)
    return xml.text(feature, "identifier") or xml.text(
        feature, "inspireId", "Identifier", "localId"
    )


def _shape(
    feature: xml.Element, system: str, order: bool | None, number: int, book: Book
) -> Geometry | None:
    where = _("objet n° {n}").format(n=number)
    try:
        for part in feature:
            if xml.local(part.tag) != "boundedBy":
                found = gml.first(part, system, latitude_first=order)
                if found is not None:
                    return found
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
    except Unreadable as error:
        book.note(where, str(error), lost=False)
    return None


def _fields(feature: xml.Element) -> dict[str, Scalar]:
    return flat({"@type": xml.local(feature.tag), **_nested(feature, _DEEPEST)})


def _nested(element: xml.Element, depth: int) -> dict[str, object]:
    """The fields under their local names; shapes are left out, attributes of links kept."""
    found: dict[str, object] = {}
    for part in element:
        name = xml.local(part.tag)
        if not name or name in _NOT_FIELDS or name in gml.SHAPES:
            continue
        value = _value(part, depth)
        if name in found:
            there = found[name]
            found[name] = [*there, value] if isinstance(there, list) else [there, value]
        elif value not in ("", None, {}):
            found[name] = value
    return found


def _value(part: xml.Element, depth: int) -> object:
    if len(part):
        return _nested(part, depth - 1) if depth else ""
    words = (part.text or "").strip()
    linked = next((v for n, v in part.attrib.items() if xml.local(n) == "href"), "")
    return words or str(linked)


def _title(fields: dict[str, Scalar], feature: xml.Element) -> str:
    lower = {name.lower(): value for name, value in fields.items()}
    for name in _TITLES:
        if isinstance(lower.get(name), str):
            return str(lower[name])[:200]
    return _identity(feature) or xml.local(feature.tag)
