"""« À dessiner »: entries that lie somewhere, or could, and that no shape draws yet."""

from collections.abc import Collection

from beffroi.logbook.entry import Entry, Lifecycle, Qualification
from beffroi.logbook.query import Query
from beffroi.logbook.search import Search

MOST = 100
"""Entries shown at once; more come as these are drawn."""
LOOKED_AT = 400
"""How far back one looks, in entries."""
_OPEN = (Lifecycle.PUBLISHED, Lifecycle.CORRECTED)
_LOST = frozenset({Qualification.REFUTED, Qualification.DUPLICATE})


def to_draw(
    search: Search, drawn: Collection[str], *, min_gravity: int = 0, limit: int = MOST
) -> list[Entry]:
    """The newest entries to be drawn: with a position, or a place by name; neither void nor refuted.

    Those below `min_gravity` are left out.  `drawn` are the uids of entries that a shape draws, or that somebody set aside.
    """
    recent = search.first(Query(lifecycle=_OPEN, min_gravity=min_gravity), LOOKED_AT)
    return [entry for entry in recent if _drawable(entry) and entry.uid not in drawn][:limit]


def _drawable(entry: Entry) -> bool:
    content = entry.content
    located = content.lon is not None and content.lat is not None
    return (located or bool(content.place)) and entry.qualification not in _LOST
