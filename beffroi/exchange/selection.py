"""Which entries an export takes."""

from beffroi.errors import BeffroiError
from beffroi.logbook.query import parse
from beffroi.logbook.query.parse import Locate
from beffroi.node import Node


def selected(node: Node, query: str, locate: Locate | None = None) -> list[int]:
    """The row ids of the entries that answer `query`, oldest first; all of them when it is empty.

    Raises:
        BeffroiError: a part of the query is not understood: exporting more than was asked for
            would be worse than not exporting.
    """
    understood = parse(query, now=node.clock.now(), locate=locate, tags=node.taxonomy)
    if understood.problems:
        raise BeffroiError(" ".join(understood.problems))
    return [int(rid) for rid in sorted(node.search.rids(understood))]
