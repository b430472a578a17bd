"""Reads a sample by the plugin that knows it; in this very process (see `guard` for strangers' bytes)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from beffroi.errors import BeffroiError
from beffroi.plugin import Book, Format, Options, Reading, Record, Sample, Unreadable
from beffroi.plugin.columns import Columns
from beffroi.plugin.limits import MAX_RECORDS
from beffroi.plugin.record import Part
from beffroi.plugin.sample import DAMAGED
from beffroi.sources import archives
from beffroi.sources.doubts import swapped
from beffroi.sources.manifests import Manifest
from beffroi.sources.recognising import Candidate, candidates
from beffroi.sources.registry import module_of, reader_of
from beffroi.text import _

_log = logging.getLogger(__name__)
_PIECES = {".shx", ".prj", ".cpg", ".qpj", ".qix", ".sbn", ".sbx"}
_CERTAIN = 0.9
"""Who is as sure as that has the last word: its refusal is the answer."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """A whole reading: the records as a list (or columns), the problems complete, and who read it."""

    plugin: str
    reading: Reading
    records: list[Record] | Columns


def read(sample: Sample, format: str = "", options: Options | None = None) -> Read:  # noqa: A002
    """All that is understood of a sample, by the plugin named or the surest one.

    Raises:
        BeffroiError: nobody knows the format, or nothing can be read; says why and what to do.
    """
    chosen = str((options or {}).get(archives.OPTION) or "")
    if chosen and sample.kind == "zip":
        return read(archives.member(sample, chosen), format, options)
    if format:
        manifest = reader_of(format)
        return _read_by(manifest, _unzipped(sample, manifest), options or {})
    first: BeffroiError | None = None
    for candidate in candidates(sample):
        try:
            return _read_by(candidate.manifest, sample, options or {})
        except Unreadable as error:
            first = first or error
            if candidate.certainty >= _CERTAIN:
                break
    if first is None and (inside := _inside(sample, options)):
        return inside
    raise first or unknown(sample)


def _unzipped(sample: Sample, manifest: Manifest) -> Sample:
    """The file of an archive that a format without archives may read, or the sample as it is."""
    if sample.kind != "zip" or "zip" in manifest.kinds:
        return sample
    inner = (_unzipped(sample.member(name), manifest) for name in archives.members(sample))
    return next((one for one in inner if one.kind in manifest.kinds), sample)


def _inside(sample: Sample, options: Options | None) -> Read | None:
    """The reading of the first file of an archive that is known; the others are said as parts."""
    known = [
        inner for name in archives.members(sample)
        if candidates(inner := sample.member(name)) or inner.kind == "zip"
    ]  # fmt: skip
    for inner in known:
        try:
            found = read(inner, "", options)
        except Unreadable:
            if len(known) == 1:
                raise
            continue
        if len(known) == 1:
            return found
        parts = [Part(option=archives.OPTION, value=other.name) for other in known]
        book = Book()
        for other in known:
            if other is not inner:
                why = _("autre fichier de l’archive, à lire à part (option member)")
                book.note(other.name[:80], why, lost=False)
        problems = (*found.reading.problems, *book.problems)
        return replace(found, reading=replace(found.reading, parts=parts, problems=problems))
    return None


def unknown(sample: Sample) -> Unreadable:
    """The refusal of what no plugin takes for its own."""
    if sample.kind == "empty":
        return Unreadable(_("Ce contenu est vide\u00a0: vérifiez le fichier ou l’adresse."))
    if sample.kind == "html":
        return Unreadable(
            _(
                "Cette adresse donne une page web, pas des données\u00a0: cherchez son lien de téléchargement."
            )
        )
    if sample.suffix in _PIECES:
        return Unreadable(
            _(
                "Ce fichier n’est qu’un morceau de shapefile\u00a0: déposez le .shp, ou mieux le .zip entier."
            )
        )
    if malformed := _malformed(sample):
        return malformed
    if sample.kind == "json":
        return Unreadable(
            _(
                "Ce JSON ne contient aucun enregistrement\u00a0: donnez l’adresse ou le fichier d’une liste."
            )
        )
    if sample.kind == "zip":
        return Unreadable(
            _(
                "Cette archive ne contient aucun format reconnu\u00a0: déposez le fichier qui est dedans."
            )
        )
    return Unreadable(
        _(
            "Format non reconnu\u00a0: choisissez-le dans la liste, ou convertissez en CSV ou en GeoJSON."
        )
    )


def _malformed(sample: Sample) -> Unreadable | None:
    """What is badly formed says so better than « unknown »."""
    try:
        match sample.kind:
            case "xml":
                _root = sample.xml
            case "json":
                _document = sample.json
            case "zip":
                _members = sample.archive
            case _:
                pass
    except Unreadable as error:
        return error
    return None


def _read_by(manifest: Manifest, sample: Sample, options: Options) -> Read:
    plugin = cast(Format, module_of(manifest))
    try:
        reading = plugin.read(sample, options)
        book = Book()
        given = reading.records
        records = given if isinstance(given, Columns) else list(_bounded(reading, book))
    except (BeffroiError, MemoryError):
        raise
    except Exception as error:
        _log.warning(
            "%s failed on a sample of %d bytes", manifest.id, len(sample.data), exc_info=True
        )
        raise Unreadable(
            _(
                "Ce contenu ({format}) est abîmé ou incomplet\u00a0: demandez-le de nouveau à sa source."
            ).format(format=manifest.title)
        ) from error
    if sample.notes.get(DAMAGED):
        book.note(_("document"), _("document mal formé, lu en partie"), lost=False)
    doubt = swapped(records)
    if doubt:
        book.note(_("tout le contenu"), doubt, len(records), lost=False)
    whole = replace(reading, records=records, problems=(*reading.problems, *book.problems))
    return Read(plugin=manifest.id, reading=whole, records=records)


def _bounded(reading: Reading, book: Book) -> Iterator[Record]:
    for number, record in enumerate(reading.records, 1):
        if number > MAX_RECORDS:
            book.note(
                _("enregistrement n° {n}").format(n=number),
                _("au-delà de la limite de 500\u202f000 enregistrements"),
            )
            return
        yield record


__all__ = ["Candidate", "Read", "read", "unknown"]
