"""Reads the capabilities of a WMTS: one record per layer, and how its tiles are asked for."""

from collections.abc import Iterator

from beffroi.plugin import Book, Geometry, Options, Reading, Record, Refused, Sample, Unreadable

from beffroi.plugin import flat, tree, xml  # isort: skip
from beffroi.plugin.geometry import number
from beffroi.plugin.words import _
from plugins.ogc import addresses, extents
from plugins.wmts.grids import Grid, grids

_FORMATS = ("image/png", "image/jpeg", "image/webp", "image/jpg")


def recognise(sample: Sample) -> float:
    """How sure it is that these are the capabilities of a WMTS."""
    root = sample.root
    if tree.local(root.local) != "Capabilities":
        return 0.0
    return 0.95 if "wmts" in root.namespace or "opengis.net/wmts" in sample.head else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per layer; `tiles` is a template that a map can use as it is, when there is one.

    Raises:
        Unreadable: the service offers no layer.
    """
    root, book = sample.xml_recovered, Book()
    records = list(_layers(root, book))
    if not records:
        raise Unreadable(_("Ce service WMTS n’offre aucune couche\u00a0: vérifiez son adresse."))
    return Reading(
        format="wmts",
        records=records,
        problems=book,
        encoding=sample.encoding,
        title=xml.text(root, "ServiceIdentification", "Title"),
        attribution=xml.text(root, "ServiceProvider", "ProviderName"),
        hints={"id": "name", "title": "title", "calque": "tiles"},
    )


def _layers(root: xml.Element, book: Book) -> Iterator[Record]:
    contents = xml.child(root, "Contents")
    if contents is None:
        return
    known, base = grids(contents), addresses.operation(root, "GetTile")
    for layer in xml.named(contents, "Layer"):
        name = xml.text(layer, "Identifier")
        shape = _area(layer)
        if shape is None:
            book.note(name, _("emprise absente ou fausse"), lost=False)
        yield Record(
            id=name,
            geometry=shape,
            properties=flat(_fields(layer, name, known, base)),
            title=xml.text(layer, "Title") or name,
        )


def _fields(layer: xml.Element, name: str, known: dict[str, Grid], base: str) -> dict[str, object]:
    links = [xml.text(one, "TileMatrixSet") for one in xml.named(layer, "TileMatrixSetLink")]
    linked = [known[link] for link in links if link in known]
    grid = next((one for one in linked if one.is_web), next(iter(linked), None))
    formats = [xml.text(one) for one in xml.named(layer, "Format")]
    wanted = next((one for one in _FORMATS if one in formats), next(iter(formats), "image/png"))
    zooms = _limits(layer, grid) if grid else []
    request = _template(layer, name, grid.name if grid else "", wanted, base)
    return {
        "name": name,
        "abstract": xml.text(layer, "Abstract"),
        "format": wanted,
        "formats": formats,
        "crs": grid.system if grid else "",
        "grid": grid.name if grid else "",
        "grids": links,
        "style": _style(layer),
        "min_zoom": min(zooms, default=None),
        "max_zoom": max(zooms, default=None),
        "legend": _legend(layer),
        "request": request,
        "tiles": _as_web(request) if grid and grid.is_web else "",
    }


def _template(layer: xml.Element, name: str, grid: str, wanted: str, base: str) -> str:
    """The address of a tile, its place between braces as in the standard; empty when there is none."""
    style = _style(layer)
    chosen = {"{Style}": style, "{style}": style, "{TileMatrixSet}": grid, "{Layer}": name}
    chosen |= {f"{{{key}}}": value for key, value in _dimensions(layer).items()}
    for resource in xml.named(layer, "ResourceURL"):
        template = str(resource.get("template") or "")
        is_tile = resource.get("resourceType", "tile") == "tile"
        if is_tile and resource.get("format") in {wanted, None} and template.startswith("http"):
            for brace, value in chosen.items():
                template = template.replace(brace, value)
            return template
    return addresses.request(
        base,
        SERVICE="WMTS",
        VERSION="1.0.0",
        REQUEST="GetTile",
        LAYER=name,
        STYLE=style,
        FORMAT=wanted,
        TILEMATRIXSET=grid,
        TILEMATRIX="{TileMatrix}",
        TILEROW="{TileRow}",
        TILECOL="{TileCol}",
    )


def _as_web(template: str) -> str:
    pairs = (("{TileMatrix}", "{z}"), ("{TileRow}", "{y}"), ("{TileCol}", "{x}"))
    for theirs, ours in pairs:
        template = template.replace(theirs, ours)
    return template


def _limits(layer: xml.Element, grid: Grid) -> list[int]:
    """The zooms at which the layer has tiles: those of its limits, or all of the grid."""
    for link in xml.named(layer, "TileMatrixSetLink"):
        if xml.text(link, "TileMatrixSet") == grid.name:
            limited = {xml.text(one, "TileMatrix") for one in xml.every(link, "TileMatrixLimits")}
            zooms = [zoom for name, zoom in grid.levels if zoom is not None and name in limited]
            return zooms or grid.zooms
    return grid.zooms


def _style(layer: xml.Element) -> str:
    styles = xml.named(layer, "Style")
    default = next(
        (one for one in styles if one.get("isDefault") == "true"), next(iter(styles), None)
    )
    return xml.text(default, "Identifier")


def _dimensions(layer: xml.Element) -> dict[str, str]:
    return {
        xml.text(one, "Identifier"): xml.text(one, "Default")
        for one in xml.named(layer, "Dimension")
    }


def _legend(layer: xml.Element) -> str:
    legends = xml.every(layer, "LegendURL")
    return addresses.link(legends[0]) if legends else ""


def _area(layer: xml.Element) -> Geometry | None:
    box = xml.child(layer, "WGS84BoundingBox")
    corners = f"{xml.text(box, 'LowerCorner')} {xml.text(box, 'UpperCorner')}".split()
    try:
        return extents.area([number(corner) for corner in corners])
    except Refused:
        return None
