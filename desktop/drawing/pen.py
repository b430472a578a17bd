"""The pen in one's hand: the tool, and the look of what it will draw; remembered between days."""

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal

from beffroi.layers.drawing import symbols
from beffroi.layers.shapes import Kind, Shape, Size
from desktop.drawing.wire import positions

_KEY = "drawing/pen"
_RECENT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the next shape will look."""

    colour: str = ""
    size: Size = "m"
    planned: bool = False
    fill: float = 0.15


class Pen(QObject):
    """The tool and its look; `changed` when any of it does."""

    changed = Signal()
    dressed = Signal(object)
    """The part of the look (dict) that was just chosen."""

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.kind: Kind | None = None
        self.symbol = ""
        self.keep = False
        self.entry = ""
        self.label = ""
        self.look = Look()
        self.recent: list[str] = []
        self.favourites: list[str] = []
        self._restore()

    def take(
        self, kind: Kind | None, *, symbol: str = "", entry: str = "", label: str = ""
    ) -> None:
        """Take a tool in hand, None to put it away; an `entry` is what the shape will draw."""
        self.kind, self.entry, self.label = kind, entry, label
        self.symbol = symbol if kind == "symbol" else ""
        if self.symbol:
            self.recent = [symbol, *(key for key in self.recent if key != symbol)][:_RECENT]
            self._save()
        self.changed.emit()

    def dress(self, **look: Any) -> None:
        """Change the look of what will be drawn."""
        before, self.look = self.look, replace(self.look, **look)
        if before != self.look:
            self._save()
            self.changed.emit()
            self.dressed.emit(look)

    def set_keep(self, keep: bool) -> None:
        """Keep the tool in hand after a shape."""
        self.keep = keep
        self._save()
        self.changed.emit()

    def favour(self, key: str, on: bool) -> None:
        """Put a symbol among one's favourites, or take it away."""
        others = [known for known in self.favourites if known != key]
        self.favourites = [*others, key] if on else others
        self._save()
        self.changed.emit()

    @property
    def colour(self) -> str:
        """The colour in force: the symbol's own family, else the chosen one."""
        known = symbols.find(self.symbol) if self.symbol else None
        if known is not None and known.set == "sitac":
            return ""
        return self.look.colour

    def shape(self, layer: str, said: dict[str, Any]) -> Shape:
        """The shape that the page has drawn with this pen."""
        return Shape(
            layer=layer,
            kind=said["kind"],
            points=positions(said["points"]),
            radius_m=round(float(said.get("radius_m") or 0), 2),
            from_deg=round(float(said.get("from_deg") or 0), 3),
            to_deg=round(float(said.get("to_deg") or 0), 3),
            symbol=self.symbol,
            entry=self.entry,
            label=self.label,
            colour=self.colour,
            size=self.look.size,
            planned=self.look.planned,
            fill=self.look.fill,
        )

    def _save(self) -> None:
        state = {**asdict(self.look), "keep": self.keep}
        kept = {"look": state, "recent": self.recent, "favourites": self.favourites}
        self._settings.setValue(_KEY, json.dumps(kept))

    def _restore(self) -> None:
        try:
            kept = json.loads(str(self._settings.value(_KEY, "")))
            look = dict(kept["look"])
            self.keep = bool(look.pop("keep", False))
            known = {field.name for field in fields(Look)}
            self.look = Look(**{name: value for name, value in look.items() if name in known})
            self.recent = [str(key) for key in kept["recent"]]
            self.favourites = [str(key) for key in kept["favourites"]]
        except (ValueError, KeyError, TypeError):
            self.look = Look()
