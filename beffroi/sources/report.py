"""The report of one reading: the document that programs read, the sentences that people do."""

from collections.abc import Iterator
from typing import Any

from beffroi.plugin import Problem, Record, times
from beffroi.sources.understood import Understood
from beffroi.sources.words import ROLES
from beffroi.text import _, ngettext

_SHOWN = 20


def document(found: Understood) -> dict[str, Any]:
    """What was understood, as design.md §4 says: GeoJSON features and one report."""
    return {
        "format": found.format,
        "features": {
            "type": "FeatureCollection",
            "features": [feature(record) for record in found.records],
        },
        "read": found.read,
        "skipped": found.skipped,
        "problems": [{"where": problem.where, "why": why(problem)} for problem in found.problems],
        "crs": found.crs,
        "encoding": found.encoding,
        "attribution": found.attribution,
    }


def feature(record: Record) -> dict[str, Any]:
    """A record as a GeoJSON feature; its title and times among its properties."""
    told: dict[str, Any] = {}
    if record.title:
        told["title"] = record.title
    for name, moment in (("time", record.time), ("until", record.until)):
        if moment is not None:
            told[name] = times.iso(moment)
    found = {"type": "Feature", "geometry": record.geometry, "properties": told | record.properties}
    return {**found, "id": record.id} if record.id else found


def why(problem: Problem) -> str:
    """The reason of a problem, with how often it was met."""
    if problem.count == 1:
        return problem.why
    return _("{why} ({n} fois)").format(why=problem.why, n=problem.count)


def sentences(found: Understood) -> Iterator[str]:
    """What was understood, for a person at a terminal."""
    yield _("Format\u00a0: {title} ({word})").format(title=found.format_title, word=found.format)
    yield _counts(found)
    if found.title:
        yield _("Titre\u00a0: {title}").format(title=found.title)
    if found.crs != "EPSG:4326":
        yield _("Système de coordonnées\u00a0: {crs}").format(crs=found.crs[:80])
    if found.encoding:
        yield _("Encodage\u00a0: {encoding}").format(encoding=found.encoding)
    if found.attribution:
        yield _("Source des données\u00a0: {words}").format(words=found.attribution)
    if found.box:
        yield _box(found.box)
    yield from _parts(found)
    yield from _problems(found)
    yield from _proposals(found)


def _counts(found: Understood) -> str:
    read = ngettext("{n} enregistrement lu", "{n} enregistrements lus", found.read)
    placed = ngettext("{n} situé", "{n} situés", found.located)
    words = [read.format(n=found.read), placed.format(n=found.located)]
    if found.skipped:
        left = ngettext("{n} laissé de côté", "{n} laissés de côté", found.skipped)
        words.append(left.format(n=found.skipped))
    return f"{', '.join(words)}."


def _box(box: tuple[float, float, float, float]) -> str:
    west, south, east, north = (f"{edge:.4f}".replace(".", ",") for edge in box)
    return _("Emprise\u00a0: longitude de {west} à {east}, latitude de {south} à {north}").format(
        west=west, south=south, east=east, north=north
    )


def _parts(found: Understood) -> Iterator[str]:
    if found.parts:
        yield _("Parties, à choisir avec --option\u00a0:")
    for part in found.parts[:_SHOWN]:
        count = "" if part.count is None else f" ({part.count})"
        title = f" – {part.title}" if part.title and part.title != part.value else ""
        yield f"  {part.option}={part.value}{title}{count}"
    if more := len(found.parts[_SHOWN:]):
        yield ngettext("  … et {n} autre", "  … et {n} autres", more).format(n=more)


def _problems(found: Understood) -> Iterator[str]:
    if found.problems:
        yield _("Remarques\u00a0:")
    for problem in found.problems[:_SHOWN]:
        yield f"  {problem.where} – {why(problem)}"
    if more := len(found.problems[_SHOWN:]):
        yield ngettext("  … et {n} autre", "  … et {n} autres", more).format(n=more)


def _proposals(found: Understood) -> Iterator[str]:
    known = [proposal for proposal in found.proposals if proposal.value]
    if known:
        yield _("Propositions\u00a0:")
    for proposal in known:
        role = _(ROLES[proposal.role]) if proposal.role in ROLES else proposal.role
        yield f"  {role} → {proposal.value} ({proposal.reason})"
