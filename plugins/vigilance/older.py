"""The Vigilance map as XML (NXFR33, 2007-2022): one record per `DV`, hours of Paris."""

from collections.abc import Iterator

from beffroi.plugin import Record, flat, times, tree, xml
from plugins.vigilance.forecast import title_of
from plugins.vigilance.words import colour, phenomenon, place, severity

_ZONE = "Europe/Paris"


def records_of(root: xml.Element) -> Iterator[Record]:
    """One record per département or coast and colour, the highest colour first under its name."""
    header = next(iter(xml.every(root, "EV")), None)
    told = dict(header.attrib) if header is not None else {}
    since, until = (times.instant(told.get(name, ""), _ZONE) for name in ("daterun", "dateprevue"))
    comment = " ".join(e.get("texte", "") for e in xml.every(root, "VCOMMENTAIRE")).strip()
    seen: dict[str, int] = {}
    for entry in sorted(xml.every(root, "DV"), key=lambda e: e.get("coul", ""), reverse=True):
        domain = (entry.get("dep") or "").strip()
        seen[domain] = seen.get(domain, 0) + 1
        yield _record(entry, domain, seen[domain], comment, since, until)


def _record(
    entry: xml.Element, domain: str, nth: int, comment: str, since: int | None, until: int | None
) -> Record:
    departement, where, coast = place(domain)
    number = tree.number(entry.get("coul") or "")
    phenomena = [
        phenomenon(tree.number(risk.get("val") or "")) for risk in xml.named(entry, "risque")
    ]
    phenomena = [name for name in phenomena if name]
    said = colour(number)
    told: dict[str, object] = {
        "departement": departement,
        "place": where,
        "colour": said,
        "severity": severity(number),
        "severity_said": said,
        "phenomenon": ", ".join(phenomena),
        "domain_id": domain,
    }
    told |= {"coast": True} if coast else {}
    if number is not None and number >= 3:
        told["comment"] = comment
    return Record(
        id=domain if nth == 1 else f"{domain}#{nth}",
        properties=flat(told),
        title=title_of(where, said, phenomena),
        time=since,
        until=until,
    )
