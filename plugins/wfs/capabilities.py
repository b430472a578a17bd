"""The feature types that a WFS offers: where each lies, and the request that fetches it."""

from collections.abc import Iterator

from beffroi.plugin import Book, Geometry, Record, Refused, flat, xml
from beffroi.plugin.geometry import number
from beffroi.plugin.words import _
from plugins.ogc import addresses, extents

_JSON = ("application/json", "application/geo+json", "json", "geojson")


def records(root: xml.Element, book: Book) -> Iterator[Record]:
    """One record per feature type, its area as geometry."""
    version = str(root.get("version") or "2.0.0")
    base = addresses.operation(root, "GetFeature")
    offered = _formats(root)
    for kind in xml.every(root, "FeatureType"):
        name = xml.text(kind, "Name")
        system = _first(kind, "DefaultCRS", "DefaultSRS", "SRS")
        formats = [xml.text(one) for one in xml.every(kind, "Format")] or offered
        shape = _area(kind, system)
        if shape is None:
            book.note(name, _("emprise absente ou fausse"), lost=False)
        fields = {
            "name": name,
            "abstract": xml.text(kind, "Abstract"),
            "keywords": _keywords(kind),
            "crs": system,
            "formats": formats[:20],
            "request": _request(base, version, name, formats),
            "metadata": [addresses.link(url) for url in xml.named(kind, "MetadataURL")][:3],
        }
        yield Record(
            id=name, geometry=shape, properties=flat(fields), title=xml.text(kind, "Title") or name
        )


def title(root: xml.Element) -> str:
    """The name of the service."""
    for tag in ("ServiceIdentification", "Service"):
        if found := xml.text(root, tag, "Title"):
            return found
    return ""


def _request(base: str, version: str, name: str, formats: list[str]) -> str:
    old = version.startswith("1.0")
    asked = {
        "SERVICE": "WFS",
        "VERSION": version,
        "REQUEST": "GetFeature",
        "TYPENAMES" if version >= "2" else "TYPENAME": name,
        "SRSNAME": "EPSG:4326" if old else "urn:ogc:def:crs:EPSG::4326",
    }
    if wanted := next((one for one in formats if one.lower() in _JSON), ""):
        asked |= {"OUTPUTFORMAT": wanted, "SRSNAME": "EPSG:4326"}
    return addresses.request(base, **asked)


def _formats(root: xml.Element) -> list[str]:
    """The formats that GetFeature offers for every type."""
    for listed in xml.every(root, "Operation"):
        if listed.get("name") == "GetFeature":
            for parameter in xml.every(listed, "Parameter"):
                if parameter.get("name", "").lower() == "outputformat":
                    return [xml.text(value) for value in xml.every(parameter, "Value")]
    result = next(iter(xml.every(root, "ResultFormat")), None)
    return [xml.local(one.tag) for one in result] if result is not None else []


def _area(kind: xml.Element, system: str) -> Geometry | None:
    box = xml.child(kind, "LatLongBoundingBox")
    try:
        if box is not None:
            said = [box.get(name) for name in ("minx", "miny", "maxx", "maxy")]
            return extents.area([number(one) for one in said], system)
        box = xml.child(kind, "WGS84BoundingBox")
        corners = f"{xml.text(box, 'LowerCorner')} {xml.text(box, 'UpperCorner')}"
        return extents.area([number(one) for one in corners.split()], system)
    except Refused:
        return None


def _keywords(kind: xml.Element) -> list[str]:
    several = [xml.text(one) for one in xml.every(kind, "Keyword")]
    return several or xml.text(kind, "Keywords").replace("\n", ",").split(",")


def _first(element: xml.Element, *names: str) -> str:
    return next((said for name in names if (said := xml.text(element, name))), "")
