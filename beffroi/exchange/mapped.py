"""What of the logbook a map shows, and under which marking such a map must go."""

from collections.abc import Iterable, Iterator, Sequence

from beffroi.layers.mercator import MercatorBox, inside_the_world
from beffroi.logbook.content import highest
from beffroi.logbook.entry import Entry, Lifecycle, Marking
from beffroi.logbook.sheet import Sheet
from beffroi.node import Node

_PAGE = 500
_HIGHEST = list(Marking)[-1]
_LOOKED_AT = 20_000
"""Entries whose marking is looked at; a map with more goes under the highest marking there is."""


def shown_rids(node: Node, box: MercatorBox) -> list[int]:
    """The row ids of the located entries inside a box of Web Mercator metres, newest first."""
    rids: list[int] = []
    for piece, _shift in inside_the_world(box):
        rids += (int(rid) for rid in node.points.in_box(piece, _EVERYTHING))
    return rids


_EVERYTHING = 1_000_000


def shown_entries(node: Node, rids: Sequence[int]) -> Iterator[Entry]:
    """These entries, page by page; void ones are left out."""
    for start in range(0, len(rids), _PAGE):
        for entry in node.logbook.entries(rids[start : start + _PAGE]):
            if entry.lifecycle is not Lifecycle.VOID:
                yield entry


def with_source(node: Node, calque: Sheet) -> list[Sheet]:
    """A calque, and the source that it shows where it shows one: both have their marking."""
    source = node.sheets.find(str(calque.fields.get("source") or ""))
    return [calque] if source is None else [calque, source]


def marking_of(node: Node, rids: Sequence[int], sheets: Iterable[Sheet]) -> str:
    """The highest marking of the profile, the entries, the calques, their sources and shapes."""
    if len(rids) > _LOOKED_AT:
        return _HIGHEST
    found: set[str] = {node.info.marking}
    calques = {sheet.uid: sheet for sheet in sheets}
    for sheet in calques.values():
        found.update(one.marking for one in with_source(node, sheet) if one.shared)
    found.update(
        shape.marking
        for shape in node.sheets.all("shape")
        if shape.shared and shape.fields.get("layer") in calques
    )
    for entry in shown_entries(node, rids):
        found.add(entry.content.marking)
        if _HIGHEST in found:
            break
    return highest(*found)
