"""Recognises and reads DATEX II and CIFS: one record per situation, order, sign or measuring site."""

from collections.abc import Callable, Iterator

from beffroi.plugin import Book, Options, Reading, Record, Sample, Unreadable, tree, xml
from beffroi.plugin.words import _
from plugins.datex2 import regulations, signs, situations

Reader = Callable[[object, int, Book, str], Record]
_ROOTS = frozenset(("d2LogicalModel", "messageContainer", "payload", "payloadPublication"))
_HEAD = 65_536
_PARTS: dict[str, Reader] = {
    "trafficRegulationOrder": regulations.order_record,
    "vmsUnit": signs.unit_record,
    "siteMeasurements": signs.measures_record,
    "vmsControllerStatus": signs.unit_record,
    "measurementSiteRecord": signs.site_record,
    "measurementSite": signs.site_record,
    "vmsUnitRecord": signs.site_record,
    "predefinedLocation": signs.site_record,
    "parkingRecord": signs.site_record,
    "parkingRecordStatus": signs.parking_record,
}


def recognise(sample: Sample) -> float:
    """Sure of the namespaces and roots of DATEX II; of `incidents` with lines, of CIFS."""
    head = sample.content[:_HEAD]
    if sample.kind == "xml":
        if b"datex2.eu/schema" in head and b"<Siri" not in head:
            return 0.96
        if sample.root.local in _ROOTS:
            return 0.7 if sample.root.local != "payload" else 0.4
        return 0.95 if sample.root.local == "incidents" and b"<incident" in head else 0.0
    if sample.kind != "json":
        return 0.0
    if b"situationRecord" in head or b"PublicationG" in head or b'"modelBaseVersionG"' in head:
        return 0.95
    return 0.9 if b'"incidents"' in head and b'"polyline"' in head else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per situation; what is over by its life cycle is told apart.

    Raises:
        Unreadable: no publication of a known kind is in it.
    """
    book = Book()
    whole, parts = _parts(sample)
    situated = [node for name, node in parts if name == "situation"]
    over = [
        uid for node in situated if situations.ended(node) and (uid := situations.identity(node))
    ]
    orders = [node for name, node in parts if name == "trafficRegulationOrder"]
    over += [
        uid for node in orders if regulations.is_over(node) and (uid := tree.text(node, "@id"))
    ]
    published = next((tree.text(t) for t in tree.deep(whole, "publicationTime")), "")
    if not parts and not published:
        raise Unreadable(
            _("Ce document DATEX II ne contient aucune publication reconnue : vérifiez l’adresse.")
        )
    return Reading(
        format="datex2",
        records=_records(parts, book, sample.zone),
        problems=book,
        encoding=sample.encoding,
        title=_creator(whole),
        ended=over,
        snapshot=_tells_all(whole),
        hints={"family": "operator", "refresh": "360"},
    )


def _parts(sample: Sample) -> tuple[object, list[tuple[str, object]]]:
    """The head of the publication, and the named elements that become records."""
    if sample.kind == "json":
        document = sample.json
        found = [("situation", node) for node in tree.deep(document, "situation")]
        found += [(name, node) for name in _PARTS for node in tree.deep(document, name)]
        return document, found or [("incident", n) for n in tree.every(document, "incidents")]
    root = sample.xml_recovered
    wanted = {"situation", "incident", *_PARTS}
    elements = [(name, e) for e in root.iter() if (name := tree.local(e.tag)) in wanted]
    return _header(root), [(name, tree.grown(e)) for name, e in elements]


def _header(root: xml.Element) -> object:
    """What the publication says of itself."""
    wanted = (
        "publicationTime",
        "publicationCreator",
        "supplierIdentification",
        "nationalIdentifier",
        "updateMethod",
    )
    found: dict[str, object] = {}
    for element in root.iter():
        name = tree.local(element.tag)
        if name in wanted and name not in found:
            found[name] = tree.grown(element)
    return found


def _records(parts: list[tuple[str, object]], book: Book, zone: str) -> Iterator[Record]:
    for n, (name, node) in enumerate(parts, 1):
        if name == "situation":
            yield situations.record_of(node, situations.identity(node) or str(n), book, zone)
        elif name == "incident":
            yield regulations.incident_record(node, n, book, zone)
        else:
            yield _PARTS[name](node, n, book, zone)


def _creator(whole: object) -> str:
    return next((tree.text(n) for n in tree.deep(whole, "nationalIdentifier")), "")


def _tells_all(whole: object) -> bool:
    """Whether what is not in the publication is over; updates tell of what changed only."""
    methods = (tree.text(method) for method in tree.deep(whole, "updateMethod"))
    return not any("ElementUpdate" in method for method in methods)
