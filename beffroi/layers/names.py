"""The names that a calque writes beside its things, for one view."""

from collections.abc import Callable, Sequence

import numpy as np

from beffroi.layers.classing import said
from beffroi.layers.held import Held
from beffroi.layers.held_entries import HeldEntries
from beffroi.layers.mercator import MercatorBox, inside_the_world, metres, to_degrees
from beffroi.layers.style import Style
from beffroi.logbook.entry import Entry
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


def entry_names(
    read: Callable[[Sequence[int]], Sequence[Entry]],
    style: Style,
    held: HeldEntries,
    box: MercatorBox,
) -> list[Name]:
    """As `names`, of a calque of entries: the first words of each."""
    if style.labels is None:
        return []
    rids, x, y = held.within(box, MOST)
    words = {entry.rid: _first_words(entry.content.text) for entry in read(rids.tolist())}
    below = style.size + style.labels.size * 0.75
    return [
        (float(east), float(north), words[rid], below)
        for rid, east, north in zip(rids.tolist(), x, y, strict=True)
        if words.get(rid)
    ]


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - 1].rpartition(' ')[0] or line[: LONGEST - 1]}…"
