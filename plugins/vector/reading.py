"""Reads vector files that need no care of their own, through GDAL."""

import tempfile
from pathlib import Path, PurePosixPath

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable
from beffroi.plugin.record import Part
from beffroi.plugin.vectors import layers, read_layer, together
from beffroi.plugin.words import _

_FLATGEOBUF = b"fgb\x03"
_SUFFIXES = {
    "topojson": ".topojson",
    "esrijson": ".json",
    "flatgeobuf": ".fgb",
    "dxf": ".dxf",
    "mapinfo": ".mif",
}
_MAPINFO = (".tab", ".mif")
_FILE = "source"


def recognise(sample: Sample) -> float:
    """How sure it is: each of these formats begins in its own way."""
    return 0.95 if _word(sample) else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """All layers, or that of option `layer`; option `crs` overrules what the file says."""
    word = _word(sample)
    if not word:
        raise Unreadable(
            _("Ce fichier n’est pas d’un format SIG connu\u00a0: convertissez-le en GeoPackage.")
        )
    book = Book()
    with tempfile.TemporaryDirectory(prefix="beffroi-sig-") as folder:
        main = _laid_out(sample, word, Path(folder))
        known = layers(main)
        name = str(options.get("layer") or "")
        chosen = [layer for layer in known if not name or layer.name == name]
        if not chosen:
            raise Unreadable(
                _(
                    "Ce fichier n’a pas de couche «\u202f{name}\u202f»\u00a0: choisissez-en une autre."
                ).format(name=name[:60])
            )
        crs = str(options.get("crs") or "")
        read_layers = [(layer.name, *read_layer(main, layer, book, crs=crs)) for layer in chosen]
    return Reading(
        format=word,
        records=together([(name, columns) for name, columns, _system in read_layers]),
        problems=book,
        crs=", ".join(dict.fromkeys(system for _name, _columns, system in read_layers)),
        title=chosen[0].name if len(chosen) == 1 and chosen[0].name != _FILE else "",
        parts=[Part(option="layer", value=layer.name, count=layer.total) for layer in known]
        if len(known) > 1
        else [],
    )


def _word(sample: Sample) -> str:
    """Which of the formats it is, or nothing."""
    match sample.kind:
        case "json":
            document = sample.json
            return _json_word(document) if isinstance(document, dict) else ""
        case "binary":
            return "flatgeobuf" if sample.content.startswith(_FLATGEOBUF) else ""
        case "text":
            words = sample.head.split()[:2]
            if words == ["0", "SECTION"] or sample.head.startswith("999"):
                return "dxf" if "SECTION" in sample.head else ""
            return (
                "mapinfo" if words[:1] == ["Version"] and "Columns" in sample.text[:20_000] else ""
            )
        case "zip":
            return "mapinfo" if sample.archive.ending(*_MAPINFO) else ""
        case _:
            return ""


def _json_word(document: dict[str, object]) -> str:
    """TopoJSON says so; ESRI JSON (ArcGIS servers) has a kind of geometry and a list of features."""
    if document.get("type") == "Topology" and isinstance(document.get("objects"), dict):
        return "topojson"
    esri = str(document.get("geometryType", "")).startswith("esriGeometry")
    return "esrijson" if esri and isinstance(document.get("features"), list) else ""


def _laid_out(sample: Sample, word: str, folder: Path) -> Path:
    """The file as GDAL wants it, with its companions when it comes in an archive."""
    if sample.kind != "zip":
        main = folder / (_FILE + _SUFFIXES[word])
        main.write_bytes(sample.content)
        return main
    first = sample.archive.ending(*_MAPINFO)[0]
    stem = str(PurePosixPath(first).with_suffix("")).lower()
    for name in sample.archive.names:
        path = PurePosixPath(name)
        if str(path.with_suffix("")).lower() == stem:
            (folder / (_FILE + path.suffix.lower())).write_bytes(sample.archive.read(name))
    return folder / (_FILE + PurePosixPath(first).suffix.lower())
