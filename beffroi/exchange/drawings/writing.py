"""A drawing out of the profile: marked, and written down in the audit trail, as entries are."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from beffroi.errors import BeffroiError
from beffroi.exchange.drawings import gpx, kml
from beffroi.exchange.drawings.features import feature
from beffroi.exchange.leaving import leave, watermark
from beffroi.exchange.watermark import Watermark
from beffroi.journal import Identity, rights
from beffroi.layers.shapes import Shape, shape_of
from beffroi.node import Node
from beffroi.text import _

SUFFIXES = (".kml", ".geojson", ".gpx", ".gpkg")
Writer = Callable[[Path, Watermark, Sequence[tuple[str, Shape]]], None]


def export_drawing(node: Node, layer: str, path: Path, who: Identity) -> int:
    """Write the shapes of a calque to `path`, by its suffix; how many they were.

    Raises:
        BeffroiError: unknown kind of file, nothing is drawn, a folder that cannot be written, or
            `who` may not export.
    """
    rights.exporting(who)
    write = _writer(path)
    sheets = [s for s in node.sheets.all("shape") if s.fields.get("layer") == layer]
    shapes = [(sheet.uid, shape_of(sheet.fields)) for sheet in sheets]
    if not shapes:
        raise BeffroiError(_("Ce calque est vide\u00a0: dessinez avant d’exporter."))
    host = node.sheets.one(layer)
    markings = [host.marking, *(sheet.marking for sheet in sheets)]
    mark = watermark(node, who, str(host.fields.get("title", "")), markings)
    leave(
        path,
        lambda unfinished: write(unfinished, mark, shapes),
        lambda digest: node.audit.record(
            who, "export", path.name, format=path.suffix.lower().lstrip("."), query="drawing",
            count=len(shapes), marking=mark.marking, sha256=digest,
        ),
    )  # fmt: skip
    return len(shapes)


def _writer(path: Path) -> Writer:
    match path.suffix.lower():
        case ".kml":
            return kml.write
        case ".gpx":
            return gpx.write
        case ".geojson" | ".json":
            return _write_geojson
        case ".gpkg":
            from beffroi.exchange.drawings import gpkg  # GDAL takes half a second to load

            return gpkg.write
        case _:
            raise BeffroiError(
                _(
                    "Donnez au fichier l’une de ces terminaisons\u00a0: .kml, .geojson, .gpx ou .gpkg."
                )
            )


def _write_geojson(path: Path, mark: Watermark, shapes: Sequence[tuple[str, Shape]]) -> None:
    features = [feature(uid, shape) for uid, shape in shapes]
    whole = {"type": "FeatureCollection", "beffroi": dict(mark.pairs()), "features": features}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(whole), indent=1))
