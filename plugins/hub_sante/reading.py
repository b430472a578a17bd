"""Recognises and reads messages of the Hub Santé and EMSI, in JSON or XML, without an envelope.

Those in an EDXL-DE envelope are read by the `edxl` plugin, which asks this one.
"""

from beffroi.plugin import Book, Options, Reading, Sample, Unreadable, tree
from beffroi.plugin.words import _
from plugins.hub_sante import emsi, messages, technical
from plugins.hub_sante.cases import EMSI

_NAMESPACES = ("urn:emergency:eda:", "urn:emergency:cisu:", "urn:emergency:")


def recognise(sample: Sample) -> float:
    """Sure of a body of the hub in its namespace, or of a JSON document that holds nothing else."""
    if sample.kind == "xml":
        if not sample.root.namespace.startswith(_NAMESPACES):
            return 0.8 if sample.root.local.lower() == EMSI else 0.0
        return 0.97
    if sample.kind != "json":
        return 0.0
    document = sample.json
    if not isinstance(document, dict):
        return 0.0
    if technical.is_one(document):
        return 0.8
    named = messages.bodies(document) or messages.bodies(_message(sample))
    return 0.95 if named and len(document) <= 2 else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """Cases, means and positions of one message.

    Raises:
        Unreadable: no body of the hub is in it.
    """
    message = _message(sample)
    bodies = messages.bodies(message)
    if not bodies:
        raise Unreadable(
            _("Ce message du Hub Santé n’a pas de contenu reconnu : vérifiez sa version.")
        )
    book = Book()
    if "messageId" in message or len(bodies) > 1:
        messages.check_header(message, book, tree.text(message, "messageId") or _("message"))
    records = list(messages.records_of(message, book, sample.zone))
    return Reading(
        format=EMSI if bodies[0][0] == EMSI else "hub-sante",
        records=records,
        problems=book,
        encoding=sample.encoding,
        title=_("Hub Santé"),
        ended=[uid for name, body in bodies if name == EMSI for uid in emsi.ended(body)],
        snapshot=False,
        hints={"family": "operator"},
    )


def _message(sample: Sample) -> dict[str, object]:
    """The message as a dictionary of its bodies by name."""
    if sample.kind == "xml":
        root = sample.xml_recovered
        grown = tree.grown(root)
        name = tree.local(root.tag)
        if name == "message" and isinstance(grown, dict):
            return grown
        return {EMSI if name.lower() == EMSI else name: grown}
    document = sample.json
    if not isinstance(document, dict):
        return {}
    if technical.is_one(document):
        return {
            "technicalNoreq" if "requiredStringField" not in document else "technical": document
        }
    inner = document.get("message")
    told = inner if isinstance(inner, dict) else document
    return {EMSI if name.lower() == EMSI else name: body for name, body in told.items()}
