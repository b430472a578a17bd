"""Reads the layers of a GeoPackage, whatever their systems of coordinates."""

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable
from beffroi.plugin.record import Part
from beffroi.plugin.vectors import Layer, layers, read_layer, together
from beffroi.plugin.words import _

_APPLICATION_IDS = (b"GPKG", b"GP10", b"GP11")
_CATALOGUE = b"gpkg_contents"
_GEOMETRIES = b"gpkg_geometry_columns"
_TILES = b"tile_data"
_BEGINNING = 262_144


def recognise(sample: Sample) -> float:
    """How sure it is: SQLite that says it is a GeoPackage, or has its catalogue of layers."""
    if sample.content[68:72] in _APPLICATION_IDS:
        return 0.95
    return 0.9 if _CATALOGUE in sample.content[:65_536] or _only_tiles(sample) else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """All layers, or that of option `layer`; option `crs` overrules what the file says."""
    if _only_tiles(sample):
        raise Unreadable(
            _(
                "Ce fichier ne contient que des tuiles (images), aucun objet\u00a0:"
                " convertissez-le en PMTiles pour en faire un fond de carte."
            )
        )
    book = Book()
    source = sample.path if sample.path and sample.data is sample.content else sample.content
    known = layers(source)
    chosen = _chosen(known, str(options.get("layer") or ""))
    systems: list[str] = []
    parts = []
    for layer in chosen:
        prefix = f"{layer.name}." if len(chosen) > 1 else ""
        columns, system = read_layer(
            source, layer, book, crs=str(options.get("crs") or ""),
            identity=prefix
        )  # fmt: skip
        parts.append((layer.name, columns))
        systems.append(system)
    return Reading(
        format="geopackage",
        records=together(parts),
        problems=book,
        crs=", ".join(dict.fromkeys(systems)),
        encoding="utf-8",
        title=chosen[0].name if len(chosen) == 1 else "",
        parts=[Part(option="layer", value=one.name, count=one.total) for one in known]
        if len(known) > 1
        else [],
    )


def _only_tiles(sample: Sample) -> bool:
    """Whether it is a base of pictures (MBTiles, a GeoPackage of tiles), by the schema at its beginning."""
    beginning = sample.content[:_BEGINNING]
    return _TILES in beginning and _GEOMETRIES not in beginning


def _chosen(known: list[Layer], name: str) -> list[Layer]:
    found = [layer for layer in known if not name or layer.name == name]
    if not known:
        raise Unreadable(_("Ce GeoPackage ne contient aucune couche\u00a0: vérifiez son export."))
    if not found:
        raise Unreadable(
            _(
                "Ce fichier n’a pas de couche «\u202f{name}\u202f»\u00a0: choisissez parmi {names}."
            ).format(name=name[:60], names=", ".join(layer.name for layer in known[:10]))
        )
    return found
