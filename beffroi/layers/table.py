"""The table of a calque: which rows in which order, and what stands in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from beffroi.observations import Observation, Observations, Order, Where
from beffroi.plugin import Scalar
from beffroi.text import N_

Rids = NDArray[np.int64]
OWN_COLUMNS = {
    "@title": N_("Titre"), "@time": N_("Observé"), "@until": N_("Valable jusqu’au"),
    "@seen": N_("Reçu"), "@id": N_("Identifiant"),
}  # fmt: skip
"""Columns that every source has; the first ones stand on the left."""
MOMENTS = frozenset({"@time", "@until", "@seen"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a table shows: a source, the conditions of its calque and of the reader, an order.

    `only` keeps it to these rows (a selection); None shows all.
    """

    source: str
    where: tuple[Where, ...] = ()
    text: str = ""
    order: Order = field(default_factory=Order)
    only: tuple[int, ...] | None = None


def rows(observations: Observations, asked: Asked) -> Rids:
    """The rids of the table, in its order."""
    return observations.order_of(
        asked.source, order=asked.order, where=asked.where, text=asked.text, rids=asked.only
    )


def names(observations: Observations, source: str) -> list[str]:
    """The columns: the title, the moments, the fields of the source, the identity."""
    own = list(OWN_COLUMNS)
    return [*own[:2], *observations.field_names(source), *own[2:]]


def cell(found: Observation, column: str) -> Scalar:
    """What stands in a cell."""
    match column:
        case "@title":
            return found.title
        case "@time":
            return found.time
        case "@until":
            return found.until
        case "@seen":
            return found.seen
        case "@id":
            return "" if found.id.startswith("#") else found.id
        case _:
            return found.properties.get(column)


def page(observations: Observations, rids: Sequence[int]) -> dict[int, Observation]:
    """The observations of some rows, those that are still there."""
    return {found.rid: found for found in observations.many(rids)}
