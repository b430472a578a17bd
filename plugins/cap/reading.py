"""Reads CAP messages, alone, in a list, in a SOAP envelope or inside an Atom feed's contents; in JSON too."""

from collections.abc import Iterator

from beffroi.plugin import Book, Options, Reading, Record, Sample, Unreadable, tree, xml
from beffroi.plugin.words import _
from plugins.cap.alerts import Alert, alert_of, records_of

_NAMESPACES = ("urn:oasis:names:tc:emergency:cap:", "http://www.incident.com/cap/")


def recognise(sample: Sample) -> float:
    """Sure of an `alert` of one of CAP's namespaces; less so of one that forgot it."""
    if sample.kind == "json":
        return 0.9 if '"msgType"' in sample.text and _in_json(sample.json) else 0.0
    if sample.kind != "xml":
        return 0.0
    root = sample.root
    ours = any(namespace in sample.head for namespace in _NAMESPACES)
    if root.local == "alert":
        return 0.97 if ours else 0.75 * ("<identifier>" in sample.head)
    if root.local in ("alerts", "Envelope"):
        return 0.9 if ours else 0.0
    return 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per piece of information (`info`) of each alert.

    Raises:
        Unreadable: there is no alert in it.
    """
    nodes = _in_json(sample.json) if sample.kind == "json" else _in_xml(sample.xml_recovered)
    alerts = [alert_of(node) for node in nodes]
    alerts = [alert for alert in alerts if alert.identifier or alert.infos]
    if not alerts:
        raise Unreadable(_("Ce document CAP ne contient aucune alerte : vérifiez l’adresse."))
    book = Book()
    return Reading(
        format="cap",
        records=_records(alerts, book, sample.zone),
        problems=book,
        encoding=sample.encoding,
        title=tree.text(alerts[0].tree, "source") or tree.text(alerts[0].tree, "sender"),
        ended=list(dict.fromkeys(uid for alert in alerts for uid in alert.ended())),
        snapshot=False,
        hints={"title": "headline", "severity": "severity"},
    )


def _in_xml(root: xml.Element) -> list[object]:
    nodes = [root] if tree.local(root.tag) == "alert" else xml.every(root, "alert")
    return [tree.grown(node) for node in nodes]


def _in_json(document: object) -> list[object]:
    """The alerts of a document that is one, lists some, or holds them under `alert` or `alerts`."""
    listed = document if isinstance(document, list) else [document]
    found = [
        alert
        for item in listed
        for alert in (*tree.every(item, "alert"), *tree.every(item, "alerts"), item)
        if isinstance(alert, dict)
    ]
    return [alert for alert in found if {"identifier", "sender", "msgType"} <= alert.keys()]


def _records(alerts: list[Alert], book: Book, zone: str) -> Iterator[Record]:
    for alert in alerts:
        for missing in _missing(alert):
            book.note(
                alert.identifier or _("alerte"),
                _("champ obligatoire absent : {name}").format(name=missing),
                lost=False,
            )
        yield from records_of(alert, book, zone)


def _missing(alert: Alert) -> list[str]:
    """What the standard requires and the alert does not say (CAP 1.2, 3.2.1 and 3.2.2)."""
    said = [n for n in ("sender", "sent", "status", "msgType", "scope") if tree.text(alert.tree, n)]
    lacking = [n for n in ("sender", "sent", "status", "msgType", "scope") if n not in said]
    for group in alert.infos:
        for name in ("category", "event", "urgency", "severity", "certainty"):
            if not tree.text(group[0], name) and name not in lacking:
                lacking.append(name)
    if alert.kind in ("update", "cancel") and not tree.text(alert.tree, "references"):
        lacking.append("references")
    return lacking
