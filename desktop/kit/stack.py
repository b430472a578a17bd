"""Which layers are shown, in what order, how transparent, which are locked: this post's own choice.

Shared or private, shipped or drawn, all layers of the map lie in this one stack, bottom to top.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal

ENTRIES = "entries"
LABELS = "labels"
_KEY = "map/layers"
_REMEMBERED = 3_000
"""Layers whose choice is kept, even when they are not there now."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How one layer is shown.  What is locked cannot be pointed at, drawn on or moved."""

    visible: bool
    opacity: float = 1.0
    locked: bool = False


class Stack(QObject):
    """The order (bottom to top) and the state of every layer; tells when it changes."""

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._usual: dict[str, bool] = {LABELS: True, ENTRIES: True}
        self._chosen: dict[str, Shown] = {}
        self._wanted: list[str] = []
        self.order: list[str] = [LABELS, ENTRIES]
        self._restore()

    def know(self, layers: Sequence[tuple[str, bool]], *, bottom: bool = False) -> None:
        """Layers that there are, bottom to top, and whether each is usually shown.

        New ones go above all layers but the entries, or right at the bottom.
        """
        new = [layer for layer, _visible in layers if layer not in self._usual]
        self._usual |= dict(layers)
        if new:
            at = 0 if bottom else self.order.index(ENTRIES)
            self.order[at:at] = new
            self._settle()
            self.changed.emit()

    def lose(self, layers: Sequence[str]) -> None:
        """Layers that there are no longer; how they were shown is remembered."""
        gone = {layer for layer in layers if layer in self._usual} - {LABELS, ENTRIES}
        if gone:
            self.order = [layer for layer in self.order if layer not in gone]
            for layer in gone:
                del self._usual[layer]
            self.changed.emit()

    def __contains__(self, layer: str) -> bool:
        return layer in self._usual

    def __getitem__(self, layer: str) -> Shown:
        return self._chosen.get(layer) or Shown(visible=self._usual.get(layer, True))

    def show(self, layer: str, visible: bool) -> None:
        """Show or hide a layer."""
        self._set({layer: replace(self[layer], visible=visible)})

    def show_all(self, layers: Sequence[str], visible: bool) -> None:
        """Show or hide several layers at once."""
        self._set({layer: replace(self[layer], visible=visible) for layer in layers})

    def fade(self, layer: str, opacity: float) -> None:
        """Make a layer more or less transparent."""
        self._set({layer: replace(self[layer], opacity=round(opacity, 2))})

    def lock(self, layer: str, locked: bool) -> None:
        """Keep a layer from being pointed at, drawn on or moved."""
        self._set({layer: replace(self[layer], locked=locked)})

    def arrange(self, order: list[str]) -> None:
        """Draw the layers in this order, bottom to top."""
        if order != self.order and sorted(order) == sorted(self.order):
            self.order = order
            self._keep()

    def reset(self) -> None:
        """Everything as delivered; what people brought keeps its place under the entries."""
        self._settings.remove(_KEY)
        self._wanted.clear()
        self._chosen.clear()
        self.order = [layer for layer in self._usual if layer not in (LABELS, ENTRIES)]
        self.order += [LABELS, ENTRIES]
        self._keep()

    def rank(self, layer: str) -> int:
        """The place of a layer in the order, 0 at the bottom."""
        return self.order.index(layer)

    def z(self, layer: str) -> float:
        """Its height in the page: below the names while it is below the entries, above else."""
        rank, entries = self.rank(layer), self.rank(ENTRIES)
        return 200.0 + rank if rank >= entries else 100 + 75 * rank / len(self.order)

    def for_page(self) -> dict[str, Any]:
        """The argument of the page's `stack` command: by layer, how it is shown."""
        return {
            layer: {**asdict(self[layer]), "rank": rank, "z": self.z(layer)}
            for rank, layer in enumerate(self.order)
        }

    def _set(self, wanted: dict[str, Shown]) -> None:
        new = {layer: shown for layer, shown in wanted.items() if shown != self[layer]}
        if new:
            self._chosen |= new
            self._keep()

    def _keep(self) -> None:
        self._wanted = [*self.order, *(k for k in self._wanted if k not in self._usual)]
        self._wanted = self._wanted[:_REMEMBERED]
        kept = list(self._chosen.items())[-_REMEMBERED:]
        state = {"order": self._wanted, "shown": {k: asdict(v) for k, v in kept}}
        self._settings.setValue(_KEY, json.dumps(state))
        self.changed.emit()

    def _restore(self) -> None:
        try:
            state = json.loads(str(self._settings.value(_KEY, "")))
            self._chosen = {
                str(k): Shown(bool(v["visible"]), float(v["opacity"]), bool(v.get("locked")))
                for k, v in state["shown"].items()
            }
            self._wanted = [str(layer) for layer in state["order"]]
        except (ValueError, KeyError, TypeError, AttributeError):
            self._chosen, self._wanted = {}, []
        self._settle()

    def _settle(self) -> None:
        """Put each layer whose place was chosen at that place, the others where they were met."""
        place = {layer: at for at, layer in enumerate(self._wanted)}
        chosen = sorted((x for x in self.order if x in place), key=lambda x: place[x])
        self.order = [chosen.pop(0) if layer in place else layer for layer in self.order]
