"""Recognises and reads the deliveries of SIRI: one record per element of a service."""

from collections.abc import Callable, Iterator

from beffroi.plugin import Book, Options, Reading, Record, Sample, Unreadable, tree
from beffroi.plugin.html import plain
from beffroi.plugin.words import _
from plugins.siri import journeys, situations
from plugins.siri.stops import facility_record, line_record, stop_record

Reader = Callable[[object, int, Book, str], Record]
_NAMESPACE = b"siri.org.uk"
_HEAD = 65_536
_ELEMENTS: dict[str, Reader] = {
    "PtSituationElement": situations.situation_record,
    "RoadSituationElement": situations.situation_record,
    "EstimatedVehicleJourney": journeys.journey_record,
    "MonitoredStopVisit": journeys.visit_record,
    "VehicleActivity": journeys.vehicle_record,
    "GeneralMessage": situations.message_record,
    "InfoMessage": situations.message_record,
    "FacilityCondition": facility_record,
    "AnnotatedStopPointRef": stop_record,
    "AnnotatedLineRef": line_record,
}
_CANCELLATIONS = {
    "GeneralMessageCancellation": ("InfoMessageIdentifier",),
    "MonitoredStopVisitCancellation": ("ItemRef", "ItemIdentifier"),
    "VehicleActivityCancellation": ("VehicleMonitoringRef", "ItemRef"),
}
_WANTED = frozenset((*_ELEMENTS, *_CANCELLATIONS))


def recognise(sample: Sample) -> float:
    """Sure of the namespace of SIRI, of its root, and of its JSON."""
    head = sample.content[:_HEAD]
    if sample.kind == "xml":
        root = sample.root
        if root.local == "Siri" or "siri.org.uk" in root.namespace:
            return 0.97
        return 0.96 if _NAMESPACE in head else 0.6 * (root.local in _ELEMENTS)
    if sample.kind != "json" or (b"ServiceDelivery" not in head and b'"Siri"' not in head):
        return 0.0
    return 0.96


def read(sample: Sample, options: Options) -> Reading:
    """Situations, journeys, visits, vehicles and messages of a delivery.

    Raises:
        Unreadable: the service answers with an error, or it is no delivery.
    """
    parts, header = _parts(sample)
    if not parts:
        _refuse(header)
    book = Book()
    closed = [
        situations.identity(node)
        for name, node in parts
        if name.endswith("SituationElement") and situations.is_over(node)
    ]
    return Reading(
        format="siri",
        records=_records(parts, book, sample.zone),
        problems=book,
        encoding=sample.encoding,
        title=next((tree.text(p) for p in tree.deep(header, "ProducerRef")), ""),
        ended=[uid for uid in (*closed, *_cancelled(parts)) if uid],
        snapshot=not any(tree.deep(header, "SubscriptionRef")),
        hints={"family": "operator", "refresh": "60"},
    )


def _records(parts: list[tuple[str, object]], book: Book, zone: str) -> Iterator[Record]:
    known = [(name, node) for name, node in parts if name in _ELEMENTS]
    for n, (name, node) in enumerate(known, 1):
        yield _ELEMENTS[name](node, n, book, zone)


def _cancelled(parts: list[tuple[str, object]]) -> Iterator[str]:
    for name, node in parts:
        for field in _CANCELLATIONS.get(name, ()):
            if uid := tree.text(node, field):
                yield uid
                break


def _parts(sample: Sample) -> tuple[list[tuple[str, object]], object]:
    """The elements of all services, in order, and what the delivery says of itself."""
    if sample.kind == "json":
        document = sample.json
        found = [(name, node) for name in _WANTED for node in tree.deep(document, name)]
        return found, document
    root = sample.xml_recovered
    elements = [(name, e) for e in root.iter() if (name := tree.local(e.tag)) in _WANTED]
    wanted = ("ProducerRef", "SubscriptionRef", "ErrorCondition", "Fault", "ServiceDelivery")
    header: dict[str, object] = {}
    for element in root.iter():
        name = tree.local(element.tag)
        if name in wanted and name not in header:
            header[name] = True if name == "ServiceDelivery" else tree.grown(element)
    return [(name, tree.grown(element)) for name, element in elements], header


def _refuse(header: object) -> None:
    """Say what the service complains of; an answer without anything new is no error."""
    for name in ("ErrorText", "Description", "faultstring", "Text"):
        for node in tree.deep(header, name):
            if words := plain(tree.text(node)):
                raise Unreadable(
                    _(
                        "Le service SIRI répond par une erreur ({words}) : vérifiez la demande."
                    ).format(words=words[:200])
                )
    if not any(tree.deep(header, "ProducerRef", "ServiceDelivery", "ResponseTimestamp")):
        raise Unreadable(_("Ce document SIRI ne contient aucune réponse : vérifiez l’adresse."))
