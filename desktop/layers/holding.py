"""Holds what calques show: observations of a source, or entries that answer a search."""

import itertools
from functools import partial
from typing import Any

import msgspec

from beffroi.exchange.selection import selected
from beffroi.layers.held import Held, Recipe
from beffroi.layers.held_entries import HeldEntries
from beffroi.layers.ramps import SEQUENCES, mixed
from beffroi.node import Node
from desktop.layers.calques import Kept

Holds = Held | HeldEntries
DRAWN = ("source", "query")
"""Kinds of calques that are drawn from what is held here."""
_HEAT = 256


class Holding:
    """One thing held by calque; made anew when its recipe changes."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._held: dict[str, Holds] = {}
        self._births = itertools.count(1)

    def get(self, uid: str) -> Holds | None:
        """What is held of a calque now."""
        return self._held.get(uid)

    def __contains__(self, uid: str) -> bool:
        return uid in self._held

    def keep_only(self, uids: "set[str]") -> None:
        """Let go of what other calques held."""
        self._held = {uid: held for uid, held in self._held.items() if uid in uids}

    def hold(self, kept: Kept) -> Holds | None:
        """What a calque shows; None when it is of another kind."""
        calque = kept.calque
        if calque.kind not in DRAWN or not (calque.source or calque.kind == "query"):
            return None
        recipe, held = recipe_of(kept), self._held.get(kept.uid)
        if held is None or held.recipe != recipe:
            held = self._held[kept.uid] = self._made(recipe, kept)
        return held

    def _made(self, recipe: Recipe, kept: Kept) -> Holds:
        node, born = self._node, next(self._births) * 100_000
        if kept.calque.kind == "query":
            chosen = partial(selected, node, kept.calque.query)
            return HeldEntries(node.points, recipe, chosen, born)
        return Held(node.observations, recipe, born)


def recipe_of(kept: Kept) -> Recipe:
    """What the columns of a calque are made by."""
    calque = kept.calque
    return Recipe(
        source=calque.source or f"?{calque.query}", style=calque.style.sorting(),
        where=calque.filter, rids=calque.rids, validity_s=calque.validity_s,
    )  # fmt: skip


def spec(kept: Kept) -> dict[str, Any]:
    """A calque as the page is told of it."""
    calque = kept.calque
    style = calque.style
    told: dict[str, Any] = {
        "id": kept.uid,
        "recipe": f"{hash(recipe_of(kept)):x}",
        "style": {
            "mode": style.mode, "scale": style.scale, "radius": style.radius,
            "apart_zoom": style.apart_zoom,
            "labels": msgspec.to_builtins(style.labels) if style.labels else None,
        },
        "looks": msgspec.to_builtins(style.looks()),
        "min_zoom": calque.min_zoom,
        "max_zoom": calque.max_zoom,
        "recent_s": calque.recent_s,
        "attribution": calque.attribution,
    }  # fmt: skip
    if style.mode == "heat":
        told["heat"] = _heat(style.ramp)
    return told


def _heat(ramp: str) -> list[int]:
    anchors = SEQUENCES.get(ramp, SEQUENCES["heat"])
    shades = (mixed(anchors, step / (_HEAT - 1)) for step in range(_HEAT))
    return [int(shade[at : at + 2], 16) for shade in shades for at in (1, 3, 5)]
