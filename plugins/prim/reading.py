"""Reads disruptions of PRIM: `disruptions_bulk`, its extracts, Navitia's reports, lists of lines.

Hours are those of Paris, written `AAAAMMJJTHHMMSS` without a zone.  A disruption has no shape.
"""

from collections.abc import Iterator

from beffroi.plugin import Book, Options, Reading, Record, Sample, Unreadable, flat, times, tree
from beffroi.plugin.words import _
from plugins.prim.disruptions import disruption_record, lines_by_disruption

_PERIODS = ("applicationPeriods", "application_periods")
_AROUND = ("exceptions", "feed_publishers", "line_reports", "lines", "links", "notes")
_LINE_FIELDS = ("commercial_mode", "physical_modes", "network", "opening_time", "closing_time")


def recognise(sample: Sample) -> float:
    """Sure of disruptions with their periods; of lines of Île-de-France, nearly so."""
    if sample.kind != "json":
        return 0.0
    document = sample.json
    if not isinstance(document, dict):
        return 0.0
    if isinstance(document.get("disruptions"), list):
        first = tree.at(document, "disruptions")
        known = any(tree.at(first, name) is not None for name in _PERIODS)
        if document["disruptions"]:
            return 0.95 if known else 0.3
        return 0.9 if _lists_lines(document) else 0.95 * (not _other_lists(document))
    return 0.9 if _lists_lines(document) else 0.0


def _lists_lines(document: dict[str, object]) -> bool:
    """Whether its lines are told for themselves, not for the disruptions that they suffer."""
    return any(tree.at(line, f) for line in _lines(document)[:1] for f in _LINE_FIELDS)


def _other_lists(document: dict[str, object]) -> bool:
    """Whether Navitia answers something else (stops, departures), that nothing disrupts."""
    return any(isinstance(v, list) and v and k not in _AROUND for k, v in document.items())


def read(sample: Sample, options: Options) -> Reading:
    """One record per disruption, or per line when the document lists lines only.

    Raises:
        Unreadable: it is empty (an interrupted snapshot), or lists neither.
    """
    if sample.kind == "empty":
        raise Unreadable(_("Cet instantané PRIM est vide : attendez le suivant."))
    document = sample.json
    if not isinstance(document, dict) or not ({"disruptions", "lines"} & document.keys()):
        raise Unreadable(
            _("Ce document PRIM ne contient ni perturbation ni ligne : vérifiez l’adresse.")
        )
    zone = tree.text(document, "context", "timezone") or "Europe/Paris"
    book = Book()
    told = document.get("disruptions") or not _lists_lines(document)
    records = _disruptions(document, book, zone) if told else _of_lines(document)
    return Reading(
        format="prim",
        records=records,
        problems=book,
        encoding=sample.encoding,
        attribution="Île-de-France Mobilités – PRIM",
        title=_("Perturbations en Île-de-France"),
        hints={"family": "operator", "licence": "ODbL", "refresh": "120"},
    )


def _disruptions(document: dict[str, object], book: Book, zone: str) -> Iterator[Record]:
    touched = lines_by_disruption(document)
    said = times.instant(tree.text(document, "lastUpdatedDate"), "UTC")
    for n, item in enumerate(tree.every(document, "disruptions"), 1):
        if isinstance(item, dict):
            yield disruption_record(item, n, touched, zone, said)
        else:
            book.note(_("perturbation {n}").format(n=n), _("perturbation mal formée"))


def _lines(document: dict[str, object]) -> list[object]:
    return [line for line in tree.every(document, "lines") if isinstance(line, dict)]


def _of_lines(document: dict[str, object]) -> Iterator[Record]:
    for line in _lines(document):
        mode = tree.text(line, "commercial_mode", "name") or tree.text(line, "mode")
        name = tree.text(line, "code") or tree.text(line, "name")
        kept = {k: v for k, v in line.items() if k != "links"} if isinstance(line, dict) else {}
        yield Record(
            id=tree.text(line, "id"),
            properties=flat(kept),
            title=" ".join(word for word in (mode, name) if word),
        )
