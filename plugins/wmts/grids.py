"""The grids of tiles that a WMTS declares, and which of them are the web's `{z}/{x}/{y}`."""

from dataclasses import dataclass

from beffroi.plugin import xml

_WEB_SYSTEMS = ("3857", "900913", "102100", "3785")
_WORLD_SCALE = 559_082_264.028_717_8
"""The denominator of the web's level 0: one tile of 256 pixels for the whole world."""
_HALF_WORLD = 20_037_508.34


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A tile matrix set; `levels` are its identifiers with the web's zoom each, None when it has none."""

    name: str
    system: str
    levels: tuple[tuple[str, int | None], ...]

    @property
    def is_web(self) -> bool:
        """Whether all its levels are those of the web, named by their zoom: `{z}/{x}/{y}` will do."""
        return bool(self.levels) and all(name == str(zoom) for name, zoom in self.levels)

    @property
    def zooms(self) -> list[int]:
        """The web's zooms that it has."""
        return [zoom for _name, zoom in self.levels if zoom is not None]


def grids(contents: xml.Element) -> dict[str, Grid]:
    """The grids by name."""
    found = {}
    for one in xml.named(contents, "TileMatrixSet"):
        system = xml.text(one, "SupportedCRS")
        is_web = system.rpartition(":")[2].lstrip(":") in _WEB_SYSTEMS
        levels = tuple(
            (xml.text(level, "Identifier"), _zoom(level) if is_web else None)
            for level in xml.named(one, "TileMatrix")
        )
        name = xml.text(one, "Identifier")
        found[name] = Grid(name=name, system=system, levels=levels)
    return found


def _zoom(level: xml.Element) -> int | None:
    """The web's zoom of a level whose scale, corner and tiles are those of the web."""
    try:
        scale = float(xml.text(level, "ScaleDenominator"))
        left, top = (float(part) for part in xml.text(level, "TopLeftCorner").split())
        size = int(xml.text(level, "TileWidth"))
    except ValueError:
        return None
    if not scale > 0:
        return None
    if size != 256 or abs(left + _HALF_WORLD) > 1 or abs(top - _HALF_WORLD) > 1:
        return None
    for zoom in range(31):
        if abs(_WORLD_SCALE / 2**zoom / scale - 1) < 1e-4:
            return zoom
    return None
