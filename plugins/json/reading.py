"""Reads any JSON: one record per object of the list chosen, or of the longest one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import shapely

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    Scalar,
    Unreadable,
    flat,
    printable,
)
from beffroi.plugin.crs import WGS84, named, reprojection
from beffroi.plugin.geometry import checked, point, shaped
from beffroi.plugin.placing import placed
from beffroi.plugin.record import Part
from beffroi.plugin.whereabouts import Whereabouts, found_in
from beffroi.plugin.words import _
from plugins.json import tabular
from plugins.json.drawn import drawn, without_shape
from plugins.json.paths import Found, at, candidates, is_empty, tells_about

_SHOWN = 10
_ERRORS = {"code", "detail", "error", "errors", "message", "path", "status", "timestamp"}
"""The fields of a document that holds an error and nothing else."""


def recognise(sample: Sample) -> float:
    """How sure it is: hardly, since any other format of JSON knows better."""
    if sample.kind == "jsonl":
        return 0.25
    document = sample.json
    known = isinstance(document, dict | list) and (candidates(document) or tabular.rows(document))
    return 0.25 if known else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """Options: `records` (path of the list), `lon`, `lat`, `geometry`, `latlon` (fields), `crs`.

    Raises:
        Unreadable: it is the error of a service, or the path leads nowhere.
    """
    book = Book()
    lines = [value for _n, value in sample.json_lines(book)] if sample.kind == "jsonl" else None
    document = tabular.rows(sample.json) or sample.json if lines is None else lines
    _refuse_error(document)
    known = candidates(document)
    path = str(options.get("records") or "")
    found = at(document, path) if path or not known else known[0]
    if not found.path and is_empty(document):
        found = Found("", [], [])
    if not path:
        _say_other_lists(known, found, book)
    records, crs, hints = _records(found, options, book)
    return Reading(
        format="json",
        records=records,
        problems=book,
        crs=crs,
        encoding=sample.encoding,
        parts=[Part(option="records", value=one.path, count=len(one.records))
               for one in known[:_SHOWN] if one.path] if len(known) > 1 else [],
        hints=hints,
    )  # fmt: skip


def _say_other_lists(known: Sequence[Found], read: Found, book: Book) -> None:
    """What is listed elsewhere in the document, and is no description of it, is read on its own."""
    why = _("autre liste d’enregistrements, à lire à part (option records)")
    for one in known:
        if one.path and one is not read and len(one.records) > 1 and not tells_about(one.path):
            book.note(one.path[:80], why, lost=False)


def _refuse_error(document: Any) -> None:
    """Say what the service complains of, when the document says nothing else."""
    if not isinstance(document, Mapping) or not _ERRORS.issuperset(document):
        return
    told = document.get("error") or document.get("errors")
    if not told:
        return
    first = told[0] if isinstance(told, list) else told
    fields = flat(first) if isinstance(first, Mapping) else {}
    said = next((fields[name] for name in ("message", "detail", "title") if name in fields), None)
    words = said or document.get("message") or (first if isinstance(first, str) else "")
    raise Unreadable(
        _(
            "Le service répond par une erreur («\u202f{words}\u202f»)\u00a0: vérifiez l’adresse et la clé d’accès."
        ).format(words=printable(str(words or next(iter(fields.values()), "?")))[:200])
    )


def _records(
    found: Found, options: Options, book: Book
) -> tuple[list[Record], str, dict[str, str]]:
    drawings = [drawn(record) for record in found.records]
    told = [flat(without_shape(record)) for record in found.records]
    crs = named(str(options.get("crs") or WGS84))
    shapes = list(_own_shapes(drawings, crs, book))
    hints: dict[str, str] = {}
    bare = [row for row, drawing in enumerate(drawings) if drawing is None]
    if bare:
        points, system, hints = _from_fields([told[row] for row in bare], bare, options, book)
        for row, point in zip(bare, points, strict=True):
            shapes[row] = point
        if len(bare) == len(drawings):
            crs = system
        else:
            hints = {}
    names = found.names or [""] * len(told)
    records = [
        Record(id=name, geometry=shape or _centre(properties), properties=properties)
        for name, shape, properties in zip(names, shapes, told, strict=True)
    ]
    return records, crs, hints


def _own_shapes(drawings: Sequence[Any], crs: str, book: Book) -> Iterator[Geometry | None]:
    move = reprojection(crs)
    for number, shape in enumerate(drawings, 1):
        try:
            yield checked(move(shaped(shape)) if move else shape) if shape else None
        except Refused as refusal:
            book.note(_("enregistrement n° {n}").format(n=number), refusal.why, lost=False)
            yield None


def _from_fields(
    told: Sequence[Mapping[str, Scalar]], rows: Sequence[int], options: Options, book: Book
) -> tuple[list[Geometry | None], str, dict[str, str]]:
    """Places from the fields whose names say so, as in a table."""
    keys = dict.fromkeys(name for properties in told for name in properties)
    fields = {name: [properties.get(name) for properties in told] for name in keys}
    where: Whereabouts = found_in(fields, options)
    shapes = where.shapes(fields, [row + 1 for row in rows], book)
    wkb, crs = placed(shapes, str(options.get("crs") or where.crs), _("enregistrements"), book)
    geometries = [
        None if shape is None else msgspec.json.decode(shapely.to_geojson(shapely.from_wkb(shape)))
        for shape in wkb
    ]
    return geometries, crs, where.hints


def _centre(properties: Mapping[str, Scalar]) -> Geometry | None:
    """The centre that is told of what was not drawn, as Overpass does (`out center`)."""
    lon, lat = properties.get("center.lon"), properties.get("center.lat")
    if lon is None or lat is None:
        return None
    try:
        return point(lon, lat)
    except Refused:
        return None
