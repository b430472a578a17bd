"""Tells in which commune a position lies, from the outlines that ship with Beffroi."""

import gzip
import json
from functools import lru_cache
from pathlib import Path

import msgspec
import shapely

Box = tuple[float, float, float, float]


class _Properties(msgspec.Struct):
    code: str


class _Feature(msgspec.Struct):
    properties: _Properties


class _Collection(msgspec.Struct):
    features: list[_Feature]


_decoder = msgspec.json.Decoder(_Collection)


class Communes:
    """Outlines read one département at a time, as positions are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._boxes: list[tuple[str, Box]] | None = None
        self._outlines = lru_cache(maxsize=6)(self._read)

    def code_at(self, lon: float, lat: float) -> str:
        """The INSEE code of the commune (2018) or Paris arrondissement; empty when outside all."""
        spot = shapely.Point(lon, lat)
        for name, (west, south, east, north) in self._index():
            if west <= lon <= east and south <= lat <= north and (code := self._in(name, spot)):
                return self._in("paris_arrondissements", spot) if code == "75056" else code
        return ""

    def _in(self, name: str, spot: shapely.Point) -> str:
        tree, codes = self._outlines(name)
        found = tree.query(spot, predicate="within")
        return codes[found[0]] if found.size else ""

    def _index(self) -> list[tuple[str, Box]]:
        if self._boxes is None:
            document = json.loads((self._folder / "communes" / "index.json").read_bytes())
            self._boxes = [(f"communes/{code}", tuple(box)) for code, box in document.items()]
        return self._boxes

    def _read(self, name: str) -> tuple[shapely.STRtree, list[str]]:
        data = gzip.decompress((self._folder / f"{name}.geojson.gz").read_bytes())
        codes = [feature.properties.code for feature in _decoder.decode(data).features]
        return shapely.STRtree(shapely.get_parts(shapely.from_geojson(data))), codes
