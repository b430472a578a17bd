"""A drawing out of the profile: marked, and written down in the audit trail, as entries are."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from beffroi.errors import BeffroiError
from beffroi.exchange.drawings import gpx, kml
from beffroi.exchange.drawings.features import feature
from beffroi.exchange.watermark import Watermark
from beffroi.journal import Identity, rights
from beffroi.layers.shapes import Shape, shape_of
from beffroi.logbook.entry import Marking
from beffroi.node import Node
from beffroi.text import _

SUFFIXES = (".kml", ".geojson", ".gpx", ".gpkg")
_MARKINGS = list(Marking)
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
    marking = max((node.info.marking, host.marking), key=lambda m: _MARKINGS.index(Marking(m)))
    mark = Watermark(
        title=str(host.fields.get("title", "")), workspace=node.info.workspace, mode=node.info.mode,
        marking=marking, exported_by=f"{who.person} ({who.account}, {who.post})",
        exported_at=node.clock.now(), query="", zone=node.info.zone,
    )  # fmt: skip
    part = path.with_name(f".{path.name}.part")
    try:
        write(part, mark, shapes)
        node.audit.record(
            who, "export", path.name, format=path.suffix.lower().lstrip("."), query="drawing",
            count=len(shapes), marking=marking,
        )  # fmt: skip
        part.replace(path)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le fichier {path} ne peut pas être écrit\u00a0: vérifiez le dossier et la place."
            ).format(path=path)
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
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
