"""Reads an EDXL-DE envelope: the alerts and messages in it, or the envelope itself."""

from collections.abc import Iterator

from beffroi.plugin import Book, Options, Reading, Record, Sample, Scalar, Unreadable, tree, xml
from beffroi.plugin.words import _
from plugins.cap.alerts import alert_of, records_of
from plugins.edxl import others
from plugins.edxl.envelope import Envelope
from plugins.hub_sante import messages

_ROOTS = frozenset(("edxldistribution",))
_NAMESPACE = "urn:oasis:names:tc:emergency:EDXL:DE:"


def recognise(sample: Sample) -> float:
    """Sure of the root `EDXLDistribution`, or of a JSON document with its obligatory fields."""
    if sample.kind == "xml":
        if sample.root.local.lower() in _ROOTS:
            return 0.98
        if others.is_one(sample.root):
            return 0.95
        return 0.9 if sample.root.local == "Envelope" and _NAMESPACE in sample.head else 0.0
    if sample.kind != "json":
        return 0.0
    inner = _in_json(sample)
    marks = ("distributionID", "distributionStatus", "distributionKind", "descriptor", "content")
    return 0.97 if sum(mark in inner for mark in marks) >= 3 else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """Alerts and messages, each as its own plugin gives it, with the envelope's own fields.

    Raises:
        Unreadable: there is no envelope.
    """
    if sample.kind == "xml" and others.is_one(sample.root):
        return _other(sample)
    envelopes = [Envelope(node) for node in _envelopes(sample)]
    if not envelopes:
        raise Unreadable(_("Ce document ne contient pas d’enveloppe EDXL-DE : vérifiez l’adresse."))
    book = Book()
    records = [r for envelope in envelopes for r in _records(envelope, book, sample.zone)]
    alerts = [alert_of(a) for e in envelopes for a in tree.deep(e.tree, "alert")]
    return Reading(
        format="edxl",
        records=records,
        problems=book,
        encoding=sample.encoding,
        title=tree.text(envelopes[0].tree, "senderID"),
        ended=[
            *(uid for envelope in envelopes for uid in envelope.ended()),
            *(uid for alert in alerts for uid in alert.ended()),
        ],
        snapshot=False,
        hints={"family": "operator"},
    )


def _other(sample: Sample) -> Reading:
    book = Book()
    return Reading(
        format="edxl",
        records=list(others.records_of(sample.xml_recovered, book, sample.zone)),
        problems=book,
        encoding=sample.encoding,
        title=tree.local(sample.root.local),
        hints={"family": "operator"},
    )


def _records(envelope: Envelope, book: Book, zone: str) -> Iterator[Record]:
    """The records of what is inside; the envelope's own when nothing inside could be read."""
    envelope.check(book)
    fields = envelope.fields()
    read_any = False
    for content in envelope.contents():
        for record in _inside(content, book, zone, envelope.uid):
            read_any = True
            yield _enveloped(record, envelope, fields)
    if not read_any:
        yield envelope.record(book, zone)


def _enveloped(record: Record, envelope: Envelope, fields: dict[str, Scalar]) -> Record:
    title = record.title
    if envelope.exercise and not title.startswith(_("EXERCICE")):
        title = _("EXERCICE – {title}").format(title=title)
    room = dict(list(fields.items())[: max(0, 100 - len(record.properties))])
    return Record(
        id=record.id,
        geometry=record.geometry,
        properties=record.properties | room,
        title=title,
        time=record.time,
        until=record.until,
    )


def _inside(content: object, book: Book, zone: str, where: str) -> Iterator[Record]:
    for alert in tree.every(content, "alert"):
        yield from records_of(alert_of(alert), book, zone)
    for message in tree.every(content, "message"):
        messages.check_header(message, book, where or _("message"))
        yield from messages.records_of(message, book, zone)
    yield from messages.records_of(content, book, zone)


def _envelopes(sample: Sample) -> list[object]:
    if sample.kind == "json":
        inner = _in_json(sample)
        return [inner] if inner else []
    return [
        tree.grown(element)
        for element in sample.xml_recovered.iter()
        if xml.local(element.tag).lower() in _ROOTS
    ]


def _in_json(sample: Sample) -> dict[str, object]:
    document = sample.json
    inner = document.get("edxl", document) if isinstance(document, dict) else {}
    return inner if isinstance(inner, dict) else {}
