"""The rest of the EDXL family: HAVE (hospitals), RM (resource messages), SitRep."""

from collections.abc import Iterator

from beffroi.plugin import Book, Geometry, Record, Refused, flat, gml, times, tree, xml
from beffroi.plugin.words import _

_LISTED = frozenset(("Hospital", "hospital", "Facility", "facility"))
_IDS = ("MessageID", "messageID", "OrganizationID", "organizationID", "FacilityID", "facilityID")
_TITLES = (
    "OrganizationName", "organizationName", "FacilityName", "facilityName", "incidentName",
    "IncidentName", "MessageDescription", "messageDescription", "MessageContentType", "reportTitle",
)  # fmt: skip
_MOMENTS = ("LastUpdateTime", "lastUpdateTime", "SentDateTime", "sentDateTime", "dateTimeSent",
            "messageDateTime")  # fmt: skip


def is_one(root: xml.Root) -> bool:
    """Whether a document is of the family, by its namespace (DE is read elsewhere)."""
    space = root.namespace.lower()
    return "emergency:edxl:" in space and ":edxl:de" not in space


def records_of(root: xml.Element, book: Book, zone: str) -> Iterator[Record]:
    """One record per hospital of HAVE; the whole message as one otherwise."""
    listed = [element for element in root.iter() if tree.local(element.tag) in _LISTED]
    for n, element in enumerate(listed or [root], 1):
        node = tree.grown(element)
        uid = _first(node, _IDS) or str(n)
        said = _first(node, _MOMENTS) or tree.text(node, "preparedBy", "time")
        yield Record(
            id=uid,
            geometry=_place(element, book, uid),
            properties=flat(node if isinstance(node, dict) else {}),
            title=_first(node, _TITLES) or _("Message {kind}").format(kind=tree.local(root.tag)),
            time=times.instant(said, zone),
        )


def _first(node: object, names: tuple[str, ...]) -> str:
    return next((words for found in tree.deep(node, *names) if (words := tree.text(found))), "")


def _place(element: xml.Element, book: Book, where: str) -> Geometry | None:
    """The first shape in GML, latitude first as the OASIS profile writes it."""
    named = any(inner.get("srsName") for inner in element.iter())
    try:
        return gml.first(element, latitude_first=None if named else True)
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None
