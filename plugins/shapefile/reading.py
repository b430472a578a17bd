"""Reads shapefiles: from a ZIP file, from a folder with their companions, or what there is of them."""

import tempfile
from pathlib import Path, PurePosixPath

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable
from beffroi.plugin.columns import Columns
from beffroi.plugin.record import Part
from beffroi.plugin.vectors import layers, read_layer, together
from beffroi.plugin.words import _
from plugins.shapefile.dbf import encoding_of, is_dbf

MAGIC = b"\x00\x00\x27\x0a"
_COMPANIONS = (".shx", ".dbf", ".prj", ".cpg")
_TABLE = "table"


def recognise(sample: Sample) -> float:
    """How sure it is: a `.shp`, a table, or an archive that holds a `.shp`."""
    if sample.kind == "zip":
        return 0.9 if sample.archive.ending(".shp") else 0.0
    if sample.content.startswith(MAGIC):
        return 0.0 if sample.suffix == ".shx" else 0.95
    return 0.7 if is_dbf(sample.content) else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """All shapefiles of an archive, or that of option `layer`; options `crs` and `encoding`."""
    book = Book()
    files = _in_archive(sample) if sample.kind == "zip" else {_stem(sample): _beside(sample)}
    chosen = _chosen(files, str(options.get("layer") or ""))
    read_parts: list[tuple[str, Columns]] = []
    systems: list[str] = []
    encodings: list[str] = []
    for name, members in chosen.items():
        columns, system, encoding = _read_one(name, members, options, book)
        read_parts.append((name, columns))
        systems.append(system)
        encodings.append(encoding)
    return Reading(
        format="shapefile",
        records=together(read_parts),
        problems=book,
        crs=", ".join(dict.fromkeys(systems)),
        encoding=", ".join(dict.fromkeys(encodings)),
        title=next(iter(chosen)) if len(chosen) == 1 else "",
        parts=[Part(option="layer", value=name) for name in files] if len(files) > 1 else [],
    )


Members = dict[str, bytes]
"""The files of one shapefile by their extensions."""


def _read_one(
    name: str, members: Members, options: Options, book: Book
) -> tuple[Columns, str, str]:
    table = members.get(".dbf", b"")
    encoding = str(options.get("encoding") or "") or encoding_of(
        table, members.get(".cpg", b"").decode("ascii", "ignore")
    )
    if not table:
        book.note(
            name, _("attributs (.dbf) absents\u00a0: déposez le shapefile en .zip"), lost=False
        )
    with tempfile.TemporaryDirectory(prefix="beffroi-shp-") as folder:
        for suffix, data in members.items():
            Path(folder, _TABLE + suffix).write_bytes(data)
        main = Path(folder, _TABLE + (".shp" if ".shp" in members else ".dbf"))
        layer = layers(main)[0]._replace(name=_TABLE)
        columns, system = read_layer(
            main, layer, book, crs=str(options.get("crs") or ""), encoding=encoding
        )
    return columns, system, encoding


def _in_archive(sample: Sample) -> dict[str, Members]:
    names = {name.lower(): name for name in sample.archive.names}
    found: dict[str, Members] = {}
    for main in sample.archive.ending(".shp"):
        stem = main[:-4]
        wanted = {suffix: names.get((stem + suffix).lower()) for suffix in (".shp", *_COMPANIONS)}
        found[PurePosixPath(stem).name] = {
            suffix: sample.archive.read(name) for suffix, name in wanted.items() if name
        }
    if not found:
        raise Unreadable(_("Cette archive ne contient aucun shapefile (.shp)\u00a0: vérifiez-la."))
    return found


def _beside(sample: Sample) -> Members:
    """The file itself, and its companions where it comes from a folder."""
    suffix = ".shp" if sample.content.startswith(MAGIC) else ".dbf"
    if suffix == ".dbf" and not is_dbf(sample.content):
        raise Unreadable(_("Ce fichier n’est pas un shapefile\u00a0: choisissez un autre format."))
    members = {suffix: sample.content}
    for other in _COMPANIONS if sample.path else ():
        for companion in (other, other.upper()):
            file = sample.path.with_suffix(companion) if sample.path else Path()
            if other not in members and file.is_file():
                members[other] = file.read_bytes()
    return members


def _stem(sample: Sample) -> str:
    return PurePosixPath(sample.name).stem or _TABLE


def _chosen(files: dict[str, Members], name: str) -> dict[str, Members]:
    if not name:
        return files
    if name not in files:
        raise Unreadable(
            _(
                "Ce fichier n’a pas de couche «\u202f{name}\u202f»\u00a0: choisissez parmi {names}."
            ).format(name=name[:60], names=", ".join(list(files)[:10]))
        )
    return {name: files[name]}
