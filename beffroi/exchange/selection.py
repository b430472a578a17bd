"""Which entries an export takes."""

from beffroi.errors import BeffroiError
from beffroi.logbook.query import EVERYTHING, parse
from beffroi.logbook.query.parse import Locate
from beffroi.node import Node
from beffroi.text import _


def selected(node: Node, query: str, locate: Locate | None = None) -> list[int]:
    """The row ids of the entries that answer `query`, oldest first; all of them when it is empty.

    Raises:
        BeffroiError: a part of the query is not understood, or nothing of it: exporting more than
            was asked for would be worse than not exporting.
    """
    understood = parse(query, now=node.clock.now(), locate=locate, tags=node.taxonomy)
    if understood.problems:
        raise BeffroiError(" ".join(understood.problems))
    if query.strip() and understood == EVERYTHING:
        raise BeffroiError(
            _(
                "La recherche « {query} » ne demande rien : "
                "corrigez-la, ou laissez-la vide pour tout exporter."
            ).format(query=query.strip())
        )
    return [int(rid) for rid in sorted(node.search.rids(understood))]
