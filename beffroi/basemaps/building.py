"""Builds a pack of tiles from an extract of OpenStreetMap, a geographic file, or another pack."""

import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyogrio
from pyogrio.errors import DataSourceError

from beffroi.basemaps import osm, writing
from beffroi.basemaps.coast import frame_of, sea_and_land, some_places
from beffroi.basemaps.hilbert import number
from beffroi.basemaps.mbtiles import MbTiles
from beffroi.basemaps.merging import merged
from beffroi.basemaps.pack import Box, Pack, checked_box
from beffroi.basemaps.pmtiles import PmTiles
from beffroi.basemaps.themes import COAST, MAX_ZOOM, SEA, THEMES, Theme
from beffroi.errors import BeffroiError
from beffroi.text import _

Said = Callable[[str], None]
_MOST_TILE = 3_000_000
"""Bytes of a tile of one theme beyond which GDAL thins it out: at its own 500 kB, holes show."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """What came of it: the pack, how many features each layer has, how long it took."""

    pack: Pack
    features: dict[str, int]
    seconds: float


def build(
    source: Path, to: Path, *, title: str = "", attribution: str = "", max_zoom: int = MAX_ZOOM,
    said: Said = lambda _words: None,
) -> Built:  # fmt: skip
    """Make a pack of a file.

    Raises:
        BeffroiError: the file cannot be read, or holds nothing to draw; one sentence.
    """
    if to.suffix.lower() != ".pmtiles":
        raise BeffroiError(_("Un fond de carte se nomme en .pmtiles : changez le nom du résultat."))
    started = time.monotonic()
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix.lower() == ".mbtiles":
        counts = _converted(source, to, title, attribution)
    else:
        counts = _drawn(source, to, title, attribution, max_zoom, said)
    opened = PmTiles(to)
    opened.close()
    return Built(pack=opened.pack, features=counts, seconds=round(time.monotonic() - started, 1))


def _drawn(
    source: Path, to: Path, title: str, attribution: str, max_zoom: int, said: Said
) -> dict[str, int]:
    extract = source.name.lower().endswith(osm.SUFFIXES)
    with tempfile.TemporaryDirectory(prefix="beffroi-fond-") as folder:
        work = _Work(Path(folder), max_zoom, said)
        for theme, found in _themes(source, extract, max_zoom):
            work.add(theme, _outlines(found, work.boxes) if theme.outlined else found)
        work.add_sea()
        if not work.files:
            raise BeffroiError(
                _(
                    "«\u202f{name}\u202f» ne contient rien à dessiner\u00a0: choisissez un autre fichier."
                ).format(name=source.name)
            )
        metadata = {
            "name": title or source.name.split(".")[0],
            "attribution": attribution or (osm.ATTRIBUTION if extract else ""),
            "made": time.strftime("%Y-%m-%d", time.gmtime()),
            "generator": "beffroi-admin basemap build",
            "vector_layers": work.layers,
        }
        tiles = merged(work.files)
        writing.write(to, tiles, form="mvt", box=_around(work.boxes), metadata=metadata)
    return work.counts


class _Work:
    """The themes tiled so far, each in a file of its own."""

    def __init__(self, folder: Path, max_zoom: int, said: Said) -> None:
        self._folder = folder
        self._max_zoom = max_zoom
        self._said = said
        self._shore: Any = None
        self._places: list[Any] = []
        self.files: list[Path] = []
        self.counts: dict[str, int] = {}
        self.layers: list[dict[str, Any]] = []
        self.boxes: list[Box] = []

    def add(self, theme: Theme, found: Any) -> None:
        """Tile the features of a theme; a theme without any is left out."""
        if not len(found):
            return
        self._said(_("{name}\u00a0: {n} objets").format(name=theme.name, n=len(found)))
        west, south, east, north = map(float, found.total_bounds)
        self.boxes.append((west, south, east, north))
        if theme.name == COAST:
            self._shore = found
        elif not theme.outlined:
            self._places.append(some_places(found.geometry.values))
        file = self._folder / f"{len(self.files)}.mbtiles"
        _tiled(found, theme, file, self._max_zoom)
        self.files.append(file)
        self.counts[theme.name] = len(found)
        self.layers.append(_described(theme, found, self._max_zoom))

    def add_sea(self) -> None:
        """Sea and land where there is a coast, around what else there is and not far beyond."""
        if self._shore is not None and self._places:
            self.add(SEA, sea_and_land(self._shore, frame_of(self._places)))


def _themes(source: Path, extract: bool, max_zoom: int) -> Iterator[tuple[Theme, Any]]:
    if extract:
        with osm.tags_as_columns():
            for theme in sorted(THEMES, key=lambda theme: theme.outlined):
                if theme.min_zoom <= max_zoom:
                    yield theme, osm.features(source, theme)
        return
    for name in _layers(source):
        found = pyogrio.read_dataframe(source, layer=name, use_arrow=False)
        found = found[~(found.geometry.isna() | found.geometry.is_empty)]
        if found.crs is not None:
            found = found.to_crs("EPSG:4326")
        yield Theme(name=str(name), source=str(name), values={}, min_zoom=0), found


def _outlines(found: Any, boxes: list[Box]) -> Any:
    """The outlines of areas, within the box of what was read before them."""
    lines = found.set_geometry(found.geometry.boundary)
    if boxes:
        lines = lines.set_geometry(lines.geometry.clip_by_rect(*_around(boxes)))
    return lines[~(lines.geometry.isna() | lines.geometry.is_empty)]


def _layers(source: Path) -> list[str]:
    try:
        return [str(name) for name, kind in pyogrio.list_layers(source) if kind]
    except (DataSourceError, ValueError) as error:
        raise BeffroiError(
            _(
                "«\u202f{name}\u202f» ne peut pas être lu : donnez un extrait OSM, un GeoPackage, un GeoJSON ou un MBTiles."
            ).format(name=source.name)
        ) from error


def _tiled(found: Any, theme: Theme, file: Path, max_zoom: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a tile beyond the size is thinned
        pyogrio.write_dataframe(
            found, file, driver="MBTiles", layer=theme.name,
            dataset_options={
                "MINZOOM": str(theme.min_zoom), "MAXZOOM": str(max_zoom),
                "MAX_SIZE": str(_MOST_TILE), "MAX_FEATURES": "200000", "FORMAT": "MVT",
            },
        )  # fmt: skip


def _described(theme: Theme, found: Any, max_zoom: int) -> dict[str, Any]:
    fields = {str(name): "String" for name in found.columns if name != found.geometry.name}
    return {"id": theme.name, "fields": fields, "minzoom": theme.min_zoom, "maxzoom": max_zoom}


def _around(boxes: list[Box]) -> Box:
    west, south, east, north = (list(side) for side in zip(*boxes, strict=True))
    return checked_box(
        max(-180.0, min(west)), max(-85.0, min(south)), min(180.0, max(east)), min(85.0, max(north))
    )


def _converted(source: Path, to: Path, title: str, attribution: str) -> dict[str, int]:
    """An MBTiles as PMTiles, its tiles unchanged."""
    opened = MbTiles(source)
    try:
        pack = opened.pack
        places = sorted(opened.places(), key=lambda place: number(*place))
        tiles = ((z, x, y, opened.tile(z, x, y) or b"") for z, x, y in places)
        metadata = {
            "name": title or pack.title,
            "attribution": attribution or pack.attribution,
            "vector_layers": [{"id": name, "fields": {}} for name in pack.layers],
        }
        count = writing.write(to, tiles, form=pack.form, box=pack.box, metadata=metadata)
    finally:
        opened.close()
    return {"tiles": count}
