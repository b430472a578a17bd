"""Which layers are shown, in what order and how transparent: this post's own choice, kept here."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal

from beffroi.layers.catalogue import LayerSpec, catalogue, commune_files

ENTRIES = "entries"
LABELS = "labels"
_KEY = "map/layers"


@dataclass(frozen=True, slots=True)
class Shown:
    """How one layer is shown."""

    visible: bool
    opacity: float = 1.0


class LayerState(QObject):
    """The order (bottom to top) and the state of every layer; tells when it changes."""

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.specs = {spec.id: spec for spec in catalogue()}
        self.order = [*self.specs, LABELS, ENTRIES]
        self._shown = {spec.id: Shown(visible=spec.visible) for spec in self.specs.values()}
        self._shown |= {LABELS: Shown(visible=True), ENTRIES: Shown(visible=True)}
        self._restore()

    def __getitem__(self, layer: str) -> Shown:
        return self._shown[layer]

    def show(self, layer: str, visible: bool) -> None:
        """Show or hide a layer."""
        self._set(layer, replace(self._shown[layer], visible=visible))

    def fade(self, layer: str, opacity: float) -> None:
        """Make a layer more or less transparent."""
        self._set(layer, replace(self._shown[layer], opacity=round(opacity, 2)))

    def arrange(self, order: list[str]) -> None:
        """Draw the layers in this order, bottom to top."""
        if order != self.order and sorted(order) == sorted(self.order):
            self.order = order
            self._keep()

    def reset(self) -> None:
        """Everything as delivered."""
        self._settings.remove(_KEY)
        self.order = [*self.specs, LABELS, ENTRIES]
        for layer in self.order:
            visible = self.specs[layer].visible if layer in self.specs else True
            self._shown[layer] = Shown(visible=visible)
        self._keep()

    def _set(self, layer: str, shown: Shown) -> None:
        if shown != self._shown[layer]:
            self._shown[layer] = shown
            self._keep()

    def _keep(self) -> None:
        state = {"order": self.order, "shown": {k: asdict(v) for k, v in self._shown.items()}}
        self._settings.setValue(_KEY, json.dumps(state))
        self.changed.emit()

    def _restore(self) -> None:
        try:
            state = json.loads(str(self._settings.value(_KEY, "")))
            kept = {
                k: Shown(bool(v["visible"]), float(v["opacity"])) for k, v in state["shown"].items()
            }
            order = [layer for layer in state["order"] if layer in self._shown]
        except (ValueError, KeyError, TypeError):
            return
        self._shown |= {k: v for k, v in kept.items() if k in self._shown}
        fresh = [layer for layer in self.order if layer not in order]
        self.order = [*fresh, *order]

    def for_page(self) -> list[dict[str, Any]]:
        """The argument of the page's `layers` command."""
        return [
            _drawn(self.specs[layer], self._shown[layer], rank)
            for rank, layer in enumerate(self.order)
            if layer in self.specs
        ]

    def rank(self, layer: str) -> int:
        """The place of a layer in the order, 0 at the bottom."""
        return self.order.index(layer)


def _drawn(spec: LayerSpec, shown: Shown, rank: int) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "id": spec.id,
        "kind": spec.kind,
        "file": spec.file,
        "far": spec.far,
        "min_zoom": spec.min_zoom,
        "style": spec.style,
        "attribution": spec.attribution,
        "visible": shown.visible,
        "opacity": shown.opacity,
        "rank": rank,
    }
    if spec.kind == "communes":
        drawn["files"] = [{"file": part.file, "box": part.box} for part in commune_files()]
    return drawn
