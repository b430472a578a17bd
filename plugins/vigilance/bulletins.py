"""The texts of Vigilance (product `TextesVigilance`): one record per bulletin of a domain."""

from collections.abc import Iterator

from beffroi.plugin import Record, flat, times, tree
from plugins.vigilance.words import place


def records_of(product: object) -> Iterator[Record]:
    """The bulletins of each domain, their parts one under the other."""
    since = times.instant(tree.text(product, "update_time"), "UTC")
    for block in tree.every(product, "text_bloc_items"):
        domain = tree.text(block, "domain_id")
        departement, where, _coast = place(domain)
        title = tree.text(block, "bloc_title")
        words = list(
            dict.fromkeys(tree.text(text) for text in tree.deep(block, "text", "bold_text"))
        )
        yield Record(
            id=f"{tree.text(block, 'type_code') or 'texte'}:{domain}:{tree.text(block, 'bloc_id')}",
            properties=flat(
                {
                    "departement": departement,
                    "place": tree.text(block, "domain_name") or where,
                    "text": "\n".join(word for word in words if word),
                    "risk": ", ".join(
                        dict.fromkeys(tree.text(risk) for risk in tree.deep(block, "risk_name"))
                    ),
                }
            ),
            title=" – ".join(w for w in (title, tree.text(block, "domain_name") or where) if w),
            time=since,
        )
