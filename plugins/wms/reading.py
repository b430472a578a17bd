"""Reads what a WMS answers: its layers, where each comes from, or an error."""

from collections.abc import Iterator

from beffroi.plugin import Book, Options, Reading, Record, Sample, Unreadable, flat, tree, xml
from beffroi.plugin.words import _
from plugins.ogc import addresses, extents, failures
from plugins.wms.layers import Layer, layers

_CAPABILITIES = ("WMS_Capabilities", "WMT_MS_Capabilities")
_DESCRIPTIONS = ("DescribeLayerResponse", "WMS_DescribeLayerResponse")
_IMAGES = ("image/png", "image/png8", "image/jpeg", "image/gif", "image/webp")


def recognise(sample: Sample) -> float:
    """How sure it is that this is an answer of a WMS."""
    name = tree.local(sample.root.local)
    known = (*_CAPABILITIES, *_DESCRIPTIONS, "ServiceExceptionReport")
    return 0.95 if name in known else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per layer that can be asked for, with the request that draws it.

    Raises:
        Unreadable: the service answers by an error, or offers no layer.
    """
    root, book = sample.xml_recovered, Book()
    name = tree.local(root.tag)
    if name in failures.ROOTS:
        raise failures.refusal(root)
    if name in _DESCRIPTIONS:
        return _reading(sample, list(_described(root)), book, "")
    records = list(_offered(root, book))
    if not records:
        raise Unreadable(_("Ce service WMS n’offre aucune couche\u00a0: vérifiez son adresse."))
    return _reading(sample, records, book, xml.text(root, "Service", "Title"))


def _reading(sample: Sample, records: list[Record], book: Book, title: str) -> Reading:
    return Reading(
        format="wms",
        records=records,
        problems=book,
        encoding=sample.encoding,
        title=title,
        hints={"id": "name", "title": "title", "calque": "raster"},
    )


def _offered(root: xml.Element, book: Book) -> Iterator[Record]:
    capability = xml.child(root, "Capability")
    if capability is None:
        return
    version = str(root.get("version") or "1.3.0")
    base = addresses.operation(root, "GetMap")
    formats = _formats(capability)
    for layer in layers(capability):
        shape = extents.area(layer.box)
        if shape is None:
            book.note(layer.name, _("emprise absente ou fausse"), lost=False)
        yield Record(
            id=layer.name,
            geometry=shape,
            properties=flat(_fields(layer, version, base, formats)),
            title=layer.title or layer.name,
        )


def _fields(layer: Layer, version: str, base: str, formats: list[str]) -> dict[str, object]:
    wanted = next((one for one in _IMAGES if one in formats), "image/png")
    system = "EPSG:3857" if "EPSG:3857" in layer.systems or not layer.systems else layer.systems[0]
    return {
        "name": layer.name,
        "group": layer.group,
        "abstract": layer.abstract,
        "keywords": layer.keywords,
        "crs": system,
        "systems": layer.systems[:50],
        "format": wanted,
        "styles": [style for style in layer.styles if style],
        "legend": layer.legend,
        "attribution": layer.attribution,
        "queryable": layer.queryable,
        "min_scale": layer.scales[0],
        "max_scale": layer.scales[1],
        "version": version,
        "dimensions": layer.dimensions,
        "request": addresses.request(
            base,
            SERVICE="WMS",
            VERSION=version,
            REQUEST="GetMap",
            LAYERS=layer.name,
            STYLES="",
            FORMAT=wanted,
            TRANSPARENT="FALSE" if layer.opaque else "TRUE",
            **{"CRS" if version >= "1.3" else "SRS": system},
        ),
    }


def _formats(capability: xml.Element) -> list[str]:
    asked = xml.child(capability, "Request", "GetMap")
    return [xml.text(one) for one in xml.named(asked, "Format")] if asked is not None else []


def _described(root: xml.Element) -> Iterator[Record]:
    """Where the objects of a layer can be had: a WFS, or a WCS for grids."""
    for one in xml.every(root, "LayerDescription"):
        named = next(
            iter(xml.every(one, "FeatureTypeName") or xml.every(one, "CoverageTypeName")), None
        )
        name = xml.text(named) if named is not None else str(one.get("name") or "")
        online = next(iter(xml.every(one, "OnlineResource")), None)
        service = (xml.text(one, "owsType") or ("wfs" if one.get("wfs") else "")).upper()
        address = addresses.link(online) or str(one.get("wfs") or one.get("owsURL") or "")
        asked = {"SERVICE": "WFS", "REQUEST": "GetFeature", "TYPENAMES": name}
        fields = {
            "name": name,
            "service": service,
            "request": addresses.request(address, **asked) if service == "WFS" else address,
        }
        yield Record(id=name, properties=flat(fields), title=name)
