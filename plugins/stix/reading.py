"""Reads STIX objects: one record each, with its validity, its marking, and what it ties together."""

from typing import Any

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    Unreadable,
    flat,
    geometry,
    times,
)
from beffroi.plugin.words import N_, _
from plugins.stix.markings import Markings

Told = dict[str, Any]
_KINDS = {
    "attack-pattern": N_("mode opératoire"), "campaign": N_("campagne"),
    "course-of-action": N_("parade"), "grouping": N_("regroupement"), "identity": N_("identité"),
    "incident": N_("incident"), "indicator": N_("indicateur"), "infrastructure": N_("infrastructure"),
    "intrusion-set": N_("groupe d’attaque"), "location": N_("lieu"), "malware": N_("logiciel malveillant"),
    "malware-analysis": N_("analyse de logiciel"), "note": N_("note"),
    "observed-data": N_("observation"), "opinion": N_("avis"), "report": N_("rapport"),
    "threat-actor": N_("attaquant"), "tool": N_("outil"), "vulnerability": N_("vulnérabilité"),
    "relationship": N_("lien"), "sighting": N_("constat"), "marking-definition": N_("marquage"),
    "ipv4-addr": N_("adresse IPv4"), "ipv6-addr": N_("adresse IPv6"),
    "domain-name": N_("nom de domaine"), "url": N_("adresse web"), "file": N_("fichier"),
    "email-addr": N_("adresse électronique"), "email-message": N_("message électronique"),
}  # fmt: skip
_MOMENTS = ("valid_from", "first_observed", "modified", "created", "published", "first_seen")
_ENDS = ("valid_until", "last_observed")
_NAMES = ("name", "value", "subject", "display_name", "path", "key", "abstract", "pattern")
_LOOKED_AT = 20
_UNSHOWN = ("id", "object_marking_refs", "extensions", "granular_markings")


def recognise(sample: Sample) -> float:
    """How sure it is that these are STIX 2 objects."""
    try:
        return 0.95 if _objects(_beginning(sample.json)) is not None else 0.0
    except Unreadable:
        return 0.0


def _beginning(document: Any) -> Any:
    """The same document with its first objects only: a look is not a reading."""
    if isinstance(document, dict) and isinstance(document.get("objects"), list):
        return {**document, "objects": document["objects"][:_LOOKED_AT]}
    return document[:_LOOKED_AT] if isinstance(document, list) else document


def read(sample: Sample, options: Options) -> Reading:
    """One record per object, relations and markings too; revoked ones are ended.

    Raises:
        Unreadable: it is no STIX 2.
    """
    objects = _objects(sample.json)
    if objects is None:
        raise Unreadable(
            _("Aucun objet STIX 2 ici\u00a0: vérifiez l’adresse de la collection TAXII.")
        )
    book, markings = Book(), Markings(objects)
    names = {str(told["id"]): _name(told) for told in objects}
    return Reading(
        format="stix",
        records=[_record(told, markings, names, book) for told in objects],
        problems=book,
        encoding=sample.encoding,
        ended=[str(told["id"]) for told in objects if told.get("revoked") is True],
        snapshot=False,
        hints={"family": "interministerial", "id": "id", "title": "name", "refresh": "3600"},
    )


def _objects(document: Any) -> list[Told] | None:
    """The objects of a bundle, of a TAXII envelope, of a list, or the only one; None for others."""
    if isinstance(document, dict):
        listed = document.get("objects")
        if document.get("type") == "bundle" and listed is None:
            return []
        document = listed if isinstance(listed, list) and not _is_object(document) else [document]
    if not isinstance(document, list) or not document:
        return None
    found = [told for told in document if _is_object(told)]
    return found if len(found) * 2 > len(document) else None


def _is_object(told: Any) -> bool:
    if not isinstance(told, dict) or told.get("type") == "bundle":
        return False
    kind = told.get("type")
    return isinstance(kind, str) and str(told.get("id", "")).startswith(f"{kind}--")


def _record(told: Told, markings: Markings, names: dict[str, str], book: Book) -> Record:
    shown = {name: value for name, value in told.items() if name not in _UNSHOWN}
    fields = {
        "kind": _kind(told),
        "tlp": markings.tlp(told),
        "conditions": markings.statement(told),
        **shown,
    }
    return Record(
        id=str(told["id"]),
        geometry=_place(told, book),
        properties=flat(fields),
        title=_tied(told, names) or _name(told),
        time=_first(told, _MOMENTS),
        until=_first(told, _ENDS),
    )


def _first(told: Told, names: tuple[str, ...]) -> int | None:
    known = (times.instant(told.get(name), "UTC") for name in names)
    return next((moment for moment in known if moment is not None), None)


def _kind(told: Told) -> str:
    kind = str(told["type"])
    return _(_KINDS[kind]) if kind in _KINDS else kind


def _name(told: Told) -> str:
    names = (told[name] for name in _NAMES if isinstance(told.get(name), str) and told[name])
    return next(names, _kind(told))[:200]


def _tied(told: Told, names: dict[str, str]) -> str:
    """What a relation ties: “Poison Ivy C2 controls Poison Ivy”; names within the same document."""
    source, target = told.get("source_ref"), told.get("target_ref")
    if told["type"] != "relationship" or not source or not target:
        return ""
    ends = [names.get(str(ref)) or str(ref).partition("--")[0] for ref in (source, target)]
    return f"{ends[0]} {told.get('relationship_type', '→')} {ends[1]}"[:200]


def _place(told: Told, book: Book) -> Geometry | None:
    if told["type"] != "location" or told.get("latitude") is None or told.get("longitude") is None:
        return None
    try:
        return geometry.point(told["longitude"], told["latitude"])
    except Refused as refusal:
        book.note(str(told["id"]), refusal.why, lost=False)
        return None
