"""Reads the documents of a TMS: the services of a server, the maps of a service, the levels of a map."""

from collections.abc import Iterator

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    flat,
    tree,
    xml,
)
from beffroi.plugin.geometry import number
from plugins.ogc import addresses, extents

_ROOTS = ("TileMap", "TileMapService", "Services")


def recognise(sample: Sample) -> float:
    """How sure it is that this is a document of a TMS."""
    root = sample.root
    name = tree.local(root.local)
    if name == "Services":
        return 0.9 if "TileMapService" in sample.head else 0.0
    return (
        0.95
        if name in _ROOTS and ("version" in root.attributes or "TileSet" in sample.text)
        else 0.0
    )


def read(sample: Sample, options: Options) -> Reading:
    """One record per map; of one map, the template that a map can use as it is.

    Raises:
        Unreadable: the document is badly formed.
    """
    root = sample.xml_recovered
    match tree.local(root.tag):
        case "TileMap":
            records = [_map(root)]
        case "TileMapService":
            records = list(_listed(root, "TileMap"))
        case _:
            records = list(_listed(root, "TileMapService"))
    return Reading(
        format="tms",
        records=records,
        problems=Book(),
        encoding=sample.encoding,
        title=xml.text(root, "Title"),
        attribution=xml.text(root, "Attribution", "Title"),
        hints={"id": "href", "title": "title", "calque": "tiles"},
    )


def _listed(root: xml.Element, tag: str) -> Iterator[Record]:
    for one in xml.every(root, tag):
        href, title = str(one.get("href") or ""), str(one.get("title") or "")
        fields = {
            "title": title,
            "href": href,
            "crs": one.get("srs"),
            "profile": one.get("profile"),
            "format": one.get("extension"),
            "request": href if href.startswith(("http://", "https://")) else "",
        }
        yield Record(id=href or title, properties=flat(fields), title=title or href)


def _map(root: xml.Element) -> Record:
    """One map.  A top origin counts rows from the north, as the web does; the standard from the south."""
    levels = [one for one in xml.every(root, "TileSet") if _order(one) is not None]
    shape = xml.child(root, "TileFormat")
    extension = str(shape.get("extension") or "png") if shape is not None else "png"
    system, title = xml.text(root, "SRS"), xml.text(root, "Title")
    zooms = [order for one in levels if (order := _order(one)) is not None]
    href = addresses.link(levels[0]).rpartition("/")[0] if levels else ""
    row = "{y}" if _is_from_top(root) else "{-y}"
    fields = {
        "title": title,
        "href": href,
        "abstract": xml.text(root, "Abstract"),
        "crs": system,
        "format": extension,
        "media_type": shape.get("mime-type") if shape is not None else "",
        "min_zoom": min(zooms, default=None),
        "max_zoom": max(zooms, default=None),
        "styles": [addresses.link(one) for one in xml.named(root, "Metadata")][:20],
        "request": href,
        "tiles": f"{href}/{{z}}/{{x}}/{row}.{extension}" if href.startswith("http") else "",
    }
    return Record(
        id=href or title, geometry=_area(root, system), properties=flat(fields), title=title or href
    )


def _order(level: xml.Element) -> int | None:
    said = str(level.get("order") or "")
    return int(said) if said.isdecimal() and len(said) < 3 else None


def _is_from_top(root: xml.Element) -> bool:
    origin = xml.child(root, "Origin")
    try:
        return origin is not None and number(origin.get("y")) > 0
    except Refused:
        return False


def _area(root: xml.Element, system: str) -> Geometry | None:
    box = xml.child(root, "BoundingBox")
    if box is None:
        return None
    try:
        said = [number(box.get(name)) for name in ("minx", "miny", "maxx", "maxy")]
    except Refused:
        return None
    return extents.area(said, system)
