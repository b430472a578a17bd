"""The names that a calque writes beside its things, for one view."""

import numpy as np

from beffroi.layers.classing import said
from beffroi.layers.held import Held
from beffroi.layers.mercator import MercatorBox, inside_the_world, metres, to_degrees
from beffroi.layers.style import Style
from beffroi.observations import Observations

MOST = 250
LONGEST = 60
Name = tuple[float, float, str, float]
"""Where (metres), the words, how far below the place they stand (CSS pixels)."""


def names(observations: Observations, style: Style, held: Held, box: MercatorBox) -> list[Name]:
    """At most `MOST` names in a view, the newest things first."""
    if style.labels is None:
        return []
    found: list[Name] = []
    for piece, shift in inside_the_world(box):
        west, south, east, north = to_degrees(piece)
        columns = observations.columns(
            held.recipe.source, [style.labels.field], where=held.recipe.where,
            box=(west, south, east, north), middles=True,
        )  # fmt: skip
        shown = held.shown(columns.rid)
        x, y = metres(columns.lon, columns.lat)
        values = columns.values[style.labels.field]
        for at in np.flatnonzero(shown)[::-1][: MOST - len(found)]:
            words = said(values[at])[:LONGEST]
            if words:
                below = style.size + style.labels.size * 0.75
                found.append((float(x[at]) + shift, float(y[at]), words, below))
    return found
