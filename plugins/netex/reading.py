"""Recognises and reads NeTEx, one document or an archive: its stops, or its lines."""

import re
from collections.abc import Iterator

from beffroi.plugin import Book, Options, Reading, Record, Sample, Unreadable, xml
from beffroi.plugin.record import Part
from beffroi.plugin.words import _
from plugins.netex.places import line_record, stop_record
from plugins.netex.walking import documents, elements

_NAMESPACE = "netex.org.uk"
_STOPS = frozenset(("StopPlace", "Quay"))
_POINTS = frozenset(("ScheduledStopPoint",))
_LINES = frozenset(("Line", "FlexibleLine"))
_PARTICIPANT = re.compile(rb"<(?:\w+:)?ParticipantRef>([^<]{1,80})<")
_SYSTEM = re.compile(rb"<(?:\w+:)?DefaultLocationSystem>([^<]{1,80})<")


def recognise(sample: Sample) -> float:
    """Sure of NeTEx's namespace, and of an archive whose first document has it."""
    if sample.kind == "xml":
        return 0.97 if _NAMESPACE in sample.root.namespace or _NAMESPACE in sample.head else 0.0
    if sample.kind != "zip":
        return 0.0
    names = sample.archive.ending(".xml")
    if not names or sample.archive.find("stops.txt"):
        return 0.0
    smallest = min(names, key=sample.archive.size)
    return 0.96 if _NAMESPACE in sample.member(smallest).head else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """Stop places and quays; scheduled points when there are none; lines when asked or alone.

    Raises:
        Unreadable: it lists neither stops nor lines.
    """
    book = Book()
    stops: dict[str, Record] = {}
    points: dict[str, Record] = {}
    lines: dict[str, Record] = {}
    owner = ""
    for _name, data in documents(sample):
        owner = owner or _said(_PARTICIPANT, data)
        for record, into in _walked(data, (stops, points, lines), book):
            there = into.get(record.id)
            if there is None or (there.geometry is None and record.geometry is not None):
                into[record.id] = record
    stops = stops or points
    wanted = str(options.get("layer", "")) or ("stops" if stops else "lines")
    records = list((lines if wanted == "lines" else stops).values())
    if not records:
        raise Unreadable(
            _("Ce document NeTEx ne contient ni arrêt ni ligne : demandez l’offre complète.")
        )
    return Reading(
        format="netex",
        records=records,
        problems=book,
        encoding="utf-8" if sample.kind == "zip" else sample.encoding,
        title=owner,
        parts=[
            Part(option="layer", value="stops", title=_("Arrêts"), count=len(stops)),
            Part(option="layer", value="lines", title=_("Lignes"), count=len(lines)),
        ],
        hints={"family": "operator", "refresh": "86400"},
    )


def _walked(
    data: bytes, into: tuple[dict[str, Record], dict[str, Record], dict[str, Record]], book: Book
) -> Iterator[tuple[Record, dict[str, Record]]]:
    stops, points, lines = into
    system = _said(_SYSTEM, data)
    for element in elements(data, _STOPS | _POINTS | _LINES):
        kind = xml.local(element.tag)
        if kind in _LINES:
            yield line_record(element), lines
        else:
            yield (
                stop_record(element, _around(element), system, book),
                (stops if kind in _STOPS else points),
            )


def _around(element: xml.Element) -> str:
    """The stop place that a nested quay lies in."""
    for above in element.iterancestors():
        if xml.local(above.tag) == "StopPlace":
            return above.get("id") or ""
    return ""


def _said(pattern: re.Pattern[bytes], data: bytes) -> str:
    found = pattern.search(data, 0, 1 << 16)
    return found[1].decode("utf-8", "replace").strip() if found else ""
